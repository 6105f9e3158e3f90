r"""Where a polynomial is at least 0, as polygons within a window.

A square about the window is quartered, level by level. Boxes on which interval arithmetic shows a
sign are done. Of the others, those are *smooth* on which the curve is nearly straight:

    +--------+      Let L be the polynomial's first-order expansion about the middle of a box of
    |  in   /|      half a side h, e = h^2 / 2 (|p_xx| + 2 |p_xy| + |p_yy|) where that is largest
    |    __/ |      on the box and its neighbours, and g > 0 the least slope there along the
    | __/    |      gradient of the middle. In the box the answer is that of L.
    |/   out |
    +--------+

If that is wrong at a point, the polynomial lies between -e and e there. Along the gradient, one way
or the other, it passes e or -e within `e / g`. There the answer is right, so that a border lies
between, if the way ends in a box that is done, or in a smooth one that is no larger. If it ends in
a larger one, the same may be said again from there: in all, the border is no farther than the sum,
over the sizes of boxes, of the largest `e / g`. What is not smooth is divided on to the tolerance,
and answered by its middle; its boxes' diagonals count as borders.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.geometry.intervals import Bounds as Intervals
from regions.geometry.polynomials import Polynomial
from regions.geometry.quadtree import WHOLE, Boxes
from regions.geometry.slopes import Slopes
from regions.shape.model import Bounds

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])

FIRST_SMOOTH = 7
"""Halvings before boxes may be smooth: the ways from box to box, 2 h each, then end within"""

MARGIN = 2.0**-5
"""about the window, in halves of the square's side."""

SHARE = 2.0**-4
"""Of the tolerance, for the smooth boxes of each size; a half is for those that are not smooth."""

MOST = 2**17
"""Boxes of one level, after which nothing is divided any more, though the bound be large."""

DEEPEST = 40
"""Halvings: rounding blurs a border by 2^-46 of the square."""

CORNER_ROUNDING = 2.0**-50
"""Of the largest coordinate: what the sums cost a corner."""


@dataclass(frozen=True, eq=False)
class LevelSet:
    """The region in the window and a little beyond.

    Attributes:
        region: Polygon, MultiPolygon, or empty.
        doubtful: Lines in boxes that may hold more of the curve than the region shows.
        error: Within the window, outside of all points so near to the region's border or to one of
            these lines, the region's answer is right.
    """

    region: shapely.Geometry
    doubtful: shapely.MultiLineString
    error: float


def flattened_polynomial(polynomial: Polynomial, window: Bounds, tolerance: float) -> LevelSet:
    """Polygons of the points where a polynomial is at least 0.

    Args:
        polynomial: In the user's coordinates, not constant.
        window: Where the region is wanted.
        tolerance: Largest wanted error, in the user's units. It is larger where the curve passes
            more boxes than can be looked at.
    """
    xmin, ymin, xmax, ymax = window
    middle = ((xmin + xmax) / 2, (ymin + ymax) / 2)
    half = max(xmax - middle[0], ymax - middle[1]) * (1 + 2 * MARGIN)
    size = 2.0 ** math.frexp(half)[1]
    mx, my = map(Fraction, middle)
    slopes = Slopes(polynomial.rescaled(Fraction(size), (mx, my)))
    reach = ((xmax - middle[0]) / size + MARGIN, (ymax - middle[1]) / size + MARGIN)
    division = _Division(slopes, reach, tolerance / size)
    division.run()
    parts = [part * size + np.array(middle) for part in division.parts]
    polygons = [shapely.polygons(part) for part in parts]
    lines = np.concatenate([*division.doubtful, np.empty((0, 2, 2))]) * size + np.array(middle)
    rounding = CORNER_ROUNDING * (size + max(map(abs, middle)))
    return LevelSet(
        region=shapely.union_all(np.concatenate([*polygons, np.empty(0, dtype=object)])),
        doubtful=shapely.MultiLineString(lines.tolist()),
        error=division.error * size + rounding if division.error else 0.0,
    )


