"""The composed network: one matrix and one bias for each layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from regions.geometry.polynomials import Polynomial
from regions.network.model import Network
from regions.story.explain.document import Block, Layer, Span, counted, joined, para
from regions.story.explain.formula import (
    Formula,
    Heaviside,
    Letter,
    Product,
    Sum,
    Tuple,
    monomial,
    number,
    relation,
    weighted,
)
from regions.story.explain.units import Units

MOST_ROWS = 12
MOST_COLUMNS = 12
"""Of a matrix that is printed."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A neuron of a strict layer.

    Attributes:
        unit: Of the network itself; a relay repeats that unit's answer.
        relay: Whether it is one.
        weights: By place in the layer below.
        bias: Likewise.
    """

    unit: int
    relay: bool
    weights: dict[int, Fraction]
    bias: Fraction


def matrices(units: Units) -> Iterator[Block]:
    """All layers as matrices, or their sizes in words where these are too large to be read."""
    network = units.network
    if not network.n_separators:
        answer = int(network.gates.bias[network.output().unit] >= 0)
        yield para(f"No line is needed: the network is a neuron that always answers {answer}.")
        return
    if network.size == 1:
        yield para("The network is this one neuron.")
        return
    if max(network.size, network.n_separators) > MOST_ROWS * (network.depth + 1):
        yield from _in_words(network)
        return
    layers = _strict(network)
    readable = all(len(layer) <= MOST_ROWS for layer in layers)
    if not (readable and len(network.features) <= MOST_COLUMNS and _all_neat(units)):
        yield from _in_words(network)
        return
    yield from _printed(units, layers)


def _all_neat(units: Units) -> bool:
    return all(units.reading(i).neat for i in range(units.network.n_separators))


def _printed(units: Units, layers: list[list[_Row]]) -> Iterator[Block]:
    phi = Tuple(tuple(monomial(m) or number(1) for m in units.network.features))
    yield para(
        "Layer by layer, with ", relation(Letter("phi"), "=", phi), " and ",
        Letter("H"), " applied to each component:",
    )  # fmt: skip
    below: tuple[Formula, ...] = phi.items
    for place, layer in enumerate(layers, 1):
        outputs = tuple(units.symbol(row.unit) for row in layer)
        rows = (
            [_separator_row(units, row.unit) for row in layer]
            if place == 1
            else [
                (tuple(row.weights.get(i, Fraction(0)) for i in range(len(below))), row.bias)
                for row in layer
            ]
        )
        yield Layer(
            Letter("h", layer=place),
            outputs,
            tuple(weights for weights, _ in rows),
            below,
            tuple(bias for _, bias in rows),
        )
        below = outputs
    if relays := [(k, row) for k, layer in enumerate(layers, 1) for row in layer if row.relay]:
        yield para(*_relays(units, relays))
    last = layers[-1][0]
    yield para("The answer of the network is ", units.symbol(last.unit), ".")


def _relays(units: Units, relays: list[tuple[int, _Row]]) -> Iterator[Span]:
    """What a relay is, and which there are."""
    first = units.symbol(relays[0][1].unit)
    repeated = Heaviside(weighted([(1, first), (Fraction(-1, 2), None)]))
    yield f"Each layer reads only the one before it, so {counted(len(relays), 'relay')} "
    yield ("carries" if len(relays) == 1 else "carry") + " an answer on: "
    yield relation(repeated, "=", first)
    yield ". They repeat, in layer "
    by_layer: dict[int, list[int]] = {}
    for layer, row in relays:
        by_layer.setdefault(layer, []).append(row.unit)
    yield from joined(
        [
            (f"{layer} ", *joined([(units.symbol(u),) for u in which]))
            for layer, which in by_layer.items()
        ],
        "; in layer ",
    )
    yield "."


def _separator_row(units: Units, unit: int) -> tuple[tuple[Fraction, ...], Fraction]:
    network = units.network
    if unit >= network.n_separators:
        constant = Fraction(float(network.gates.bias[unit - network.n_separators]))
        return (Fraction(0),) * len(network.features), constant
    shown: Polynomial = units.reading(unit).polynomial
    weights = tuple(shown.coefficient(m) for m in network.features)
    return weights, shown.coefficient((0, 0))


def _strict(network: Network) -> list[list[_Row]]:
    """The strict layers, each neuron traced back to the network's own unit."""
    strict = network.layered()
    own = {name: unit for unit, name in enumerate(network.names)}
    origin: list[int] = []
    layers: list[list[_Row]] = [[] for _ in range(strict.depth)]
    place: list[int] = []
    for unit, name in enumerate(strict.names):
        gate = unit - strict.n_separators
        row = strict.gates.row(gate) if gate >= 0 else slice(0, 0)
        inputs = strict.gates.inputs[row].tolist()
        weights = strict.gates.weights[row].tolist()
        relay = name not in own
        origin.append(origin[inputs[0]] if relay else own[name])
        total: dict[int, Fraction] = {}
        for source, weight in zip(inputs, weights, strict=True):
            total[place[source]] = total.get(place[source], Fraction(0)) + weight
        bias = Fraction(float(strict.gates.bias[gate])) if gate >= 0 else Fraction(0)
        layer = layers[int(strict.levels[unit]) - 1]
        place.append(len(layer))
        layer.append(_Row(origin[-1], relay, total, bias))
    return layers


def _in_words(network: Network) -> Iterator[Block]:
    """Sizes only."""
    depth = network.depth
    levels = np.bincount(network.levels, minlength=depth + 1)[1 : depth + 1].tolist()
    features = counted(len(network.features), "feature")
    w, b = Letter("W", layer=1), Letter("b", layer=1)
    first = Heaviside(Sum((Product((w, Letter("phi"))), b)))
    yield para(
        "The matrices are too large to be printed, or their numbers too long. The first layer is ",
        relation(Letter("h", layer=1), "=", first),
        f" with {counted(levels[0], 'row')} and {features}",
        *((
            "; the gates stand in " + counted(depth - 1, "layer") + " above it, of "
            + _counts(levels[1:]) + "."
        ,) if depth > 1 else (".",)),
    )  # fmt: skip
    if network.n_gates:
        entries = network.n_separators * len(network.features)
        yield para(
            f"In all there are {counted(network.size, 'neuron')}, "
            f"{counted(entries, 'weight')} of separators and "
            f"{counted(len(network.gates.inputs), 'weight')} of gates. "
            "A gate may read any layer below it."
        )


def _counts(levels: list[int]) -> str:
    *most, last = [f"{count:,}" for count in levels]
    return f"{', '.join(most)} and {last} neurons" if most else f"{last} neurons"
