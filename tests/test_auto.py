"""Strategy `auto`, what a shape demands of any network, and the size report."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings

import regions
from regions.compiler import NotCompilableError
from regions.compiler.auto import _least_size
from regions.compiler.demands import edge_count, least_units
from regions.compiler.strategies import NAMED, Draft, compiled
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    HalfPlane,
    Intersection,
    Polygonal,
    Spec,
    Union,
)
from regions.shape.source import as_spec
from regions.story.sizes import compare_strategies, size_report
from tests.conftest import SHAPES, shared
from tests.strategies import box_overlays, triangle_overlays

SPECS = sorted(SHAPES.glob("*.yaml"))


def sizes_of_all(draft: Draft) -> dict[str, int]:
    found = {}
    for name in NAMED:
        try:
            found[name] = compiled(draft, name).network.size
        except NotCompilableError:
            continue
    return found


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_auto_equals_the_minimum_on_the_gallery(path) -> None:
    """No strategy that `auto` spared would have won."""
    spec = regions.load(path)
    best = regions.build(spec)
    assert best.network.size == min(sizes_of_all(Draft(spec)).values())
    assert best.strategy in NAMED
    assert [compared.strategy for compared in best.compared] == list(NAMED)
    least = least_units(spec.shape)
    assert least is None or least <= best.network.size


@given(box_overlays | triangle_overlays)
@settings(max_examples=60)
def test_auto_is_never_worse_than_a_strategy_alone(geometry: shapely.Geometry) -> None:
    found = sizes_of_all(Draft(as_spec(geometry)))
    assert regions.compile(geometry).size == min(found.values())


@given(box_overlays | triangle_overlays)
@settings(max_examples=60)
def test_the_bounds_hold(geometry: shapely.Geometry) -> None:
    """What lets `auto` spare a strategy is true of the network it would have given."""
    draft = Draft(as_spec(geometry))
    edges = compiled(draft, "edges")
    found = sizes_of_all(draft)
    assert all(_least_size(name, edges) <= found[name] for name in found if name != "edges")
    assert least_units(draft.spec.shape) <= min(found.values())


def test_collinear_edges_off_the_lattice_count_as_one_line() -> None:
    """A turned U whose arms end on one line: rounding gives its edges two separators, needs one."""
    turned = np.array([[4, 3], [-3, 4]]) * (2.0**26 + 1)
    u = np.array([(0, 0), (6, 0), (6, 6), (4, 6), (4, 2), (2, 2), (2, 6), (0, 6)])
    polygon = shapely.Polygon(u @ turned)
    sizes = sizes_of_all(Draft(as_spec(polygon)))
    assert regions.compile(polygon).size == min(sizes.values()) == sizes["one-layer"]


def test_large_maps_spare_what_cannot_win() -> None:
    """Poland: a convex partition has more pieces than Peterson's formula has gates."""
    built = regions.build(SHAPES / "poland.yaml")
    parts, edges, cover, _ = built.compared
    assert parts.spared
    assert parts.reason.endswith("so not tried")
    assert not edges.spared
    assert not cover.spared
    assert compiled(Draft(built.spec), "parts").network.size > built.network.size


@pytest.mark.parametrize("degrees", [8, 13, 22, 45, 59, 78])
def test_the_bound_holds_where_rounding_merges_lines(degrees: int) -> None:
    plus = [
        (1, 0),
        (2, 0),
        (2, 1),
        (3, 1),
        (3, 2),
        (2, 2),
        (2, 3),
        (1, 3),
        (1, 2),
        (0, 2),
        (0, 1),
        (1, 1),
    ]
    turned = shapely.affinity.rotate(shapely.Polygon(plus), degrees, origin=(0, 0))
    assert least_units(Polygonal(turned)) <= min(sizes_of_all(Draft(as_spec(turned))).values())
    twice = Union((Polygonal(turned), Polygonal(shapely.affinity.translate(turned, 9, 9))))
    assert least_units(twice) <= min(sizes_of_all(Draft(as_spec(twice))).values())


def test_a_half_plane_beyond_the_range_of_doubles_has_no_line() -> None:
    far = Spec("far", HalfPlane(1e-200, 0.0, 1e150), (-1.0, -1.0, 1.0, 1.0))
    assert regions.compile(far).inside([[0, 0]]).tolist() == [True]
    with pytest.raises(NotCompilableError, match="beyond the range of doubles"):
        regions.compile(far, "one-layer")


def test_regions_keep_their_names() -> None:
    """Also where they come out constant, or as what a gate is not."""
    empty = Intersection((Box(0, 0, 1, 1), Box(2, 0, 3, 1)))
    for strategy in ("parts", "edges", "auto"):
        network = regions.compile(Spec("empty", empty, (0.0, 0.0, 1.0, 1.0)), strategy)
        assert network.names[network.outputs[0].unit] == "empty"
    hole = Complement(Union((Box(0, 0, 1, 1), Box(2, 0, 3, 1)), name="boxes"), name="around")
    network = regions.compile(Spec("around", hole, (0.0, 0.0, 4.0, 4.0)), "edges")
    assert network.names[network.outputs[0].unit] != "around.boxes"


