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

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from regions.compiler.circuit import Circuit, ThresholdGate
from regions.compiler.passes.threshold import Threshold
from regions.compiler.passes.walk import runs
from regions.network.names import Label

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
    for number in range(len(circuit)):
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
    gates = circuit.inputs[circuit.inputs >= 0]
    read = np.bincount(gates, minlength=len(circuit))
    if circuit.output >= 0:
        read[circuit.output] += 1
    once = (read == 1).tolist()
    depth = np.where(np.diff(circuit.start) > 0, 2, 1).tolist()
    lowest, below, length = list(range(len(circuit))), [-1] * len(circuit), [1] * len(circuit)
    for number, read_gates, weights, literals in _arcs(circuit):
        able = [node for node, weight in zip(read_gates, weights, strict=True) if weight > 0]
        deepest = max(able, key=depth.__getitem__, default=-1)
        others = [depth[node] for node in read_gates if node != deepest] + [1] * literals
        if deepest >= 0 and once[deepest] and max(others, default=0) <= depth[lowest[deepest]]:
            lowest[number], below[number] = lowest[deepest], deepest
            length[number], length[deepest] = length[deepest] + 1, 0
        depth[number] = 1 + max(others + [depth[deepest]] * (deepest >= 0))
    return {top: _links(below, top) for top in range(len(circuit)) if length[top] >= LEAST_LINKS}


def _links(below: list[int], top: int) -> list[int]:
    """A chain from its lowest gate up."""
    chain = [top]
    while below[chain[-1]] >= 0:
        chain.append(below[chain[-1]])
    return chain[::-1]


def _arcs(circuit: Circuit) -> Iterator[tuple[int, list[int], list[int], bool]]:
    """Each gate that reads gates, ascending: these, their weights, and whether it reads others."""
    count = np.diff(circuit.start).tolist()
    found = np.flatnonzero(circuit.inputs >= 0)
    inputs, weights = circuit.inputs[found].tolist(), circuit.weights[found].tolist()
    for gate, begin, end in runs(np.repeat(np.arange(len(circuit)), count)[found]):
        yield gate, inputs[begin:end], weights[begin:end], count[gate] > end - begin


class _Link(NamedTuple):
    """A gate g of a chain, or a block of them, as the signals g(0) and g(1)."""

    without: int
    given: int


class _Rebuilt:
    """The circuit under construction, gates numbered anew."""

    def __init__(self, circuit: Circuit) -> None:
        self._old = circuit
        self._rows = circuit.gates
        self._new: dict[int, int] = {}
        self._gates: list[ThresholdGate] = []
        self._labels: list[Label] = []

    def copy(self, number: int) -> None:
        """Take over a gate as it is."""
        gate = self._rows[number]
        self._new[number] = self._add(self._renumbered(gate), self._old.names.label(number))

    def add_chain(self, chain: list[int]) -> None:
        """Add the lowest gate as it is, the others as links, and what composes them."""
        self.copy(chain[0])
        label = self._old.names.label(chain[-1])
        links = [self._link(below, number) for below, number in pairwise(chain)]
        level = 0
        while len(links) > COMPOSED:
            level += 1
            links = self._blocks(links, f"{label}.level[{level}]")
        unit = _compose(2 * self._new[chain[0]], links)
        self._new[chain[-1]] = self._add(unit.signed(), label)

    def _link(self, below: int, number: int) -> _Link:
        """A gate of a chain with its input from the gate below fixed."""
        gate, (prefix, index) = self._rows[number], self._old.names.label(number)
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
        return Circuit.of(self._gates, self._labels, output)


def _compose(inner: int, links: list[_Link]) -> Threshold:
    """The unit for links around an inner signal, the lowest first."""
    unit = Threshold.of("and", [inner])
    for link in links:
        unit = unit.joined("and", [link.given]).joined("or", [link.without])
    return unit
