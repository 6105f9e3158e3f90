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


def by_name(network: Network, limits: Sequence[int]) -> Iterator[Grouping]:
    """At most so many boxes for each limit, as fine as possible; equal ones once.

    A limit that the coarsest families exceed gives nothing.
    """
    gates = np.arange(network.size) >= network.n_separators
    generations = _generations(network, gates)
    known = [next(generations)]
    seen = set()
    for limit in limits:
        while known[-1].count > limit and (older := next(generations, None)):
            known.append(older)
        fine = next((families for families in known if families.count <= limit), None)
        if fine is None:
            return
        apart = _taken_apart(fine.sizes, fine.gates, limit)
        key = (known.index(fine), apart.tobytes())
        if key not in seen:
            seen.add(key)
            box = np.where(apart[fine.family], fine.count + np.arange(network.size), fine.family)
            yield _grouping(network, box, network.levels, fine.names)


@dataclass(frozen=True, eq=False)
class _Families:
    """Units that have an ancestor in common, in one layer.

    Attributes:
        family: `(size,)` the family of each unit.
        sizes: Of each family.
        gates: Whether each family is one of gates.
        names: The ancestor of each unit.
    """

    family: Ints
    sizes: Ints
    gates: Bools
    names: Sequence[str]

    @property
    def count(self) -> int:
        """How many families there are."""
        return len(self.sizes)


def _generations(network: Network, gates: Bools) -> Iterator[_Families]:
    """Families by parents, by parents' parents, and so on: ever fewer."""
    names = network.names
    parts = [_without_number(prefix).split(".") for prefix in names.prefixes]
    no_number = np.full(len(names), -1, dtype=np.int64)
    kind = 2 * network.levels + gates
    for generation in range(1, max(map(len, parts)) + 1):
        spelled = [".".join(each[: max(1, len(each) - generation)]) for each in parts]
        known: dict[str, int] = {}
        place = np.array([known.setdefault(name, len(known)) for name in spelled], dtype=np.int64)
        keys = place[names.prefix] * (int(kind.max()) + 1) + kind
        _, first, family, sizes = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        ancestors = Names(tuple(spelled), names.prefix, no_number)
        yield _Families(family.ravel(), sizes, gates[first], ancestors)


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


def _without_number(prefix: str) -> str:
    """`a.edge[3]` as `a.edge`: names from a file are not divided."""
    return prefix[: prefix.rindex("[")] if prefix.endswith("]") and "[" in prefix else prefix
