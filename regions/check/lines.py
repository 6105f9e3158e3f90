"""A network and a straight shape as exact lines, before any of them is compared.

Doubles are rationals, so all is exact. The coordinates are the network's own, in which the vertices
of the shape that it was compiled from are doubles again; of any other shape the user's. How a
separator is read as a line is told in `check/reading.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.check.reading import Corners, read_separators
from regions.check.tree import Tree, read_tree
from regions.geometry.arrangement import Line, integer_line, undirected
from regions.geometry.frame import Frame, exact_difference
from regions.geometry.quotients import quotient
from regions.geometry.rings import boundary_edges
from regions.network.model import Network
from regions.shape.model import Bounds, HalfPlane, Shape

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Signs: TypeAlias = NDArray[np.int8]
Objects: TypeAlias = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Borders:
    """The boundaries of polygons.

    Attributes:
        corners: All vertices, also those at which no boundary bends.
        ends: `(e, 2)` the corners of each maximal straight edge, inside on the left.
        polygon: `(e,)` whose edge it is.
    """

    corners: Corners
    ends: Ints
    polygon: Ints


@dataclass(frozen=True, eq=False)
class Scene:
    """A network and a shape over distinct lines.

    Attributes:
        frame: The coordinates (u, v) of all that follows, the window left out.
        window: What of the plane is looked at, in the user's coordinates.
        tree: The shape over its primitives.
        borders: Those of its polygons.
        lines: Integers `(a, b, c)` without a common divisor, for `a*u + b*v + c`.
        coefficients: `(n, 3)` the same, divided by the larger of |a| and |b|, each rounded once.
        separator_line: `(s,)` the line of each separator, -1 for one that is constant.
        separator_side: `(s,)` 1 or -1: it fires where side * line >= 0; a constant one fires
            everywhere or nowhere.
        edge_line: `(e,)` the line of each edge of the borders.
        half_plane_line: `(h,)` the line of each half-plane of the shape.
        half_plane_side: `(h,)` 1 or -1: its points have side * line >= 0.
        distance: Largest distance between a separator and the line it is read as, within the
            window, in the user's units.
    """

    frame: Frame
    window: Bounds
    tree: Tree
    borders: Borders
    lines: tuple[Line, ...]
    coefficients: Floats
    separator_line: Ints
    separator_side: Signs
    edge_line: Ints
    half_plane_line: Ints
    half_plane_side: Signs
    distance: float

    @cached_property
    def forms(self) -> Objects:
        """`(n, 3)` the lines as one array of Python's integers."""
        return np.array(self.lines, dtype=object).reshape(-1, 3)


def scene(network: Network, shape: Shape, window: Bounds) -> Scene:
    """Read a network and a shape.

    Args:
        network: Any whose separators are lines.
        shape: Any whose primitives are polygons, boxes and half-planes.
        window: Where the distance of rounded separators counts, in the user's coordinates.

    Raises:
        ValueError: A separator or a primitive is curved.
    """
    if network.weights[:, 2:].any():
        raise ValueError("a separator is a curve")
    tree = read_tree(shape)
    frame = _frame(network, tree)
    borders = _borders(tree, frame)
    own = [_within(half_plane, frame) for half_plane in tree.half_planes]
    read = read_separators(network, borders.corners, borders.ends, own, frame, window)
    numbers: dict[Line, int] = {}
    separators = np.array([_numbered(numbers, line) for line in read.lines]).reshape(-1, 2)
    edges = [_numbered(numbers, borders.corners.through(*ends)) for ends in borders.ends.tolist()]
    half_planes = np.array([_numbered(numbers, line) for line in own]).reshape(-1, 2)
    return Scene(
        frame=frame,
        window=window,
        tree=tree,
        borders=borders,
        lines=tuple(numbers),
        coefficients=np.array([_rounded(line) for line in numbers]).reshape(-1, 3),
        separator_line=separators[:, 0].astype(np.int64),
        separator_side=separators[:, 1].astype(np.int8),
        edge_line=np.array([line for line, _ in edges], dtype=np.int64),
        half_plane_line=half_planes[:, 0].astype(np.int64),
        half_plane_side=half_planes[:, 1].astype(np.int8),
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
    return a / scale, b / scale, quotient(c, scale)


def _within(half_plane: HalfPlane, frame: Frame) -> Line:
    """A half-plane's line in a frame, positive inside."""
    row = half_plane.a, half_plane.b, half_plane.c
    return integer_line(*Frame().between(row, frame))


def _frame(network: Network, tree: Tree) -> Frame:
    """The network's coordinates where they hold the shape's corners exactly, else the user's."""
    frame = Frame(network.center, network.exponent)
    corners = shapely.get_coordinates(tree.polygons)
    exact = all(exact_difference(corners[:, i], frame.center[i]) for i in (0, 1))
    unit = frame.to_unit(corners)
    exact &= bool((np.ldexp(unit, -frame.exponent) == corners - np.array(frame.center)).all())
    return frame if exact else Frame()


def _borders(tree: Tree, frame: Frame) -> Borders:
    """The boundaries of all polygons, over corners of which no two are equal."""
    found = [boundary_edges(shapely.transform(each, frame.to_unit)) for each in tree.polygons]
    points = [np.empty((0, 2)), *(boundary.vertices for boundary in found)]
    keys, corner = np.unique(np.concatenate(points) @ np.array([1, 1j]), return_inverse=True)
    first = np.cumsum([len(some) for some in points])
    ends = [np.stack([each.line_start, each.line_end], axis=1) for each in found]
    moved = [some + begin for some, begin in zip(ends, first.tolist(), strict=False)]
    return Borders(
        corners=Corners(np.stack([keys.real, keys.imag], axis=1)),
        ends=corner[np.concatenate([np.empty((0, 2), dtype=np.int64), *moved])],
        polygon=np.repeat(np.arange(len(ends)), [len(some) for some in ends]),
    )
