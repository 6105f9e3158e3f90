"""Affine maps of the plane with rational coefficients: exact, composed, inverted.

Modifiers move shapes by them, and SVG files and fonts draw outlines with them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.directions import rounded_direction
from regions.geometry.polynomials import Point, Polynomial, line
from regions.geometry.quotients import quotient
from regions.geometry.segments import Pair

ORIGIN: Pair = (0.0, 0.0)


@dataclass(frozen=True)
class Stretch:
    """Factors along the two axes, then a turn: what becomes of an ellipse can be told from these.

    Attributes:
        degrees: Of the turn, counter-clockwise.
        x: Factor along the x-axis, before the turn; may be negative, and 0 in singular maps.
        y: Along the y-axis.
    """

    degrees: Fraction
    x: Fraction
    y: Fraction

    def after(self, first: Stretch) -> Stretch | None:
        """`first`, then this one, if that is a stretch and a turn again, else None."""
        if abs(self.x) == abs(self.y):
            # A reflection before a turn is the opposite turn before the reflection.
            sense = 1 if self.x == self.y else -1
            degrees = self.degrees + sense * first.degrees
            return Stretch(degrees, self.x * first.x, self.y * first.y)
        quarters, rest = divmod(first.degrees, 90)
        if rest:
            return None
        x, y = (self.x, self.y) if quarters % 2 == 0 else (self.y, self.x)
        return Stretch(self.degrees + first.degrees, x * first.x, y * first.y)


@dataclass(frozen=True)
class Affine:
    """`(x, y)` to `(xx*x + xy*y + x, yx*x + yy*y + y)`; singular where `determinant` is 0.

    Attributes:
        xx: Factor of the old x in the new x.
        xy: Factor of the old y in the new x.
        yx: Factor of the old x in the new y.
        yy: Factor of the old y in the new y.
        x: Added to the new x.
        y: Added to the new y.
        stretch: What the linear part means, where that is known. A turn's sine and cosine are
            rounded in the factors and not here.
    """

    xx: Fraction
    xy: Fraction
    yx: Fraction
    yy: Fraction
    x: Fraction
    y: Fraction
    stretch: Stretch | None = None

    @property
    def determinant(self) -> Fraction:
        """The factor of areas: negative where it mirrors, 0 where it flattens the plane."""
        return self.xx * self.yy - self.xy * self.yx

    @property
    def entries(self) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction, Fraction]:
        """What the map does to a point: all but what the linear part means."""
        return self.xx, self.xy, self.yx, self.yy, self.x, self.y

    @property
    def moves_nothing(self) -> bool:
        """Whether every point stays where it is."""
        linear = self.xx == self.yy == 1 and self.xy == self.yx == 0
        return linear and self.x == self.y == 0

    @property
    def keeps_axes(self) -> bool:
        """Whether lines parallel to an axis stay parallel to an axis."""
        return self.xx == self.yy == 0 or self.xy == self.yx == 0

    @property
    def magnification(self) -> Fraction | None:
        """By what every length grows, or None where directions differ; a double if irrational."""
        if (self.xy, self.yy) not in ((-self.yx, self.xx), (self.yx, -self.xx)):
            return None
        square = self.xx * self.xx + self.yx * self.yx
        over, under = math.isqrt(square.numerator), math.isqrt(square.denominator)
        if over * over == square.numerator and under * under == square.denominator:
            return Fraction(over, under)
        return Fraction(math.sqrt(square))

    def __call__(self, point: Pair | Point) -> Point:
        """The image of a point."""
        x, y = map(Fraction, point)
        return self.xx * x + self.xy * y + self.x, self.yx * x + self.yy * y + self.y

    def rounded(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """The images of points, each coordinate rounded once: in integers, many times faster."""
        common = math.lcm(*(entry.denominator for entry in self.entries))
        xx, xy, yx, yy, x, y = (int(entry * common) for entry in self.entries)
        found = []
        for u, v in points:
            (p, q), (r, s) = u.as_integer_ratio(), v.as_integer_ratio()
            first, second, one = p * s, r * q, q * s
            under = common * one
            found.append(
                (
                    quotient(xx * first + xy * second + x * one, under),
                    quotient(yx * first + yy * second + y * one, under),
                )
            )
        return found

    def vector(self, vector: Pair) -> Point:
        """The image of a vector: of a difference of points."""
        x, y = map(Fraction, vector)
        return self.xx * x + self.xy * y, self.yx * x + self.yy * y

    def then(self, second: Affine) -> Affine:
        """This map, and then the second."""
        x, y = second((self.x, self.y))
        outer, inner = second.stretch, self.stretch
        return Affine(
            xx=second.xx * self.xx + second.xy * self.yx,
            xy=second.xx * self.xy + second.xy * self.yy,
            yx=second.yx * self.xx + second.yy * self.yx,
            yy=second.yx * self.xy + second.yy * self.yy,
            x=x,
            y=y,
            stretch=None if outer is None or inner is None else outer.after(inner),
        )

    def inverse(self) -> Affine:
        """The map back, exactly; what its linear part means is not told.

        Raises:
            ZeroDivisionError: The map is singular.
        """
        d = self.determinant
        xx, xy, yx, yy = self.yy / d, -self.xy / d, -self.yx / d, self.xx / d
        return Affine(xx, xy, yx, yy, -xx * self.x - xy * self.y, -yx * self.x - yy * self.y)

    def image(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial that has at the image of each point the value this one has there."""
        back = self.inverse()
        return polynomial.composed(line(back.xx, back.xy, back.x), line(back.yx, back.yy, back.y))


