"""A geometry's outline as polylines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from regions.network.model import Bools, Floats

if TYPE_CHECKING:
    import shapely

    from regions.draw.lines import Bounds


def outline_paths(geometry: shapely.Geometry, window: Bounds) -> list[Floats]:
    """The outline of polygons, and lines as they are, without what runs along the window's border.

    A reference of an unbounded shape is cut off at the window; that cut is no boundary of the
    shape and must not look like one.
    """
    paths = [path for part in _lines(geometry) for path in _off_border(part, window)]
    return [path for path in paths if len(path) > 1]


def _lines(geometry: shapely.Geometry) -> Iterator[Floats]:
    import shapely

    for part in shapely.get_parts([geometry]):
        match part.geom_type:
            case "Polygon":
                rings = shapely.get_rings(part)
                yield from (shapely.get_coordinates(ring) for ring in rings)
            case "LineString" | "LinearRing":
                yield shapely.get_coordinates(part)
            case "Point":
                pass
            case _:
                yield from _lines(part)


def _off_border(path: Floats, window: Bounds) -> list[Floats]:
    """The maximal runs of a path's segments that do not lie on the window's border."""
    on_border = _along_border(path, window)
    if not on_border.any():
        return [path]
    breaks = np.flatnonzero(on_border)
    starts = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(path) - 1]])
    return [path[a : b + 1] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


def _along_border(path: Floats, window: Bounds) -> Bools:
    """`(n - 1,)`: which segments have both ends on one side of the window."""
    sides = path[:, [0, 1, 0, 1]] == np.array(window)
    border: Bools = (sides[:-1] & sides[1:]).any(axis=1)
    return border
