"""The order of boxes within their columns: few crossings, found by sweeps.

Each column is sorted by the means of its neighbours' places, to the right and back again. After
Sugiyama, Tagawa and Toda (1981), "Methods for visual understanding of hierarchical system
structures". The best order seen is kept, the given one among them.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import TypeAlias

SWEEPS = 12

Columns: TypeAlias = tuple[tuple[int, ...], ...]
Joins: TypeAlias = Sequence[tuple[int, int]]
"""Pairs of vertices, the first in the column left of the second's."""


def ordered(columns: Columns, joins: Joins) -> Columns:
    """The columns, each in an order with few crossings; never more than before."""
    left: dict[int, list[int]] = {vertex: [] for column in columns for vertex in column}
    right: dict[int, list[int]] = {vertex: [] for column in columns for vertex in column}
    for source, target in joins:
        left[target].append(source)
        right[source].append(target)
    best, fewest = columns, crossings(columns, joins)
    current = [list(column) for column in columns]
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        steps = range(1, len(columns)) if sweep % 2 == 0 else range(len(columns) - 2, -1, -1)
        for number in steps:
            beside = current[number - 1 if sweep % 2 == 0 else number + 1]
            neighbours = left if sweep % 2 == 0 else right
            _sort(current[number], beside, neighbours)
        found = tuple(map(tuple, current))
        count = crossings(found, joins)
        if count < fewest:
            best, fewest = found, count
    return best


def crossings(columns: Columns, joins: Joins) -> int:
    """Pairs of wires between two columns that cross, were all wires straight."""
    place = {vertex: at for column in columns for at, vertex in enumerate(column)}
    number = {vertex: n for n, column in enumerate(columns) for vertex in column}
    between: list[list[tuple[int, int]]] = [[] for _ in columns]
    for source, target in joins:
        between[number[source]].append((place[source], place[target]))
    return sum(_inversions(sorted(pairs)) for pairs in between)


def _inversions(pairs: Sequence[tuple[int, int]]) -> int:
    """Of the second entries; pairs that share an end do not cross."""
    seen: list[int] = []
    count = 0
    for _, end in pairs:
        count += len(seen) - bisect_left(seen, end + 1)
        insort(seen, end)
    return count


def _sort(column: list[int], beside: Sequence[int], neighbours: dict[int, list[int]]) -> None:
    """By the mean place of the neighbours; what has none stays where it is."""
    place = {vertex: float(at) for at, vertex in enumerate(beside)}
    means = {v: [place[n] for n in neighbours[v]] for v in column}
    known = {v: sum(at) / len(at) for v, at in means.items() if at}
    free = [at for at, vertex in enumerate(column) if vertex in known]
    moved = sorted((column[at] for at in free), key=known.__getitem__)
    for at, vertex in zip(free, moved, strict=True):
        column[at] = vertex
