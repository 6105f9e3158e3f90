"""Numbers of arithmetic texts: exact fractions as long as they can be, doubles from there on.

Sums, products, quotients and whole powers of fractions are exact, so that `1/3` becomes the double
nearest to a third, and `0.1 + 0.2` the one nearest to 0.3. Roots, sines and pi are doubles, and so
is all that is reckoned with them, with one rounding an operation.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = Fraction | float

MAX_BITS = 1_000
"""Of a fraction's numerator and of its denominator; a longer one becomes the nearest double.
Without a bound, a chain of squares would double its digits with each link. Within it, no fraction
but 0 is too small for a double."""

MAX_MAGNITUDE = 10**300
"""Largest absolute value of a result: all of them are finite doubles."""

_SINES = {0: Fraction(0), 30: Fraction(1, 2), 90: Fraction(1)}
"""All the sines from 0 to 90 degrees that are rational at a rational angle (Niven 1956)."""


class OutOfDomain(Exception):  # noqa: N818 - named for what it is: no number comes out
    """The operation has no result here; the message says what is wrong."""


def settled(value: Number) -> Number:
    """A result that may go on: within `MAX_MAGNITUDE`, and short or a double.

    Raises:
        OutOfDomain: It is too large.
    """
    if not -MAX_MAGNITUDE <= value <= MAX_MAGNITUDE:
        raise OutOfDomain("the result is beyond 1e300")
    if isinstance(value, float):
        return value
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return value if bits <= MAX_BITS else float(value)


def read(decimal: str) -> Number:
    """The number that decimal digits say, with or without a point and an exponent; exact."""
    _, _, exponent = decimal.lower().partition("e")
    if len(exponent) > 4 or abs(int(exponent or 0)) > 400:
        return settled(float(decimal))
    return settled(Fraction(decimal))


def add(left: Number, right: Number) -> Number:
    """The sum."""
    return settled(left + right)


def subtract(left: Number, right: Number) -> Number:
    """The difference."""
    return settled(left - right)


def multiply(left: Number, right: Number) -> Number:
    """The product."""
    return settled(left * right)


def divide(left: Number, right: Number) -> Number:
    """The quotient.

    Raises:
        OutOfDomain: The divisor is 0.
    """
    if right == 0:
        raise OutOfDomain("this divides by zero")
    return settled(left / right)


def power(base: Number, exponent: Number) -> Number:
    """The power; exact for a whole exponent, where the result is short.

    Raises:
        OutOfDomain: 0 to a negative power, or a negative number to one that is not whole.
    """
    if base == 0 and exponent < 0:
        raise OutOfDomain("0 has no negative power")
    whole = exponent == int(exponent)
    if base < 0 and not whole:
        raise OutOfDomain("a negative number has only whole powers")
    if whole and isinstance(base, Fraction):
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if -MAX_BITS <= bits * exponent <= MAX_BITS:
            return settled(base ** int(exponent))
    try:
        return settled(float(base) ** float(exponent))
    except OverflowError:
        raise OutOfDomain("the result is beyond 1e300") from None


def square_root(value: Number) -> Number:
    """The square root, a double.

    Raises:
        OutOfDomain: The number is negative.
    """
    if value < 0:
        raise OutOfDomain("a negative number has no square root")
    return math.sqrt(value)


def sine(degrees: Number) -> Number:
    """The sine of an angle in degrees: exact at multiples of 30 where it is rational.

    The angle is brought to 0 to 45 degrees first, exactly, so that symmetric angles have symmetric
    sines: `sin(180 - a) = sin(a)` and `cos(90 - a) = sin(a)`, to the last bit.
    """
    turn = Fraction(degrees) % 360
    sign = 1 if turn <= 180 else -1
    turn = min(turn % 180, 180 - turn % 180)
    if turn in _SINES:
        return sign * _SINES[int(turn)]
    if turn <= 45:
        return sign * math.sin(math.radians(turn))
    return sign * math.cos(math.radians(90 - turn))


def cosine(degrees: Number) -> Number:
    """The cosine of an angle in degrees; as `sine`."""
    return sine(Fraction(degrees) + 90)
