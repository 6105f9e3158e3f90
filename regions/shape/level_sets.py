"""Where a polynomial is at least 0, as polygons within a window."""

from __future__ import annotations

import shapely

from regions.geometry.polynomials import Polynomial
from regions.shape.model import Bounds


def flattened_polynomial(
    polynomial: Polynomial, window: Bounds, tolerance: float
) -> tuple[shapely.Geometry, float]:
    """Polygons, and how far they may miss the curve in the window."""
    raise NotImplementedError
