"""Quotients of integers as doubles, however large they are."""

from __future__ import annotations

import math
import sys
from fractions import Fraction


def quotient(numerator: int, denominator: int) -> float:
    """Rounded once; infinite beyond the doubles."""
    try:
        return numerator / denominator
    except OverflowError:
        return math.inf if (numerator > 0) == (denominator > 0) else -math.inf


def rounded(value: Fraction) -> float:
    """The same of a rational number."""
    return quotient(value.numerator, value.denominator)


def nearest(value: Fraction) -> float:
    """The nearest double that is finite."""
    most = sys.float_info.max
    return min(max(rounded(value), -most), most)


def above(value: Fraction) -> float:
    """The least double that is at least as large."""
    near = rounded(value)
    return near if near >= value else math.nextafter(near, math.inf)
