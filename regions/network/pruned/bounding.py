"""Kernels that bound what the separators compute on a box: what pruning rests on.

A line needs no more than its products' extremes: see `pruning.prune`. Compiled by Numba, as
`pruning.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regions.network.model import Floats, Ints

SLACK = 2.0**-43
"""Relative bound of all rounding in a pre-activation, and in its polynomial about the middle of a
box: fewer than 300 operations on the way to each, 2^-53 each, three times over."""

TINY = 2.0**-700
"""Absolute bound of what underflow does to a feature where coordinates are below 2^20."""

LEAST = 2.0**-1060
"""Absolute bound of what underflow does to products with weights, and to their sums: fewer than
10,000 operations, 2^-1075 each."""

ONE, THREE, FOUR = np.uint64(1), np.uint64(3), np.uint64(4)
"""Unsigned: places that may count from the end keep loops from being vector instructions."""


def bounds_room(monomials: Ints, xdegree: int, ydegree: int) -> Floats:
    """Working memory for `feature_bounds`.

    Args:
        monomials: `(m, 2)` exponents.
        xdegree: The highest power of x in any list of powers.
        ydegree: Likewise of y.

    Returns:
        A row for each monomial, one for each power of either coordinate, the least values of
        `s^p t^q`, and a row to add up in.
    """
    degree = max(xdegree, ydegree, int(monomials.sum(axis=1).max()))
    pairs = [(p, q) for p in range(degree + 1) for q in range(degree + 1 - p)]
    rows = np.zeros((len(monomials) + xdegree + ydegree + 4, 3 + len(pairs)))
    rows[-2, 3:] = [0.0 if p % 2 == q % 2 == 0 else -1.0 for p, q in pairs]
    return rows


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


def expand(middle: float, half: float, degree: int, rows: Any, row: int) -> None:
    """Powers of one coordinate about the middle of a box: `(middle + half * s)^i`, |s| <= 1.

    Args:
        middle: Of the box along this coordinate.
        half: Half its side.
        degree: The highest power.
        rows: Written to. The coefficient of `s^p` in the power i stands in `rows[row + i, 3 + p]`;
            both terms that make it have one sign, so that it is off by few roundings. The sum of
            all their magnitudes stands in `rows[row + i, 2]`.
        row: The row of the power 0.
    """
    rows[row, 2] = rows[row, 3] = 1.0
    for i in range(1, degree + 1):
        above, here = row + i - 1, row + i
        rows[here, 2] = (abs(middle) + half) * rows[above, 2]
        rows[here, 3] = middle * rows[above, 3]
        for p in range(4, i + 3):
            rows[here, p] = middle * rows[above, p] + half * rows[above, p - 1]
        rows[here, i + 3] = half * rows[above, i + 2]


def feature_bounds(
    monomials: Any, xpow: Any, ypow: Any, slack: float, box: Any, bounds: Any
) -> None:
    """What the monomials do on a box, one row each.

    The first two columns are the least and the greatest value, as the forward pass computes it: of
    x and y always, of the others where `slack` is infinite. A product is monotone in each of its
    factors, so its extremes stand at the corners.

    Otherwise the third column is a bound of all magnitudes in the rest, which is the monomial as a
    polynomial of s and t, with `x = xmid + across * s` and `y = ymid + upright * t`: from column 3
    on the coefficients of 1, t, t^2, ..., s, s t, ..., s^2, ..., up to the same degree each.

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
    xmid = 0.5 * xpow[1, left] + 0.5 * xpow[1, right]
    ymid = 0.5 * ypow[1, bottom] + 0.5 * ypow[1, top]
    across = max(xpow[1, right] - xmid, xmid - xpow[1, left])
    upright = max(ypow[1, top] - ymid, ymid - ypow[1, bottom])
    xrow = len(monomials)
    yrow = xrow + len(xpow)
    expand(xmid, across, len(xpow) - 1, bounds, xrow)
    expand(ymid, upright, len(ypow) - 1, bounds, yrow)
    # The row of least values has as many columns as a triangle of this side has places.
    side = 0
    places = bounds.shape[1] - 3
    while places > 0:
        side += 1
        places -= side
    for k in range(len(monomials)):
        i, j = monomials[k, 0], monomials[k, 1]
        bounds[k, 2] = TINY + bounds[xrow + i, 2] * bounds[yrow + j, 2]
        place = 3
        for p in range(i + 1):
            factor = bounds[xrow + i, 3 + p]
            for q in range(j + 1):
                bounds[k, place + q] = factor * bounds[yrow + j, 3 + q]
            place += side - p


def curve_signs(
    literal: int,
    low: float,
    high: float,
    lines: Any,
    first: Any,
    feature: Any,
    weight: Any,
    bounds: Any,
    slack: float,
) -> Any:
    """Whether a curve's pre-activation is at least 0 on all of a box, and whether below 0 on it.

    The terms of a curve pull against each other. So its polynomial about the middle of the box is
    added up first, and then bounded term by term: `s^p t^q` lies between -1 and 1, and between 0
    and 1 where p and q are even. That holds for exact arithmetic, and `slack` makes up for all that
    rounding can do; where it is infinite, the terms' own bounds are added up in the forward pass's
    order, as those of a line are.

    Args:
        literal: Its row.
        low: The bound of its first two terms from below.
        high: From above.
        lines: As for `prune`, and all that follows.
        first: Likewise.
        feature: Likewise.
        weight: Likewise.
        bounds: Likewise.
        slack: Likewise.
    """
    bias = lines[literal, 2]
    if slack == np.inf:
        for k in range(first[literal], first[literal + 1]):
            a, b = weight[k] * bounds[feature[k], 0], weight[k] * bounds[feature[k], 1]
            low += min(a, b)
            high += max(a, b)
        return low + bias >= 0.0, high + bias < 0.0
    columns, row = np.uint64(bounds.shape[1]), np.uint64(len(bounds) - 1)
    w0, w1 = lines[literal, 0], lines[literal, 1]
    total = abs(bias) + abs(w0) * bounds[0, 2] + abs(w1) * bounds[1, 2]
    for column in range(THREE, columns):
        bounds[row, column] = w0 * bounds[0, column] + w1 * bounds[1, column]
    for k in range(first[literal], first[literal + 1]):
        term, w = np.uint64(feature[k]), weight[k]
        total += abs(w) * bounds[term, 2]
        for column in range(THREE, columns):
            bounds[row, column] += w * bounds[term, column]
    least = greatest = bounds[row, 3] + bias
    for column in range(FOUR, columns):
        # The term is between its coefficient and this many times it: 0 times if it keeps its sign.
        coefficient, other = bounds[row, column], bounds[row - ONE, column]
        least += min(coefficient, other * coefficient)
        greatest += max(coefficient, other * coefficient)
    margin = slack * total + LEAST
    return least - margin >= 0.0, greatest + margin < 0.0


CALLEES_FIRST = (power_bounds, expand, feature_bounds, curve_signs)
