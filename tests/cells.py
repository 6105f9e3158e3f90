"""The exact judge of networks of lines against CSG trees: a point of every cell, in integers.

Every crossing of two lines is a vertex. On each line the middles between neighbouring crossings,
and a point beyond either end, stand for its edges. Beside each of them, to both sides and nearer
than any other line, lie the faces. Network and shape are asked at all these points. Points are
`(X : Y : W)`, coefficients integers: nothing is rounded, and some thousand cells take a second.
Nothing here comes from the package but the trees and networks themselves.

At a single point `tests/pointwise.py` says what this says, more plainly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Network
from regions.shape.model import (
    Box,
    Complement,
    Difference,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
    bottom_up,
)
from tests.oracle import boundary

Line: TypeAlias = tuple[int, int, int]
"""`a*x + b*y + c`, without a common divisor; as a separator it fires where that is not negative."""

Whole: TypeAlias = NDArray[Any]
"""Python's integers, as many digits as it takes."""

Signs = NDArray[np.int8]
Bools = NDArray[np.bool_]
Point: TypeAlias = tuple[Fraction, Fraction]

READING = Fraction(1, 2**48)
"""Part of the window's extent within which a separator is read as the line it was drawn through:
what `docs/proof.md` says."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A point of each cell, homogeneous: `(X / W, Y / W)`, in the user's coordinates, W > 0.

    Attributes:
        points: `(3, n)` integers.
        signs: `(k, n)` of each line at each point.
    """

    points: Whole
    signs: Signs

    @cached_property
    def zeros(self) -> NDArray[np.int64]:
        """`(n,)` how many lines run through each point: none in a face, one on an edge."""
        zeros: NDArray[np.int64] = (self.signs == 0).sum(axis=0)
        return zeros

    @property
    def counts(self) -> tuple[int, int, int]:
        """Faces, edges, vertices."""
        faces, edges = (int((self.zeros == k).sum()) for k in (0, 1))
        return faces, edges, len(self.zeros) - faces - edges

    def near(self, cell: int) -> Bools:
        """`(n,)` the cells whose closure contains a cell, itself included."""
        own = self.signs[:, cell]
        near: Bools = (self.signs[own != 0] == own[own != 0, np.newaxis]).all(axis=0)
        return near


@dataclass(frozen=True, eq=False)
class Judgement:
    """What the enumeration says of a network and a shape.

    Attributes:
        cells: One point each.
        network: `(n,)` whether the network, its separators as read, holds the point.
        shape: `(n,)` likewise.
    """

    cells: Cells
    network: Bools
    shape: Bools

    @property
    def verdict(self) -> str:
        """In the proof's words."""
        wrong = np.flatnonzero(self.network != self.shape)
        if not len(wrong):
            return "equal"
        # Faces, which are never on the boundary, stand last: the first of them ends the search.
        on_border = all(self._bordering(cell) for cell in wrong[::-1].tolist())
        return "equal except on the boundary" if on_border else "different"

    def _bordering(self, cell: int) -> bool:
        """Whether a cell lies on the shape's boundary: near it are points in and out of it."""
        around = self.shape[self.cells.near(cell)]
        return bool(around.any() and not around.all())


def judge(network: Network, spec: Spec) -> Judgement:
    """Compare a network of lines and a straight shape on every cell of their lines."""
    read = as_read(network, spec)
    lines = distinct([*read, *border_lines(spec.shape)])
    cells = enumerated(lines)
    fired = np.stack([_fires(line, lines, cells.signs) for line in read])
    return Judgement(cells, network_holds(network, fired), shape_holds(spec.shape, cells.points))


def _fires(separator: Line, lines: list[Line], signs: Signs) -> Bools:
    a, b, c = separator
    if a == b == 0:
        return np.full(signs.shape[1], c >= 0)
    kept = _undirected(separator)
    fires: Bools = signs[lines.index(kept)] * (1 if kept == separator else -1) >= 0
    return fires


# What separators are


def as_they_stand(network: Network) -> list[Line]:
    """The separators as their doubles say, in the user's coordinates."""
    scale = Fraction(2) ** network.exponent
    cx, cy = map(Fraction, network.center)
    found = []
    rows = zip(network.weights.tolist(), network.bias.tolist(), strict=True)
    for (first, second, *higher), bias in rows:
        assert not any(higher), "a curve"
        a, b = Fraction(first) * scale, Fraction(second) * scale
        found.append(primitive(a, b, Fraction(bias) - a * cx - b * cy))
    return found


def as_read(network: Network, spec: Spec) -> list[Line]:
    """The same, but the line that a separator was drawn through where it lies within `READING`."""
    own = as_they_stand(network)
    planes = [s for s in bottom_up(spec.shape) if isinstance(s, HalfPlane)]
    drawn = [primitive(*map(Fraction, (s.a, s.b, s.c))) for s in planes]
    found = []
    for i, separator in enumerate(own):
        candidates = drawn
        if network.sources is not None and np.isfinite(network.sources[i]).all():
            (px, py), (qx, qy) = network.sources[i].tolist()
            candidates = [through(*map(Fraction, (px, py, qx, qy)))]
        near = (line for line in candidates if _rounding(separator, line, spec))
        found.append(_along(separator, next(near, separator)))
    return found


