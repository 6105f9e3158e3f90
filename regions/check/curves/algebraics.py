"""Separators read as the shape's polynomial inequalities that they are roundings of.

A separator p is read as a polynomial q of the shape if, in the network's coordinates and up to a
factor m, each coefficient is the exact one up to `CONIC_READING` of itself, and if it can be told
how far the two curves may lie apart in the window:

Where p and q differ in sign, |q| <= |p / m - q| <= E. A square about the window is quartered. Boxes
on which |q| > E are done. On others, of half a side h, let g > 0 be the least slope of q along one
direction, there and on their neighbours: then a zero of q lies within `E / g`, if that is at most
2 h. What is left is next to singular points. There boxes that touch are taken together: if q takes
both signs on them and their neighbours, a zero of q is as near as these reach. If it does not,
or these reach far, nothing is known, and the separator is not read as q.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from regions.check.curves.atoms import Literal
from regions.check.curves.conics import multiple
from regions.check.curves.frames import NetworkFrame
from regions.check.curves.near import Nearness
from regions.geometry.polynomials import Polynomial
from regions.geometry.quadtree import WHOLE, Boxes
from regions.geometry.slopes import Slopes
from regions.network.model import Bools, Floats

MARGIN = Fraction(1, 16)
"""About the window, of half its larger side: the neighbours of boxes that count lie in the square.
"""

FIRST_STEEP = 6
"""Halvings of the square before a box and its neighbours fit into the margin."""

MOST = 2**13
"""Boxes at singular points: rounding blurs them, and then their number quadruples."""

DEEPEST = 40
"""Halvings."""

FARTHEST = 2.0**-8
"""Of the square: a bound beyond it would tell nothing, and the separator is not read so."""

_UP = 1 + 2.0**-40
"""A factor that makes a rounded bound a bound."""


class ReadPolynomial(NamedTuple):
    """What a separator is read as.

    Attributes:
        atom: The shape's polynomial.
        sign: Of the factor between the two.
        distance: Points of the window where the two differ in sign lie within this of its curve.
    """

    atom: int
    sign: int
    distance: float


class AlgebraicReader:
    """Knows a shape's polynomial inequalities in a network's coordinates."""

    def __init__(
        self,
        frame: NetworkFrame,
        algebraics: tuple[Literal, ...],
        atoms: tuple[Polynomial, ...],
        nearness: Nearness,
    ) -> None:
        self._frame = frame
        self._nearness = nearness
        self._known = [(atom, atoms[atom], frame.from_user(atoms[atom])) for atom, _ in algebraics]

    def read(self, inner: Polynomial) -> ReadPolynomial | None:
        """The polynomial of a separator, given its own in the network's coordinates."""
        found = (self._judged(inner, *known) for known in self._known)
        return min((f for f in found if f is not None), key=lambda f: f.distance, default=None)

    def _judged(
        self, own: Polynomial, atom: int, polynomial: Polynomial, exact: Polynomial
    ) -> ReadPolynomial | None:
        factor = multiple(own, exact) if own.degree == exact.degree else None
        if factor is None:
            return None
        error = self._frame.to_user(own * (1 / factor) - exact)
        distance = _distance(polynomial, error, self._nearness)
        sign = 1 if factor > 0 else -1
        return None if distance is None else ReadPolynomial(atom, sign, distance)


def _distance(polynomial: Polynomial, error: Polynomial, nearness: Nearness) -> float | None:
    """The bound at the head of this file, in the user's units; None where there is none."""
    (mx, my), (right, top) = nearness.middle, nearness.corners[-1]
    size = max(right - mx, top - my) * (1 + MARGIN)
    seen, rest = (p.rescaled(size, nearness.middle) for p in (polynomial, error))
    scale = Fraction(2) ** -seen.exponent
    largest = _UP * float(scale * sum((abs(c) for _, c in rest.terms), Fraction(0)))
    window = (_UP * float((right - mx) / size), _UP * float((top - my) / size))
    within = _within(seen.scaled(), largest, window)
    return None if within is None or within > FARTHEST else _UP * within * float(size)


def _within(seen: Polynomial, largest: float, window: tuple[float, float]) -> float | None:
    """The same in units of the square, for a difference of at most `largest`."""
    slopes, boxes, level, within = Slopes(seen), WHOLE, 0, 0.0
    while True:
        half = 2.0**-level
        boxes = _near(slopes, boxes, half, largest, window)
        if level >= FIRST_STEEP:
            steep, distance = _steep(slopes, boxes, half, largest)
            within, boxes = max(within, distance), boxes.take(~steep)
        if not len(boxes.row):
            return within
        if level == DEEPEST or (level > FIRST_STEEP and 4 * len(boxes.row) > MOST):
            break
        boxes, level = boxes.quartered(), level + 1
    for cluster in _clusters(boxes):
        if not _takes_both_signs(seen, cluster, half):
            return None
        sides = [2 * half * (np.ptp(part) + 3) for part in cluster]
        within = max(within, _UP * math.hypot(*sides))
    return within


def _near(
    slopes: Slopes, boxes: Boxes, half: float, largest: float, window: tuple[float, float]
) -> Boxes:
    """Those that meet the window and may hold a value between -largest and largest."""
    x, y = boxes.middles(half)
    low, high = slopes.values(x, y, half)
    meets = (np.abs(x) - half <= window[0]) & (np.abs(y) - half <= window[1])
    return boxes.take(meets & (low <= largest) & (high >= -largest))


def _steep(slopes: Slopes, boxes: Boxes, half: float, largest: float) -> tuple[Bools, float]:
    """Which have a bound, about as good as smaller boxes would have; and the largest of these."""
    x, y = boxes.middles(half)
    slope = slopes.steepness(x, y, 3 * half)
    steep: Bools = (slope * 2 >= slopes.steepness(x, y, 0.0)) & (slope * 2 * half >= largest)
    steep &= slope > 0
    return steep, _UP * largest / float(slope[steep].min(initial=np.inf))


def _clusters(boxes: Boxes) -> Iterator[Boxes]:
    """The boxes in groups of those that touch, also through others."""
    left = {(c, r): i for i, (c, r) in enumerate(zip(*(p.tolist() for p in boxes), strict=True))}
    while left:
        place, number = left.popitem()
        found, ahead = [number], [place]
        while ahead:
            column, row = ahead.pop()
            beside = [(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            touching = [place for place in beside if place in left]
            found += [left.pop(place) for place in touching]
            ahead += touching
        yield boxes.take(np.array(found))


def _takes_both_signs(seen: Polynomial, boxes: Boxes, half: float) -> bool:
    """Whether the polynomial does so, or is 0, on some boxes and their neighbours.

    Where it seems largest and smallest, of the neighbours' corners, its sign is found exactly.
    """
    x, y = boxes.middles(half)
    signs = np.array([[-3, -3, 3, 3], [-3, 3, -3, 3]])[:, :, np.newaxis] * half
    corners: Floats = (np.stack([x, y])[:, np.newaxis] + signs).reshape(2, -1)
    values = sum(float(c) * corners[0] ** i * corners[1] ** j for (i, j), c in seen.terms)
    ends = corners[:, [np.argmax(values), np.argmin(values)]].T.tolist()
    high, low = (seen(Fraction(x), Fraction(y)) for x, y in ends)
    return high >= 0 >= low
