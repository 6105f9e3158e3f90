"""A kernel that cuts a box of the quadtree in four, for rasters and for indexes.

Compiled by Numba, as `pruning.py`.
"""

from __future__ import annotations

from typing import Any


def cut(boxes: Any, waiting: int, r0: int, r1: int, c0: int, c1: int, begin: int, end: int) -> int:
    """Let the quarters of a box wait, empty ones left out; how many boxes wait then.

    Args:
        boxes: `(n, 6)` int64, written to from row `waiting` on: first row, beyond the last, first
            column, beyond the last, and where the formula that the box has left begins and ends.
        waiting: How many wait already.
        r0: First row.
        r1: Beyond the last row.
        c0: First column.
        c1: Beyond the last column.
        begin: Of the formula.
        end: Likewise.
    """
    rm, cm = (r0 + r1 + 1) // 2, (c0 + c1 + 1) // 2
    for quarter in range(4):
        a, b = (r0, rm) if quarter < 2 else (rm, r1)
        c, d = (c0, cm) if quarter % 2 == 0 else (cm, c1)
        if a < b and c < d:
            boxes[waiting, 0], boxes[waiting, 1] = a, b
            boxes[waiting, 2], boxes[waiting, 3] = c, d
            boxes[waiting, 4], boxes[waiting, 5] = begin, end
            waiting += 1
    return waiting


CALLEES_FIRST = (cut,)
