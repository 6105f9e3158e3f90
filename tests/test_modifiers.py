"""Moves and copies: a point lies in what was moved exactly if the point it came from lay in it."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import regions
from regions.errors import SpecError
from regions.geometry import affine
from regions.geometry.affine import IDENTITY, Affine, Stretch, composed
from regions.geometry.polynomials import X, Y
from regions.geometry.quotients import rounded
from regions.geometry.segments import Arc, Cubic, Line, Quadratic
from regions.shape.bounds import bounds
from regions.shape.load import loads
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Path,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
)
from regions.shape.modifiers import MAX_PIECES, circular, grid, moved, repeated
from tests.pointwise import Point, cosine_and_sine, shape_says
from tests.strategies import box_overlays

# Numbers of few bits: no image is rounded.
eighths = st.integers(-64, 64).map(lambda n: n / 8)
lengths = st.integers(1, 32).map(lambda n: n / 8)
points = st.tuples(eighths, eighths)
factors = st.sampled_from([-2.0, -1.0, -0.5, 0.25, 1.0, 1.5, 3.0])
quarters = st.sampled_from([-450, -90, 0, 90, 180, 270, 360])

primitives: st.SearchStrategy[Shape] = st.one_of(
    box_overlays.map(Polygonal),
    st.builds(lambda p, w, h: Box(p[0], p[1], p[0] + w, p[1] + h), points, lengths, lengths),
    st.builds(Circle, points, lengths),
    st.builds(Ellipse, points, st.tuples(lengths, lengths), quarters.map(float)),
    st.builds(lambda c, r, w: Annulus(c, r, r + w), points, lengths, lengths),
    st.builds(lambda a, b, c: HalfPlane(a, b or 1.0, c), eighths, eighths, eighths),
    points.map(lambda p: Algebraic(X * X * Y - Fraction(p[0]) * X - Y * Y + Fraction(p[1]))),
)
trees: st.SearchStrategy[Shape] = st.recursive(
    primitives,
    lambda inner: st.one_of(
        st.builds(lambda a, b: Union((a, b)), inner, inner),
        st.builds(lambda a, b: Intersection((a, b)), inner, inner),
        st.builds(lambda a, b: Difference((a, b)), inner, inner),
        st.builds(lambda a, b: SymmetricDifference((a, b)), inner, inner),
        st.builds(Complement, inner),
    ),
    max_leaves=4,
)
six = st.tuples(*[st.integers(-12, 12).map(lambda n: n / 4)] * 6)
maps: st.SearchStrategy[Affine] = st.one_of(
    st.builds(affine.translation, eighths, eighths),
    st.builds(affine.rotation, quarters, points),
    st.builds(affine.scaling, factors, factors, points),
    six.filter(lambda m: m[0] * m[3] != m[1] * m[2]).map(affine.affine),
    st.builds(affine.reflection, st.just((0.0, 1.0)), st.sampled_from([(1.0, 2.0), (0.0, 3.0)])),
)
rational = st.builds(Fraction, st.integers(-40, 40), st.sampled_from([1, 2, 3]))
rational_points = st.lists(st.tuples(rational, rational), min_size=3, max_size=6)


def image(by: Affine, point: Point) -> Point:
    """Where a map takes a point, by the map's own definition."""
    x, y = point
    return by.xx * x + by.xy * y + by.x, by.yx * x + by.yy * y + by.y


def points_of(shape: Shape) -> list[Point]:
    """Some that lie on borders."""
    found: list[tuple[float, float]] = []
    for node in bottom_up(shape):
        match node:
            case Polygonal(geometry):
                found += shapely.get_coordinates(geometry)[:3].tolist()
            case Box():
                found += [(node.xmin, node.ymin), (node.xmax, (node.ymin + node.ymax) / 2)]
            case Circle((x, y), r) | Annulus((x, y), r):
                found += [(x + r, y), (x, y - r)]
            case Ellipse((x, y), (a, b)):
                found += [(x + a, y), (x, y + b), (x + b, y)]
    return [(Fraction(x), Fraction(y)) for x, y in found]


