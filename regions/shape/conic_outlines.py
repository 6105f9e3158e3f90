"""Ellipses and strips that are given as inequalities, as polygons: their corners are reckoned.

Other conics, and all curves of a higher degree, are left to `level_sets.py`.
"""

from __future__ import annotations

import math
from fractions import Fraction

import shapely

from regions.geometry.polynomials import Polynomial
from regions.shape.curves import FINEST, flattened_ellipse
from regions.shape.half_planes import half_plane
from regions.shape.model import Bounds

AXES_ROUNDING = 2.0**-48
"""Of the larger half-axis, times the square of how often it holds the smaller one: what the axes
lose in doubles."""

_FLATTEST = AXES_ROUNDING
"""Of the half-axes, squared: of flatter ellipses the axes lose everything in doubles."""

_SQUARE = Fraction(2) ** -1000
"""Of a half-axis, at least, and at most its reciprocal: others do not fit into doubles."""


def drawn_conic(
    polynomial: Polynomial, window: Bounds, tolerance: float, finest: float = FINEST
) -> tuple[shapely.Geometry, float] | None:
    """Where a polynomial is at least 0, and how far that may miss its curve in the window.

    Args:
        polynomial: Of any degree.
        window: What shapes that reach to infinity are clipped to.
        tolerance: Largest wanted error.
        finest: The same as a part of an ellipse's larger half-axis.

    Returns:
        None for what is neither a half-plane, nor the inside or the outside of an ellipse or of two
        parallel lines, and for ellipses so flat that rounding would exceed the tolerance.
    """
    a, b, c = (-polynomial.coefficient(power) for power in ((2, 0), (1, 1), (0, 2)))
    if polynomial.degree > 2:
        return None
    if not (a or b or c):
        x, y, one = (polynomial.coefficient(m) for m in ((1, 0), (0, 1), (0, 0)))
        return half_plane(x, y, one, window), 0.0
    inside = a + c > 0
    conic = polynomial if inside else -polynomial
    definite = 4 * a * c - b * b
    if definite < 0:
        return None
    found = _strip(conic, window) if definite == 0 else _ellipse(conic, window, tolerance, finest)
    if found is None or inside:
        return found
    return shapely.difference(shapely.box(*window), found[0]), found[1]


def _strip(conic: Polynomial, window: Bounds) -> tuple[shapely.Geometry, float] | None:
    """Between two parallel lines: `A t^2 <= d t + f`, for t = x + s y or y + s x, |s| <= 1."""
    a, b, c = (-conic.coefficient(power) for power in ((2, 0), (1, 1), (0, 2)))
    d, e, f = map(conic.coefficient, ((1, 0), (0, 1), (0, 0)))
    swapped = a < c
    if swapped:
        a, c, d, e = c, a, e, d
    slope = b / (2 * a)
    if e != d * slope:
        return None
    middle = d / (2 * a)
    square = middle * middle + f / a
    if square <= 0:
        return shapely.Polygon(), 0.0
    half = Fraction(math.sqrt(square))
    along = (slope, Fraction(1)) if swapped else (Fraction(1), slope)
    sides = (
        half_plane(along[0], along[1], half - middle, window),
        half_plane(-along[0], -along[1], half + middle, window),
    )
    return shapely.intersection(*sides), 0.0


def _ellipse(
    conic: Polynomial, window: Bounds, tolerance: float, finest: float
) -> tuple[shapely.Geometry, float] | None:
    """About its centre it is `A x^2 + B xy + C y^2 <= s`; its axes are the form's eigenvectors."""
    a, b, c = (-conic.coefficient(power) for power in ((2, 0), (1, 1), (0, 2)))
    d, e, f = map(conic.coefficient, ((1, 0), (0, 1), (0, 0)))
    definite = 4 * a * c - b * b
    x, y = (2 * c * d - b * e) / definite, (2 * a * e - b * d) / definite
    size = f + (d * x + e * y) / 2
    if size <= 0:
        return shapely.Polygon(), 0.0
    exponent = (a + c).numerator.bit_length() - (a + c).denominator.bit_length()
    a, b, c, size = (value / Fraction(2) ** exponent for value in (a, b, c, size))
    largest = float(a + c) / 2 + math.hypot(a - c, b) / 2
    smallest = float(a * c - b * b / 4) / largest
    if smallest < largest * _FLATTEST:
        return None
    squares = size / Fraction(smallest), size / Fraction(largest)
    if not _SQUARE < squares[1] <= squares[0] < 1 / _SQUARE:
        return None
    radii = math.sqrt(squares[0]), math.sqrt(squares[1])
    degrees = math.degrees(math.atan2(b, a - c) / 2) + 90.0
    center = float(x), float(y)
    polygon, error = flattened_ellipse(center, radii, degrees, window, tolerance, finest)
    error += AXES_ROUNDING * radii[0] * (largest / smallest)
    return (polygon, error) if error <= 2 * tolerance else None
