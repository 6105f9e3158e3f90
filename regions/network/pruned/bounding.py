"""Kernels that bound what the separators compute on a box: what pruning rests on.

A line needs no more than its products' extremes: see `pruning.prune`. Compiled by Numba, as
`pruning.py`.
"""

from __future__ import annotations

from typing import Any

SLACK = 2.0**-43
"""Relative bound of all rounding in a pre-activation, in its value at the middle of a box, and in
its slopes: fewer than 300 operations on the way to each, 2^-53 each, three times over."""

TINY = 2.0**-700
"""Absolute bound of what underflow does to a feature where coordinates are below 2^20."""


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


def feature_bounds(monomials: Any, xpow: Any, ypow: Any, box: Any, bounds: Any) -> None:
    """What the monomials do on a box, one row each.

    The columns are: the least and the greatest value, as the forward pass computes it; the value at
    the middle of the box; the least and the greatest slope along x, times half the box's width; the
    same along y; a bound of all these magnitudes together. A product is monotone in each of its
    factors: its extremes stand at the corners. Not every bound is attained.

    Args:
        monomials: `(m, 2)` exponents.
        xpow: `(degree + 1, columns)` powers of the columns' coordinates, which ascend.
        ypow: `(degree + 1, rows)` powers of the rows' coordinates, which fall.
        box: `(4,)` first and last row, first and last column.
        bounds: `(m + degree + 1, 8)`, written to; the last rows are working memory. For lines alone
            only the first two columns.
    """
    top, bottom, left, right = box[0], box[1], box[2], box[3]
    bounds[0, 0], bounds[0, 1] = xpow[1, left], xpow[1, right]
    bounds[1, 0], bounds[1, 1] = ypow[1, bottom], ypow[1, top]
    if len(monomials) == 2:
        return
    xmid = 0.5 * xpow[1, left] + 0.5 * xpow[1, right]
    ymid = 0.5 * ypow[1, bottom] + 0.5 * ypow[1, top]
    across = max(xpow[1, right] - xmid, xmid - xpow[1, left])
    upright = max(ypow[1, top] - ymid, ymid - ypow[1, bottom])
    # Below: the bounds of the powers of either coordinate, and their values at the middle.
    below = len(monomials)
    xmiddle = ymiddle = 1.0
    for i in range(max(len(xpow), len(ypow))):
        if i < len(xpow):
            bounds[below + i, 0], bounds[below + i, 1] = power_bounds(xpow, i, left, right)
        if i < len(ypow):
            bounds[below + i, 2], bounds[below + i, 3] = power_bounds(ypow, i, bottom, top)
        bounds[below + i, 4], bounds[below + i, 5] = xmiddle, ymiddle
        xmiddle *= xmid
        ymiddle *= ymid
    for k in range(len(monomials)):
        i, j = monomials[k, 0], monomials[k, 1]
        bounds[k, 2], bounds[k, 7] = bounds[below + i, 4] * bounds[below + j, 5], TINY
        for part in range(3):
            # The monomial, its slope along x, its slope along y.
            p, q = i - (part == 1), j - (part == 2)
            size = across * i if part == 1 else upright * j if part == 2 else 1.0
            low = high = 0.0
            if p >= 0 and q >= 0:
                xlow, xhigh = bounds[below + p, 0], bounds[below + p, 1]
                ylow, yhigh = bounds[below + q, 2], bounds[below + q, 3]
                a, b, c, d = xlow * ylow, xlow * yhigh, xhigh * ylow, xhigh * yhigh
                low, high = size * min(min(a, b), min(c, d)), size * max(max(a, b), max(c, d))
            column = 0 if part == 0 else 2 * part + 1
            bounds[k, column], bounds[k, column + 1] = low, high
            bounds[k, 7] += max(abs(low), abs(high))


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

    The terms of a curve pull against each other. So it also has the bounds of the mean value
    theorem: its value at the middle, plus or minus the greatest slopes times half the sides. They
    hold for exact arithmetic, and `slack` makes up for all that rounding can do.

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
    middle, total = bias, abs(bias)
    xlow = xhigh = ylow = yhigh = 0.0
    for k in range(first[literal] - 2, first[literal + 1]):
        at = k - first[literal] + 2 if k < first[literal] else feature[k]
        w = lines[literal, at] if k < first[literal] else weight[k]
        if k >= first[literal]:
            a, b = w * bounds[at, 0], w * bounds[at, 1]
            low += min(a, b)
            high += max(a, b)
        middle += w * bounds[at, 2]
        a, b = w * bounds[at, 3], w * bounds[at, 4]
        xlow += min(a, b)
        xhigh += max(a, b)
        a, b = w * bounds[at, 5], w * bounds[at, 6]
        ylow += min(a, b)
        yhigh += max(a, b)
        total += abs(w) * bounds[at, 7]
    reach = max(-xlow, xhigh) + max(-ylow, yhigh) + slack * total
    ones = low + bias >= 0.0 or middle - reach >= 0.0
    zeros = high + bias < 0.0 or middle + reach < 0.0
    return ones, zeros


CALLEES_FIRST = (power_bounds, feature_bounds, curve_signs)
