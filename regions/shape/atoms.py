"""Primitives from exact numbers, where doubles hold them."""

from __future__ import annotations

from fractions import Fraction

from regions.errors import Problem, SpecError
from regions.geometry.polynomials import Polynomial
from regions.shape.model import LARGEST, Algebraic, Box, HalfPlane, Pair


def at_least_zero(polynomial: Polynomial, name: str | None = None) -> HalfPlane | Algebraic:
    """The points where a polynomial is at least 0, exactly.

    A half-plane if the polynomial is linear and its coefficients, or coprime integers in their
    proportion, are doubles.
    """
    if polynomial.degree == 1:
        for multiple in (polynomial, polynomial.coprime()):
            a, b, c = (multiple.coefficient(m) for m in ((1, 0), (0, 1), (0, 0)))
            if all(is_double(value) for value in (a, b, c)):
                return HalfPlane(float(a), float(b), float(c), name)
    return Algebraic(polynomial, name)


def box_of(
    sides: tuple[Fraction, Fraction, Fraction, Fraction], name: str | None = None
) -> Box | None:
    """The box `(xmin, ymin, xmax, ymax)` if all four are doubles, else None."""
    if not all(map(is_double, sides)):
        return None
    xmin, ymin, xmax, ymax = map(float, sides)
    return Box(xmin, ymin, xmax, ymax, name)


def is_double(value: Fraction) -> bool:
    """Whether a rational number can stand in a shape as it is."""
    return abs(value) <= LARGEST and Fraction(float(value)) == value


def halfplane_through(first: Pair, second: Pair, name: str | None = None) -> HalfPlane:
    """The closed half-plane to the left of the direction from `first` to `second`.

    `a = y0 - y1`, `b = x1 - x0`, `c = -(a x0 + b y0)`, so that `a x + b y + c` is the cross product
    of the direction with the vector from `first` to the point: positive on the left. Where all
    three come out exact in doubles, and hold both points as computed, they are used. Otherwise
    `c = -min(s0, s1)`, where `s` is `a x + b y` of each point in doubles: then `s + c >= 0`.
    """
    if first == second:
        message = "the two points are the same and give no direction; give two different points"
        raise SpecError([Problem(message)])
    (x0, y0), (x1, y1) = first, second
    a, b = y0 - y1, x1 - x0
    exact_a, exact_b = Fraction(y0) - Fraction(y1), Fraction(x1) - Fraction(x0)
    exact_c = -(exact_a * Fraction(x0) + exact_b * Fraction(y0))
    c = float(exact_c)
    exact = (Fraction(a), Fraction(b), Fraction(c)) == (exact_a, exact_b, exact_c)
    least = min(a * x0 + b * y0, a * x1 + b * y1)
    if not exact or least + c < 0:
        c = -least
    return HalfPlane(a, b, c, name)
