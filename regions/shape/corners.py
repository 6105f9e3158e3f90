"""Polygons by rule: regular ones, stars, convex hulls."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import shapely

from regions.errors import Problem, SpecError
from regions.geometry.directions import rational_direction
from regions.geometry.hull import convex_hull
from regions.geometry.quotients import rounded
from regions.shape.model import Box, Pair, Polygonal, Shape, Union, bottom_up

UP = 90.0
"""Degrees of the direction in which a first corner lies by default."""

MAX_CORNERS = 5_000
"""Sides of a regular polygon or points of a star, whose corners take no room in the document.

GEOS takes half a second to see that a star of 5,000 points is valid."""


def regular(
    sides: int, radius: float, center: Pair, angle: float = UP, name: str | None = None
) -> Polygonal:
    """The regular polygon with corners on a circle, the first at `angle` degrees.

    Each coordinate is rounded once.

    Raises:
        SpecError: Two corners round to one point, or as `Polygonal`.
    """
    return _around(center, [radius] * sides, angle, name)


def star(
    points: int,
    outer: float,
    inner: float,
    center: Pair,
    angle: float = UP,
    name: str | None = None,
) -> Polygonal:
    """Corners on two circles by turns: the first, a tip, on the outer one at `angle` degrees.

    Raises:
        SpecError: The inner circle is not the smaller one, or as `regular`.
    """
    if not 0 < inner < outer:
        raise SpecError([Problem("the radii must satisfy 0 < inner < outer")])
    return _around(center, [outer, inner] * points, angle, name)


def hull_of_points(points: Iterable[Pair], name: str | None = None) -> Polygonal:
    """The convex hull: its corners are among the points, and nothing is rounded.

    Raises:
        SpecError: All points lie on one line.
    """
    corners = convex_hull(points)
    if len(corners) < 3:
        message = "all points lie on one line, so their hull has no area; add another point"
        raise SpecError([Problem(message)])
    return Polygonal(shapely.Polygon(corners), name)


def vertices(shape: Shape) -> list[Pair] | None:
    """The vertices of polygons, boxes and unions of these; None for any other shape."""
    found: list[Pair] = []
    for node in bottom_up(shape):
        match node:
            case Polygonal(geometry):
                found += [(x, y) for x, y in shapely.get_coordinates(geometry).tolist()]
            case Box(xmin, ymin, xmax, ymax):
                found += [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax)]
            case Union():
                pass
            case _:
                return None
    return found


def _around(center: Pair, radii: list[float], angle: float, name: str | None) -> Polygonal:
    """The polygon with corners at these distances from a point, at equal angles."""
    step = Fraction(360, len(radii))
    corners = [_at(center, r, Fraction(angle) + k * step) for k, r in enumerate(radii)]
    polygon = shapely.Polygon(corners)
    message = "the corners round to an invalid polygon; make it larger, or move it to [0, 0]"
    if len(set(corners)) < len(corners):
        raise SpecError([Problem(message)])
    try:
        return Polygonal(polygon, name)
    except SpecError:
        # GEOS takes a second for a star of 20,000 corners: it is asked again only about a fault.
        if polygon.is_valid:
            raise
        raise SpecError([Problem(message)]) from None


def _at(center: Pair, radius: float, degrees: Fraction) -> Pair:
    cosine, sine = rational_direction(degrees)
    x, y = map(Fraction, center)
    return rounded(x + Fraction(radius) * cosine), rounded(y + Fraction(radius) * sine)
