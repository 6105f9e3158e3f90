"""Primitives from exact numbers, where doubles hold them."""

from __future__ import annotations

from fractions import Fraction

from regions.geometry.polynomials import Polynomial
from regions.shape.model import LARGEST, Algebraic, Box, HalfPlane


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
