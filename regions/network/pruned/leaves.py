"""Kernels that evaluate a formula on a leaf of the quadtree, all its pixels at once.

Compiled by Numba, as `pruning.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regions.network.pruned.bounding import (
    CURVE_ROW,
    FOUR,
    LEAST,
    MIDDLE_ROW,
    NONE,
    ONE,
    THREE,
    TWO,
    curve_polynomial,
)
from regions.network.pruned.curves import curve

LEAF = 8
"""Pixels along a side of a leaf; its 64 are evaluated at once: one bit each."""

EIGHT, PIXELS = np.uint64(LEAF), np.uint64(LEAF * LEAF)
"""`range` over them gives indices that cannot be negative, which makes loops vector
instructions; and what is shifted, or shifts, has to be unsigned."""


def cubic_bits(
    literal: int,
    lines: Any,
    curves: Any,
    xpow: Any,
    ypow: Any,
    row: Any,
    column: Any,
    bounds: Any,
    slack: float,
    sums: Any,
) -> Any:
    """Where a curve's pre-activation is at least 0 on a leaf, and where that is not yet clear.

    So near, a curve is almost one of degree three. Its terms up to that degree, about the middle of
    the box, take a few operations a pixel; the others are at most the sum of their coefficients.
    Where the former are further from 0 than that and all rounding, theirs is the sign.

    Args:
        literal: See `literal_bits`, as for all that follows.
        lines: See `literal_bits`.
        curves: See `literal_bits`.
        xpow: See `literal_bits`.
        ypow: See `literal_bits`.
        row: See `literal_bits`.
        column: See `literal_bits`.
        bounds: See `literal_bits`.
        slack: See `literal_bits`; finite.
        sums: See `literal_bits`.

    Returns:
        One bit each, as `literal_bits` has them.
    """
    margin = slack * curve_polynomial(literal, lines, curves, bounds) + LEAST
    rows = np.uint64(len(bounds))
    last, middle = rows - CURVE_ROW, rows - MIDDLE_ROW
    side = np.uint64(bounds[middle, 4])
    for i in range(side):
        for j in range(FOUR - i if i < FOUR else NONE, side - i):
            margin += abs(bounds[last, TWO + i * side + j])
    p0, p1, p2 = TWO, TWO + side, TWO + side + side
    c, ct, ctt = bounds[last, p0], bounds[last, p0 + ONE], bounds[last, p0 + TWO]
    cs, cst, css = bounds[last, p1], bounds[last, p1 + ONE], bounds[last, p2]
    cttt = cstt = csst = csss = 0.0
    if side > THREE:
        cttt, cstt = bounds[last, p0 + THREE], bounds[last, p1 + TWO]
        csst, csss = bounds[last, p2 + ONE], bounds[last, p2 + side]
    xmid, xscale = bounds[middle, 0], 1.0 / bounds[middle, 1]
    ymid, yscale = bounds[middle, 2], 1.0 / bounds[middle, 3]
    for k in range(EIGHT):
        s = (xpow[1, column + k] - xmid) * xscale
        sums[k] = c + (cs + (css + csss * s) * s) * s
        sums[EIGHT + k] = ct + (cst + csst * s) * s
        sums[EIGHT + EIGHT + k] = ctt + cstt * s
    bits, near = NONE, NONE
    for r in range(EIGHT):
        t = (ypow[1, row + r] - ymid) * yscale
        byte, close = NONE, NONE
        for k in range(EIGHT):
            square = sums[EIGHT + EIGHT + k] + cttt * t
            value = sums[k] + (sums[EIGHT + k] + square * t) * t
            byte |= np.uint64(value >= 0.0) << k
            close |= np.uint64(abs(value) <= margin) << k
        bits |= byte << (EIGHT * r)
        near |= close << (EIGHT * r)
    return bits, near


def literal_bits(
    literal: int,
    lines: Any,
    first: Any,
    feature: Any,
    terms: Any,
    curves: Any,
    monomials: Any,
    xpow: Any,
    ypow: Any,
    row: Any,
    column: Any,
    bounds: Any,
    slack: float,
    sums: Any,
) -> Any:
    """A literal on all pixels of a leaf, one bit each: row by row, from the lowest bit on.

    Args:
        literal: Its row in `lines`.
        lines: See `painting.paint`, as for all that follows.
        first: See `painting.paint`.
        feature: See `painting.paint`.
        terms: See `painting.paint`.
        curves: See `painting.paint`.
        monomials: See `painting.paint`.
        xpow: See `painting.paint`.
        ypow: See `painting.paint`.
        row: First row of the leaf.
        column: First column.
        bounds: What `bounding.box_bounds` wrote for the box that the leaf is part of.
        slack: See `painting.paint`.
        sums: `(24,)` float64.
    """
    w0, w1, b, flags = lines[literal, 0], lines[literal, 1], lines[literal, 2], lines[literal, 3]
    bits = NONE
    if flags < 2.0:
        for c in range(EIGHT):
            sums[c] = w0 * xpow[1, column + c]
        for r in range(EIGHT):
            upright = w1 * ypow[1, row + r]
            byte = NONE
            for c in range(EIGHT):
                byte |= np.uint64((sums[c] + upright) + b >= 0.0) << c
            bits |= byte << (EIGHT * r)
    else:
        flags = float(int(flags) & 1)
        near = ~NONE
        if slack < np.inf:
            bits, near = cubic_bits(
                literal, lines, curves, xpow, ypow, row, column, bounds, slack, sums
            )
        pixel = NONE
        while near:
            if near & ONE:
                u, v = xpow[1, column + pixel % EIGHT], ypow[1, row + pixel // EIGHT]
                fires = curve(u, v, literal, lines, first, feature, terms, monomials) >= 0.0
                bits = bits & ~(ONE << pixel) | np.uint64(fires) << pixel
            near >>= ONE
            pixel += ONE
    return ~bits if flags == 1.0 else bits


def evaluate_leaf(
    stream: Any,
    begin: int,
    lines: Any,
    first: Any,
    feature: Any,
    terms: Any,
    curves: Any,
    monomials: Any,
    xpow: Any,
    ypow: Any,
    top: int,
    left: int,
    bounds: Any,
    slack: float,
    open_gates: Any,
    totals: Any,
    sums: Any,
    stack: Any,
) -> Any:
    """A formula on all pixels of a leaf, a bit each as in `literal_bits`.

    A chain is read from its outermost item on. A pixel waits as long as the items so far have not
    decided it; those that wait to the end have what the last item's op makes of nothing.

    Args:
        stream: As for `painting.paint`, what is left of the formula at `begin`; so are most others.
        begin: Its first place.
        lines: See `painting.paint`.
        first: See `painting.paint`.
        feature: See `painting.paint`.
        terms: See `painting.paint`.
        curves: See `painting.paint`.
        monomials: See `painting.paint`.
        xpow: See `painting.paint`.
        ypow: See `painting.paint`.
        top: First row of the leaf.
        left: First column.
        bounds: See `literal_bits`.
        slack: See `painting.paint`.
        open_gates: `(2, depth)` uint64: which pixels are 1, and which wait, in each open gate.
        totals: `(depth, 64)` int32, likewise for sums.
        sums: `(24,)` float64.
        stack: `(depth, 6)` int64.
    """
    read, stop, depth, head, weight, op = begin, begin + 1, -1, 1, 0, 0
    ones, waiting, item = NONE, NONE, NONE
    row, column = np.uint64(top), np.uint64(left)
    while True:
        if read < stop:
            if head & 1 and depth >= 0:
                weight = stream[read]
                read += 1
            token = stream[read]
            if token < 0:
                # Enter a gate.
                if depth >= 0:
                    stack[depth, 0], stack[depth, 1], stack[depth, 2] = stop, head, weight
                    open_gates[0, depth], open_gates[1, depth] = ones, waiting
                depth += 1
                head = -token
                stop = read + (head >> 2)
                read += 1
                ones, waiting = NONE, ~NONE
                if head & 1:
                    stack[depth, 3] = stream[read]
                    read += 2
                    for k in range(PIXELS):
                        totals[depth, k] = 0
                op = 0
                continue
            read += 1
            op = token & 1
            item = literal_bits(
                token >> 1, lines, first, feature, terms, curves, monomials, xpow, ypow, row,
                column, bounds, slack, sums,
            )  # fmt: skip
        else:
            # Leave a gate: it is an item of its parent.
            if head & 1:
                need, item = stack[depth, 3], NONE
                for k in range(PIXELS):
                    item |= np.uint64(totals[depth, k] >= need) << k
            else:
                item = ones if op else ones | waiting
            if depth == 0:
                return item
            op = head >> 1 & 1
            depth -= 1
            stop, head, weight = stack[depth, 0], stack[depth, 1], stack[depth, 2]
            ones, waiting = open_gates[0, depth], open_gates[1, depth]
        if head & 1:
            for k in range(PIXELS):
                totals[depth, k] += weight * np.int32(item >> k & ONE)
        elif op == 0:
            waiting &= item
        else:
            ones |= waiting & item
            waiting &= ~item


CALLEES_FIRST = (cubic_bits, literal_bits, evaluate_leaf)
