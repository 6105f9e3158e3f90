"""Strategy `edges`: Peterson's formula, in which each edge of the polygon stands once.

A polygon is the AND of its rings; an exterior is the AND of two chains, a hole, whose outside
counts, the OR of two; the chains are split down to edges by `geometry/peterson.py`. No separator is
negated and no line is added, but for the caps of needles: one separator for each edge, and a gate
wherever an AND of edges meets an OR.

All polygons of a shape go through together, as arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from regions.compiler.boundary import boundary_separators
from regions.compiler.caps import add_cap, needles
from regions.compiler.formula import FormulaBuilder
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Points, lattice_step
from regions.geometry.peterson import Ints, Rings, SplitForest, split_rings
from regions.geometry.rings import BoundaryEdges
from regions.network.names import Label, Names


def polygons_by_edges(
    geometry: shapely.Polygon | shapely.MultiPolygon,
    paths: Sequence[str],
    builder: FormulaBuilder,
    pool: SeparatorPool,
) -> list[int]:
    """Add valid polygons, in the user's coordinates; returns the signal of each.

    Args:
        geometry: With or without holes; no empty parts.
        paths: First part of the names of each polygon's units.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    boundary, separators = boundary_separators(geometry, paths, pool)
    rings, exact = _rings(boundary), lattice_step(boundary.vertices) is not None
    forest = split_rings(rings, exact)
    gates = _Gates.of(forest, boundary)
    caps = _no_caps() if exact else _add_caps(boundary, rings, forest, paths, pool)
    start, signals = _inputs(gates, forest, separators, caps, len(builder))
    first, exteriors = 2 * len(builder), boundary.ring_index == 0
    builder.extend(
        conjunction=forest.conjunction[gates.rows],
        start=start,
        signals=signals,
        names=_names(gates, forest, boundary, paths),
    )
    roots: list[int] = (first + 2 * gates.number[_first_rows(forest)[exteriors]]).tolist()
    return roots


def _rings(boundary: BoundaryEdges) -> Rings:
    """The corners of each ring: where its straight edges begin."""
    start = np.searchsorted(boundary.line_ring, np.arange(len(boundary.ring_index) + 1))
    return Rings(boundary.vertices[boundary.line_start], start, boundary.ring_index > 0)


def _first_rows(forest: SplitForest) -> Ints:
    """`(r,)` the row of each ring itself."""
    return np.flatnonzero(forest.parent < 0)


@dataclass(frozen=True, eq=False)
class _Gates:
    """The gates that the rows of a forest make: one for all nested rows of one kind.

    Attributes:
        rows: `(g,)` the topmost row of each gate, children before their readers.
        number: `(s,)` where the gate of each row stands among `rows`.
        reader: `(s,)` the row above each row; above a hole's it is its polygon's.
    """

    rows: Ints
    number: Ints
    reader: Ints

    @classmethod
    def of(cls, forest: SplitForest, boundary: BoundaryEdges) -> _Gates:
        """By pointer jumping: each round doubles the rows that a row has gone up."""
        rows, first = np.arange(len(forest.parent)), _first_rows(forest)
        reader = forest.parent.copy()
        exterior = first[boundary.ring_index == 0]
        reader[first] = exterior[boundary.ring_polygon]
        alike = forest.conjunction == forest.conjunction[reader]
        gate = np.where(alike, reader, rows)
        while (gate[gate] != gate).any():
            gate = gate[gate]
        # Rows stand after the row they belong to, holes after their exterior.
        found = np.flatnonzero(gate == rows)[::-1]
        number = np.empty_like(rows)
        number[found] = np.arange(len(found))
        return cls(found, number[gate], reader)


def _inputs(
    gates: _Gates, forest: SplitForest, separators: Ints, caps: _Caps, first: int
) -> tuple[Ints, Ints]:
    """What each gate reads, in the order of its ring: edges and gates, then holes, then caps.

    Returns:
        Compressed rows: where each gate's signals begin, and the signals. The gates themselves are
        numbered from `first` on.
    """
    before = np.flatnonzero(forest.vertex - forest.lo == 1)
    after = np.flatnonzero(forest.hi - forest.vertex == 1)
    below = gates.rows[gates.reader[gates.rows] != gates.rows]
    edges = np.concatenate([forest.lo[before], forest.vertex[after]])
    place = np.concatenate([edges, forest.lo[below], len(forest.edge) + np.arange(len(caps.rows))])
    rows = np.concatenate([before, after, gates.reader[below], caps.rows])
    signals = np.concatenate(
        [2 * ~separators[forest.edge[edges]], 2 * (first + gates.number[below]), caps.literals]
    )
    reader = gates.number[rows]
    order = np.lexsort((place, reader))
    reader, signals = reader[order], signals[order]
    # Edges on one line may share a separator; a gate reads it once.
    least = signals.min()
    key = reader * (signals.max() - least + 1) + signals - least
    distinct = np.sort(np.unique(key, return_index=True)[1])
    start = np.searchsorted(reader[distinct], np.arange(len(gates.rows) + 1))
    return start, signals[distinct]


