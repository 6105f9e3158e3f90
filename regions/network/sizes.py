"""Facts about a network's size, counted without building another network."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from regions.network.model import Floats, Network


@dataclass(frozen=True, slots=True)
class Sizes:
    """How wide, how heavy and how deep a network is, beside its number of units.

    Attributes:
        connections: Inputs of all gates together.
        largest_weight: Largest absolute weight of a gate, 0 without gates.
        largest_fan_in: Most inputs of a gate, 0 without gates.
        distinct_lines: Separators, curves among them, up to a factor other than 0: `H(z)` and
            `H(-z)` have one line. Compared exactly; two roundings of one line count as two.
        relays: Units that `Network.layered()` adds, to carry values across layers.
    """

    connections: int
    largest_weight: int
    largest_fan_in: int
    distinct_lines: int
    relays: int


def sizes(network: Network) -> Sizes:
    """Count. Time and memory grow with the network's own size only."""
    gates = network.gates
    return Sizes(
        connections=len(gates.inputs),
        largest_weight=int(np.abs(gates.weights).max(initial=0)),
        largest_fan_in=int(np.diff(gates.start).max(initial=0)),
        distinct_lines=distinct_lines(np.column_stack([network.weights, network.bias])),
        relays=relays(network),
    )


def relays(network: Network) -> int:
    """Units that `layered()` adds.

    A unit is repeated in each layer above its own, up to the one below its highest reader, and an
    output up to the last. Layers above all outputs are left out there, and so they are here.
    """
    levels, depth = network.levels, network.depth
    needed = levels.copy()
    readers = np.repeat(levels[network.n_separators :], np.diff(network.gates.start))
    np.maximum.at(needed, network.gates.inputs, readers - 1)
    needed[[output.unit for output in network.outputs]] = depth
    spans = np.minimum(needed, depth) - levels
    return int(spans[levels <= depth].sum())


def distinct_lines(coefficients: Floats) -> int:
    """Rows up to a factor other than 0, compared exactly.

    Divided by its largest entry, a row is the same, to the last bit, as a multiple of it: a
    correctly rounded quotient depends on the exact one alone. So equal quotients are necessary,
    and only rows that share all of theirs are compared as fractions.

    Args:
        coefficients: `(n, m)` finite doubles.
    """
    if not coefficients.size:
        return 0
    rows = np.arange(len(coefficients))
    largest = coefficients[rows, np.abs(coefficients).argmax(axis=1)]
    quotients = coefficients / np.where(largest == 0, 1.0, largest)[:, np.newaxis] + 0.0
    _, group, count = np.unique(quotients, axis=0, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(count[group.ravel()] > 1)
    exact = {_reduced(row) for row in coefficients[shared].tolist()}
    return len(rows) - len(shared) + len(exact)


def _reduced(row: list[float]) -> tuple[int, ...]:
    """The row as whole numbers without a common divisor, the first of them positive."""
    numbers = [Fraction(number) for number in row]
    common = math.lcm(*(number.denominator for number in numbers))
    whole = [int(number * common) for number in numbers]
    divisor = math.gcd(*whole) or 1
    first = next((number for number in whole if number), 1)
    return tuple(number // (divisor if first > 0 else -divisor) for number in whole)