def _rounding(separator: Line, line: Line, spec: Spec) -> bool:
    """Whether a separator lies within `READING` of a line, all over the window."""
    (a, b, c), (p, q, r) = separator, line
    if a == b == 0:
        return False
    xmin, ymin, xmax, ymax = map(Fraction, spec.window)
    extent = max(xmax - xmin, ymax - ymin)
    x, y, square = (xmin + xmax) / 2, (ymin + ymax) / 2, p * p + q * q
    off = (p * x + q * y + r) / Fraction(square)
    x, y = x - off * p, y - off * q
    step = Fraction(math.hypot(xmax - xmin, ymax - ymin) / 2 / math.hypot(p, q))
    ends = ((x - step * q, y + step * p), (x + step * q, y - step * p))
    return all(
        (a * x + b * y + c) ** 2 <= (READING * extent) ** 2 * (a * a + b * b) for x, y in ends
    )


def _along(separator: Line, line: Line) -> Line:
    """A line in the direction in which a separator runs."""
    a, b, c = line
    return line if separator[0] * a + separator[1] * b >= 0 else (-a, -b, -c)


def primitive(a: Fraction, b: Fraction, c: Fraction) -> Line:
    """A multiple of rational coefficients, in integers as small as can be."""
    scale = math.lcm(a.denominator, b.denominator, c.denominator)
    p, q, r = (int(value * scale) for value in (a, b, c))
    divisor = math.gcd(p, q, r) or 1
    return p // divisor, q // divisor, r // divisor


def through(ax: Fraction, ay: Fraction, bx: Fraction, by: Fraction) -> Line:
    """The line through two points, positive to the left of the way from one to the other."""
    a, b = ay - by, bx - ax
    return primitive(a, b, -(a * ax + b * ay))


def border_lines(shape: Shape) -> list[Line]:
    """The lines of all edges of all primitives."""
    found = []
    for node in bottom_up(shape):
        match node:
            case Polygonal(geometry):
                found += [
                    through(*map(Fraction, e)) for e in boundary(geometry).reshape(-1, 4).tolist()
                ]
            case Box(xmin, ymin, xmax, ymax):
                found += [primitive(Fraction(1), Fraction(0), -Fraction(x)) for x in (xmin, xmax)]
                found += [primitive(Fraction(0), Fraction(1), -Fraction(y)) for y in (ymin, ymax)]
            case HalfPlane(a, b, c):
                found.append(primitive(*map(Fraction, (a, b, c))))
    return found


def distinct(lines: list[Line]) -> list[Line]:
    """Each line once, whichever way it runs, without constants."""
    return list(dict.fromkeys(_undirected(line) for line in lines if line[0] or line[1]))


def _undirected(line: Line) -> Line:
    a, b, c = line
    return line if (a, b) > (0, 0) else (-a, -b, -c)


# The cells


def enumerated(lines: list[Line]) -> Cells:
    """A point of each vertex, edge and face of the arrangement of distinct lines."""
    table = np.array(lines, dtype=object).reshape(-1, 3)
    vertices = _vertices(lines)
    edges, owner = _edges(lines, vertices)
    faces = _faces(table, edges, owner)
    points = np.array([*vertices, *edges, *faces], dtype=object).reshape(-1, 3).T
    return Cells(points, _signs(_values(table, points)))


def _vertices(lines: list[Line]) -> list[Line]:
    crossings = (_crossing(p, q) for i, p in enumerate(lines) for q in lines[:i])
    return list(dict.fromkeys(point for point in crossings if point is not None))


def _crossing(p: Line, q: Line) -> Line | None:
    w = p[0] * q[1] - q[0] * p[1]
    if w == 0:
        return None
    x, y = p[1] * q[2] - q[1] * p[2], p[2] * q[0] - q[2] * p[0]
    divisor = math.gcd(x, y, w) * (1 if w > 0 else -1)
    return x // divisor, y // divisor, w // divisor


def _edges(lines: list[Line], vertices: list[Line]) -> tuple[list[Line], list[int]]:
    """A point of each edge, and its line."""
    points: list[Line] = []
    owner: list[int] = []
    for i, (a, b, c) in enumerate(lines):
        own = [(x, y, w) for x, y, w in vertices if a * x + b * y + c * w == 0]
        own.sort(key=lambda v: Fraction(a * v[1] - b * v[0], v[2]))
        if own:
            (x, y, w), (u, v, z) = own[0], own[-1]
            points += [(x + b * w, y - a * w, w), (u - b * z, v + a * z, z)]
            points += [
                (x * z + u * w, y * z + v * w, 2 * w * z) for (x, y, w), (u, v, z) in pairwise(own)
            ]
        else:
            points.append((-a * c, -b * c, a * a + b * b))
        owner += [i] * (len(points) - len(owner))
    return points, owner


