"""What a document asks for in few words, counted: copies, corners, letters, files named again.

A line of a document can stand for ten thousand corners, and a document holds thousands of lines.
Each way to ask for much is bounded by itself; this bounds all of them together, so that reading
takes seconds whatever the document says.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import shapely

from regions.errors import Problem, SpecError
from regions.geometry.crossings import crossings
from regions.shape.model import (
    Algebraic,
    Complement,
    Difference,
    Intersection,
    Path,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
)
from regions.shape.polygons import MAX_CROSSINGS

MAX_EFFORT = 120_000
"""Of a document, in vertices moved, each some 15 microseconds of exact arithmetic."""

BYTES = 10
"""What is written out gives leave for more: as many bytes of text, or of a file, for one more."""

CORNER = 5
"""Efforts of a corner of a regular polygon or of a star: a sine and a cosine."""

SIDE = 30
"""Of a side of a polygon that grows or shrinks: two conics and a disc."""

LETTER = 25
"""Of a character of a text, about as many as its outline has segments."""

_PRIMITIVE, _SEGMENT, _TERM, _POLYGON = 12, 5, 3, 6
"""Of a primitive, a segment of a path, a term of a polynomial for each degree, and of a polygon
beside its corners, that moves."""

_PAIRS = 40
"""Pairs of a polygon's crossings that cost one effort to mend."""


class Exhausted(Exception):  # noqa: N818 - no error of its own: the first that was too much is one
    """There has been too much before."""


@dataclass(eq=False)
class Effort:
    """Grows while a document is read.

    Attributes:
        most: How much there may be.
    """

    most: int = field(default_factory=lambda: MAX_EFFORT)
    _spent: int = 0

    def allow(self, size: int) -> None:
        """Note that so many bytes were written out."""
        self.most += size // BYTES

    def spend(self, effort: int) -> None:
        """Note what is about to be made.

        Raises:
            SpecError: With this it is too much.
            Exhausted: It has been too much before.
        """
        if self._spent > self.most:
            raise Exhausted
        self._spent += effort
        if self._spent > self.most:
            message = (
                "with this, copies, moved shapes, corners, offsets, letters and files named again "
                f"stand for more than {self.most:,} points; use less of them"
            )
            raise SpecError([Problem(message)])

    def spend_mending(self, polygon: shapely.Polygon) -> None:
        """Note that a polygon is about to be repaired; raises as `spend`."""
        found = crossings(polygon, MAX_CROSSINGS)
        if found <= MAX_CROSSINGS:  # More are refused for themselves.
            self.spend(found**2 // _PAIRS)

    def spend_moving(self, shape: Shape, times: int = 1) -> None:
        """Note that a shape is about to be moved; raises as `spend`."""
        if self._spent > self.most:
            raise Exhausted
        self.spend(times * sum(map(_moving, bottom_up(shape))))


def _moving(node: Shape) -> int:
    match node:
        case Polygonal(geometry):
            return _POLYGON + int(shapely.get_num_coordinates(geometry))
        case Path(contours):
            return _SEGMENT * sum(map(len, contours))
        case Algebraic(polynomial):
            return _TERM * polynomial.degree * len(polynomial.terms)
        case Complement() | Union() | Intersection() | Difference() | SymmetricDifference():
            return 1
        case _:
            return _PRIMITIVE
