"""A path as polygons."""

from __future__ import annotations

import shapely

from regions.shape.model import Bounds, Path


def flattened_path(path: Path, window: Bounds, tolerance: float) -> tuple[shapely.Geometry, float]:
    """Polygons, and how far they may miss the curves in the window."""
    raise NotImplementedError
