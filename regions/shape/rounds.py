"""Shapes of straight and round parts: sectors, capsules, boxes with rounded corners.

A rectangle that slants has corners that are no doubles. It is not built from corners but as the
common part of two conics that are exact: the strip along its axis, and an ellipse through its four
corners. With the length l, the half-width r, t along the axis from the middle and v across it, the
ellipse is `(l/2)^2 - t^2 + m (r^2 - v^2) >= 0` with `1 <= m <= 1 + l/r`. It bulges over the ends of
the rectangle, but stays within the discs of radius r about them: for `t = l/2 + u` with `u >= 0`
there remains `v^2 <= r^2 - u (l + u) / m`, hence `u <= r`, hence `m u <= l + u`, and so
`u^2 + v^2 <= r^2`. So with these discs it is all within r of the axis, exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from regions.errors import Problem, SpecError
from regions.geometry.directions import rounded_direction
from regions.geometry.polynomials import Point, Polynomial, X, Y, line_through
from regions.shape.atoms import at_least_zero, box_of
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    HalfPlane,
    Intersection,
    Pair,
    Shape,
    Union,
)


def sector(
    center: Pair,
    radius: float,
    start: float,
    end: float,
    inner: float | None = None,
    name: str | None = None,
) -> Intersection:
    """The part of a disc, or of an annulus, between two directions; closed.

    Args:
        center: Of the circles.
        radius: Of the outer circle.
        start: The first direction in degrees.
        end: The last one, counter-clockwise from the first.
        inner: Radius of the inner circle; None for a disc.
        name: Of the shape.

    The borders pass through the centre exactly. Their directions are exact for multiples of 90
    degrees; the sine and the cosine of others are rounded once.

    Raises:
        SpecError: The two directions are the same, or the radii do not satisfy 0 < inner < radius.
    """
    span = (Fraction(end) - Fraction(start)) % 360
    if span == 0:
        message = "both directions are the same; for a whole turn give a circle or an annulus"
        raise SpecError([Problem(message)])
    if inner is not None and not inner < radius:
        raise SpecError([Problem("the radii must satisfy 0 < inner < radius")])
    ring: Shape = Circle(center, radius, "disc")
    if inner is not None:
        ring = Annulus(center, inner, radius, "ring")
    after = at_least_zero(_left_of_ray(center, start), "from")
    before = at_least_zero(-_left_of_ray(center, end), "to")
    if span < 180:
        return Intersection((ring, after, before), name)
    if span == 180:
        return Intersection((ring, after), name)
    return Intersection((ring, Union((after, before), "wedge")), name)


def capsule(start: Pair, end: Pair, radius: float, name: str | None = None) -> Union:
    """All points within `radius` of a segment, exactly.

    Raises:
        SpecError: The segment is a point.
    """
    if start == end:
        raise SpecError([Problem("both ends are the same point; give a circle there")])
    ends = Circle(start, radius, "start"), Circle(end, radius, "end")
    return Union((Beside(start, end, radius).inside("shaft"), *ends), name)


def rounded_box(box: Box, radius: float) -> Union:
    """A box whose corners are quarters of discs.

    The discs' centres are the corners moved inwards by the radius, each coordinate rounded once,
    and the two boxes that make up the rest reach to the same doubles. So there is no gap, and all
    is exact where these coordinates are doubles.

    Raises:
        SpecError: The radius is larger than half of a side.
    """
    sides = [Fraction(box.xmax) - Fraction(box.xmin), Fraction(box.ymax) - Fraction(box.ymin)]
    if 2 * Fraction(radius) > min(sides):
        message = f"the radius is larger than half the shorter side, {float(min(sides) / 2)!r}"
        raise SpecError([Problem(f"{message}; make it smaller")])
    x, right = box.xmin + radius, box.xmax - radius
    y, top = box.ymin + radius, box.ymax - radius
    parts: list[Shape] = []
    if y < top:
        parts.append(Box(box.xmin, y, box.xmax, top, "wide"))
    if x < right:
        parts.append(Box(x, box.ymin, right, box.ymax, "tall"))
    centers = dict.fromkeys([(x, y), (right, y), (right, top), (x, top)])
    parts.extend(Circle(center, radius, "corner") for center in centers)
    return Union(tuple(parts), box.name)


@dataclass(frozen=True)
class Beside:
    """The rectangle of all points beside a segment, at most a distance from it.

    Of the points within the distance from the segment, only those before and beyond its ends are
    missing: they lie in the discs about the ends.

    Attributes:
        start: First end.
        end: Last end, another point.
        distance: Half the width of the rectangle.
    """

    start: Pair
    end: Pair
    distance: float

    def inside(self, name: str | None = None) -> Box | Intersection:
        """The closed rectangle, with no more than the closed discs about the ends hold.

        A box if the segment is parallel to an axis and the corners are doubles.
        """
        box = self._box(name)
        if box is not None:
            return box
        strip, ellipse = self._conics()
        return Intersection((Algebraic(strip, "strip"), Algebraic(ellipse, "ellipse")), name)

    def outside(self, name: str | None = None) -> Union:
        """All points but the open rectangle, its short sides, and some that the open discs hold.

        The short sides without their ends: so the ends of the segment are left out, too.
        """
        strip, ellipse = self._conics()
        return Union((Algebraic(-strip, "strip"), Algebraic(-ellipse, "ellipse")), name)

    def beyond(self, name: str | None = None) -> HalfPlane | Algebraic:
        """Of the points on the left of the segment's line, those at least at the distance from it.

        A linear inequality if the segment is parallel to an axis. Otherwise points on the right
        satisfy it as well, from the distance on.
        """
        (x, y), (u, v) = self._ends()
        if x != u and y != v:
            return at_least_zero(-self._conics()[0], name)
        length = abs(u - x) + abs(v - y)
        side = line_through((x, y), (u, v)) * (1 / length)
        return at_least_zero(side - Fraction(self.distance), name)

    def _ends(self) -> tuple[Point, Point]:
        (x, y), (u, v) = self.start, self.end
        return (Fraction(x), Fraction(y)), (Fraction(u), Fraction(v))

    def _box(self, name: str | None) -> Box | None:
        (x, y), (u, v) = self._ends()
        if x != u and y != v:
            return None
        apart = Fraction(self.distance)
        dx, dy = (Fraction(0), apart) if y == v else (apart, Fraction(0))
        return box_of((min(x, u) - dx, min(y, v) - dy, max(x, u) + dx, max(y, v) + dy), name)

    def _conics(self) -> tuple[Polynomial, Polynomial]:
        """At least 0 in the strip, and in the ellipse, each times the square of the length."""
        (x, y), (u, v) = self._ends()
        square, apart = (u - x) ** 2 + (v - y) ** 2, Fraction(self.distance) ** 2
        across = line_through((x, y), (u, v))
        along = (u - x) * (X - (x + u) / 2) + (v - y) * (Y - (y + v) / 2)
        strip = apart * square - across * across
        # The largest whole number up to 1 + l/r: the flattest ellipse.
        flatness = 1 + math.isqrt(int(square / apart))
        return strip, square * square / 4 - along * along + flatness * strip


def _left_of_ray(center: Pair, degrees: float) -> Polynomial:
    """At least 0 to the left of the line through a point in a direction, 0 on it."""
    cosine, sine = rounded_direction(degrees)
    return cosine * (Y - Fraction(center[1])) - sine * (X - Fraction(center[0]))
