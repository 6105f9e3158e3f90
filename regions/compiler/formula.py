"""The formula: a hash-consed DAG of ANDs and ORs over separators, whose inputs carry a sign.

A **node** is a gate or a separator: gate g is the number g, separator s the number ~s = -1 - s. A
**signal** is a node or its negation: 2 * node, or 2 * node + 1. So `signal ^ 1` negates, and
`signal >> 1` is the node. Negation costs nothing, in the network too, where it is a weight of -1.

Gates are numbered so that inputs come before the gate that reads them. `Gate("and", ())` is true
everywhere, `Gate("or", ())` nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.network.names import Label, Names

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

Kind: TypeAlias = Literal["and", "or"]

DUAL: dict[Kind, Kind] = {"and": "or", "or": "and"}
"""De Morgan: a gate of one kind negated is the other kind over the negated inputs."""

UNNAMED = Label("")
"""The label of a gate that has none."""


class Gate(NamedTuple):
    """True where all of the input signals are (`and`), or some of them (`or`)."""

    kind: Kind
    inputs: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Formula:
    """A DAG with one root, in compressed rows: gate g reads `signals[start[g]:start[g + 1]]`.

    Attributes:
        conjunction: `(g,)` whether each gate is an AND, else an OR.
        start: `(g + 1,)` ascending from 0.
        signals: `(m,)` the inputs of all gates; those of a gate come before it.
        root: The signal that stands for the region.
        names: `(g,)`; `UNNAMED` where a gate has none.
    """

    conjunction: Bools
    start: Ints
    signals: Ints
    root: int
    names: Names

    @classmethod
    def of(cls, gates: Sequence[Gate], root: int, names: Names | None = None) -> Formula:
        """A formula given gate by gate."""
        counts = [len(gate.inputs) for gate in gates]
        nothing = np.zeros(len(gates), dtype=np.int64)
        return cls(
            conjunction=np.array([gate.kind == "and" for gate in gates], dtype=np.bool_),
            start=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
            signals=np.fromiter(chain.from_iterable(g.inputs for g in gates), np.int64),
            root=root,
            names=names or Names((UNNAMED.prefix,), nothing, nothing - 1),
        )

    def __len__(self) -> int:
        return len(self.conjunction)

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """The gates one by one: for people, and for passes that look at few of them."""
        signals, start = self.signals.tolist(), self.start.tolist()
        kinds: list[Kind] = ["and" if conjunction else "or" for conjunction in self.conjunction]
        rows = zip(kinds, start[:-1], start[1:], strict=True)
        return tuple([Gate(kind, tuple(signals[a:b])) for kind, a, b in rows])

    @cached_property
    def reader(self) -> Ints:
        """`(m,)` the gate that reads each of `signals`."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    @cached_property
    def needed(self) -> Bools:
        """`(g,)` whether the root depends on each gate."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[self.signals[self.signals >= 0] >> 1] = True
        if is_gate(self.root):
            found[self.root >> 1] = True
        if found.all():
            # From any gate the readers lead up to one that no gate reads: to the root.
            return found
        needed = [False] * len(self)
        if is_gate(self.root):
            needed[self.root >> 1] = True
        arcs = np.flatnonzero(self.signals >= 0)[::-1]
        reads = zip(self.reader[arcs].tolist(), (self.signals[arcs] >> 1).tolist(), strict=True)
        for reader, gate in reads:
            if needed[reader]:
                needed[gate] = True
        return np.array(needed, dtype=np.bool_)

    def label(self, number: int) -> Label | None:
        """A gate's name, if it has one."""
        label = self.names.label(number)
        return None if label == UNNAMED else label

    def with_root_named(self, label: Label) -> Formula:
        """The formula with a name for the gate at its root, where that is one and has none."""
        number = self.root >> 1
        if not is_gate(self.root) or self.root & 1 or self.label(number) is not None:
            return self
        return replace(self, names=self.names.renamed(number, label))

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
    """Grows a formula bottom-up; equal gates come out as one number, unless added in bulk."""

    def __init__(self) -> None:
        self._conjunction: list[bool] = []
        self._ends: list[int] = [0]
        self._signals: list[int] = []
        self._numbers: dict[Gate, int] = {}
        self._labels: dict[int, Label] = {}
        self._bulk: list[tuple[int, Names]] = []

    def __len__(self) -> int:
        return len(self._conjunction)

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
            number = self._numbers.setdefault(gate, len(self))
            if number == len(self):
                self._conjunction.append(kind == "and")
                self._signals += distinct
                self._ends.append(len(self._signals))
            signal = 2 * number
        if label is not None and is_gate(signal) and not signal & 1:
            self._labels.setdefault(signal >> 1, label)
        return signal

    def extend(self, conjunction: Bools, start: Ints, signals: Ints, names: Names) -> None:
        """Add many gates at once, as in a `Formula`; nothing is looked for among them.

        Args:
            conjunction: `(g,)`; the gates are numbered from `len(self)` on.
            start: `(g + 1,)`.
            signals: `(m,)`.
            names: `(g,)`.
        """
        self._bulk.append((len(self), names))
        self._ends += (start[1:] + len(self._signals)).tolist()
        self._conjunction += conjunction.tolist()
        self._signals += signals.tolist()

    def inputs(self, number: int) -> list[int]:
        """The signals that a gate reads."""
        return self._signals[self._ends[number] : self._ends[number + 1]]

    def kind(self, number: int) -> Kind:
        """Whether a gate is an AND or an OR."""
        return "and" if self._conjunction[number] else "or"

    def formula(self, root: int) -> Formula:
        """What was built, with its root."""
        return Formula(
            conjunction=np.array(self._conjunction, dtype=np.bool_),
            start=np.array(self._ends, dtype=np.int64),
            signals=np.array(self._signals, dtype=np.int64),
            root=root,
            names=self._names(),
        )

    def _names(self) -> Names:
        prefixes = {UNNAMED.prefix: 0}
        prefix = np.zeros(len(self), dtype=np.int64)
        number = np.full(len(self), UNNAMED.number, dtype=np.int64)
        for first, names in self._bulk:
            place = [prefixes.setdefault(p, len(prefixes)) for p in names.prefixes]
            own = slice(first, first + len(names))
            prefix[own], number[own] = np.array(place)[names.prefix], names.number
        for gate, label in self._labels.items():
            prefix[gate] = prefixes.setdefault(label.prefix, len(prefixes))
            number[gate] = label.number
        return Names(tuple(prefixes), prefix, number)
