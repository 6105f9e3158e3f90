"""Convex partition of a polygon: as few pieces as possible, or nearly so.

A small ring is cut into the least number of pieces (`optimal.py`), any other polygon into triangles
that are merged (`hertel_mehlhorn.py`). Both cut along diagonals between vertices only, so that a
piece needs no lines but these and the polygon's edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.geometry.frame import Points
from regions.geometry.half_edges import (
    PartitionError,
    around,
    boundary_lines,
    one_of_each,
    twins,
)
from regions.geometry.hertel_mehlhorn import merged_triangles
from regions.geometry.optimal import OPTIMAL_VERTICES, optimal_pieces
from regions.geometry.rings import BoundaryEdges, boundary_edges

__all__ = ["ConvexPartition", "Ints", "PartitionError", "convex_partition"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ConvexPartition:
    """Convex pieces as half-edges, each with its piece on the left.

    Attributes:
        vertices: `(n, 2)` distinct points.
        boundary: The polygon's maximal straight edges.
        origin: `(h,)` vertex in which each half-edge begins.
        following: `(h,)` next half-edge around the same piece.
        twin: `(h,)` half-edge on the other side of a diagonal, -1 on the boundary.
        edge: `(h,)` boundary edge on whose line the half-edge lies, -1 for a diagonal.
        first: `(k,)` one half-edge of each piece.
    """

    vertices: Points
    boundary: BoundaryEdges
    origin: Ints
    following: Ints
    twin: Ints
    edge: Ints
    first: Ints


def convex_partition(polygon: shapely.Polygon) -> ConvexPartition:
    """Cut a valid polygon into convex pieces along diagonals between its vertices.

    Collinear vertices stay: a piece may have corners of 180 degrees, so every vertex of the
    polygon is a vertex of each piece that it touches in a corner.

    Args:
        polygon: Valid, not empty; holes allowed.

    Raises:
        PartitionError: The pieces do not tile the polygon.
    """
    boundary = boundary_edges(polygon)
    origin, following = _optimal(boundary) or merged_triangles(polygon, boundary)
    end = origin[following]
    twin = twins(origin, end, len(boundary.vertices))
    return ConvexPartition(
        vertices=boundary.vertices,
        boundary=boundary,
        origin=origin,
        following=following,
        twin=twin,
        edge=boundary_lines(boundary, origin, end, twin),
        first=one_of_each(following),
    )


def _optimal(boundary: BoundaryEdges) -> tuple[Ints, Ints] | None:
    """The half-edges of an optimal partition; None for a large ring, or several."""
    ring = boundary.start
    if boundary.line_ring.any() or len(ring) > OPTIMAL_VERTICES:
        return None
    pieces = optimal_pieces(boundary.vertices[ring])
    if pieces is None:
        return None
    return around([ring[piece].tolist() for piece in pieces])
