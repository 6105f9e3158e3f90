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
    these maximal straight edges, which get one separator each. Those of a ring stand together, in
    its order, and the rings of a polygon stand together, the exterior first.

    Attributes:
        vertices: `(n, 2)` distinct points of all rings.
        start: `(m,)` vertex in which each edge begins.
        end: `(m,)` vertex in which it ends.
        line: `(m,)` the straight edge it belongs to.
        line_start: `(k,)` vertex in which each straight edge begins.
        line_end: `(k,)` vertex in which it ends.
        line_ring: `(k,)` its ring.
        line_index: `(k,)` position within its ring.
        ring_polygon: `(r,)` the polygon of each ring.
        ring_index: `(r,)` position within its polygon: 0 is the exterior.
    """

    vertices: Points
    start: Ints
    end: Ints
    line: Ints
    line_start: Ints
    line_end: Ints
    line_ring: Ints
    line_index: Ints
    ring_polygon: Ints
    ring_index: Ints


def boundary_edges(geometry: shapely.Polygon | shapely.MultiPolygon) -> BoundaryEdges:
    """The boundary of valid polygons: exteriors counter-clockwise, holes clockwise."""
    points, ring, ring_polygon = _oriented_rings(geometry)
    # As complex numbers: they sort by x, then by y, in a quarter of the time rows take.
    unique, number = np.unique(points.view(np.complex128)[:, 0], return_inverse=True)
    vertices = np.stack([unique.real, unique.imag], axis=1)
    after = _after(ring)
    bend = _bends(points, after)
    # Within each ring the straight edges are numbered from its first bend on.
    line = np.cumsum(bend) - 1
    heads = np.flatnonzero(bend)
    last = np.append(np.flatnonzero(np.diff(ring[heads])), len(heads) - 1)
    begins = np.concatenate([[0], last[:-1] + 1])
    # Edges before a ring's first bend continue its last straight edge.
    early = line < begins[ring]
    line[early] = last[ring[early]]
    line_end = np.empty(len(heads), dtype=np.int64)
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
        ring_polygon=ring_polygon,
        ring_index=np.arange(len(ring_polygon)) - np.searchsorted(ring_polygon, ring_polygon),
    )


def _oriented_rings(geometry: shapely.Geometry) -> tuple[Points, Ints, Ints]:
    """All rings, interior on the left, without closing and repeated points; `-0.0` as `0.0`.

    Returns:
        `(n, 2)` points, `(n,)` the ring of each, `(r,)` the polygon of each ring.
    """
    polygons = shapely.get_parts(shapely.force_2d(shapely.orient_polygons(geometry)))
    _, points, (ring_start, polygon_start) = shapely.to_ragged_array(polygons)
    sizes = np.diff(ring_start)
    ring = np.repeat(np.arange(len(sizes)), sizes)
    open_ = np.ones(len(points), dtype=np.bool_)
    open_[ring_start[1:][sizes > 0] - 1] = False
    points, ring = points[open_] + 0.0, ring[open_]
    after = _after(ring)
    distinct = np.empty(len(points), dtype=np.bool_)
    distinct[after] = (points[after] != points).any(axis=1)
    points, ring = np.ascontiguousarray(points[distinct]), ring[distinct]
    # Empty rings are left out.
    filled, ring = np.unique(ring, return_inverse=True)
    ring_polygon = np.repeat(np.arange(len(polygons)), np.diff(polygon_start))[filled]
    return points, ring, ring_polygon


def _after(ring: Ints) -> Ints:
    """The position after each one, around rings that are stored one behind the other."""
    after = np.arange(1, len(ring) + 1)
    ends = np.append(np.flatnonzero(np.diff(ring)), len(ring) - 1)
    after[ends] = np.concatenate([[0], ends[:-1] + 1])
    return after


def _bends(points: Points, after: Ints) -> NDArray[np.bool_]:
    """Whether each vertex bends its ring: it does not lie on the line of its two neighbours."""
    before = np.empty_like(after)
    before[after] = np.arange(len(after))
    bends: NDArray[np.bool_] = orientation(points[before], points, points[after]) != 0
    return bends
