"""Strategy `parts`: a polygon as the OR of convex pieces, each the AND of its sides.

An inner diagonal is one separator: it must fire in the piece on one side and must not in the piece
on the other, so no rounding opens a seam between them. Each of the k diagonals that meet in a
vertex then shuts that vertex out of one of the k + 1 pieces around it, and one piece keeps it.

Both arguments need every *other* side of a piece to hold near the side in question, as computed.
That fails where a piece comes close to the line of a side elsewhere than at that side: at a corner
of nearly 180 degrees, whose other side lies along the line; and in a piece thinner than rounding.
Such a side is **delicate**. Where weights are rounded

* the bias of a delicate side is lowered by a bound on the forward error, so that as computed it
  holds in all of its piece;
* a delicate diagonal becomes two separators, one for each of its pieces, and shuts out nothing.

Where weights are exact, a piece's vertices are on the right side as computed. A diagonal takes the
sign for which the other piece's vertices lie strictly beyond it, and becomes two separators where
both signs fail because both pieces go on along its line.

So every vertex of the polygon lies in the network, and every inner point in some piece, in floating
point and not just on paper.

One thing is left to rounding: two sides that are off by an ulp cross an ulp over the sine of their
angle away from their corner, so at a needle's tip the piece would reach out along the needle, in
the limit without end. A corner sharper than `SLIVER` gets a **cap**: the line through it parallel
to the axis that the needle crosses. The needle lies wholly on one side of it, and its coefficients
are exact. Polygons without such corners, all coasts that we know among them, have no caps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.compiler.boundary import edge_prefixes
from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import lattice_step
from regions.geometry.lines import heights, through
from regions.geometry.partition import ConvexPartition, Ints, convex_partition
from regions.network.names import Label, Names, names_of
from regions.tolerances import FORWARD_ERROR, NEAR_LINE, SLIVER

Floats = NDArray[np.float64]


def polygon_in_parts(
    polygon: shapely.Polygon, path: str, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add one valid polygon, in the user's coordinates; returns its signal.

    Args:
        polygon: With or without holes; no empty parts.
        path: First part of the names of its units.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    partition = convex_partition(shapely.transform(polygon, pool.frame.to_unit))
    sides = _sides(partition)
    separators = _add_sides(partition, sides, path, pool)
    literals = [
        literal(separators[side], positive)
        for side, positive in zip(sides.side.tolist(), sides.positive.tolist(), strict=True)
    ]
    caps = _add_caps(partition, path, pool)
    parts = []
    pieces = _pieces(partition)
    for i, piece in enumerate(pieces):
        # Edges in their order along the rings, then diagonals: the way a person would list them.
        inputs = [literals[h] for h in sorted(piece, key=lambda h: separators[sides.side[h]])]
        inputs += [literal(caps[h]) for h in piece if h in caps]
        label = Label(f"{path}.part", i) if len(pieces) > 1 else Label(path)
        parts.append(builder.conjunction(inputs, label))
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
    vertices = partition.vertices
    start, end = vertices[ends[:, 0]], vertices[ends[:, 1]]
    weights, bias, exact = through(start, end, lattice_step(vertices))
    least = _least_heights(partition, weights[line])
    if exact:
        shareable = least[partition.twin] > bias[line]
        return _choose(partition, line, ends, weights, bias, shareable, exact)
    delicate = _delicate(partition, line, weights[line], least + bias[line])
    scale = np.abs(vertices).max() * np.abs(weights[line]).sum(axis=1)
    tail, head = (heights(weights[line], vertices[v]) for v in _half_edge_ends(partition))
    lowest = np.full(len(ends), np.inf)
    np.minimum.at(lowest, line, np.minimum(tail, head) - FORWARD_ERROR * scale * delicate)
    shareable = ~(delicate | delicate[partition.twin])
    return _choose(partition, line, ends, weights, -lowest, shareable, exact)


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


def _least_heights(partition: ConvexPartition, weights: Floats) -> Floats:
    """`(h,)` least `w . v` over those vertices v of a half-edge's piece that are not its ends.

    Around a convex piece the height over a side rises and then falls, so it is least next to one of
    the side's ends.
    """
    before, after = _neighbours(partition)
    least: Floats = np.minimum(*(heights(weights, partition.vertices[v]) for v in (before, after)))
    return least


def _neighbours(partition: ConvexPartition) -> tuple[Ints, Ints]:
    """`(h,)` the vertices before the beginning and after the end of each half-edge."""
    origin, following = partition.origin, partition.following
    before = np.empty_like(origin)
    before[following] = origin
    return before, origin[following[following]]


def _delicate(
    partition: ConvexPartition, line: Ints, weights: Floats, least: Floats
) -> NDArray[np.bool_]:
    """Whether the piece of each half-edge comes close to its line elsewhere than at itself.

    Args:
        partition: The pieces.
        line: `(h,)`.
        weights: `(h, 2)` of its line.
        least: `(h,)` least pre-activation at a vertex that is not one of its ends.
    """
    vertices = partition.vertices
    tail, head = _half_edge_ends(partition)
    before, after = _neighbours(partition)
    along = vertices[head] - vertices[tail]
    delicate: NDArray[np.bool_] = least <= NEAR_LINE * np.abs(vertices).max() * np.abs(weights).sum(
        axis=1
    )
    for beside in (vertices[tail] - vertices[before], vertices[after] - vertices[head]):
        turn = np.abs(along[:, 0] * beside[:, 1] - along[:, 1] * beside[:, 0])
        delicate |= turn < SLIVER * (along * beside).sum(axis=1)
    return delicate


def _choose(
    partition: ConvexPartition,
    line: Ints,
    ends: Ints,
    weights: Floats,
    bias: Floats,
    shareable: NDArray[np.bool_],
    exact: bool,
) -> _Sides:
    """Give each half-edge its literal, and drop the lines that no literal uses.

    `shareable` says of each half-edge whether the negation of its line serves its twin.
    """
    twin, half_edges = partition.twin, np.arange(len(line))
    inner = twin >= 0
    negated = inner & shareable[twin] & (~shareable | (twin < half_edges))
    used = np.unique(line[~negated])
    number = np.full(len(ends), -1)
    number[used] = np.arange(len(used))
    count = len(partition.boundary.line_start)
    return _Sides(
        side=number[np.where(negated, line[twin], line)],
        positive=~negated,
        weights=weights[used],
        bias=bias[used],
        ends=ends[used],
        boundary=np.where(used < count, used, -1),
        exact=exact,
    )


def _add_sides(
    partition: ConvexPartition, sides: _Sides, path: str, pool: SeparatorPool
) -> list[int]:
    """Add the separators under their names; returns their numbers in the pool."""
    boundary, diagonal = partition.boundary, sides.boundary < 0
    prefixes = (*edge_prefixes(boundary, [path]), f"{path}.diagonal")
    names = Names(
        prefixes,
        np.where(diagonal, len(prefixes) - 1, boundary.line_ring[sides.boundary]),
        np.where(diagonal, np.cumsum(diagonal) - 1, boundary.line_index[sides.boundary]),
    )
    sources = pool.frame.from_unit(partition.vertices[sides.ends])
    added: list[int] = pool.add_lines(
        sides.weights, sides.bias, sources, names, sides.exact
    ).tolist()
    return added


def _add_caps(partition: ConvexPartition, path: str, pool: SeparatorPool) -> dict[int, int]:
    """Add a line across the tip of every needle; by the half-edge that leaves the tip.

    The piece lies in the cone between the two sides of its corner. That cone is so narrow that it
    goes one way along the axis its side follows most: at the tip that coordinate is extreme.
    """
    vertices = partition.vertices
    tail, head = _half_edge_ends(partition)
    before, _ = _neighbours(partition)
    ahead, behind = vertices[head] - vertices[tail], vertices[before] - vertices[tail]
    sine = np.abs(ahead[:, 0] * behind[:, 1] - ahead[:, 1] * behind[:, 0])
    sharp = np.flatnonzero(sine < SLIVER * (ahead * behind).sum(axis=1))
    axis = np.abs(ahead[sharp]).argmax(axis=1)
    weights = np.zeros((len(sharp), 2))
    rows = np.arange(len(sharp))
    weights[rows, axis] = np.sign(ahead[sharp, axis])
    bias = -heights(weights, vertices[tail[sharp]])
    names = names_of(Label(f"{path}.cap", i) for i in range(len(sharp)))
    # An axis-parallel line through a double is exact.
    added = pool.add_caps(weights, bias, names, exact=True)
    return dict(zip(sharp.tolist(), added, strict=True))
