"""Which of many points may lie near lines: a coarse sieve that takes no object for each point.

    +---+---+---+---+      Each line is walked in steps of at most half a cell. What lies within an
    | x | x | x |   |      eighth of a cell of the line is less than half a cell away from a step,
    +---+---+---+---+      and so lies in the step's cell or in one beside it: these are marked.
    | x | o | x | x |
    +---+---+---+---+
    | x | x | o | x |
    +---+---+---+---+

What lies in a cell that is not marked is far from all lines.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import shapely

from regions.network.model import Bools, Floats, Ints

CELLS = 256
"""Along the longer side of what the points extend over."""

BEYOND = 2
"""Cells that are kept on each side for lines that pass there."""

FARTHEST = 2.0**40
"""Cells to the end of a line, beyond which rounding might move it by a cell."""

SLICE = 4096
"""Segments that are walked at once: each may take hundreds of steps."""


def may_be_within(lines: shapely.Geometry, points: Floats, width: float) -> Bools:
    """False for points that lie farther than a width from all lines; true for few others.

    Args:
        lines: LineString or MultiLineString, of any number of corners, or empty.
        points: `(n, 2)` finite.
        width: In the points' units. Where it is no small part of their extent, all are true.
    """
    least = points.min(axis=0, initial=np.inf)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        cell = float(np.ptp(points, axis=0).max(initial=0.0)) / CELLS
        segments = (_segments(lines) - least) / cell
    fine = 8 * width < cell < np.inf and np.abs(segments).max(initial=0.0) < FARTHEST
    if lines.is_empty or not fine:
        return np.full(len(points), not lines.is_empty)
    marked = np.zeros((CELLS + 2 * BEYOND + 2,) * 2, dtype=np.bool_)
    for begin in range(0, len(segments), SLICE):
        column, row = _cells(_steps(*_pieces(segments[begin : begin + SLICE])))
        for right, up in product((-1, 0, 1), repeat=2):
            marked[row + up, column + right] = True
    column, row = _cells((points - least) / cell)
    found: Bools = marked[row, column]
    return found


def _cells(points: Floats) -> Ints:
    """`(2, n)` column and row of each point, counted from `BEYOND`."""
    return np.floor(points).astype(np.int64).T + BEYOND


def _segments(lines: shapely.Geometry) -> Floats:
    """`(m, 2, 2)` both ends of each."""
    corners, part = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    joined = np.flatnonzero(part[1:] == part[:-1])
    return np.stack([corners[joined], corners[joined + 1]], axis=1)


def _pieces(segments: Floats) -> tuple[Floats, Floats]:
    """Where segments enter and leave the square of all cells and one more around; `(m, 2)` each."""
    low, high = -1.0, CELLS + BEYOND - 1.0
    start, way = segments[:, 0], segments[:, 1] - segments[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.sort([(low - start) / way, (high - start) / way], axis=0)
    # Along an axis a segment is between the two sides everywhere or nowhere.
    between = (low < start) & (start < high)
    shares[0] = np.where(way == 0, np.where(between, 0.0, np.inf), shares[0])
    shares[1] = np.where(way == 0, 1.0, shares[1])
    enters, leaves = shares[0].max(axis=1).clip(min=0.0), shares[1].min(axis=1).clip(max=1.0)
    met = enters <= leaves
    start, way = start[met], way[met]
    ends = [start + share[met, np.newaxis] * way for share in (enters, leaves)]
    return np.clip(ends[0], low, high), np.clip(ends[1], low, high)


def _steps(begin: Floats, end: Floats) -> Floats:
    """`(k, 2)` points at most half a cell apart on each piece, its ends among them."""
    count = np.ceil(2 * np.hypot(*(end - begin).T)).astype(np.int64) + 1
    piece = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    share = number / np.maximum(count - 1, 1)[piece]
    steps: Floats = begin[piece] + share[:, np.newaxis] * (end - begin)[piece]
    return steps
