"""Contours as chains of convex pieces."""

from __future__ import annotations

from collections.abc import Sequence

from regions.geometry.cubics import conics_of
from regions.geometry.pieces import Chord, ConicArc, Piece, ellipse_arc
from regions.geometry.segments import Arc, Contour, Cubic, Line, Quadratic, control_points


def pieces_of(contour: Contour, tolerance: float) -> tuple[tuple[Piece, ...], float]:
    """A contour as convex pieces, and how far they may be from its cubic curves.

    Pieces without extent are left out; a quadratic curve whose control points lie on one line
    encloses nothing with its chord, and becomes it.

    Args:
        contour: Closed.
        tolerance: Largest allowed distance between a cubic curve and its pieces.
    """
    found: list[Piece] = []
    worst = 0.0
    for segment in contour:
        match segment:
            case Line(start, end):
                made: Sequence[Piece] = [Chord(start, end)]
            case Quadratic(start, control, end):
                made = [ConicArc.of(start, control, end) or Chord(start, end)]
            case Cubic():
                made, distance = conics_of(segment, tolerance)
                worst = max(worst, distance)
            case Arc():
                made = [ellipse_arc(segment)]
        found += [piece for piece in made if piece.start != piece.end]
    return tuple(found), worst


CUBIC_TOLERANCE = 2.0**-20
"""Of a path's extent: how far conics may be from its cubic curves, about 1e-6."""


def path_loops(contours: Sequence[Contour]) -> tuple[list[tuple[Piece, ...]], float]:
    """The contours of a path as convex pieces, and how far these may be from cubic curves.

    Contours without extent are left out.
    """
    points = [p for contour in contours for segment in contour for p in control_points(segment)]
    xs, ys = zip(*points, strict=True)
    extent = max(max(xs) - min(xs), max(ys) - min(ys))
    made = [pieces_of(contour, CUBIC_TOLERANCE * extent) for contour in contours]
    return [pieces for pieces, _ in made if pieces], max(distance for _, distance in made)
