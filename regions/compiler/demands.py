"""What a shape demands of any network: the lines that carry its border.

Along an edge of the border nothing but that edge's line separates inside from outside, so an exact
network has a separator that flips there. Which side of it fires is told by the edge itself: its
points belong to the side on which the separator fires as they do on the line. So edges that face
opposite ways need two separators even on one line. Several separators need a gate.
"""

from __future__ import annotations

from typing import assert_never

import shapely

from regions.compiler.cells import TooManyLinesError, border_lines, region_cells, units_of
from regions.compiler.edges import polygon_by_edges
from regions.compiler.translate import frame_points, translate
from regions.compiler.truth import NotStraightError, separators_used
from regions.errors import SpecError
from regions.geometry.arrangement import Line, line_through
from regions.geometry.frame import choose_frame
from regions.geometry.rings import boundary_edges
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
)


def edge_count(shape: Shape) -> int:
    """Border pieces of all primitives: straight edges, and curves."""
    return sum(_edges(node) for node in bottom_up(shape))


def _edges(node: Shape) -> int:
    match node:
        case Polygonal(geometry):
            return sum(len(boundary_edges(p).line_start) for p in shapely.get_parts(geometry))
        case Box():
            return 4
        case Circle() | Ellipse() | HalfPlane():
            return 1
        case Annulus():
            return 2
        case Union() | Intersection() | Difference() | SymmetricDifference() | Complement():
            return 0
        case _:
            assert_never(node)


def least_units(shape: Shape) -> int | None:
    """Units that any exact network of the shape has at least; None where that is not known.

    It is known for primitives, and for booleans of straight ones with no more lines than strategy
    `one-layer` takes. It is a bound, not a promise: often no network is that small.
    """
    match shape:
        case Circle() | Ellipse() | HalfPlane():
            lines: int | None = 1
        case Annulus():
            lines = 2
        case Polygonal(geometry):
            lines = _polygon_lines(geometry)
        case _:
            lines = _boolean_lines(shape)
    return None if lines is None else lines + (lines > 1)


def _polygon_lines(geometry: shapely.Geometry) -> int:
    """Distinct lines with a side, exactly: integer coefficients without a common divisor."""
    found: set[Line] = set()
    for polygon in shapely.get_parts(geometry):
        boundary = boundary_edges(polygon)
        starts = boundary.vertices[boundary.line_start].tolist()
        ends = boundary.vertices[boundary.line_end].tolist()
        found.update(line_through(start, end) for start, end in zip(starts, ends, strict=True))
    return len(found)


def _boolean_lines(shape: Shape) -> int | None:
    try:
        frame = choose_frame(frame_points(shape))
        formula, separators = translate(shape, "shape", frame, polygon_by_edges)
        used = separators_used(formula)
        units = units_of(separators, frame, used, vertex_pairs=False)
    except (SpecError, NotStraightError, TooManyLinesError):
        return None
    return border_lines(region_cells(formula, separators, frame, used, units))