def test_max_depth() -> None:
    poland = SHAPES / "poland.yaml"
    assert regions.build(poland).network.depth > 3
    flat = regions.build(poland, max_depth=3)
    assert (flat.strategy, flat.network.depth) == ("parts", 3)
    assert "depth 6 exceeds 3" in [compared.reason for compared in flat.compared]
    for wrong in (0, -1, 1.5, "3", True):
        with pytest.raises(ValueError, match="max_depth must be a whole number"):
            regions.build(poland, max_depth=wrong)
    with pytest.raises(NotCompilableError, match="depth of 2 or less; the strategies need: "):
        regions.build(poland, max_depth=2)
    with pytest.raises(NotCompilableError, match="strategy edges needs depth"):
        regions.build(poland, "edges", max_depth=3)


def test_refusals_say_why_and_keep_the_proof() -> None:
    with pytest.raises(NotCompilableError, match="no weights over these 10") as caught:
        regions.compile(SHAPES / "star.yaml", "one-layer")
    inside = [w for w in caught.value.obstruction.witnesses if w.inside]
    assert len(inside) == 5
    with pytest.raises(NotCompilableError, match="is a curve"):
        regions.compile(SHAPES / "lens.yaml", "one-layer")
    with pytest.raises(NotCompilableError, match="more than 300 straight edges"):
        regions.compile(SHAPES / "poland.yaml", "cover")
    with pytest.raises(ValueError, match="unknown strategy 'best'"):
        regions.compile(SHAPES / "star.yaml", "best")


@pytest.mark.parametrize(
    ("shape", "edges", "least"),
    [
        (Box(0, 0, 1, 1), 4, 5),
        (Circle((0, 0), 1), 1, 1),
        (HalfPlane(1, 0, 0), 1, 1),
        (Annulus((0, 0), 1, 2), 2, 3),
        # Two squares side by side: the common wall is no border.
        (Union((Box(0, 0, 1, 1), Box(1, 0, 2, 1))), 8, 5),
        # One inside the other adds nothing.
        (Union((Box(0, 0, 9, 9), Box(1, 1, 2, 2))), 8, 5),
        # A square with a square hole.
        (Difference((Box(0, 0, 9, 9), Box(1, 1, 2, 2))), 8, 9),
        # Kissing corners on one line that face opposite ways: both directions of it are needed.
        (Union((Box(0, 0, 1, 1), Box(1, 1, 2, 2))), 8, 9),
        (Union((Box(0, 0, 1, 1), Circle((0, 0), 1))), 5, None),
    ],
)
def test_what_shapes_demand(shape, edges: int, least: int | None) -> None:
    assert edge_count(shape) == edges
    assert least_units(shape) == least


def test_a_polygon_demands_its_distinct_oriented_lines() -> None:
    """The comb's teeth share lines; the pentagram's ten edges lie on five."""
    comb = shapely.union_all(
        [shapely.box(0, 0, 9, 1), *(shapely.box(k, 0, k + 1, 3) for k in (0, 4, 8))]
    )
    assert edge_count(Polygonal(comb)) == 12
    assert least_units(Polygonal(comb)) == 2 + 6 + 1 + 1
    angles = np.pi / 2 + np.pi / 5 * np.arange(10)
    radii = np.tile([1, (3 - np.sqrt(5)) / 2], 5)
    pentagram = shapely.Polygon(np.c_[radii * np.cos(angles), radii * np.sin(angles)])
    assert edge_count(Polygonal(pentagram)) == 10
    assert least_units(Polygonal(pentagram)) == 6


def test_the_size_report() -> None:
    spec = regions.load(SHAPES / "star.yaml")
    report = size_report(regions.compile(spec), spec)
    assert (report.edges, report.lower_bound) == (10, 11)
    assert report.units_per_edge == 1.3
    assert report.to_dict()["largest_weight"] == report.sizes.largest_weight


def test_strategies_side_by_side() -> None:
    found = {each.strategy: each for each in compare_strategies(regions.load(SHAPES / "star.yaml"))}
    assert list(found) == list(NAMED)
    assert [found[name].network.size for name in ("parts", "edges", "cover")] == [18, 15, 13]
    assert found["one-layer"].network is None
    assert json.loads(json.dumps(found["one-layer"].to_dict()))["reason"].startswith("no weights")


def test_units_per_edge_on_single_countries() -> None:
    names = ["france", "japan", "lesotho", "poland", "south_africa", "switzerland"]
    for name in names:
        data = json.loads(shared(f"countries/{name}_50m.geojson").read_text(encoding="utf-8"))
        geometry = shapely.geometry.shape(data["features"][0]["geometry"])
        network = regions.compile(geometry, "edges")
        assert network.size <= 1.25 * edge_count(Polygonal(geometry)), name
