"""The predicted cost of a proof, against what proofs count: that is the same on all machines."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import shapely

import regions
from regions.check.cost import QUICK, predicted_seconds, sooner_in_tiles
from regions.check.cost.signs import Sizes, expected_boxes
from regions.check.cost.tiles import expected_tiles, seconds_in_tiles
from regions.check.cost.walk import seconds_walking
from regions.check.curved import prove_curved
from regions.check.curves.agreement import MOST_CASES_AT_ONCE
from regions.check.lines import scene
from regions.check.tiled import prove_in_tiles
from regions.check.tree import is_straight
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Difference,
    Ellipse,
    Polygonal,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
)
from regions.shape.source import Source, as_spec
from tests import adversaries as adverse
from tests.conftest import SHAPES, shared

GALLERY = sorted(SHAPES.glob("*.yaml"))
DEAR = {"gear_svg", "word"}
"""Paths of many curves, which are proved where it is asked for."""


def predicted(source: Source, strategy: str = "edges") -> float:
    spec = as_spec(source)
    return predicted_seconds(regions.compile(spec, strategy), spec)


def smooth(edges: int) -> shapely.Polygon:
    return shapely.Point(0, 0).buffer(1, quad_segs=edges // 4)


def turned_spiral(turns: int) -> shapely.Geometry:
    return adverse.rotated(adverse.square_spiral(turns), 17.0)


def nearly_straight(edges: int) -> shapely.Polygon:
    """One side of so many edges, each off the line by rounding."""
    x = np.linspace(0, 1, edges + 1)
    y = 0.3 * x + 1e-13 * np.random.default_rng(1).normal(size=edges + 1)
    return shapely.Polygon([*zip(x.tolist(), y.tolist(), strict=True), (1, 2), (0, 2)])


TILED = {
    "south africa": lambda: regions.load(SHAPES / "south_africa.yaml").shape,
    "spiral": lambda: adverse.square_spiral(40),
    "turned spiral": lambda: turned_spiral(40),
    "round spiral": lambda: adverse.round_spiral(12),
    "fan": lambda: adverse.fan(9),
    "pinwheel": lambda: adverse.pinwheel(7),
    "star": lambda: adverse.regular_star(301, 150),
    "circle": lambda: smooth(1000),
    "checkerboard": lambda: adverse.checkerboard(20),
    "zigzag": lambda: adverse.zigzag(100),
    "gear": lambda: adverse.gear(40),
    "hilbert": lambda: adverse.hilbert(5),
}


@pytest.mark.parametrize("name", TILED)
def test_tiles_are_as_many_as_expected(name: str) -> None:
    spec = as_spec(TILED[name]())
    assert isinstance(spec.shape, Polygonal)
    network = regions.compile(spec, "edges")
    proof = prove_in_tiles(network, scene(network, spec.shape, spec.window))
    assert proof.verdict == "equal"
    assert 1 / 4 < expected_tiles(network, spec.shape) / proof.tiles < 4


def discs(count: int, seed: int = 1) -> tuple[Circle, ...]:
    rng = np.random.default_rng(seed)
    rows = np.column_stack([rng.integers(0, 1000, (count, 2)), rng.integers(10, 100, count)])
    return tuple(Circle((float(x), float(y)), float(r)) for x, y, r in rows)


def boxes(count: int, seed: int = 1) -> tuple[Box, ...]:
    rng = np.random.default_rng(seed)
    rows = np.column_stack([rng.integers(0, 1000, (count, 2)), rng.integers(10, 200, (count, 2))])
    return tuple(Box(*map(float, (x, y, x + w, y + h))) for x, y, w, h in rows)


def triangles(count: int, seed: int = 1) -> tuple[Polygonal, ...]:
    rng = np.random.default_rng(seed)
    corners = rng.integers(0, 1000, (count, 1, 2)) + rng.integers(-200, 200, (count, 3, 2))
    return tuple(Polygonal(shapely.Polygon(ring)) for ring in corners)


BY_SIGNS: dict[str, Shape] = {
    "boxes": Union(boxes(20)),
    "triangles": SymmetricDifference(triangles(10)),
    "discs": Union(discs(9)),
    "rings": Union(tuple(Annulus((x, 0.0), 1.0, 2.0) for x in (0.0, 1.0, 2.0))),
    "a polygon without a disc": Difference((Polygonal(smooth(40)), Circle((0.25, 0.0), 0.5))),
    "boxes without discs": Difference((Union(boxes(4)), *discs(3))),
    "many discs": Union(discs(40)),
    "many discs and triangles": Difference((Union(discs(12)), *triangles(12))),
    "ellipses": Union(tuple(Ellipse(d.center, (d.radius, 50.0)) for d in discs(20))),
    "a polygon without discs": Difference(
        (Polygonal(smooth(60)), *(Circle((x, 0.125), 0.25) for x in (-0.5, 0.0, 0.375)))
    ),
}


@pytest.mark.parametrize("name", BY_SIGNS)
def test_signs_or_boxes_are_as_many_as_expected(name: str) -> None:
    spec = as_spec(BY_SIGNS[name])
    network = regions.compile(spec, "edges")
    sizes = Sizes.of(network, spec.shape)
    proof = prove_curved(network, spec)
    assert proof.verdict == "equal"
    if sizes.cases <= MOST_CASES_AT_ONCE:
        assert proof.tiles == 1
        assert 1 <= sizes.cases / (proof.faces + proof.edges + proof.vertices) < 4
    else:
        assert proof.tiles > 1
        assert 1 / 4 < expected_boxes(sizes) / proof.tiles < 4


def test_both_kinds_of_proof_by_signs_are_among_them() -> None:
    few = [
        Sizes.of(regions.compile(shape, "edges"), shape).cases <= MOST_CASES_AT_ONCE
        for shape in BY_SIGNS.values()
    ]
    assert {True, False} == set(few)


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
@pytest.mark.parametrize("strategy", ["auto", "parts"])
def test_the_gallery_is_quick(path: Path, strategy: str) -> None:
    assert predicted(path, strategy) > 0
    assert (predicted(path, strategy) < QUICK) == (path.stem not in DEAR)


GROWING = {
    "circle": (smooth, 16),
    "turned spiral": (turned_spiral, 4),
    "spiral": (adverse.square_spiral, 4),
    "fan": (adverse.fan, 2),
    "comb": (adverse.comb, 5),
    "nearly straight": (nearly_straight, 10),
    "discs": (lambda n: Union(discs(n)), 20),
    "boxes": (lambda n: Union(boxes(n)), 5),
    "triangles": (lambda n: SymmetricDifference(triangles(n)), 4),
}


@pytest.mark.parametrize("name", GROWING)
def test_more_of_the_same_costs_more(name: str) -> None:
    """A polygon in tiles, however soon the walk may be done."""
    make, first = GROWING[name]
    costs = [without_choice(as_spec(make(first * 2**k))) for k in range(4)]
    assert costs == sorted(set(costs))


def without_choice(spec: Spec) -> float:
    network = regions.compile(spec, "edges")
    if isinstance(spec.shape, Polygonal):
        return seconds_in_tiles(network, spec.shape)
    return predicted_seconds(network, spec)


def test_more_lines_take_a_longer_walk() -> None:
    costs = [seconds_walking(lines) for lines in range(1, 400)]
    assert costs == sorted(set(costs))
    assert seconds_walking(2000) < 10


def test_what_is_dear_is_no_quick_proof() -> None:
    """Each of these took from 2 to 60 seconds."""
    assert predicted(turned_spiral(400)) > QUICK
    assert predicted(adverse.fan(20)) > QUICK
    assert predicted(smooth(4000)) > QUICK
    assert predicted(Union(boxes(300))) > QUICK
    poland = regions.load(SHAPES / "poland.yaml").shape
    assert predicted(Difference((poland, Circle((19.0, 52.0), 1.0)))) > 10 * QUICK


@pytest.mark.parametrize(
    "polygon",
    [nearly_straight(160), adverse.rotated(adverse.comb(250), 17.0)],
    ids=["nearly straight", "slanted comb"],
)
def test_a_polygon_that_is_dear_in_tiles_is_walked_along(polygon: shapely.Polygon) -> None:
    """They took 79 and 38 seconds in tiles, 0.3 and 5 on the walk."""
    spec = as_spec(polygon)
    network = regions.compile(spec, "edges")
    assert isinstance(spec.shape, Polygonal)
    assert not sooner_in_tiles(network, spec.shape, network.n_separators)
    assert predicted_seconds(network, spec) < seconds_in_tiles(network, spec.shape) / 2


def test_maps_are_proved_in_tiles() -> None:
    spec = regions.load(SHAPES / "south_africa.yaml")
    network = regions.compile(spec, "edges")
    assert isinstance(spec.shape, Polygonal)
    assert sooner_in_tiles(network, spec.shape, network.n_separators)
    assert regions.prove(network, spec).tiles > 100


def test_what_is_straight_and_small_is_one_arrangement() -> None:
    for path in GALLERY:
        spec = regions.load(path)
        network = regions.compile(spec)
        if is_straight(network, spec.shape) and network.n_separators < 100:
            proof = regions.prove(network, spec)
            assert proof.tiles == 1
            assert proof.vertices - proof.edges + proof.faces == 1


def test_a_country_of_67_000_edges_is_no_quick_proof() -> None:
    text = shared("large/canada_10m.geojson").read_text(encoding="utf-8")
    assert 1 < predicted(shapely.from_geojson(text).geoms[0]) < 100


def test_one_gate_that_no_input_decides_makes_a_proof_dearer() -> None:
    comb = adverse.comb(10)
    shape = as_spec(comb).shape
    assert isinstance(shape, Polygonal)
    decided, entangled = (
        seconds_in_tiles(regions.compile(comb, strategy), shape)
        for strategy in ("cover", "one-layer")
    )
    assert entangled > 2 * decided
    convex = as_spec(smooth(100))
    assert isinstance(convex.shape, Polygonal)
    network = regions.compile(convex, "edges")
    assert network.n_gates == 1
    assert seconds_in_tiles(network, convex.shape) < QUICK / 10


@pytest.mark.parametrize("scale", [2.0**-500, 1.0, 2.0**400])
def test_the_unit_of_length_does_not_count(scale: float) -> None:
    spiral = turned_spiral(10)
    network = regions.compile(spiral, "edges")
    scaled = as_spec(Polygonal(adverse.scaled(spiral, scale)))
    assert math.isclose(
        predicted_seconds(network, scaled), predicted_seconds(network, as_spec(spiral))
    )


def test_separators_beyond_the_borders_count() -> None:
    """Lines and curves that the shape has not are atoms too."""
    box, ring = Union((Box(0, 0, 1, 1), Box(1, 1, 2, 2))), Annulus((0, 0), 1, 2)
    many, curved = regions.compile(turned_spiral(5), "edges"), regions.compile(ring)
    assert Sizes.of(many, box).lines == 6 + many.n_separators - 8
    assert Sizes.of(curved, box).curves == 2


def test_equal_borders_count_once() -> None:
    shape = Union((Box(0, 0, 1, 1), Box(0, 1, 1, 2), Circle((0, 0), 1), Annulus((0, 0), 1, 2)))
    sizes = Sizes.of(regions.compile(shape), shape)
    assert (sizes.level, sizes.upright, sizes.slanted, sizes.curves) == (3, 2, 0, 2)
    step = Polygonal(shapely.Polygon([(0, 0), (4, 0), (4, 2), (2, 2), (2, 3), (0, 5)]))
    sizes = Sizes.of(regions.compile(step), step)
    assert (sizes.level, sizes.upright, sizes.slanted, sizes.pairs) == (4, 3, 1, 36)
