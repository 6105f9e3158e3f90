"""Curved separators read as the circles and ellipses that they are roundings of.

A compiler multiplies out a circle's polynomial in the network's coordinates, scales it, and rounds
each coefficient once. So a separator is read as a circle or an ellipse of the shape if, in the
network's coordinates and up to a factor, each coefficient is the exact one up to `CONIC_READING` of
itself; where an ellipse is turned, also up to what a rounded sine and cosine change.

How far the curve may lie from the separator's: let p be the separator's polynomial, q the conic's,
m the factor and e = p - m q. The conic scaled by s about its centre is where `q = K (1 - s^2)`, K
being q at the centre. Let |e| <= E in the square about it of twice its size. Where |m q| > E, p has
the sign of m q; so the separator's curve lies between the conic scaled by 1 - h and by 1 + h, with
`h = E / (|m| K)`, if h <= 1/2, and there is a point of it on each ray from the centre. Beyond the
square q grows with s^2, and e at most so. So the two are within h times the larger half-axis of one
another, in the whole plane.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from regions.check.curves.definition import Conic
from regions.check.curves.frames import NetworkFrame
from regions.geometry.directions import DIRECTION_ERROR
from regions.geometry.polynomials import Monomial, Point, Polynomial, circle, ellipse

CONIC_READING = 2.0**-50
"""Of a coefficient: 8 roundings. The coefficient and the one that gives the factor take one each;
the others are for coefficients that somebody computed in doubles."""

TURN = 2.0**-49
"""Of an ellipse's angle, which lies between 0 and 2 pi radians: what the conversion from degrees,
sine and cosine lose, 16 roundings."""

LENGTH = 2.0**-51
"""By which the squares of a rounded sine and cosine miss the sum 1."""

_UP = 1 + 2.0**-40
"""A factor that makes a rounded bound a bound."""


_NONE = Polynomial()


class ReadConic(NamedTuple):
    """What a separator is read as.

    Attributes:
        conic: Of the shape.
        sign: 1 if the separator fires inside, -1 if outside.
        distance: Within which each curve lies of the other.
    """

    conic: Conic
    sign: int
    distance: float


class ConicReader:
    """Knows a shape's circles and ellipses in a network's coordinates."""

    def __init__(self, frame: NetworkFrame, conics: tuple[Conic, ...]) -> None:
        self._frame = frame
        self._conics = [(conic, *self._prepared(conic)) for conic in conics]

    def _prepared(self, conic: Conic) -> tuple[Polynomial, Polynomial]:
        """Its polynomial, and how far each coefficient of it may be off by the direction."""
        exact = self._frame.from_user(_quadratic(conic, conic.direction))
        slack: dict[Monomial, Fraction] = {}
        for direction in _neighbours(conic) if conic.turned else ():
            other = self._frame.from_user(_quadratic(conic, direction))
            for monomial, change in (other - exact).terms:
                slack[monomial] = slack.get(monomial, Fraction(0)) + abs(change)
        return exact, Polynomial(tuple(slack.items()))

    def read(self, inner: Polynomial) -> ReadConic | None:
        """The conic of a separator, given its polynomial in the network's coordinates."""
        if inner.degree != 2:
            return None
        found = [self._judged(inner, *prepared) for prepared in self._conics]
        return min((f for f in found if f is not None), key=lambda f: f.distance, default=None)

    def _judged(
        self, own: Polynomial, conic: Conic, exact: Polynomial, slack: Polynomial
    ) -> ReadConic | None:
        factor = multiple(own, exact, slack)
        if factor is None:
            return None
        distance = _distance(self._frame.to_user(own * (1 / factor) - exact), conic)
        sign = 1 if factor > 0 else -1
        return None if distance is None else ReadConic(conic, sign, distance)


def _quadratic(conic: Conic, direction: Point) -> Polynomial:
    first, second = conic.radii
    if first == second:
        return circle(conic.center, first)
    return ellipse(conic.center, conic.radii, direction)


def _neighbours(conic: Conic) -> Iterator[Point]:
    """Directions turned, and longer, by as much as rounding may do."""
    cosine, sine = conic.direction
    radians = math.radians(conic.degrees % 360)
    turn = Fraction(TURN) * Fraction(radians) + Fraction(DIRECTION_ERROR)
    yield cosine - turn * sine, sine + turn * cosine
    yield cosine * (1 + Fraction(LENGTH)), sine * (1 + Fraction(LENGTH))


def multiple(own: Polynomial, exact: Polynomial, slack: Polynomial = _NONE) -> Fraction | None:
    """The factor of which a polynomial, times another, is a rounding; None if there is none.

    Args:
        own: Rounded.
        exact: Each of its coefficients, times the factor, is one up to `CONIC_READING` of itself.
        slack: By how much its coefficients may also be off.
    """
    factor = _factor(own, exact, slack)
    if not factor:
        return None
    rest = own - factor * exact
    sizes = Polynomial(tuple((monomial, abs(factor * c)) for monomial, c in exact.terms))
    band = Fraction(CONIC_READING) * sizes + 2 * abs(factor) * slack
    misses = (abs(change) > band.coefficient(monomial) for monomial, change in rest.terms)
    return None if any(misses) else factor


def _factor(own: Polynomial, exact: Polynomial, slack: Polynomial) -> Fraction:
    """The quotient of the largest coefficients, of those that the direction changes least."""

    def doubt(term: tuple[Monomial, Fraction]) -> tuple[Fraction, Fraction]:
        monomial, c = term
        return slack.coefficient(monomial) / abs(c), -abs(c)

    monomial, c = min(exact.terms, key=doubt)
    return own.coefficient(monomial) / c


def _distance(error: Polynomial, conic: Conic) -> float | None:
    """The bound at the head of this file, None where it does not hold.

    Args:
        error: `e / m`, in the user's coordinates.
        conic: Of the shape.
    """
    size = max(conic.radii)
    about = error.rescaled(1, conic.center)
    largest = sum((abs(c) * (2 * size) ** (i + j) for (i, j), c in about.terms), Fraction(0))
    at_center = _quadratic(conic, conic.direction)(*conic.center)
    if 2 * largest > at_center:
        return None
    turned = DIRECTION_ERROR if conic.turned else 0.0
    return _UP * float((largest / at_center + Fraction(turned)) * size)
