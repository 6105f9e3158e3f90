"""The circuit: threshold gates with integer weights over separators, the stage before emission.

Nodes are numbered as in the formula: separator s is the number ~s, gate g the number g. A negative
weight reads the negation of its input: `w (1 - h) = w - w h` only moves the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.network.names import Label, Names, names_of

Ints: TypeAlias = NDArray[np.int64]


class ThresholdGate(NamedTuple):
    """Fires where the sum of `weights[i]` over the inputs that fire is at least the threshold.

    Attributes:
        inputs: Nodes, each at most once; gates among them come earlier in the circuit.
        weights: Integers other than 0.
        threshold: An integer; the gate's bias is `1/2 - threshold`.
    """

    inputs: tuple[int, ...]
    weights: tuple[int, ...]
    threshold: int


@dataclass(frozen=True, eq=False)
class Circuit:
    """Gates in topological order, and the node that stands for the region.

    Compressed rows: gate g reads `inputs[start[g]:start[g + 1]]`; see `ThresholdGate`.

    Attributes:
        start: `(g + 1,)` ascending from 0.
        inputs: `(m,)`.
        weights: `(m,)`.
        threshold: `(g,)`.
        names: `(g,)`.
        output: A separator or a gate.
    """

    start: Ints
    inputs: Ints
    weights: Ints
    threshold: Ints
    names: Names
    output: int

    @classmethod
    def of(cls, gates: Sequence[ThresholdGate], labels: Sequence[Label], output: int) -> Circuit:
        """A circuit given gate by gate."""
        counts = [len(gate.inputs) for gate in gates]
        return cls(
            start=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
            inputs=np.fromiter(chain.from_iterable(g.inputs for g in gates), np.int64),
            weights=np.fromiter(chain.from_iterable(g.weights for g in gates), np.int64),
            threshold=np.array([gate.threshold for gate in gates], dtype=np.int64),
            names=names_of(labels),
            output=output,
        )

    def __len__(self) -> int:
        return len(self.threshold)

    @cached_property
    def gates(self) -> tuple[ThresholdGate, ...]:
        """The gates one by one: for people, and for passes that look at few of them."""
        inputs, weights, start = (a.tolist() for a in (self.inputs, self.weights, self.start))
        rows = zip(start[:-1], start[1:], self.threshold.tolist(), strict=True)
        return tuple(
            [ThresholdGate(tuple(inputs[a:b]), tuple(weights[a:b]), t) for a, b, t in rows]
        )
