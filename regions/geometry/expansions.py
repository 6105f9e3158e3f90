"""The sign of a cross product of two differences, exactly, in doubles alone.

A sum of doubles is kept as an **expansion**: doubles that do not overlap, ascending in size, whose
exact sum is meant. Its sign is that of the last that is not 0.

Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates"
(1997); two_sum is Knuth's, two_product Dekker's and Veltkamp's.

Exact as long as nothing overflows or underflows: the coordinates are 0 or between 2^-400 and 2^400
in size, so that all products are multiples of 2^-904. The caller sees to that.
"""

from __future__ import annotations

SPLITTER = 2.0**27 + 1
"""Veltkamp's constant: it cuts the 53 bits of a double into halves of 26."""

LEAST = 2.0**-400
"""Coordinates other than 0 must be at least this large."""


def cross_sign(
    ax: float, ay: float, bx: float, by: float, cx: float, cy: float, dx: float, dy: float
) -> int:
    """The sign of `(a - b) x (c - d)`: -1, 0 or 1, exactly."""
    ux, uex = two_difference(ax, bx)
    uy, uey = two_difference(ay, by)
    vx, vex = two_difference(cx, dx)
    vy, vey = two_difference(cy, dy)
    total = [0.0]
    for left in (ux, uex):
        for right in (vy, vey):
            high, low = two_product(left, right)
            grow(total, low)
            grow(total, high)
    for left in (uy, uey):
        for right in (vx, vex):
            high, low = two_product(left, right)
            grow(total, -low)
            grow(total, -high)
    return sign(total)


def two_sum(a: float, b: float) -> tuple[float, float]:
    """`(s, e)` with `s = fl(a + b)` and `s + e = a + b`."""
    s = a + b
    bb = s - a
    return s, (a - (s - bb)) + (b - bb)


def two_difference(a: float, b: float) -> tuple[float, float]:
    """`(s, e)` with `s = fl(a - b)` and `s + e = a - b`."""
    return two_sum(a, -b)


def two_product(a: float, b: float) -> tuple[float, float]:
    """`(p, e)` with `p = fl(a b)` and `p + e = a b`."""
    p = a * b
    a_high, a_low = halves(a)
    b_high, b_low = halves(b)
    e = ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low
    return p, e


def halves(a: float) -> tuple[float, float]:
    """A double as the sum of two with at most 26 bits each."""
    c = SPLITTER * a
    high = c - (c - a)
    return high, a - high


def grow(expansion: list[float], b: float) -> None:
    """Add a double to an expansion, in place (Shewchuk's Grow-Expansion)."""
    for i in range(len(expansion)):
        b, expansion[i] = two_sum(b, expansion[i])
    expansion.append(b)


def sign(expansion: list[float]) -> int:
    """The sign of an expansion's exact sum."""
    for i in range(len(expansion) - 1, -1, -1):
        if expansion[i] != 0:
            return 1 if expansion[i] > 0 else -1
    return 0


CALLEES_FIRST = (two_sum, two_difference, halves, two_product, grow, sign, cross_sign)
"""For the compiler, see `geometry/compiled.py`."""
