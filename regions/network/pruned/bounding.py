"""Kernels that bound what the separators compute on a box: what pruning rests on.

A line needs no more than its products' extremes: see `pruning.prune`. Compiled by Numba, as
`pruning.py`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from regions.network.model import Floats, Ints

SLACK = 2.0**-43
"""Relative bound of all rounding in a pre-activation, and in its polynomial about the middle of a
box: fewer than 300 operations on the way to each, 2^-53 each, three times over."""

TINY = 2.0**-700
"""Absolute bound of what underflow does to a feature, and to powers of half a box's side, where
coordinates are below 2^20: `SLACK` times it is allowed for, and more than needed. And the least
half side of a box."""

LEAST = 2.0**-900
"""Absolute bound of what underflow does to products with weights and to their sums: fewer than
10,000 operations, 2^-1075 each, times coordinates and binomials, 2^126 at most."""

NOBODY = -1.0
"""In place of a literal."""

NONE, ONE, TWO, THREE, FOUR = (np.uint64(k) for k in range(5))
"""Unsigned: of places that may count from the end Numba asks each time whether they do."""

CURVE_ROW, Y_ROW, X_ROW, MIDDLE_ROW = ONE, TWO, THREE, FOUR
"""Rows of `bounds`, counted from the end: see `bounds_room`."""


def bounds_room(monomials: Ints, curves: Floats) -> Floats:
    """Working memory for `box_bounds`.

    Args:
        monomials: `(m, 2)` exponents.
        curves: `(c, side * side)` coefficients, as for `prune`.

    Returns:
        A row for each monomial, of its least and its greatest value on a box. A row of the
        middle and half the side along x, both along y, and the side of the coefficients. The
        greatest magnitudes of the powers of x, and of those of y. And the polynomial of a curve
        about the middle: whose it is, a bound of all magnitudes in it, and the coefficient of
        `s^i t^j` at `2 + i * side + j`.
    """
    room = np.zeros((len(monomials) + 4, 5 + curves.shape[1]))
    room[-4, 4] = math.isqrt(curves.shape[1])
    return room


def power_bounds(powers: Any, exponent: int, low_end: int, high_end: int) -> Any:
    """The least and the greatest power of one coordinate on a box.

    It grows with the coordinate where the exponent is odd, with its magnitude where it is even.
    Both hold in floating point: rounding is monotone, and symmetric about 0. So the extremes stand
    at the ends of the box, or at 0.
    """
    a, b = powers[exponent, low_end], powers[exponent, high_end]
    low, high = min(a, b), max(a, b)
    if exponent > 0 and exponent % 2 == 0 and powers[1, low_end] < 0 < powers[1, high_end]:
        low = 0.0
    return low, high


def box_bounds(monomials: Any, xpow: Any, ypow: Any, slack: float, box: Any, bounds: Any) -> None:
    """What `prune` has to know of a box.

    That is the least and the greatest value of x and y, as the forward pass computes them. For
    curves it is where the middle is, and the powers' greatest magnitudes; or if `slack` is infinite
    the least and the greatest value of each monomial. A product is monotone in each of its factors,
    so its extremes stand at the corners.

    Args:
        monomials: `(m, 2)` exponents.
        xpow: `(i + 1, columns)` powers of the columns' coordinates, which ascend.
        ypow: `(j + 1, rows)` powers of the rows' coordinates, which fall.
        slack: `SLACK`, or infinity where coordinates are so large that it does not hold.
        box: `(4,)` first and last row, first and last column.
        bounds: What `bounds_room` made, written to.
    """
    top, bottom, left, right = box[0], box[1], box[2], box[3]
    bounds[0, 0], bounds[0, 1] = xpow[1, left], xpow[1, right]
    bounds[1, 0], bounds[1, 1] = ypow[1, bottom], ypow[1, top]
    if len(monomials) == 2:
        return
    if slack == np.inf:
        for k in range(2, len(monomials)):
            xlow, xhigh = power_bounds(xpow, monomials[k, 0], left, right)
            ylow, yhigh = power_bounds(ypow, monomials[k, 1], bottom, top)
            a, b, c, d = xlow * ylow, xlow * yhigh, xhigh * ylow, xhigh * yhigh
            bounds[k, 0] = min(min(a, b), min(c, d))
            bounds[k, 1] = max(max(a, b), max(c, d))
        return
    rows = np.uint64(len(bounds))
    bounds[rows - CURVE_ROW, 0] = NOBODY
    xmid = 0.5 * xpow[1, left] + 0.5 * xpow[1, right]
    ymid = 0.5 * ypow[1, bottom] + 0.5 * ypow[1, top]
    # One can divide by half a side. Points do not get further from the middle, so what a greater
    # coefficient is off by they are multiplied with a smaller s.
    across = max(max(xpow[1, right] - xmid, xmid - xpow[1, left]), TINY)
    upright = max(max(ypow[1, top] - ymid, ymid - ypow[1, bottom]), TINY)
    bounds[rows - MIDDLE_ROW, 0], bounds[rows - MIDDLE_ROW, 1] = xmid, across
    bounds[rows - MIDDLE_ROW, 2], bounds[rows - MIDDLE_ROW, 3] = ymid, upright
    for i in range(len(xpow)):
        bounds[rows - X_ROW, i] = max(abs(xpow[i, left]), abs(xpow[i, right]))
    for j in range(len(ypow)):
        bounds[rows - Y_ROW, j] = max(abs(ypow[j, bottom]), abs(ypow[j, top]))


def recentre(bounds: Any, row: Any, start: Any, step: Any, degree: Any, middle: float) -> None:
    """Make the coefficients of a polynomial of x those of the same polynomial of `x - middle`.

    By repeated synthetic division, which is Horner's scheme: Knuth, The Art of Computer
    Programming, volume 2, section 4.6.4. What rounding does to a coefficient is at most as many
    roundings as there are on the longest way to it, of the sum of all magnitudes in it.

    Args:
        bounds: Holds the coefficients in one row, and is written to.
        row: Which.
        start: The place of the constant.
        step: From one coefficient to the next.
        degree: Of the polynomial.
        middle: The new origin.
    """
    for done in range(degree):
        place = start + degree * step
        value = bounds[row, place]
        for _ in range(degree - done):
            place -= step
            value = bounds[row, place] + middle * value
            bounds[row, place] = value


def curve_polynomial(literal: int, lines: Any, curves: Any, bounds: Any) -> Any:
    """A curve's polynomial of s and t on a box, in the last row of `bounds`.

    Here `x = xmid + across * s` and `y = ymid + upright * t`, so that s and t are between -1 and 1.
    If it stands there already, it stays.

    Args:
        literal: Its row in `lines`.
        lines: As for `pruning.prune`.
        curves: Likewise.
        bounds: Likewise.

    Returns:
        A bound of all magnitudes that are added up in its values on the box. Times `SLACK`, and
        `LEAST` beyond, that is what these and the forward pass's can be apart.
    """
    rows = np.uint64(len(bounds))
    row, middle = rows - CURVE_ROW, rows - MIDDLE_ROW
    if bounds[row, 0] == literal:
        return bounds[row, 1]
    side, curve = np.uint64(bounds[middle, 4]), (np.uint64(lines[literal, 3]) >> ONE) - ONE
    total = 0.0
    for i in range(side):
        for j in range(side - i):
            w = curves[curve, i * side + j]
            bounds[row, TWO + i * side + j] = w
            total += abs(w) * (TINY + bounds[rows - X_ROW, i] * bounds[rows - Y_ROW, j])
    for i in range(side):
        recentre(bounds, row, TWO + i * side, ONE, side - ONE - i, bounds[middle, 2])
    for j in range(side):
        recentre(bounds, row, TWO + j, side, side - ONE - j, bounds[middle, 0])
    factor = 1.0
    for i in range(side):
        product = factor
        for j in range(side - i):
            bounds[row, TWO + i * side + j] *= product
            product *= bounds[middle, 3]
        factor *= bounds[middle, 1]
    bounds[row, 0], bounds[row, 1] = literal, total
    return total


def curve_signs(
    literal: int,
    low: float,
    high: float,
    lines: Any,
    first: Any,
    feature: Any,
    weight: Any,
    curves: Any,
    bounds: Any,
    slack: float,
) -> Any:
    """Whether a curve's pre-activation is at least 0 on all of a box, and whether below 0 on it.

    The terms of a curve pull against each other. So its polynomial about the middle of the box is
    taken, and bounded term by term: `s^i t^j` lies between -1 and 1, and between 0 and 1 where i
    and j are even. That holds for exact arithmetic, and `slack` makes up for all that rounding can
    do; where it is infinite, the terms' own bounds are added up in the forward pass's order, as
    those of a line are.

    Args:
        literal: Its row.
        low: The bound of its first two terms from below.
        high: From above.
        lines: As for `prune`, and all that follows.
        first: Likewise.
        feature: Likewise.
        weight: Likewise.
        curves: Likewise.
        bounds: Likewise.
        slack: Likewise.
    """
    if slack == np.inf:
        for k in range(first[literal], first[literal + 1]):
            a, b = weight[k] * bounds[feature[k], 0], weight[k] * bounds[feature[k], 1]
            low += min(a, b)
            high += max(a, b)
        bias = lines[literal, 2]
        return low + bias >= 0.0, high + bias < 0.0
    margin = slack * curve_polynomial(literal, lines, curves, bounds) + LEAST
    rows = np.uint64(len(bounds))
    row, side = rows - CURVE_ROW, np.uint64(bounds[rows - MIDDLE_ROW, 4])
    least = greatest = bounds[row, TWO]
    for i in range(side):
        for j in range(ONE if i == NONE else NONE, side - i):
            coefficient = bounds[row, TWO + i * side + j]
            magnitude = abs(coefficient)
            if (i | j) & ONE:
                least -= magnitude
                greatest += magnitude
            else:
                least += min(coefficient, 0.0)
                greatest += max(coefficient, 0.0)
    return least - margin >= 0.0, greatest + margin < 0.0


CALLEES_FIRST = (power_bounds, box_bounds, recentre, curve_polynomial, curve_signs)
