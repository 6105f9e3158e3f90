"""One separator for each maximal straight edge of a polygon, its inside on the left.

Where weights are rounded the bias is raised by `SLACK`: every vertex of the polygon that lies on or
left of an edge's exact line then fires its separator, as computed. A formula without negations,
true at a vertex in exact arithmetic, is so in floating point: the polygon contains its vertices.
"""

from __future__ import annotations

import numpy as np
import shapely

from regions.compiler.formula import Label
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Points, lattice_step
from regions.geometry.lines import Vector, through
from regions.geometry.rings import BoundaryEdges, boundary_edges
from regions.tolerances import SLACK


def boundary_separators(
    polygon: shapely.Polygon, path: str, pool: SeparatorPool
) -> tuple[BoundaryEdges, list[int]]:
    """Add the separators of a polygon's edges to the pool.

    Args:
        polygon: Valid, in the user's coordinates.
        path: First part of their names.
        pool: Receives them.

    Returns:
        The boundary in the frame's coordinates, and the separator of each of its straight edges;
        edges on one line, facing one way, may share one.
    """
    boundary = boundary_edges(shapely.transform(polygon, pool.frame.to_unit))
    ends = np.stack([boundary.line_start, boundary.line_end], axis=1)
    start, end = (boundary.vertices[ends[:, i]] for i in (0, 1))
    weights, bias, exact = half_planes(start, end, lattice_step(boundary.vertices))
    sources = pool.frame.from_unit(boundary.vertices[ends])
    labels = edge_labels(boundary, path)
    return boundary, pool.add_lines(weights, bias, sources, labels, exact)


def half_planes(start: Points, end: Points, step: int | None) -> tuple[Points, Vector, bool]:
    """`geometry.lines.through`, the bias raised where weights are rounded."""
    weights, bias, exact = through(start, end, step)
    if not exact:
        slanted = (weights != 0).all(axis=1)
        bias[slanted] += SLACK * np.abs(weights[slanted]).sum(axis=1)
    return weights, bias, exact


def edge_labels(boundary: BoundaryEdges, path: str) -> list[Label]:
    """`house.edge[3]`; `lake.ring[1].edge[3]` where the polygon has holes."""
    rings = int(boundary.line_ring.max()) + 1
    prefixes = [f"{path}.ring[{k}].edge" for k in range(rings)] if rings > 1 else [f"{path}.edge"]
    numbers = zip(boundary.line_ring.tolist(), boundary.line_index.tolist(), strict=True)
    return [Label(prefixes[ring], index) for ring, index in numbers]
