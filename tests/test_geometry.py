"""Predicates, frames, lines and conics against rational arithmetic."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regions.errors import SpecError
from regions.geometry.directions import library_direction
from regions.geometry.frame import Frame, choose_frame, lattice_step
from regions.geometry.lines import heights, through
from regions.geometry.polynomials import Polynomial, circle, ellipse
from regions.geometry.predicates import orientation, turn
from regions.geometry.rings import boundary_edges
from regions.geometry.weights import to_doubles
from regions.network.model import monomials

finite = st.floats(-1e6, 1e6, allow_nan=False)
tiny = st.one_of(st.floats(-1e-150, 1e-150), st.floats(-1e-161, 1e-161))
coordinates = st.one_of(finite, tiny, st.integers(-4, 4).map(float))
points = st.tuples(coordinates, coordinates)


def exact_turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> int:
    ax, ay, bx, by, cx, cy = map(Fraction, (*a, *b, *c))
    value = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return (value > 0) - (value < 0)


@given(points, points, points)
def test_orientation_is_exact(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    expected = exact_turn(a, b, c)
    assert turn(*a, *b, *c) == expected
    assert orientation(np.array([a]), np.array([b]), np.array([c]))[0] == expected


@given(points, points, st.integers(1, 7), st.integers(-2, 2))
def test_orientation_of_points_an_ulp_off_a_line(
    a: tuple[float, float], b: tuple[float, float], part: int, ulps: int
) -> None:
    """Where the plain float determinant is noise."""
    c = [a[i] + (b[i] - a[i]) * part / 8 for i in (0, 1)]
    for _ in range(abs(ulps)):
        c[1] = float(np.nextafter(c[1], np.inf if ulps > 0 else -np.inf))
    assert turn(*a, *b, *c) == exact_turn(a, b, tuple(c))


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.floats(1e-6, 1e6), st.integers(0, 2**32 - 1))
def test_a_frame_rounds_no_vertex(x: float, y: float, extent: float, seed: int) -> None:
    vertices = np.array([x, y]) + extent * np.random.default_rng(seed).random((20, 2))
    frame = choose_frame(vertices)
    unit = frame.to_unit(vertices)
    for point, image in zip(vertices, unit, strict=True):
        for axis in (0, 1):
            shifted = Fraction(float(point[axis])) - Fraction(frame.center[axis])
            assert shifted * Fraction(2) ** frame.exponent == Fraction(float(image[axis]))
    assert frame == Frame() or np.abs(unit).max() <= 1


def test_small_lattices_keep_the_users_coordinates() -> None:
    assert choose_frame(np.array([[0.5, 3], [2**23, -7.5]])) == Frame()
    assert choose_frame(np.array([[0.1, 3], [2, 5]])) != Frame()
    assert choose_frame(np.array([[2.0**25, 3], [2, 5]])) != Frame()
    assert choose_frame(np.empty((0, 2))) == Frame()
    assert lattice_step(np.array([[0.25, 3.0]])) == 2
    assert lattice_step(np.array([[0.1, 3.0]])) is None
    # 24 bits on the finest grid that is needed, not 24 bits each.
    assert lattice_step(np.array([[2.0**-20, 2.0**20]])) is None


def test_a_centre_that_would_round_is_not_taken() -> None:
    """Near the factor of three an ulp of the least value may be lost."""
    values = [1.6066357757671799, 4.472226925228608, 2.480043135656656]
    vertices = np.array([[value, 0.5] for value in values])
    frame = choose_frame(vertices)
    assert frame.center[0] == 0
    assert (np.ldexp(frame.to_unit(vertices), -frame.exponent) == vertices).all()


@pytest.mark.parametrize(
    "vertices", [[[0, 0], [1e-310, 3e-310]], [[1e-200, 1], [1e140, 2]], [[1e-300, 0], [1e150, 1]]]
)
def test_coordinates_that_no_frame_can_hold(vertices: list[list[float]]) -> None:
    with pytest.raises(SpecError, match="too small, or too far apart"):
        choose_frame(np.array(vertices))


def test_a_building_in_utm_is_centred() -> None:
    building = np.array([[500_000.1, 4_649_776.2], [500_030.7, 4_649_790.9]])
    frame = choose_frame(building)
    assert abs(frame.center[0] - 500_015) < 32
    assert 0.25 < np.abs(frame.to_unit(building)).max() <= 1


@given(st.lists(st.tuples(points, points).filter(lambda p: p[0] != p[1]), min_size=1, max_size=5))
def test_lines_contain_both_their_points(pairs: list[tuple[tuple[float, float], ...]]) -> None:
    start, end = (np.array([pair[i] for pair in pairs]) for i in (0, 1))
    weights, bias, exact = through(start, end, lattice_step(np.concatenate([start, end])))
    for ends in (start, end):
        assert (heights(weights, ends) + bias >= 0).all()
        if exact:
            assert (heights(weights, ends) + bias == 0).all()


def test_lattice_lines_are_primitive_integers() -> None:
    ends = np.array([[0.0, 4], [0.5, 1]]), np.array([[6.0, 4], [3, 0.25]])
    weights, bias, exact = through(*ends, lattice_step(np.concatenate(ends)))
    assert exact
    assert weights.tolist() == [[0, 1], [6, 20]]
    assert bias.tolist() == [-4, -23]


def test_lines_along_the_axes_are_exact_anywhere() -> None:
    start, end = np.array([[0.1, 0.2], [0.7, 0.2]]), np.array([[0.7, 0.2], [0.7, 0.9]])
    weights, bias, exact = through(start, end, lattice_step(np.concatenate([start, end])))
    assert exact
    assert weights.tolist() == [[0, 1], [-1, 0]]
    assert bias.tolist() == [-0.2, 0.7]


def test_straight_edges_join_collinear_vertices() -> None:
    """Four corners and five more vertices on the sides: four straight edges, whatever the start."""
    ring = [(2, 0), (3, 0), (4, 0), (4, 2), (4, 4), (0, 4), (0, 2), (0, 1), (0, 0)]
    for turn_by in range(len(ring)):
        edges = boundary_edges(shapely.Polygon(ring[turn_by:] + ring[:turn_by]))
        ends = edges.vertices[edges.line_start], edges.vertices[edges.line_end]
        sides = {(*a, *b) for a, b in zip(*map(np.ndarray.tolist, ends), strict=True)}
        assert sides == {(0, 0, 4, 0), (4, 0, 4, 4), (4, 4, 0, 4), (0, 4, 0, 0)}
        assert sorted(edges.line_index.tolist()) == [0, 1, 2, 3]


def test_holes_are_rings_of_their_own() -> None:
    holed = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(2, 2, 4, 4).exterior])
    edges = boundary_edges(holed)
    assert edges.line_ring.tolist() == [0] * 4 + [1] * 4
    assert edges.line_index.tolist() == [0, 1, 2, 3] * 2


def value(coefficients: list[float], x: float, y: float) -> Fraction:
    terms = (x, y, x * x, x * y, y * y, 1)
    return sum(
        (Fraction(c) * Fraction(t) for c, t in zip(coefficients, terms, strict=True)), Fraction(0)
    )


def doubles(quadratic: Polynomial) -> tuple[list[float], bool]:
    return to_doubles([quadratic.coefficient(m) for m in (*monomials(2), (0, 0))])


rationals = st.fractions() | st.floats(-1e300, 1e300, allow_subnormal=False).map(Fraction)


@given(st.lists(rationals, min_size=1, max_size=6).filter(any))
def test_weights_are_multiples_rounded_once(coefficients: list[Fraction]) -> None:
    weights, exact = to_doubles(coefficients)
    largest = max(range(len(weights)), key=lambda i: abs(coefficients[i]))
    factor = max(abs(Fraction(w)) for w in weights) / abs(coefficients[largest])
    if exact:
        assert [Fraction(w) for w in weights] == [c * factor for c in coefficients]
    else:
        assert 0.5 < abs(weights[largest]) < 2.0
        exponent = round(math.log2(factor))
        assert weights == [float(c * Fraction(2) ** exponent) for c in coefficients]


def test_circles_of_small_integers_are_exact() -> None:
    weights, exact = doubles(circle((Fraction(1), Fraction(-2)), Fraction(5)))
    assert exact
    assert weights == [2, -4, -1, 0, -1, 20]
    assert value(weights, 4, 2) == 0
    assert value(weights, 1, -2) > 0


def turned_ellipse(center: tuple[int, int], degrees: float) -> Polynomial:
    (x, y), radii = map(Fraction, center), (Fraction(4), Fraction(2))
    return ellipse((x, y), radii, library_direction(degrees))


def test_ellipses_turn() -> None:
    upright, exact = doubles(turned_ellipse((0, 0), 90))
    assert exact
    assert value(upright, 0, 4) == 0
    assert value(upright, 2, 0) == 0
    tilted, exact = doubles(turned_ellipse((1, 1), 30))
    assert not exact
    cosine, sine = np.cos(np.pi / 6), np.sin(np.pi / 6)
    tip = (1 + 4 * cosine, 1 + 4 * sine)
    assert float(value(tilted, *tip)) == pytest.approx(0, abs=1e-14)


@given(st.tuples(finite, finite), st.floats(0.001, 1e5), st.integers(-20, 20))
def test_a_frame_changes_no_conic(
    center: tuple[float, float], radius: float, exponent: int
) -> None:
    """Substituting the frame's coordinates leaves the polynomial's values as they were."""
    u, v = Fraction(3, 7), Fraction(-2, 3)
    scale = Fraction(2) ** -exponent
    x, y = u * scale + 3, v * scale - Fraction(1, 2)
    cx, cy = map(Fraction, center)
    inside = circle((cx, cy), Fraction(radius)).rescaled(scale, (Fraction(3), Fraction(-1, 2)))
    assert inside(u, v) == Fraction(radius) ** 2 - (x - cx) ** 2 - (y - cy) ** 2


def test_frames_of_the_largest_doubles() -> None:
    """2^1024 is no double: the way back from the frame must not compute it."""
    points = np.array([[0.0, 0.0], [1.7e308, 0.5], [0.5, 1.7e308]])
    frame = choose_frame(points)
    assert (frame.from_unit(frame.to_unit(points)) == points).all()


def test_heights_and_measures_are_left_out() -> None:
    for kind in ("ZM ((0 0 1 1, 1 0 2 1, 1 1 3 1, 0 0 1 1))", "M ((0 0 1, 1 0 2, 1 1 3, 0 0 1))"):
        edges = boundary_edges(shapely.from_wkt(f"POLYGON {kind}"))
        assert edges.vertices.tolist() == [[0, 0], [1, 0], [1, 1]]
