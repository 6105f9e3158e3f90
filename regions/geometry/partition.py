"""Convex partition of a polygon: constrained Delaunay triangles, merged by Hertel-Mehlhorn.

The triangulation is GEOS's. It is trusted only after it has been checked: every triangle turns
counter-clockwise (exactly), and the directed edges left over when opposite pairs cancel are the
polygon's own. Then each point off the edges has as many triangles around it as the boundary winds
about it: one inside, none outside. So the pieces tile the polygon, whatever GEOS did.

Hertel and Mehlhorn, "Fast triangulation of simple polygons" (1983): dropping diagonals that no
reflex corner needs leaves at most four times the least number of convex pieces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.errors import Problem, SpecError
from regions.geometry.frame import Points
from regions.geometry.predicates import orientation, turn
from regions.geometry.rings import BoundaryEdges, boundary_edges
from regions.tolerances import SLIVER

Ints = NDArray[np.int64]


class PartitionError(SpecError):
    """GEOS's triangulation fails or is no tiling; seen on slivers thinner than 1e-15 only."""

    def __init__(self, reason: str) -> None:
        message = f"the polygon cannot be cut into triangles: {reason}; remove parts without width"
        super().__init__([Problem(message)])


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
        PartitionError: The triangulation fails its check.
    """
    boundary = boundary_edges(polygon)
    vertices, triangles = _triangles(polygon, boundary)
    origin = triangles.ravel()
    following = (np.arange(len(origin)).reshape(-1, 3)[:, [1, 2, 0]]).ravel()
    twin = _twins(origin, origin[following], len(vertices))
    edge = _edges_of(boundary, vertices, origin, origin[following], twin)
    kept, following = _hertel_mehlhorn(vertices, origin, following, twin)
    return _compact(vertices, boundary, origin, following, twin, edge, kept)


def _triangles(polygon: shapely.Polygon, boundary: BoundaryEdges) -> tuple[Points, Ints]:
    """Distinct vertices and counter-clockwise triangles `(t, 3)` of vertex numbers."""
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
    # The boundary's own numbering comes first; GEOS adds no points, which _edges_of relies on.
    rename = np.full(len(unique), -1)
    rename[known] = np.arange(len(known))
    triangles = rename[number.reshape(-1)[len(known) :]].reshape(-1, 3)
    if (triangles < 0).any():
        raise PartitionError("the triangulation has a point that is no vertex of the polygon")
    return boundary.vertices, triangles


def _twins(origin: Ints, end: Ints, count: int) -> Ints:
    """The half-edge that runs the other way, -1 where there is none."""
    key, reverse = origin * count + end, end * count + origin
    order = np.argsort(key)
    ranked = key[order]
    if (ranked[1:] == ranked[:-1]).any():
        raise PartitionError("two triangles lie on the same side of an edge")
    place = np.minimum(np.searchsorted(ranked, reverse), len(order) - 1)
    twins: Ints = np.where(ranked[place] == reverse, order[place], -1)
    return twins


def _edges_of(
    boundary: BoundaryEdges, vertices: Points, origin: Ints, end: Ints, twin: Ints
) -> Ints:
    """The boundary edge each outer half-edge lies on; -1 for diagonals.

    An outer half-edge is a ring edge, or a part of one: where another ring touches the interior of
    an edge, the triangulation cuts it there.
    """
    count = len(vertices)
    outer = np.flatnonzero(twin < 0)
    ring_key = boundary.start * count + boundary.end
    order = np.argsort(ring_key)
    keys = origin[outer] * count + end[outer]
    place = np.minimum(np.searchsorted(ring_key[order], keys), len(order) - 1)
    found = ring_key[order][place] == keys
    edge = np.full(len(origin), -1)
    edge[outer[found]] = boundary.line[order[place[found]]]
    uncut = np.zeros(len(ring_key), dtype=np.bool_)
    uncut[order[place[found]]] = True
    leaving: dict[int, list[int]] = {}
    for h in outer[~found].tolist():
        leaving.setdefault(int(origin[h]), []).append(h)
    for i in np.flatnonzero(~uncut).tolist():
        for h in _cut_edge(boundary, vertices, end, leaving, i):
            edge[h] = boundary.line[i]
    if (edge[outer] < 0).any():
        raise PartitionError("an outer edge of the triangulation is no edge of the polygon")
    return edge


def _cut_edge(
    boundary: BoundaryEdges,
    vertices: Points,
    end: Ints,
    leaving: dict[int, list[int]],
    ring_edge: int,
) -> list[int]:
    """The half-edges that make up one ring edge, each on its line and onwards along it.

    `leaving` holds the half-edges not yet claimed, by the vertex in which they begin. Each is
    claimed once, so the walk ends.
    """
    here, goal = int(boundary.start[ring_edge]), int(boundary.end[ring_edge])
    line = (*vertices[here].tolist(), *vertices[goal].tolist())
    along = vertices[goal] - vertices[here]
    parts = []
    while here != goal:
        fitting = [
            h
            for h in leaving.get(here, [])
            if turn(*line, *vertices[end[h]].tolist()) == 0
            and float((vertices[end[h]] - vertices[here]) @ along) > 0
        ]
        if not fitting:
            raise PartitionError("an edge of the polygon is missing from the triangulation")
        leaving[here].remove(fitting[0])
        parts.append(fitting[0])
        here = int(end[fitting[0]])
    return parts


def _hertel_mehlhorn(
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


def _compact(
    vertices: Points,
    boundary: BoundaryEdges,
    origin: Ints,
    following: Ints,
    twin: Ints,
    edge: Ints,
    kept: NDArray[np.bool_],
) -> ConvexPartition:
    """Renumber the half-edges that are kept, and find one of each piece."""
    number = np.cumsum(kept) - 1
    following = number[following[kept]]
    twin = np.where(twin[kept] >= 0, number[twin[kept]], -1)
    return ConvexPartition(
        vertices=vertices,
        boundary=boundary,
        origin=origin[kept],
        following=following,
        twin=twin,
        edge=edge[kept],
        first=_cycles(following.tolist()),
    )


def _cycles(following: list[int]) -> Ints:
    """One half-edge of each cycle, in ascending order."""
    seen = bytearray(len(following))
    first = []
    for begin, visited in enumerate(following):
        if not seen[begin]:
            first.append(begin)
            seen[begin] = 1
            while visited != begin:
                seen[visited] = 1
                visited = following[visited]
    return np.array(first, dtype=np.int64)
