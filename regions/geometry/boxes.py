"""Boxes whose sides are parallel to the axes: `(xmin, ymin, xmax, ymax)`."""

from __future__ import annotations

import math


def has_area(box: tuple[float, float, float, float]) -> bool:
    """Whether a box is finite, of positive width and height, and its width and height finite."""
    xmin, ymin, xmax, ymax = box
    width, height = xmax - xmin, ymax - ymin
    return width > 0 and height > 0 and math.isfinite(width) and math.isfinite(height)
