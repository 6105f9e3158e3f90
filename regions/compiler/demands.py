"""What a shape demands of any network whose separators are lines: those that carry its border.

(For curves: lines and conics. A network may use separators of a higher degree, of which one can
carry several borders; nothing is said of these.)

Along an edge of the border nothing but that edge's line separates inside from outside, so an exact
network has a separator that flips there. Which side of it fires is told by the edge itself: its
points belong to the side on which the separator fires as they do on the line. So edges that face
opposite ways need two separators even on one line. Several separators need a gate.
"""

from __future__ import annotations

from typing import assert_never

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.compiler.boundary import boundary_separators
from regions.compiler.cells import TooManyLinesError, border_lines, region_cells, units_of
from regions.compiler.edges import polygons_by_edges
from regions.compiler.separators import SeparatorPool, Separators
from regions.compiler.translate import frame_points, translate
from regions.compiler.truth import NotStraightError, separators_used
from regions.errors import SpecError
from regions.geometry.frame import choose_frame
from regions.geometry.rings import boundary_edges
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
    Path,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
)

Floats = NDArray[np.float64]


NEAR = 2.0**-30
"""Angle, and distance in a frame where no coordinate exceeds 1, below which two lines may be one:
far above the rounding of either."""

REACH = 2.0
"""More than the distance of any line through the frame from its origin."""


def edge_count(shape: Shape) -> int:
    """Border pieces of all primitives: straight edges, and curves."""
    return sum(_edges(node) for node in bottom_up(shape))


def _edges(node: Shape) -> int:
    match node:
        case Polygonal(geometry):
            return len(boundary_edges(geometry).line_start)
        case Box():
            return 4
        case Circle() | Ellipse() | HalfPlane() | Algebraic():
            return 1
        case Annulus():
            return 2
        case Path(contours):
            return sum(map(len, contours))
        case Union() | Intersection() | Difference() | SymmetricDifference() | Complement():
            return 0
        case _:
            assert_never(node)


def least_units(shape: Shape) -> int | None:
    """Units that an exact network has at least, if its separators are of the border's own degree.

    None where that is not known. It is known for primitives, and for booleans of straight ones with
    no more lines than strategy `one-layer` takes. It is a bound, not a promise: often no network
    is that small.
    """
    match shape:
        case Circle() | Ellipse() | HalfPlane() | Algebraic():
            lines: int | None = 1
        case Annulus():
            lines = 2
        case Polygonal(geometry):
            lines = _polygon_lines(geometry)
        case _:
            lines = _boolean_lines(shape)
    return None if lines is None else max(lines, 1) + (lines > 1)


def _polygon_lines(geometry: shapely.Geometry) -> int:
    """Distinct lines with a side."""
    pool = SeparatorPool(choose_frame(shapely.get_coordinates(geometry)))
    boundary_separators(geometry, [""] * shapely.get_num_geometries(geometry), pool)
    return _distinct_lines(pool.separators())


def _distinct_lines(separators: Separators) -> int:
    if separators.exact:
        return len(separators.names)
    return distinguishable(separators.coefficients[:, :2], separators.coefficients[:, -1])


def _boolean_lines(shape: Shape) -> int | None:
    try:
        frame = choose_frame(frame_points(shape))
        formula, separators = translate(shape, "shape", frame, polygons_by_edges)
        used = separators_used(formula)
        units = units_of(separators, frame, used, vertex_pairs=False)
    except (SpecError, NotStraightError, TooManyLinesError):
        return None
    found = border_lines(region_cells(formula, separators, frame, used, units))
    # Each pair that rounding makes one may be a pair of the border.
    merged = len(separators.names) - _distinct_lines(separators)
    return max(found - merged, 0)


def distinguishable(weights: Floats, bias: Floats) -> int:
    """How many lines are left if those that rounding cannot tell apart are one, at least.

    Args:
        weights: `(n, 2)` in a frame where no coordinate exceeds 1; direction counts.
        bias: `(n,)`.
    """
    size = np.hypot(weights[:, 0], weights[:, 1])
    angle = np.arctan2(weights[:, 1], weights[:, 0])
    angle[angle < NEAR - np.pi] += 2 * np.pi
    offset = np.clip(bias / size, -REACH, REACH)
    # Directions are bundled first, then, within a bundle, distances from the origin.
    return int(_bundles(_bundles(angle) * 4 * REACH + offset).max()) + 1


def _bundles(values: Floats) -> Floats:
    """Numbers of groups of values, each within `NEAR` of the next of its group."""
    order = np.argsort(values)
    number = np.zeros(len(values))
    number[order] = np.concatenate([[0], np.cumsum(np.diff(values[order]) > NEAR)])
    return number
