"""Points for the cells of lines, in short numbers and exactly where they should be; windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import numpy as np

from regions.draw.line_faces import centroid, clipped, inward, rectangle
from regions.draw.lines import Bounds, View
from regions.geometry.arrangement import Line, Point
from regions.geometry.quotients import nearest
from regions.network.model import Floats
from regions.shape.model import Spec
from regions.shape.reference import reference

CANVAS = 1024.0
"""Length of the window's longer side where places are looked for."""

MOST_PLACES = 16
"""Decimals tried for a short number; a double of the usual sizes has no more."""

SLACK = 1 / 3
"""Part of the way from a face's middle to its border by which rounding may move the point."""

REACH = 0.6
"""Part of the window's size by which it may grow on each side to show where lines cross."""

MARGIN = 1 / 8
"""Part of the longer side that stays free around the outermost crossing."""

GROWTH = (0.25, 0.5, 0.75)
"""Parts of the way that a window is grown before the whole of it."""

LEAST = 24.0
"""Distance of a face's middle from its border, on that canvas, from which on the face counts as
visible; a larger window shows more of it."""

TOUCHING = 2.0**-10
"""Distance from a line on the canvas within which a corner lies on it: far above a rounding."""

ASIDE = 110.0
"""How far from the edge between them two faces are marked, at most."""

Signs = Sequence[int]


class Plane:
    """Lines in a window.

    Attributes:
        lines: As they were given.
        window: `(xmin, ymin, xmax, ymax)`.
        view: A canvas of that window, on which places are looked for.
        rows: `(n, 3)` the lines on that canvas, see `canvas_rows`.
    """

    def __init__(self, lines: Sequence[Line], window: Bounds) -> None:
        self.lines = tuple(lines)
        self.window = window
        self.view = View(window, CANVAS / max(window[2] - window[0], window[3] - window[1]))
        self.rows = canvas_rows(lines, self.view)

    def signs(self, point: Point) -> tuple[int, ...]:
        """On which side of each line a point lies, 0 on it."""
        x, y = point
        values = [a * x + b * y + c for a, b, c in self.lines]
        return tuple((value > 0) - (value < 0) for value in values)

    def face(self, signs: Signs) -> Floats | None:
        """`(n, 2)` corners of a face as far as it is in the window, on the canvas; else None."""
        return clipped(rectangle(self.view.size), self.rows * np.array(signs)[:, np.newaxis])

    def point(self, signs: Signs, known: Point) -> Point:
        """A point of a cell in numbers as short as can be.

        Args:
            signs: Of the cell.
            known: A point of it. A vertex has no other; where no shorter one is found this is it.
        """
        polygon = self.face(signs) if 0 not in signs else None
        if polygon is not None:
            middle = centroid(polygon)
            found = self.near(middle, SLACK * clearance(polygon, middle), signs)
            if found is not None:
                return found
        return shortened(known, lambda point: self.signs(point) == tuple(signs)) or known

    def near(self, place: Floats, slack: float, signs: Signs) -> Point | None:
        """A short point of a cell near a place on the canvas, at most `slack` away on each axis."""
        x, y = map(Fraction, self.view.to_window(place).tolist())
        most = Fraction(slack / self.view.scale)

        def serves(point: Point) -> bool:
            close = abs(point[0] - x) <= most and abs(point[1] - y) <= most
            return close and self.signs(point) == tuple(signs)

        return shortened((x, y), serves)


def canvas_rows(lines: Sequence[Line], view: View) -> Floats:
    """`(n, 3)` exact lines on a canvas, their normals of length 1.

    Lines are measured from the window's corner before they are rounded: no digits are lost far
    from the origin.
    """
    xmin, ymin = map(Fraction, view.window[:2])
    scale = Fraction(view.scale)
    rows = np.empty((len(lines), 3))
    for k, (a, b, c) in enumerate(lines):
        largest = max(abs(a), abs(b))
        numbers = [Fraction(a, largest), Fraction(b, largest)]
        numbers.append((a * xmin + b * ymin + c) / largest * scale)
        rows[k] = list(map(nearest, numbers))
    length = np.hypot(rows[:, 0], rows[:, 1])
    return rows / length[:, np.newaxis]


def shortened(point: Point, serves: Callable[[Point], bool]) -> Point | None:
    """A point rounded to as few decimals as serve; None if none do."""
    for places in range(MOST_PLACES + 1):
        rounded = round(point[0], places), round(point[1], places)
        if serves(rounded):
            return rounded
    return None


