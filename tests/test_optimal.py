"""Optimal convex partitions against brute force, exact tiling, and Hertel-Mehlhorn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import regions
from regions.geometry import partition
from regions.geometry.diagonals import diagonals, turn_table
from regions.geometry.optimal import OPTIMAL_VERTICES, optimal_pieces
from regions.geometry.partition import ConvexPartition, convex_partition
from regions.geometry.rings import boundary_edges
from tests import oracle
from tests.adversaries import Adversary, adversaries
from tests.conftest import shared
from tests.strategies import box_overlays, triangle_overlays

Point = tuple[Fraction, Fraction]


def exact(ring: np.ndarray) -> list[Point]:
    return [(Fraction(x), Fraction(y)) for x, y in ring.tolist()]


def side(a: Point, b: Point, c: Point) -> int:
    value = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (value > 0) - (value < 0)


def twice_area(ring: list[Point]) -> Fraction:
    return sum((a[0] * b[1] - a[1] * b[0] for a, b in pairwise([*ring, ring[0]])), Fraction(0))


def is_convex(ring: list[Point]) -> bool:
    return all(side(ring[i - 2], ring[i - 1], ring[i]) >= 0 for i in range(len(ring)))


def apart(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two segments have no point in common, or an end of both."""
    if {a, b} & {c, d}:
        others = {a, b} ^ {c, d}
        return not any(on_open(p, *s) for p in others for s in ((a, b), (c, d)))
    crossing = side(a, b, c) * side(a, b, d) <= 0 and side(c, d, a) * side(c, d, b) <= 0
    collinear = side(a, b, c) == side(a, b, d) == 0
    if collinear:
        return max(min(a, b), min(c, d)) > min(max(a, b), max(c, d))
    return not crossing


def on_open(p: Point, a: Point, b: Point) -> bool:
    return side(a, b, p) == 0 and min(a, b) < p < max(a, b)


def is_diagonal(ring: list[Point], polygon: shapely.Polygon, i: int, k: int) -> bool:
    """Whether a segment lies inside and touches the boundary at its ends only."""
    middle = (ring[i][0] + ring[k][0]) / 2, (ring[i][1] + ring[k][1]) / 2
    edges = pairwise([*ring, ring[0]])
    inside = all(apart(ring[i], ring[k], *edge) for edge in edges)
    return inside and oracle.contains(polygon, [middle])[0]


def least_pieces(ring: list[Point], polygon: shapely.Polygon) -> int:
    """The least number of pieces over all sets of diagonals that do not cross."""

    def all_diagonals() -> Iterator[tuple[int, int]]:
        for i, k in combinations(range(len(ring)), 2):
            if k - i not in (1, len(ring) - 1) and is_diagonal(ring, polygon, i, k):
                yield i, k

    usable = list(all_diagonals())

    @cache
    def least(part: tuple[int, ...]) -> int:
        if is_convex([ring[v] for v in part]):
            return 1
        best = len(ring)
        for i, k in usable:
            if i in part and k in part:
                first, last = part.index(i), part.index(k)
                if last - first not in (1, len(part) - 1):
                    halves = part[first : last + 1], part[: first + 1] + part[last:]
                    best = min(best, sum(map(least, halves)))
        return best

    return least(tuple(range(len(ring))))


@st.composite
def small_rings(draw: st.DrawFn) -> shapely.Polygon:
    """Simple polygons with up to 9 vertices on a small lattice, many of them collinear.

    A point is put into an edge where the ring stays simple.
    """
    corner = st.tuples(st.integers(0, 6), st.integers(0, 4))
    points = draw(st.lists(corner, min_size=3, max_size=9, unique=True))
    ring = points[:3]
    for point in points[3:]:
        grown = [[*ring[:i], point, *ring[i:]] for i in range(len(ring))]
        ring = next((g for g in grown if is_simple(g)), ring)
    return shapely.Polygon(ring) if is_simple(ring) else shapely.box(0, 0, 2, 2)


def is_simple(ring: list[tuple[int, int]]) -> bool:
    polygon = shapely.Polygon(ring)
    return bool(polygon.is_valid and polygon.area > 0)


