"""The exact judge of small networks: one rational point for each cell of the lines' arrangement.

Every crossing of two lines is a vertex. On each line the crossings cut off the edges, and each edge
has a face on either side of it, entered by a step too short to reach another line. Each face of an
arrangement that has a line is bounded by an edge, so no cell is left out. Nothing here comes from
the proof under test; slow, and easy to believe.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import shapely

from regions.network.exact import exact_outputs
from regions.network.model import Network
from tests import oracle

Line: TypeAlias = tuple[Fraction, Fraction, Fraction]
"""`a x + b y + c = 0`."""

Point: TypeAlias = tuple[Fraction, Fraction]


def differences(network: Network, polygon: shapely.Geometry) -> list[tuple[Point, bool]]:
    """A point of each cell in which network and polygon differ, and whether it is on the boundary.

    Args:
        network: Its separators are lines, taken as their doubles stand.
        polygon: Valid.
    """
    ends = oracle.boundary(polygon).reshape(-1, 4).tolist()
    edges = [[Fraction(coordinate) for coordinate in edge] for edge in ends]
    rows = zip(*network.weights[:, :2].T.tolist(), network.bias.tolist(), strict=True)
    lines = [(Fraction(a), Fraction(b), Fraction(c)) for a, b, c in rows if a or b]
    lines += [_through(*edge) for edge in edges]
    unit = network.output().unit
    points = list(dict.fromkeys(_points(lines)))
    inside = oracle.contains(polygon, points)
    return [
        (point, any(_on(edge, point) for edge in edges))
        for point, wanted in zip(points, inside, strict=True)
        if exact_outputs(network, *point)[unit] != wanted
    ]


def _points(lines: list[Line]) -> Iterator[Point]:
    for line in lines:
        a, b, _ = line
        along = sorted({_place(line, met) for other in lines if (met := _crossing(line, other))})
        yield from (_at(line, t) for t in along)
        for t in _between(along):
            x, y = _at(line, t)
            yield x, y
            step = _short(lines, (x, y), (a, b))
            yield from (((x + s * a), (y + s * b)) for s in (step, -step))


def _between(places: list[Fraction]) -> list[Fraction]:
    """One number in each gap, and one beyond either end."""
    if not places:
        return [Fraction(0)]
    gaps = [(p + q) / 2 for p, q in pairwise(places)]
    return [places[0] - 1, *gaps, places[-1] + 1]


def _short(lines: list[Line], point: Point, way: Point) -> Fraction:
    """Half the way to the nearest line that the point is not on."""
    values = [(a * point[0] + b * point[1] + c, a * way[0] + b * way[1]) for a, b, c in lines]
    return min((abs(v / slope) for v, slope in values if v and slope), default=Fraction(1)) / 2


def _through(ax: Fraction, ay: Fraction, bx: Fraction, by: Fraction) -> Line:
    a, b = ay - by, bx - ax
    return a, b, -(a * ax + b * ay)


def _crossing(p: Line, q: Line) -> Point | None:
    determinant = p[0] * q[1] - q[0] * p[1]
    if not determinant:
        return None
    return (
        (p[1] * q[2] - q[1] * p[2]) / determinant,
        (q[0] * p[2] - p[0] * q[2]) / determinant,
    )


def _place(line: Line, point: Point) -> Fraction:
    """Where on a line a point of it lies: at t times its direction from its foot."""
    a, b, _ = line
    return (a * point[1] - b * point[0]) / (a * a + b * b)


def _at(line: Line, t: Fraction) -> Point:
    a, b, c = line
    square = a * a + b * b
    return -a * c / square - b * t, -b * c / square + a * t


def _on(edge: list[Fraction], point: Point) -> bool:
    """Whether a point lies on an edge, its ends included."""
    ax, ay, bx, by = edge
    x, y = point
    turned = (bx - ax) * (y - ay) == (x - ax) * (by - ay)
    return turned and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)
