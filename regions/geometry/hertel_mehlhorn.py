"""Few convex pieces fast: constrained Delaunay triangles, merged by Hertel-Mehlhorn.

The triangulation is GEOS's. It is trusted only after it has been checked: every triangle turns
counter-clockwise (exactly), and the directed edges left over when opposite pairs cancel are the
polygon's own. Then each point off the edges has as many triangles around it as the boundary winds
about it: one inside, none outside. So the pieces tile the polygon, whatever GEOS did. Merging
changes none of this: the second half of the check comes after it, in `half_edges.py`.

Hertel and Mehlhorn, "Fast triangulation of simple polygons" (1983): dropping diagonals that no
reflex corner needs leaves at most four times the least number of convex pieces, if there are no
holes.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.geometry.frame import Points
from regions.geometry.half_edges import PartitionError, around, twins
from regions.geometry.predicates import orientation, turn
from regions.geometry.rings import BoundaryEdges
from regions.tolerances import SLIVER

Ints = NDArray[np.int64]


def merged_triangles(polygon: shapely.Polygon, boundary: BoundaryEdges) -> tuple[Ints, Ints]:
    """Cut a polygon into convex pieces.

    Args:
        polygon: Valid, not empty; holes allowed.
        boundary: Its boundary.

    Returns:
        `(h,)` origins of the half-edges around the pieces, and `(h,)` the next one around each.

    Raises:
        PartitionError: The triangulation fails, or its check.
    """
    vertices = boundary.vertices
    origin, following = around(_triangles(polygon, boundary).tolist())
    twin = twins(origin, origin[following], len(vertices))
    kept, following = _merge(vertices, origin, following, twin)
    number = np.cumsum(kept) - 1
    return origin[kept], number[following[kept]]


def _triangles(polygon: shapely.Polygon, boundary: BoundaryEdges) -> Ints:
    """`(t, 3)` vertices of the triangles, counter-clockwise."""
    try:
        collection = shapely.constrained_delaunay_triangles(polygon)
    except shapely.errors.GEOSException as cause:
        raise PartitionError(str(cause)) from None
    corners = shapely.get_coordinates(collection).reshape(-1, 4, 2)[:, :3] + 0.0
    flipped = orientation(corners[:, 0], corners[:, 1], corners[:, 2])
    if len(corners) == 0 or (flipped == 0).any():
        raise PartitionError("a triangle has no area")
    corners[flipped < 0] = corners[flipped < 0][:, ::-1]
    points = np.concatenate([boundary.vertices, corners.reshape(-1, 2)])
    unique, number = np.unique(points, axis=0, return_inverse=True)
    known = number.reshape(-1)[: len(boundary.vertices)]
    # The boundary's own numbering comes first; GEOS adds no points, which the check relies on.
    rename = np.full(len(unique), -1)
    rename[known] = np.arange(len(known))
    triangles = rename[number.reshape(-1)[len(known) :]].reshape(-1, 3)
    if (triangles < 0).any():
        raise PartitionError("the triangulation has a point that is no vertex of the polygon")
    return triangles


def _merge(
    vertices: Points, origin: Ints, following: Ints, twin: Ints
) -> tuple[NDArray[np.bool_], Ints]:
    """Drop diagonals while both corners that merge stay convex (at most 180 degrees).

    The long sides of slivers go first: whatever lies in a piece thinner than the rounding of its
    sides could be lost to all pieces at once. Then the shortest: 2 to 10 per cent fewer pieces on
    coasts than with the longest first. Each corner is decided exactly.

    Returns:
        Which half-edges are kept, and the new order around the pieces.
    """
    ahead = following.tolist()
    behind = np.empty_like(following)
    behind[following] = np.arange(len(following))
    back = behind.tolist()
    start, point = origin.tolist(), vertices.tolist()
    kept = np.ones(len(origin), dtype=np.bool_)
    other = twin.tolist()

    def convex(before: int, corner: int, after: int) -> bool:
        """Whether the corner stays convex when `before` is followed by `after`."""
        last = start[ahead[after]]
        return turn(*point[start[before]], *point[corner], *point[last]) >= 0

    for h in _diagonals(vertices, origin, following, twin):
        t = other[h]
        if convex(back[h], start[h], ahead[t]) and convex(back[t], start[t], ahead[h]):
            for before, after in ((back[h], ahead[t]), (back[t], ahead[h])):
                ahead[before], back[after] = after, before
            kept[[h, t]] = False
    return kept, np.array(ahead)


def _diagonals(vertices: Points, origin: Ints, following: Ints, twin: Ints) -> list[int]:
    """One half-edge of each diagonal: the long sides of slivers, then the others by length."""
    corner = vertices[origin]
    side = vertices[origin[following]] - corner
    opposite = vertices[origin[following[following]]] - corner
    square = (side**2).sum(axis=1)
    # Twice the triangle's area over the side's square is its height over its length.
    flat = np.abs(side[:, 0] * opposite[:, 1] - side[:, 1] * opposite[:, 0]) < SLIVER * square
    h = np.flatnonzero(np.arange(len(twin)) < twin)
    order = np.lexsort((square[h], ~(flat[h] | flat[twin[h]])))
    ordered: list[int] = h[order].tolist()
    return ordered
