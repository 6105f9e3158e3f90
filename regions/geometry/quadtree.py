"""Boxes of one size in a square from -1 to 1, halved level by level, as arrays."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regions.geometry.polynomials import Point

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Boxes(NamedTuple):
    """Boxes of one level, counted from the left and from below: `(m,)` each."""

    column: Ints
    row: Ints

    def take(self, chosen: Bools | Ints | slice) -> Boxes:
        """Some of them."""
        return Boxes(self.column[chosen], self.row[chosen])

    def middles(self, half: float) -> tuple[Floats, Floats]:
        """Exact while a box is larger than 2^-52."""
        column, row = (part.astype(np.float64) for part in self)
        return (2 * column + 1) * half - 1, (2 * row + 1) * half - 1

    def middle(self, i: int, half: float) -> Point:
        """The middle of one."""
        x, y = self.take(slice(i, i + 1)).middles(half)
        return Fraction(x[0]), Fraction(y[0])

    def quartered(self) -> Boxes:
        """Both halves of each column and row."""
        column, row = (2 * part[:, np.newaxis] for part in self)
        right, upper = np.array([[0, 1, 0, 1], [0, 0, 1, 1]])
        return Boxes((column + right).ravel(), (row + upper).ravel())


WHOLE = Boxes(*np.zeros((2, 1), dtype=np.int64))
"""The one box of level 0."""