# One map -----------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(
    st.lists(st.fractions(-9, 9, max_denominator=7), min_size=6, max_size=6),
    st.lists(st.tuples(*[st.floats(-1e9, 1e9)] * 2), max_size=5),
)
def test_many_points_are_moved_as_each_is_by_itself(
    entries: list[Fraction], points: list[tuple[float, float]]
) -> None:
    by = affine.affine(entries)
    assert by.rounded(points) == [tuple(map(float, by(point))) for point in points]
    assert by.rounded([(1e300, 1e300)] * 2) == [tuple(map(rounded, by((1e300, 1e300))))] * 2


@given(trees, maps, rational_points)
@example(Annulus((0, 0), 1, 2), affine.affine((1, 0.5, 0, 1, 0, 0)), [(Fraction(0), Fraction(1))])
@example(Annulus((0, 0), 1, 2), affine.scaling(2, 1), [(Fraction(1), Fraction(0))])
def test_a_point_is_in_the_image_if_it_comes_from_the_shape(
    shape: Shape, by: Affine, found: list[Point]
) -> None:
    made = moved(shape, by)
    for point in [*found, *points_of(shape)]:
        assert shape_says(made, image(by, point)) == shape_says(shape, point)


@given(maps, maps, st.tuples(rational, rational))
def test_maps_compose_and_invert(first: Affine, second: Affine, point: Point) -> None:
    both = first.then(second)
    assert image(both, point) == both(point) == second(first(point))
    assert both == composed([first, second])
    assert first.inverse()(first(point)) == point
    assert first.then(first.inverse()).moves_nothing
    for one in (first, second, both):
        if one.stretch is not None:
            assert linear(one.stretch) == pytest.approx([one.xx, one.xy, one.yx, one.yy])


def linear(stretch: Stretch) -> list[float]:
    cosine, sine = map(float, cosine_and_sine(float(stretch.degrees)))
    x, y = float(stretch.x), float(stretch.y)
    return [cosine * x, -sine * y, sine * x, cosine * y]


oblique = st.one_of(
    st.builds(affine.rotation, st.floats(-400, 400), points),
    st.builds(affine.reflection, points, st.tuples(st.floats(9, 10), st.floats(9, 10))),
    st.builds(affine.scaling, factors, factors),
)


@given(st.lists(oblique, min_size=1, max_size=4).map(composed))
def test_what_a_map_is_called_is_what_it_does(by: Affine) -> None:
    if by.stretch is not None:
        numbers = [float(n) for n in (by.xx, by.xy, by.yx, by.yy)]
        assert linear(by.stretch) == pytest.approx(numbers, abs=1e-12)


@given(st.floats(-400, 400), points, lengths, points)
def test_a_circle_turned_by_any_angle_is_a_circle(
    degrees: float, center: tuple[float, float], radius: float, about: tuple[float, float]
) -> None:
    made = moved(Circle(center, radius), affine.rotation(degrees, about))
    assert isinstance(made, Circle)
    assert made.radius == radius
    dx, dy = center[0] - about[0], center[1] - about[1]
    cosine, sine = map(float, cosine_and_sine(degrees))
    expected = (about[0] + cosine * dx - sine * dy, about[1] + sine * dx + cosine * dy)
    assert made.center == pytest.approx(expected, abs=1e-13)


@given(st.floats(-400, 400), st.floats(0, 180), factors, factors, rational_points)
def test_ellipses_turn_by_the_angle_itself(
    degrees: float, angle: float, sx: float, sy: float, found: list[Point]
) -> None:
    """Near the border a rounded sine decides, so points there are left out."""
    shape = Ellipse((1.0, -2.0), (4.0, 1.5), angle)
    by = composed([affine.rotation(degrees), affine.scaling(sx, sy)])
    made = moved(shape, by)
    turned = moved(shape, affine.rotation(degrees))
    assert isinstance(turned, Ellipse)
    assert turned.radii == (4.0, 1.5)
    for x, y in found:
        p = x / 5, y / 5
        larger, smaller = (Ellipse((1.0, -2.0), (4 * k, 1.5 * k), angle) for k in (1.001, 0.999))
        assume(shape_says(larger, p) == shape_says(smaller, p))
        assert shape_says(made, image(by, p)) == shape_says(shape, p)


