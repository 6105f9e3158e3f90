"""The arrangement of lines: every face, edge and vertex into which they cut the plane, exactly.

A line is a triple of integers (a, b, c) and stands for `a*x + b*y + c`. Doubles are rationals, so
any line given in doubles is such a triple up to a positive factor. A cell is known by its sign
vector: on which side of each line it lies, 0 where it lies on the line.

Each line is walked from one end to the other: where it crosses other lines their signs turn, and
all others stay. So the place of each crossing along the line gives the signs of all its edges and
vertices at once, and those of the faces on both sides. Crossings are sorted by their quotients
rounded to doubles. Python rounds a quotient of integers correctly, hence monotonically: only equal
doubles have to be compared as rationals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.quotients import quotient

Line: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[Fraction, Fraction]
Signs = NDArray[np.int8]
Ints = NDArray[np.int64]
Objects = NDArray[Any]


def line_through(start: tuple[float, float], end: tuple[float, float]) -> Line:
    """The line through two distinct finite points, positive to the left of start -> end."""
    (x, y), (right, top) = ((Fraction(p[0]), Fraction(p[1])) for p in (start, end))
    dx, dy = right - x, top - y
    return integer_line(-dy, dx, dy * x - dx * y)


def integer_line(a: Fraction, b: Fraction, c: Fraction) -> Line:
    """The same oriented line in integers without a common divisor."""
    denominator = math.lcm(a.denominator, b.denominator, c.denominator)
    whole = [int(value * denominator) for value in (a, b, c)]
    divisor = math.gcd(*whole) or 1
    return whole[0] // divisor, whole[1] // divisor, whole[2] // divisor


def undirected(line: Line) -> tuple[Line, int]:
    """The same line whichever way it runs, and 1, or -1 if that turns it round."""
    a, b, c = line
    return (line, 1) if (a, b) > (0, 0) else ((-a, -b, -c), -1)


@dataclass(frozen=True, eq=False)
class Cells:
    """All cells of an arrangement, each once: vertices, then edges, then faces.

    Attributes:
        lines: The lines, as they were given.
        signs: `(n, len(lines))` side of each line: 1, -1, or 0 on it.
        dimension: `(n,)` 0 for a vertex, 1 for an edge, 2 for a face.
        bounds: `(n, 2)` of an edge its two end points, of a face two of its edges, as numbers of
            cells; -1 where there is none.
        sides: `(n, 2)` of an edge the faces where its line is positive and negative; else -1.
    """

    lines: tuple[Line, ...]
    signs: Signs
    dimension: Signs
    bounds: Ints
    sides: Ints

    def point(self, cell: int) -> Point:
        """A point of a cell: of a bounded edge the middle, of a face a point between two edges."""
        match self.dimension[cell]:
            case 0:
                return self._vertex(cell)
            case 1:
                return self._on_edge(cell)
            case _:
                return self._in_face(cell)

    def _vertex(self, cell: int) -> Point:
        """Where the first of its lines meets the second; no two of them are parallel."""
        first, second = (self.lines[i] for i in np.flatnonzero(self.signs[cell] == 0)[:2])
        return crossing(first, second)

    def _on_edge(self, cell: int) -> Point:
        a, b, c = self.lines[np.flatnonzero(self.signs[cell] == 0)[0]]
        begin, end = self.bounds[cell].tolist()
        if begin >= 0 and end >= 0:
            return _middle(self._vertex(begin), self._vertex(end))
        if begin < 0 and end < 0:
            return crossing((a, b, c), (-b, a, 0))
        # A line runs towards greater x, a vertical one towards greater y.
        forward = 1 if (b, -a) > (0, 0) else -1
        return _moved(self._vertex(max(begin, end)), b, -a, forward if end < 0 else -forward)

    def _in_face(self, cell: int) -> Point:
        """Two points on different sides of a convex face have their middle inside."""
        first, second = self.bounds[cell].tolist()
        if first < 0:
            return Fraction(0), Fraction(0)
        if second >= 0:
            return _middle(self._on_edge(first), self._on_edge(second))
        line = np.flatnonzero(self.signs[first] == 0)[0]
        a, b, _ = self.lines[line]
        return _moved(self._on_edge(first), a, b, int(self.signs[cell, line]))


def crossing(first: Line, second: Line) -> Point:
    """Where two lines meet that are not parallel."""
    (a, b, c), (d, e, f) = first, second
    determinant = a * e - b * d
    return Fraction(b * f - c * e, determinant), Fraction(c * d - a * f, determinant)


def _middle(p: Point, q: Point) -> Point:
    return (p[0] + q[0]) / 2, (p[1] + q[1]) / 2


def _moved(p: Point, dx: int, dy: int, sign: int) -> Point:
    """A point moved along a direction, by 1 along its longer component."""
    scale = sign * max(abs(dx), abs(dy))
    return p[0] + Fraction(dx, scale), p[1] + Fraction(dy, scale)


def arrangement(lines: Sequence[Line]) -> Cells:
    """The cells of an arrangement of distinct lines; of no line at all, the plane as one face.

    The n lines of a simple arrangement make about 2 n^2 cells, each with n signs: 300 lines take
    60 MB, 1,000 lines 2 GB.

    Raises:
        ValueError: A triple is no line, or two stand for one line, in either direction.
    """
    if not lines:
        none = np.full((1, 2), -1)
        plane = np.zeros((1, 0), dtype=np.int8)
        return Cells((), plane, np.array([2], dtype=np.int8), none, none)
    walks = _walks(lines)
    along, vertices = _vertices(walks)
    edges = np.concatenate([walk.edges() for walk in walks])
    ends = np.concatenate([_ends(numbers) for numbers in along])
    faces, pairs, sides = _faces(edges)
    counts = [len(vertices), len(edges), len(faces)]
    pairs = np.where(pairs < 0, -1, pairs + counts[0])
    around = np.full((sum(counts), 2), -1)
    around[counts[0] : -counts[2]] = sides + counts[0] + counts[1]
    return Cells(
        lines=tuple(lines),
        signs=np.concatenate([vertices, edges, faces]),
        dimension=np.repeat(np.arange(3, dtype=np.int8), counts),
        bounds=np.concatenate([np.full((counts[0], 2), -1), ends, pairs]),
        sides=around,
    )


class _Walk(NamedTuple):
    """One line from end to end: towards greater x, or, if it is vertical, towards greater y.

    Attributes:
        line: Its number.
        crossings: The lines it crosses, those through one point in ascending order.
        place: `(n,)` at which of these points it crosses each line; -1 where it does not.
        after: `(n,)` the sign of each line behind that point; of a parallel, its one sign.
    """

    line: int
    crossings: list[list[int]]
    place: Ints
    after: Signs

    def vertices(self) -> Signs:
        """`(k, n)` signs of its k vertices, in order."""
        number = np.arange(len(self.crossings))[:, np.newaxis]
        signs: Signs = np.sign(number - self.place).astype(np.int8) * self.after
        return signs

    def edges(self) -> Signs:
        """`(k + 1, n)` signs of the edges before, between and behind its k vertices."""
        number = np.arange(len(self.crossings) + 1)[:, np.newaxis]
        signs: Signs = np.where(number > self.place, self.after, -self.after)
        return signs


def _walks(lines: Sequence[Line]) -> list[_Walk]:
    table = np.array(lines, dtype=object).reshape(-1, 3)
    return [_walk(i, *line, *table.T) for i, line in enumerate(lines)]


def _walk(i: int, a: int, b: int, c: int, A: Objects, B: Objects, C: Objects) -> _Walk:
    """Cross line i with all lines (A, B, C).

    With D = a*B - A*b they meet in x = (b*C - B*c) / D and y = (c*A - C*a) / D. Along the walk the
    value of the other line rises like -D * b, or like D * a where b = 0.
    """
    determinant = a * B - A * b
    by_x, by_y = b * C - B * c, c * A - C * a
    after = _sign(-determinant * b if b else determinant * a)
    crossed = np.flatnonzero(after).tolist()
    numerators = by_x if b else by_y
    groups = _in_order({j: (numerators[j], determinant[j]) for j in crossed})
    place = np.full(len(A), -1)
    for k, group in enumerate(groups):
        place[group] = k
    # On line i a parallel line's value is (C*a - A*c) / a, and likewise with b.
    parallel = place < 0
    after[parallel] = _sign(by_x * b if b else -by_y * a)[parallel]
    if np.count_nonzero(after == 0) > 1 or (a == 0 and b == 0):
        raise ValueError(f"line {i}, {(a, b, c)}, is no line or equals another")
    return _Walk(i, groups, place, after)


def _sign(values: Objects) -> Signs:
    positive, negative = (values > 0).astype(np.int8), (values < 0).astype(np.int8)
    return positive - negative


def _in_order(quotients: dict[int, tuple[int, int]]) -> list[list[int]]:
    """The keys in the order of their quotients, those of equal ones together."""
    rounded = {key: quotient(*pair) for key, pair in quotients.items()}
    groups: list[list[int]] = []
    for _, run in groupby(sorted(rounded, key=rounded.__getitem__), rounded.__getitem__):
        tied = list(run)
        if len(tied) > 1:
            exact = {key: Fraction(*quotients[key]) for key in tied}
            tied.sort(key=exact.__getitem__)
            groups.extend(list(equal) for _, equal in groupby(tied, exact.__getitem__))
        else:
            groups.append(tied)
    return groups


def _vertices(walks: list[_Walk]) -> tuple[list[Ints], Signs]:
    """The numbers of the vertices along each line, and the signs of all vertices.

    A vertex is numbered on the first line through it; the others find it at their crossing with
    that line.
    """
    known = np.empty((len(walks), len(walks)), dtype=np.int64)
    along, signs = [], []
    count = 0
    for walk in walks:
        first = np.array([group[0] for group in walk.crossings], dtype=np.int64)
        new = first > walk.line
        numbers = known[first, walk.line]
        numbers[new] = count + np.arange(new.sum())
        count += int(new.sum())
        crossed = np.flatnonzero(walk.place >= 0)
        known[walk.line, crossed] = numbers[walk.place[crossed]]
        along.append(numbers)
        signs.append(walk.vertices()[new])
    return along, np.concatenate(signs)


def _ends(numbers: Ints) -> Ints:
    """`(k + 1, 2)` the vertices at both ends of each edge of a line with k vertices."""
    return np.stack([np.append(-1, numbers), np.append(numbers, -1)], axis=1)


def _faces(edges: Signs) -> tuple[Signs, Ints, Ints]:
    """The signs of all faces, two edges of each, and the faces on both sides of each edge."""
    own, positive = edges == 0, edges > 0
    bits = np.concatenate([np.packbits(positive | own, axis=1), np.packbits(positive, axis=1)])
    rows = bits.view(np.dtype((np.void, bits.shape[1]))).ravel()
    unique, first, face = np.unique(rows, return_index=True, return_inverse=True)
    last = np.zeros(len(unique), dtype=np.int64)
    np.maximum.at(last, face, np.arange(len(rows)))
    # A convex face has at most one edge on a line: two of its rows stand for two edges.
    pairs = np.stack([first, last], axis=1) % len(edges)
    pairs[last == first, 1] = -1
    packed = np.frombuffer(unique.tobytes(), dtype=np.uint8).reshape(len(unique), -1)
    left = np.unpackbits(packed, axis=1, count=edges.shape[1]).astype(np.int8)
    return 2 * left - 1, pairs, face.reshape(2, -1).T
