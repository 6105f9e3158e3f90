"""Fusion: a gate takes in one of the gates it reads, as `a AND (b OR c)` is `2a + b + c >= 3`.

The law is `Threshold.joined`'s. Two gates cannot be taken in: `(a OR b) AND (c OR d)` is no
threshold function. Taking in the deepest makes the depth of a tree its Horton-Strahler number, at
most the logarithm of its leaves.
"""

from __future__ import annotations

from regions.compiler.circuit import Circuit, ThresholdGate
from regions.compiler.formula import Formula, Gate, Label, is_gate
from regions.compiler.passes.threshold import Threshold
from regions.compiler.passes.walk import reachable, readers
from regions.network.model import WEIGHT_LIMIT


def fuse(formula: Formula, limit: int = WEIGHT_LIMIT) -> Circuit:
    """The circuit of a formula: each gate is a unit, or is taken in by the one gate that reads it.

    Args:
        formula: Any.
        limit: What the weights of a unit that takes another in stay below in total; with 0 all
            gates stay what they are.
    """
    fusion = _Fusion(formula, limit)
    for number in fusion.needed:
        fusion.add(number)
    return fusion.circuit()


class _Fusion:
    """Units by the number of the formula's gate, made bottom-up."""

    def __init__(self, formula: Formula, limit: int) -> None:
        self._limit = limit
        self.needed = reachable(formula)
        self._formula = formula
        self._readers = readers(formula).tolist()
        self._units: dict[int, Threshold] = {}
        self._depth = [0] * len(formula.gates)
        self._taken: set[int] = set()
        self._renamed: dict[int, Label] = {}

    def add(self, number: int) -> None:
        """Make the unit of a gate whose inputs have been made."""
        kind, inputs = self._formula.gates[number]
        inner = self._choose(self._formula.gates[number])
        if inner < 0:
            self._units[number] = Threshold.of(kind, inputs)
            self._depth[number] = self._above(inputs)
            return
        before, after = inputs[:inner], inputs[inner + 1 :]
        child = inputs[inner] >> 1
        self._units[number] = self._unit(inputs[inner]).joined(kind, before, after)
        self._depth[number] = max(self._depth[child], self._above(before + after))
        self._taken.add(child)

    def _choose(self, gate: Gate) -> int:
        """Position of the deepest input that can be taken in, -1 if there is none."""
        if max(gate.inputs, default=-1) < 0:
            return -1
        readers, depth = self._readers, self._depth
        able = [i for i, s in enumerate(gate.inputs) if s >= 0 and readers[s >> 1] == 1]
        if len(able) > 1:
            able.sort(key=lambda i: -depth[gate.inputs[i] >> 1])
        for i in able:
            unit = self._unit(gate.inputs[i])
            others = (len(gate.inputs) - 1) * unit.weight_beside(gate.kind)
            if unit.total + others < self._limit:
                return i
        return -1

    def _unit(self, signal: int) -> Threshold:
        unit = self._units[signal >> 1]
        return unit.negated() if signal & 1 else unit

    def _above(self, signals: tuple[int, ...]) -> int:
        """Threshold layers below a unit that reads these signals."""
        if max(signals, default=-1) < 0:
            return 1 if signals else 0
        depth = self._depth
        return max([depth[s >> 1] + 1 if s >= 0 else 1 for s in signals])

    def circuit(self) -> Circuit:
        """The units that were not taken in, numbered anew; a unit for the region at the end."""
        root = self._formula.root
        if is_gate(root) and root & 1 and self._readers[root >> 1] == 1:
            self._units[root >> 1] = self._unit(root)
            prefix, number = self._label(root >> 1)
            self._renamed[root >> 1] = Label(f"not {prefix}", number)
            root ^= 1
        kept = [number for number in self.needed if number not in self._taken]
        new = {number: position for position, number in enumerate(kept)}
        gates = [self._units[number].signed(new) for number in kept]
        labels = [self._label(number) for number in kept]
        output = new[root >> 1] if is_gate(root) else root >> 1
        if root & 1:
            gates.append(ThresholdGate((output,), (-1,), 0))
            labels.append(Label("not"))
            output = len(gates) - 1
        return Circuit(tuple(gates), tuple(labels), output)

    def _label(self, number: int) -> Label:
        label = self._renamed.get(number) or self._formula.labels.get(number)
        return label or Label(self._formula.gates[number].kind, number)
