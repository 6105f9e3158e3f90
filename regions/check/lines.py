"""A network and a straight shape as exact lines, before any of them is compared.

Doubles are rationals, so all is exact. The coordinates are the network's own, in which the vertices
of the shape that it was compiled from are doubles again; of any other shape the user's. How a
separator is read as a line is told in `check/reading.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.check.reading import Corners, read_separators
from regions.geometry.arrangement import Line, integer_line
from regions.geometry.frame import Frame, exact_difference
from regions.geometry.rings import boundary_edges
from regions.network.model import Network
from regions.shape.model import Bounds, Box, HalfPlane, Polygonal, Shape, bottom_up, operands

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Signs = NDArray[np.int8]

FILTER = 2.0**-50
"""Error of `a*x + b*y + c` relative to the sum of the three sizes. In units of 2^-53: 1 for each
coefficient, 1 for each product, 2 for the sums: 4 in all; twice that for the second order."""

UNDERFLOW = 2.0**-1000
"""Added to the filter's bound: products this small may have lost bits to underflow."""


class NotStraightError(ValueError):
    """A separator has a feature beyond x and y, or the shape a curved border."""


@dataclass(frozen=True, eq=False)
class Borders:
    """The straight primitives of a shape, numbered in the order of `bottom_up`.

    Attributes:
        corners: Distinct ends of edges.
        ends: `(e, 2)` the corners of each maximal straight edge, inside on the left.
        primitive: `(e,)` the primitive that each edge belongs to.
        half_planes: Those primitives that are half-planes: their lines, positive inside.
        count: Number of primitives.
    """

    corners: Corners
    ends: Ints
    primitive: Ints
    half_planes: dict[int, Line]
    count: int


@dataclass(frozen=True, eq=False)
class Scene:
    """A network and a shape over distinct lines.

    Attributes:
        frame: The coordinates (u, v) of all that follows.
        borders: The shape's.
        lines: Integers `(a, b, c)` without a common divisor, for `a*u + b*v + c`.
        coefficients: `(n, 3)` the same, divided by the larger of |a| and |b|, each rounded once.
        separator_line: `(s,)` the line of each separator, -1 for one that is constant.
        separator_side: `(s,)` 1 or -1: it fires where side * line >= 0; a constant one fires
            everywhere or nowhere.
        edge_line: `(e,)` the line of each edge of the borders.
        plane_line: Of each half-plane among the primitives its line, and the side that is inside.
        distance: Largest distance between a separator and the line it is read as, within the
            window, in the user's units.
    """

    frame: Frame
    borders: Borders
    lines: tuple[Line, ...]
    coefficients: Floats
    separator_line: Ints
    separator_side: Signs
    edge_line: Ints
    plane_line: dict[int, tuple[int, int]]
    distance: float

    def sides(self, line: int) -> Signs:
        """`(v,)` on which side of a line each corner lies: 1, -1, or 0 on it, exactly."""
        a, b, c = self.coefficients[line].tolist()
        x, y = self.borders.corners.points.T
        terms = a * x, b * y
        value = terms[0] + terms[1] + c
        bound = FILTER * (np.abs(terms[0]) + np.abs(terms[1]) + abs(c)) + UNDERFLOW
        signs: Signs = np.sign(value).astype(np.int8)
        for corner in np.flatnonzero(~(np.abs(value) > bound)).tolist():
            signs[corner] = self.borders.corners.side(self.lines[line], corner)
        return signs


