"""How many gates of each box are AND, how many are OR: of all gates at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regions.draw.wiring.grouping import Grouping
from regions.network.layers import segment_reduce
from regions.network.model import Network


class Kinds(NamedTuple):
    """Numbers of gates.

    Attributes:
        conjunctions: Which all literals have to reach.
        disjunctions: For which any literal is enough.
        other: Constants, relays, and all else.
    """

    conjunctions: int
    disjunctions: int
    other: int


def kind_counts(network: Network, grouping: Grouping) -> list[Kinds]:
    """Of each box. See `network.words` for how a gate is read over literals."""
    gates, boxes = network.gates, len(grouping.names)
    sizes = np.abs(gates.weights)
    fan_in = np.diff(gates.start)
    total, negative, least = (
        segment_reduce(ufunc, values, gates.start, 0)
        for ufunc, values in (
            (np.add, sizes),
            (np.add, np.maximum(-gates.weights, 0)),
            (np.minimum, sizes),
        )
    )
    threshold = np.ceil(-gates.bias) + negative
    proper = (fan_in > 1) & (threshold > 0) & (threshold <= total)
    conjunction = proper & (total - least < threshold)
    disjunction = proper & (least >= threshold) & ~conjunction
    box = grouping.box[network.n_separators :]
    counts = [
        np.bincount(box[which], minlength=boxes).tolist()
        for which in (conjunction, disjunction, ~(conjunction | disjunction))
    ]
    return [Kinds(*each) for each in zip(*counts, strict=True)]


def kind_in_words(kinds: Kinds) -> tuple[str, ...]:
    """`46 gates`, `30 AND`, `16 OR`; or `11 AND gates`."""
    total = sum(kinds)
    words = [f"{number:,} {name}" for number, name in zip(kinds, ("AND", "OR"), strict=False)]
    if kinds.other == total:
        return (f"{total:,} gates",)
    for number, text in zip(kinds, words, strict=False):
        if number == total:
            return (f"{text} gates",)
    shown = [text for number, text in zip(kinds, words, strict=False) if number]
    return (f"{total:,} gates", *shown, *([f"{kinds.other:,} other"] if kinds.other else ()))