def ring_of(polygon: shapely.Polygon) -> np.ndarray:
    edges = boundary_edges(polygon)
    return edges.vertices[edges.start]


def check_tiling(ring: np.ndarray, pieces: list[list[int]]) -> None:
    """Convex pieces, whose areas add up and whose sides cancel but for the ring's own."""
    points = exact(ring)
    corners = [[points[v] for v in piece] for piece in pieces]
    assert all(is_convex(piece) and twice_area(piece) > 0 for piece in corners)
    assert sum(map(twice_area, corners)) == twice_area(points)
    sides = [s for piece in pieces for s in pairwise([*piece, piece[0]])]
    assert len(set(sides)) == len(sides)
    outer = {s for s in sides if s[::-1] not in set(sides)}
    assert outer == set(pairwise([*range(len(ring)), 0]))


@given(small_rings())
@settings(max_examples=100)
def test_no_partition_has_fewer_pieces(polygon: shapely.Polygon) -> None:
    ring = ring_of(polygon)
    pieces = optimal_pieces(ring)
    assert pieces is not None
    check_tiling(ring, pieces)
    assert len(pieces) == least_pieces(exact(ring), polygon)


def rings(geometry: shapely.Geometry) -> Iterator[shapely.Polygon]:
    """The polygons without their holes, where that leaves a valid one."""
    for part in shapely.get_parts(geometry):
        if len(part.exterior.coords) <= OPTIMAL_VERTICES:
            yield shapely.Polygon(part.exterior)


@given(st.one_of(box_overlays, triangle_overlays))
def test_pieces_tile_rings_that_are_hard(geometry: shapely.Geometry) -> None:
    """Vertices collinear exactly, or but for an ulp."""
    for polygon in rings(geometry):
        ring = ring_of(polygon)
        pieces = optimal_pieces(ring)
        assert pieces is not None
        check_tiling(ring, pieces)
        if len(ring) <= 9:
            assert len(pieces) == least_pieces(exact(ring), polygon)


@pytest.mark.parametrize("adversary", adversaries(), ids=lambda a: a.name)
def test_pieces_tile_adversaries(adversary: Adversary) -> None:
    for polygon in list(rings(adversary.geometry))[:2]:
        ring = ring_of(polygon)
        pieces = optimal_pieces(ring)
        assert pieces is not None
        check_tiling(ring, pieces)


@given(st.one_of(small_rings(), triangle_overlays))
@settings(max_examples=50)
def test_the_table_and_the_diagonals_are_exact(geometry: shapely.Geometry) -> None:
    for polygon in rings(geometry):
        ring, points = ring_of(polygon), exact(ring_of(polygon))
        count = range(min(len(points), 12))
        turns = turn_table(ring)
        assert all(turns[t] == side(*(points[v] for v in t)) for t in np.ndindex(*[len(count)] * 3))
        found = diagonals(ring)
        for i, k in combinations(count, 2):
            adjacent = k - i in (1, len(points) - 1)
            needed = adjacent or (
                bool(found.reflex[[i, k]].any()) and is_diagonal(points, polygon, i, k)
            )
            assert found.sides[i, k] == found.sides[k, i] == needed


