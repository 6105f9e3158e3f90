"""Peterson's decomposition of a simple ring into its edges, by ANDs and ORs of chains.

A ring is cut at two opposite extreme vertices into two chains: for an exterior the region is the
AND of what they bound, for a hole the OR. Each chain is split (`geometry/chains.py`) until single
edges are left, so every edge stands in the formula exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry import chains, expansions
from regions.geometry.frame import Points
from regions.geometry.predicates import orientation
from regions.progress import announced

Ints: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = list[tuple[int, int, int, int]]
Decompose: TypeAlias = Callable[[Sequence[float], Sequence[float], int, int, float], Rows]

COMPILE_AFTER = 4096
"""Vertices that go through the plain Python functions before these are compiled: about as many as
take as long as compiling does."""

_DIRECTIONS = np.array([[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [2, -1], [1, 2], [1, -2]])


class DecompositionError(ArithmeticError):
    """A split vertex turns the wrong way: the ring is not simple."""


@dataclass(frozen=True, eq=False)
class SplitTree:
    """How a ring of n vertices falls apart, each split after the one it belongs to.

    The first row is the ring itself. Vertices run on around the ring, so that lo < vertex < hi; a
    part k..k+1 is the ring's edge k modulo n.

    Attributes:
        lo: `(s,)` first vertex of the chain.
        vertex: `(s,)` where it is split.
        hi: `(s,)` last vertex.
        conjunction: `(s,)` whether its two parts are joined by AND, else by OR.
        parent: `(s,)` the row whose part the chain is, -1 for the first.
    """

    lo: Ints
    vertex: Ints
    hi: Ints
    conjunction: NDArray[np.bool_]
    parent: Ints


def split_tree(ring: Points, hole: bool, exact: bool) -> SplitTree:
    """Split a ring down to its edges.

    Args:
        ring: `(n, 2)` distinct vertices, no three in a row collinear, its inside on the left.
        hole: Whether the ring is a hole, whose inside is the polygon around it.
        exact: Whether the vertices have a `lattice_step`.

    Raises:
        DecompositionError: The ring is not simple.
    """
    count = len(ring)
    south, north = sorted(_poles(ring, exact))
    x, y, error, decompose = _prepared(ring, exact)
    rows = [(south, -north if hole else north, south + count, -1)]
    for lo, hi in ((south, north), (north, south + count)):
        if hi - lo > 1:
            first = len(rows)
            found = decompose(x, y, lo, hi, error)
            for a, vertex, b, parent in found:
                rows.append((a, vertex, b, first + parent if parent >= 0 else 0))
    table = np.array(rows, dtype=np.int64)
    tree = SplitTree(table[:, 0], abs(table[:, 1]), table[:, 2], table[:, 1] > 0, table[:, 3])
    _check_turns(ring, tree)
    return tree


def _poles(ring: Points, exact: bool) -> tuple[int, int]:
    """The least and the greatest vertex in that of eight directions in which they halve it best.

    Of several the one farthest to the side. A direction in which rounding leaves the extreme open
    is passed over; along the axes it never does.
    """
    along = ring @ _DIRECTIONS.T
    doubt = np.where(exact | (_DIRECTIONS == 0).any(axis=1), 0.0, 2.0**-48 * np.abs(ring).max())
    low, high = along.min(axis=0) + doubt, along.max(axis=0) - doubt
    poles = np.stack([along.argmin(axis=0), along.argmax(axis=0)])
    ties = np.stack([(along <= low).sum(axis=0) > 1, (along >= high).sum(axis=0) > 1])
    for side, i in np.argwhere(ties & (doubt == 0)).tolist():
        candidates = np.flatnonzero(along[:, i] == along[poles[side, i], i])
        poles[side, i] = _leftmost(ring, candidates, (2 * side - 1) * _DIRECTIONS[i])
    halves = np.abs(2 * np.abs(poles[0] - poles[1]) - len(ring))
    halves[ties.any(axis=0) & (doubt > 0)] = 2 * len(ring)
    south, north = poles[:, halves.argmin()].tolist()
    return south, north


def _leftmost(ring: Points, candidates: Ints, direction: Ints) -> int:
    """Of vertices that are equally far in a direction, the one farthest to its left."""
    found = ring[candidates]
    return int(candidates[(found[:, 1] * direction[0] - found[:, 0] * direction[1]).argmax()])


def _check_turns(ring: Points, tree: SplitTree) -> None:
    """An AND needs a left turn, an OR a right turn, decided exactly."""
    at, count = tree.vertex[1:], len(ring)
    turns = orientation(ring[(at - 1) % count], ring[at % count], ring[(at + 1) % count])
    wrong = np.flatnonzero((turns > 0) != tree.conjunction[1:])
    if len(wrong):
        x, y = ring[at[wrong[0]] % count].tolist()
        raise DecompositionError(f"a chain cannot be split at ({x!r}, {y!r})")


def _prepared(
    ring: Points, exact: bool
) -> tuple[Sequence[float], Sequence[float], float, Decompose]:
    """Coordinates twice around the ring, the error of their cross products, and what splits them.

    Coordinates so small that products would underflow become integers.
    """
    twice = np.concatenate([ring, ring])
    if np.abs(ring[ring != 0]).min(initial=1.0) < expansions.LEAST:
        return *_as_integers(twice), 0, chains.decompose
    error = 0.0 if exact else chains.FILTER
    if _worth_compiling(len(ring)):
        x, y = np.ascontiguousarray(twice.T)
        return x, y, error, _compiled()
    return twice[:, 0].tolist(), twice[:, 1].tolist(), error, chains.decompose


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
    """`chains.decompose` compiled by Numba, kept on disk for the next process.

    A function is compiled after those it calls, which it finds in a scope of their own.
    """
    from numba import njit

    with announced("compiling the decomposition"):
        scope = {**vars(expansions), **vars(chains)}
        for plain in (*expansions.CALLEES_FIRST, *chains.CALLEES_FIRST):
            bound = FunctionType(plain.__code__, scope, plain.__name__)
            scope[plain.__name__] = njit(bound, cache=True)
        square = np.array([0.0, 1.0, 1.0, 0.0])
        scope["decompose"](square, np.roll(square, 1), 0, 3, chains.FILTER)
    compiled: Decompose = scope["decompose"]
    return compiled