_ZERO, _ONE = Fraction(0), Fraction(1)

IDENTITY = Affine(_ONE, _ZERO, _ZERO, _ONE, _ZERO, _ZERO, Stretch(_ZERO, _ONE, _ONE))


def affine(coefficients: Iterable[float | Fraction]) -> Affine:
    """`[a, b, c, d, e, f]` as Shapely orders them: `x' = a x + b y + e`, `y' = c x + d y + f`."""
    a, b, c, d, e, f = (Fraction(c) for c in coefficients)
    stretch = None
    if b == c == 0:
        stretch = Stretch(_ZERO, a, d)
    elif a == d == 0:
        stretch = Stretch(Fraction(90), c, -b)
    return Affine(a, b, c, d, e, f, stretch)


def translation(dx: float | Fraction, dy: float | Fraction) -> Affine:
    """By a vector."""
    return Affine(_ONE, _ZERO, _ZERO, _ONE, Fraction(dx), Fraction(dy), IDENTITY.stretch)


def rotation(degrees: float | Fraction, about: Pair = ORIGIN) -> Affine:
    """Counter-clockwise: exact for multiples of 90 degrees, else with sine and cosine rounded."""
    cosine, sine = rounded_direction(degrees)
    stretch = Stretch(Fraction(degrees) % 360, _ONE, _ONE)
    return _about(about, (cosine, -sine, sine, cosine), stretch)


def scaling(x: float | Fraction, y: float | Fraction, about: Pair = ORIGIN) -> Affine:
    """By a factor along each axis."""
    fx, fy = Fraction(x), Fraction(y)
    return _about(about, (fx, _ZERO, _ZERO, fy), Stretch(_ZERO, fx, fy))


def reflection(first: Pair, second: Pair) -> Affine:
    """Across the line through two different points, exactly."""
    (x, y), (u, v) = map(Fraction, first), map(Fraction, second)
    dx, dy = u - x, v - y
    square = dx * dx + dy * dy
    along, across = (dx * dx - dy * dy) / square, 2 * dx * dy / square
    stretch = Stretch(_double_angle(along, across), _ONE, -_ONE)
    return _about(first, (along, across, across, -along), stretch)


def _double_angle(cosine: Fraction, sine: Fraction) -> Fraction:
    """In degrees: exact for multiples of 90, else as a double."""
    if sine == 0:
        return Fraction(0 if cosine > 0 else 180)
    if cosine == 0:
        return Fraction(90 if sine > 0 else 270)
    return Fraction(math.degrees(math.atan2(sine, cosine)))


def _about(
    center: Pair, linear: tuple[Fraction, Fraction, Fraction, Fraction], stretch: Stretch
) -> Affine:
    """A linear map with the origin moved to a point that stays where it is."""
    xx, xy, yx, yy = linear
    x, y = map(Fraction, center)
    return Affine(xx, xy, yx, yy, x - xx * x - xy * y, y - yx * x - yy * y, stretch)


def composed(maps: Iterable[Affine]) -> Affine:
    """One after the other."""
    total = IDENTITY
    for one in maps:
        total = total.then(one)
    return total
