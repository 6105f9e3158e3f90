"""A kernel that walks the quadtree over a raster: prune, cut in four, evaluate the leaves.

Compiled by Numba, as `pruning.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regions.network.pruned.bounding import ONE, box_bounds
from regions.network.pruned.leaves import EIGHT, LEAF, evaluate_leaf
from regions.network.pruned.pruning import FIRES, SILENT, prune
from regions.network.pruned.quartering import cut

SHORT, SPAN = 24, 2
"""Where a stream of so few tokens is left, up to so many leaves along a side are evaluated without
pruning for each of them: that would take longer."""


def paint(
    stream: Any,
    length: int,
    lines: Any,
    first: Any,
    feature: Any,
    terms: Any,
    curves: Any,
    monomials: Any,
    xpow: Any,
    ypow: Any,
    slack: float,
    cells: Any,
    mask: Any,
    height: int,
    width: int,
    stack: Any,
    boxes: Any,
    open_gates: Any,
    totals: Any,
    sums: Any,
    bounds: Any,
    box: Any,
) -> None:
    """Set the pixels of a region, in a rectangle of leaves, to 1; the others stay as they are.

    The quadtree is walked depth first. Each box's formula stands behind its parent's, so the array
    is a stack: as many times the formula as there are levels is always enough.

    Args:
        stream: The formula, and room behind it.
        length: Of the formula.
        lines: As for `pruning.prune`.
        first: Likewise.
        feature: Likewise.
        terms: Likewise, `weight`.
        curves: Likewise.
        monomials: As for `bounding.box_bounds`.
        xpow: Likewise.
        ypow: Likewise.
        slack: As for `pruning.prune`.
        cells: `(4,)` first row, beyond the last row, first column, beyond the last, of leaves.
        mask: `(height * width,)` uint8, row by row.
        height: Of the raster.
        width: Of the raster.
        stack: `(depth, 6)` int64; this and all that follows is working memory.
        boxes: `(n, 6)` int64: at most three boxes a level wait.
        open_gates: As for `leaves.evaluate_leaf`.
        totals: Likewise.
        sums: Likewise.
        bounds: As for `bounding.box_bounds`.
        box: `(4,)` int64.
    """
    # The whole is cut at once: too much of it is open for pruning to pay.
    waiting = cut(boxes, 0, cells[0], cells[1], cells[2], cells[3], 0, length)
    while waiting:
        waiting -= 1
        r0, r1, c0, c1 = boxes[waiting, 0], boxes[waiting, 1], boxes[waiting, 2], boxes[waiting, 3]
        begin, write = boxes[waiting, 4], boxes[waiting, 5]
        top, bottom = LEAF * r0, min(LEAF * r1, height)
        left, right = LEAF * c0, min(LEAF * c1, width)
        box[0], box[1], box[2], box[3] = top, bottom - 1, left, right - 1
        box_bounds(monomials, xpow, ypow, slack, box, bounds)
        state, end = prune(
            stream, begin, write, lines, first, feature, terms, curves, bounds, slack, stack
        )
        if state == SILENT:
            continue
        if state == FIRES:
            across = np.uint64(right - left)
            for r in range(top, bottom):
                # Unsigned: an index that may be negative keeps this from being one instruction.
                place = np.uint64(r * width + left)
                for c in range(across):
                    mask[place + c] = 1
        elif max(r1 - r0, c1 - c0) <= (SPAN if end - write <= SHORT else 1):
            for corner in range((r1 - r0) * (c1 - c0)):
                r, c = corner // (c1 - c0), corner % (c1 - c0)
                top, left = LEAF * (r0 + r), LEAF * (c0 + c)
                bits = evaluate_leaf(
                    stream, write, lines, first, feature, terms, curves, monomials, xpow, ypow,
                    top, left, bounds, slack, open_gates, totals, sums, stack,
                )  # fmt: skip
                if bottom - top >= LEAF and right - left >= LEAF:
                    # A width known to the compiler: one store for each row.
                    for r in range(LEAF):
                        place = np.uint64((top + r) * width + left)
                        for c in range(EIGHT):
                            mask[place + c] = bits >> c & ONE
                        bits >>= EIGHT
                else:
                    for r in range(min(LEAF, bottom - top)):
                        for c in range(min(LEAF, right - left)):
                            mask[(top + r) * width + left + c] = bits >> np.uint64(c) & ONE
                        bits >>= EIGHT
        else:
            waiting = cut(boxes, waiting, r0, r1, c0, c1, write, end)


CALLEES_FIRST = (paint,)

SIGNATURES = {
    "paint": "(i4[::1], i8, f8[:,::1], i8[::1], i8[::1], f8[::1], f8[:,::1], i8[:,::1],"
    "f8[:,::1], f8[:,::1], f8, i8[::1], u1[::1], i8, i8, i8[:,::1], i8[:,::1], u8[:,::1],"
    "i4[:,::1], f8[::1], f8[:,::1], i8[::1])"
}
