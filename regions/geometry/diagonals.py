"""The diagonals of a ring: which vertices see each other through the inside, decided exactly.

Every question is answered from one table, the turns of all triples of vertices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.geometry.frame import Points, lattice_step
from regions.geometry.predicates import orientation

Signs = NDArray[np.int8]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Diagonals:
    """A ring with the diagonals that an optimal convex partition may use.

    Each of them has a reflex end: at convex ends it could be dropped.

    Attributes:
        turns: `(n, n, n)` orientation of each triple of vertices.
        reflex: `(n,)` whether the inner angle is more than 180 degrees.
        sides: `(n, n)` edges of the ring, and diagonals that touch it at their ends only.
        visible: `(n, n)` sides, and straight rows of them.
    """

    turns: Signs
    reflex: Bools
    sides: Bools
    visible: Bools


def diagonals(ring: Points) -> Diagonals:
    """The diagonals of a simple ring.

    Args:
        ring: `(n, 2)` distinct vertices, counter-clockwise; collinear ones allowed.
    """
    turns = turn_table(ring)
    number = np.arange(len(ring))
    before, after = np.roll(number, 1), np.roll(number, -1)
    reflex = turns[before, number, after] < 0
    # Of collinear points, the one in the middle has the middle rank.
    rank = np.empty_like(number)
    rank[np.lexsort((ring[:, 1], ring[:, 0]))] = number
    sides = np.zeros((len(ring), len(ring)), dtype=np.bool_)
    sides[number, after] = True
    touched = {}
    for i in np.flatnonzero(reflex).tolist():
        between = _between(turns[i], rank, i)
        sides[i] |= _entered(turns, i) & ~_crossed(turns, i) & ~between.any(axis=1)
        touched[i] = between
    sides |= sides.T
    return Diagonals(turns, reflex, sides, _rows(sides, touched, rank))


def turn_table(points: Points) -> Signs:
    """`(n, n, n)` orientation of each triple, exactly: 1 for a left turn, 0 for a straight line."""
    count = len(points)
    turns = np.zeros((count, count, count), dtype=np.int8)
    lattice = lattice_step(points) is not None
    for i in range(count - 2):
        first, second = np.triu_indices(count - i - 1, 1)
        rest = points[i + 1 :]
        half = np.zeros((len(rest), len(rest)), dtype=np.int8)
        half[first, second] = _signs(points[i], rest[first], rest[second], lattice)
        signs = half - half.T
        turns[i, i + 1 :, i + 1 :] = signs
        turns[i + 1 :, i + 1 :, i] = signs
        turns[i + 1 :, i, i + 1 :] = signs.T
    return turns


def _signs(a: Points, b: Points, c: Points, lattice: bool) -> Signs:
    """The orientation of (a, b, c) row by row; on a lattice the determinant is not rounded."""
    if lattice:
        left, right = (a[0] - c[:, 0]) * (b[:, 1] - c[:, 1]), (a[1] - c[:, 1]) * (b[:, 0] - c[:, 0])
        whole: Signs = np.sign(left - right).astype(np.int8)
        return whole
    signs = np.zeros(len(b), dtype=np.int8)
    # Rows of vertices along an axis are common, and slow to decide by rational arithmetic.
    slanted = np.flatnonzero(~((a == b) & (b == c)).any(axis=1))
    signs[slanted] = orientation(np.broadcast_to(a, b.shape)[slanted], b[slanted], c[slanted])
    return signs


def _between(turns: Signs, rank: Ints, i: int) -> Bools:
    """`(n, n)` whether vertex v lies between i and k, at [k, v]; `turns` are those of i."""
    beyond = rank[:, np.newaxis] > rank
    forth, back = (rank > rank[i]) & beyond, (rank < rank[i]) & beyond.T
    between: Bools = (turns == 0) & (forth | back)
    return between


def _entered(turns: Signs, i: int) -> Bools:
    """`(n,)` whether the way from the reflex vertex i to each other one begins inside."""
    after = (i + 1) % len(turns)
    entered: Bools = (turns[i - 1, i] > 0) | (turns[i, after] > 0)
    return entered


def _crossed(turns: Signs, i: int) -> Bools:
    """`(n,)` whether the way from i to each other vertex properly crosses an edge."""
    number = np.arange(len(turns))
    ends = turns[number, np.roll(number, -1)]
    apart = turns[i] * np.roll(turns[i], -1, axis=1) < 0
    crossed: Bools = (apart & (ends[:, i, np.newaxis] * ends < 0).T).any(axis=1)
    return crossed


def _rows(sides: Bools, touched: dict[int, Bools], rank: Ints) -> Bools:
    """Sides, and pairs of vertices with vertices between them, where those in a row are sides."""
    visible = sides.copy()
    for i, between in touched.items():
        rows = np.flatnonzero(between.any(axis=1))
        for k in rows[np.argsort(np.abs(rank[rows] - rank[i]))].tolist():
            inner = np.flatnonzero(between[k])
            last = inner[np.argmin(np.abs(rank[inner] - rank[k]))]
            visible[i, k] = visible[k, i] = visible[i, last] and sides[last, k]
    return visible
