"""Every spec in shapes/ compiles, agrees with Shapely on every pixel, and keeps its promises."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

import regions
from regions.shape.model import Polygonal, bottom_up
from tests.conftest import SHAPES

SPECS = sorted(SHAPES.glob("*.yaml"))


def test_there_are_a_dozen() -> None:
    assert len(SPECS) >= 12


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_spec(path: Path) -> None:
    spec = regions.load(path)
    assert spec.about
    assert len(spec.expect.inside) > 0
    assert len(spec.expect.outside) > 0
    report = regions.verify(regions.compile(spec), spec)
    assert report.ok, str(report)
    assert (report.coverage, report.spill, report.iou) == (1, 0, 1)


@pytest.mark.parametrize("name", ["poland", "south_africa"])
def test_countries_contain_their_vertices(name: str) -> None:
    spec = regions.load(SHAPES / f"{name}.yaml")
    network = regions.compile(spec)
    for node in bottom_up(spec.shape):
        if isinstance(node, Polygonal):
            assert network.inside(shapely.get_coordinates(node.geometry)).all()


def test_the_seed_problems() -> None:
    """A triangle with eaves on a square: 7 lines, an AND each, an OR; or 6 lines and one gate. A
    ring: 2 conics, one AND.
    """
    house = regions.compile(SHAPES / "war_zone_a.yaml", "parts")
    assert (house.n_separators, house.n_gates, house.depth) == (7, 3, 3)
    assert house.exact
    least = regions.compile(SHAPES / "war_zone_a.yaml")
    assert (least.n_separators, least.n_gates, least.depth) == (6, 1, 2)
    assert sorted(least.gates.weights.tolist()) == [1, 1, 1, 1, 2, 2]
    assert least.exact
    ring = regions.compile(SHAPES / "war_zone_b.yaml")
    assert (ring.n_separators, ring.n_gates, ring.depth) == (2, 1, 2)
    assert len(ring.features) == 5
    assert ring.exact


def test_names_follow_the_tree() -> None:
    names = list(regions.compile(SHAPES / "plus.yaml").names)
    assert "plus.vertical.right" in names
    assert names[-1] == "plus"
    country = list(regions.compile(SHAPES / "south_africa.yaml").names)
    assert "South Africa.polygon[0].ring[1].edge[17]" in country
