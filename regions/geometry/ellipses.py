"""Where an ellipse lies that is given by a polynomial."""

from __future__ import annotations

import math

from regions.geometry.polynomials import Polynomial
from regions.geometry.quotients import rounded


def ellipse_bounds(polynomial: Polynomial) -> tuple[float, float, float, float] | None:
    """A box around the points where a polynomial of degree 2 is at least 0, up to rounding.

    None unless these points are an ellipse and its inside. With `-z^T M z + m` about the centre,
    M positive definite, the half-width in x is `sqrt(m * (M^-1)_xx)`, and likewise in y.
    """
    if polynomial.degree != 2:
        return None
    xx, yy = polynomial.coefficient((2, 0)), polynomial.coefficient((0, 2))
    xy = polynomial.coefficient((1, 1)) / 2
    x, y = polynomial.coefficient((1, 0)) / 2, polynomial.coefficient((0, 1)) / 2
    determinant = xx * yy - xy * xy
    if determinant <= 0 or xx >= 0:
        return None
    # The gradient is 0 at the centre.
    cx, cy = (xy * y - yy * x) / determinant, (xy * x - xx * y) / determinant
    most = polynomial(cx, cy)
    if most <= 0:
        return None
    dx = math.sqrt(rounded(-yy * most / determinant))
    dy = math.sqrt(rounded(-xx * most / determinant))
    left, bottom = rounded(cx) - dx, rounded(cy) - dy
    return left, bottom, rounded(cx) + dx, rounded(cy) + dy
