"""How often the edges of polygons cross one another, counted up to a limit."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

_CHUNK = 32
"""Edges asked about at a time: where all cross all, the first answer is enough."""


def crossings(geometry: shapely.Geometry, most: int) -> int:
    """Pairs of edges that cross within both; more than `most` if there are more, but not all.

    Pairs that overlap count, too, where there are more of them than edges: the borders of a map's
    parts are there twice, without harm. Edges that touch do not count. In floating point: a count,
    no predicate.
    """
    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edge = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    edges = np.stack([points[:-1], points[1:]])[:, edge]
    low, high = edges.min(axis=0), edges.max(axis=0)
    boxes = shapely.box(*low.T, *high.T)
    tree = shapely.STRtree(boxes)
    found, overlaps = 0, -len(boxes)
    for begin in range(0, len(boxes), _CHUNK):
        first, second = tree.query(boxes[begin : begin + _CHUNK])
        first += begin
        first, second = first[first < second], second[first < second]
        sides = _sides(edges, first, second), _sides(edges, second, first)
        found += int(((sides[0].prod(axis=0) < 0) & (sides[1].prod(axis=0) < 0)).sum())
        shared = np.minimum(high[first], high[second]) - np.maximum(low[first], low[second])
        overlaps += int((~sides[0].any(axis=0) & (shared > 0).any(axis=1)).sum())
        if found + max(overlaps, 0) > most:
            break
    return found + max(overlaps, 0)


def _sides(
    edges: NDArray[np.float64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.float64]:
    """On which side of the first edge's line each second one begins and ends: `(2, n)`, -1 to 1."""
    start, end = edges[:, first]
    x, y = (end - start).T
    away = edges[:, second] - start
    found: NDArray[np.float64] = np.sign(x * away[..., 1] - y * away[..., 0])
    return found
