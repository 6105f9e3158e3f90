"""A separator as it is explained: its inequality in neat numbers, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.polynomials import Point, Polynomial, collected
from regions.network.model import Network
from regions.network.neat import neat_separator
from regions.story.explain.formula import Formula, Letter, X, Y

LONGEST = 10
"""Letters of a coefficient of degree three and more that is inserted as it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One separator: it fires where `polynomial >= 0`.

    Attributes:
        index: Its number.
        polynomial: Over the user's x and y where it is neat, else as it is stored, over the
            network's own coordinates.
        neat: Whether the numbers are short.
        exact: Whether the stored separator is this times a positive number, nothing rounded.
        ends: The two points a line was drawn through, in the decimals of the spec; None for all
            other separators, and where the inequality shown is not 0 at both.
    """

    index: int
    polynomial: Polynomial
    neat: bool
    exact: bool
    ends: tuple[Point, Point] | None = None

    @property
    def is_line(self) -> bool:
        """Whether it is linear."""
        return self.polynomial.degree == 1


def own_coordinates(network: Network) -> bool:
    """Whether the network computes in the user's coordinates."""
    return network.center == (0.0, 0.0) and network.exponent == 0


def letters(network: Network, reading: Reading) -> tuple[Formula, Formula]:
    """The coordinates that a reading is over."""
    if reading.neat or own_coordinates(network):
        return X, Y
    return Letter("u"), Letter("v")


def read(network: Network, index: int) -> Reading:
    """A separator in neat numbers, or as it is stored where it has none."""
    neat = neat_separator(network, index)
    if neat is None:
        stored = _stored(network, index)
        short = own_coordinates(network) and all(_is_short(c) for _, c in stored.terms)
        return Reading(index, stored, neat=short, exact=True)
    ends = _ends(network, index, neat.polynomial)
    return Reading(index, neat.polynomial, neat=True, exact=neat.exact, ends=ends)


def to_network(network: Network, point: Point) -> Point:
    """A point in the network's coordinates."""
    scale = Fraction(2) ** network.exponent
    x, y = ((c - Fraction(m)) * scale for c, m in zip(point, network.center, strict=True))
    return x, y


def value_at(network: Network, reading: Reading, point: Point) -> Fraction:
    """What a reading says at a point of the user's plane."""
    return reading.polynomial(*(point if reading.neat else to_network(network, point)))


def as_written(value: float) -> Fraction:
    """The shortest decimal that a double stands for."""
    return Fraction(repr(value))


def _is_short(number: Fraction) -> bool:
    return len(repr(float(number))) <= LONGEST and as_written(float(number)) == number


def _stored(network: Network, index: int) -> Polynomial:
    weights = map(Fraction, network.weights[index].tolist())
    terms = zip(network.features, weights, strict=True)
    return collected([*terms, ((0, 0), Fraction(float(network.bias[index])))])


def _ends(network: Network, index: int, polynomial: Polynomial) -> tuple[Point, Point] | None:
    if network.sources is None or polynomial.degree != 1:
        return None
    (px, py), (qx, qy) = network.sources[index].tolist()
    if not all(c == c for c in (px, py, qx, qy)):
        return None
    p, q = (as_written(px), as_written(py)), (as_written(qx), as_written(qy))
    drawn = p != q and polynomial(*p) == 0 == polynomial(*q)
    return (p, q) if drawn else None