def clearance(polygon: Floats, point: Floats) -> float:
    """How far a point of a convex polygon is from its border."""
    rows = inward(polygon)
    return float((rows[:, :2] @ point + rows[:, 2]).min())


def close_up(spec: Spec) -> Bounds:
    """The shape's window, or less of it if the shape is smaller."""
    region = reference(spec.shape, spec.window, 1.0).region  # Nothing is curved, nothing flattened.
    if region.is_empty:
        return spec.window
    xmin, ymin, xmax, ymax = region.bounds
    margin = MARGIN * max(xmax - xmin, ymax - ymin)
    left, bottom, right, top = spec.window
    return (
        max(left, xmin - margin),
        max(bottom, ymin - margin),
        min(right, xmax + margin),
        min(top, ymax + margin),
    )


def grown_towards(plane: Plane, signs: Signs, point: Point) -> Plane:
    """A window that shows a cell, grown towards a point of it no farther than needed."""
    whole = grown(plane.window, [point])
    for share in GROWTH:
        sides = zip(plane.window, whole, strict=True)
        xmin, ymin, xmax, ymax = ((1 - share) * a + share * b for a, b in sides)
        larger = Plane(plane.lines, (xmin, ymin, xmax, ymax))
        if in_sight(larger, signs, point):
            return larger
    return Plane(plane.lines, whole)


def grown(window: Bounds, points: Iterable[Point]) -> Bounds:
    """A window that shows points, with a margin around them."""
    found = [(nearest(x), nearest(y)) for x, y in points]
    if not found:
        return window
    (xmin, ymin), (xmax, ymax) = np.min(found, axis=0).tolist(), np.max(found, axis=0).tolist()
    margin = MARGIN * (max(xmax - xmin, ymax - ymin) or max(np.subtract(window[2:], window[:2])))
    return (
        min(window[0], xmin - margin),
        min(window[1], ymin - margin),
        max(window[2], xmax + margin),
        max(window[3], ymax + margin),
    )


def within_reach(window: Bounds, points: Iterable[Point]) -> list[Point]:
    """The points that lie not too far beyond a window."""
    xmin, ymin, xmax, ymax = window
    right, up = REACH * (xmax - xmin), REACH * (ymax - ymin)
    return [
        (x, y)
        for x, y in points
        if xmin - right <= x <= xmax + right and ymin - up <= y <= ymax + up
    ]


def in_sight(plane: Plane, signs: Signs, point: Point) -> bool:
    """Whether a face shows enough of itself to be marked, or a smaller cell its point."""
    if 0 in signs:
        (x, y), (xmin, ymin, xmax, ymax) = point, plane.window
        return xmin <= x <= xmax and ymin <= y <= ymax
    polygon = plane.face(signs)
    return polygon is not None and clearance(polygon, centroid(polygon)) >= LEAST


def across(plane: Plane, here: Signs, there: Signs) -> tuple[Point, Point] | None:
    """Points of two faces right across the edge between them; None where that is not in sight."""
    polygons = [face for face in map(plane.face, (here, there)) if face is not None]
    if len(polygons) < 2:
        return None
    k = next(k for k, (a, b) in enumerate(zip(here, there, strict=True)) if a != b)
    normal, offset = plane.rows[k, :2] * here[k], plane.rows[k, 2] * here[k]
    along = np.array([-normal[1], normal[0]])
    ends = []
    for polygon in polygons:
        touching = np.abs(polygon @ normal + offset) < TOUCHING
        if not touching.any():
            return None
        ends.append(polygon[touching] @ along)
    middle = (max(map(np.min, ends)) + min(map(np.max, ends))) / 2
    base = middle * along - offset * normal
    found = []
    for polygon, direction, signs in zip(polygons, (normal, -normal), (here, there), strict=True):
        place = base + min(_depth(polygon, base, direction) / 2, ASIDE) * direction
        found.append(plane.near(place, SLACK * clearance(polygon, place), signs))
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _depth(polygon: Floats, start: Floats, direction: Floats) -> float:
    """How far a ray from a point of a convex polygon's border runs inside."""
    rows = inward(polygon)
    speed = rows[:, :2] @ direction
    away = speed < 0
    return float(((rows[away, :2] @ start + rows[away, 2]) / -speed[away]).min())
