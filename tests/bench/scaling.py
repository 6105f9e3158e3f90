"""What the rows say of growth: of the cost of a pixel and of a point, and where it is worse."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.bench.points import READY, PointRow
from tests.bench.rasters import RasterRow
from tests.bench.tables import number

NOISE = 1.1
"""A cost that rises by less is not told from one that stays."""


def by_name(rows: Sequence[RasterRow]) -> dict[str, list[RasterRow]]:
    """The rows of each shape, by growing size."""
    found: dict[str, list[RasterRow]] = {}
    for row in sorted(rows, key=lambda row: row.side):
        found.setdefault(row.name, []).append(row)
    # As the shapes came, not as the sizes did.
    return {name: found[name] for name in dict.fromkeys(row.name for row in rows)}


def dearer_pixels(rows: Sequence[RasterRow]) -> list[str]:
    """Where a pixel of a larger raster costs more than one of the next smaller one."""
    return [
        f"{name} from {small.side} to {large.side}: "
        f"{number(small.per_pixel)} to {number(large.per_pixel)} ns"
        for name, found in by_name(rows).items()
        for small, large in pairwise(found)
        if large.per_pixel > NOISE * small.per_pixel
    ]


def straight(rows: Sequence[PointRow]) -> list[PointRow]:
    """The most-measured clouds of shapes without curves, by growing number of edges."""
    least = min((row.count for row in rows), default=0)
    chosen = [row for row in rows if row.count == least and not row.outside and not row.curved]
    return sorted(chosen, key=lambda row: row.edges)


def dearer_points(rows: Sequence[PointRow]) -> list[str]:
    """Where a point costs more for a shape with more edges than for the next smaller one."""
    return [
        f"from {small.name} ({small.edges:,} edges) to {large.name} ({large.edges:,}): "
        f"{number(small.per_point(READY))} to {number(large.per_point(READY))} ns, "
        f"{large.per_point(READY) / small.per_point(READY):.1f} times, "
        f"for {large.edges / small.edges:.1f} times the edges"
        for small, large in pairwise(straight(rows))
        if large.per_point(READY) > NOISE * small.per_point(READY)
    ]
