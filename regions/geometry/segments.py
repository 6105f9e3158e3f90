"""Pieces of curved contours: lines, quadratic and cubic Bezier curves, elliptic arcs.

Every piece is given by control points, so that an affine map of the plane maps a piece by mapping
these. An arc holds two conjugate half-diameters in place of radii and an angle, for that reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Pair: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """The straight line from `start` to `end`."""

    start: Pair
    end: Pair


@dataclass(frozen=True)
class Quadratic:
    """`(1-t)^2 start + 2 t (1-t) control + t^2 end`, for t from 0 to 1: an arc of a parabola."""

    start: Pair
    control: Pair
    end: Pair


@dataclass(frozen=True)
class Cubic:
    """`(1-t)^3 start + 3 t (1-t)^2 first + 3 t^2 (1-t) second + t^3 end`, for t from 0 to 1."""

    start: Pair
    first: Pair
    second: Pair
    end: Pair


@dataclass(frozen=True)
class Arc:
    """An arc of an ellipse through `start` and `end`, as SVG defines it by its end points.

    The ellipse is `center + cos(s) first + sin(s) second`; where it is too small to reach from one
    end to the other it grows about its centre until it does. Of its arcs between the two points,
    which differ in centre and direction, `large` and `left` choose one.

    Attributes:
        start: First point.
        end: Last point, another one.
        first: A half-diameter as a vector.
        second: The half-diameter conjugate to it, not parallel to it.
        large: Whether the arc takes the longer way round, more than half of the ellipse.
        left: Whether it turns left, from the x-axis towards the y-axis.
    """

    start: Pair
    end: Pair
    first: Pair
    second: Pair
    large: bool
    left: bool


Segment: TypeAlias = Line | Quadratic | Cubic | Arc
"""A directed piece of a contour."""

Contour: TypeAlias = tuple[Segment, ...]
"""A closed chain: each piece begins where the one before ends, the first where the last ends."""


def coordinates(segment: Segment) -> tuple[float, ...]:
    """Every number a segment is made of."""
    match segment:
        case Line(start, end):
            return *start, *end
        case Quadratic(start, control, end):
            return *start, *control, *end
        case Cubic(start, first, second, end):
            return *start, *first, *second, *end
        case Arc(start, end, first, second):
            return *start, *end, *first, *second


def control_points(segment: Segment) -> tuple[Pair, ...]:
    """The points a segment is given by: an arc's ends, but not its half-diameters."""
    match segment:
        case Line(start, end) | Arc(start, end):
            return start, end
        case Quadratic(start, control, end):
            return start, control, end
        case Cubic(start, first, second, end):
            return start, first, second, end


def arc_fault(arc: Arc) -> str | None:
    """Why an arc is none, in words, or None if it is one."""
    if arc.start == arc.end:
        return "an arc ends where it begins; use two arcs for a whole ellipse"
    (fx, fy), (gx, gy) = ([Fraction(c) for c in pair] for pair in (arc.first, arc.second))
    if fx * gy == fy * gx:
        return "the half-diameters of an arc are parallel; use a line"
    return None
