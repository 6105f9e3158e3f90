"""Bounds on polynomials over boxes, certain in spite of rounding.

About the middle m of a box a polynomial is its Taylor expansion, and over the box it differs from
its value at m by at most the sum of `|T_ij(m)| h^(i + j)`: the centred form (Moore, "Interval
Analysis", 1966). Near a border, where the value is small, its error shrinks with the square of h.

Each `T_ij` is a polynomial of m, and many of them at many points are one product of matrices.
Intervals are kept as a middle and a radius (Rump, "Fast and parallel interval arithmetic", 1999):
a sum of products is off by at most its roundings, each 2^-53 of the sum of the absolute products,
in whatever order it is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regions.geometry.polynomials import Monomial, Polynomial

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING = 2.0**-46
"""128 roundings. A polynomial of degree 6 takes one for each of its 28 coefficients, as many for
the sum, 11 for a power of x times one of y, one for each product, and a few for its bounds."""

TINY = 2.0**-1000
"""More than products lose to underflow, where no coefficient and no coordinate exceeds 2^7."""


class Bounds(NamedTuple):
    """Of each polynomial on each box: `(k, m)` arrays."""

    low: Floats
    high: Floats


class Enclosures:
    """Polynomials made ready to be bounded on many boxes.

    Each is scaled by a power of two first, so that its largest coefficient lies between 1/2 and 2.
    Bounds are those of the scaled polynomial: only their signs mean anything.
    """

    def __init__(self, polynomials: Sequence[Polynomial]) -> None:
        self._count = len(polynomials)
        degrees = np.array([polynomial.degree for polynomial in polynomials], dtype=np.int64)
        self._groups = [
            (chosen, _Group([polynomials[i] for i in chosen.tolist()], int(degree)))
            for degree in np.unique(degrees)
            for chosen in (np.flatnonzero(degrees == degree),)
        ]

    def over(self, x: Floats, y: Floats, half: float) -> Bounds:
        """Bounds over squares.

        Args:
            x: `(m,)` middles, from -1 to 1.
            y: `(m,)`.
            half: Half of a square's side, at most 1; 0 for the middles alone.
        """
        low, high = np.empty((2, self._count, len(x)))
        for chosen, group in self._groups:
            low[chosen], high[chosen] = group.over(x, y, half)
        return Bounds(low, high)

    def distances(self, x: Floats, y: Floats) -> Floats:
        """`(k, m)` estimates, to first order, of how far the curves lie from points, with a sign.

        Infinite or NaN where a gradient is 0. Nothing is promised.
        """
        found = np.empty((self._count, len(x)))
        for chosen, group in self._groups:
            found[chosen] = group.distances(x, y)
        return found


class _Group:
    """Polynomials of one degree."""

    def __init__(self, polynomials: Sequence[Polynomial], degree: int) -> None:
        self._monomials = [(i, n - i) for n in range(degree + 1) for i in range(n + 1)]
        scaled = [polynomial.scaled() for polynomial in polynomials]
        self._taylor = {
            monomial: self._matrix([polynomial.taylor(monomial) for polynomial in scaled])
            for monomial in self._monomials
        }

    def _matrix(self, polynomials: Sequence[Polynomial]) -> Floats:
        """`(k, n)` coefficients, those that none of them has left out."""
        rows = [dict(polynomial.terms) for polynomial in polynomials]
        count = sum(i + j <= max(p.degree for p in polynomials) for i, j in self._monomials)
        return np.array([[float(row.get(m, 0)) for m in self._monomials[:count]] for row in rows])

    def _features(self, x: Floats, y: Floats) -> Floats:
        return np.array([_power(x, i) * _power(y, j) for i, j in self._monomials])

    def distances(self, x: Floats, y: Floats) -> Floats:
        features, order = self._features(x, y), ((0, 0), (1, 0), (0, 1))
        value, by_x, by_y = (_products(self._taylor[m], features)[0] for m in order)
        with np.errstate(divide="ignore", invalid="ignore"):
            distance: Floats = value / np.hypot(by_x, by_y)
        return distance

    def over(self, x: Floats, y: Floats, half: float) -> Bounds:
        features = self._features(x, y)
        value, error = _products(self._taylor[0, 0], features)
        if half == 0:
            return Bounds(value - error, value + error)
        below, above = error, error.copy()
        for monomial, matrix in self._taylor.items():
            if monomial != (0, 0):
                size = half ** sum(monomial)
                middle, radius = _products(matrix, features)
                least, most = _reach(monomial, middle, radius)
                below += least * size
                above += most * size
        # The last sums round, and so did those of the bounds.
        slack = ROUNDING * (np.abs(value) + below + above)
        return Bounds(value - below - slack, value + above + slack)


def _reach(monomial: Monomial, middle: Floats, radius: Floats) -> tuple[Floats, Floats]:
    """How far a term `c * dx^i * dy^j` with |dx|, |dy| <= 1 reaches below and above 0."""
    i, j = monomial
    if i % 2 or j % 2:
        size = np.abs(middle) + radius
        return size, size
    return np.maximum(radius - middle, 0), np.maximum(radius + middle, 0)


def _products(matrix: Floats, features: Floats) -> tuple[Floats, Floats]:
    """The polynomials' values, and bounds on their errors."""
    used = features[: matrix.shape[1]]
    error = ROUNDING * (np.abs(matrix) @ np.abs(used)) + TINY
    value: Floats = matrix @ used
    return value, error


def _power(base: Floats, exponent: int) -> Floats:
    result = np.ones_like(base)
    for _ in range(exponent):
        result = result * base
    return result