class _Division:
    """Of the square from -1 to 1.

    Attributes:
        parts: `(n, k, 2)` corners of the region's parts, those with k corners together.
        doubtful: `(n, 2, 2)` diagonals.
        error: See `LevelSet`.
    """

    def __init__(self, slopes: Slopes, reach: tuple[float, float], tolerance: float) -> None:
        self.parts: list[Floats] = []
        self.doubtful: list[Floats] = []
        self.error = 0.0
        self._slopes = slopes
        self._reach = reach
        self._tolerance = tolerance
        depth = math.ceil(math.log2(2 * math.sqrt(2) / tolerance))
        self._depth = min(max(depth, FIRST_SMOOTH), DEEPEST)

    def run(self) -> None:
        """Divide what is neither decided nor smooth, to the end."""
        boxes, level = self._undecided(WHOLE, 1.0), 0
        while level < self._depth and 4 * len(boxes.row) <= MOST:
            level += 1
            boxes = self._undecided(boxes.quartered(), 2.0**-level)
            if level >= FIRST_SMOOTH:
                boxes = self._not_smooth(boxes, 2.0**-level)
        self._add_doubtful(boxes, 2.0**-level)

    def _undecided(self, boxes: Boxes, half: float) -> Boxes:
        """Those that meet the window and have no sign; those within the region are kept."""
        x, y = boxes.middles(half)
        near = (np.abs(x) - half <= self._reach[0]) & (np.abs(y) - half <= self._reach[1])
        boxes, x, y = boxes.take(near), x[near], y[near]
        low, high = self._slopes.values(x, y, half)
        self.parts.append(_squares(x[low >= 0], y[low >= 0], half))
        return boxes.take((low < 0) & (high >= 0))

    def _not_smooth(self, boxes: Boxes, half: float) -> Boxes:
        """Those that the curve does not cross nearly straight; of the others the parts are kept."""
        errors = self._errors(boxes, half)
        smooth = errors <= min(SHARE * self._tolerance, 2 * half)
        self.error += float(errors[smooth].max(initial=0.0))
        self._add_smooth(boxes.take(smooth), half)
        return boxes.take(~smooth)

    def _errors(self, boxes: Boxes, half: float) -> Floats:
        """`e / g`, infinite where no g > 0 is known; on a box and its neighbours."""
        x, y = boxes.middles(half)
        steepness = self._slopes.steepness(x, y, 3 * half)
        low, high = self._slopes.values(x, y, 0.0)
        least, most = self._slopes.gradient(x, y, 0.0)
        rounding = (high - low) + half * (most - least).sum(axis=0)
        rest = half**2 / 2 * self._slopes.bend(x, y, 3 * half) + rounding
        errors = np.full(len(x), np.inf)
        np.divide(rest, steepness, out=errors, where=steepness > 0)
        return errors

    def _add_smooth(self, boxes: Boxes, half: float) -> None:
        """The parts of boxes on one side of their lines."""
        if not len(boxes.row):
            return
        x, y = boxes.middles(half)
        value = _middle(self._slopes.values(x, y, 0.0))
        sides = _half_planes(x, y, value, _middle(self._slopes.gradient(x, y, 0.0)), half)
        cut = shapely.intersection(shapely.polygons(sides), shapely.polygons(_squares(x, y, half)))
        areas = cut[shapely.area(cut) > 0]
        counts = shapely.get_num_coordinates(areas)
        for count in np.unique(counts).tolist():
            chosen = shapely.get_coordinates(areas[counts == count])
            self.parts.append(chosen.reshape(-1, count, 2))

    def _add_doubtful(self, boxes: Boxes, half: float) -> None:
        """Boxes as their middles say, and their diagonals."""
        if not len(boxes.row):
            return
        x, y = boxes.middles(half)
        value = _middle(self._slopes.values(x, y, 0.0))
        self.parts.append(_squares(x[value >= 0], y[value >= 0], half))
        self.doubtful.append(_squares(x, y, half)[:, ::2])
        self.error += math.sqrt(2) * half


def _half_planes(x: Floats, y: Floats, value: Floats, gradient: Floats, half: float) -> Floats:
    """`(m, 4, 2)` rectangles that hold what of boxes lies where a linear function is positive.

    Args:
        x: `(m,)` middles.
        y: `(m,)`.
        value: `(m,)` the function's at the middles.
        gradient: `(2, m)`.
        half: Half of a box's side; beyond 1.5 of it a line misses the box.
    """
    length = np.hypot(*gradient)
    out, along = np.clip(value / length, -1.5 * half, 1.5 * half), gradient / length
    foot = np.stack([x, y]) - out * along
    side, far = 2 * half * np.stack([-along[1], along[0]]), 4 * half * along
    corners = np.stack([foot - side, foot + side, foot + side + far, foot - side + far])
    return corners.transpose(2, 0, 1)


def _middle(bounds: Intervals) -> Floats:
    middle: Floats = (bounds.low + bounds.high) / 2
    return middle


def _squares(x: Floats, y: Floats, half: float) -> Floats:
    """`(m, 4, 2)` corners of boxes, given their middles."""
    return np.stack([x, y], axis=1)[:, np.newaxis] + half * SQUARE
