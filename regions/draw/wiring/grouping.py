"""Which units share a box: each has its own, or large families of units have one together.

A family is what has a parent's name in common, in one layer: `a.roof.edge[0..2]` are three
separators of `a.roof`. Where these are too many boxes it is the parents' parents, and at the end
whole layers, and several layers at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from regions.network.model import Bools, Ints, Network
from regions.network.names import Names


@dataclass(frozen=True, eq=False)
class Grouping:
    """Units in boxes.

    Attributes:
        box: `(size,)` the box of each unit; boxes are numbered by their first unit.
        names: What each box is called.
        first: The first unit of each box.
        count: How many units each box holds.
        column: The layer of each box from 1, or the number of its band of layers.
        layers: The first and the last layer of each column.
    """

    box: Ints
    names: tuple[str, ...]
    first: Ints
    count: Ints
    column: Ints
    layers: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> bool:
        """Whether each unit has its own box."""
        return len(self.names) == len(self.box)


def single(network: Network) -> Grouping:
    """Each unit in its own box."""
    return _grouping(network, np.arange(network.size), network.levels)


def by_name(network: Network, limit: int) -> Grouping | None:
    """At most `limit` boxes, as fine as possible; None where even whole layers are more."""
    parents = _Parents(network.names)
    kind = 2 * network.levels + (np.arange(network.size) >= network.n_separators)
    for generation in range(1, parents.generations + 1):
        family = _numbered(parents.at(generation), kind)
        sizes = np.bincount(family)
        if len(sizes) > limit:
            continue
        gates = np.zeros(len(sizes), dtype=np.bool_)
        gates[family[network.n_separators :]] = True
        apart = _taken_apart(sizes, gates, limit)
        box = np.where(apart[family], len(sizes) + np.arange(network.size), family)
        return _grouping(network, box, network.levels, parents.names(generation))
    return None


def _taken_apart(sizes: Ints, gates: Bools, limit: int) -> Bools:
    """Which families there is room to draw unit by unit.

    Gates before separators, since how they are joined is what a diagram shows; small families
    first, and of one size all or none.
    """
    apart = np.zeros(len(sizes), dtype=np.bool_)
    left = limit - len(sizes)
    for kind in (gates, ~gates):
        for size in np.unique(sizes[kind]).tolist():
            alike = kind & (sizes == size)
            more = int(alike.sum()) * (size - 1)
            if more > left:
                break
            left -= more
            apart |= alike
    return apart


def by_layer(network: Network, columns: int) -> Grouping:
    """One box for all separators, and one for the gates of each layer or of several in a row."""
    levels = network.levels
    deepest = int(levels.max())
    gates = max(1, deepest - 1)
    bands = min(gates, columns)
    band = np.where(levels == 1, 1, 2 + (levels - 2) * bands // gates)
    constant = (levels == 1) & (np.arange(network.size) >= network.n_separators)
    return _grouping(network, 2 * band + constant, band)


def _grouping(
    network: Network,
    box: Ints,
    column: Ints,
    names: Sequence[str] | None = None,
) -> Grouping:
    """Boxes numbered by their first units; a box of one unit is called as the unit."""
    _, first, place, count = np.unique(
        box, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    first, count = first[order], count[order]
    titles = tuple(
        network.names[unit] if number == 1 else ("" if names is None else names[unit])
        for unit, number in zip(first.tolist(), count.tolist(), strict=True)
    )
    levels = network.levels
    layers = tuple(
        (int(levels[column == c].min()), int(levels[column == c].max()))
        for c in np.unique(column).tolist()
    )
    return Grouping(rank[place.ravel()], titles, first, count, column[first], layers)


def _numbered(*keys: Ints) -> Ints:
    """`(n,)` equal numbers for equal tuples, from 0."""
    _, place = np.unique(np.stack(keys), axis=1, return_inverse=True)
    numbers: Ints = place.ravel()
    return numbers


class _Parents:
    """The units' dotted names without their last parts, spelled once for each prefix."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._parts = [_without_number(prefix).split(".") for prefix in names.prefixes]
        self.generations = max(map(len, self._parts), default=1)

    def at(self, generation: int) -> Ints:
        """`(size,)` equal numbers for units with the same ancestor."""
        known: dict[str, int] = {}
        numbers = [known.setdefault(name, len(known)) for name in self._spelled(generation)]
        return np.array(numbers, dtype=np.int64)[self._names.prefix]

    def names(self, generation: int) -> Sequence[str]:
        """The ancestor's name of each unit, on demand."""
        return Names(
            tuple(self._spelled(generation)),
            self._names.prefix,
            np.full(len(self._names), -1, dtype=np.int64),
        )

    def _spelled(self, generation: int) -> Iterator[str]:
        for parts in self._parts:
            yield ".".join(parts[: max(1, len(parts) - generation)])


def _without_number(prefix: str) -> str:
    """`a.edge[3]` as `a.edge`: names from a file are not divided."""
    return prefix[: prefix.rindex("[")] if prefix.endswith("]") and "[" in prefix else prefix