def polygon(*corners: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon(corners)


def comb(teeth: int) -> shapely.Polygon:
    top = [(x, 5 if x % 2 == 0 else 1) for x in range(2 * teeth - 2, -1, -1)]
    return polygon((0, 0), (2 * teeth - 2, 0), *top)


KNOWN = {
    "square": (shapely.box(0, 0, 2, 2), 1),
    "square with collinear vertices": (polygon((0, 0), (1, 0), (2, 0), (2, 2), (0, 2), (0, 1)), 1),
    "L": (polygon((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)), 2),
    "T": (polygon((0, 1), (1, 1), (1, 0), (2, 0), (2, 1), (3, 1), (3, 2), (0, 2)), 2),
    "U": (polygon((0, 0), (3, 0), (3, 2), (2, 2), (2, 1), (1, 1), (1, 2), (0, 2)), 3),
    # One diagonal serves two reflex vertices.
    "Z": (polygon((0, 0), (2, 0), (2, 1), (3, 1), (3, 2), (1, 2), (1, 1), (0, 1)), 2),
    "bow": (polygon((0, 0), (2, 1), (4, 0), (4, 3), (2, 2), (0, 3)), 2),
    # Four reflex vertices, all served by the sides of one square.
    "star of four": (
        polygon((3, 0), (1, 1), (0, 3), (-1, 1), (-3, 0), (-1, -1), (0, -3), (1, -1)),
        3,
    ),
    # The feet of the gaps are collinear: a diagonal between two of them cuts off one tooth.
    "comb": (comb(6), 7),
}


@pytest.mark.parametrize(("shape", "expected"), KNOWN.values(), ids=KNOWN)
def test_known_partitions(shape: shapely.Polygon, expected: int) -> None:
    ring = ring_of(shape)
    pieces = optimal_pieces(ring)
    assert pieces is not None
    check_tiling(ring, pieces)
    assert len(pieces) == expected == least_pieces(exact(ring), shape)


def test_the_shorter_diagonal_is_taken() -> None:
    """An L with collinear vertices may be cut in three ways from its reflex one."""
    ring = ring_of(
        polygon((0, 0), (3, 0), (9, 0), (9, 2), (3, 2), (3, 4), (0, 4), (0, 2)),
    )
    pieces = optimal_pieces(ring)
    assert pieces is not None
    first, second = ({tuple(ring[v]) for v in piece} for piece in pieces)
    assert first & second == {(3, 2), (3, 0)}


def test_a_ring_that_crosses_itself_has_no_partition() -> None:
    bow_tie = np.array([[0, 0], [4, 0], [0, 4], [4, 4], [2, 6.0]])
    assert optimal_pieces(bow_tie) is None


def merged(monkeypatch: pytest.MonkeyPatch, shape: shapely.Polygon) -> ConvexPartition:
    with monkeypatch.context() as patch:
        patch.setattr(partition, "OPTIMAL_VERTICES", 0)
        return convex_partition(shape)


def countries() -> Iterator[tuple[str, shapely.Polygon]]:
    for name in ("world_110m", "switzerland_50m", "lesotho_50m"):
        text = shared(f"countries/{name}.geojson").read_text(encoding="utf-8")
        for feature in json.loads(text)["features"]:
            for part in shapely.get_parts(shapely.geometry.shape(feature["geometry"])):
                if not part.interiors and len(part.exterior.coords) <= OPTIMAL_VERTICES + 1:
                    yield feature["properties"]["name"], part


def test_countries_need_no_more_pieces_than_by_merging(monkeypatch: pytest.MonkeyPatch) -> None:
    optimal, others = [], []
    for name, shape in countries():
        found = convex_partition(shape)
        assert sorted(found.twin[found.twin[found.twin >= 0]]) == sorted(
            np.flatnonzero(found.twin >= 0)
        ), name
        optimal.append(len(found.first))
        others.append(len(merged(monkeypatch, shape).first))
    assert len(optimal) > 280
    assert all(a <= b for a, b in zip(optimal, others, strict=True))
    assert sum(optimal) < 0.85 * sum(others)


def test_large_rings_and_rings_with_holes_are_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: np.ndarray) -> None:
        raise AssertionError("called")

    hole = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [shapely.box(1, 1, 2, 2).exterior])
    monkeypatch.setattr(partition, "optimal_pieces", refuse)
    assert len(convex_partition(hole).first) == 4
    assert len(convex_partition(comb(OPTIMAL_VERTICES // 2)).first) >= OPTIMAL_VERTICES // 2 - 1
    with pytest.raises(AssertionError, match="called"):
        convex_partition(comb(5))


@given(triangle_overlays)
def test_merged_pieces_of_any_size_compile_too(geometry: shapely.Geometry) -> None:
    """Small rings take the optimal partition; merging has to stand the same trial."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partition, "OPTIMAL_VERTICES", 0)
        network = regions.compile(geometry, "parts")
    assert network.inside(shapely.get_coordinates(geometry)).all()
    xmin, ymin, xmax, ymax = geometry.bounds
    points = np.random.default_rng(1).uniform((xmin, ymin), (xmax, ymax), (200, 2))
    points = points[oracle.clear(geometry, points)]
    assert (network.inside(points) == oracle.inside(geometry, points)).all()
