"""Comparisons to the separators and gates of a network: exact, unit by unit.

A network's units are `H(z) = 1 if z >= 0 else 0`. What else a person may write comes to that:

    z > 0                 NOT H(-z): the unit H(-z) is stored *turned*, and its readers know
    outputs -1 and +1     h' = 2 h - 1: half of w h' is w h - w/2
    a turned unit         1 - h, and half of w (1 - 2 h) is w/2 - w h
    rational weights      times the least positive number that makes them whole
    S + c >= 0, S whole   S >= t with t = ceil(-c), so H(S + 1/2 - t)
    S + c > 0, S whole    S >= t with t = floor(-c) + 1

So the number of units is the number that the person wrote. Only a region that is a turned separator
by itself takes one gate more, its NOT.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regions.network.model import WEIGHT_LIMIT, Monomial
from regions.text.algebra.expression import Comparison
from regions.text.algebra.sums import CONSTANT, SumError


@dataclass(frozen=True)
class Separator:
    """A separator as it is stored.

    Attributes:
        weights: One for each feature.
        bias: Its bias.
        turned: Whether it fires exactly where the written unit does not.
        exact: Whether no number was rounded.
    """

    weights: tuple[float, ...]
    bias: float
    turned: bool
    exact: bool


@dataclass(frozen=True)
class Gate:
    """A gate as it is stored: earlier units by name, integer weights and a half-integer bias."""

    inputs: tuple[str, ...]
    weights: tuple[int, ...]
    bias: float


def separator(comparison: Comparison, features: Sequence[Monomial]) -> Separator:
    """The separator that says a comparison over some of the features.

    Each coefficient, exact so far, becomes the nearest double.

    Raises:
        SumError: A number is too large or too small for a double.
    """
    sign = -1 if comparison.strict else 1
    exact = [sign * comparison.sum.get(term, Fraction(0)) for term in (*features, CONSTANT)]
    *weights, bias = rounded = [nearest_double(number) for number in exact]
    unrounded = all(Fraction(a) == b for a, b in zip(rounded, exact, strict=True))
    return Separator(tuple(weights), bias, comparison.strict, unrounded)


def nearest_double(number: Fraction) -> float:
    """The nearest double.

    Raises:
        SumError: It is infinite, or 0 for a number that is not 0.
    """
    try:
        rounded = float(number)
    except OverflowError:
        raise SumError("a number is too large for a double") from None
    if number and not rounded:
        raise SumError("a number is too small for a double")
    return rounded


def gate(comparison: Comparison, turned: Collection[str], signs: bool) -> Gate:
    """The gate that says a comparison over earlier units.

    Args:
        comparison: Over units only, or without any: then the gate is a constant.
        turned: Those of them that are stored turned.
        signs: Whether the outputs that the comparison adds up are -1 and +1.

    Raises:
        SumError: The weights, made whole, add up to 2^23 or more.
    """
    weights, constant = _over_stored(comparison, turned, signs)
    factor = math.lcm(*(weight.denominator for weight in weights.values()))
    whole = {unit: int(weight * factor) for unit, weight in weights.items() if weight}
    if sum(map(abs, whole.values())) >= WEIGHT_LIMIT:
        raise SumError("made whole, the weights of this unit add up to 2^23 or more")
    least = -constant * factor
    threshold = math.floor(least) + 1 if comparison.strict else math.ceil(least)
    # A threshold beyond all sums says no more than the first one there.
    low = sum(weight for weight in whole.values() if weight < 0)
    high = sum(weight for weight in whole.values() if weight > 0)
    bias = 0.5 - min(max(threshold, low), high + 1)
    return Gate(tuple(whole), tuple(whole.values()), bias)


def negation(unit: str) -> Gate:
    """NOT."""
    return Gate((unit,), (-1,), 0.5)


def _over_stored(
    comparison: Comparison, turned: Collection[str], signs: bool
) -> tuple[dict[str, Fraction], Fraction]:
    """The weights of the units as they are stored, and the constant; of -1 and +1 half of both."""
    weights: dict[str, Fraction] = {}
    constant = comparison.sum.get(CONSTANT, Fraction(0)) / (2 if signs else 1)
    for unit, weight in comparison.sum.items():
        if isinstance(unit, tuple):
            continue
        weights[unit] = -weight if unit in turned else weight
        if signs:
            constant -= weights[unit] / 2
        elif unit in turned:
            constant += weight
    return weights, constant
