"""The faces into which lines cut a canvas: their corners, and where a number fits into one.

A line is a row (a, b, c) of floats and stands for `a*x + b*y + c`, its normal (a, b) of length 1.
All results are in printed points, for drawing; what is true of a face is decided elsewhere.
"""

from __future__ import annotations

import numpy as np

from regions.draw.labels import Pair, Size
from regions.network.model import Floats

THIN = 2.0**-16
"""Square points below which an area is none, but a rounding."""


def rectangle(size: Size) -> Floats:
    """`(4, 2)` corners of the canvas, counter-clockwise."""
    width, height = size
    return np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])


def clipped(polygon: Floats, rows: Floats) -> Floats | None:
    """The part of a convex polygon where all rows are at least 0; None if it has no area.

    After Sutherland and Hodgman (1974), "Reentrant polygon clipping".

    Args:
        polygon: `(n, 2)` corners, counter-clockwise.
        rows: `(m, 3)` lines.
    """
    for a, b, c in rows:
        value = polygon[:, 0] * a + polygon[:, 1] * b + c
        if value.min() >= 0:
            continue
        if value.max() <= 0:
            return None
        polygon = _cut(polygon, value)
    return polygon if len(polygon) > 2 and area(polygon) > THIN else None


def _cut(polygon: Floats, value: Floats) -> Floats:
    """What is left of a polygon where the value at its corners, linear between, is at least 0."""
    corners = []
    for k in range(len(polygon)):
        here, there = value[k - 1], value[k]
        if (here < 0) != (there < 0):
            share = here / (here - there)
            corners.append(polygon[k - 1] + share * (polygon[k] - polygon[k - 1]))
        if there >= 0:
            corners.append(polygon[k])
    return np.array(corners)


def area(polygon: Floats) -> float:
    """Of a polygon whose corners run counter-clockwise."""
    x, y = (polygon - polygon[0]).T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2


def centroid(polygon: Floats) -> Floats:
    """The centre of gravity of a polygon with an area."""
    local = polygon - polygon[0]
    after = np.roll(local, -1, axis=0)
    weight = local[:, 0] * after[:, 1] - after[:, 0] * local[:, 1]
    middle: Floats = polygon[0] + ((local + after) * weight[:, np.newaxis]).sum(axis=0) / (
        3 * weight.sum()
    )
    return middle


def room_for(polygon: Floats, size: Size) -> Pair | None:
    """Where the middle of a box goes that fits into a convex polygon; None if it fits nowhere.

    The box fits where its farthest corner still lies on the inner side of every edge: again a
    convex polygon, of which this is the centre of gravity.

    Args:
        polygon: `(n, 2)` corners, counter-clockwise.
        size: Width and height of the box.
    """
    rows = inward(polygon)
    rows[:, 2] -= (np.abs(rows[:, 0]) * size[0] + np.abs(rows[:, 1]) * size[1]) / 2
    places = clipped(polygon, rows)
    if places is None:
        return None
    x, y = centroid(places).tolist()
    return x, y


def inward(polygon: Floats) -> Floats:
    """`(n, 3)` the lines of a convex polygon's edges, positive inside."""
    along = np.roll(polygon, -1, axis=0) - polygon
    length = np.hypot(*along.T)
    polygon, along = polygon[length > 0], along[length > 0] / length[length > 0, np.newaxis]
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    return np.concatenate([normal, -(normal * polygon).sum(axis=1)[:, np.newaxis]], axis=1)
