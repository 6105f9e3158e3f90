"""Exact polynomials, rational directions, and bounds over boxes that rounding cannot break."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regions.geometry.directions import DIRECTION_ERROR, rational_direction
from regions.geometry.intervals import Enclosures
from regions.geometry.polynomials import (
    Monomial,
    Polynomial,
    X,
    Y,
    circle,
    ellipse,
    line,
    line_through,
    polynomial,
)
from tests.pointwise import cosine_and_sine

small = st.fractions(-9, 9, max_denominator=7)
doubles = st.floats(-1e3, 1e3, allow_subnormal=False) | st.floats(-1e-9, 1e-9)
monomials = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda m: 0 < sum(m) <= 6)


def polynomials(coefficients: st.SearchStrategy[float]) -> st.SearchStrategy[Polynomial]:
    terms = st.dictionaries(monomials, coefficients, max_size=6)
    return st.builds(polynomial, terms.map(lambda t: list(t.items())), coefficients)


rational = polynomials(small)  # type: ignore[arg-type]
degree_6 = polynomials(doubles)


@given(rational, rational, small, small)
def test_values_of_sums_and_products(
    p: Polynomial, q: Polynomial, x: Fraction, y: Fraction
) -> None:
    assert (p + q)(x, y) == p(x, y) + q(x, y)
    assert (p - q)(x, y) == p(x, y) - q(x, y)
    assert (p * q)(x, y) == p(x, y) * q(x, y)
    assert p.composed(X + q, 2 * Y)(x, y) == p(x + q(x, y), 2 * y)
    assert (3 - p)(x, y) == 3 - p(x, y)


@given(rational, small, st.tuples(small, small))
@example(X * X - 3 * X * Y + Y, Fraction(1, 8), (Fraction(0), Fraction(0)))
def test_rescaling_is_composing(
    p: Polynomial, scale: Fraction, shift: tuple[Fraction, ...]
) -> None:
    x, y = shift
    assert p.rescaled(scale, (x, y)) == p.composed(scale * X + x, scale * Y + y)


@given(rational, rational)
def test_quotients(p: Polynomial, q: Polynomial) -> None:
    """A product is divided exactly; with something added that the divisor is too large to divide,
    not at all.
    """
    if q.terms:
        assert (p * q).quotient(q) == p
    if q.degree > 0:
        assert (p * q + 1).quotient(q) is None


@given(rational, small.filter(bool))
def test_multiples_have_one_primitive(p: Polynomial, factor: Fraction) -> None:
    if not p.terms:
        return
    primitive, sign = p.primitive()
    assert (p * factor).primitive() == (primitive, sign * (1 if factor > 0 else -1))
    assert p.coprime() == primitive * sign
    quotient = p.quotient(primitive)
    assert quotient is not None
    assert quotient.degree == 0
    assert quotient.coefficient((0, 0)) * sign > 0
    assert all(c.denominator == 1 for _, c in primitive.terms)


@given(rational, small, small, small, small)
def test_taylor(p: Polynomial, x: Fraction, y: Fraction, dx: Fraction, dy: Fraction) -> None:
    orders: list[Monomial] = [(i, j) for i in range(7) for j in range(7)]
    expanded = sum(p.taylor((i, j))(x, y) * dx**i * dy**j for i, j in orders)
    assert expanded == p(x + dx, y + dy)


def test_what_defines_the_primitives() -> None:
    middle = (Fraction(2), Fraction(1))
    assert circle(middle, Fraction(5))(Fraction(5), Fraction(5)) == 0
    assert circle(middle, Fraction(5))(Fraction(2), Fraction(2)) > 0
    turned = ellipse(middle, (Fraction(4), Fraction(2)), (Fraction(3, 5), Fraction(4, 5)))
    assert turned(2 + 4 * Fraction(3, 5), 1 + 4 * Fraction(4, 5)) == 0
    assert turned(2 - 2 * Fraction(4, 5), 1 + 2 * Fraction(3, 5)) == 0
    assert turned(*middle) > 0
    assert line(1, 2, -3)(Fraction(1), Fraction(1)) == 0
    left = line_through((Fraction(0), Fraction(0)), (Fraction(2), Fraction(1)))
    assert left(Fraction(1), Fraction(1)) > 0
    assert left(Fraction(4), Fraction(2)) == 0


@given(st.floats(-720, 720))
@example(1e-300)
@example(359.99999999999994)
@example(-1e-18)
def test_directions_are_unit_vectors_near_the_angle(degrees: float) -> None:
    cosine, sine = rational_direction(degrees)
    assert cosine**2 + sine**2 == 1
    c, s = cosine_and_sine(degrees)
    assert abs(cosine * s - sine * c) <= Fraction(DIRECTION_ERROR)
    assert cosine * c + sine * s > 0


@pytest.mark.parametrize(
    ("degrees", "direction"),
    [(0, (1, 0)), (90, (0, 1)), (180, (-1, 0)), (-90, (0, -1)), (450, (0, 1))],
)
def test_quarter_turns_are_exact(degrees: float, direction: tuple[int, int]) -> None:
    assert rational_direction(degrees) == direction


# Bounds

unit = st.fractions(-1, 1, max_denominator=10**9)


@given(st.lists(degree_6, min_size=1, max_size=4), st.integers(0, 40), st.data())
def test_bounds_hold_at_rational_points(
    found: list[Polynomial], level: int, data: st.DataObject
) -> None:
    """Over a box, at any rational point of it; at its middle, with half a side of 0."""
    half = 2.0**-level
    cells = st.integers(0, 2**level - 1)
    x, y = ((2 * data.draw(cells) + 1) * half - 1 for _ in range(2))
    dx, dy = data.draw(unit), data.draw(unit)
    enclosures = Enclosures(found)
    for size in (half, 0.0):
        low, high = enclosures.over(np.array([x]), np.array([y]), size)
        for i, p in enumerate(found):
            value = p.scaled()(Fraction(x) + dx * Fraction(size), Fraction(y) + dy * Fraction(size))
            assert Fraction(low[i, 0]) <= value <= Fraction(high[i, 0])


@given(degree_6, unit, unit)
def test_bounds_shrink_with_the_box(p: Polynomial, x: Fraction, y: Fraction) -> None:
    """To no more than the rounding, 2^-46 of the terms, which are at most 2^6 in all."""
    middle = np.array([float(x)]), np.array([float(y)])
    widths = [np.subtract(*Enclosures([p]).over(*middle, half)[::-1])[0] for half in (2**-6, 0.0)]
    assert widths[1] <= widths[0]
    assert widths[1] < 2.0**-38


def test_distances_are_right_to_first_order() -> None:
    disc = circle((Fraction(0), Fraction(0)), Fraction(1, 2))
    found = Enclosures([disc, line(3, 4, -1), line(0, 0, 1)])
    distances = found.distances(np.array([0.501, 0.0]), np.array([0.0, 0.0]))
    assert np.allclose(distances[0], [-0.001, np.inf], atol=1e-5)
    assert np.allclose(distances[1], [0.1006, -0.2])
    assert np.isinf(distances[2]).all()


def test_a_box_beside_a_circle_is_decided_though_it_is_as_wide_as_far() -> None:
    """Centred forms are sharp to the square of the box's size."""
    outside = Enclosures([circle((Fraction(0), Fraction(0)), Fraction(1, 2))])
    half = 2.0**-10
    far = np.array([0.5 + 1.01 * half])
    assert outside.over(far, np.zeros(1), half).high[0, 0] < 0
    near = np.array([0.5 + 0.9 * half])
    assert outside.over(near, np.zeros(1), half).high[0, 0] > 0
