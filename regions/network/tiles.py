"""What is left of a network on a part of the plane: three-valued propagation, and what stays open.

On a tile most separators are known: they fire everywhere on it, or nowhere. What is known of them
goes through the gates. A gate surely fires if its sum with all open inputs at their worst is at
least 0; it surely does not if that with all of them at their best is below 0. What is left are the
open units on which an output still depends, the known inputs added to the biases of their readers.

Several tiles lie side by side in the same arrays, each with units of its own, and each may be
judged in several cases at once, one a column: the parts into which it is cut, or points in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.network.layers import segment_reduce, segments
from regions.network.model import Bools, Floats, Ints, Network

States: TypeAlias = NDArray[np.int8]

FIRES, SILENT, OPEN = 1, 0, -1
"""What is known of a unit: it fires, it does not, or it may do either."""


@dataclass(frozen=True, eq=False)
class Remainder:
    """What is left of a network on each of several tiles.

    Units are numbered through: the separators of all tiles, then all gates, layer by layer.

    Attributes:
        tile: `(size,)` the tile that each unit belongs to.
        unit: `(size,)` which unit of the network it is; so it has a name.
        layer: `(g,)` of each gate, ascending.
        start: `(g + 1,)` where each gate's inputs begin.
        inputs: `(n,)` units here, of lower layers and of the same tile.
        weights: `(n,)` int32.
        bias: `(g,)` multiples of 1/2.
        outputs: `(t, r)` the unit of each region on each tile; `~FIRES` or `~SILENT` where it is
            known.
    """

    tile: Ints
    unit: Ints
    layer: Ints
    start: Ints
    inputs: Ints
    weights: NDArray[np.int32]
    bias: Floats
    outputs: Ints

    @property
    def n_separators(self) -> int:
        """Separators of all tiles together."""
        return len(self.unit) - len(self.bias)

    @property
    def separators(self) -> Ints:
        """`(s,)` which separator of the network each of them is."""
        return self.unit[: self.n_separators]

    def layers(self) -> Iterator[slice]:
        """Runs of gates that can be judged at once, in order."""
        cuts = [0, *(np.flatnonzero(np.diff(self.layer)) + 1).tolist(), len(self.layer)]
        yield from (slice(a, b) for a, b in itertools.pairwise(cuts) if a < b)

    def answers(self, states: States) -> States:
        """`(t, r, k)` the states of all outputs, given those of all units, `(size, k)`."""
        outputs = self.outputs[..., np.newaxis]
        known = np.repeat((~outputs).astype(np.int8), states.shape[1], axis=2)
        open_ = self.outputs >= 0
        known[open_] = states[self.outputs[open_]]
        return known


def whole(network: Network, units: Ints) -> Remainder:
    """A network as it is, on one tile.

    Args:
        network: Any.
        units: `(r,)` those whose outputs count.
    """
    gates, count = network.gates, network.n_separators
    layer = network.levels[count:]
    order = np.argsort(layer, kind="stable")
    number = np.arange(network.size)
    number[count + order] = np.arange(count, network.size)
    rows, start = segments(gates.start, order)
    return Remainder(
        tile=np.zeros(network.size, dtype=np.int64),
        unit=np.concatenate([np.arange(count), count + order]),
        layer=layer[order],
        start=start,
        inputs=number[gates.inputs[rows]],
        weights=gates.weights[rows].astype(np.int32),
        bias=gates.bias[order],
        outputs=number[units][np.newaxis],
    )


def propagate(rest: Remainder, known: States) -> States:
    """What is known of all units, `(size, k)`, given what is known of the separators, `(s, k)`.

    What it says is true, but not all that is: where one unit stands in a sum by way of several
    gates, that sum may be called open though it never changes its sign.
    """
    first = rest.n_separators
    states = np.empty((len(rest.unit), known.shape[1]), dtype=np.int8)
    states[:first] = known
    for gates in rest.layers():
        terms = slice(rest.start[gates.start], rest.start[gates.stop])
        start = rest.start[gates.start : gates.stop + 1] - terms.start
        weights, bias = rest.weights[terms, np.newaxis], rest.bias[gates, np.newaxis]
        inputs = states[rest.inputs[terms]]
        fires, may_fire = inputs == FIRES, inputs != SILENT
        least = np.where(weights > 0, fires, may_fire) * weights
        most = np.where(weights > 0, may_fire, fires) * weights
        surely = segment_reduce(np.add, least, start, 0) + bias >= 0
        possibly = segment_reduce(np.add, most, start, 0) + bias >= 0
        states[first + gates.start : first + gates.stop] = np.where(
            surely, FIRES, np.where(possibly, OPEN, SILENT)
        )
    return states


def remaining(rest: Remainder, states: States, wanted: Bools) -> Remainder:
    """What is left in the wanted cases of each tile, each a tile of its own from now on.

    A gate that is left with one input goes: its readers read that input, or its negation.

    Args:
        rest: What was left before.
        states: `(size, k)` what `propagate` found in k cases.
        wanted: `(t, k)` which cases of which tiles; the new tiles are in this order, row by row.
    """
    return _spliced(_cut(rest, states, wanted))


def reduced(network: Network, known: States) -> Remainder:
    """What is left of a network's only region, on one tile, given what is known of its separators.

    Args:
        network: Of one region.
        known: `(n_separators,)`.
    """
    rest = whole(network, np.array([network.output().unit]))
    states = propagate(rest, known[:, np.newaxis])
    return remaining(rest, states, np.ones((1, 1), dtype=np.bool_))


def copies(rest: Remainder, count: Ints) -> Remainder:
    """Each tile as often as said, `(t,)`, its copies next to each other.

    The copies of a unit stand next to each other too, in the order of the tiles.
    """
    most = int(count.max(initial=0))
    wanted = np.arange(most) < count[:, np.newaxis]
    return _cut(rest, np.full((len(rest.unit), most), OPEN, dtype=np.int8), wanted)


def _cut(rest: Remainder, states: States, wanted: Bools) -> Remainder:
    """The open units on which a wanted output depends."""
    first = rest.n_separators
    needed = _needed(rest, states, wanted)
    unit, case = np.nonzero(needed)
    number = np.cumsum(needed).reshape(needed.shape) - 1
    split = int(np.searchsorted(unit, first))
    gate = unit[split:] - first
    rows, start = segments(rest.start, gate)
    inputs, cases = rest.inputs[rows], np.repeat(case[split:], np.diff(start))
    known = states[inputs, cases]
    fires = np.where(known == FIRES, rest.weights[rows], 0)
    open_ = np.flatnonzero(known == OPEN)
    tile = np.cumsum(wanted).reshape(wanted.shape) - 1
    return Remainder(
        tile=tile[rest.tile[unit], case],
        unit=rest.unit[unit],
        layer=rest.layer[gate],
        start=np.searchsorted(open_, start),
        inputs=number[inputs[open_], cases[open_]],
        weights=rest.weights[rows[open_]],
        bias=rest.bias[gate] + segment_reduce(np.add, fires, start, 0),
        outputs=_outputs(rest, states, wanted, number),
    )


def _needed(rest: Remainder, states: States, wanted: Bools) -> Bools:
    """`(size, k)` whether a unit is open and a wanted output depends on it."""
    first = rest.n_separators
    needed = np.zeros(states.shape, dtype=np.bool_)
    tile, region = np.nonzero(rest.outputs >= 0)
    output = rest.outputs[tile, region]
    place, case = np.nonzero(wanted[tile] & (states[output] == OPEN))
    needed[output[place], case] = True
    for gates in reversed(list(rest.layers())):
        start = rest.start[gates.start : gates.stop + 1]
        inputs = rest.inputs[start[0] : start[-1]]
        reader = np.repeat(np.arange(first + gates.start, first + gates.stop), np.diff(start))
        term, case = np.nonzero(needed[reader] & (states[inputs] == OPEN))
        needed[inputs[term], case] = True
    return needed


def _outputs(rest: Remainder, states: States, wanted: Bools, number: Ints) -> Ints:
    """`(t, r)` the outputs of the new tiles; `number` is that of each unit in each case."""
    tile, case = np.nonzero(wanted)
    outputs = ~rest.answers(states)[tile, :, case].astype(np.int64)
    place, region = np.nonzero(outputs == ~OPEN)
    outputs[place, region] = number[rest.outputs[tile[place], region], case[place]]
    return outputs


def _spliced(rest: Remainder) -> Remainder:
    """Without gates of one input: an open one is that input, or its negation."""
    first = rest.n_separators
    units = np.arange(len(rest.unit))
    single = np.flatnonzero(np.diff(rest.start) == 1)
    if len(single) == 0:
        return rest
    same, negated = units.copy(), np.zeros(len(units), dtype=np.bool_)
    same[first + single] = rest.inputs[rest.start[single]]
    negated[first + single] = rest.weights[rest.start[single]] < 0
    while (same[same] != same).any():
        negated ^= negated[same]
        same = same[same]
    # An output that is a negation stays: an output is a unit.
    outputs = rest.outputs[rest.outputs >= 0]
    outputs = outputs[negated[outputs]]
    kept = same == units
    kept[outputs] = True
    number = np.cumsum(kept) - 1
    gate = np.flatnonzero(kept[first:])
    rows, start = segments(rest.start, gate)
    inputs, weights = same[rest.inputs[rows]], rest.weights[rows]
    turned = negated[rest.inputs[rows]]
    # w * (1 - h) = w - w * h
    given = segment_reduce(np.add, np.where(turned, weights, 0), start, 0)
    same[outputs] = outputs
    return Remainder(
        tile=rest.tile[kept],
        unit=rest.unit[kept],
        layer=rest.layer[gate],
        start=start,
        inputs=number[inputs],
        weights=np.where(turned, -weights, weights),
        bias=rest.bias[gate] + given,
        outputs=np.where(rest.outputs < 0, rest.outputs, number[same[rest.outputs]]),
    )