def test_numbers_are_rounded_once() -> None:
    """0.1 times 3 and plus 0.1, in doubles, is rounded twice and comes out larger."""
    by = composed([affine.scaling(3, 3), affine.translation(0.1, 0.1)])
    once = float(Fraction(0.1) * 3 + Fraction(0.1))
    assert moved(Box(0.1, 0.1, 1, 1), by).xmin == once  # type: ignore[union-attr]
    assert moved(Circle((0.1, 0), 1), by).center[0] == once  # type: ignore[union-attr]
    triangle = Polygonal(shapely.Polygon([(0.1, 0.1), (1, 0), (0, 1)]))
    assert shapely.get_coordinates(moved(triangle, by).geometry)[0, 0] == once  # type: ignore[union-attr]


def test_kinds_stay_where_they_can() -> None:
    turn, wide = affine.rotation(30), affine.scaling(2, 1)
    shear = affine.affine((1, 1, 0, 1, 0, 0))
    kinds: list[tuple[Shape, Affine, type]] = [
        (Box(0, 0, 1, 2), affine.rotation(90), Box),
        (Box(0, 0, 1, 2), turn, Polygonal),
        (Circle((1, 1), 1), wide, Ellipse),
        (Circle((1, 1), 1), wide.then(turn), Ellipse),
        (Circle((1, 1), 1), shear, Algebraic),
        (Ellipse((1, 1), (2, 1), 90), wide, Circle),
        (Ellipse((1, 1), (2, 1), 30), wide, Algebraic),
        (Annulus((1, 1), 1, 2), turn, Annulus),
        (Annulus((1, 1), 1, 2), wide, Intersection),
        (HalfPlane(1, 2, 3), affine.translation(1, 2), HalfPlane),
        (HalfPlane(1, 2, 3), affine.scaling(3, 7), HalfPlane),
        (HalfPlane(1, 2, 1e-30), affine.translation(0.1, 1), Algebraic),
    ]
    for shape, by, kind in kinds:
        assert isinstance(moved(shape, by), kind), (shape, by)
        named = replace(shape, name="n")
        assert moved(named, by).name == "n"


def test_control_points_and_half_diameters_move() -> None:
    contour = (
        Line((0, 0), (4, 0)),
        Arc((4, 0), (4, 2), (1, 0), (0, 1), False, True),
        Quadratic((4, 2), (3, 5), (2, 2)),
        Cubic((2, 2), (1, 3), (0, 3), (0, 0)),
    )
    made = moved(Path((contour,), "evenodd", "p"), affine.affine((-1, 0, 0.5, 1, 3, 1)))
    assert isinstance(made, Path)
    assert (made.fill, made.name) == ("evenodd", "p")
    assert made.contours == (
        (
            Line((3, 1), (-1, 3)),
            Arc((-1, 3), (-1, 5), (-1, 0.5), (0, 1), False, False),
            Quadratic((-1, 5), (0, 7.5), (1, 4)),
            Cubic((1, 4), (2, 4.5), (3, 4), (3, 1)),
        ),
    )


def test_what_stays_is_the_same_object_and_what_is_shared_stays_shared() -> None:
    disc = Circle((0, 0), 1)
    shape = Union((disc, Complement(Intersection((disc, Box(0, 0, 1, 1))))), "u")
    assert moved(shape, IDENTITY) is shape
    assert moved(shape, composed([affine.rotation(90), affine.rotation(-90)])) is shape
    made = moved(shape, affine.translation(1, 0))
    assert isinstance(made, Union)
    assert made.name == "u"
    assert len(list(bottom_up(made))) == len(list(bottom_up(shape))) == 5


