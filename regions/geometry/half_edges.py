"""Half-edges: the sides of the pieces of a partition, each with its piece on the left.

Wherever pieces tile a polygon, the half-edges that are left over when opposite pairs cancel are the
polygon's own edges; `twins` and `boundary_lines` find out whether that holds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regions.errors import Problem, SpecError
from regions.geometry.frame import Points
from regions.geometry.predicates import turn
from regions.geometry.rings import BoundaryEdges

Ints = NDArray[np.int64]


class PartitionError(SpecError):
    """GEOS's triangulation fails or is no tiling; seen on slivers thinner than 1e-15 only."""

    def __init__(self, reason: str) -> None:
        message = f"the polygon cannot be cut into triangles: {reason}; remove parts without width"
        super().__init__([Problem(message)])


def around(pieces: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """`(h,)` origins of the half-edges around pieces given by their vertices, and their order."""
    sizes = np.array([len(piece) for piece in pieces])
    origin = np.concatenate([np.array(piece, dtype=np.int64) for piece in pieces])
    following = np.arange(1, len(origin) + 1)
    ends = np.cumsum(sizes)
    following[ends - 1] = ends - sizes
    return origin, following


def twins(origin: Ints, end: Ints, count: int) -> Ints:
    """The half-edge that runs the other way, -1 where there is none.

    Args:
        origin: `(h,)` vertex in which each half-edge begins.
        end: `(h,)` vertex in which it ends.
        count: Number of vertices.

    Raises:
        PartitionError: Two half-edges are the same.
    """
    key, reverse = origin * count + end, end * count + origin
    order = np.argsort(key)
    ranked = key[order]
    if (ranked[1:] == ranked[:-1]).any():
        raise PartitionError("two triangles lie on the same side of an edge")
    place = np.minimum(np.searchsorted(ranked, reverse), len(order) - 1)
    found: Ints = np.where(ranked[place] == reverse, order[place], -1)
    return found


def boundary_lines(boundary: BoundaryEdges, origin: Ints, end: Ints, twin: Ints) -> Ints:
    """The boundary edge each outer half-edge lies on; -1 for diagonals.

    An outer half-edge is a ring edge, or a part of one: where another ring touches the interior of
    an edge, the triangulation cuts it there.

    Raises:
        PartitionError: The outer half-edges do not make up the boundary.
    """
    count = len(boundary.vertices)
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
        for h in _cut_edge(boundary, boundary.vertices, end, leaving, i):
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


def one_of_each(following: Ints) -> Ints:
    """One half-edge of each piece, in ascending order."""
    order = following.tolist()
    seen = bytearray(len(order))
    first = []
    for begin, visited in enumerate(order):
        if not seen[begin]:
            first.append(begin)
            seen[begin] = 1
            while visited != begin:
                seen[visited] = 1
                visited = order[visited]
    return np.array(first, dtype=np.int64)
