"""Polygons and distances from them, for the interpreter: parity, Pythagoras, and angles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tests.moves import Point, applied
from tests.pointwise import cosine_and_sine
from tests.views import View

if TYPE_CHECKING:
    from tests.interpreter import Interpreter

Floats = NDArray[np.float64]
Truth = NDArray[np.int8]
Rings: TypeAlias = list[list[Point]]
Edge: TypeAlias = tuple[Point, Point]

ROUNDING = 1e-13
"""Part of the coordinates: more than a distance in doubles may be off."""

STRAIGHT = ("polygon", "box", "regular", "star", "hull")


def polygon(value: Any, point: Callable[[Any], Point]) -> Rings:
    """The rings of a polygon."""
    holed = isinstance(value, dict)
    rings = [value["exterior"], *value.get("holes", [])] if holed else [value]
    return [[point(corner) for corner in ring] for ring in rings]


def outline(key: str, value: Any, interpreter: Interpreter) -> Rings:
    """The corners that a shape key with straight sides stands for."""
    match key:
        case "polygon":
            return polygon(value, interpreter._point)
        case "box":
            left, low, right, high = map(interpreter.number, value)
            return [[(left, low), (right, low), (right, high), (left, high)]]
        case "regular":
            radii = [interpreter.number(value["radius"])] * int(value["sides"])
            return [_on_circles(radii, value, interpreter)]
        case "star":
            both = [interpreter.number(value[side]) for side in ("outer", "inner")]
            return [_on_circles(both * int(value["points"]), value, interpreter)]
        case _:
            return [_hull(_hulled(value, interpreter))]


def outlines(node: Mapping[str, Any], interpreter: Interpreter) -> list[Rings]:
    """The polygons of a straight shape, one by one, moved as it says."""
    key = next(k for k in (*STRAIGHT, "union", "intersection", "use") if k in node)
    if key == "use":
        parts = outlines(interpreter.defined[node[key]], interpreter)
    elif key in STRAIGHT:
        parts = [outline(key, node[key], interpreter)]
    else:
        parts = [part for one in node[key] for part in outlines(one, interpreter)]
    copies = interpreter._copies(node)
    return [[[applied(one, p) for p in ring] for ring in part] for one in copies for part in parts]


def _on_circles(radii: list[Fraction], value: Any, interpreter: Interpreter) -> list[Point]:
    """Corners in turn on circles of these radii, each coordinate rounded once."""
    x, y = interpreter._point(value.get("center", [0, 0]))
    first, found = interpreter.number(value.get("angle", 90)), []
    for k, radius in enumerate(radii):
        c, s = cosine_and_sine(first + Fraction(360 * k, len(radii)))
        corner = float(x + radius * c), float(y + radius * s)
        found.append((Fraction(corner[0]), Fraction(corner[1])))
    return found


def _hulled(value: Any, interpreter: Interpreter) -> list[Point]:
    if isinstance(value, dict):
        return [interpreter._point(point) for point in value["points"]]
    parts = [part for node in value for part in outlines(node, interpreter)]
    return [point for part in parts for ring in part for point in ring]


def _hull(points: list[Point]) -> list[Point]:
    """By Andrew's chains."""
    ordered = sorted(set(points))
    return _chain(ordered)[:-1] + _chain(ordered[::-1])[:-1]


