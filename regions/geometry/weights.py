"""Exact coefficients as the doubles of one separator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def to_doubles(coefficients: Sequence[Fraction]) -> tuple[list[float], bool]:
    """One separator's weights, and whether they are exact.

    Primitive integers where these fit a double's 53 bits. Otherwise the coefficients are scaled by
    a power of two, which changes no sign, until the largest lies between 1/2 and 2, and each is
    rounded once.

    Args:
        coefficients: Not all of them 0.
    """
    integers, denominator = over_one_denominator(coefficients)
    divisor = math.gcd(*integers)
    most = max(map(abs, integers))
    if most <= divisor << 53:
        return [float(n // divisor) for n in integers], True
    largest = Fraction(most, denominator)
    exponent = largest.numerator.bit_length() - largest.denominator.bit_length()
    numerators = [n << max(0, -exponent) for n in integers]
    denominator <<= max(0, exponent)
    # Python divides integers with a single rounding.
    rounded = [n / denominator for n in numerators]
    ratios = map(float.as_integer_ratio, rounded)
    exact = all(
        n * under == over * denominator for n, (over, under) in zip(numerators, ratios, strict=True)
    )
    return rounded, exact


def over_one_denominator(numbers: Sequence[Fraction]) -> tuple[list[int], int]:
    """The numerators over the least common denominator, and that."""
    common = math.lcm(*(number.denominator for number in numbers))
    return [number.numerator * (common // number.denominator) for number in numbers], common
