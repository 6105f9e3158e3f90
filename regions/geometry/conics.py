"""Polynomials of degree two as exact rationals, and their rounding to one separator's weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.frame import Frame


@dataclass(frozen=True, slots=True)
class Quadratic:
    """`xx*x^2 + xy*x*y + yy*y^2 + x*x + y*y + one`, exact; a line has zeros in front."""

    x: Fraction
    y: Fraction
    one: Fraction
    xx: Fraction = Fraction(0)
    xy: Fraction = Fraction(0)
    yy: Fraction = Fraction(0)

    def __neg__(self) -> Quadratic:
        return Quadratic(-self.x, -self.y, -self.one, -self.xx, -self.xy, -self.yy)

    def within(self, frame: Frame) -> Quadratic:
        """The same polynomial in the frame's coordinates: x = u * 2^-exponent + center, exact."""
        s = Fraction(2) ** -frame.exponent
        cx, cy = map(Fraction, frame.center)
        return Quadratic(
            x=s * (self.x + 2 * self.xx * cx + self.xy * cy),
            y=s * (self.y + 2 * self.yy * cy + self.xy * cx),
            one=self._at(cx, cy),
            xx=s * s * self.xx,
            xy=s * s * self.xy,
            yy=s * s * self.yy,
        )

    def _at(self, x: Fraction, y: Fraction) -> Fraction:
        quadratic = self.xx * x * x + self.xy * x * y + self.yy * y * y
        return quadratic + self.x * x + self.y * y + self.one


def line(a: float, b: float, c: float) -> Quadratic:
    """`a*x + b*y + c`."""
    return Quadratic(Fraction(a), Fraction(b), Fraction(c))


def ellipse(center: tuple[float, float], radii: tuple[float, float], angle: float) -> Quadratic:
    """At least 0 exactly on the closed ellipse, its first half-axis turned by `angle` degrees.

    With p along and q across that axis, both from the centre: `(ab)^2 - (b p)^2 - (a q)^2 >= 0`.
    Multiples of 90 degrees are exact; the sine and cosine of others are rounded to doubles, as the
    only rounding here.
    """
    a, b = map(Fraction, radii)
    if a == b:
        return _round(center, a)
    cosine, sine = _direction(angle)
    xx = -(b * b * cosine * cosine + a * a * sine * sine)
    yy = -(b * b * sine * sine + a * a * cosine * cosine)
    xy = 2 * (a * a - b * b) * cosine * sine
    return _centred(center, xx, xy, yy, (a * b) ** 2)


def circle(center: tuple[float, float], radius: float) -> Quadratic:
    """At least 0 exactly on the closed disc: `r^2 - |x - center|^2`."""
    return _round(center, Fraction(radius))


def _round(center: tuple[float, float], radius: Fraction) -> Quadratic:
    return _centred(center, Fraction(-1), Fraction(0), Fraction(-1), radius * radius)


def _centred(
    center: tuple[float, float], xx: Fraction, xy: Fraction, yy: Fraction, one: Fraction
) -> Quadratic:
    """`xx*p^2 + xy*p*q + yy*q^2 + one` for (p, q) = (x, y) - center, multiplied out."""
    cx, cy = map(Fraction, center)
    return Quadratic(
        x=-2 * xx * cx - xy * cy,
        y=-2 * yy * cy - xy * cx,
        one=xx * cx * cx + xy * cx * cy + yy * cy * cy + one,
        xx=xx,
        xy=xy,
        yy=yy,
    )


def _direction(angle: float) -> tuple[Fraction, Fraction]:
    quarter, rest = divmod(angle % 360.0, 90.0)
    if rest == 0:
        return ((1, 0), (0, 1), (-1, 0), (0, -1))[int(quarter) % 4]  # type: ignore[return-value]
    radians = math.radians(angle % 360.0)
    return Fraction(math.cos(radians)), Fraction(math.sin(radians))


def to_doubles(coefficients: Sequence[Fraction]) -> tuple[list[float], bool]:
    """One separator's weights, and whether they are exact.

    Primitive integers where these fit a double's 53 bits. Otherwise the coefficients are scaled by
    a power of two, which changes no sign, until the largest lies in [1, 2), and each is rounded
    once.
    """
    denominator = math.lcm(*(c.denominator for c in coefficients))
    whole = [int(c * denominator) for c in coefficients]
    divisor = math.gcd(*whole)
    integers = [n // divisor for n in whole]
    if max(map(abs, integers)) <= 2**53:
        return [float(n) for n in integers], True
    largest = max(map(abs, coefficients))
    exponent = largest.numerator.bit_length() - largest.denominator.bit_length()
    scaled = [c / Fraction(2) ** exponent for c in coefficients]
    rounded = [float(c) for c in scaled]
    return rounded, all(Fraction(r) == c for r, c in zip(rounded, scaled, strict=True))
