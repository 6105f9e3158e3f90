"""The band around the borders of a shape's primitives, in which nothing is decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from regions.check.curves.signs import Truth
from regions.check.membership import Membership
from regions.check.vicinity import may_be_within
from regions.geometry.contours import deviation
from regions.network.model import Bools, Floats
from regions.shape.model import Bounds, Path, Shape, bottom_up
from regions.shape.reference import Reference
from regions.tolerances import COORDINATE_ROUNDING, ROUNDING

MANY = 2**13
"""Points, of which it is worth while to look at those near a border alone."""


@dataclass(frozen=True, eq=False)
class Band:
    """All points near a border, and what is known of the others.

    Attributes:
        shape: Whose borders.
        reference: The same as Shapely sees it.
        rounding: Distance, in the user's units, that doubles may make.
        deviation: How far cubic curves may be from the conics that networks have for them.
    """

    shape: Shape
    reference: Reference
    rounding: float
    deviation: float

    @classmethod
    def around(cls, shape: Shape, reference: Reference, window: Bounds) -> Band:
        """As wide as rounding, and conics for cubics, may set a network and its shape apart."""
        xmin, ymin, xmax, ymax = window
        extent = max(xmax - xmin, ymax - ymin)
        drawn = shapely.total_bounds([reference.straight, reference.curved])
        largest = np.nanmax(np.abs([*window, *drawn]))
        rounding = ROUNDING * extent + COORDINATE_ROUNDING * float(largest)
        paths = [node for node in bottom_up(shape) if isinstance(node, Path)]
        deviations = (deviation(path.contours) for path in paths)
        return cls(shape, reference, rounding, max(deviations, default=0.0))

    @property
    def width(self) -> float:
        """On each side of a border, in the user's units."""
        return self.rounding + self.deviation

    def truth(self, points: Floats) -> Truth:
        """Whether each of `(n, 2)` points belongs to the shape; open in the band.

        Shapely tells, but where a flattened curve is too near: there the shape's definition does.
        """
        inside = shapely.intersects_xy(self.reference.region, *points.T)
        near = self._near(points)
        must, may = inside & ~near, inside | near
        if self.reference.flattening:
            found = self._membership.truth(points[near], self.width)
            must[near], may[near] = found.must, found.may
        return Truth(must, may)

    def _near(self, points: Floats) -> Bools:
        """Whether each point lies nearer to a border than the reference can tell."""
        flattened = self.width + self.reference.flattening
        near = _within(self.reference.straight, points, self.rounding)
        near |= _within(self.reference.curved, points, flattened)
        return near

    def contains(self, points: Floats) -> Bools:
        """Whether each of `(n, 2)` points lies in it."""
        return ~self.truth(points).known

    @cached_property
    def _membership(self) -> Membership:
        return Membership.of(self.shape)


def _within(borders: shapely.Geometry, points: Floats, width: float) -> Bools:
    """Whether each of `(n, 2)` points lies within a width of some lines."""
    near = np.zeros(len(points), dtype=np.bool_)
    if borders.is_empty:
        return near
    many = len(points) >= MANY
    chosen = np.flatnonzero(may_be_within(borders, points, width) if many else ~near)
    shapely.prepare(borders)
    # GEOS divides by lengths, and sets flags where these are 0, as of very small parts.
    with np.errstate(all="ignore"):
        near[chosen] = shapely.dwithin(borders, shapely.points(points[chosen]), width)
    return near
