"""Where a shape lies: its bounds, and the window it is shown in by default."""

from __future__ import annotations

import math
from typing import assert_never

from regions.geometry.boxes import has_area
from regions.geometry.extent import extent
from regions.geometry.monotone import segment_bounds
from regions.shape.model import (
    Algebraic,
    Annulus,
    Bounds,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Path,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
)

MARGIN = 0.1
"""Part of the width and of the height that the default window adds on each side."""


def bounds(shape: Shape) -> Bounds | None:
    """A box with an area that holds the shape, or None where none is known.

    Never smaller than the shape (up to rounding), often larger: an intersection gets the common
    part of its operands' boxes, a difference the box of its first operand. A half-plane and a
    complement count as unbounded, also where an operation with others would bound them; so does a
    polynomial inequality, unless its terms of the highest degree alone bound it.
    """
    known: dict[int, Bounds | None] = {}
    for node in bottom_up(shape):
        known[id(node)] = _bounds(node, known)
    return known[id(shape)]


def _bounds(shape: Shape, known: dict[int, Bounds | None]) -> Bounds | None:
    match shape:
        case Polygonal():
            xmin, ymin, xmax, ymax = shape.geometry.bounds
            return float(xmin), float(ymin), float(xmax), float(ymax)
        case Box():
            return shape.xmin, shape.ymin, shape.xmax, shape.ymax
        case Circle():
            return _around(shape.center, shape.radius, shape.radius)
        case Annulus():
            return _around(shape.center, shape.outer, shape.outer)
        case Ellipse():
            return _around(shape.center, *_half_widths(shape))
        case Path():
            return segment_bounds(shape.contours)
        case Algebraic(polynomial):
            return extent(polynomial)
        case HalfPlane() | Complement():
            return None
        case Union() | SymmetricDifference():
            return _hull([known[id(operand)] for operand in shape.operands])
        case Intersection():
            return _common([known[id(operand)] for operand in shape.operands])
        case Difference():
            return known[id(shape.operands[0])]
        case _:
            assert_never(shape)


def _around(center: tuple[float, float], dx: float, dy: float) -> Bounds:
    x, y = center
    return x - dx, y - dy, x + dx, y + dy


def _half_widths(ellipse: Ellipse) -> tuple[float, float]:
    """Half the width and half the height of a turned ellipse: the support in x and in y."""
    first, second = ellipse.radii
    turn = math.radians(ellipse.angle % 180)
    cos, sin = math.cos(turn), math.sin(turn)
    return math.hypot(first * cos, second * sin), math.hypot(first * sin, second * cos)


def _hull(boxes: list[Bounds | None]) -> Bounds | None:
    """The box around all boxes; None if one is unbounded."""
    bounded = [box for box in boxes if box is not None]
    if len(bounded) < len(boxes):
        return None
    xmins, ymins, xmaxs, ymaxs = zip(*bounded, strict=True)
    return min(xmins), min(ymins), max(xmaxs), max(ymaxs)


def _common(boxes: list[Bounds | None]) -> Bounds | None:
    """The common part of the bounded boxes, or where it has no area the first of them."""
    bounded = [box for box in boxes if box is not None]
    if not bounded:
        return None
    xmins, ymins, xmaxs, ymaxs = zip(*bounded, strict=True)
    common = max(xmins), max(ymins), min(xmaxs), min(ymaxs)
    return common if has_area(common) else bounded[0]


def default_window(shape: Shape) -> Bounds | None:
    """The bounds and a tenth of the width and the height around; None for an unbounded shape."""
    box = bounds(shape)
    if box is None:
        return None
    xmin, ymin, xmax, ymax = box
    dx, dy = MARGIN * (xmax - xmin), MARGIN * (ymax - ymin)
    return xmin - dx, ymin - dy, xmax + dx, ymax + dy
