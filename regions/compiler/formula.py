"""The formula: a hash-consed DAG of ANDs and ORs over separators, whose inputs carry a sign.

A **node** is a gate or a separator: gate g is the number g, separator s the number ~s = -1 - s. A
**signal** is a node or its negation: 2 * node, or 2 * node + 1. So `signal ^ 1` negates, and
`signal >> 1` is the node. Negation costs nothing, in the network too, where it is a weight of -1.

Gates are numbered so that inputs come before the gate that reads them. `Gate("and", ())` is true
everywhere, `Gate("or", ())` nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

Kind: TypeAlias = Literal["and", "or"]

DUAL: dict[Kind, Kind] = {"and": "or", "or": "and"}
"""De Morgan: a gate of one kind negated is the other kind over the negated inputs."""


class Gate(NamedTuple):
    """True where all of the input signals are (`and`), or some of them (`or`)."""

    kind: Kind
    inputs: tuple[int, ...]


class Label(NamedTuple):
    """What a unit is called: `prefix[number]`, or `prefix` alone where the number is -1."""

    prefix: str
    number: int = -1

    def __str__(self) -> str:
        return self.prefix if self.number < 0 else f"{self.prefix}[{self.number}]"


@dataclass(frozen=True, eq=False)
class Formula:
    """A DAG with one root.

    Attributes:
        gates: Inputs before their readers.
        root: The signal that stands for the region.
        labels: Names of gates, by number; not every gate has one.
    """

    gates: tuple[Gate, ...]
    root: int
    labels: dict[int, Label]

    @cached_property
    def signals(self) -> Ints:
        """`(m,)` the inputs of all gates, one gate after the other."""
        return np.fromiter(chain.from_iterable(gate.inputs for gate in self.gates), np.int64)

    @cached_property
    def reader(self) -> Ints:
        """`(m,)` the gate that reads each of `signals`."""
        counts = np.fromiter((len(gate.inputs) for gate in self.gates), np.int64)
        return np.repeat(np.arange(len(self.gates)), counts)

    @cached_property
    def needed(self) -> Bools:
        """`(len(gates),)` whether the root depends on each gate."""
        found = np.zeros(len(self.gates), dtype=np.bool_)
        found[self.signals[self.signals >= 0] >> 1] = True
        if is_gate(self.root):
            found[self.root >> 1] = True
        if found.all():
            # From any gate the readers lead up to one that no gate reads: to the root.
            return found
        found[:] = False
        if is_gate(self.root):
            found[self.root >> 1] = True
        for number in range(self.root >> 1, -1, -1):
            if found[number]:
                for signal in self.gates[number].inputs:
                    if signal >= 0:
                        found[signal >> 1] = True
        return found

    def seen(self, signal: int) -> Gate:
        """A gate's signal as a gate without negation in front: De Morgan where it is negated."""
        gate = self.gates[signal >> 1]
        if signal & 1:
            return Gate(DUAL[gate.kind], tuple([i ^ 1 for i in gate.inputs]))
        return gate


def literal(separator: int, positive: bool = True) -> int:
    """The signal of a separator, or of its negation."""
    return 2 * ~separator + (not positive)


def is_gate(signal: int) -> bool:
    """Whether a signal comes from a gate, negated or not."""
    return signal >= 0


def separator_of(signal: int) -> int:
    """The separator whose literal the signal is."""
    return ~(signal >> 1)


class FormulaBuilder:
    """Grows a formula bottom-up; equal gates come out as one number."""

    def __init__(self) -> None:
        self.gates: list[Gate] = []
        self.labels: dict[int, Label] = {}
        self._numbers: dict[Gate, int] = {}

    def conjunction(self, inputs: Iterable[int], label: Label | None = None) -> int:
        """The AND of signals; an input given twice counts once, one alone is itself."""
        return self.gate("and", inputs, label)

    def disjunction(self, inputs: Iterable[int], label: Label | None = None) -> int:
        """The OR of signals; an input given twice counts once, one alone is itself."""
        return self.gate("or", inputs, label)

    def gate(self, kind: Kind, inputs: Iterable[int], label: Label | None = None) -> int:
        """A gate of either kind; see `conjunction` and `disjunction`."""
        distinct = tuple(dict.fromkeys(inputs))
        if len(distinct) == 1:
            signal = distinct[0]
        else:
            gate = Gate(kind, distinct)
            number = self._numbers.setdefault(gate, len(self.gates))
            if number == len(self.gates):
                self.gates.append(gate)
            signal = 2 * number
        if label is not None and signal >= 0 and not signal & 1:
            self.labels.setdefault(signal >> 1, label)
        return signal

    def formula(self, root: int) -> Formula:
        """What was built, with its root."""
        return Formula(tuple(self.gates), root, dict(self.labels))
