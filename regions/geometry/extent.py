"""Where a polynomial is at least 0, if that lies in a box for a plain reason."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

import numpy as np

from regions.geometry.intervals import Enclosures, Floats
from regions.geometry.polynomials import Polynomial
from regions.geometry.quadtree import WHOLE
from regions.geometry.quotients import above

Box = tuple[float, float, float, float]

_PARTS = 2**12
"""Of each side of the unit square, on which the leading form is bounded."""

_FINENESS = 10
"""The boxes at the border are divided until they are as small as 2^-9 of the larger side."""

_DEEPEST = 40
"""Halvings of the square in which the region is known to lie."""

_MOST = 2**16
"""Boxes of one level."""

_NOWHERE = (math.inf, math.inf, -math.inf, -math.inf)


@lru_cache(maxsize=256)
def extent(polynomial: Polynomial) -> Box | None:
    """A box `(xmin, ymin, xmax, ymax)` that holds all points where a polynomial is at least 0.

    It is known where the terms of the highest degree are together negative, away from the origin:
    then they prevail far out. None where they are not, though a box may exist; and where the region
    is empty.
    """
    if polynomial.degree == 2:
        return _ellipse(polynomial)
    reach = _reach(polynomial)
    if reach is None:
        return None
    size = Fraction(2) ** reach
    enclosures = Enclosures([polynomial.rescaled(size, (Fraction(0), Fraction(0)))])
    boxes, half, inside = WHOLE, 1.0, _NOWHERE
    for _ in range(_DEEPEST):
        x, y = boxes.middles(half)
        low, high = (bound[0] for bound in enclosures.over(x, y, half))
        inside = _hull(inside, x[low >= 0], y[low >= 0], half)
        boxes = boxes.take((low < 0) & (high >= 0))
        found = _hull(inside, *boxes.middles(half), half)
        fine = half * 2**_FINENESS <= max(found[2] - found[0], found[3] - found[1])
        if not len(boxes.row) or fine or 4 * len(boxes.row) > _MOST:
            break
        boxes, half = boxes.quartered(), half / 2
    xmin, ymin, xmax, ymax = (math.ldexp(end, reach) for end in found)
    return (xmin, ymin, xmax, ymax) if xmin < xmax else None


def _ellipse(conic: Polynomial) -> Box | None:
    """The box of an ellipse, its sides rounded outwards; of a point, a box that is as small.

    About its centre it is `A x^2 + B xy + C y^2 <= s`, so that `x^2 <= 4 C s / (4 A C - B^2)`.
    """
    a, b, c = (-conic.coefficient(power) for power in ((2, 0), (1, 1), (0, 2)))
    d, e, f = map(conic.coefficient, ((1, 0), (0, 1), (0, 0)))
    definite = 4 * a * c - b * b
    if a <= 0 or definite <= 0:
        return None
    x, y = (2 * c * d - b * e) / definite, (2 * a * e - b * d) / definite
    size = f + (d * x + e * y) / 2
    if size < 0:
        return None
    dx, dy = _root_above(4 * c * size / definite), _root_above(4 * a * size / definite)
    xmin, ymin, xmax, ymax = -above(dx - x), -above(dy - y), above(x + dx), above(y + dy)
    if not all(map(math.isfinite, (xmin, ymin, xmax, ymax))):
        return None
    more = math.nextafter(xmin, math.inf), math.nextafter(ymin, math.inf)
    return xmin, ymin, max(xmax, more[0]), max(ymax, more[1])


def _root_above(value: Fraction) -> Fraction:
    """The square root where it is rational, else a number above it, by 2^-64 of it at most."""
    p, q = value.numerator, value.denominator
    over, under = math.isqrt(p), math.isqrt(q)
    if over * over == p and under * under == q:
        return Fraction(over, under)
    shift = max(0, 66 + (q.bit_length() - p.bit_length()) // 2)
    return Fraction(math.isqrt((p << 2 * shift) // q) + 1, 1 << shift)


def _hull(box: Box, x: Floats, y: Floats, half: float) -> Box:
    """The box around a box and others, given by their middles."""
    if not len(x):
        return box
    return (
        min(box[0], float(x.min()) - half),
        min(box[1], float(y.min()) - half),
        max(box[2], float(x.max()) + half),
        max(box[3], float(y.max()) + half),
    )


def _reach(polynomial: Polynomial) -> int | None:
    """An exponent such that the polynomial is negative outside of `|x|, |y| <= 2^exponent`.

    Let f, the terms of the highest degree d, be at most -m on the square with `|x|` or `|y|` 1, and
    A_k be the sum of the absolute coefficients of degree k < d. On the same square times s the
    polynomial is at most `-m s^d + sum A_k s^k`. If s >= 2 (A_k / m)^(1 / (d - k)) for all k, each
    summand is at most `m s^d / 2^(d - k)`, and their sum is less than m s^d (after Fujiwara 1916).
    """
    degree = polynomial.degree
    form = Polynomial(tuple(term for term in polynomial.terms if sum(term[0]) == degree))
    least = _least_on_square(-form)
    if degree % 2 or least is None:
        return None
    exponents = []
    for k in range(degree):
        total = sum((abs(c) for (i, j), c in polynomial.terms if i + j == k), Fraction(0))
        if total:
            # The quotient is below 2^bits, and so the root below 2^(bits / (d - k)).
            quotient = total / least
            bits = quotient.numerator.bit_length() - quotient.denominator.bit_length() + 1
            exponents.append(1 + math.ceil(bits / (degree - k)))
    return max(exponents, default=0)


def _least_on_square(form: Polynomial) -> Fraction | None:
    """A positive lower bound on the border of the square from -1 to 1; None if none is found.

    A form of even degree has the same values on opposite sides.
    """
    middles = (2 * np.arange(_PARTS) + 1) / _PARTS - 1
    one = np.ones_like(middles)
    enclosures = Enclosures([form])
    sides = [enclosures.over(x, y, 1 / _PARTS) for x, y in ((middles, one), (one, middles))]
    least = min(float(side.low.min()) for side in sides)
    return Fraction(least) * Fraction(2) ** form.exponent if least > 0 else None
