"""Peterson's decomposition of simple rings into their edges, by ANDs and ORs of chains.

A ring is cut at two opposite extreme vertices into two chains: for an exterior the region is the
AND of what they bound, for a hole the OR. Each chain is split (`geometry/decompose.py`) until
single edges are left, so every edge stands in the formula exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry import chains, decompose, expansions
from regions.geometry.compiled import compiled
from regions.geometry.frame import Points
from regions.geometry.predicates import orientation
from regions.progress import announced

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]
Decompose: TypeAlias = Callable[
    [Sequence[float], Sequence[float], int, int, float, Ints, int, int], int
]

COMPILE_AFTER = 8192
"""Vertices that go through the plain Python functions before these are compiled: about as many as
take half as long as loading Numba does on coasts, and four times as long on combs."""

_DIRECTIONS = np.array([[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [2, -1], [1, 2], [1, -2]])


class DecompositionError(ArithmeticError):
    """A split vertex turns the wrong way: the ring is not simple."""


@dataclass(frozen=True, eq=False)
class Rings:
    """Simple rings, one behind the other, each with its inside on the left.

    Attributes:
        vertices: `(n, 2)` those of a ring distinct, no three in a row collinear.
        start: `(r + 1,)` where each ring begins, and where the last ends.
        hole: `(r,)` whether a ring is a hole, whose inside is the polygon around it.
    """

    vertices: Points
    start: Ints
    hole: Bools

    def following(self, steps: int) -> Ints:
        """`(n,)` the vertex so many steps on around the ring of each."""
        size = np.diff(self.start)
        ring = np.repeat(np.arange(len(size)), size)
        begin = self.start[ring]
        return begin + (np.arange(len(self.vertices)) - begin + steps) % size[ring]


@dataclass(frozen=True, eq=False)
class SplitForest:
    """How rings fall apart, each split after the one it belongs to.

    The first row of a ring is the ring itself. Vertices run on around the ring, so that
    lo < vertex < hi: a ring of m vertices that begins in b has the numbers 2b to 2b + 2m - 1. A
    part k..k+1 is an edge.

    Attributes:
        lo: `(s,)` first vertex of the chain.
        vertex: `(s,)` where it is split.
        hi: `(s,)` last vertex.
        conjunction: `(s,)` whether its two parts are joined by AND, else by OR.
        parent: `(s,)` the row whose part the chain is, -1 for a ring.
        ring: `(s,)`.
        edge: `(2n,)` the vertex, counted once, for each number: it begins the edge of that number.
    """

    lo: Ints
    vertex: Ints
    hi: Ints
    conjunction: Bools
    parent: Ints
    ring: Ints
    edge: Ints


def split_rings(rings: Rings, exact: bool) -> SplitForest:
    """Split rings down to their edges.

    Args:
        rings: At least one.
        exact: Whether all vertices have a `lattice_step`.

    Raises:
        DecompositionError: A ring is not simple.
    """
    size = np.diff(rings.start)
    # m edges take m - 1 splits.
    first = rings.start[:-1] - np.arange(len(size))
    rows = np.empty((len(rings.vertices) - len(size), 4), dtype=np.int64)
    edge = _twice_around(rings)
    coordinates = _coordinates(rings, edge, exact)
    poles = _poles(rings, exact) + 2 * rings.start[:-1, np.newaxis]
    table = zip(poles.tolist(), size.tolist(), rings.hole.tolist(), first.tolist(), strict=True)
    for ring, ((south, north), count, hole, row) in enumerate(table):
        decomposed, x, y, error = coordinates.of(ring)
        rows[row] = south, -north if hole else north, south + count, -1
        filled = decomposed(x, y, south, north, error, rows, row + 1, row)
        decomposed(x, y, north, south + count, error, rows, filled, row)
    forest = SplitForest(
        lo=rows[:, 0],
        vertex=abs(rows[:, 1]),
        hi=rows[:, 2],
        conjunction=rows[:, 1] > 0,
        parent=rows[:, 3],
        ring=np.repeat(np.arange(len(size)), size - 1),
        edge=edge,
    )
    _check_turns(rings, forest)
    return forest


def split_ring(ring: Points, hole: bool, exact: bool) -> SplitForest:
    """`split_rings` for one ring, `(n, 2)`."""
    return split_rings(Rings(ring, np.array([0, len(ring)]), np.array([hole])), exact)


def _twice_around(rings: Rings) -> Ints:
    """`(2n,)` the vertices of each ring twice in a row."""
    size = np.diff(rings.start)
    ring = np.repeat(np.arange(len(size)), 2 * size)
    along: Ints = np.arange(len(ring)) - 2 * rings.start[ring]
    found: Ints = rings.start[ring] + along % size[ring]
    return found


def _poles(rings: Rings, exact: bool) -> Ints:
    """`(r, 2)` two opposite extreme vertices of each ring, ascending, counted from its first.

    They are the least and the greatest in that of eight directions in which they halve the ring
    best. A direction in which rounding leaves an extreme open is passed over; along the axes it
    never does.
    """
    size = np.diff(rings.start)[:, np.newaxis]
    along = rings.vertices @ _DIRECTIONS.T
    aside = rings.vertices @ np.stack([-_DIRECTIONS[:, 1], _DIRECTIONS[:, 0]])
    rounded = (_DIRECTIONS != 0).all(axis=1) & (not exact)
    low, high = _least(along, aside, rings, rounded), _least(-along, -aside, rings, rounded)
    halves = np.where((low < 0) | (high < 0), 2 * size, np.abs(2 * np.abs(low - high) - size))
    best = halves.argmin(axis=1)[:, np.newaxis]
    found = [np.take_along_axis(poles, best, axis=1) for poles in (low, high)]
    return np.sort(np.concatenate(found, axis=1), axis=1)


def _least(along: Floats, aside: Floats, rings: Rings, rounded: Bools) -> Ints:
    """The vertex of each ring with the least `along`, of several that with least `aside`.

    Args:
        along: `(n, d)` for d directions.
        aside: `(n, d)`.
        rings: Their vertices.
        rounded: `(d,)` where `along` may not be exact.

    Returns:
        `(r, d)`, counted from the ring's first; -1 where rounding leaves open which it is.
    """
    begin, size = rings.start[:-1], np.diff(rings.start)
    ring = np.repeat(np.arange(len(size)), size)
    least = np.minimum.reduceat(along, begin)[ring]
    aside = np.where(along == least, aside, np.inf)
    first = aside == np.minimum.reduceat(aside, begin)[ring]
    number = (np.arange(len(along)) - begin[ring])[:, np.newaxis]
    found: Ints = np.minimum.reduceat(np.where(first, number, len(along)), begin)
    if rounded.any():
        reach = np.maximum.reduceat(np.abs(rings.vertices).max(axis=1), begin)[ring]
        near = along <= least + 2.0**-48 * reach[:, np.newaxis]
        found[rounded & (np.add.reduceat(near, begin, dtype=np.int64) > 1)] = -1
    return found


def _check_turns(rings: Rings, forest: SplitForest) -> None:
    """An AND needs a left turn, an OR a right turn, decided exactly."""
    chains_ = forest.parent >= 0
    at, vertices = forest.edge[forest.vertex[chains_]], rings.vertices
    before, after = rings.following(-1)[at], rings.following(1)[at]
    turns = orientation(vertices[before], vertices[at], vertices[after])
    wrong = np.flatnonzero((turns > 0) != forest.conjunction[chains_])
    if len(wrong):
        x, y = vertices[at[wrong[0]]].tolist()
        raise DecompositionError(f"a chain cannot be split at ({x!r}, {y!r})")


@dataclass(frozen=True, eq=False)
class _Coordinates:
    """Vertices of rings, twice around each, for whatever splits their chains.

    Coordinates so small that products would underflow become integers, ring by ring.
    """

    x: Sequence[float]
    y: Sequence[float]
    error: float
    decompose: Decompose
    tiny: dict[int, tuple[list[int], list[int]]]
    begin: list[int]

    def of(self, ring: int) -> tuple[Decompose, Sequence[float], Sequence[float], float]:
        """What splits the chains of a ring, their coordinates, and the error of cross products."""
        if ring not in self.tiny:
            return self.decompose, self.x, self.y, self.error
        # The numbers of vertices count from the first ring on.
        x, y = ([0] * self.begin[ring] + own for own in self.tiny[ring])
        return decompose.decompose, x, y, 0


def _coordinates(rings: Rings, edge: Ints, exact: bool) -> _Coordinates:
    twice, begin = rings.vertices[edge], (2 * rings.start).tolist()
    small = (twice != 0) & (np.abs(twice) < expansions.LEAST)
    places = np.unique(np.searchsorted(begin, np.flatnonzero(small.any(axis=1)), "right") - 1)
    tiny = {ring: _as_integers(twice[begin[ring] : begin[ring + 1]]) for ring in places.tolist()}
    error = 0.0 if exact else chains.FILTER
    if _worth_compiling(len(rings.vertices)):
        x, y = np.ascontiguousarray(twice.T)
        return _Coordinates(x, y, error, _compiled(), tiny, begin)
    x, y = twice.T.tolist()
    return _Coordinates(x, y, error, decompose.decompose, tiny, begin)


def _as_integers(points: Points) -> tuple[list[int], list[int]]:
    """All coordinates times one power of two that makes them whole."""
    pairs = [value.as_integer_ratio() for value in points.ravel().tolist()]
    scale = max(denominator for _, denominator in pairs)
    whole = [numerator * (scale // denominator) for numerator, denominator in pairs]
    return whole[::2], whole[1::2]


_seen = 0


def _worth_compiling(count: int) -> bool:
    """Whether enough vertices have come by; which functions run changes no result."""
    global _seen
    _seen += count
    return _seen >= COMPILE_AFTER


@cache
def _compiled() -> Decompose:
    """`decompose.decompose` compiled."""
    with announced("compiling the decomposition"):
        scope = compiled(expansions, chains, decompose)
        square = np.array([0.0, 1.0, 1.0, 0.0])
        rows = np.empty((2, 4), dtype=np.int64)
        rows[0] = 1
        scope["decompose"](square, np.roll(square, 1), 0, 3, chains.FILTER, rows, 0, 0)
    found: Decompose = scope["decompose"]
    return found
