"""Derived primitives against their definitions: distances, angles and hulls in rationals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import regions
from regions.errors import SpecError
from regions.geometry.hull import convex_hull
from regions.shape.bounds import bounds
from regions.shape.corners import regular, star
from regions.shape.load import loads
from regions.shape.model import (
    Box,
    Circle,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    Union,
    bottom_up,
)
from regions.shape.offsets import grown, shrunk
from regions.shape.rounds import capsule, rounded_box, sector
from regions.shape.schema import json_schema
from tests.oracle import boundary, contains
from tests.pointwise import Point, cosine_and_sine, shape_says
from tests.strategies import box_overlays, lattice, triangle_overlays

lattice_points = st.tuples(lattice, lattice)
radii = st.sampled_from([0.5, 1.0, 1.25, 2.0, 0.3])
rational = st.builds(Fraction, st.integers(-80, 80), st.sampled_from([1, 2, 4, 5, 7]))
rational_points = st.tuples(rational, rational)
near = st.lists(rational_points, min_size=4, max_size=8)


def square_to_segment(p: Point, a: tuple[float, float], b: tuple[float, float]) -> Fraction:
    """The squared distance of a point from a segment."""
    (px, py), (ax, ay), (bx, by) = p, map(Fraction, a), map(Fraction, b)
    dx, dy = bx - ax, by - ay
    along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy) if (dx, dy) != (0, 0) else 0
    t = min(max(along, Fraction(0)), Fraction(1))
    return (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2


def square_to_border(p: Point, geometry: shapely.Geometry) -> Fraction:
    edges = boundary(geometry).tolist()
    return min(square_to_segment(p, tuple(a), tuple(b)) for a, b in edges)


def around_corners(geometry: shapely.Geometry, by: float) -> Iterator[Point]:
    """Points at just the distance, or nearly, from some corners, along the axes and 3-4-5."""
    r = Fraction(by)
    for x, y in shapely.get_coordinates(geometry)[:4].tolist():
        for dx, dy in ((r, 0), (0, -r), (r * 3 / 5, r * 4 / 5), (-r * 4 / 5, r * 3 / 5), (-r, r)):
            yield Fraction(x) + dx, Fraction(y) + dy


# Capsules, rounded boxes, sectors ----------------------------------------------------------------


@given(lattice_points, lattice_points, radii, near)
@example((0.0, 0.0), (3.0, 4.0), 5.0, [(Fraction(-4), Fraction(3)), (Fraction(-1), Fraction(7))])
def test_a_capsule_is_all_within_its_radius(
    a: tuple[float, float], b: tuple[float, float], radius: float, points: list[Point]
) -> None:
    assume(a != b)
    shape = capsule(a, b, radius)
    middle = (Fraction(a[0]) + Fraction(b[0])) / 2, (Fraction(a[1]) + Fraction(b[1])) / 2
    segment = shapely.LineString([a, b])
    for p in [*points, middle, *around_corners(segment, radius)]:
        assert shape_says(shape, p) == (square_to_segment(p, a, b) <= Fraction(radius) ** 2)


def test_a_capsule_has_the_border_of_its_long_sides() -> None:
    """Beside the axis from (0, 0) to (4, 3), 5 away: 10 steps, and an ulp further out."""
    shape = capsule((0, 0), (4, 3), 5)
    for k in range(11):
        x, y = Fraction(4 * k, 10) - 3, Fraction(3 * k, 10) + 4
        assert shape_says(shape, (x, y))
        assert not shape_says(shape, (x - Fraction(1, 2**60), y + Fraction(1, 2**60)))


def test_parts_have_readable_names() -> None:
    slanted = capsule((0, 0), (4, 3), 1, "rod")
    names = [node.name for node in bottom_up(slanted)]
    assert names == ["strip", "ellipse", "shaft", "start", "end", "rod"]
    flat = capsule((0, 0), (4, 0), 1)
    assert flat.operands[0] == Box(0, -1, 4, 1, "shaft")
    network = regions.compile(slanted)
    assert list(network.names) == [
        "rod.shaft.strip",
        "rod.shaft.ellipse",
        "rod.start",
        "rod.end",
        "rod",
    ]


@given(st.integers(1, 6), st.integers(1, 6), st.sampled_from([0.25, 0.5]), near)
def test_a_rounded_box_is_a_smaller_box_grown(
    width: int, height: int, radius: float, points: list[Point]
) -> None:
    box = Box(-1, 1, -1 + width, 1 + height)
    shape = rounded_box(box, radius)
    least = Fraction(radius) ** 2
    for x, y in [*points, *around_corners(shapely.box(-1, 1, width - 1, height + 1), radius)]:
        # The nearest point of the smaller box, which may be a segment or a point.
        px = min(max(x, Fraction(-1 + radius)), Fraction(width - 1 - radius))
        py = min(max(y, Fraction(1 + radius)), Fraction(height + 1 - radius))
        assert shape_says(shape, (x, y)) == ((x - px) ** 2 + (y - py) ** 2 <= least)


@given(st.floats(0.01, 5).map(lambda x: round(x, 2)), st.floats(0, 1))
def test_a_rounded_box_has_no_gap_where_its_radius_is_no_double(side: float, part: float) -> None:
    """The middle lines of all parts, and the seams between them, belong to it."""
    radius = side / 2 * part
    assume(radius > 1e-3 and 2 * Fraction(radius) <= Fraction(0.1 + side) - Fraction(0.1))
    box = Box(0.1, 0.1, 0.1 + side, 0.1 + side)
    shape = rounded_box(box, radius)
    assert bounds(shape) == pytest.approx((0.1, 0.1, 0.1 + side, 0.1 + side))
    inner = Fraction(0.1 + radius), Fraction(0.1 + side - radius)
    for x, y in product((*inner, sum(inner) / 2), repeat=2):
        assert shape_says(shape, (x, y))


angles = st.one_of(st.integers(-8, 8).map(lambda n: 45 * n), st.integers(-400, 400))


@given(lattice_points, angles, angles, st.sampled_from([None, 1.0]), near)
def test_a_sector_is_what_lies_between_two_angles(
    center: tuple[float, float], start: int, end: int, inner: float | None, points: list[Point]
) -> None:
    span = (end - start) % 360
    assume(span)
    shape = sector(center, 3.0, start, end, inner)
    for dx, dy in points:
        dx, dy = dx / 20, dy / 20
        square = dx * dx + dy * dy
        turned = (math.degrees(math.atan2(dy, dx)) - start) % 360
        if min(turned, abs(turned - span), 360 - turned) < 1e-6:
            continue
        expected = turned < span and (inner or 0) ** 2 <= square <= 9
        assert shape_says(shape, (center[0] + dx, center[1] + dy)) == expected
    assert shape_says(shape, (Fraction(center[0]), Fraction(center[1]))) == (inner is None)


@pytest.mark.parametrize("span", [90, 180, 270])
@pytest.mark.parametrize("start", [0, 90, 180, -90])
def test_a_sector_is_closed(start: int, span: int) -> None:
    shape = sector((0.5, 0.25), 2, start, start + span, 1)
    for degrees in (start, start + span):
        cosine, sine = cosine_and_sine(degrees)
        outwards = -1 if degrees == start else 1
        for r in (1, Fraction(3, 2), 2):
            x, y = Fraction(1, 2) + r * cosine, Fraction(1, 4) + r * sine
            assert shape_says(shape, (x, y))
            beside = Fraction(outwards, 10**9)
            assert not shape_says(shape, (x - beside * sine, y + beside * cosine))


def test_half_a_turn_is_one_half_plane() -> None:
    shape = sector((1, 2), 3, 30, 210)
    assert [type(part) for part in shape.operands] == [Circle, HalfPlane]


# Regular polygons, stars, hulls ------------------------------------------------------------------


@given(st.sampled_from([3, 4, 5, 6, 8, 9, 12]), lattice_points, st.integers(-360, 360))
def test_corners_of_a_regular_polygon_are_rounded_once(
    sides: int, center: tuple[float, float], angle: int
) -> None:
    found = shapely.get_coordinates(regular(sides, 2.5, center, angle).geometry)[:-1]
    for k, (x, y) in enumerate(found.tolist()):
        cosine, sine = cosine_and_sine(
            angle + 360 * k / sides if 360 % sides else angle + 360 // sides * k
        )
        if 360 % sides:
            assert (x, y) == pytest.approx((center[0] + 2.5 * cosine, center[1] + 2.5 * sine))
        else:
            assert x == float(Fraction(center[0]) + Fraction(5, 2) * cosine)
            assert y == float(Fraction(center[1]) + Fraction(5, 2) * sine)


def test_a_square_on_its_corner_and_a_hexagon() -> None:
    assert regular(4, 2, (0, 0)).geometry.equals(
        shapely.Polygon([(0, 2), (-2, 0), (0, -2), (2, 0)])
    )
    right = shapely.get_coordinates(regular(6, 2, (0, 0), 0).geometry).tolist()
    assert right[0] == [2, 0]
    assert right[1][0] == 1  # The cosine of 60 degrees is a half.


def test_a_star_has_its_tips_outside() -> None:
    found = shapely.get_coordinates(star(5, 2, 1, (3, 1)).geometry)[:-1] - [3, 1]
    assert [round(math.hypot(x, y), 12) for x, y in found.tolist()] == [2, 1] * 5
    assert found[0].tolist() == [0, 2]


@given(
    st.lists(st.one_of(lattice_points, st.tuples(st.floats(-1, 1), st.floats(-1, 1))), max_size=20)
)
def test_a_hull_has_exact_turns_and_holds_its_points(points: list[tuple[float, float]]) -> None:
    corners = convex_hull(points)
    assert set(corners) <= set(points)
    if len(corners) < 3:
        return
    ring = [*corners, corners[0], corners[1]]
    exact = [(Fraction(x), Fraction(y)) for x, y in ring]
    for (ax, ay), (bx, by), (cx, cy) in zip(exact, exact[1:], exact[2:], strict=False):
        assert (bx - ax) * (cy - by) > (by - ay) * (cx - bx)
    for (ax, ay), (bx, by) in pairwise(exact[:-1]):
        for x, y in points:
            assert (bx - ax) * (Fraction(y) - ay) >= (by - ay) * (Fraction(x) - ax)


@given(st.lists(lattice_points, min_size=1, max_size=20))
def test_a_hull_is_shapelys(points: list[tuple[float, float]]) -> None:
    corners, theirs = convex_hull(points), shapely.MultiPoint(points).convex_hull
    if theirs.geom_type != "Polygon":
        assert len(corners) < 3
        return
    assert set(corners) == {tuple(p) for p in shapely.get_coordinates(theirs).tolist()}


def test_a_hull_of_shapes_is_that_of_their_vertices() -> None:
    made = loads(
        "shape: {hull: [{box: [0, 0, 1, 1]}, {union: [{polygon: [[3, 3], [4, 3], [3, 4]]}]}]}"
    ).shape
    assert isinstance(made, Polygonal)
    corners = {tuple(p) for p in shapely.get_coordinates(made.geometry).tolist()}
    assert corners == {(0, 0), (1, 0), (4, 3), (3, 4), (0, 1)}


# Growing and shrinking ---------------------------------------------------------------------------

polygons = st.one_of(
    box_overlays, triangle_overlays.filter(lambda g: shapely.get_num_coordinates(g) < 30)
)


def is_grown(shape: Shape, geometry: shapely.Geometry, by: float, p: Point) -> bool:
    within = contains(geometry, [p])[0] or square_to_border(p, geometry) <= Fraction(by) ** 2
    return shape_says(shape, p) == within


@settings(max_examples=30)
@given(polygons, radii, near)
def test_grown_is_all_within_the_distance(
    geometry: shapely.Geometry, by: float, points: list[Point]
) -> None:
    shape = grown(Polygonal(geometry), by)
    for p in [*((x / 8, y / 8) for x, y in points), *around_corners(geometry, by)]:
        assert is_grown(shape, geometry, by, p)


@settings(max_examples=30)
@given(polygons, st.sampled_from([0.25, 0.5, 0.3, 1.0]), near)
def test_shrunk_is_all_as_far_from_the_border(
    geometry: shapely.Geometry, by: float, points: list[Point]
) -> None:
    try:
        shape = shrunk(Polygonal(geometry), by)
    except SpecError:
        for x, y, right, top in (part.bounds for part in shapely.get_parts(geometry)):
            assert min(right - x, top - y) <= 2 * by
        return
    for p in [*((x / 8, y / 8) for x, y in points), *around_corners(geometry, by)]:
        inside = contains(geometry, [p])[0] and square_to_border(p, geometry) >= Fraction(by) ** 2
        assert shape_says(shape, p) == inside


L = shapely.Polygon([(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)])
TRIANGLE = shapely.Polygon([(0, 0), (8, 0), (4, 3)])
PINCHED = shapely.Polygon(
    [(0, 0), (8, 0), (8, 8), (0, 8)], [[(0, 4), (4, 2), (6, 4), (4, 6)]]
)  # The hole touches the left side in a vertex.
TIPS = shapely.MultiPolygon(
    [shapely.Polygon([(0, 0), (-4, 1), (-4, -1)]), shapely.Polygon([(0, 0), (4, -1), (4, 1)])]
)


@pytest.mark.parametrize("geometry", [L, TRIANGLE, PINCHED, TIPS])
@pytest.mark.parametrize("by", [0.5, 0.625])
def test_growth_and_shrinkage_on_a_fine_lattice(geometry: shapely.Geometry, by: float) -> None:
    larger, smaller = grown(Polygonal(geometry), by), shrunk(Polygonal(geometry), by)
    xmin, ymin, xmax, ymax = map(int, geometry.bounds)
    inner = outer = 0
    for i, j in product(range(2 * xmin - 2, 2 * xmax + 3), range(2 * ymin - 2, 2 * ymax + 3)):
        p = Fraction(i, 2), Fraction(j, 2)
        assert is_grown(larger, geometry, by, p)
        far = square_to_border(p, geometry) >= Fraction(by) ** 2
        assert shape_says(smaller, p) == (far and contains(geometry, [p])[0])
        inner += shape_says(smaller, p)
        outer += shape_says(larger, p)
    assert 0 < inner < outer


def test_boxes_grow_and_shrink_to_boxes_where_doubles_allow() -> None:
    box = Box(0, 0, 4, 2)
    assert [type(part) for part in grown(box, 0.5).operands] == [Box, Box] + [Circle] * 4
    assert shrunk(box, 0.5, "s") == Box(0.5, 0.5, 3.5, 1.5, "s")
    assert isinstance(grown(Box(0, 0, 0.1, 0.1), 1e-30).operands[0], Polygonal)
    odd = shrunk(Box(0.1, 0, 4, 2), 0.3)
    assert isinstance(odd, Intersection)
    edge = Fraction(0.1) + Fraction(0.3)
    assert shape_says(odd, (edge, Fraction(1)))
    assert not shape_says(odd, (edge - Fraction(1, 2**80), Fraction(1)))


def test_unions_grow_and_intersections_shrink() -> None:
    pair = (Box(0, 0, 4, 2, "a"), Box(0, 0, 2, 4, "b"))
    larger, smaller = grown(Union(pair), 0.5), shrunk(Intersection(pair), 0.5)
    assert [part.name for part in larger.operands] == ["a", "b"]
    assert isinstance(smaller, Intersection)
    assert smaller.operands == (Box(0.5, 0.5, 3.5, 1.5, "a"), Box(0.5, 0.5, 1.5, 3.5, "b"))
    with pytest.raises(SpecError, match="found an intersection; only polygons, boxes and unions"):
        grown(Intersection(pair), 1)
    with pytest.raises(SpecError, match="found a union; only polygons, boxes and intersections"):
        shrunk(Union(pair), 0.5)
    with pytest.raises(SpecError, match="found a half plane"):
        grown(HalfPlane(1, 0, 0), 1)


def test_what_is_grown_has_bounds() -> None:
    """Up to a part of the distance: the ellipses through the rectangles' corners bulge."""
    assert bounds(grown(Polygonal(TRIANGLE), 1)) == pytest.approx((-1, -1, 9, 4), abs=0.3)
    assert bounds(capsule((0, 0), (30, 40), 1)) == pytest.approx((-1, -1, 31, 41))


