"""The regions that a path's contours enclose, where the contours are simple and disjoint.

Each piece lies in the convex hull of its control points, its **cell**. Cells that come too near one
another are halved. Once only neighbours touch, and these only in the point they share, no two
pieces meet anywhere else: every contour is simple, no two have a point in common, and each can
be replaced by the polygon of its chords to tell what lies inside what. Curves that touch never get
there, and the answer is None.

By the fill rule a contour has its inside filled, or its outside, or neither differs. Contours of
the last kind are dropped. The others are turned to have the filled side on their left: then the
winding number is 1 in the region and 0 elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

import numpy as np
import shapely

from regions.geometry.pieces import Chord, EllipseArc, Piece
from regions.geometry.segments import Pair

Fill: TypeAlias = Literal["nonzero", "evenodd"]
"""The fill rules of SVG: which winding numbers count as inside."""

Loop: TypeAlias = tuple[Piece, ...]
"""A closed chain of pieces."""

HALVINGS = 24
"""Rounds in which cells are halved before two curves are taken to touch."""

MOST_CELLS = 8
"""For each piece, and a thousand besides: of curves that touch all along there are soon more."""

MOST_PAIRS = 2**20
"""Of cells too near one another: a thousand rings, each near a thousand others, stay below."""

CHUNK = 2**9
"""Cells whose neighbours are looked up at once."""

MARGIN = 2.0**-40
"""Of the extent: a distance far above the rounding of halved curves."""

APART = 1e-9
"""Radians between the cells of neighbours, likewise."""


@dataclass(frozen=True)
class Part:
    """A region without gaps: the inside of a contour, less the insides of others.

    Attributes:
        exterior: Counter-clockwise.
        holes: Clockwise.
    """

    exterior: Loop
    holes: tuple[Loop, ...]


def parts(loops: Sequence[Loop], fill: Fill) -> list[Part] | None:
    """The region of a path, or None where contours meet themselves or one another.

    Args:
        loops: Closed chains of pieces.
        fill: How winding numbers tell inside from outside.
    """
    if not loops:
        return []
    polygons = _separated(loops)
    if polygons is None:
        return None
    turn = [1 if shapely.is_ccw(polygon.exterior) else -1 for polygon in polygons]
    around = _containing(polygons)
    filled: list[tuple[int, bool]] = []
    for i, outer in enumerate(around):
        outside = sum(turn[j] for j in outer)
        before, after = (_is_filled(w, fill) for w in (outside, outside + turn[i]))
        if before != after:
            filled.append((i, after))
    oriented = {
        i: loops[i] if (turn[i] > 0) == inside else backwards(loops[i]) for i, inside in filled
    }
    kept = {i for i, _ in filled}
    # The innermost of the kept contours around a hole is that of its region.
    owner = {
        i: max(around[i] & kept, key=lambda j: len(around[j])) for i, inside in filled if not inside
    }
    return [
        Part(oriented[i], tuple(oriented[hole] for hole, own in owner.items() if own == i))
        for i, inside in filled
        if inside
    ]


def _is_filled(winding: int, fill: Fill) -> bool:
    return winding != 0 if fill == "nonzero" else winding % 2 == 1


def backwards(loop: Loop) -> Loop:
    """The same way in the other direction."""
    return tuple(piece.backwards() for piece in reversed(loop))


def _containing(polygons: Sequence[shapely.Polygon]) -> list[set[int]]:
    """The polygons around each, of polygons whose boundaries have no point in common."""
    corners = shapely.points([polygon.exterior.coords[0] for polygon in polygons])
    inner, outer = shapely.STRtree(polygons).query(corners, predicate="within")
    around: list[set[int]] = [set() for _ in polygons]
    for i, j in zip(inner.tolist(), outer.tolist(), strict=True):
        if i != j:
            around[i].add(j)
    return around


@dataclass(frozen=True)
class _Cell:
    """A part of a piece.

    Attributes:
        piece: The part.
        loop: Number of its loop.
        place: Of the piece in the loop.
    """

    piece: Piece
    loop: int
    place: int


def _separated(loops: Sequence[Loop]) -> list[shapely.Polygon] | None:
    """Each loop's polygon of chords, fine enough; None if the loops cannot be told apart."""
    chains = [[_Cell(p, i, k) for k, p in enumerate(loop)] for i, loop in enumerate(loops)]
    chains = [list(chain.from_iterable(_quarters(c) for c in cells)) for cells in chains]
    points = np.array([corner for loop in loops for piece in loop for corner in piece.hull])
    margin = MARGIN * float(np.abs(points).max())
    most = MOST_CELLS * sum(map(len, loops)) + 1000
    for _ in range(HALVINGS):
        cells = [cell for some in chains for cell in some]
        if len(cells) > most:
            return None
        near = _conflicts(cells, chains, margin)
        if near is None:
            return None
        if not near:
            return [shapely.Polygon([c.piece.start for c in some]) for some in chains]
        if any(
            isinstance(cells[i].piece, Chord) and isinstance(cells[j].piece, Chord) for i, j in near
        ):
            return None
        split = {id(cells[i]) for i in chain.from_iterable(near)}
        chains = [
            list(chain.from_iterable(_halved(c) if id(c) in split else [c] for c in some))
            for some in chains
        ]
    return None


