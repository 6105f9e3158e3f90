"""Exact sums of coordinates, units and numbers: what both sides of a comparison are.

A sum maps each of its terms to a rational coefficient: monomials `(i, j)` of the coordinates, units
by name, and `(0, 0)` for the constant. A term whose coefficient came out as 0 stays: that it was
written decides what the unit reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

Monomial: TypeAlias = tuple[int, int]
"""`(i, j)` stands for `x^i * y^j`."""

Term: TypeAlias = Monomial | str
Sum: TypeAlias = dict[Term, Fraction]

CONSTANT: Monomial = (0, 0)

MAX_DEGREE = 6
"""Of a monomial: what the feature map of a network may hold."""

MAX_BITS = 4096
"""Of a coefficient's numerator and denominator: twice the longest double's, and quick to add."""


class SumError(Exception):
    """A sum that no unit can compute; the message says what would be right."""


def add(total: Sum, more: Mapping[Term, Fraction], factor: int = 1) -> None:
    """Add `factor` times a sum to another, in place.

    Raises:
        SumError: A number becomes too long.
    """
    for term, number in more.items():
        total[term] = _short(total.get(term, Fraction(0)) + factor * number)


def product(a: Sum, b: Sum) -> Sum:
    """Multiply two sums out.

    Raises:
        SumError: A unit is multiplied by a unit or a coordinate; the degree or a number is too
            large.
    """
    result: Sum = {}
    for left, p in a.items():
        for right, q in b.items():
            add(result, {_times(left, right): _short(p * q)})
    return result


def power(base: Sum, exponent: int) -> Sum:
    """Multiply a sum by itself, for an exponent of at least 1.

    Raises:
        SumError: As `product`.
    """
    result = base
    for _ in range(exponent - 1):
        result = product(result, base)
    return result


def quotient(a: Sum, b: Sum) -> Sum:
    """Divide by a number.

    Raises:
        SumError: The divisor is 0 or no number.
    """
    if b.keys() - {CONSTANT}:
        raise SumError("divide by numbers only; multiply both sides of the comparison instead")
    divisor = b.get(CONSTANT, Fraction(0))
    if not divisor:
        raise SumError("this divides by 0; divide by another number")
    return product(a, {CONSTANT: 1 / divisor})


def monomial_text(monomial: Monomial) -> str:
    """`(2, 1)` as `x^2*y`, the way it is written here."""
    powers = zip("xy", monomial, strict=True)
    return "*".join(base + (f"^{power}" if power > 1 else "") for base, power in powers if power)


def _times(left: Term, right: Term) -> Term:
    match left, right:
        case (str(), str()):
            message = f"the product of the units {left} and {right} is no sum of units"
            raise SumError(f"{message}; for AND write a sum: {left} + {right} >= 2")
        case (str(), tuple()) if right == CONSTANT:
            return left
        case (tuple(), str()) if left == CONSTANT:
            return right
        case (tuple(), tuple()):
            powers = (left[0] + right[0], left[1] + right[1])
            if sum(powers) > MAX_DEGREE:
                raise SumError(
                    f"{monomial_text(powers)} is beyond degree {MAX_DEGREE}, the highest"
                )
            return powers
        case _:
            raise SumError("a unit cannot be multiplied by a coordinate; multiply it by a number")


def _short(number: Fraction) -> Fraction:
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > MAX_BITS:
        raise SumError("a number becomes too long; use shorter ones")
    return number