def _faces(table: Whole, edges: list[Line], owner: list[int]) -> list[Line]:
    """A point of each face: of those beside edges one with each row of signs."""
    if not edges:
        return [(0, 0, 1)]
    values = _values(table, np.array(edges, dtype=object).T)
    signs = _signs(values)
    found: dict[bytes, Line] = {}
    for k, ((x, y, w), i) in enumerate(zip(edges, owner, strict=True)):
        a, b = table[i, :2]
        for side in (1, -1):
            beside = signs[:, k].copy()
            beside[i] = side
            if (key := beside.tobytes()) not in found:
                steps = _steps(table, values[:, k], w, a, b)
                found[key] = (x * steps + side * a * w, y * steps + side * b * w, w * steps)
    return list(found.values())


def _steps(table: Whole, values: Whole, w: int, a: int, b: int) -> int:
    """A power of two, that part of the normal is less than half the way to another line."""
    slopes = np.abs(table[:, 0] * a + table[:, 1] * b) * w
    away = np.abs(values)
    most = max(
        (slope / value for slope, value in zip(slopes, away, strict=True) if value), default=1
    )
    return 2 ** max(1, math.frexp(most)[1] + 2)


def _values(table: Whole, points: Whole) -> Whole:
    """`(k, n)` of the lines at the points, times W."""
    values: Whole = (table[:, :, np.newaxis] * points[np.newaxis]).sum(axis=1)
    return values


def _signs(values: Whole) -> Signs:
    return (values > 0).astype(np.int8) - (values < 0).astype(np.int8)


# What network and shape say


def network_holds(network: Network, separators: Bools) -> Bools:
    """`(n,)` what a network of one region says, given its separators, `(s, n)`."""
    fired = list(separators.astype(np.int64))
    gates = network.gates
    for gate, bias in enumerate(gates.bias.tolist()):
        first, last = gates.start[gate : gate + 2].tolist()
        total = np.full(separators.shape[1], bias)
        for unit, weight in zip(gates.inputs[first:last], gates.weights[first:last], strict=True):
            total += weight * fired[unit]
        fired.append((total >= 0).astype(np.int64))
    holds: Bools = fired[network.output().unit] == 1
    return holds


def network_at(network: Network, separators: list[Line], point: Point) -> bool:
    """What a network says at a rational point, given its separators as lines."""
    x, y = point
    fired = np.array([[a * x + b * y + c >= 0] for a, b, c in separators])
    return bool(network_holds(network, fired)[0])


def shape_holds(shape: Shape, points: Whole) -> Bools:
    """`(n,)` whether points, `(3, n)`, belong to a tree: closed primitives, pointwise booleans."""
    match shape:
        case Polygonal(geometry):
            return _in_polygon(boundary(geometry).reshape(-1, 4).tolist(), points)
        case Box(xmin, ymin, xmax, ymax):
            sides = [(1, 0, -xmin), (-1, 0, xmax), (0, 1, -ymin), (0, -1, ymax)]
            return np.logical_and.reduce([_in_half_plane(*side, points) for side in sides])
        case HalfPlane(a, b, c):
            return _in_half_plane(a, b, c, points)
        case Complement(operand):
            return ~shape_holds(operand, points)
        case Union() | Intersection() | Difference() | SymmetricDifference():
            first, *others = (shape_holds(operand, points) for operand in shape.operands)
    match shape:
        case Union():
            return np.logical_or.reduce([first, *others])
        case Intersection():
            return np.logical_and.reduce([first, *others])
        case Difference():
            return first & ~np.logical_or.reduce(others)
        case SymmetricDifference():
            return np.logical_xor.reduce([first, *others])
    raise TypeError(f"a {type(shape).__name__} is not straight")


def _in_half_plane(a: float, b: float, c: float, points: Whole) -> Bools:
    p, q, r = primitive(*map(Fraction, (a, b, c)))
    return (p * points[0] + q * points[1] + r * points[2] >= 0).astype(np.bool_)


def _in_polygon(edges: list[list[float]], points: Whole) -> Bools:
    """Parity of the edges to the right of a point, or on one of them."""
    scale = max(Fraction(value).denominator for edge in edges for value in edge)
    x, y, w = points[0] * scale, points[1] * scale, points[2]
    odd, on = np.zeros((2, points.shape[1]), dtype=np.bool_)
    for edge in edges:
        ax, ay, bx, by = (int(Fraction(value) * scale) for value in edge)
        from_x, from_y, to_x, to_y = (v * w for v in (ax, ay, bx, by))
        side = (bx - ax) * (y - from_y) - (by - ay) * (x - from_x)
        begun, ended = from_y <= y, to_y <= y
        odd ^= ((begun & ~ended & (side > 0)) | (ended & ~begun & (side < 0))).astype(np.bool_)
        for k in np.flatnonzero(side == 0):
            across = (from_x[k] - x[k]) * (to_x[k] - x[k]), (from_y[k] - y[k]) * (to_y[k] - y[k])
            on[k] |= max(across) <= 0
    return odd | on
