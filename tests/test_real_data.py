"""Real geometry: all countries at 1:110 million, single ones at 1:50 million, the JTS cases."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
import shapely

import regions
from regions.shape.model import Polygonal
from tests.conftest import shared
from tests.test_real_proofs import EDGES

POINTS = 20_000

FEW = 2_000
"""Points of a network that `test_real_proofs.py` proves right at all points."""

SINGLE = ("france", "japan", "lesotho", "poland", "south_africa", "switzerland")

BAND = 1e-12
"""Part of the extent around the boundary where Shapely and we may differ by rounding."""


def countries(file: str) -> Iterator[tuple[str, shapely.Geometry]]:
    data = json.loads(shared(f"countries/{file}.geojson").read_text(encoding="utf-8"))
    for feature in data["features"]:
        yield feature["properties"]["name"], shapely.geometry.shape(feature["geometry"])


def jts(valid: bool) -> list[tuple[str, shapely.Geometry]]:
    lines = shared("jts/validity.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    with np.errstate(invalid="ignore"):  # one case holds a NaN, which Shapely warns about
        return [(r["name"], shapely.from_wkt(r["wkt"])) for r in rows if r["jts_valid"] == valid]


def disagreements(network: regions.Network, geometry: shapely.Geometry, count: int = POINTS) -> int:
    """Mismatches at random points of the bounds, those within the band left out."""
    xmin, ymin, xmax, ymax = geometry.bounds
    rng = np.random.default_rng(20_261_123)
    points = rng.uniform((xmin, ymin), (xmax, ymax), (count, 2))
    wrong = points[network.inside(points) != shapely.intersects_xy(geometry, *points.T)]
    distance = shapely.distance(shapely.boundary(geometry), shapely.points(wrong))
    return int((distance > BAND * max(xmax - xmin, ymax - ymin)).sum())


FILES = {
    "world_110m": 177,
    "africa_50m": 51,
    **dict.fromkeys((f"{name}_50m" for name in SINGLE), 1),
}
"""Countries in each file."""


@pytest.mark.parametrize("strategy", ["edges", "parts"])
@pytest.mark.parametrize("file", FILES)
def test_all_countries(file: str, strategy: str) -> None:
    found = {}
    for name, geometry in countries(file):
        network = regions.compile(geometry, strategy)
        corners = shapely.get_coordinates(geometry)
        proved = strategy == "edges" and file != "africa_50m" and len(corners) <= EDGES
        count = FEW if proved else POINTS
        found[name] = int((~network.inside(corners)).sum()), disagreements(network, geometry, count)
    assert len(found) == FILES[file]
    assert {name: counts for name, counts in found.items() if counts != (0, 0)} == {}


def test_valid_jts_cases() -> None:
    cases = jts(valid=True)
    assert len(cases) == 26
    for name, geometry in cases:
        network = regions.compile(geometry)
        assert network.inside(shapely.get_coordinates(geometry)).all(), name
        assert disagreements(network, geometry) == 0, name


def test_invalid_jts_cases_are_refused() -> None:
    cases = jts(valid=False)
    assert len(cases) == 117
    for name, geometry in cases:
        with pytest.raises(regions.SpecError) as caught:
            Polygonal(geometry)
        said = str(caught.value)
        reason, bracket, place = shapely.is_valid_reason(geometry).partition("[")
        assert reason in said or "not finite" in said, name
        if bracket and "not finite" not in said:
            assert f"at ({', '.join(place.rstrip(']').split())})" in said, name


def test_large_maps_compile() -> None:
    """67,433 and 58,720 edges: ten layers, and every hundredth vertex inside."""
    for file in ("large/canada_10m", "holes/ocean_50m"):
        data = json.loads(shared(f"{file}.geojson").read_text(encoding="utf-8"))
        geometry = shapely.geometry.shape(data["features"][0]["geometry"])
        network = regions.compile(geometry)
        assert network.depth <= 10
        assert network.size < 1.25 * network.n_separators
        assert network.inside(shapely.get_coordinates(geometry)[::100]).all()
