"""A kernel that fills a grid of cells: what the region says on each, or the program that tells.

Compiled by Numba, as `pruning.py`.
"""

from __future__ import annotations

from typing import Any

from regions.network.pruned.bounding import box_bounds
from regions.network.pruned.programs import write_program
from regions.network.pruned.pruning import OPEN, prune
from regions.network.pruned.quartering import cut


def fill_cells(
    stream: Any,
    lines: Any,
    first: Any,
    feature: Any,
    terms: Any,
    curves: Any,
    monomials: Any,
    xpow: Any,
    ypow: Any,
    slack: float,
    done: Any,
    states: Any,
    cells: Any,
    nodes: Any,
    jumps: Any,
    used: int,
    waiting: int,
    boxes: Any,
    stack: Any,
    bounds: Any,
    box: Any,
) -> Any:
    """Fill a square grid of cells; stops where there is no room for more nodes.

    The quadtree is walked as by `painting.paint`, with cells in place of leaves.

    Args:
        stream: The formula, and room behind it.
        lines: As for `pruning.prune`.
        first: Likewise.
        feature: Likewise.
        terms: Likewise, `weight`.
        curves: Likewise.
        monomials: As for `bounding.box_bounds`.
        xpow: `(degree + 1, 2 * side)` powers of the columns' ends: of each the left one first.
        ypow: Likewise of the rows, upwards.
        slack: As for `pruning.prune`.
        done: `(4,)` first row, beyond the last, first column, beyond the last of what is left out.
        states: `(side, side)` int8, rows upwards, all open; written to where they are not.
        cells: `(side, side)` int32, written to where they are: a target of `programs.py`.
        nodes: As for `programs.write_program`.
        jumps: Likewise.
        used: Nodes written so far.
        waiting: Boxes that wait; at first 1, the whole grid.
        boxes: `(n, 6)` int64 these boxes, first and last rows and columns, and where the formula of
            their parent begins and ends.
        stack: `(depth, 6)` int64; this and all that follows is working memory.
        bounds: As for `bounding.box_bounds`.
        box: `(4,)` int64.

    Returns:
        How many boxes wait, and how many nodes are used. If any waits, call again with more room.
    """
    while waiting:
        waiting -= 1
        r0, r1, c0, c1 = boxes[waiting, 0], boxes[waiting, 1], boxes[waiting, 2], boxes[waiting, 3]
        begin, write = boxes[waiting, 4], boxes[waiting, 5]
        if r0 >= done[0] and r1 <= done[1] and c0 >= done[2] and c1 <= done[3]:
            continue
        box[0], box[1], box[2], box[3] = 2 * r1 - 1, 2 * r0, 2 * c0, 2 * c1 - 1
        box_bounds(monomials, xpow, ypow, slack, box, bounds)
        state, end = prune(
            stream, begin, write, lines, first, feature, terms, curves, bounds, slack, stack
        )
        if state != OPEN:
            for r in range(r0, r1):
                for c in range(c0, c1):
                    states[r, c] = state
        elif r1 - r0 > 1:
            waiting = cut(boxes, waiting, r0, r1, c0, c1, write, end)
        elif used + end - write > len(nodes):
            return waiting + 1, used
        else:
            # The head of a chain needs no node.
            spared = 1 - (-stream[write] & 1)
            cells[r0, c0] = write_program(stream, write, lines, used - spared, nodes, jumps, stack)
            used += end - write - spared
    return waiting, used


CALLEES_FIRST = (fill_cells,)

SIGNATURES = {
    "fill_cells": "(i4[::1], f8[:,::1], i8[::1], i8[::1], f8[::1], f8[:,::1], i8[:,::1], f8[:,::1],"
    "f8[:,::1], f8, i8[::1], i1[:,::1], i4[:,::1], f8[:,::1], i4[:,::1], i8, i8, i8[:,::1],"
    "i8[:,::1], f8[:,::1], i8[::1])"
}
