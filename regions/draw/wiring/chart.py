"""The boxes and wires of a network, from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from regions.draw import style
from regions.draw.palette import unit_color
from regions.draw.text import without_shared_prefix
from regions.draw.wiring.grouping import Grouping
from regions.draw.wiring.key import MIXED, TIMES, notes
from regions.draw.wiring.kinds import kind_counts, kind_in_words
from regions.draw.wiring.model import Chart, Node, Wire
from regions.draw.wiring.numbers import DECIMALS, JOINED, Reading, power_name, read_numbers
from regions.draw.wiring.numbers import short_number as short
from regions.geometry.polynomials import Monomial
from regions.network.model import Network
from regions.network.words import gate_kind
from regions.text.wording import counted

INPUT_COLORS = {(1, 0): style.TEXT_COLOR, (0, 1): style.FRAME_COLOR}
"""Of the wires of x and y."""

EVERY_WEIGHT = 40
"""Up to so many wires into gates all have their weights; of more, a 1 is left out."""


MOST_OUTPUTS, TOLD_OUTPUTS = 8, 3
"""Regions that have words of their own where units are in groups, and that say what 1 means."""


def chart(network: Network, grouping: Grouping, wired: bool, flat: bool) -> Chart:
    """The boxes and wires of a network.

    Args:
        network: Any network.
        grouping: Which units share a box.
        wired: Whether the wires into separators carry their weights; else each separator is an
            inequality, and what it reads is one box. Only where each unit has its own box.
        flat: Whether separators stand in one line.
    """
    return _Charting(network, grouping, wired, flat).chart()


class _Charting:
    """Collects boxes and wires from left to right."""

    def __init__(self, network: Network, grouping: Grouping, wired: bool, flat: bool) -> None:
        self.network, self.grouping, self.wired, self.flat = network, grouping, wired, flat
        alone = grouping.first[grouping.count == 1]
        separators = alone[alone < network.n_separators].tolist()
        self.reading: Reading = read_numbers(network, separators)
        self.nodes: list[Node] = []
        self.wires: list[Wire] = []
        named = iter(_short([name for name in grouping.names if name], network))
        self.names = [next(named) if name else "" for name in grouping.names]
        self.heads: list[str] = []
        self.within = 0

    def chart(self) -> Chart:
        """All of it."""
        found = self._add_wired_inputs() if self.wired else self._add_input()
        self.base = len(self.heads) - 1
        self.offset = len(self.nodes)
        self._add_boxes()
        if self.wired:
            for unit in range(self.network.n_separators):
                for monomial, weight in self.reading.numbers[unit].weights:
                    self._wire(found[monomial], self._node(unit), weight)
        else:
            for box, first in enumerate(self.grouping.first.tolist()):
                if first < self.network.n_separators:
                    self._wire(found[1, 0], self.offset + box)
        self._add_gate_wires()
        self._add_outputs()
        made = Chart(tuple(self.nodes), tuple(self.wires), tuple(self.heads), self.wired)
        spoken = notes(made, self.network, self.grouping, self.names, self.within)
        return replace(made, notes=(spoken[0], *self.reading.notes, *spoken[1:]))

    def _node(self, unit: int) -> int:
        return self.offset + int(self.grouping.box[unit])

    def _wire(self, source: int, target: int, label: str = "") -> None:
        self.wires.append(Wire(source, target, label))

    def _add_wired_inputs(self) -> dict[Monomial, int]:
        """The two inputs, and the products of them that some separator reads."""
        letters = self.reading.letters
        used = {m for each in self.reading.numbers.values() for m, _ in each.weights}
        products = sorted((m for m in used if sum(m) > 1), key=lambda m: (sum(m), -m[0]))
        axes: list[Monomial] = [(1, 0), (0, 1)]
        read = {axis: any(m[place] for m in used) for place, axis in enumerate(axes)}
        found: dict[Monomial, int] = {}
        for monomial in axes:
            if read[monomial] or not used:
                name, color = power_name(monomial, letters), INPUT_COLORS[monomial]
                found[monomial] = self._add(Node(0, "input", name, color=color))
        self.heads.append("inputs")
        for monomial in products:
            found[monomial] = self._add(Node(1, "input", power_name(monomial, letters)))
            for place, axis in enumerate(axes):
                if monomial[place]:
                    self._wire(found[axis], found[monomial])
        if products:
            self.heads.append("features")
        return found

    def _add_input(self) -> dict[Monomial, int]:
        """The inputs and all features in one box."""
        letters = self.reading.letters
        products = [m for m in self.network.features if sum(m) > 1]
        named = [power_name(m, letters) for m in products[:3]]
        named += [f"and {len(products) - 3} more"] if len(products) > 3 else []
        self.heads.append("inputs")
        return {(1, 0): self._add(Node(0, "input", ", ".join(letters), tuple(named)))}

    def _add(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _add_boxes(self) -> None:
        grouping, separators = self.grouping, self.network.n_separators
        counts = kind_counts(self.network, grouping)
        for box, (unit, count) in enumerate(
            zip(grouping.first.tolist(), grouping.count.tolist(), strict=True)
        ):
            column = self.base + int(grouping.column[box])
            name = self.names[box]
            if count > 1:
                words = [counted(count, "separator")]
                if unit >= separators:
                    words = list(kind_in_words(counts[box]))
                head, *lines = [name, *words] if name else words
                self._add(Node(column, "group", head, tuple(lines), units=count))
            elif unit < separators:
                self._add(self._separator(column, name, unit))
            else:
                told = _gate_lines(self.network, unit - separators)
                self._add(Node(column, "gate", name, told, unit_color(unit), 1))
        self.heads += [self._column_head(layers) for layers in grouping.layers]

    def _separator(self, column: int, name: str, unit: int) -> Node:
        numbers = self.reading.numbers[unit]
        mark = f"{DECIMALS}{JOINED}" if numbers.rounded else ""
        text = f"bias {numbers.bias}" if self.wired else numbers.text
        color = unit_color(unit)
        return Node(column, "separator", name, (mark + text,), color, 1, self.flat)

    def _column_head(self, layers: tuple[int, int]) -> str:
        first, last = layers
        if first == 1:
            return ("constants", "separator", "separators")[min(self.network.n_separators, 2)]
        if first == 2 == self.network.levels.max():
            return "gate" if self.network.n_gates == 1 else "gates"
        text = f"layer {first}" if first == last else f"layers {first}\N{EN DASH}{last}"
        return f"gates, {text}" if first == 2 else text

    def _add_gate_wires(self) -> None:
        """What each box of gates reads from each box before it."""
        gates, grouping, first = self.network.gates, self.grouping, self.network.n_separators
        if not len(gates.inputs):
            return
        reader = np.repeat(np.arange(first, self.network.size), np.diff(gates.start))
        pairs = grouping.box[gates.inputs] * len(grouping.names) + grouping.box[reader]
        joined, place, count = np.unique(pairs, return_inverse=True, return_counts=True)
        total = np.bincount(place.ravel(), weights=gates.weights)
        every = len(joined) <= EVERY_WEIGHT and grouping.whole
        for pair, connections, weight in zip(
            joined.tolist(), count.tolist(), total.tolist(), strict=True
        ):
            source, target = divmod(pair, len(grouping.names))
            if source == target:
                self.within += connections
                continue
            ends = self.offset + source, self.offset + target
            if connections == 1 or grouping.count[source] == grouping.count[target] == 1:
                shown = every or abs(weight) != 1
                label = short(weight) if shown else ""
                self.wires.append(Wire(*ends, label, weight < 0))
            else:
                self.wires.append(Wire(*ends, f"{TIMES}{connections:,}", False, connections))

    def _add_outputs(self) -> None:
        column, outputs = len(self.heads), self.network.outputs
        self.heads.append("output" if len(outputs) == 1 else "outputs")
        if len(outputs) > MOST_OUTPUTS and not (self.wired or self.flat):
            node = self._add(Node(column, "output", counted(len(outputs), "region")))
            for unit, number in Counter(self._node(output.unit) for output in outputs).items():
                label = f"{TIMES}{number:,}" if number > 1 else ""
                self.wires.append(Wire(unit, node, label, False, number))
            return
        lines = ("1 inside", "0 outside") if len(outputs) <= TOLD_OUTPUTS else ()
        for output in outputs:
            node = self._add(Node(column, "output", output.name, lines))
            self._wire(self._node(output.unit), node)


def _short(names: Sequence[str], network: Network) -> list[str]:
    """Names without the part that all share, or without the region's where that leaves no two."""
    short = without_shared_prefix(names)
    without = [name.removeprefix(f"{network.outputs[0].name}.") for name in names]
    return without if short == list(names) and len(set(without)) == len(set(names)) else short


def _gate_lines(network: Network, gate: int) -> tuple[str, ...]:
    """What a gate is, and its bias."""
    kind = gate_kind(network, gate)
    if kind is None:
        row = network.gates.row(gate)
        weights = network.gates.weights[row].tolist()
        kind = ("NOT" if weights[0] < 0 else "the same") if len(weights) == 1 else MIXED
    return kind, f"bias {short(float(network.gates.bias[gate]))}"
