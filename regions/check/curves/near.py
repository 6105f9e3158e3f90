"""Lines that rounding cannot tell apart within a window, and how far apart they are at most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from regions.check.curves.definition import Definition
from regions.check.curves.signs import OF_SIGN, Signs, products
from regions.geometry.polynomials import Point, Polynomial
from regions.network.model import Bools, Floats, Ints
from regions.shape.model import Bounds

LINE_READING = 2.0**-48
"""Distance within which two lines count as one but for rounding, relative to how far the shape, the
window and the line itself reach: 32 roundings of 2^-53."""

_NEAR = 2.0**-40
"""Where candidates are looked for, in doubles; what is found is judged exactly."""

_UP = 1 + 2.0**-40
"""A factor that makes a rounded bound a bound."""


class Nearby(NamedTuple):
    """A line near another.

    Attributes:
        multiple: Of its polynomial, the one nearest to the other's.
        distance: Within the window each line lies within this of the other.
    """

    multiple: Polynomial
    distance: float


@dataclass(frozen=True)
class Nearness:
    """A window, and what counts as near in it.

    Attributes:
        corners: Of the window.
        middle: Of the window.
        span: How far window, vertices and curves reach from the middle, and from the center of the
            network's coordinates, where rounding has its unit.
    """

    corners: tuple[Point, ...]
    middle: Point
    span: float

    @classmethod
    def of(cls, window: Bounds, definition: Definition, center: tuple[float, float]) -> Nearness:
        """Around a shape's window, for a network with a center."""
        xmin, ymin, xmax, ymax = map(Fraction, window)
        corners = tuple((x, y) for x in (xmin, xmax) for y in (ymin, ymax))
        middle = ((xmin + xmax) / 2, (ymin + ymax) / 2)
        points = [*corners, *(conic.center for conic in definition.conics)]
        far = np.array([*points, *definition.vertices.tolist()], dtype=np.float64)
        reach = [np.abs(far - np.array(origin, dtype=np.float64)) for origin in (middle, center)]
        radii = (float(max(conic.radii)) for conic in definition.conics)
        return cls(corners, middle, max(*(float(r.max()) for r in reach), *radii))

    @property
    def diagonal(self) -> float:
        """Length of the window's diagonal."""
        (x, y), *_, (right, top) = self.corners
        return math.hypot(float(right - x), float(top - y))

    def judge(self, own: Polynomial, other: Polynomial) -> Nearby | None:
        """The other line, if it is near enough, exactly.

        Let d be the largest difference, at the window's corners, between a line's polynomial and
        the multiple of the other's nearest to it. Where one is 0 the other is at most d, so in the
        window each line lies within d over the length of the shorter normal from the other.

        Args:
            own: A scaled line.
            other: Another.
        """
        (a, b), (c, d) = _normal(own), _normal(other)
        factor = (a * c + b * d) / (c * c + d * d)
        if factor == 0:
            return None
        multiple = factor * other
        difference = max(abs((own - multiple)(*corner)) for corner in self.corners)
        length = min(_length(own), _length(multiple))
        distance = _UP * float(difference) / length
        limit = LINE_READING * max(self.span, float(abs(own(*self.middle))) / length)
        if distance > limit:
            return None
        return Nearby(multiple, distance)

    def heights(self, line: Polynomial) -> Floats:
        """`(4,)` distances of the corners from a scaled line, with a sign."""
        return np.array([float(line(*corner)) for corner in self.corners]) / _length(line)

    def near(self, heights: Floats, others: Floats) -> Ints:
        """Which of other lines may be near one, the nearest first; `others`: `(n, 4)` heights."""
        apart = np.minimum(_largest(others - heights), _largest(others + heights))
        reach = max(self.span, float(np.abs(heights).max()))
        found = np.flatnonzero(apart <= _NEAR * reach)
        nearest: Ints = found[np.argsort(apart[found], kind="stable")]
        return nearest


@dataclass(frozen=True, eq=False)
class Twins:
    """Pairs of atoms, lines that rounding cannot tell apart.

    Between the two their signs differ. In the window that is a strip at most twice as wide as
    they are apart.

    Attributes:
        first: `(n,)` numbers of atoms.
        second: `(n,)`.
        flips: `(n, 1)` the set `{+}` where the two agree in direction, else `{-}`.
        areas: `(n,)` at least the area in the window where their signs differ.
    """

    first: Ints
    second: Ints
    flips: Signs
    areas: Floats

    def between(self, signs: Signs) -> Bools:
        """`(n, m)` whether points with given signs lie between each pair, `(k, m)` given."""
        between: Bools = signs[self.first] != products(self.flips, signs[self.second])
        return between


def twins(atoms: Sequence[Polynomial], nearness: Nearness) -> Twins:
    """All pairs of lines among the atoms that are near each other."""
    numbers = [i for i, atom in enumerate(atoms) if atom.degree == 1]
    lines = [atoms[i].scaled() for i in numbers]
    heights = np.array([nearness.heights(line) for line in lines]).reshape(-1, 4)
    found: list[tuple[int, int, int, float]] = []
    for i, own in enumerate(lines):
        for j in nearness.near(heights[i], heights[i + 1 :]).tolist():
            pair = nearness.judge(own, lines[i + 1 + j])
            if pair is not None:
                area = _UP * 2 * pair.distance * nearness.diagonal
                sign = OF_SIGN[_direction(pair.multiple, lines[i + 1 + j])]
                found.append((numbers[i], numbers[i + 1 + j], sign, area))
    columns = np.array(found, dtype=np.float64).reshape(-1, 4).T
    first, second, flips = columns[:3].astype(np.int64)
    return Twins(first, second, flips.astype(np.uint8)[:, np.newaxis], columns[3])


def _direction(multiple: Polynomial, other: Polynomial) -> int:
    """1 if the multiple is a positive one."""
    (a, b), (c, d) = _normal(multiple), _normal(other)
    return 1 if a * c + b * d > 0 else -1


def _largest(heights: Floats) -> Floats:
    largest: Floats = np.abs(heights).max(axis=1, initial=0.0)
    return largest


def _normal(line: Polynomial) -> Point:
    return line.coefficient((1, 0)), line.coefficient((0, 1))


def _length(line: Polynomial) -> float:
    """Of a scaled line's normal; a lower bound."""
    a, b = _normal(line)
    return math.sqrt(float(a * a + b * b)) / _UP
