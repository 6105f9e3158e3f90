"""Half-planes as polygons within a window."""

from __future__ import annotations

from fractions import Fraction

import shapely

from regions.shape.model import Bounds


def half_plane(a: Fraction, b: Fraction, c: Fraction, window: Bounds) -> shapely.Polygon:
    """The part of `a x + b y + c >= 0` within a window: its corners, cut by Sutherland-Hodgman."""
    xmin, ymin, xmax, ymax = window
    scale = max(abs(a), abs(b))
    right, up, level = float(a / scale), float(b / scale), float(c / scale)
    corners = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax)]
    height = [right * x + up * y + level for x, y in corners]
    kept: list[tuple[float, float]] = []
    for i, (here, h) in enumerate(zip(corners, height, strict=True)):
        there, g = corners[i - 1], height[i - 1]
        if (h >= 0) != (g >= 0):
            part = h / (h - g)
            kept.append(
                (here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1]))
            )
        if h >= 0:
            kept.append(here)
    found = shapely.Polygon(kept) if len(kept) > 2 else shapely.Polygon()
    return found if found.area > 0 else shapely.Polygon()
