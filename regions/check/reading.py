"""How a separator is read as a line.

The weights of a compiled network are rounded: of the separators of a map hardly one meets both ends
of its own edge exactly. So a separator that lies within `READING` of the line through two of the
shape's corners, all over the window, is read as that line, and the largest such distance is told.
Any other separator is taken exactly as its doubles stand. One that is parallel to an axis is read
as such a line only: rounding does not turn it.

The distance bounds lines, not borders: where two lines cross at an angle a, their crossing moves by
up to the distance over sin(a).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.arrangement import Line, integer_line
from regions.geometry.expansions import two_product
from regions.geometry.frame import Frame
from regions.geometry.quotients import rounded
from regions.network.model import Network
from regions.shape.model import Bounds

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Row: TypeAlias = tuple[float, float, float] | tuple[Fraction, Fraction, Fraction]

READING = 2.0**-48
"""Part of how far the shape and the window reach. The compiler raises or lowers biases by 2^-49 of
the weights' size at most, rounding adds less than that again, and the direction of a short edge is
as exact as that of a long one."""

_MARGIN = 2.0**-40
"""More than the relative error of a distance that is computed in doubles from exact values."""

_NOISE = 2.0**-48
"""More than the error of a computed distance, relative to the largest coordinate: candidates that
are none are dropped later."""

_PARALLEL = 2.0**-20
"""Sine of an angle beyond which two lines are not one but for rounding."""

_PAIRS = 2**22
"""Separators times corners that are looked at together: some 100 MB."""


@dataclass(frozen=True, eq=False)
class Corners:
    """Points whose coordinates are doubles, and the exact lines through them.

    Attributes:
        points: `(v, 2)` distinct, in ascending order.
    """

    points: Floats

    @cached_property
    def whole(self) -> tuple[list[int], list[int], int]:
        """Integers x and y, and the power of two by which all points were multiplied."""
        ratios = [value.as_integer_ratio() for value in self.points.ravel().tolist()]
        scale = max((denominator for _, denominator in ratios), default=1)
        whole = [numerator * (scale // denominator) for numerator, denominator in ratios]
        return whole[::2], whole[1::2], scale

    def through(self, p: int, q: int) -> Line:
        """The line through two of the points, positive to the left of p -> q."""
        x, y, scale = self.whole
        a, b = y[p] - y[q], x[q] - x[p]
        c = -(a * x[p] + b * y[p])
        divisor = math.gcd(a * scale, b * scale, c)
        return a * scale // divisor, b * scale // divisor, c // divisor

    def find(self, points: Floats) -> Ints:
        """`(n,)` which of the points each of `(n, 2)` equals, -1 for none."""
        keys, wanted = (found @ np.array([1, 1j]) for found in (self.points, points))
        if not len(keys):
            return np.full(len(points), -1)
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, place, -1)


@dataclass(frozen=True)
class Read:
    """What the separators of a network are read as.

    Attributes:
        lines: One for each separator, positive where it fires; `(0, 0, c)` for a constant one.
        distance: Largest distance within the window between a separator and its line, in the
            user's units.
    """

    lines: tuple[Line, ...]
    distance: float


def read_separators(
    network: Network,
    corners: Corners,
    ends: Ints,
    own: Sequence[Line],
    frame: Frame,
    window: Bounds,
) -> Read:
    """Read the separators of a network, all of them lines, in a frame's coordinates.

    Args:
        network: Its separators have no features but x and y.
        corners: The shape's.
        ends: `(e, 2)` the corners of its edges. Of several lines that a separator may be read as,
            its own are preferred.
        own: The lines of its half-planes: a separator may be read as these, too.
        frame: Exact at the corners.
        window: Where the distance counts, in the user's coordinates.
    """
    rows = _rows(network, frame)
    view = _View.of(frame, window)
    lines: list[Line | None] = [None] * len(rows)
    most = READING * _reach(network, corners, frame, view)
    nearest = [most] * len(rows)
    candidates = (
        _through_corners(_drawn_through(network, corners, frame), rows, corners, view),
        _along_half_planes(rows, lines, own, view),
        _through_corners(_Search(corners, ends, most).pairs(rows, lines), rows, corners, view),
    )
    for i, line, away in chain.from_iterable(candidates):
        if away <= nearest[i] and not _turned(rows[i], line):
            nearest[i], lines[i] = away, _oriented(line, rows[i])
    found = (
        integer_line(*map(Fraction, row)) if line is None else line
        for line, row in zip(lines, rows, strict=True)
    )
    read = (away for away, line in zip(nearest, lines, strict=True) if line is not None)
    distance = max(read, default=0.0)
    return Read(tuple(found), math.ldexp(distance, -frame.exponent))


def _through_corners(
    pairs: Iterable[tuple[int, int, int]], rows: list[Row], corners: Corners, view: _View
) -> Iterator[tuple[int, Line, float]]:
    """Separators with a line through two corners, and how far they lie apart."""
    for i, p, q in pairs:
        start, end = corners.points[[p, q]].tolist()
        yield i, corners.through(p, q), view.distance(rows[i], start, end)


def _along_half_planes(
    rows: list[Row], lines: Sequence[Line | None], own: Sequence[Line], view: _View
) -> Iterator[tuple[int, Line, float]]:
    """Separators without a line, with those of half-planes of about their direction.

    Of several that are near enough a separator is read as the nearest.
    """
    left = [i for i, line in enumerate(lines) if line is None and any(rows[i][:2])]
    table = np.array([rows[i][:2] for i in left], dtype=np.float64).reshape(-1, 2)
    for line in own if left else ():
        scale = max(abs(line[0]), abs(line[1]))
        a, b = line[0] / scale, line[1] / scale
        sine = np.abs(table @ (-b, a)) / np.abs(table).max(axis=1)
        for k in np.flatnonzero(sine < _PARALLEL).tolist():
            yield left[k], line, view.distance_along(rows[left[k]], line)


def _reach(network: Network, corners: Corners, frame: Frame, view: _View) -> float:
    """How far the corners lie from the network's centre, or the window's extent if that is more.

    Rounding is relative to these coordinates.
    """
    [center] = frame.to_unit(np.array([network.center]))
    away = np.abs(corners.points - center)
    return max(view.extent, float(away.max(initial=0.0)))


def _turned(row: Row, line: Line) -> bool:
    """Whether a row is parallel to an axis, but a line is not."""
    return any(weight == 0 != exact for weight, exact in zip(row[:2], line[:2], strict=True))


def _rows(network: Network, frame: Frame) -> list[Row]:
    """`w0*u + w1*v + b` of each separator, exactly: doubles if the frame is the network's own."""
    own = Frame(network.center, network.exponent)
    rows = zip(*network.weights[:, :2].T.tolist(), network.bias.tolist(), strict=True)
    return [row if frame == own else own.between(row, frame) for row in rows]