def scene(network: Network, shape: Shape, window: Bounds) -> Scene:
    """Read a network and a shape.

    Args:
        network: Any whose separators are lines.
        shape: Any without curves.
        window: Where the distance of rounded separators counts, in the user's coordinates.

    Raises:
        NotStraightError: A separator or a border is curved.
    """
    if network.weights[:, 2:].any():
        raise NotStraightError("a separator is a curve")
    frame = _frame(network, shape)
    borders = _borders(shape, frame)
    read = read_separators(network, borders.corners, borders.ends, frame, window)
    numbers: dict[Line, int] = {}
    separators = np.array([_numbered(numbers, line) for line in read.lines]).reshape(-1, 2)
    edges = [_numbered(numbers, borders.corners.through(*ends)) for ends in borders.ends.tolist()]
    planes = {k: _numbered(numbers, line) for k, line in borders.half_planes.items()}
    return Scene(
        frame=frame,
        borders=borders,
        lines=tuple(numbers),
        coefficients=np.array([_rounded(line) for line in numbers]).reshape(-1, 3),
        separator_line=separators[:, 0].astype(np.int64),
        separator_side=separators[:, 1].astype(np.int8),
        edge_line=np.array([line for line, _ in edges], dtype=np.int64),
        plane_line=planes,
        distance=read.distance,
    )


def _numbered(numbers: dict[Line, int], line: Line) -> tuple[int, int]:
    """The number of a line, whichever way it runs, and the side of that where this is positive."""
    a, b, c = line
    if a == 0 and b == 0:
        return -1, 1 if c >= 0 else -1
    side = 1 if (a, b) > (0, 0) else -1
    return numbers.setdefault((side * a, side * b, side * c), len(numbers)), side


def _rounded(line: Line) -> tuple[float, float, float]:
    a, b, c = line
    scale = max(abs(a), abs(b))
    try:
        return a / scale, b / scale, c / scale
    except OverflowError:
        return a / scale, b / scale, np.inf if c > 0 else -np.inf


def _frame(network: Network, shape: Shape) -> Frame:
    """The network's coordinates where they hold the shape's corners exactly, else the user's."""
    frame = Frame(network.center, network.exponent)
    corners = np.concatenate([np.empty((0, 2)), *map(_points, bottom_up(shape))])
    exact = all(exact_difference(corners[:, i], frame.center[i]) for i in (0, 1))
    unit = frame.to_unit(corners)
    exact &= bool((np.ldexp(unit, -frame.exponent) == corners - np.array(frame.center)).all())
    return frame if exact else Frame()


def _points(node: Shape) -> Floats:
    match node:
        case Polygonal(geometry):
            points: Floats = shapely.get_coordinates(geometry)
            return points
        case Box(xmin, ymin, xmax, ymax):
            return np.array([[xmin, ymin], [xmax, ymax]])
        case _:
            return np.empty((0, 2))


def _borders(shape: Shape, frame: Frame) -> Borders:
    """Raises NotStraightError for a curve."""
    primitives = [node for node in bottom_up(shape) if not operands(node)]
    ends: list[Floats] = [np.empty((0, 2, 2))]
    owner: list[int] = []
    half_planes: dict[int, Line] = {}
    for number, node in enumerate(primitives):
        match node:
            case Polygonal(geometry):
                found = _edges(geometry, frame)
            case Box(xmin, ymin, xmax, ymax):
                found = _edges(shapely.box(xmin, ymin, xmax, ymax), frame)
            case HalfPlane():
                half_planes[number] = _half_plane(node, frame)
                continue
            case _:
                raise NotStraightError("a border is a curve")
        ends.append(found)
        owner += [number] * len(found)
    points = np.concatenate(ends).reshape(-1, 2)
    keys, corner = np.unique(points @ np.array([1, 1j]), return_inverse=True)
    return Borders(
        corners=Corners(np.stack([keys.real, keys.imag], axis=1)),
        ends=corner.reshape(-1, 2),
        primitive=np.array(owner, dtype=np.int64),
        half_planes=half_planes,
        count=len(primitives),
    )


def _edges(geometry: shapely.Polygon | shapely.MultiPolygon, frame: Frame) -> Floats:
    """`(e, 2, 2)` the ends of the maximal straight edges."""
    boundary = boundary_edges(shapely.transform(geometry, frame.to_unit))
    ends = np.stack([boundary.line_start, boundary.line_end], axis=1)
    found: Floats = boundary.vertices[ends]
    return found


def _half_plane(node: HalfPlane, frame: Frame) -> Line:
    """`a*x + b*y + c` with `x = u * 2^-exponent + center`, in integers."""
    return integer_line(*Frame().between((node.a, node.b, node.c), frame))
