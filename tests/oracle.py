"""The exact oracle: whether points lie in a closed polygon, doubles read as the rationals they are.

The parity of crossings of a ray from the point, an edge counted with its lower end and without its
upper one (Shimrat 1962, "Algorithm 112"). Rings may touch, so one parity serves all rings of a
valid polygon or multipolygon. The side of an edge on which a point lies is a determinant's sign:
doubles decide it where they can, rationals elsewhere. Nothing here comes from the package under
test, and Shapely only hands over coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FILTER = 2.0**-50
"""Bound on a determinant's error, relative to the sum of its two products. In units of 2^-53: 1 for
each of the two differences in a product, 1 for the product, 1 for the last difference; twice that
for what is of second order."""

UNDERFLOW = 2.0**-900
"""More than two products could lose at the lower end of the doubles."""

WHOLE_BITS = 25
"""Coordinates that are integers of so many bits, in a common unit, leave nothing to round: 26 bits
for a difference, 52 for a product, 53 for the determinant."""

PAIRS = 2**19
"""Pairs of a point and an edge that are judged at once: some 50 MB."""

BAND = 2.0**-40
"""Part of the extent around a boundary in which rounded lines need not be right."""


def inside(geometry: shapely.Geometry, points: ArrayLike) -> Bools:
    """Whether each point lies in a closed polygon or multipolygon, exactly: `(n,)`.

    Args:
        geometry: Valid. Of rings that cross, the even-odd region with all of them is meant.
        points: `(n, 2)` finite doubles.

    Raises:
        TypeError: Not a polygon or multipolygon.
        ValueError: The points have another shape, or a coordinate is not finite.
    """
    edges, found = boundary(geometry), _checked(points)
    # The ray goes the way that meets fewer edges: across the teeth of a comb it would meet all.
    sweep = min(_sweep(edges, found), _sweep(edges[..., ::-1], found[:, ::-1]), key=_total)
    error, least = (0.0, 0.0) if _whole(edges, found) else (FILTER, UNDERFLOW)
    odd, on = np.zeros((2, len(found)), dtype=np.bool_)
    for edge, point in _pairs(sweep):
        crosses, touches = _judge(sweep.edges[edge], sweep.points[point], error, least)
        odd ^= np.bincount(point[crosses], minlength=len(found)) % 2 == 1
        on[point[touches]] = True
    return odd | on


def contains(geometry: shapely.Geometry, points: Iterable[tuple[Fraction, Fraction]]) -> list[bool]:
    """`inside` for rational points, in plain rational arithmetic: slow, and easy to believe."""
    edges = [[Fraction(c) for c in edge] for edge in boundary(geometry).reshape(-1, 4).tolist()]
    return [_contains(edges, x, y) for x, y in points]


def boundary(geometry: shapely.Geometry) -> Floats:
    """`(m, 2, 2)` the edges of all rings, as given.

    Raises:
        TypeError: Not a polygon or multipolygon.
    """
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        raise TypeError(f"a polygon or multipolygon is needed, not a {geometry.geom_type}")
    rings = shapely.get_rings(shapely.get_parts(geometry))
    vertices, ring = shapely.get_coordinates(rings, return_index=True)
    edges: Floats = np.stack([vertices[:-1], vertices[1:]], axis=1)[ring[:-1] == ring[1:]]
    return edges


def extent(geometry: shapely.Geometry) -> float:
    """The longer side of the bounding box."""
    xmin, ymin, xmax, ymax = geometry.bounds
    return float(max(xmax - xmin, ymax - ymin))


def clear(geometry: shapely.Geometry, points: ArrayLike, part: float = BAND) -> Bools:
    """Whether each point lies farther from the boundary than a part of the extent: `(n,)`."""
    clear: Bools = distances(geometry, points) > part * extent(geometry)
    return clear


def distances(geometry: shapely.Geometry, points: ArrayLike) -> Floats:
    """`(n,)` distances to the boundary, in doubles: not exact, and slow; for a few points."""
    edges, found = boundary(geometry), _checked(points)
    return np.array([_distance(edges, point) for point in found])


def _distance(edges: Floats, point: Floats) -> float:
    start, end = edges[:, 0], edges[:, 1]
    along = end - start
    square = np.maximum((along**2).sum(axis=1), np.finfo(np.float64).tiny)
    part = np.clip(((point - start) * along).sum(axis=1) / square, 0, 1)[:, np.newaxis]
    # Counted from the nearer end, so that no large difference drowns a small one.
    off = np.where(part < 0.5, point - start - part * along, point - end + (1 - part) * along)
    return float(np.hypot(off[:, 0], off[:, 1]).min())


def _checked(points: ArrayLike) -> Floats:
    found = np.asarray(points, dtype=np.float64)
    if found.ndim != 2 or found.shape[1] != 2:
        raise ValueError(f"points must have the shape (n, 2), not {found.shape}")
    if not np.isfinite(found).all():
        raise ValueError("points must be finite")
    return found


@dataclass(frozen=True, eq=False)
class _Sweep:
    """The points whose y lies in the closed y-range of each edge: a run of them, sorted by y.

    Attributes:
        edges: `(m, 2, 2)`, each from its lower to its upper end.
        points: `(n, 2)`.
        order: `(n,)` the points by y.
        first: `(m,)` where each edge's run begins in `order`.
        count: `(m,)` how long it is.
    """

    edges: Floats
    points: Floats
    order: Ints
    first: Ints
    count: Ints


def _sweep(edges: Floats, points: Floats) -> _Sweep:
    upward = (edges[:, 0, 1] <= edges[:, 1, 1])[:, np.newaxis, np.newaxis]
    directed = np.where(upward, edges, edges[:, ::-1])
    order = np.argsort(points[:, 1], kind="stable")
    y = points[order, 1]
    first = np.searchsorted(y, directed[:, 0, 1], side="left")
    count = np.searchsorted(y, directed[:, 1, 1], side="right") - first
    return _Sweep(directed, points, order, first, count)


def _total(sweep: _Sweep) -> int:
    return int(sweep.count.sum())


def _pairs(sweep: _Sweep) -> Iterator[tuple[Ints, Ints]]:
    """Edges and points whose y-ranges meet, as index arrays of about `PAIRS` entries."""
    before = np.cumsum(sweep.count) - sweep.count
    chunk = before // PAIRS
    for edges in np.split(np.arange(len(chunk)), np.flatnonzero(np.diff(chunk)) + 1):
        count = sweep.count[edges]
        edge = np.repeat(edges, count)
        place = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
        yield edge, sweep.order[sweep.first[edge] + place]


def _judge(edges: Floats, points: Floats, error: float, least: float) -> tuple[Bools, Bools]:
    """Whether a ray towards larger x crosses each edge, and whether its origin lies on it.

    Args:
        edges: `(n, 2, 2)` upward, their y-ranges containing the point's y.
        points: `(n, 2)`.
        error: `FILTER`, or 0 where determinants are exact.
        least: `UNDERFLOW`, or 0 likewise.
    """
    (ax, ay), (bx, by), (x, y) = edges[:, 0].T, edges[:, 1].T, points.T
    crosses = (ay <= y) & (y < by)
    near = np.flatnonzero((np.minimum(ax, bx) <= x) & (x <= np.maximum(ax, bx)))
    side = sides(edges[near, 0], edges[near, 1], points[near], error, least)
    crosses &= x < np.minimum(ax, bx)
    crosses[near] = (side > 0) & (ay[near] <= y[near]) & (y[near] < by[near])
    touches = np.zeros(len(x), dtype=np.bool_)
    touches[near] = side == 0
    return crosses, touches


def sides(
    a: Floats, b: Floats, p: Floats, error: float = FILTER, least: float = UNDERFLOW
) -> NDArray[np.int8]:
    """`(n,)` of 1, 0, -1: whether p lies left of, on, or right of the line from a to b, exactly."""
    left_x, left_y = b[:, 0] - a[:, 0], p[:, 1] - a[:, 1]
    right_x, right_y = p[:, 0] - a[:, 0], b[:, 1] - a[:, 1]
    left, right = left_x * left_y, right_x * right_y
    determinant = left - right
    signs = np.sign(determinant).astype(np.int8)
    unsure = np.abs(determinant) <= error * (np.abs(left) + np.abs(right)) + least
    # A difference is 0 only if it is exactly 0, and then so is its product.
    unsure &= ~(((left_x == 0) | (left_y == 0)) & ((right_x == 0) | (right_y == 0)))
    if error > 0:
        for i in np.flatnonzero(unsure):
            signs[i] = _exact_side(*map(Fraction, (*a[i], *b[i], *p[i])))
    return signs


def _exact_side(
    ax: Fraction, ay: Fraction, bx: Fraction, by: Fraction, x: Fraction, y: Fraction
) -> int:
    determinant = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
    return (determinant > 0) - (determinant < 0)


def _whole(edges: Floats, points: Floats) -> bool:
    """Whether all coordinates are integers of at most `WHOLE_BITS` bits in one power of two."""
    values = np.concatenate([edges.ravel(), points.ravel()])
    mantissa, exponent = np.frexp(values[values != 0])
    if len(exponent) == 0:
        return True
    integers = np.abs(np.ldexp(mantissa, 53)).astype(np.int64)
    _, lowest = np.frexp((integers & -integers).astype(np.float64))
    unit = int((exponent + lowest).min()) - 54
    return unit > -450 and int(exponent.max()) - unit <= WHOLE_BITS


def _contains(edges: list[list[Fraction]], x: Fraction, y: Fraction) -> bool:
    odd = False
    for ax, ay, bx, by in edges:
        side = _exact_side(ax, ay, bx, by, x, y)
        within = min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)
        if side == 0 and within:
            return True
        if (ay <= y) != (by <= y):
            odd ^= (side > 0) == (by > ay)
    return odd
