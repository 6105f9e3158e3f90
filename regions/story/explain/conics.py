"""Conics in school form: centre, kind and radii, by completing the square; exact."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.polynomials import Point, Polynomial

_ORDER = ((2, 0), (1, 1), (0, 2), (1, 0), (0, 1), (0, 0))


@dataclass(frozen=True, slots=True)
class Conic:
    """`a x^2 + b xy + c y^2 + d x + e y + f`.

    Attributes:
        kind: In words: a circle, an ellipse, a hyperbola.
        center: None of a parabola and of parallel lines.
        level: The value at the centre, 0 without one.
        numbers: The six coefficients.
    """

    kind: str
    center: Point | None
    level: Fraction
    numbers: tuple[Fraction, ...]

    @property
    def squares(self) -> tuple[Fraction, Fraction] | None:
        """The squared half-axes along x and y of an ellipse that is not turned, else None."""
        a, b, c, *_ = self.numbers
        if b or self.center is None or self.kind not in ("circle", "ellipse"):
            return None
        return -self.level / a, -self.level / c


def conic(polynomial: Polynomial) -> Conic:
    """What the curve is on which a polynomial of degree two is 0."""
    numbers = tuple(polynomial.coefficient(monomial) for monomial in _ORDER)
    middle = center(polynomial)
    level = Fraction(0) if middle is None else polynomial(*middle)
    return Conic(_kind(numbers, level), middle, level, numbers)


def center(polynomial: Polynomial) -> Point | None:
    """Where both derivatives of a polynomial of degree two are 0, if that is one point."""
    if polynomial.degree != 2:
        return None
    a, b, c, d, e, _ = (polynomial.coefficient(monomial) for monomial in _ORDER)
    determinant = 4 * a * c - b * b
    if not determinant:
        return None
    return (b * e - 2 * c * d) / determinant, (b * d - 2 * a * e) / determinant


def root(square: Fraction) -> Fraction | None:
    """The square root where it is rational."""
    if square < 0:
        return None
    above, below = math.isqrt(square.numerator), math.isqrt(square.denominator)
    found = Fraction(above, below)
    return found if found * found == square else None


def _kind(numbers: tuple[Fraction, ...], level: Fraction) -> str:
    a, b, c, d, e, f = numbers
    discriminant = b * b - 4 * a * c
    if discriminant > 0:
        return "hyperbola" if level else "pair of crossing lines"
    if discriminant < 0:
        if a * level >= 0:
            return "single point" if not level else "curve without points"
        return "circle" if a == c and not b else "ellipse"
    flat = 4 * a * c * f + b * d * e - a * e * e - c * d * d - f * b * b
    return "parabola" if flat else "pair of parallel lines"