def _oriented(line: Line, row: Row) -> Line:
    """The line in the direction in which the separator fires."""
    (a, b, c), (x, y, _) = line, row
    forward = (a > 0) == (x > 0) if abs(a) >= abs(b) else (b > 0) == (y > 0)
    return (a, b, c) if forward else (-a, -b, -c)


@dataclass(frozen=True, slots=True)
class _View:
    """The window in a frame's coordinates: its centre, half its diagonal, its longer side."""

    center: tuple[float, float]
    radius: float
    extent: float

    @classmethod
    def of(cls, frame: Frame, window: Bounds) -> _View:
        low, high = frame.to_unit(np.array(window).reshape(2, 2))
        x, y = ((low + high) / 2).tolist()
        return cls((x, y), math.hypot(*(high - low).tolist()) / 2, float((high - low).max()))

    def distance(self, row: Row, p: list[float], q: list[float]) -> float:
        """Largest distance in the window of a separator from points of the line p -> q.

        Along the line the separator's value changes evenly, so its size is largest at an end.
        """
        if not any(row[:2]):
            return math.inf
        first, last = _value(row, p), _value(row, q)
        if first == last == 0:
            return 0.0
        dx, dy = q[0] - p[0], q[1] - p[1]
        length = math.hypot(dx, dy)
        middle = ((self.center[0] - p[0]) * dx + (self.center[1] - p[1]) * dy) / length
        ends = (middle - self.radius) / length, (middle + self.radius) / length
        largest = max(abs(first + (last - first) * t) for t in ends)
        return largest * (1 + _MARGIN) / math.hypot(float(row[0]), float(row[1]))

    def distance_along(self, row: Row, line: Line) -> float:
        """The same for a line `(a, b, c)` in integers."""
        (a, b, c), (x, y) = line, map(Fraction, self.center)
        ahead = Fraction(a * x + b * y + c) / (a * a + b * b)
        w0, w1, bias = map(Fraction, row)
        middle = w0 * (x - a * ahead) + w1 * (y - b * ahead) + bias
        scale = max(abs(a), abs(b))
        slope = Fraction(w0 * b - w1 * a) / scale
        length = math.hypot(a / scale, b / scale)
        largest = abs(rounded(middle)) + abs(rounded(slope)) * self.radius / length
        return largest * (1 + _MARGIN) / math.hypot(float(row[0]), float(row[1]))