def _names(
    gates: _Gates, forest: SplitForest, boundary: BoundaryEdges, paths: Sequence[str]
) -> Names:
    """A polygon's own gate has its path, a hole's `path.ring[k]`; others are numbered by ring."""
    ring = forest.ring[gates.rows]
    own, holes = boundary.ring_polygon.tolist(), boundary.ring_index.tolist()
    tops = [f"{paths[k]}.ring" if hole else paths[k] for k, hole in zip(own, holes, strict=True)]
    prefixes = [f"{path}.gate" for path in _ring_paths(boundary, paths)] + tops
    top = forest.parent[gates.rows] < 0
    # Rings come one after the other here too, the last one first.
    number = np.arange(len(ring)) - np.searchsorted(-ring, -ring)
    hole = boundary.ring_index[ring]
    number[top] = np.where(hole[top] > 0, hole[top], -1)
    return Names(tuple(prefixes), ring + len(tops) * top, number)


def _ring_paths(boundary: BoundaryEdges, paths: Sequence[str]) -> list[str]:
    """The path of each ring's gates: an exterior's is its polygon's."""
    rings = zip(boundary.ring_polygon.tolist(), boundary.ring_index.tolist(), strict=True)
    return [f"{paths[polygon]}.ring[{k}]" if k else paths[polygon] for polygon, k in rings]


@dataclass(frozen=True, eq=False)
class _Caps:
    """Lines across the tips of needles.

    Attributes:
        rows: `(c,)` the row of the forest that is split at the tip.
        literals: `(c,)`.
    """

    rows: Ints
    literals: Ints


def _add_caps(
    boundary: BoundaryEdges,
    rings: Rings,
    forest: SplitForest,
    paths: Sequence[str],
    pool: SeparatorPool,
) -> _Caps:
    """Add the caps that needles need.

    A cap goes to the row that is split at the tip, or else to the whole exterior.
    """
    tips = needles(boundary)
    ring_paths, ring = _ring_paths(boundary, paths), boundary.line_ring[tips]
    number = np.arange(len(tips)) - np.searchsorted(ring, ring)
    rows, literals = [], []
    splits, whole = _split_at(forest)[tips].tolist(), _first_rows(forest)[ring].tolist()
    around = zip(rings.following(-1)[tips], tips, rings.following(1)[tips], strict=True)
    for (before, tip, after), *several, r, k in zip(
        around, splits, whole, ring, number, strict=True
    ):
        at, label = rings.vertices[tip], Label(f"{ring_paths[r]}.cap", int(k))
        ahead, behind = rings.vertices[after] - at, rings.vertices[before] - at
        inward = ahead / np.abs(ahead).max() + behind / np.abs(behind).max()
        for row in several:
            away = _directions(rings, forest, row, at)
            cap = add_cap(at, away, inward, label, pool) if forest.conjunction[row] else None
            if cap is not None:
                rows.append(row)
                literals.append(cap)
                break
    return _Caps(np.array(rows, dtype=np.int64), np.array(literals, dtype=np.int64))


def _directions(rings: Rings, forest: SplitForest, row: int, tip: Points) -> Points:
    """`(n, 2)` from a tip to what must lie on a cap's inner side for a row's AND to have the cap.

    What the row stands for lies in the hull of its chain and the rays in which this ends; a ring,
    which is closed, has no rays.
    """
    chain = rings.vertices[forest.edge[forest.lo[row] : forest.hi[row] + 1]]
    rays = np.stack([chain[0] - chain[1], chain[-1] - chain[-2]])
    away = np.concatenate([chain - tip, rays[: 2 * (forest.parent[row] >= 0)]])
    directions: Points = away[(away != 0).any(axis=1)]
    return directions


def _no_caps() -> _Caps:
    nothing = np.empty(0, dtype=np.int64)
    return _Caps(nothing, nothing)


def _split_at(forest: SplitForest) -> Ints:
    """`(n,)` the row that is split at each vertex; a ring's own is split at two."""
    rows, first = np.arange(len(forest.lo)), _first_rows(forest)
    found = np.empty(len(forest.edge) // 2, dtype=np.int64)
    found[forest.edge[forest.vertex]] = rows
    found[forest.edge[forest.lo[first]]] = first
    return found
