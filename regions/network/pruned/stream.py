"""From a network to the streams of its regions, which the kernels prune."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Floats, Gates, Ints, Network
from regions.network.pruned.kernels import openers
from regions.network.pruned.pruning import FIRES, OPEN

GROWTH = 4
"""Tokens of a stream for each input of the network: shared gates are repeated within this bound."""

SMALL = 4096
"""Tokens that a stream may have in any case: to prune a thousand takes microseconds."""


@dataclass(frozen=True, eq=False)
class Stream:
    """A region as a formula of AND, OR and sums; `pruning.py` tells what the tokens say.

    Attributes:
        tokens: `(n,)` int32.
        depth: Gates that can be open at once, at most.
        lines: `(k, 4)`: for each literal, weights of x and y, bias, and 1 if it is a negation. A
            curve, which has further terms, also has twice its row in `curves`, from 1 on.
        first: `(k + 1,)` where the further terms of each literal begin.
        feature: `(t,)` the row in `monomials` of each further term, ascending for each literal.
        weight: `(t,)` its weight.
        curves: `(c, side * side)` all terms of each curve: the coefficient of `x^i y^j` stands at
            `i * side + j`, and `side - 1` is the highest degree.
        monomials: `(m, 2)` exponents of the features that occur; x and y are the first two.
    """

    tokens: NDArray[np.int32]
    depth: int
    lines: Floats
    first: Ints
    feature: Ints
    weight: Floats
    curves: Floats
    monomials: Ints


class _Opened(NamedTuple):
    """The gates of a network as nested AND, OR and sums; see `opening.open_gates`."""

    states: NDArray[np.int8]
    start: Ints
    units: Ints
    weights: Ints
    ops: NDArray[np.int8]
    needs: Ints
    sizes: Floats
    depths: Ints


def streams(network: Network) -> tuple[Stream | None, ...]:
    """One for each region; None where a stream would be too long for what it saves."""
    opened = _opened(network)
    return tuple(_stream(network, opened, output.unit) for output in network.outputs)


def _opened(network: Network) -> _Opened:
    gates, count, length = network.gates, network.n_gates, len(network.gates.inputs)
    order = heaviest_first(gates)
    result = _Opened(
        states=np.zeros(count, dtype=np.int8),
        start=np.zeros(count + 1, dtype=np.int64),
        units=np.zeros(length, dtype=np.int64),
        weights=np.zeros(length, dtype=np.int64),
        ops=np.zeros(length, dtype=np.int8),
        needs=np.zeros(count, dtype=np.int64),
        sizes=np.zeros(count),
        depths=np.zeros(count, dtype=np.int64),
    )
    # Copies: an array that cannot be written to is another type to Numba.
    openers()["open_gates"](
        gates.start.copy(),
        gates.inputs[order],
        gates.weights[order],
        gates.bias.copy(),
        network.n_separators,
        *result,
    )
    return result


def heaviest_first(gates: Gates) -> Ints:
    """The places of all inputs, gate by gate, by falling magnitude of weight, then by unit."""
    gate = np.repeat(np.arange(len(gates)), np.diff(gates.start))
    magnitudes = np.abs(gates.weights)
    heaviest, last = int(magnitudes.max(initial=0)), int(gates.inputs.max(initial=0))
    if (len(gates) + 1) * (heaviest + 1) * (last + 1) > np.iinfo(np.int64).max:
        return np.lexsort((gates.inputs, -magnitudes, gate))
    # In one key, most of which is in order already: a stable sort makes use of that.
    key = (gate * (heaviest + 1) + heaviest - magnitudes) * (last + 1) + gates.inputs
    return np.argsort(key, kind="stable")


def _stream(network: Network, opened: _Opened, unit: int) -> Stream | None:
    gate = unit - network.n_separators
    if gate < 0:
        alone = np.array([-8, 0], dtype=np.int32)
        return _with_literals(network, alone, 1, np.array([unit]), np.zeros(1))
    if opened.states[gate] != OPEN:
        # A chain of nothing is true; a sum of nothing reaches no 1.
        constant = [-4] if opened.states[gate] == FIRES else [-13, 1, 0]
        tokens = np.array(constant, dtype=np.int32)
        return _with_literals(network, tokens, 1, np.zeros(0, dtype=np.int64), np.zeros(0))
    if opened.sizes[gate] > max(SMALL, GROWTH * len(network.gates.inputs)):
        return None
    size, depth = int(opened.sizes[gate]), int(opened.depths[gate])
    tokens = np.empty(size, dtype=np.int32)
    separators, flips = np.empty(size, dtype=np.int64), np.empty(size)
    length, literals = openers()["write_stream"](
        gate,
        network.n_separators,
        *opened[1:6],
        tokens,
        separators,
        flips,
        np.empty((5, depth + 1), dtype=np.int64),
    )
    return _with_literals(network, tokens[:length], depth, separators[:literals], flips[:literals])


def _with_literals(
    network: Network, tokens: NDArray[np.int32], depth: int, separators: Ints, flips: Floats
) -> Stream:
    weights = network.weights.take(separators, axis=0)
    literal, further = np.nonzero(weights[:, 2:])
    first = np.searchsorted(literal, np.arange(len(separators) + 1))
    curved = np.diff(first) > 0
    # Only what occurs has bounds, and counts for the degree.
    used, feature = np.unique(further + 2, return_inverse=True)
    monomials = np.array(network.features, dtype=np.int64)[[0, 1, *used]]
    side = int(monomials.sum(axis=1).max()) + 1
    bias = network.bias[separators]
    curves = np.zeros((int(curved.sum()), side * side))
    curves[:, monomials @ [side, 1]] = weights[curved][:, [0, 1, *used]]
    curves[:, 0] = bias[curved]
    numbers = np.where(curved, np.cumsum(curved), 0)
    lines = np.column_stack([weights[:, :2], bias, flips + 2.0 * numbers])
    return Stream(
        tokens=tokens,
        depth=depth,
        lines=np.ascontiguousarray(lines),
        first=first,
        feature=feature + 2,
        weight=weights[:, 2:][literal, further],
        curves=curves,
        monomials=monomials,
    )
