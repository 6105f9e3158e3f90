"""Polygons grown and shrunk by a distance, exactly: round outside corners, no approximation.

Grown by r, a polygon is itself, a rectangle of half-width r along each edge, and a disc of radius r
about each convex vertex. Shrunk by r, it is what of it lies in none of these rectangles and in no
disc about a reflex vertex, rectangles and discs taken without their borders.

Why these vertices are enough: let q be the point of the border nearest to p. Within an edge, the
rectangle along that edge holds p. In a vertex, the way from q to p makes at least a right angle
with both edges there, so the side on which p lies spans half a turn or more at q: for p outside the
vertex is convex, for p inside it is reflex.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.errors import Problem, SpecError
from regions.geometry.pieces import pair
from regions.geometry.polynomials import circle
from regions.geometry.predicates import orientation
from regions.geometry.rings import boundary_edges
from regions.shape.atoms import box_of
from regions.shape.model import (
    Algebraic,
    Bounds,
    Box,
    Circle,
    Intersection,
    Pair,
    Polygonal,
    Shape,
    Union,
)
from regions.shape.rounds import Beside


def grown(shape: Shape, by: float, name: str | None = None) -> Union:
    """All points within a distance of a shape.

    Args:
        shape: A polygon or a box, or a union of them: it grows as its operands do.
        by: The distance, greater than 0.
        name: Of the result.

    Raises:
        SpecError: The shape is another.
    """
    match shape:
        case Polygonal(geometry):
            border = _border(geometry)
            sides = [Beside(*edge, by).inside("side") for edge in border.edges]
            return Union((shape, *sides, *_discs(border.convex, by)), name)
        case Box():
            return _grown_box(shape, by, name)
        case Union(operands):
            return Union(tuple(grown(one, by, one.name) for one in operands), name)
        case _:
            message = "only polygons, boxes and unions of these can be grown"
            raise SpecError([Problem(f"found {_described(shape)}; {message}")])


def shrunk(shape: Shape, by: float, name: str | None = None) -> Box | Intersection:
    """The points of a shape whose distance from all points outside is at least so large.

    Args:
        shape: A polygon or a box, or an intersection of them: it shrinks as its operands do.
        by: The distance, greater than 0.
        name: Of the result.

    Raises:
        SpecError: The shape is another; or plainly nothing with an area is left, since no part of
            it is wider and higher than twice the distance. Where that is not plain, the result may
            be empty.
    """
    match shape:
        case Polygonal(geometry):
            _require_rest([part.bounds for part in shapely.get_parts(geometry)], by)
            return _shrunk_polygon(shape, by, name)
        case Box():
            _require_rest([(shape.xmin, shape.ymin, shape.xmax, shape.ymax)], by)
            smaller = _resized(shape, -by, -by, name)
            return smaller or _shrunk_polygon(_as_polygon(shape), by, name)
        case Intersection(operands):
            return Intersection(tuple(shrunk(one, by, one.name) for one in operands), name)
        case _:
            message = "only polygons, boxes and intersections of these can be shrunk"
            raise SpecError([Problem(f"found {_described(shape)}; {message}")])


@dataclass(frozen=True)
class _Border:
    """The straight edges of a polygon, with the interior on the left, and the vertices between.

    Attributes:
        edges: Start and end of each.
        convex: Vertices where the border turns left.
        reflex: Vertices where it turns right.
        one_ring: Whether there is one only.
    """

    edges: list[tuple[Pair, Pair]]
    convex: list[Pair]
    reflex: list[Pair]
    one_ring: bool


def _border(geometry: shapely.Geometry) -> _Border:
    """No edge continues another, and no vertex comes twice among the convex or the reflex ones."""
    border = boundary_edges(geometry)
    start, end = border.vertices[border.line_start], border.vertices[border.line_end]
    after = _next_in_ring(border.line_ring)
    turns = orientation(start, end, end[after])
    edges = [(pair(a), pair(b)) for a, b in zip(start, end, strict=True)]
    convex = dict.fromkeys(pair(v) for v in end[turns > 0])
    reflex = dict.fromkeys(pair(v) for v in end[turns < 0])
    return _Border(edges, list(convex), list(reflex), len(border.ring_polygon) == 1)


def _next_in_ring(ring: NDArray[np.int64]) -> NDArray[np.int64]:
    """The position after each one, around rings that are stored one behind the other."""
    first = np.searchsorted(ring, ring)
    last = np.searchsorted(ring, ring, side="right") - 1
    position = np.arange(len(ring))
    following: NDArray[np.int64] = np.where(position == last, first, position + 1)
    return following


def _discs(vertices: list[Pair], radius: float) -> list[Circle]:
    return [Circle(vertex, radius, "corner") for vertex in vertices]


def _grown_box(box: Box, by: float, name: str | None) -> Union:
    """Two boxes and four discs, where the boxes' corners are doubles."""
    wide, tall = _resized(box, by, 0.0, "wide"), _resized(box, 0.0, by, "tall")
    if wide is None or tall is None:
        return grown(_as_polygon(box), by, name)
    return Union((wide, tall, *_discs(_corners(box), by)), name)


def _shrunk_polygon(polygon: Polygonal, by: float, name: str | None) -> Intersection:
    """Within a convex polygon the nearest edge is the one whose line is nearest."""
    border = _border(polygon.geometry)
    if border.one_ring and not border.reflex:
        sides: list[Shape] = [Beside(*edge, by).beyond("side") for edge in border.edges]
        return Intersection((polygon, *sides), name)
    sides = [Beside(*edge, by).outside("side") for edge in border.edges]
    corners = [_outside_disc(vertex, by) for vertex in border.reflex]
    return Intersection((polygon, *sides, *corners), name)


def _outside_disc(center: Pair, radius: float) -> Algebraic:
    """All points but the open disc."""
    x, y = map(Fraction, center)
    return Algebraic(-circle((x, y), Fraction(radius)), "corner")


def _resized(box: Box, dx: float, dy: float, name: str | None) -> Box | None:
    """The box with its sides moved outwards, None where they come to lie between doubles."""
    low = Fraction(box.xmin) - Fraction(dx), Fraction(box.ymin) - Fraction(dy)
    high = Fraction(box.xmax) + Fraction(dx), Fraction(box.ymax) + Fraction(dy)
    return box_of((*low, *high), name)


def _corners(box: Box) -> list[Pair]:
    return [(box.xmin, box.ymin), (box.xmax, box.ymin), (box.xmax, box.ymax), (box.xmin, box.ymax)]


def _as_polygon(box: Box) -> Polygonal:
    return Polygonal(shapely.Polygon(_corners(box)), box.name)


def _require_rest(parts: list[Bounds], by: float) -> None:
    narrow = max(min(Fraction(r) - Fraction(x), Fraction(t) - Fraction(y)) for x, y, r, t in parts)
    if narrow <= 2 * Fraction(by):
        message = f"shrunk by {by!r} nothing with an area is left; shrink by less than"
        raise SpecError([Problem(f"{message} {float(narrow / 2)!r}")])


def _described(shape: Shape) -> str:
    """Such as `an annulus`, `a half plane`."""
    words = " ".join(re.findall("[A-Z][a-z]+", type(shape).__name__)).lower()
    return f"{'an' if words[0] in 'aei' else 'a'} {words}"
