"""The band around the borders of a shape's primitives, in which the reference is undecided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from regions.network.model import Bools
from regions.shape.model import Bounds
from regions.shape.reference import Reference
from regions.tolerances import COORDINATE_ROUNDING, ROUNDING


@dataclass(frozen=True, eq=False)
class Band:
    """All points near a border.

    Attributes:
        reference: Whose borders.
        rounding: Distance, in the user's units, within which a straight border counts as near;
            around curves the flattening error is added.
    """

    reference: Reference
    rounding: float

    @classmethod
    def around(cls, reference: Reference, window: Bounds) -> Band:
        """As wide as rounding alone may set a network and its reference apart in a window."""
        xmin, ymin, xmax, ymax = window
        extent = max(xmax - xmin, ymax - ymin)
        return cls(reference, ROUNDING * extent + COORDINATE_ROUNDING * max(map(abs, window)))

    @property
    def width(self) -> float:
        """On each side of a curve; around straight borders only the rounding part counts."""
        return self.rounding + self.reference.flattening

    def contains(self, x: np.ndarray, y: np.ndarray) -> Bools:
        """Whether each point lies in it, in the shape of `x` and `y`."""
        near = _near(self.reference.straight, x, y, self.rounding)
        return near | _near(self.reference.curved, x, y, self.width)


def _near(borders: shapely.Geometry, x: np.ndarray, y: np.ndarray, width: float) -> Bools:
    """Whether each point lies within `width` of the border lines, in the shape of `x`."""
    shapely.prepare(borders)
    near: Bools = shapely.dwithin(borders, shapely.points(x.ravel(), y.ravel()), width)
    return near.reshape(x.shape)