@given(st.tuples(lengths, lengths), st.integers(1, 359), points)
def test_the_images_of_circles_have_bounds(
    radii: tuple[float, float], degrees: int, center: tuple[float, float]
) -> None:
    """A sheared circle is a polynomial, and its box is that of points all around it."""
    by = affine.rotation(degrees).then(affine.affine((1, 0.75, -0.5, 2, 3, 4)))
    made = moved(Ellipse(center, radii, 10), by)
    turn = np.linspace(0, 2 * math.pi, 3601)
    p, q = radii[0] * np.cos(turn), radii[1] * np.sin(turn)
    c, s = math.cos(math.radians(10)), math.sin(math.radians(10))
    x, y = center[0] + c * p - s * q, center[1] + s * p + c * q
    u = float(by.xx) * x + float(by.xy) * y + float(by.x)
    v = float(by.yx) * x + float(by.yy) * y + float(by.y)
    found = bounds(made)
    assert found is not None
    slack = 0.1 * max(np.ptp(u), np.ptp(v))
    for least, most, c in ((found[0], found[2], u), (found[1], found[3], v)):
        assert c.min() - slack <= least <= c.min() + 1e-9
        assert c.max() - 1e-9 <= most <= c.max() + slack


def test_a_polygon_that_rounding_breaks_is_refused() -> None:
    sliver = Polygonal(shapely.Polygon([(0, 0), (1, 0), (1, 1e-3), (0.5, 1e-9)]))
    with pytest.raises(SpecError, match="after the move the polygon is invalid, its corners round"):
        moved(sliver, affine.translation(2**50, 2**50))
    with pytest.raises(SpecError, match="after the move the box has no area"):
        moved(Box(0, 0, 1, 1), affine.translation(1e20, 0))
    with pytest.raises(SpecError, match="after the move no number may be larger"):
        moved(Circle((0, 0), 1), affine.scaling(1e200, 1e200))


# Copies ------------------------------------------------------------------------------------------


@given(st.integers(1, 4), st.integers(1, 3), points, rational_points)
def test_a_grid_of_copies(
    columns: int, rows: int, step: tuple[float, float], found: list[Point]
) -> None:
    shape = Union((Box(0, 0, 1, 2, "b"), Circle((1, 1), 0.75)), "tile")
    made = repeated(shape, list(grid(columns, rows, step)))
    assert (made.name, {copy.name for copy in made.operands}) == ("tile", {"copy"})
    assert len(made.operands) == columns * rows
    for x, y in [*found, (Fraction(step[0]), Fraction(step[1]))]:
        places = [
            (x - i * Fraction(step[0]), y - j * Fraction(step[1]))
            for i in range(columns)
            for j in range(rows)
        ]
        assert shape_says(made, (x, y)) == any(shape_says(shape, place) for place in places)


def test_copies_around_a_point() -> None:
    made = repeated(Box(2, -0.5, 3, 0.5, "tooth"), list(circular(4, (1, 0), 360)))
    assert [bounds(copy) for copy in made.operands] == [
        (2, -0.5, 3, 0.5),
        (0.5, 1, 1.5, 2),
        (-1, -0.5, 0, 0.5),
        (0.5, -2, 1.5, -1),
    ]
    half = list(circular(3, (0, 0), -180))
    assert [one.stretch.degrees for one in half if one.stretch] == [0, 300, 240]


def test_copies_are_bounded() -> None:
    many = Polygonal(shapely.Point(0, 0).buffer(1, quad_segs=64))
    with pytest.raises(SpecError, match=f"parts; at most {MAX_PIECES} are made"):
        repeated(many, list(grid(100, 100, (3, 3))))
    twice = repeated(Circle((0, 0), 1), list(grid(30, 30, (3, 3))))
    with pytest.raises(SpecError, match="at most"):
        repeated(twice, list(grid(30, 30, (100, 100))))