def _chain(points: list[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _cross(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found


def _cross(a: Point, b: Point, p: Point) -> Fraction:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _edges(rings: Rings) -> list[Edge]:
    return [edge for ring in rings for edge in zip(ring, ring[1:] + ring[:1], strict=True)]


def inside(rings: Rings, view: View) -> Truth:
    """A closed polygon, by the parity of crossings."""
    edges = _edges(rings)
    found = np.where(_odd(edges, view.floats), 1, -1).astype(np.int8)
    close = _distances(edges, view.floats) <= _blur(view)
    found[close] = 0
    for i in np.flatnonzero(close & view.exact):
        found[i] = 1 if _holds(edges, view.points[i]) else -1
    return found


def near(edges: list[Edge], by: Fraction, view: View) -> Truth:
    """All points at most so far from edges."""
    over = _distances(edges, view.floats) - float(by)
    found = np.where(np.abs(over) <= _blur(view), 0, -np.sign(over)).astype(np.int8)
    for i in np.flatnonzero((found == 0) & view.exact):
        found[i] = 1 if _square(edges, view.points[i]) <= by * by else -1
    return found


def grown(rings: Rings, by: Fraction, view: View) -> Truth:
    """All points within a distance of a polygon."""
    return np.maximum(inside(rings, view), near(_edges(rings), by, view))


def shrunk(rings: Rings, by: Fraction, view: View) -> Truth:
    """The points of a polygon at least so far from its border."""
    edges = _edges(rings)
    away = -near(edges, by, view)
    for i in np.flatnonzero((away < 0) & view.exact):
        away[i] = 1 if _square(edges, view.points[i]) >= by * by else -1
    return np.minimum(inside(rings, view), away)


def between(center: Point, first: Fraction, last: Fraction, view: View) -> Truth:
    """The points from one direction counter-clockwise to another, seen from a centre."""
    span = (last - first) % 360
    off = view.floats - np.array([float(c) for c in center])
    angle = np.degrees(np.arctan2(off[:, 1], off[:, 0])) - float(first)
    found = np.where(angle % 360 <= float(span), 1, -1).astype(np.int8)
    far = Fraction(4 * view.reach)
    rays = []
    for degrees in (first, last):
        c, s = cosine_and_sine(degrees)
        rays.append((center, (center[0] + far * c, center[1] + far * s)))
    close = _distances(rays, view.floats) <= _blur(view)
    found[close] = 0
    for i in np.flatnonzero(close & view.exact):
        # Both directions are those of axes.
        x, y = view.points[i][0] - center[0], view.points[i][1] - center[1]
        for _ in range(int(first // 90) % 4):
            x, y = y, -x
        found[i] = 1 if x == y == 0 or _quarters(x, y) <= span / 90 else -1
    return found


def _quarters(x: Fraction, y: Fraction) -> float:
    """A direction in quarter turns: exact on the axes, in the middle between them."""
    signs = (x > 0) - (x < 0), (y > 0) - (y < 0)
    around = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]
    return around.index(signs) / 2


def _blur(view: View) -> float:
    return max(2 * view.slack, ROUNDING * view.reach)


def _ends(edges: list[Edge]) -> tuple[Floats, Floats]:
    found = np.array([[[float(c) for c in point] for point in edge] for edge in edges])
    return found[:, 0], found[:, 1]


def _distances(edges: list[Edge], points: Floats) -> Floats:
    """`(n,)` from each point to the nearest edge."""
    start, end = _ends(edges)
    along = end - start
    square = np.maximum((along**2).sum(axis=1), np.finfo(np.float64).tiny)
    off = points[:, np.newaxis] - start
    part = np.clip((off * along).sum(axis=2) / square, 0, 1)[..., np.newaxis]
    off = np.where(part < 0.5, off - part * along, points[:, np.newaxis] - end + (1 - part) * along)
    return np.hypot(off[..., 0], off[..., 1]).min(axis=1)


def _odd(edges: list[Edge], points: Floats) -> NDArray[np.bool_]:
    (ax, ay), (bx, by) = (ends.T for ends in _ends(edges))
    x, y = points[:, :1], points[:, 1:]
    side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
    crossed = ((ay <= y) != (by <= y)) & ((side > 0) == (by > ay))
    return crossed.sum(axis=1) % 2 == 1


def _holds(edges: list[Edge], point: Point) -> bool:
    x, y = point
    odd = False
    for a, b in edges:
        side = _cross(a, b, point)
        within = min(a[0], b[0]) <= x <= max(a[0], b[0]) and min(a[1], b[1]) <= y <= max(a[1], b[1])
        if side == 0 and within:
            return True
        if (a[1] <= y) != (b[1] <= y):
            odd ^= (side > 0) == (b[1] > a[1])
    return odd


def _square(edges: list[Edge], point: Point) -> Fraction:
    return min(_square_to(a, b, point) for a, b in edges)


def _square_to(a: Point, b: Point, point: Point) -> Fraction:
    """The square of the distance from a segment."""
    u, v = b[0] - a[0], b[1] - a[1]
    x, y = point[0] - a[0], point[1] - a[1]
    square = u * u + v * v
    part = min(max((u * x + v * y) / square, Fraction(0)), Fraction(1)) if square else Fraction(0)
    return (x - part * u) ** 2 + (y - part * v) ** 2
