"""The formula: a hash-consed DAG of gates over separators, whose inputs carry a sign.

A **node** is a gate or a separator: gate g is the number g, separator s the number ~s = -1 - s. A
**signal** is a node or its negation: 2 * node, or 2 * node + 1. So `signal ^ 1` negates, and
`signal >> 1` is the node. Negation costs nothing, in the network too, where it is a weight of -1.

Gates are numbered so that inputs come before the gate that reads them. `Gate("and", ())` is true
everywhere, `Gate("or", ())` nowhere. Nearly all gates are ANDs and ORs; a `least` gate, true where
at least so many of its inputs are, counts what winding numbers add up.
"""

from __future__ import annotations

from collections import Counter
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

Kind: TypeAlias = Literal["and", "or", "least"]

DUAL: dict[Kind, Kind] = {"and": "or", "or": "and", "least": "least"}
"""De Morgan: a gate of one kind negated is the other kind over the negated inputs."""

UNNAMED = Label("")
"""The label of a gate that has none."""


class Gate(NamedTuple):
    """True where all of the input signals are (`and`), some of them (`or`), or enough (`least`).

    Attributes:
        kind: Of gates that are the same, `and` or `or` in place of `least`.
        inputs: Signals; a `least` gate may read one several times, and counts it as often.
        number: How many must be true; given for `least` only.
    """

    kind: Kind
    inputs: tuple[int, ...]
    number: int = 0

    @property
    def least(self) -> int:
        """How many of the inputs must be true."""
        return {"and": len(self.inputs), "or": 1, "least": self.number}[self.kind]

    @property
    def negated(self) -> Gate:
        """The gate that is true where this one is not, without a negation in front: De Morgan."""
        number = len(self.inputs) - self.number + 1 if self.kind == "least" else 0
        return Gate(DUAL[self.kind], tuple([i ^ 1 for i in self.inputs]), number)

    @property
    def key(self) -> tuple[Kind, int, frozenset[tuple[int, int]]]:
        """The same for gates that are equal up to order, and to repeats that do not count."""
        counts = Counter(self.inputs) if self.kind == "least" else dict.fromkeys(self.inputs, 1)
        return self.kind, self.number, frozenset(counts.items())


@dataclass(frozen=True, eq=False)
class Formula:
    """A DAG with one root, in compressed rows: gate g reads `signals[start[g]:start[g + 1]]`.

    Attributes:
        least: `(g,)` how many of each gate's inputs must be true.
        start: `(g + 1,)` ascending from 0.
        signals: `(m,)` the inputs of all gates; those of a gate come before it.
        root: The signal that stands for the region.
        names: `(g,)`; `UNNAMED` where a gate has none.
    """

    least: Ints
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
            least=np.array([gate.least for gate in gates], dtype=np.int64),
            start=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
            signals=np.fromiter(chain.from_iterable(g.inputs for g in gates), np.int64),
            root=root,
            names=names or Names((UNNAMED.prefix,), nothing, nothing - 1),
        )

    def __len__(self) -> int:
        return len(self.least)

    @cached_property
    def conjunction(self) -> Bools:
        """`(g,)` whether each gate is an AND."""
        found: Bools = self.least == np.diff(self.start)
        return found

    @cached_property
    def disjunction(self) -> Bools:
        """`(g,)` whether each gate is an OR; a gate with one input is called an AND."""
        found: Bools = (self.least == 1) & ~self.conjunction
        return found

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """The gates one by one: for people, and for passes that look at few of them."""
        signals, start = self.signals.tolist(), self.start.tolist()
        rows = zip(self.least.tolist(), start[:-1], start[1:], strict=True)
        return tuple([_gate(tuple(signals[a:b]), least) for least, a, b in rows])

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
        return gate.negated if signal & 1 else gate


def _gate(inputs: tuple[int, ...], least: int) -> Gate:
    if least == len(inputs):
        return Gate("and", inputs)
    return Gate("or", inputs) if least == 1 else Gate("least", inputs, least)


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
        self._least: list[int] = []
        self._ends: list[int] = [0]
        self._signals: list[int] = []
        self._numbers: dict[Gate, int] = {}
        self._labels: dict[int, Label] = {}
        self._bulk: list[tuple[int, Names]] = []

    def __len__(self) -> int:
        return len(self._least)

    def conjunction(self, inputs: Iterable[int], label: Label | None = None) -> int:
        """The AND of signals; an input given twice counts once, one alone is itself."""
        return self.gate("and", inputs, label)

    def disjunction(self, inputs: Iterable[int], label: Label | None = None) -> int:
        """The OR of signals; an input given twice counts once, one alone is itself."""
        return self.gate("or", inputs, label)

    def gate(self, kind: Kind, inputs: Iterable[int], label: Label | None = None) -> int:
        """An AND or an OR; see `conjunction` and `disjunction`."""
        distinct = tuple(dict.fromkeys(inputs))
        signal = distinct[0] if len(distinct) == 1 else self._add(Gate(kind, distinct))
        return self._named(signal, label)

    def at_least(self, number: int, inputs: Iterable[int], label: Label | None = None) -> int:
        """True where so many of the signals are; one that is given twice counts twice.

        Where that is an AND or an OR, it becomes one. Of a signal and its negation one is true.
        """
        counts = Counter(inputs)
        for signal in [s for s in counts if not s & 1 and s ^ 1 in counts]:
            pairs = min(counts[signal], counts[signal ^ 1])
            counts -= Counter({signal: pairs, signal ^ 1: pairs})
            number -= pairs
        kept = tuple(counts.elements())
        if number <= 0:
            return self.conjunction((), label)
        if number > len(kept):
            return self.disjunction((), label)
        if number in (1, len(kept)):
            return self.gate("or" if number == 1 else "and", kept, label)
        return self._named(self._add(Gate("least", kept, number)), label)

    def copy(self, gate: Gate, label: Label | None = None) -> int:
        """A gate over this builder's signals."""
        if gate.kind == "least":
            return self.at_least(gate.number, gate.inputs, label)
        return self.gate(gate.kind, gate.inputs, label)

    def _add(self, gate: Gate) -> int:
        number = self._numbers.setdefault(gate, len(self))
        if number == len(self):
            self._least.append(gate.least)
            self._signals += gate.inputs
            self._ends.append(len(self._signals))
        return 2 * number

    def _named(self, signal: int, label: Label | None) -> int:
        if label is not None and is_gate(signal) and not signal & 1:
            self._labels.setdefault(signal >> 1, label)
        return signal

    def extend(self, conjunction: Bools, start: Ints, signals: Ints, names: Names) -> None:
        """Add many ANDs and ORs at once; nothing is looked for among them.

        Args:
            conjunction: `(g,)` which are ANDs; the gates are numbered from `len(self)` on.
            start: `(g + 1,)`.
            signals: `(m,)`.
            names: `(g,)`.
        """
        self._bulk.append((len(self), names))
        self._ends += (start[1:] + len(self._signals)).tolist()
        self._least += np.where(conjunction, np.diff(start), 1).tolist()
        self._signals += signals.tolist()

    def constant(self, signal: int) -> bool | None:
        """The value of a signal that is constant as it stands, else None."""
        number = signal >> 1
        if signal < 0 or self._ends[number] < self._ends[number + 1]:
            return None
        return (self._least[number] == 0) != bool(signal & 1)

    def formula(self, root: int) -> Formula:
        """What was built, with its root."""
        return Formula(
            least=np.array(self._least, dtype=np.int64),
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
