"""Strategy `parts`: a polygon as the OR of convex pieces, each the AND of its sides.

An inner diagonal is one separator: it must fire in the piece on one side and must not in the piece
on the other, so no rounding opens a seam between them. Each of the k diagonals that meet in a
vertex then shuts that vertex out of one of the k + 1 pieces around it, and one piece keeps it.

That argument needs every other side of a piece to hold at the piece's vertices *as computed*. So

* the bias of a side is lowered to the least computed height of its piece's vertices: exact
  arithmetic would give 0 at the side's own ends, rounding may put a near-collinear neighbour an ulp
  below;
* a diagonal is used with the sign for which the piece on its far side has all other vertices
  strictly beyond it. Where both signs fail (both pieces go on along the diagonal's line), it
  becomes two separators, one for each side, and shuts out nothing.

With these, every vertex of the polygon lies in the network, in floating point and not just on
paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.compiler.formula import FormulaBuilder, Label
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Frame, Points, lattice_step
from regions.geometry.lines import heights, normals, primitive
from regions.geometry.partition import ConvexPartition, Ints, convex_partition
from regions.tolerances import NEAR_LINE

Floats = NDArray[np.float64]


def polygon_in_parts(
    polygon: shapely.Polygon, path: str, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add one valid polygon, in the user's coordinates; returns its formula node.

    Args:
        polygon: With or without holes; no empty parts.
        path: First part of the names of its units.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    partition = convex_partition(shapely.transform(polygon, pool.frame.to_unit))
    sides = _sides(partition)
    separators = _add_sides(partition, sides, polygon, path, pool)
    literals = [
        builder.literal(separators[side], positive)
        for side, positive in zip(sides.side.tolist(), sides.positive.tolist(), strict=True)
    ]
    # Edges in their order along the rings, then diagonals: the way a person would list them.
    pieces = [
        sorted(piece, key=lambda h: separators[sides.side[h]]) for piece in _pieces(partition)
    ]
    if len(pieces) == 1:
        return builder.conjunction((literals[h] for h in pieces[0]), Label(path))
    parts = [
        builder.conjunction((literals[h] for h in piece), Label(f"{path}.part", i))
        for i, piece in enumerate(pieces)
    ]
    return builder.disjunction(parts, Label(path))


def _pieces(partition: ConvexPartition) -> list[list[int]]:
    """The half-edges around each piece."""
    following = partition.following.tolist()
    pieces = []
    for begin in partition.first.tolist():
        piece = [begin]
        while following[piece[-1]] != begin:
            piece.append(following[piece[-1]])
        pieces.append(piece)
    return pieces


@dataclass(frozen=True, eq=False)
class _Sides:
    """The separators a partition needs, and the literal of each half-edge.

    Attributes:
        side: `(h,)` separator of each half-edge.
        positive: `(h,)` whether it must fire in the half-edge's piece.
        weights: `(s, 2)`, in the frame's coordinates.
        bias: `(s,)`.
        ends: `(s, 2)` the vertices it was drawn through.
        boundary: `(s,)` its boundary edge, -1 for a diagonal.
        exact: Whether no coefficient was rounded.
    """

    side: Ints
    positive: NDArray[np.bool_]
    weights: Floats
    bias: Floats
    ends: Ints
    boundary: Ints
    exact: bool


def _sides(partition: ConvexPartition) -> _Sides:
    line, ends = _lines(partition)
    weights, bias, exact = _coefficients(partition, line, ends)
    least = _least_heights(partition, weights[line], bias[line])
    tail, head = (heights(weights[line], partition.vertices[v]) for v in _half_edge_ends(partition))
    if not exact:
        lowest = np.full(len(ends), np.inf)
        np.minimum.at(lowest, line, np.minimum(np.minimum(tail, head), least))
        bias = -lowest
    return _choose(partition, line, ends, weights, bias, least, exact)


def _half_edge_ends(partition: ConvexPartition) -> tuple[Ints, Ints]:
    """`(h,)` vertices in which each half-edge begins and ends."""
    return partition.origin, partition.origin[partition.following]


def _lines(partition: ConvexPartition) -> tuple[Ints, Ints]:
    """The directed line of each half-edge, and the two vertices of each line.

    All half-edges on one boundary edge share its line. The two of a diagonal have one line each,
    running opposite ways; which of them are needed is chosen later.
    """
    boundary = partition.boundary
    diagonal = partition.edge < 0
    line = partition.edge.copy()
    line[diagonal] = len(boundary.line_start) + np.arange(diagonal.sum())
    tail, head = _half_edge_ends(partition)
    start = np.concatenate([boundary.line_start, tail[diagonal]])
    end = np.concatenate([boundary.line_end, head[diagonal]])
    return line, np.stack([start, end], axis=1)


def _coefficients(
    partition: ConvexPartition, line: Ints, ends: Ints
) -> tuple[Floats, Floats, bool]:
    """Weights and bias of each line; exact integers when the vertices lie on a lattice."""
    start, end = partition.vertices[ends[:, 0]], partition.vertices[ends[:, 1]]
    weights = normals(start, end)
    step = lattice_step(partition.vertices)
    if step is not None:
        return *primitive(weights, start, step), True
    return weights, -np.minimum(heights(weights, start), heights(weights, end)), False


def _least_heights(partition: ConvexPartition, weights: Floats, bias: Floats) -> Floats:
    """`(h,)` least `w . v` over those vertices v of a half-edge's piece that are not its ends.

    Only vertices near the line matter; inf stands for "all far above it". Around a convex piece
    the height over one side rises and then falls, so walking away from both ends until the height
    is clearly positive meets every near vertex. Pieces have few collinear vertices, so the walks
    are short.
    """
    vertices, origin = partition.vertices, partition.origin
    ahead = partition.following
    back = np.empty_like(ahead)
    back[ahead] = np.arange(len(ahead))
    reach = np.abs(vertices).max()
    near = NEAR_LINE * reach * np.abs(weights).sum(axis=1)
    least = np.full(len(origin), np.inf)
    # Forwards: h, its head, then the end of the half-edge after that. Backwards likewise.
    for onward, first in ((ahead, ahead[ahead]), (back, back)):
        walker = np.arange(len(origin))
        here = first
        while len(walker):
            running = here != walker
            walker, here = walker[running], here[running]
            height = heights(weights[walker], vertices[origin[here]])
            close = height + bias[walker] <= near[walker]
            walker, here, height = walker[close], here[close], height[close]
            least[walker] = np.minimum(least[walker], height)
            here = onward[here]
            # The head of a half-edge is one of its ends; the backward walk stops before it.
            running = here != ahead[walker]
            walker, here = walker[running], here[running]
    return least


def _choose(
    partition: ConvexPartition,
    line: Ints,
    ends: Ints,
    weights: Floats,
    bias: Floats,
    least: Floats,
    exact: bool,
) -> _Sides:
    """Give each half-edge its literal, and drop the lines that no literal uses."""
    twin, half_edges = partition.twin, np.arange(len(line))
    inner = twin >= 0
    # NOT H(w.v + b) holds at v when its height over the opposite line, -(w.v), exceeds b.
    serves_twin = inner & (least[twin] > bias[line])
    positive = ~inner | serves_twin & (~serves_twin[twin] | (half_edges < twin))
    positive |= inner & ~serves_twin & ~serves_twin[twin]
    used = np.unique(line[positive])
    number = np.full(len(ends), -1)
    number[used] = np.arange(len(used))
    count = len(partition.boundary.line_start)
    return _Sides(
        side=number[np.where(positive, line, line[twin])],
        positive=positive,
        weights=weights[used],
        bias=bias[used],
        ends=ends[used],
        boundary=np.where(used < count, used, -1),
        exact=exact,
    )


def _add_sides(
    partition: ConvexPartition,
    sides: _Sides,
    polygon: shapely.Polygon,
    path: str,
    pool: SeparatorPool,
) -> list[int]:
    """Add the separators under their names; returns their numbers in the pool."""
    boundary = partition.boundary
    single = len(polygon.interiors) == 0
    rings = [f"{path}.edge" if single else f"{path}.ring[{k}].edge" for k in _ring_range(polygon)]
    labels = []
    diagonals = 0
    for edge in sides.boundary.tolist():
        if edge < 0:
            labels.append(Label(f"{path}.diagonal", diagonals))
            diagonals += 1
        else:
            ring = rings[boundary.line_ring[edge]]
            labels.append(Label(ring, int(boundary.line_index[edge])))
    sources = _from_unit(pool.frame, partition.vertices[sides.ends])
    return pool.add_lines(sides.weights, sides.bias, sources, labels, sides.exact)


def _ring_range(polygon: shapely.Polygon) -> range:
    return range(1 + len(polygon.interiors))


def _from_unit(frame: Frame, points: Points) -> Floats:
    """Vertices back in the user's coordinates: exactly what they were, as the frame rounds none."""
    restored: Floats = points * 2.0**-frame.exponent + np.array(frame.center)
    return restored