# In documents ------------------------------------------------------------------------------------


def test_hulls_and_offsets_are_nested_a_hundred_deep_at_most() -> None:
    deep = "{box: [0, 0, 1, 1]}"
    for _ in range(50):
        deep = f"{{hull: [{{union: [{deep}]}}]}}"
    assert isinstance(loads(f"shape: {deep}").shape, Polygonal)
    for written in ("{hull: [%s]}", "{offset: {shape: %s, by: 1}}"):
        with pytest.raises(SpecError, match="shapes are nested more than 100 deep"):
            loads(f"shape: {written % deep}")


def test_the_json_schema_calls_the_first_direction_from() -> None:
    definitions = json_schema()["$defs"]
    for body in ("SectorBody", "CapsuleBody"):
        assert definitions[body]["properties"]["from"]["title"] == "from"


# Networks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        capsule((0, 0), (3, 4), 1),
        sector((0, 0), 2, 30, 300, 1),
        rounded_box(Box(0, 0, 4, 3), 1),
        grown(Polygonal(TRIANGLE), 0.5),
        shrunk(Polygonal(L), 0.25),
        shrunk(Polygonal(TRIANGLE), 0.5),
    ],
)
def test_networks_are_proved(shape: Shape) -> None:
    spec = regions.shape.Spec("x", shape, (-5, -5, 9, 9))
    assert regions.prove(regions.compile(spec), spec).verdict == "equal"
