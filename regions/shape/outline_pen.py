"""A pen that draws contours: exact points in, segments of doubles out, one rounding a coordinate.

SVG path data, the basic shapes of SVG files and the glyphs of fonts are all drawn with it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TypeAlias

from regions.errors import Problem, SpecError
from regions.geometry.affine import IDENTITY, Affine
from regions.geometry.directions import library_direction
from regions.geometry.segments import Arc, Contour, Cubic, Line, Pair, Quadratic, Segment

Exact: TypeAlias = int | Fraction
Place: TypeAlias = tuple[Exact, Exact]

MAX_SEGMENTS = 1_000_000
"""Segments of one path: three times the corners of all coasts of the world at 1:10 million."""


class Pen:
    """Gathers closed contours.

    Points are exact, in multiples of `1 / unit`; they are mapped by `affine` and rounded to the
    nearest doubles. Equal points so give equal doubles, and closed contours close. Pieces that the
    rounding leaves without length are dropped, as are contours that go to one point and back.
    A contour that is left open is closed by a straight line, as a fill takes it.
    """

    def __init__(self, affine: Affine = IDENTITY, unit: int = 1) -> None:
        self._affine = affine
        # Everything over one denominator: Python divides integers with a single rounding.
        common = math.lcm(*(entry.denominator for entry in affine.entries))
        self._whole = tuple(int(entry * common) for entry in affine.entries)
        self.unit = unit
        self._under = common * unit
        self._done: list[Contour] = []
        self._open: list[Segment] = []
        self._count = 0
        self._start: Pair = (0.0, 0.0)
        self._at: Pair = (0.0, 0.0)

    def move(self, to: Place) -> None:
        """Begins a contour."""
        self.close()
        self._start = self._at = self._point(to)

    def line(self, to: Place) -> None:
        """A straight line to a point."""
        end = self._point(to)
        if end != self._at:
            self._add(Line(self._at, end))

    def quadratic(self, control: Place, to: Place) -> None:
        """A quadratic Bezier curve to a point."""
        piece = Quadratic(self._at, self._point(control), self._point(to))
        if not piece.start == piece.control == piece.end:
            self._add(piece)

    def cubic(self, first: Place, second: Place, to: Place) -> None:
        """A cubic Bezier curve to a point."""
        piece = Cubic(self._at, self._point(first), self._point(second), self._point(to))
        if not piece.start == piece.first == piece.second == piece.end:
            self._add(piece)

    def arc(
        self, radii: tuple[Exact, Exact], degrees: float, large: bool, left: bool, to: Place
    ) -> None:
        """An arc of an ellipse to a point, as SVG's path data describes it.

        `left` is SVG's sweep flag: the arc runs from the x-axis towards the y-axis, before the map.
        A radius of 0 makes a straight line; no sign counts.
        """
        end = self._point(to)
        if end == self._at:
            return
        rx, ry = radii
        first, second = self._half_diameters(max(rx, -rx), max(ry, -ry), degrees)
        turns_left = left == (self._affine.determinant > 0)
        if Fraction(first[0]) * Fraction(second[1]) == Fraction(first[1]) * Fraction(second[0]):
            self._add(Line(self._at, end))
        else:
            self._add(Arc(self._at, end, first, second, large, turns_left))

    def close(self) -> None:
        """Ends the contour where it began; the next one begins there, unless `move` follows."""
        if self._at != self._start:
            self._add(Line(self._at, self._start))
        if len(self._open) > 2 or any(not isinstance(piece, Line) for piece in self._open):
            self._done.append(tuple(self._open))
        self._open = []
        self._at = self._start

    def contours(self) -> tuple[Contour, ...]:
        """All contours, the last one closed."""
        self.close()
        return tuple(self._done)

    def _add(self, piece: Segment) -> None:
        self._count += 1
        if self._count > MAX_SEGMENTS:
            message = f"the path has more than {MAX_SEGMENTS:,} segments; simplify it or split it"
            raise SpecError([Problem(message)])
        self._open.append(piece)
        self._at = piece.end

    def _point(self, place: Place) -> Pair:
        x, y = place
        xx, xy, yx, yy, right, up = self._whole
        unit = self.unit
        over = xx * x + xy * y + right * unit, yx * x + yy * y + up * unit
        return self._rounded(over[0]), self._rounded(over[1])

    def _vector(self, x: Exact, y: Exact) -> Pair:
        xx, xy, yx, yy, _, _ = self._whole
        return self._rounded(xx * x + xy * y), self._rounded(yx * x + yy * y)

    def _rounded(self, over: Exact) -> float:
        try:
            return float(over / self._under)
        except OverflowError:
            return math.inf if over > 0 else -math.inf  # Refused by the shape that is made of it.

    def _half_diameters(self, rx: Exact, ry: Exact, degrees: float) -> tuple[Pair, Pair]:
        """Conjugate half-diameters, the first to the right, the second to the left of it.

        Of a circle that stays one they are parallel to the axes: no angle need round them.
        """
        larger = self._affine.magnification
        if rx == ry and larger is not None:
            radius = float(Fraction(rx) * larger / self.unit)
            return (radius, 0.0), (0.0, radius)
        cosine, sine = library_direction(degrees)
        first = self._vector(rx * cosine, rx * sine)
        second = self._vector(-ry * sine, ry * cosine)
        if first < (0.0, 0.0):
            first = _negative(first)
        if first[0] * second[1] - first[1] * second[0] < 0:
            second = _negative(second)
        return first, second


def _negative(vector: Pair) -> Pair:
    """The opposite vector, without negative zeros."""
    return 0.0 - vector[0], 0.0 - vector[1]
