"""A polynomial with its derivatives, bounded over boxes: where it has no zero, where it is steep.

If a polynomial's slope along one direction is at least g over a disc about a point, and its value
there is v, then within `|v| / g` of the point there is a zero of it, if that lies in the disc.
"""

from __future__ import annotations

import numpy as np

from regions.geometry.intervals import Bounds, Enclosures, Floats
from regions.geometry.polynomials import Polynomial

_DOWN = 1 - 2.0**-40
"""A factor that makes a rounded lower bound a bound."""

_UP = 1 + 2.0**-40
"""And an upper one."""


class Slopes:
    """A polynomial in coordinates from -1 to 1, scaled so that its largest coefficient is about 1.

    Boxes are squares: `(m,)` middles, and half a side, as for `Enclosures.over`. They may reach a
    little beyond 1.
    """

    def __init__(self, polynomial: Polynomial) -> None:
        by_x, by_y = polynomial.scaled().gradient
        (xx, xy), (_, yy) = by_x.gradient, by_y.gradient
        self._value = Enclosures([polynomial])
        self._first = Enclosures([by_x, by_y])
        self._second = Enclosures([xx, xy, yy])
        self._sizes = [_sizes(by_x, by_y), _sizes(xx, xy, yy)]

    def values(self, x: Floats, y: Floats, half: float) -> Bounds:
        """Bounds on the value: `(m,)` each."""
        low, high = self._value.over(x, y, half)
        return Bounds(low[0], high[0])

    def gradient(self, x: Floats, y: Floats, half: float) -> Bounds:
        """Bounds on the derivatives by x and y: `(2, m)` each."""
        low, high = self._first.over(x, y, half)
        return Bounds(low * self._sizes[0], high * self._sizes[0])

    def steepness(self, x: Floats, y: Floats, half: float) -> Floats:
        """`(m,)` the least slope along the gradient of the middle; not above 0 if none is known."""
        low, high = self.gradient(x, y, 0.0)
        middle = (low + high) / 2
        length = np.hypot(*middle)
        # Any unit vector will do, and a shorter one too: the bound holds for it all the more.
        along = _DOWN * middle / np.where(length > 0, length, 1.0)
        low, high = self.gradient(x, y, half)
        parts = np.where(along > 0, along * low, along * high)
        steepness: Floats = parts.sum(axis=0) - (_UP - 1) * np.abs(parts).sum(axis=0)
        return steepness

    def bend(self, x: Floats, y: Floats, half: float) -> Floats:
        """`(m,)` bounds on `|p_xx| + 2 |p_xy| + |p_yy|`."""
        low, high = self._second.over(x, y, half)
        sizes = np.maximum(np.abs(low), np.abs(high)) * self._sizes[1]
        bend: Floats = _UP * (sizes[0] + 2 * sizes[1] + sizes[2])
        return bend


def _sizes(*polynomials: Polynomial) -> Floats:
    """`(k, 1)` factors from the scaled polynomials' values to those of the given ones."""
    return np.array([[2.0**polynomial.exponent] for polynomial in polynomials])
