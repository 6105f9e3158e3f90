"""Depth reduction of long chains.

Law: a gate g that rises with its input x is `g(x) = g(0) OR (g(1) AND x)`.

In a chain g_k(... g_2(g_1)) where each gate reads the one before, all g_i(0) and g_i(1) can be had
at once, and `g_k(0) OR (g_k(1) AND (g_k-1(0) OR (g_k-1(1) AND ...)))` is one threshold unit for as
many links as the weights allow, about 15. So k layers become 3, at the cost of k units; a
longer chain is composed in blocks, which are links of a shorter one.

Fusion leaves such chains where the limit on weights stops it: a spiral is one alternation of AND
and OR from end to end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from regions.compiler.circuit import Circuit, ThresholdGate
from regions.compiler.formula import Label
from regions.compiler.passes.threshold import Threshold

LEAST_LINKS = 8
"""A chain this long loses five layers for eight units; a shorter one gains less."""

COMPOSED = 15
"""Links that one unit composes: k of them weigh F(2k + 3) - 1 in total, with Fibonacci's numbers
F(1) = F(2) = 1; that stays below the network's limit of 2^23 up to k = 15."""


def shorten(circuit: Circuit) -> Circuit:
    """The same function with chains of `LEAST_LINKS` gates and more made shallow."""
    chains = _chains(circuit)
    if not chains:
        return circuit
    rebuilt = _Rebuilt(circuit)
    inner = {number for chain in chains.values() for number in chain[:-1]}
    for number in range(len(circuit.gates)):
        if number in chains:
            rebuilt.add_chain(chains[number])
        elif number not in inner:
            rebuilt.copy(number)
    return rebuilt.circuit()


def _chains(circuit: Circuit) -> dict[int, list[int]]:
    """The chains worth shortening, each from its lowest gate up, by its topmost gate.

    A gate continues the chain of its deepest input if nothing else reads that, it reads it with a
    plus sign, and its other inputs are no deeper than the chain's lowest gate: then all links can
    be computed right above that gate.
    """
    read = Counter(chain.from_iterable(gate.inputs for gate in circuit.gates))
    read[circuit.output] += 1
    depth: list[int] = []
    chains: dict[int, list[int]] = {}
    for number, gate in enumerate(circuit.gates):
        chains[number] = [number]
        deepest = _deepest(gate, depth)
        others = _depth([node for node in gate.inputs if node != deepest], depth)
        if deepest >= 0 and read[deepest] == 1 and others <= depth[chains[deepest][0]]:
            chains[number] = [*chains.pop(deepest), number]
        depth.append(1 + _depth(gate.inputs, depth))
    return {top: chain for top, chain in chains.items() if len(chain) >= LEAST_LINKS}


def _depth(nodes: Sequence[int], depth: list[int]) -> int:
    return max([depth[node] if node >= 0 else 1 for node in nodes], default=0)


def _deepest(gate: ThresholdGate, depth: list[int]) -> int:
    """The deepest gate that a gate reads with a plus sign, -1 if there is none."""
    if max(gate.inputs, default=-1) < 0:
        return -1
    able = [node for node, w in zip(gate.inputs, gate.weights, strict=True) if node >= 0 and w > 0]
    return max(able, key=depth.__getitem__, default=-1)


class _Link(NamedTuple):
    """A gate g of a chain, or a block of them, as the signals g(0) and g(1)."""

    without: int
    given: int


class _Rebuilt:
    """The circuit under construction, gates numbered anew."""

    def __init__(self, circuit: Circuit) -> None:
        self._old = circuit
        self._new: dict[int, int] = {}
        self._gates: list[ThresholdGate] = []
        self._labels: list[Label] = []

    def copy(self, number: int) -> None:
        """Take over a gate as it is."""
        gate = self._old.gates[number]
        self._new[number] = self._add(self._renumbered(gate), self._old.labels[number])

    def add_chain(self, chain: list[int]) -> None:
        """Add the lowest gate as it is, the others as links, and what composes them."""
        self.copy(chain[0])
        label = self._old.labels[chain[-1]]
        links = [self._link(below, number) for below, number in pairwise(chain)]
        level = 0
        while len(links) > COMPOSED:
            level += 1
            links = self._blocks(links, f"{label}.level[{level}]")
        unit = _compose(2 * self._new[chain[0]], links)
        self._new[chain[-1]] = self._add(unit.signed(), label)

    def _link(self, below: int, number: int) -> _Link:
        """A gate of a chain with its input from the gate below fixed."""
        gate, (prefix, index) = self._old.gates[number], self._old.labels[number]
        place = gate.inputs.index(below)
        weight = gate.weights[place]
        rest = self._renumbered(
            ThresholdGate(
                gate.inputs[:place] + gate.inputs[place + 1 :],
                gate.weights[:place] + gate.weights[place + 1 :],
                gate.threshold,
            )
        )
        given = rest._replace(threshold=gate.threshold - weight)
        return _Link(
            2 * self._add(rest, Label(f"{prefix}.without", index)),
            2 * self._add(given, Label(f"{prefix}.given", index)),
        )

    def _blocks(self, links: list[_Link], name: str) -> list[_Link]:
        """Fewer links: of as many of the old ones each as one unit can compose."""
        blocks = []
        size = 1 + COMPOSED
        for number, begin in enumerate(range(0, len(links), size)):
            low, *above = links[begin : begin + size]
            without, given = (_compose(signal, above).signed() for signal in low)
            block = _Link(
                2 * self._add(without, Label(f"{name}.without", number)),
                2 * self._add(given, Label(f"{name}.given", number)),
            )
            blocks.append(block)
        return blocks

    def _renumbered(self, gate: ThresholdGate) -> ThresholdGate:
        inputs = tuple([self._new[node] if node >= 0 else node for node in gate.inputs])
        return gate._replace(inputs=inputs)

    def _add(self, gate: ThresholdGate, label: Label) -> int:
        self._gates.append(gate)
        self._labels.append(label)
        return len(self._gates) - 1

    def circuit(self) -> Circuit:
        """What was built."""
        output = self._old.output
        output = self._new[output] if output >= 0 else output
        return Circuit(tuple(self._gates), tuple(self._labels), output)


def _compose(inner: int, links: list[_Link]) -> Threshold:
    """The unit for links around an inner signal, the lowest first."""
    unit = Threshold.of("and", [inner])
    for link in links:
        unit = unit.joined("and", [link.given]).joined("or", [link.without])
    return unit
