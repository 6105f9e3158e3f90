"""Polynomials in x and y with rational coefficients, and their signs at points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.views import View

Scalar: TypeAlias = int | Fraction

ROUNDING = 2.0**-46
"""Of the sum of all terms' sizes: more than a sum of rounded products in doubles may be off."""


@dataclass(frozen=True)
class Poly:
    """Coefficients by the powers of x and y."""

    terms: Mapping[tuple[int, int], Fraction]

    def __add__(self, other: Poly | Scalar) -> Poly:
        found = dict(self.terms)
        for powers, factor in _as_poly(other).terms.items():
            found[powers] = found.get(powers, Fraction(0)) + factor
        return Poly(found)

    def __mul__(self, other: Poly | Scalar) -> Poly:
        found: dict[tuple[int, int], Fraction] = {}
        for (i, j), a in self.terms.items():
            for (k, m), b in _as_poly(other).terms.items():
                found[i + k, j + m] = found.get((i + k, j + m), Fraction(0)) + a * b
        return Poly(found)

    def __pow__(self, exponent: Scalar) -> Poly:
        found = Poly({(0, 0): Fraction(1)})
        for _ in range(int(exponent)):
            found = found * self
        return found

    def __neg__(self) -> Poly:
        return self * -1

    def __sub__(self, other: Poly | Scalar) -> Poly:
        return self + _as_poly(other) * -1

    def __rsub__(self, other: Scalar) -> Poly:
        return _as_poly(other) - self

    __radd__ = __add__
    __rmul__ = __mul__

    def __truediv__(self, other: Fraction) -> Poly:
        return self * (1 / other)

    def at(self, x: Fraction, y: Fraction) -> Fraction:
        """The value at a point."""
        return sum((c * x**i * y**j for (i, j), c in self.terms.items()), Fraction(0))

    def values(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """In doubles."""
        x, y = points.T
        total = np.zeros(len(points))
        for (i, j), c in self.terms.items():
            total += float(c) * x**i * y**j
        return total

    def sizes(self, reach: float) -> float:
        """No sum of terms is larger where no coordinate is beyond the reach."""
        return sum(abs(float(c)) * reach ** (i + j) for (i, j), c in self.terms.items())

    def along(self, axis: int) -> Poly:
        """The derivative along x or y."""
        found = {}
        for powers, c in self.terms.items():
            if powers[axis]:
                lower = [powers[0], powers[1]]
                lower[axis] -= 1
                found[lower[0], lower[1]] = c * powers[axis]
        return Poly(found)


def _as_poly(value: Poly | Scalar) -> Poly:
    return value if isinstance(value, Poly) else Poly({(0, 0): Fraction(value)})


def judged(poly: Poly, view: View) -> NDArray[np.int8]:
    """1 where a polynomial is at least 0, -1 elsewhere, 0 too near to where it is 0."""
    values = poly.values(view.floats)
    rounding = ROUNDING * poly.sizes(view.reach)
    slope = np.hypot(poly.along(0).values(view.floats), poly.along(1).values(view.floats))
    known = np.abs(values) > rounding + 2 * view.slack * slope
    found = np.where(known, np.sign(values), 0).astype(np.int8)
    for i in np.flatnonzero(~known & view.exact):
        found[i] = 1 if poly.at(*view.points[i]) >= 0 else -1
    return found
