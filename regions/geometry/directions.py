"""Unit vectors with rational coordinates, for angles whose sine and cosine are irrational.

A rational t gives the point `((1 - t^2) / (1 + t^2), 2 t / (1 + t^2))`, exactly on the unit circle,
at the angle `2 atan t`. So a direction can be rational, exactly of length 1, and as near to the
wanted one as one likes.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

DIRECTION_ERROR = 2.0**-120
"""Radians between a direction and the angle it stands for: far below the 2^-53 of doubles, so that
no comparison with a network's doubles depends on it."""

_BITS = 140
_ONE = 1 << _BITS


def rational_direction(degrees: float | Fraction) -> tuple[Fraction, Fraction]:
    """Cosine and sine, rational and with squares that sum up to 1, of an angle near the given one.

    Exact for multiples of 90 degrees; otherwise within `DIRECTION_ERROR`.
    """
    quarter, rest = divmod(Fraction(degrees) % 360, 90)
    cosine, sine = _first_quarter(rest) if rest else (Fraction(1), Fraction(0))
    match quarter:
        case 0:
            return cosine, sine
        case 1:
            return -sine, cosine
        case 2:
            return -cosine, -sine
        case _:
            return sine, -cosine


def rounded_direction(degrees: float | Fraction) -> tuple[Fraction, Fraction]:
    """Cosine and sine of an angle, each rounded once to a double.

    Exact where they are doubles, as at multiples of 90 degrees and for the cosine of 60. A quarter
    turn more exchanges the two exactly, so opposite angles have exactly opposite directions.
    """
    cosine, sine = rational_direction(degrees)
    return Fraction(float(cosine)), Fraction(float(sine))


def library_direction(degrees: float) -> tuple[Fraction, Fraction]:
    """Cosine and sine as the mathematical library rounds them: exact for multiples of 90 degrees.

    The angle is rounded to radians first, so the last bit may be another one than that of
    `rounded_direction`. The curves of ellipses and SVG files are made with these.
    """
    turned = degrees % 360.0
    if turned % 90.0 == 0.0:
        return rational_direction(turned)
    radians = math.radians(turned)
    return Fraction(math.cos(radians)), Fraction(math.sin(radians))


def _first_quarter(degrees: Fraction) -> tuple[Fraction, Fraction]:
    """By `t = tan(angle / 2) = sin / (1 + cos)`, in fixed point."""
    sine, cosine = _sine_and_cosine(int(degrees * _pi() / 180))
    # A denominator that is a power of two keeps the numbers short.
    t = sine * _ONE // (_ONE + cosine)
    square = _ONE * _ONE + t * t
    return Fraction(_ONE * _ONE - t * t, square), Fraction(2 * t * _ONE, square)


def _sine_and_cosine(angle: int) -> tuple[int, int]:
    """Taylor's series in units of 2^-140; each of some 45 terms loses less than 2 units."""
    sums = [0, 0]
    term, k = _ONE, 0
    while term:
        sums[1 - k % 2] += -term if k % 4 >= 2 else term
        k += 1
        term = term * angle // (_ONE * k)
    return sums[0], sums[1]


@cache
def _pi() -> int:
    """Machin (1706): pi = 16 atan(1/5) - 4 atan(1/239), in units of 2^-140."""
    return 16 * _inverse_tangent(5) - 4 * _inverse_tangent(239)


def _inverse_tangent(n: int) -> int:
    """atan(1/n) = 1/n - 1/(3 n^3) + 1/(5 n^5) - ..."""
    total, power, k = 0, _ONE // n, 1
    while power:
        total += power // k if k % 4 == 1 else -(power // k)
        power //= n * n
        k += 2
    return total
