"""Points as a shape sees them that has been moved: mapped back, with how near is too near."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tests.moves import IDENTITY, Map, applied, is_dyadic

NEAR = 1e-12
"""Part of the points' coordinates: nearer to a border no rounded network need be right."""


@dataclass(frozen=True, eq=False)
class View:
    """Points in the coordinates of a shape before its moves.

    Attributes:
        points: Rational.
        floats: `(n, 2)` the same, rounded.
        exact: `(n,)` whether the answer must be right on borders, too.
        slack: How near to a border the others are undecided.
        reach: No coordinate of the whole picture is larger.
        still: Whether nothing was moved.
    """

    points: list[tuple[Fraction, Fraction]]
    floats: NDArray[np.float64]
    exact: NDArray[np.bool_]
    slack: float
    reach: float
    still: bool = True

    @classmethod
    def of(cls, points: NDArray[np.float64], exact: bool) -> View:
        """Points of the plane; on a lattice of few bits they may have to be exact."""
        rational = [(Fraction(x), Fraction(y)) for x, y in points.tolist()]
        lattice = np.array([exact and is_dyadic(x) and is_dyadic(y) for x, y in rational], bool)
        reach = float(np.abs(points).max())
        return cls(rational, points, lattice, NEAR * reach, reach)

    def moved(self, back: Map) -> View:
        """The points mapped by the inverse of a move."""
        if back == IDENTITY:
            return self
        points = [applied(back, point) for point in self.points]
        a, b, c, d, e, f = map(float, back)
        grows = math.hypot(a, b, c, d)
        exact = self.exact if all(map(is_dyadic, back)) else np.zeros_like(self.exact)
        floats = np.array([(float(x), float(y)) for x, y in points])
        reach = grows * self.reach + abs(e) + abs(f)
        return View(points, floats, exact, grows * self.slack, reach, still=False)

    def inexact(self) -> View:
        """The same, with nothing that must be right on borders."""
        return replace(self, exact=np.zeros_like(self.exact))

    def only(self, chosen: NDArray[np.int64]) -> View:
        """Some of the points."""
        points = [self.points[i] for i in chosen]
        return replace(self, points=points, floats=self.floats[chosen], exact=self.exact[chosen])
