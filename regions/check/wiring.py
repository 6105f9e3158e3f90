"""A network and a shape as one circuit over their lines, for the walk along these."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from regions.check.lines import Scene
from regions.check.steps import State, Wiring
from regions.network.model import Gates, Network

Ints: TypeAlias = NDArray[np.int64]
Parts = TypeVar("Parts", Wiring, State)


def wired(network: Network, scene: Scene) -> Wiring:
    """The circuit, its parts as arrays.

    Its literals are the separators and the shape's half-planes; its gates those of the network, and
    then those of the shape's tree.
    """
    literal_line = np.concatenate([scene.separator_line, scene.half_plane_line])
    literal_side = np.concatenate([scene.separator_side, scene.half_plane_side])
    separators, literals = network.n_separators, len(literal_line)
    polygons = len(scene.tree.polygons)
    first = literals + polygons
    inner = first + network.n_gates
    of_network = np.concatenate([np.arange(separators), first + np.arange(network.n_gates)])
    of_tree = np.concatenate(
        [
            literals + np.arange(polygons),
            separators + np.arange(literals - separators),
            inner + np.arange(len(scene.tree.gates)),
        ]
    )
    reader_start, reader_gate, reader_weight = _readers(
        [(network.gates, of_network), (scene.tree.gates, of_tree)], inner + len(scene.tree.gates)
    )
    literal_start, literal = _by_line(literal_line, len(scene.lines))
    edge_start, edge = _by_line(scene.edge_line, len(scene.lines))
    ends = scene.borders.ends[edge]
    return Wiring(
        literal_start=literal_start,
        literal_unit=literal,
        literal_side=literal_side[literal].astype(np.int64),
        edge_start=edge_start,
        edge_from=np.ascontiguousarray(ends[:, 0]),
        edge_to=np.ascontiguousarray(ends[:, 1]),
        edge_unit=literals + scene.borders.polygon[edge],
        reader_start=reader_start,
        reader_gate=reader_gate,
        reader_weight=reader_weight,
        bias=_twice(np.concatenate([network.gates.bias, scene.tree.gates.bias])),
        constant=np.flatnonzero((literal_line < 0) & (literal_side > 0)),
        network=int(of_network[network.output().unit]),
        shape=int(of_tree[scene.tree.root]),
    )


def room(wiring: Wiring) -> State:
    """A state for arrays: in each copy, what is said where no literal fires and no polygon is."""
    size, gates = len(wiring.reader_start) - 1, len(wiring.bias)
    fired, sums = np.zeros(size, dtype=np.int64), np.array(wiring.bias)
    fired[wiring.constant] = 1
    for unit in range(size):
        gate = unit - (size - gates)
        fired[unit] |= gate >= 0 and sums[gate] >= 0
        if fired[unit]:
            readers = slice(wiring.reader_start[unit], wiring.reader_start[unit + 1])
            np.add.at(sums, wiring.reader_gate[readers], wiring.reader_weight[readers])
    calm = np.zeros(4 * gates, dtype=np.int64)
    return State(np.tile(fired, 4), np.tile(sums, 4), calm, np.zeros(size, dtype=np.int64))


def as_lists(parts: Parts) -> Parts:
    """The same for functions that are not compiled: lists are faster to read one by one."""
    arrays = {name: value.tolist() for name, value in parts._asdict().items() if np.ndim(value)}
    return parts._replace(**arrays)


def _by_line(line: Ints, count: int) -> tuple[Ints, Ints]:
    """Where those on each line begin, and which they are; those on no line are left out."""
    order = np.argsort(line, kind="stable")
    order = order[np.searchsorted(line[order], 0) :]
    return np.searchsorted(line[order], np.arange(count + 1)), order


def _readers(parts: list[tuple[Gates, Ints]], size: int) -> tuple[Ints, Ints, Ints]:
    """For each unit where its readers begin; which gates they are, and twice their weights."""
    inputs = np.concatenate([units[gates.inputs] for gates, units in parts])
    weights = _twice(np.concatenate([gates.weights for gates, _ in parts]))
    counts = np.concatenate([np.diff(gates.start) for gates, _ in parts])
    gate = np.repeat(np.arange(len(counts)), counts)
    order = np.argsort(inputs, kind="stable")
    start = np.searchsorted(inputs[order], np.arange(size + 1))
    return start, gate[order], weights[order]


def _twice(values: NDArray[np.float64] | Ints) -> Ints:
    """Biases are multiples of a half."""
    doubled: Ints = np.rint(2 * values).astype(np.int64)
    return doubled
