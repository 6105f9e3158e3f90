"""Convex pieces of curves, each with the conic on which it lies.

A piece turns to one side only, by less than a full turn, so it and its chord enclose a convex
**lens**. The lens is where the conic's polynomial is at least 0, beyond the chord:

    parabola  4 l0 l2 - l1^2             l0, l1, l2 barycentric in the triangle of control points
    conic     4 k l0 l2 - l1^2           k = w^2, w the weight of the middle control point
    ellipse   1 - |z - c|^2              z coordinates along conjugate half-diameters

(Loop and Blinn, "Resolution independent curve rendering", 2005; Farin, "Curves and Surfaces for
CAGD", section 12.) The second branch of a hyperbola (k > 1) lies beyond the chord too; there l0 and
l2 are negative, so `l0 >= 0` shuts it out.

All polynomials are exact for the given control points. What an ellipse is rounded in is one number,
the place of its centre on the bisector of the chord: it runs through both ends exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.polynomials import Polynomial, X, Y, exact
from regions.geometry.segments import Arc, Pair

Floats: TypeAlias = NDArray[np.float64]

QUARTER = math.pi / 2

HALVED = 2.0**-48
"""Of the largest coordinate: how far a rounded point of a curve may be from it."""


@dataclass(frozen=True)
class Chord:
    """A straight piece."""

    start: Pair
    end: Pair

    @property
    def hull(self) -> tuple[Pair, ...]:
        """Its ends."""
        return self.start, self.end

    @property
    def turning(self) -> float:
        """It goes straight on."""
        return 0.0

    @property
    def directions(self) -> tuple[Pair, Pair]:
        """At its start and at its end."""
        (sx, sy), (ex, ey) = self.start, self.end
        return (ex - sx, ey - sy), (ex - sx, ey - sy)

    def backwards(self) -> Chord:
        """The same way in the other direction."""
        return Chord(self.end, self.start)


@dataclass(frozen=True)
class ConicArc:
    """`((1-t)^2 start + 2 w t (1-t) control + t^2 end)` over `(1-t)^2 + 2 w t (1-t) + t^2`.

    Attributes:
        start: First point.
        control: Where the tangents at the ends meet; not on the chord's line.
        end: Last point.
        k: The square of the weight w: 1 for a parabola, less for an ellipse.
        curve: At least 0 in the lens, 0 on the piece.
        fence: At least 0 in the lens, negative at a second branch; None where there is none.
        turn: 1 if it turns left, -1 if it turns right.
    """

    start: Pair
    control: Pair
    end: Pair
    k: float
    curve: Polynomial
    fence: Polynomial | None
    turn: int

    @classmethod
    def of(cls, start: Pair, control: Pair, end: Pair, k: float = 1.0) -> ConicArc | None:
        """The arc over a triangle of control points; None if they lie on one line."""
        scale, (s, c, e) = _whole(start, control, end)
        turn = _sign((c[0] - s[0]) * (e[1] - c[1]) - (c[1] - s[1]) * (e[0] - c[0]))
        if not turn:
            return None
        # Twice the areas of the triangles that a point makes with the sides, positive within.
        first, middle, last = (_area(*side, turn, scale) for side in ((c, e), (e, s), (s, c)))
        up, down = k.as_integer_ratio()
        curve = _quadratic(
            4 * up * a - down * b
            for a, b in zip(_product(first, last), _product(middle, middle), strict=True)
        )
        fence = _linear(first) if k > 1 else None
        return cls(start, control, end, k, curve, fence, turn)

    @property
    def turning(self) -> float:
        """The angle between its first and its last direction."""
        (sx, sy), (cx, cy), (ex, ey) = self.start, self.control, self.end
        return _angle((cx - sx, cy - sy), (ex - cx, ey - cy))

    @property
    def directions(self) -> tuple[Pair, Pair]:
        """At its start and at its end."""
        (sx, sy), (cx, cy), (ex, ey) = self.start, self.control, self.end
        return (cx - sx, cy - sy), (ex - cx, ey - cy)

    @property
    def hull(self) -> tuple[Pair, ...]:
        """Corners of a convex polygon that holds it."""
        return self.start, self.control, self.end

    def halves(self) -> tuple[ConicArc, ConicArc]:
        """Both parts, on the same conic; the point between them is rounded."""
        w = math.sqrt(self.k)
        s, c, e = (np.array(p) for p in self.hull)
        before, after = (s + w * c) / (1 + w), (w * c + e) / (1 + w)
        middle = pair((before + after) / 2)
        k = (1 + w) / 2
        return (
            replace(self, control=pair(before), end=middle, k=k),
            replace(self, start=middle, control=pair(after), k=k),
        )

    def backwards(self) -> ConicArc:
        """The same way in the other direction."""
        return replace(self, start=self.end, end=self.start, turn=-self.turn)


@dataclass(frozen=True)
class EllipseArc:
    """`center + cos(s) first + sin(s) second` for s from `begin` to `begin + sweep`.

    Attributes:
        start: First point.
        end: Last point.
        center: Rounded.
        first: A half-diameter.
        second: The half-diameter conjugate to it.
        begin: Parameter of the start.
        sweep: Signed; less than a full turn.
        curve: At least 0 in the ellipse, 0 on it.
        turn: 1 if it turns left, -1 if it turns right.
    """

    start: Pair
    end: Pair
    center: Pair
    first: Pair
    second: Pair
    begin: float
    sweep: float
    curve: Polynomial
    turn: int

    fence = None

    @property
    def turning(self) -> float:
        """The angle between its first and its last direction, at most that of this many halves."""
        quarters = math.ceil(abs(self.sweep) / QUARTER)
        ends = self.begin + self.sweep * np.arange(quarters + 1) / quarters
        directions = [pair(self._direction(s)) for s in ends]
        return sum(_angle(a, b) for a, b in pairwise(directions))

    @property
    def directions(self) -> tuple[Pair, Pair]:
        """At its start and at its end."""
        ends = self.begin, self.begin + self.sweep
        first, last = (pair(self._direction(s)) for s in ends)
        return first, last

    @property
    def hull(self) -> tuple[Pair, ...]:
        """Corners of a convex polygon that holds it, if it is no more than half of the ellipse."""
        corners = []
        steps = math.ceil(abs(self.sweep) / QUARTER)
        half = self.sweep / steps / 2
        for i in range(steps):
            s = self.begin + (2 * i + 1) * half
            corners.append(pair(np.array(self.center) + self._offset(s) / math.cos(half)))
        return self.start, *corners, self.end

    def halves(self) -> tuple[EllipseArc, EllipseArc]:
        """Both parts, on the same ellipse; the point between them is rounded."""
        sweep = self.sweep / 2
        middle = pair(np.array(self.center) + self._offset(self.begin + sweep))
        return (
            replace(self, end=middle, sweep=sweep),
            replace(self, start=middle, begin=self.begin + sweep, sweep=sweep),
        )

    def backwards(self) -> EllipseArc:
        """The same way in the other direction."""
        begin, sweep = self.begin + self.sweep, -self.sweep
        turned = replace(self, begin=begin, sweep=sweep, turn=-self.turn)
        return replace(turned, start=self.end, end=self.start)

    def _offset(self, s: float) -> Floats:
        found: Floats = math.cos(s) * np.array(self.first) + math.sin(s) * np.array(self.second)
        return found

    def _direction(self, s: float) -> Floats:
        found: Floats = math.cos(s) * np.array(self.second) - math.sin(s) * np.array(self.first)
        return found * math.copysign(1.0, self.sweep)


def ellipse_arc(arc: Arc) -> EllipseArc:
    """The piece that an arc is.

    With z the coordinates from the arc's start along its half-diameters, and E its end in these,
    the unit circles through both ends have their centres at `E/2 + m (-E_y, E_x)`, where
    `m^2 = 1/|E|^2 - 1/4`, and are where `z . (E - z) + 2 m cross(E, z) = 0`. If |E| > 2 there is
    none, and the circle about the middle, m = 0, is taken.
    """
    (ax, ay), (bx, by) = exact(arc.first), exact(arc.second)
    x, y = exact(arc.start)
    determinant = ax * by - ay * bx
    right, up = (by * (X - x) - bx * (Y - y)), (ax * (Y - y) - ay * (X - x))
    z = right * (1 / determinant), up * (1 / determinant)
    ex, ey = (c(*exact(arc.end)) for c in z)
    square = ex * ex + ey * ey
    ahead = arc.left == (determinant > 0)
    beside = math.sqrt(max(0.0, float(1 / square - Fraction(1, 4))))
    m = Fraction(beside if ahead != arc.large else -beside)
    curve = z[0] * (ex - z[0]) + z[1] * (ey - z[1]) + 2 * m * (ex * z[1] - ey * z[0])
    middle = ex / 2 - m * ey, ey / 2 + m * ex
    size = math.hypot(*map(float, middle))
    begin = math.atan2(-middle[1], -middle[0])
    sweep = math.atan2(ey - middle[1], ex - middle[0]) - begin
    if ahead != (sweep > 0):
        sweep += math.tau if ahead else -math.tau
    center = x + middle[0] * ax + middle[1] * bx, y + middle[0] * ay + middle[1] * by
    return EllipseArc(
        start=arc.start,
        end=arc.end,
        center=(float(center[0]), float(center[1])),
        first=pair(size * np.array(arc.first)),
        second=pair(size * np.array(arc.second)),
        begin=begin,
        sweep=sweep,
        curve=curve,
        turn=1 if arc.left else -1,
    )


Piece: TypeAlias = Chord | ConicArc | EllipseArc


Triple: TypeAlias = tuple[int, int, int]
"""`a x + b y + c`, in integers."""


def _whole(*points: Pair) -> tuple[int, list[tuple[int, int]]]:
    """Points times a power of two that makes them integers, and this power."""
    ratios = [[number.as_integer_ratio() for number in point] for point in points]
    scale = max(down for ratio in ratios for _, down in ratio)
    x, y = ([up * (scale // down) for up, down in axis] for axis in zip(*ratios, strict=True))
    return scale, list(zip(x, y, strict=True))


def _area(a: tuple[int, int], b: tuple[int, int], turn: int, scale: int) -> Triple:
    """The cross product with the way from a to b, for points that were scaled."""
    right, up = turn * (b[0] - a[0]), turn * (b[1] - a[1])
    return -up * scale, right * scale, up * a[0] - right * a[1]


def _product(first: Triple, second: Triple) -> tuple[int, ...]:
    """The coefficients of a product, in the order of `_MONOMIALS`."""
    (a, b, c), (d, e, f) = first, second
    return c * f, b * f + c * e, b * e, a * f + c * d, a * e + b * d, a * d


_MONOMIALS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0))


def _quadratic(coefficients: Iterable[int]) -> Polynomial:
    terms = zip(_MONOMIALS, coefficients, strict=True)
    return Polynomial(tuple((monomial, Fraction(c)) for monomial, c in terms if c))


def _linear(triple: Triple) -> Polynomial:
    a, b, c = triple
    return _quadratic((c, b, 0, a, 0, 0))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def pair(point: Floats) -> Pair:
    """The two numbers of an array."""
    return float(point[0]), float(point[1])


def _angle(a: Pair, b: Pair) -> float:
    """Between two directions, from 0 to pi."""
    return abs(math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]))
