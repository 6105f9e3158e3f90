"""Peterson's decomposition of simple rings into their edges, by ANDs and ORs of chains.

A ring is cut at two opposite extreme vertices into two chains: for an exterior the region is the
AND of what they bound, for a hole the OR. Each chain is split (`geometry/decompose.py`) until
single edges are left, so every edge stands in the formula exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry import chains, decompose, expansions
from regions.geometry.frame import Points
from regions.geometry.predicates import orientation
from regions.progress import announced

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]
Decompose: TypeAlias = Callable[
    [Sequence[float], Sequence[float], int, int, float, Ints, int, int], int
]

COMPILE_AFTER = 16384
"""Vertices that go through the plain Python functions before these are compiled: about as many as
take as long as loading Numba does."""

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
    x, y, error, decomposed = _prepared(rings.vertices[edge], exact)
    poles = _poles(rings, exact) + 2 * rings.start[:-1, np.newaxis]
    table = zip(poles.tolist(), size.tolist(), rings.hole.tolist(), first.tolist(), strict=True)
    for (south, north), count, hole, row in table:
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
    size = np.diff(rings.start)
    best = np.full(len(size), 2 * size.max())
    poles = np.zeros((len(size), 2), dtype=np.int64)
    for direction in _DIRECTIONS:
        along = rings.vertices @ direction
        aside = rings.vertices @ np.array([-direction[1], direction[0]])
        open_ = not exact and bool((direction != 0).all())
        low, high = _least(along, aside, rings, open_), _least(-along, -aside, rings, open_)
        halves = np.where((low < 0) | (high < 0), best, np.abs(2 * np.abs(low - high) - size))
        better = halves < best
        best[better] = halves[better]
        poles[better] = np.sort(np.stack([low, high], axis=1), axis=1)[better]
    return poles


def _least(along: Floats, aside: Floats, rings: Rings, rounded: bool) -> Ints:
    """`(r,)` the vertex of each ring with the least `along`, of several that with least `aside`.

    -1 where rounding leaves open which it is.
    """
    begin, size = rings.start[:-1], np.diff(rings.start)
    least = np.repeat(np.minimum.reduceat(along, begin), size)
    aside = np.where(along == least, aside, np.inf)
    first = aside == np.repeat(np.minimum.reduceat(aside, begin), size)
    number = np.arange(len(along)) - np.repeat(begin, size)
    found: Ints = np.minimum.reduceat(np.where(first, number, len(along)), begin)
    if rounded:
        reach = np.repeat(np.maximum.reduceat(np.abs(rings.vertices).max(axis=1), begin), size)
        near = along <= least + 2.0**-48 * reach
        found[np.add.reduceat(near, begin, dtype=np.int64) > 1] = -1
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


def _prepared(
    twice: Points, exact: bool
) -> tuple[Sequence[float], Sequence[float], float, Decompose]:
    """Coordinates, the error of their cross products, and what splits chains of them.

    Coordinates so small that products would underflow become integers.

    Args:
        twice: `(2n, 2)` the vertices of each ring twice in a row.
        exact: Whether they have a `lattice_step`.
    """
    if np.abs(twice[twice != 0]).min(initial=1.0) < expansions.LEAST:
        return *_as_integers(twice), 0, decompose.decompose
    error = 0.0 if exact else chains.FILTER
    if _worth_compiling(len(twice) // 2):
        x, y = np.ascontiguousarray(twice.T)
        return x, y, error, _compiled()
    return twice[:, 0].tolist(), twice[:, 1].tolist(), error, decompose.decompose


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
    """`decompose.decompose` compiled by Numba, kept on disk for the next process.

    A function is compiled after those it calls, which it finds in a scope of their own.
    """
    from numba import njit

    with announced("compiling the decomposition"):
        scope = {**vars(expansions), **vars(chains), **vars(decompose)}
        for module in (expansions, chains, decompose):
            for plain in module.CALLEES_FIRST:
                bound = FunctionType(plain.__code__, scope, plain.__name__)
                scope[plain.__name__] = njit(bound, cache=True)
        square = np.array([0.0, 1.0, 1.0, 0.0])
        rows = np.empty((2, 4), dtype=np.int64)
        rows[0] = 1
        scope["decompose"](square, np.roll(square, 1), 0, 3, chains.FILTER, rows, 0, 0)
    compiled: Decompose = scope["decompose"]
    return compiled
