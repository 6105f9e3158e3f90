"""Layers: the level of each unit, and the strict layer-by-layer form with relays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from regions.network.model import GateBlock, Gates, Ints, Network, Output
from regions.network.names import Names


def segment_reduce(ufunc: np.ufunc, values: NDArray[Any], start: Ints, empty: int) -> NDArray[Any]:
    """Reduce `values[start[i]:start[i + 1]]` for each i along axis 0; `empty` where there is none.

    `ufunc.reduceat` alone returns a neighbour's value for an empty segment.
    """
    result = np.full((len(start) - 1, *values.shape[1:]), empty, dtype=values.dtype)
    filled = np.flatnonzero(np.diff(start))
    if len(filled):
        result[filled] = ufunc.reduceat(values, start[filled], axis=0)
    return result


def segments(start: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Where the entries of some compressed rows stand, and where each of these rows then begins."""
    counts = np.diff(start)[rows]
    begin = np.concatenate([[0], np.cumsum(counts)])
    return np.arange(begin[-1]) + np.repeat(start[rows] - begin[:-1], counts), begin


def unit_levels(network: Network) -> Ints:
    """`(size,)` layer of each unit: 1 for separators and constants, else one above its inputs."""
    gates, separators = network.gates, network.n_separators
    counts = np.diff(gates.start)
    levels = [1] * separators + np.where(counts > 0, 2, 1).tolist()
    # Only gates that read gates can be higher; a gate comes after all that it reads.
    reader = np.repeat(np.arange(separators, network.size), counts)
    arcs = gates.inputs >= separators
    for unit, below in zip(reader[arcs].tolist(), gates.inputs[arcs].tolist(), strict=True):
        if levels[unit] <= levels[below]:
            levels[unit] = levels[below] + 1
    return np.array(levels, dtype=np.int64)


def gate_blocks(network: Network) -> tuple[GateBlock, ...]:
    """The gates by layer, each layer's inputs packed together."""
    levels = network.levels[network.n_separators :]
    order = np.argsort(levels, kind="stable")
    layers = np.split(order, np.flatnonzero(np.diff(levels[order])) + 1)
    return tuple(_block(network, layer) for layer in layers if len(layer))


def _block(network: Network, numbers: Ints) -> GateBlock:
    gates = network.gates
    where, start = segments(gates.start, numbers)
    return GateBlock(
        units=numbers + network.n_separators,
        start=start,
        inputs=gates.inputs[where],
        weights=gates.weights[where, np.newaxis].astype(np.int32),
        bias=gates.bias[numbers, np.newaxis],
    )


def layered(network: Network) -> Network:
    """The same function in strict layers: each gate reads the layer just below its own.

    A unit that is read from further above is repeated by a chain of relays, shared by its readers;
    outputs that end early are carried to the last layer. A relay of unit r is the gate
    `H(r - 1/2)`, which equals r.
    """
    return _Layering(network).result()


class _Layering:
    """Rebuilds a network layer by layer."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.levels = network.levels
        self.last = self._last_levels()
        self.rows: list[tuple[list[int], list[int], float]] = []
        self.names: list[str] = [network.names[i] for i in range(network.n_separators)]
        self.taken = set(network.names)

    def _last_levels(self) -> Ints:
        """The highest layer in which each unit's value is needed."""
        gates, count = self.network.gates, self.network.n_separators
        last = self.levels.copy()
        reader = np.repeat(self.levels[count:], np.diff(gates.start))
        np.maximum.at(last, gates.inputs, reader - 1)
        for output in self.network.outputs:
            last[output.unit] = self.network.depth
        return last

    def result(self) -> Network:
        network, count = self.network, self.network.n_separators
        below = {unit: unit for unit in range(count)}
        # Constants stand in the first layer; as gates they come right after the separators.
        for unit in range(count, network.size):
            if self.levels[unit] == 1:
                below[unit] = self._add([], [], network.gates.bias[unit - count], unit)
        by_level = [np.flatnonzero(self.levels == k) for k in range(network.depth + 1)]
        for level in range(2, network.depth + 1):
            here = {int(u): self._gate(int(u), below) for u in by_level[level]}
            for unit, number in below.items():
                if self.last[unit] >= level:
                    here[unit] = self._relay(unit, number, level)
            below = here
        outputs = tuple(Output(o.name, below[o.unit]) for o in network.outputs)
        return self._network(outputs)

    def _gate(self, unit: int, below: dict[int, int]) -> int:
        gates, gate = self.network.gates, unit - self.network.n_separators
        row = gates.row(gate)
        inputs = [below[int(i)] for i in gates.inputs[row]]
        return self._add(inputs, gates.weights[row].tolist(), gates.bias[gate], unit)

    def _add(self, inputs: list[int], weights: list[int], bias: float, unit: int) -> int:
        self.names.append(self.network.names[unit])
        self.rows.append((inputs, weights, bias))
        return len(self.names) - 1

    def _relay(self, unit: int, number: int, level: int) -> int:
        name = f"{self.network.names[unit]} in layer {level}"
        while name in self.taken:
            name += "'"
        self.taken.add(name)
        self.names.append(name)
        self.rows.append(([number], [1], -0.5))
        return len(self.names) - 1

    def _network(self, outputs: tuple[Output, ...]) -> Network:
        old = self.network
        return Network(
            center=old.center,
            exponent=old.exponent,
            features=old.features,
            weights=old.weights,
            bias=old.bias,
            gates=gates_from_rows(self.rows),
            names=Names.of(self.names),
            outputs=outputs,
            exact=old.exact,
            window=old.window,
            sources=old.sources,
        )


def gates_from_rows(rows: list[tuple[list[int], list[int], float]]) -> Gates:
    """Gates given one by one as `(inputs, weights, bias)`, packed into compressed rows."""
    counts = [len(inputs) for inputs, _, _ in rows]
    return Gates(
        start=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
        inputs=np.array([i for inputs, _, _ in rows for i in inputs], dtype=np.int64),
        weights=np.array([w for _, weights, _ in rows for w in weights]),
        bias=np.array([bias for _, _, bias in rows], dtype=np.float64),
    )
