"""A network and a straight shape as exact lines, before any of them is compared.

Doubles are rationals, so all is exact. The coordinates are the network's own, in which the vertices
of the shape that it was compiled from are doubles again; of any other shape the user's. How a
separator is read as a line is told in `check/reading.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.check.reading import Corners, read_separators
from regions.geometry.arrangement import Line, undirected
from regions.geometry.frame import Frame, exact_difference
from regions.geometry.rings import boundary_edges
from regions.network.model import Network
from regions.shape.model import Bounds, Box, Polygonal, Shape

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]
Geometry: TypeAlias = shapely.Polygon | shapely.MultiPolygon


class NotStraightError(ValueError):
    """A separator has a feature beyond x and y, or the shape is neither a polygon nor a box."""


@dataclass(frozen=True, eq=False)
class Borders:
    """The boundary of a polygon, a multipolygon or a box.

    Attributes:
        corners: All vertices, also those at which the boundary does not bend.
        ends: `(e, 2)` the corners of each maximal straight edge, inside on the left.
    """

    corners: Corners
    ends: Ints


@dataclass(frozen=True, eq=False)
class Scene:
    """A network and a shape over distinct lines.

    Attributes:
        frame: The coordinates (u, v) of all that follows, the window left out.
        window: What of the plane is looked at, in the user's coordinates.
        borders: The shape's.
        lines: Integers `(a, b, c)` without a common divisor, for `a*u + b*v + c`.
        coefficients: `(n, 3)` the same, divided by the larger of |a| and |b|, each rounded once.
        separator_line: `(s,)` the line of each separator, -1 for one that is constant.
        separator_side: `(s,)` 1 or -1: it fires where side * line >= 0; a constant one fires
            everywhere or nowhere.
        edge_line: `(e,)` the line of each edge of the borders.
        distance: Largest distance between a separator and the line it is read as, within the
            window, in the user's units.
    """

    frame: Frame
    window: Bounds
    borders: Borders
    lines: tuple[Line, ...]
    coefficients: Floats
    separator_line: Ints
    separator_side: Signs
    edge_line: Ints
    distance: float


def scene(network: Network, shape: Shape, window: Bounds) -> Scene:
    """Read a network and a shape.

    Args:
        network: Any whose separators are lines.
        shape: A polygon, a multipolygon or a box.
        window: Where the distance of rounded separators counts, in the user's coordinates.

    Raises:
        NotStraightError: A separator is curved, or the shape is none of these.
    """
    if network.weights[:, 2:].any():
        raise NotStraightError("a separator is a curve")
    geometry = _rings(shape)
    frame = _frame(network, geometry)
    borders = _borders(geometry, frame)
    read = read_separators(network, borders.corners, borders.ends, frame, window)
    numbers: dict[Line, int] = {}
    separators = np.array([_numbered(numbers, line) for line in read.lines]).reshape(-1, 2)
    edges = [_numbered(numbers, borders.corners.through(*ends)) for ends in borders.ends.tolist()]
    return Scene(
        frame=frame,
        window=window,
        borders=borders,
        lines=tuple(numbers),
        coefficients=np.array([_rounded(line) for line in numbers]).reshape(-1, 3),
        separator_line=separators[:, 0].astype(np.int64),
        separator_side=separators[:, 1].astype(np.int8),
        edge_line=np.array([line for line, _ in edges], dtype=np.int64),
        distance=read.distance,
    )


def _numbered(numbers: dict[Line, int], line: Line) -> tuple[int, int]:
    """The number of a line, whichever way it runs, and the side of that where this is positive."""
    a, b, c = line
    if a == 0 and b == 0:
        return -1, 1 if c >= 0 else -1
    found, side = undirected(line)
    return numbers.setdefault(found, len(numbers)), side


def _rounded(line: Line) -> tuple[float, float, float]:
    a, b, c = line
    scale = max(abs(a), abs(b))
    try:
        return a / scale, b / scale, c / scale
    except OverflowError:
        return a / scale, b / scale, np.inf if c > 0 else -np.inf


def _rings(shape: Shape) -> Geometry:
    match shape:
        case Polygonal(geometry):
            return geometry
        case Box(xmin, ymin, xmax, ymax):
            return shapely.box(xmin, ymin, xmax, ymax)
        case _:
            raise NotStraightError("only a polygon or a box is read as lines")


def _frame(network: Network, geometry: Geometry) -> Frame:
    """The network's coordinates where they hold the shape's corners exactly, else the user's."""
    frame = Frame(network.center, network.exponent)
    corners = shapely.get_coordinates(geometry)
    exact = all(exact_difference(corners[:, i], frame.center[i]) for i in (0, 1))
    unit = frame.to_unit(corners)
    exact &= bool((np.ldexp(unit, -frame.exponent) == corners - np.array(frame.center)).all())
    return frame if exact else Frame()


def _borders(geometry: Geometry, frame: Frame) -> Borders:
    boundary = boundary_edges(shapely.transform(geometry, frame.to_unit))
    ends = np.stack([boundary.line_start, boundary.line_end], axis=1)
    return Borders(Corners(boundary.vertices), ends)
