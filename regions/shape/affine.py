"""Affine maps of the plane with rational entries: composed exactly, rounded only at the end."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

ZERO, ONE = Fraction(0), Fraction(1)


class Affine(NamedTuple):
    """`(x, y) -> (a x + c y + e, b x + d y + f)`, the six numbers in SVG's order."""

    a: Fraction = ONE
    b: Fraction = ZERO
    c: Fraction = ZERO
    d: Fraction = ONE
    e: Fraction = ZERO
    f: Fraction = ZERO

    @property
    def determinant(self) -> Fraction:
        """Below 0 where the map turns left into right; 0 where it flattens the plane."""
        return self.a * self.d - self.b * self.c

    def after(self, inner: Affine) -> Affine:
        """The map that applies `inner` first, then this one."""
        a, b, c, d, e, f = self
        return Affine(
            a * inner.a + c * inner.b,
            b * inner.a + d * inner.b,
            a * inner.c + c * inner.d,
            b * inner.c + d * inner.d,
            a * inner.e + c * inner.f + e,
            b * inner.e + d * inner.f + f,
        )

    @property
    def stretch(self) -> Fraction | None:
        """By what every length grows, or None where directions differ; a double if irrational."""
        a, b, c, d = self.a, self.b, self.c, self.d
        if (c, d) not in ((-b, a), (b, -a)):
            return None
        square = a * a + b * b
        over, under = math.isqrt(square.numerator), math.isqrt(square.denominator)
        if over * over == square.numerator and under * under == square.denominator:
            return Fraction(over, under)
        return Fraction(math.sqrt(square))


IDENTITY = Affine()


def direction(degrees: float) -> tuple[Fraction, Fraction]:
    """Cosine and sine: exact at multiples of 90 degrees, elsewhere the doubles of the machine."""
    turn = math.fmod(degrees, 360.0) % 360.0
    if turn % 90.0 == 0.0:
        cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[int(turn // 90.0) % 4]
        return Fraction(cosine), Fraction(sine)
    radians = math.radians(turn)
    return Fraction(math.cos(radians)), Fraction(math.sin(radians))