def _value(row: Row, point: list[float]) -> float:
    """`w0*u + w1*v + b`, rounded once: 0 only if it is exactly 0."""
    (a, b, c), (x, y) = row, point
    if isinstance(a, float) and isinstance(b, float):
        return math.fsum((*two_product(a, x), *two_product(b, y), c))
    return rounded(Fraction(a) * Fraction(x) + Fraction(b) * Fraction(y) + Fraction(c))


def _drawn_through(
    network: Network, corners: Corners, frame: Frame
) -> Iterator[tuple[int, int, int]]:
    """The two corners that a network says its separators were drawn through: a hint, no more."""
    if network.sources is None:
        return
    p, q = (corners.find(frame.to_unit(network.sources[:, k])) for k in (0, 1))
    known = np.flatnonzero((p >= 0) & (q >= 0) & (p != q))
    yield from zip(known.tolist(), p[known].tolist(), q[known].tolist(), strict=True)


@dataclass(frozen=True, eq=False)
class _Search:
    """Looks for two corners near a separator's line among all of them."""

    corners: Corners
    ends: Ints
    most: float

    def pairs(
        self, rows: list[Row], lines: Sequence[Line | None]
    ) -> Iterator[tuple[int, int, int]]:
        """For separators without a line, of the corners near it those of the nearest edge.

        Where there is none, the two that lie farthest apart.
        """
        left = [i for i, line in enumerate(lines) if line is None and any(rows[i][:2])]
        step = max(1, _PAIRS // max(1, len(self.corners.points)))
        for begin in range(0, len(left), step):
            some = left[begin : begin + step]
            table = np.array([rows[i] for i in some], dtype=np.float64)
            for i, (p, q) in zip(some, self._found(table).tolist(), strict=True):
                if p != q:
                    yield i, p, q

    def _found(self, rows: Floats) -> Ints:
        """`(k, 2)` corners for `(k, 3)` rows, two of the same where there are none.

        For a row that is parallel to an axis they lie level with the nearest one.
        """
        (a, b, c), points = rows.T[..., np.newaxis], self.corners.points
        if not len(points):
            return np.zeros((len(rows), 2), dtype=np.int64)
        with np.errstate(over="ignore"):
            away = np.abs(a * points[:, 0] + b * points[:, 1] + c) / np.hypot(a, b)
        away[away > 2 * self.most + _NOISE * np.abs(points).max()] = np.inf
        for weight, coordinate in ((b, points[:, 0]), (a, points[:, 1])):
            parallel = np.flatnonzero(weight == 0)
            level = coordinate[away[parallel].argmin(axis=1)]
            away[parallel] += np.where(coordinate == level[:, np.newaxis], 0.0, np.inf)
        along = a * points[:, 1] - b * points[:, 0]
        far = np.isinf(away)
        first = np.where(far, np.inf, along).argmin(axis=1)
        last = np.where(far, -np.inf, along).argmax(axis=1)
        found: Ints = np.stack([first, last], axis=1)
        found[far.all(axis=1)] = 0
        if len(self.ends):
            both = away[:, self.ends[:, 0]] + away[:, self.ends[:, 1]]
            edge = both.argmin(axis=1)
            own = np.isfinite(both.min(axis=1))
            found[own] = self.ends[edge[own]]
        return found
