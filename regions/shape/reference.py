"""The independent reference: the CSG tree evaluated by Shapely, never by our formula or network.

Curves become polygons with corners on the curve; `Reference.flattening` bounds how far such a
polygon misses its curve. Unbounded shapes are clipped to a window, so everything said about
the reference means "within the window".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple, assert_never

import numpy as np
import shapely

from regions.shape.conic_outlines import drawn_conic
from regions.shape.curves import FINEST, flattened_ellipse
from regions.shape.half_planes import half_plane
from regions.shape.level_sets import flattened_polynomial
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
    operands,
)
from regions.shape.outlines import flattened_path

MANY_CURVES = 1000
"""Curves that are drawn as fine as one alone; of more, each is drawn less fine."""

_CURVED = (Circle, Ellipse, Annulus, Algebraic, Path)

_NO_LINES = shapely.MultiLineString()


@dataclass(frozen=True, eq=False)
class Reference:
    """A shape as Shapely sees it within a window.

    Wherever pointwise closed sets, Shapely's closed booleans and flattened curves may differ, the
    border of a primitive is near: two primitives that touch, for instance, meet on a line that no
    region shows. So the borders of all primitives are kept, not just the region's.

    Attributes:
        region: Polygon, MultiPolygon, or empty.
        straight: The boundary lines of all primitives without curves.
        curved: Those of all primitives with curves, flattened; and lines where there may be more of
            a curve than its polygon shows, since it has a singular point there.
        flattening: Largest distance between a curve and its polygon within the window, in the
            user's units; 0 if there are no curves.
    """

    region: shapely.Geometry
    straight: shapely.Geometry
    curved: shapely.Geometry
    flattening: float


class _Drawn(NamedTuple):
    """A primitive as polygons, and how far they may miss its curves.

    Attributes:
        region: Polygon, MultiPolygon, or empty.
        error: Outside of all points so near to the region's border, or to the doubtful lines, the
            region's answer is right.
        doubtful: Where there may be more of the curve than the region shows.
    """

    region: shapely.Geometry
    error: float = 0.0
    doubtful: shapely.MultiLineString = _NO_LINES


# GEOS multiplies coordinates, and sets flags where these are extreme.
@np.errstate(all="ignore")
def reference(shape: Shape, window: Bounds, tolerance: float) -> Reference:
    """Evaluate a shape with Shapely.

    Args:
        shape: The CSG tree.
        window: What unbounded shapes, and then the whole, are clipped to.
        tolerance: Largest allowed distance between a curve and its polygon, in the user's units.
    """
    frame = shapely.box(*window)
    finest = _finest(shape)
    regions: dict[int, shapely.Geometry] = {}
    straight: list[shapely.Geometry] = []
    curved: list[shapely.Geometry] = []
    worst = 0.0
    for node in bottom_up(shape):
        if operands(node):
            inputs = [regions[id(operand)] for operand in operands(node)]
            regions[id(node)] = _areas(_combine(node, inputs, frame))
        else:
            drawn = _primitive(node, window, tolerance, finest)
            regions[id(node)] = drawn.region
            borders = curved if drawn.error else straight
            borders.extend(shapely.get_parts(shapely.boundary(drawn.region)))
            borders.extend(shapely.get_parts(drawn.doubtful))
            worst = max(worst, drawn.error)
    region = _areas(shapely.intersection(regions[id(shape)], frame))
    lines = shapely.MultiLineString
    return Reference(region, lines(straight), lines(curved), worst)


def _finest(shape: Shape) -> float:
    """How fine curves are drawn whatever the tolerance, as a part of their size.

    Few curves are drawn so fine that their area is right to 5e-6; of very many, each gets fewer
    corners, so that all of them together stay about a million.
    """
    curves = sum(isinstance(node, _CURVED) for node in bottom_up(shape))
    return FINEST * max(1.0, curves / MANY_CURVES) ** 2


def _combine(
    node: Shape, inputs: Sequence[shapely.Geometry], frame: shapely.Geometry
) -> shapely.Geometry:
    match node:
        case Union():
            return shapely.union_all(inputs)
        case Intersection():
            return _in_pairs(shapely.intersection, inputs)
        case Difference():
            return shapely.difference(inputs[0], shapely.union_all(inputs[1:]))
        case SymmetricDifference():
            return _in_pairs(shapely.symmetric_difference, inputs)
        case Complement():
            return shapely.difference(frame, inputs[0])
        case _:
            raise AssertionError(f"{type(node).__name__} has no operands")


def _in_pairs(
    operation: Callable[[shapely.Geometry, shapely.Geometry], shapely.Geometry],
    inputs: Sequence[shapely.Geometry],
) -> shapely.Geometry:
    """Combined two by two, and the results again, so that large intermediate results are few.

    Polygons that touch leave points and lines as well, and GEOS combines no such mixtures.
    """
    while len(inputs) > 1:
        pairs = zip_longest(inputs[::2], inputs[1::2])
        inputs = [one if other is None else _areas(operation(one, other)) for one, other in pairs]
    return inputs[0]


def _primitive(node: Shape, window: Bounds, tolerance: float, finest: float) -> _Drawn:
    match node:
        case Polygonal(geometry):
            return _Drawn(geometry)
        case Box(xmin, ymin, xmax, ymax):
            return _Drawn(shapely.box(xmin, ymin, xmax, ymax))
        case Circle(center, radius):
            return _Drawn(
                *flattened_ellipse(center, (radius, radius), 0.0, window, tolerance, finest)
            )
        case Ellipse(center, radii, angle):
            return _Drawn(*flattened_ellipse(center, radii, angle, window, tolerance, finest))
        case Annulus(center, inner, outer):
            disc, error = flattened_ellipse(center, (outer, outer), 0.0, window, tolerance, finest)
            hole, other = flattened_ellipse(center, (inner, inner), 0.0, window, tolerance, finest)
            return _Drawn(shapely.difference(disc, hole), max(error, other))
        case HalfPlane(a, b, c):
            return _Drawn(half_plane(Fraction(a), Fraction(b), Fraction(c), window))
        case Algebraic(polynomial):
            conic = drawn_conic(polynomial, window, tolerance, finest)
            if conic is not None:
                region, error = conic
                return _Drawn(_areas(region), error)
            found = flattened_polynomial(polynomial, window, tolerance)
            return _Drawn(found.region, found.error, found.doubtful)
        case Path():
            return _Drawn(*flattened_path(node, window, tolerance, finest))
        case Union() | Intersection() | Difference() | SymmetricDifference() | Complement():
            raise AssertionError(f"{type(node).__name__} is no primitive")
        case _:
            assert_never(node)


def _areas(geometry: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry: booleans of touching polygons also leave points and lines."""
    members = shapely.get_parts(shapely.get_parts(geometry))
    kept = [part for part in members if part.geom_type == "Polygon" and not part.is_empty]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)