# In documents ------------------------------------------------------------------------------------


def shape_of(text: str) -> Shape:
    return loads(f"window: [-9, -9, 9, 9]\nshape: {text}").shape


def test_modifiers_are_applied_in_their_order_whatever_the_documents() -> None:
    shape = shape_of(
        "{translate: [5, 1], affine: [1, 0.5, 0, 1, 2, 0], rotate: 90, mirror: x, scale: [2, 3],"
        " polygon: [[0, 0], [1, 0], [0, 1]]}"
    )
    point = np.array([[0, 0], [1, 0], [0, 1]]) * [2, 3] * [1, -1]
    turned = np.stack([-point[:, 1], point[:, 0]], axis=1)
    sheared = np.stack([turned[:, 0] + 0.5 * turned[:, 1] + 2, turned[:, 1]], axis=1)
    assert isinstance(shape, Polygonal)
    assert np.array_equal(shapely.get_coordinates(shape.geometry)[:3], np.add(sheared, [5, 1]))


@pytest.mark.parametrize(
    ("written", "box"),
    [
        ("scale: 2", (2, 4, 6, 8)),
        ("scale: [2, -1]", (2, -4, 6, -2)),
        ("scale: {by: 2, about: [1, 2]}", (1, 2, 5, 6)),
        ("scale: {by: [2, 1], about: [1, 2]}", (1, 2, 5, 4)),
        ("mirror: x", (1, -4, 3, -2)),
        ("mirror: y", (-3, 2, -1, 4)),
        ("mirror: {through: [[0, 0], [1, 1]]}", (2, 1, 4, 3)),
        ("mirror: {through: [[5, 0], [5, 9]]}", (7, 2, 9, 4)),
        ("rotate: 90", (-4, 1, -2, 3)),
        ("rotate: {by: -90, about: [1, 2]}", (1, 0, 3, 2)),
        ("affine: [0, 1, 2, 0, 1, 0]", (3, 2, 5, 6)),
        ("translate: [1, -1]", (2, 1, 4, 3)),
        ("scale: 1", (1, 2, 3, 4)),
    ],
)
def test_each_way_to_write_a_move(written: str, box: tuple[float, ...]) -> None:
    assert shape_of(f"{{box: [1, 2, 3, 4], name: b, {written}}}") == Box(*box, "b")


def test_copies_in_a_document() -> None:
    shape = shape_of(
        "{box: [1, 0, 2, 1], name: t, repeat: {columns: 2, step: [2, 0]}, around: {count: 2}}"
    )
    assert isinstance(shape, Union)
    assert shape.name == "t"
    assert [bounds(part) for part in shape.operands] == [(1, 0, 4, 1), (-4, -1, -1, 0)]
    names = list(regions.compile(shape).names)
    assert names[0] == "t.copy[0].copy[0].bottom"
    assert "t.copy[1].copy[1].left" in names


def test_modifiers_stand_beside_operations_too() -> None:
    shape = shape_of("{union: [{box: [0, 0, 1, 1]}, {box: [2, 0, 3, 1]}], translate: [1, 0]}")
    assert isinstance(shape, Union)
    assert shape.operands == (Box(1, 0, 2, 1), Box(3, 0, 4, 1))


@pytest.mark.parametrize(
    "shape",
    [
        moved(Annulus((1, 0), 1, 2), affine.affine((1, 0.5, 0, 1, 0, 0))),
        moved(Union((Circle((1, 0), 1), Box(0, 0, 3, 2))), affine.rotation(30)),
        moved(Difference((Box(0, 0, 3, 2), HalfPlane(1, -1, 0))), affine.rotation(20)),
    ],
)
def test_networks_of_what_was_moved_are_proved(shape: Shape) -> None:
    spec = regions.shape.Spec("x", shape, (-6, -6, 6, 6))
    assert regions.prove(regions.compile(spec), spec).verdict == "equal"
