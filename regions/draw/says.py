"""What a unit says, in the few words that fit below a small picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from regions.draw.ticks import MINUS
from regions.draw.wrap import filled
from regions.network.model import Monomial, Network, feature_name
from regions.network.neat import neat_separator, sum_text, user_polynomial
from regions.network.words import gate_kind, gate_words

DIGITS = (3, 2, 1)
"""Of numbers that are rounded, tried in turn until there is room."""

FEW_LINES = 2
"""Numbers that would take more are rounded."""

_PRODUCT = re.compile(r"(?<=[0-9xy]) (?=[xy])")
_POWER = re.compile(r"\^(\d+)")
_AFTER_NOT = re.compile(r"(?<!NOT) ")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def separator_lines(
    network: Network, separator: int, size: float, width: float, most: int
) -> list[str]:
    """`4x - 3y + 12 ≥ 0`, in lines as wide as told.

    Numbers that are too long are rounded, and the leading ones made 1; the sign is then `≈`.

    Args:
        network: Any network.
        separator: Its number.
        size: Of the letters, in points.
        width: Of a line, in points.
        most: Lines.
    """
    lines = filled(_pieces(separator_line(network, separator)), size, width, most + 1)
    if len(lines) <= min(most, FEW_LINES):
        return lines
    for digits in DIGITS:
        rounded = f"≈ {inequality(_rounded(network, separator, digits))}"
        lines = filled(_pieces(rounded), size, width, most + 1)
        if len(lines) <= most:
            return lines
    return filled([_curve(network, separator)], size, width, most)


def separator_line(network: Network, separator: int) -> str:
    """`4x - 3y + 12 ≥ 0`, in full where the numbers are neat, else rounded."""
    neat = neat_separator(network, separator)
    exact = str(neat) if neat else _short(network, separator)
    return (
        inequality(exact) if exact else f"≈ {inequality(_rounded(network, separator, DIGITS[0]))}"
    )


def gate_lines(
    network: Network, gate: int, names: Sequence[str], size: float, width: float, most: int
) -> list[str]:
    """What a gate makes of its inputs, which are named where there is room.

    Args:
        network: Any network.
        gate: Number among the gates.
        names: `(size,)` short names of the units.
        size: Of the letters, in points.
        width: Of a line, in points.
        most: Lines.
    """
    words = _AFTER_NOT.split(gate_words(network, gate, names=names))
    lines = filled(words, size, width, most + 1)
    if len(lines) <= most:
        return lines
    kind = gate_kind(network, gate)
    row = network.gates.row(gate)
    inputs = row.stop - row.start
    if kind is None and most == 1:
        return filled([f"reads {inputs:,} units"], size, width, most)
    if kind is None:
        return filled(words, size, width, most)
    counted = kind if "of" in kind else f"{kind} of {inputs:,}"
    return filled(f"{counted} units".split(), size, width, most)


def _curve(network: Network, separator: int) -> str:
    """What a separator's border is."""
    present = [sum(power) for power, _ in _terms(network, separator)]
    degree = max(present, default=0)
    known = {0: "a constant", 1: "a line", 2: "a conic"}
    return known.get(degree, f"of degree {degree}")


def _pieces(text: str) -> list[str]:
    """A sum's summands with their signs; the last stays with the zero it is compared to."""
    return re.split(rf" (?=[+{MINUS}] )", text)


def inequality(text: str) -> str:
    """A sum as a person writes it, with the sign that says where the unit fires."""
    joined = _PRODUCT.sub("", text)
    raised = _POWER.sub(lambda power: power[1].translate(_RAISED), joined)
    return raised.replace("-", MINUS) + " ≥ 0"


def _rounded(network: Network, separator: int, digits: int) -> str:
    """A separator times a positive number, its weights rounded."""
    terms = _terms(network, separator)
    largest = max((abs(number) for power, number in terms if any(power)), default=Fraction(1))
    return sum_text(
        (float(f"{float(number / largest):.{digits}g}"), feature_name(power))
        for power, number in terms
    )


def _short(network: Network, separator: int) -> str | None:
    """A separator in the numbers that the network holds, if all of them are whole and short."""
    terms = _terms(network, separator)
    if any(number != int(number) or abs(number) >= 10 ** DIGITS[0] for _, number in terms):
        return None
    return sum_text((number, feature_name(power)) for power, number in terms)


def _terms(network: Network, separator: int) -> list[tuple[Monomial, Fraction]]:
    """Powers of x and y with their weights, the highest first."""
    neat = neat_separator(network, separator)
    polynomial = neat.polynomial if neat else user_polynomial(network, separator)
    return sorted(polynomial.terms, key=lambda term: (-sum(term[0]), -term[0][0]))
