"""The kernel that answers for points: which cell each lies in, and then the cell's program.

Compiled by Numba, as `pruning.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from regions.network.pruned.curves import curve
from regions.network.pruned.programs import ACCEPT, ADD, BEYOND, CURVE, REJECT
from regions.network.pruned.pruning import FIRES, OPEN, SILENT

BATCH = 1024
"""Points whose cells are found before any program is walked: loops without branches, in which many
reads of memory are under way at once."""


def look_up(
    points: Any,
    center: Any,
    grids: Any,
    sides: Any,
    starts: Any,
    states: Any,
    cells: Any,
    nodes: Any,
    jumps: Any,
    lines: Any,
    first: Any,
    feature: Any,
    terms: Any,
    monomials: Any,
    places: Any,
    undecided: Any,
    counters: Any,
    answers: Any,
) -> int:
    """Whether points lie in the region: `FIRES`, `SILENT`, or `OPEN` if they are in no grid.

    Args:
        points: `(n, 2)`.
        center: `(3,)` the network's center, and the power of two that follows.
        grids: See `index.Index`; so are all up to `nodes`.
        sides: Likewise.
        starts: Likewise.
        states: Likewise.
        cells: Likewise.
        nodes: Likewise.
        jumps: The same memory as int32.
        lines: As for `pruning.prune`.
        first: Likewise.
        feature: Likewise.
        terms: Likewise, `weight`.
        monomials: `(m, 2)` exponents.
        places: `(BATCH,)` int32, working memory.
        undecided: `(BATCH,)` int32, likewise.
        counters: `(depth,)` int64, likewise.
        answers: `(n,)` int8, written to.

    Returns:
        How many points are in no grid.
    """
    beyond = 0
    for begin in range(0, len(points), BATCH):
        base, count = np.uint64(begin), np.uint64(min(BATCH, len(points) - begin))
        for k in range(count):
            places[k] = 0
        for grid in range(len(grids)):
            if grid > 0 and homeless(places, count) == 0:
                break
            left, low = grids[grid, 0], grids[grid, 1]
            across, upright = grids[grid, 2], grids[grid, 3]
            side, start = float(sides[grid]), float(starts[grid])
            for k in range(count):
                column = (points[base + k, 0] - left) * across
                row = (points[base + k, 1] - low) * upright
                within = (column >= 0.0) & (column < side) & (row >= 0.0) & (row < side)
                place = np.floor(row) * side + np.floor(column) + start
                found = np.int32(place if within else 0.0)
                places[k] = found if places[k] == 0 else places[k]
        waiting = 0
        for k in range(count):
            state = states[np.uint64(places[k])]
            answers[base + k] = state
            if state == OPEN:
                undecided[waiting] = k
                waiting += 1
        for w in range(waiting):
            k = undecided[w]
            x, y, place = points[begin + k, 0], points[begin + k, 1], places[k]
            target = cells[place]
            u, v = (x - center[0]) * center[2], (y - center[1]) * center[2]
            while target >= 0:
                node = target >> 1
                if target & 1 == 0:
                    z = (nodes[node, 0] * u + nodes[node, 1] * v) + nodes[node, 2]
                    fires = z >= 0.0
                elif jumps[node, 0] == CURVE:
                    z = curve(u, v, jumps[node, 1], lines, first, feature, terms, monomials)
                    fires = z >= 0.0
                elif jumps[node, 0] == ADD:
                    counters[jumps[node, 1]] += jumps[node, 2]
                    fires = counters[jumps[node, 1]] >= jumps[node, 3]
                else:
                    counters[jumps[node, 1]] = 0
                    fires = True
                target = jumps[node, 6] if fires else jumps[node, 7]
            beyond += target == BEYOND
            answers[begin + k] = FIRES if target == ACCEPT else SILENT if target == REJECT else OPEN
    return beyond


def homeless(places: Any, count: Any) -> int:
    """How many points are in no grid so far."""
    found = 0
    for k in range(count):
        found += places[k] == 0
    return found


CALLEES_FIRST = (homeless, look_up)

SIGNATURES = {
    "look_up": "(f8[:,::1], f8[::1], f8[:,::1], i8[::1], i8[::1], i1[::1], i4[::1], f8[:,::1],"
    "i4[:,::1], f8[:,::1], i8[::1], i8[::1], f8[::1], i8[:,::1], i4[::1], i4[::1], i8[::1],"
    "i1[::1])"
}
