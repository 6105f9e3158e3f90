"""Shapes moved: what an affine map makes of each node of the tree, and copies side by side.

Maps are exact. Corners, control points, centres and radii of the image are computed exactly and
rounded once to doubles, as if they had been written so. Half-planes and polynomial inequalities are
composed with the inverse map and not rounded at all; so is what no node stands for otherwise, such
as a sheared circle.

A turn by an angle other than a multiple of 90 degrees has a sine and a cosine rounded to doubles,
so its exact map lengthens by some 1e-16. Circles, annuli and ellipses are turned by the angle
itself and keep their radii.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.errors import Problem, SpecError
from regions.geometry import polynomials
from regions.geometry.affine import Affine, Stretch, rotation, translation
from regions.geometry.directions import rational_direction
from regions.geometry.polynomials import Polynomial
from regions.geometry.quotients import rounded
from regions.geometry.segments import Arc, Cubic, Line, Quadratic, Segment
from regions.shape.atoms import at_least_zero
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Pair,
    Path,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
    readable_reason,
)

MAX_COPIES = 10_000
"""Of one shape by one modifier."""

MAX_PIECES = 100_000
"""Vertices, segments, other primitives and operations of all copies: seconds to make."""


def moved(shape: Shape, by: Affine) -> Shape:
    """The image of a shape under an invertible map; the shape itself if that moves nothing.

    A node that stands in several places of the tree is moved once, and its image stands there.

    Raises:
        SpecError: Rounded to doubles, the image is no valid polygon, has no area, or is too large.
    """
    if by.moves_nothing:
        return shape
    images: dict[int, Shape] = {}
    try:
        for node in bottom_up(shape):
            images[id(node)] = _image(node, by, images)
    except SpecError as error:
        said = (Problem(f"after the move {problem.message}") for problem in error.problems)
        raise SpecError(said) from None
    return images[id(shape)]


def grid(columns: int, rows: int, step: Pair) -> Iterator[Affine]:
    """The maps that put copies side by side, row by row."""
    dx, dy = map(Fraction, step)
    return (translation(i * dx, j * dy) for j in range(rows) for i in range(columns))


def circular(count: int, center: Pair, degrees: float) -> Iterator[Affine]:
    """The maps that put copies around a point, `degrees / count` apart."""
    return (rotation(Fraction(degrees) * k / count, center) for k in range(count))


def repeated(shape: Shape, maps: Sequence[Affine]) -> Union:
    """The union of copies of a shape, each called `copy`; the union has the shape's name.

    Raises:
        SpecError: The copies have more than `MAX_PIECES` parts, or as `moved`.
    """
    pieces = len(maps) * sum(_pieces(node) for node in bottom_up(shape))
    if pieces > MAX_PIECES:
        message = f"the copies have {pieces} parts; at most {MAX_PIECES} are made"
        raise SpecError([Problem(message)])
    copies = tuple(replace(moved(shape, one), name="copy") for one in maps)
    return Union(copies, shape.name)


def _pieces(node: Shape) -> int:
    match node:
        case Polygonal(geometry):
            return int(shapely.get_num_coordinates(geometry))
        case Path(contours):
            return sum(map(len, contours))
        case _:
            return 1


def _image(node: Shape, by: Affine, images: dict[int, Shape]) -> Shape:
    match node:
        case Polygonal(geometry):
            return _polygonal(geometry, by, node.name)
        case Box():
            return _box(node, by)
        case Circle(center, radius):
            return _ellipse(center, Stretch(Fraction(0), *2 * (Fraction(radius),)), by, node.name)
        case Ellipse(center, radii, angle):
            own = Stretch(Fraction(angle), *map(Fraction, radii))
            return _ellipse(center, own, by, node.name)
        case Annulus():
            return _annulus(node, by)
        case HalfPlane(a, b, c):
            return at_least_zero(by.image(polynomials.line(a, b, c)), node.name)
        case Algebraic(polynomial):
            return Algebraic(by.image(polynomial), node.name)
        case Path(contours):
            chains = tuple(tuple(_segment(s, by) for s in contour) for contour in contours)
            return replace(node, contours=chains)
        case Complement(operand):
            return Complement(images[id(operand)], node.name)
        case Union() | Intersection() | Difference() | SymmetricDifference():
            return replace(node, operands=tuple(images[id(o)] for o in node.operands))
        case _:
            assert_never(node)


def _rounded(point: tuple[Fraction, Fraction]) -> Pair:
    x, y = point
    return rounded(x), rounded(y)


def _polygonal(geometry: shapely.Geometry, by: Affine, name: str | None) -> Polygonal:
    def corners(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array(by.rounded(points.tolist())).reshape(-1, 2)

    image = shapely.transform(shapely.force_2d(geometry), corners)
    if np.isfinite(shapely.get_coordinates(image)).all() and not image.is_valid:
        reason = readable_reason(shapely.is_valid_reason(image))
        message = f"the polygon is invalid, its corners rounded to doubles: {reason}"
        raise SpecError([Problem(f"{message}; move it less far, or make it larger")])
    return Polygonal(image, name)


def _box(box: Box, by: Affine) -> Box | Polygonal:
    """A box where its sides stay parallel to the axes."""
    corners = [(box.xmin, box.ymin), (box.xmax, box.ymin), (box.xmax, box.ymax)]
    if not by.keeps_axes:
        return _polygonal(shapely.Polygon([*corners, (box.xmin, box.ymax)]), by, box.name)
    (x, y), (u, v) = _rounded(by(corners[0])), _rounded(by(corners[2]))
    return Box(min(x, u), min(y, v), max(x, u), max(y, v), box.name)


def _ellipse(
    center: Pair, own: Stretch, by: Affine, name: str | None
) -> Circle | Ellipse | Algebraic:
    """The image of the unit disc, stretched, turned and put at a centre."""
    stretch = None if by.stretch is None else by.stretch.after(own)
    if stretch is None:
        return Algebraic(by.image(_inside(center, own)), name)
    middle, radii = _rounded(by(center)), (abs(stretch.x), abs(stretch.y))
    if radii[0] == radii[1]:
        return Circle(middle, rounded(radii[0]), name)
    # Turned by half a circle an ellipse is the same.
    return Ellipse(middle, _rounded(radii), rounded(stretch.degrees % 180), name)


def _inside(center: Pair, own: Stretch) -> Polynomial:
    """At least 0 exactly on the closed ellipse."""
    x, y = map(Fraction, center)
    direction = rational_direction(own.degrees)
    return polynomials.ellipse((x, y), (own.x, own.y), direction)


def _annulus(annulus: Annulus, by: Affine) -> Annulus | Intersection:
    """An annulus where circles stay circles, else what lies in one ellipse and out of another."""
    outer, inner = (
        _ellipse(annulus.center, Stretch(Fraction(0), *2 * (Fraction(r),)), by, name)
        for r, name in ((annulus.outer, "outer"), (annulus.inner, "inner"))
    )
    if isinstance(outer, Circle) and isinstance(inner, Circle):
        return Annulus(outer.center, inner.radius, outer.radius, annulus.name)
    x, y = map(Fraction, annulus.center)
    hole = by.image(polynomials.circle((x, y), Fraction(annulus.inner)))
    return Intersection((outer, Algebraic(-hole, "inner")), annulus.name)


def _segment(segment: Segment, by: Affine) -> Segment:
    def at(point: Pair) -> Pair:
        return _rounded(by(point))

    match segment:
        case Line(start, end):
            return Line(at(start), at(end))
        case Quadratic(start, control, end):
            return Quadratic(at(start), at(control), at(end))
        case Cubic(start, first, second, end):
            return Cubic(at(start), at(first), at(second), at(end))
        case Arc(start, end, first, second, large, left):
            diameters = _rounded(by.vector(first)), _rounded(by.vector(second))
            return Arc(at(start), at(end), *diameters, large, left == (by.determinant > 0))
        case _:
            assert_never(segment)
