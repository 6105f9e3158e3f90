"""A separator's numbers as a diagram shows them: neat ones where there are, else shortened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from regions.draw.ticks import MINUS
from regions.geometry.polynomials import Monomial, Polynomial, collected
from regions.network.model import Network
from regions.network.neat import Neat, neat_separator, sum_text

LONGEST = 11
"""Letters of a number that is written in full: 29.390485 with its sign, or a northing."""

DIGITS = 3
"""Of a longer one."""

NEARLY = "≈"
DECIMALS = "~"

SCALED = "neat multiples of the network's numbers: a positive factor moves no border"

JOINED = "\N{NO-BREAK SPACE}"
"""Within a summand: an inequality is broken before a sign."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Numbers:
    """A separator: it fires where the weighted sum of the features plus the bias is at least 0.

    Attributes:
        weights: What is shown of each that is not 0, by monomial.
        bias: Likewise.
        text: The whole inequality, to be broken at its plain spaces.
        rounded: Whether the network holds the doubles nearest to these decimals.
        scaled: Whether the network's numbers are these times a positive number.
    """

    weights: tuple[tuple[Monomial, str], ...]
    bias: str
    text: str
    rounded: bool = False
    scaled: bool = False


@dataclass(frozen=True)
class Reading:
    """Some separators, all over the same two inputs.

    Attributes:
        letters: `xy`, or `uv` where the numbers are over the network's own coordinates.
        numbers: By separator.
        notes: What has to be said about them.
    """

    letters: str
    numbers: dict[int, Numbers]
    notes: tuple[str, ...]


def read_numbers(network: Network, chosen: Sequence[int]) -> Reading:
    """The numbers of some separators: over u and v where none of them is neat."""
    neat = {i: neat_separator(network, i) for i in chosen}
    stored_only = bool(neat) and not any(neat.values())
    letters = "uv" if stored_only and not _is_own(network) else "xy"
    numbers = {
        i: _neat(network, i, found) if found else _stored(network, i, letters)
        for i, found in neat.items()
    }
    return Reading(letters, numbers, tuple(_notes(network, letters, numbers.values())))


def short_number(number: Fraction | float) -> str:
    """A number in full if it is short, else its first digits behind a sign that says so."""
    full = sum_text([(number, "")])
    if len(full) > LONGEST:
        rounded = f"{float(number):.{DIGITS}g}"
        full = rounded if Fraction(rounded) == Fraction(number) else f"{NEARLY}{rounded}"
    return full.replace("-", MINUS)


def power_name(monomial: Monomial, letters: str = "xy") -> str:
    """`x²y`."""
    powers = [
        letter + (str(power).translate(_RAISED) if power > 1 else "")
        for letter, power in zip(letters, monomial, strict=True)
        if power
    ]
    return "".join(powers)


def _is_own(network: Network) -> bool:
    """Whether the network computes in the user's coordinates."""
    return network.center == (0.0, 0.0) and network.exponent == 0


def _neat(network: Network, index: int, neat: Neat) -> Numbers:
    numbers = _numbers(neat.polynomial, "xy")
    scaled = neat.polynomial != _polynomial(network, index, "xy")
    return replace(numbers, rounded=not neat.exact, scaled=scaled)


def _stored(network: Network, index: int, letters: str) -> Numbers:
    return _numbers(_polynomial(network, index, letters), letters)


def _polynomial(network: Network, index: int, letters: str) -> Polynomial:
    """The network's own numbers, multiplied out where they have to be over x and y."""
    weights = zip(network.features, network.weights[index].tolist(), strict=True)
    terms = [(monomial, Fraction(weight)) for monomial, weight in weights]
    stored = collected([*terms, ((0, 0), Fraction(float(network.bias[index])))])
    if letters == "uv" or _is_own(network):
        return stored
    scale = Fraction(2) ** network.exponent
    x, y = map(Fraction, network.center)
    return stored.rescaled(scale, (-scale * x, -scale * y))


def _numbers(polynomial: Polynomial, letters: str) -> Numbers:
    terms = {monomial: number for monomial, number in polynomial.terms if number}
    bias = terms.pop((0, 0), Fraction(0))
    degree = {monomial: (sum(monomial), monomial[0]) for monomial in terms}
    falling = sorted(terms, key=lambda m: (-degree[m][0], -degree[m][1]))
    summands = [(short_number(terms[m]), power_name(m, letters)) for m in falling]
    if bias or not summands:
        summands.append((short_number(bias), ""))
    return Numbers(
        weights=tuple((m, short_number(terms[m])) for m in reversed(falling)),
        bias=short_number(bias),
        text=f"{_sum(summands)}{JOINED}≥{JOINED}0",
    )


def _sum(summands: Sequence[tuple[str, str]]) -> str:
    """As `neat.sum_text`, of numbers that are words by now."""
    text = ""
    nearly = any(NEARLY in number for number, _ in summands)
    for number, name in summands:
        number = number.removeprefix(NEARLY)
        negative = number.startswith(MINUS)
        size = number.removeprefix(MINUS)
        factor = JOINED.join(filter(None, ("" if name and size == "1" else size, name)))
        if text:
            text += f" {MINUS if negative else '+'}{JOINED}{factor}"
        else:
            text = f"{MINUS}{factor}" if negative else factor
    return f"{NEARLY}{JOINED}{text}" if nearly else text


def _notes(network: Network, letters: str, numbers: Iterable[Numbers]) -> Iterable[str]:
    shown = list(numbers)
    if letters == "uv":
        yield f"the network computes with {_own_coordinates(network)}"
    elif shown and not _is_own(network):
        yield f"numbers over x and y; the network computes with {_own_coordinates(network)}"
    if any(each.scaled for each in shown):
        yield SCALED
    if any(each.rounded for each in shown):
        yield f"{DECIMALS} decimals, of which the network holds the nearest doubles"
    if any(NEARLY in f"{each.text}{each.bias}" for each in shown):
        yield f"{NEARLY} rounded to {DIGITS} digits; the network file holds them all"


def _own_coordinates(network: Network) -> str:
    x, y = (_coordinate(axis, network, place) for place, axis in enumerate("xy"))
    return f"u = {x} and v = {y}"


def _coordinate(letter: str, network: Network, place: int) -> str:
    """How u is made of x."""
    center, exponent = network.center[place], network.exponent
    shifted = sum_text([(1, letter), (-center, "")]) if center else letter
    if exponent and center:
        shifted = f"({shifted})"
    power = str(exponent).translate(_RAISED)
    return f"{shifted.replace('-', MINUS)}" + (f" · 2{power}" if exponent else "")
