"""The boundary of a polygon: its rings with the interior on the left, and their straight edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.geometry.frame import Points
from regions.geometry.predicates import orientation

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BoundaryEdges:
    """The directed edges of all rings, interior on the left, repeated points removed.

    Several edges in a row may lie on one line (their shared vertices are collinear): `line` numbers
    these maximal straight edges, which get one separator each.

    Attributes:
        vertices: `(n, 2)` distinct points of all rings.
        start: `(m,)` vertex in which each edge begins.
        end: `(m,)` vertex in which it ends.
        line: `(m,)` the straight edge it belongs to.
        line_start: `(k,)` vertex in which each straight edge begins.
        line_end: `(k,)` vertex in which it ends.
        line_ring: `(k,)` its ring: 0 is the exterior.
        line_index: `(k,)` position within its ring.
    """

    vertices: Points
    start: Ints
    end: Ints
    line: Ints
    line_start: Ints
    line_end: Ints
    line_ring: Ints
    line_index: Ints


def boundary_edges(polygon: shapely.Polygon) -> BoundaryEdges:
    """The boundary of a valid polygon: exterior counter-clockwise, holes clockwise."""
    rings = [distinct(ring) for ring in oriented_rings(polygon)]
    points = np.concatenate(rings)
    # As complex numbers: they sort by x, then by y, in a quarter of the time rows take.
    unique, number = np.unique(points.view(np.complex128)[:, 0], return_inverse=True)
    vertices = np.stack([unique.real, unique.imag], axis=1)
    sizes = np.array([len(ring) for ring in rings])
    after = _after(sizes)
    bend = _bends(points, after)
    # Within each ring the straight edges are numbered from its first bend on.
    ring = np.repeat(np.arange(len(rings)), sizes)
    line = np.cumsum(bend) - 1
    heads = np.flatnonzero(bend)
    last = np.append(np.flatnonzero(np.diff(ring[heads])), len(heads) - 1)
    begins = np.concatenate([[0], last[:-1] + 1])
    # Edges before a ring's first bend continue its last straight edge.
    early = line < begins[ring]
    line[early] = last[ring[early]]
    line_end = np.empty(len(heads), dtype=np.int64)
    line_end[line] = -1
    closing = np.flatnonzero(bend[after])
    line_end[line[closing]] = number[after[closing]]
    return BoundaryEdges(
        vertices=vertices,
        start=number,
        end=number[after],
        line=line,
        line_start=number[heads],
        line_end=line_end,
        line_ring=ring[heads],
        line_index=np.arange(len(heads)) - begins[ring[heads]],
    )


def oriented_rings(polygon: shapely.Polygon) -> list[Points]:
    """All rings with the interior on the left, each without its closing point; `-0.0` as `0.0`."""
    oriented = shapely.orient_polygons(polygon)
    rings = [oriented.exterior, *oriented.interiors]
    return [shapely.get_coordinates(ring)[:-1] + 0.0 for ring in rings if not ring.is_empty]


def distinct(ring: Points) -> Points:
    """A ring without points that repeat the one before."""
    repeated = (ring == np.roll(ring, 1, axis=0)).all(axis=1)
    kept: Points = ring[~repeated]
    return kept


def _after(sizes: Ints) -> Ints:
    """The position after each one, around rings that are stored one behind the other."""
    after = np.arange(1, sizes.sum() + 1)
    ends = np.cumsum(sizes)
    after[ends - 1] = ends - sizes
    return after


def _bends(points: Points, after: Ints) -> NDArray[np.bool_]:
    """Whether each vertex bends its ring: it does not lie on the line of its two neighbours."""
    before = np.empty_like(after)
    before[after] = np.arange(len(after))
    bends: NDArray[np.bool_] = orientation(points[before], points, points[after]) != 0
    return bends