def _quarters(cell: _Cell) -> list[_Cell]:
    """A cell, or several where it would turn by more than a right angle."""
    if not isinstance(cell.piece, EllipseArc) or abs(cell.piece.sweep) <= 1.6:
        return [cell]
    return list(chain.from_iterable(map(_quarters, _halved(cell))))


def _halved(cell: _Cell) -> list[_Cell]:
    if isinstance(cell.piece, Chord):
        return [cell]
    return [_Cell(half, cell.loop, cell.place) for half in cell.piece.halves()]


def _conflicts(
    cells: Sequence[_Cell], chains: Sequence[Sequence[_Cell]], margin: float
) -> list[tuple[int, int]] | None:
    """Pairs of cells that may meet elsewhere than where they are joined; None for too many."""
    pairs = _near_pairs(cells, margin)
    if pairs is None:
        return None
    follows = _followers(chains)
    found = []
    for i, j in pairs:
        first, second = cells[i], cells[j]
        if (first.loop, first.place) == (second.loop, second.place):
            continue
        joints = [
            a.piece.end for a, b in ((first, second), (second, first)) if follows[id(a)] == id(b)
        ]
        if len(joints) != 1 or not _part_ways(first.piece, second.piece, joints[0]):
            found.append((i, j))
    return found


def _near_pairs(cells: Sequence[_Cell], margin: float) -> list[tuple[int, int]] | None:
    """Pairs of cells within a distance of each other; None for too many."""
    hulls = np.array([_hull(cell.piece) for cell in cells], dtype=object)
    tree = shapely.STRtree(hulls)
    found: list[tuple[int, int]] = []
    for begin in range(0, len(hulls), CHUNK):
        some = hulls[begin : begin + CHUNK]
        offset = np.array([[begin], [0]])
        pairs = tree.query(some, predicate="dwithin", distance=margin) + offset
        found += zip(*pairs[:, pairs[0] < pairs[1]].tolist(), strict=True)
        if len(found) > MOST_PAIRS:
            return None
    return found


def _followers(chains: Iterable[Sequence[_Cell]]) -> dict[int, int]:
    """The cell after each, by `id`."""
    return {
        id(a): id(b) for some in chains for a, b in zip(some, [*some[1:], some[0]], strict=True)
    }


def _hull(piece: Piece) -> shapely.Geometry:
    corners = piece.hull
    return shapely.LineString(corners) if len(corners) == 2 else shapely.Polygon(corners)


def _part_ways(first: Piece, second: Piece, joint: Pair) -> bool:
    """Whether the cones in which two cells lie, seen from their joint, have only it in common."""
    (middle, width), (other, spread) = (_cone(piece, joint) for piece in (first, second))
    apart = abs(math.remainder(middle - other, math.tau))
    return apart > width + spread + APART


def _cone(piece: Piece, apex: Pair) -> tuple[float, float]:
    """Direction of the middle, and half the angle, of the cone to the corners of a cell."""
    away = [(x - apex[0], y - apex[1]) for x, y in piece.hull if (x, y) != apex]
    angles = [math.atan2(y, x) for x, y in away]
    turns = [math.remainder(angle - angles[0], math.tau) for angle in angles]
    return angles[0] + (min(turns) + max(turns)) / 2, (max(turns) - min(turns)) / 2
