"""How often the edges of polygons cross one another, counted up to a limit."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

_CHUNK = 256
"""Edges asked about at a time: where all cross all, the first answer is enough."""


def crossings(geometry: shapely.Geometry, most: int) -> int:
    """Pairs of edges that cross within both; more than `most` if there are more, but not all.

    Edges that touch or overlap do not count. In floating point: a count, no predicate.
    """
    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edge = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    start, end = points[:-1][edge], points[1:][edge]
    boxes = shapely.box(*np.minimum(start, end).T, *np.maximum(start, end).T)
    tree = shapely.STRtree(boxes)
    found = 0
    for begin in range(0, len(boxes), _CHUNK):
        first, second = tree.query(boxes[begin : begin + _CHUNK])
        first += begin
        first, second = first[first < second], second[first < second]
        apart = _sides(start, end, first, second) & _sides(start, end, second, first)
        found += int(apart.sum())
        if found > most:
            break
    return found


def _sides(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Whether the ends of each second edge lie on different sides of the first one's line."""
    along = end[first] - start[first]
    one, other = (_cross(along, point[second] - start[first]) for point in (start, end))
    return np.sign(one) * np.sign(other) < 0


def _cross(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    return found
