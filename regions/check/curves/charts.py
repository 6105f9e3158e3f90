r"""Charts: the plane in five squares, the window and what lies beyond each of its sides.

The window becomes the square of (s, t) from -1 to 1. Points beyond its right side, with s >= 1 and
|t| <= s, become `(t / s, 1 / s)`, and so on:

              above
           \         /
             +-----+
     left    |     |    right        a chart beyond: from -1 to 1, by 0 to 1
             +-----+
           /         \
              below

A polynomial of degree d, times the d-th power of `1 / s > 0`, is a polynomial there too, with the
same signs. Infinity is the side where the second coordinate is 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from regions.check.curves.signs import Signs, exact_signs, is_single, signs_of
from regions.geometry.intervals import Enclosures, Floats
from regions.geometry.polynomials import Point, Polynomial, X, Y
from regions.shape.model import Bounds

_ABOUT = 2.0**-52
"""Half the side of a square about the nearest doubles that holds a point for certain."""


@dataclass(frozen=True, eq=False)
class Chart:
    """A square of the plane, in coordinates from -1 to 1.

    Attributes:
        middle: Of the window.
        size: Half its width and half its height.
        side: Beyond which side of the window, as its outer normal; (0, 0) for the window itself.
        polynomials: The atoms in the chart's coordinates.
        enclosures: The same, made ready for boxes.
    """

    middle: Point
    size: Point
    side: tuple[int, int]
    polynomials: tuple[Polynomial, ...]
    enclosures: Enclosures

    @property
    def is_window(self) -> bool:
        """Whether it is the window, and not a part of the plane beyond."""
        return self.side == (0, 0)

    @property
    def infinity(self) -> float:
        """What the second coordinate must exceed in a point of the plane."""
        return -math.inf if self.is_window else 0.0

    def to_user(self, x: Fraction, y: Fraction) -> Point | None:
        """A point in the user's coordinates, None at infinity."""
        if y <= self.infinity:
            return None
        if not self.is_window:
            x, y = _beyond(self.side, x / y, 1 / y)
        return self.middle[0] + self.size[0] * x, self.middle[1] + self.size[1] * y

    def signs(self, x: Floats, y: Floats, half: float) -> Signs:
        """`(k, m)` sets of signs that the atoms may have in squares: see `Enclosures.over`."""
        return signs_of(self.enclosures.over(x, y, half))

    def signs_at(self, points: Sequence[Point]) -> Signs:
        """`(k, m)` the atoms' signs at points that are not at infinity, exactly."""
        x, y = np.array(points, dtype=np.float64).T
        signs = self.signs(x, y, _ABOUT)
        unsure = ~is_single(signs) | (np.maximum(np.abs(x), np.abs(y)) > 1)
        for i in np.flatnonzero(unsure.any(axis=0)).tolist():
            atoms = np.flatnonzero(unsure[:, i])
            some = (self.polynomials[atom] for atom in atoms.tolist())
            signs[atoms, i] = exact_signs(some, points[i])[:, 0]
        return signs

    def seen(self, polynomial: Polynomial) -> Polynomial:
        """A polynomial of the user's coordinates in those of the window's chart."""
        (mx, my), (sx, sy) = self.middle, self.size
        return polynomial.composed(sx * X + mx, sy * Y + my)

    def from_user(self, point: Point) -> Point:
        """A point in the coordinates of the window's chart."""
        (mx, my), (sx, sy) = self.middle, self.size
        return (point[0] - mx) / sx, (point[1] - my) / sy


def unit_area(window: Bounds) -> Fraction:
    """Area in the user's units of a unit square of the window's chart."""
    xmin, ymin, xmax, ymax = map(Fraction, window)
    return (xmax - xmin) * (ymax - ymin) / 4


def _beyond(side: tuple[int, int], along: Fraction, out: Fraction) -> Point:
    return (side[0] * out, along) if side[0] else (along, side[1] * out)


def charts(atoms: Sequence[Polynomial], window: Bounds) -> list[Chart]:
    """The window's chart, then those beyond its right, upper, left and lower side."""
    xmin, ymin, xmax, ymax = map(Fraction, window)
    middle, size = ((xmin + xmax) / 2, (ymin + ymax) / 2), ((xmax - xmin) / 2, (ymax - ymin) / 2)
    inner = [atom.composed(size[0] * X + middle[0], size[1] * Y + middle[1]) for atom in atoms]
    found = []
    for side in ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)):
        moved = tuple(_seen(polynomial, side) for polynomial in inner)
        found.append(Chart(middle, size, side, moved, Enclosures(moved)))
    return found


def _seen(polynomial: Polynomial, side: tuple[int, int]) -> Polynomial:
    """Of `sum c x^i y^j` each term beyond the right side is `c s^j t^(d - i - j)`."""
    if side == (0, 0):
        return polynomial
    degree = polynomial.degree
    terms = {}
    for (i, j), c in polynomial.terms:
        along, sign = (j, side[0] ** i) if side[0] else (i, side[1] ** j)
        terms[along, degree - i - j] = sign * c
    return Polynomial(tuple(sorted(terms.items())))
