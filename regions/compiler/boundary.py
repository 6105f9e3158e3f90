"""One separator for each maximal straight edge of a polygon, its inside on the left.

Where weights are rounded the bias is raised by `SLACK`: every vertex of the polygon that lies on or
left of an edge's exact line then fires its separator, as computed. A formula without negations,
true at a vertex in exact arithmetic, is so in floating point: the polygon contains its vertices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Points, lattice_step
from regions.geometry.lines import Vector, through
from regions.geometry.rings import BoundaryEdges, boundary_edges
from regions.network.names import Names
from regions.tolerances import SLACK

Ints = NDArray[np.int64]


def boundary_separators(
    geometry: shapely.Polygon | shapely.MultiPolygon, paths: Sequence[str], pool: SeparatorPool
) -> tuple[BoundaryEdges, Ints]:
    """Add the separators of polygons' edges to the pool.

    Args:
        geometry: Valid, in the user's coordinates.
        paths: First part of their names, for each polygon.
        pool: Receives them.

    Returns:
        The boundary in the frame's coordinates, and the separator of each of its straight edges;
        edges on one line, facing one way, may share one.
    """
    boundary = boundary_edges(shapely.transform(geometry, pool.frame.to_unit))
    ends = np.stack([boundary.line_start, boundary.line_end], axis=1)
    start, end = (boundary.vertices[ends[:, i]] for i in (0, 1))
    weights, bias, exact = half_planes(start, end, lattice_step(boundary.vertices))
    sources = pool.frame.from_unit(boundary.vertices[ends])
    names = Names(edge_prefixes(boundary, paths), boundary.line_ring, boundary.line_index)
    return boundary, pool.add_lines(weights, bias, sources, names, exact)


def half_planes(start: Points, end: Points, step: int | None) -> tuple[Points, Vector, bool]:
    """`geometry.lines.through`, the bias raised where weights are rounded."""
    weights, bias, exact = through(start, end, step)
    if not exact:
        slanted = (weights != 0).all(axis=1)
        bias[slanted] += SLACK * np.abs(weights[slanted]).sum(axis=1)
    return weights, bias, exact


def edge_prefixes(boundary: BoundaryEdges, paths: Sequence[str]) -> tuple[str, ...]:
    """`house.edge` for the edges of a ring; `lake.ring[1].edge` where there are holes."""
    count = np.bincount(boundary.ring_polygon)[boundary.ring_polygon]
    rings = (boundary.ring_polygon.tolist(), boundary.ring_index.tolist(), (count > 1).tolist())
    return tuple(
        f"{paths[polygon]}.ring[{index}].edge" if holes else f"{paths[polygon]}.edge"
        for polygon, index, holes in zip(*rings, strict=True)
    )
