"""Contours as chains of convex pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from regions.geometry.cubics import conics_of
from regions.geometry.outline import Loop
from regions.geometry.pieces import Chord, ConicArc, EllipseArc, Piece, ellipse_arc
from regions.geometry.polynomials import Polynomial
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


SAME = 2.0**-43
"""Of the size of an ellipse and its place: what makes no other ellipse, about 1e-13."""

FLATTEST = 64
"""How often the larger half-axis may hold the smaller one, and so by how much rounding may grow."""

CUBIC_TOLERANCE = 2.0**-20
"""Of a path's extent: how far conics may be from its cubic curves, about 1e-6."""


def path_loops(contours: Sequence[Contour]) -> tuple[list[Loop], float]:
    """The contours of a path as convex pieces, and how far these may be from its curves.

    They are so from cubic curves, and by rounding from arcs of one ellipse, which become that.
    Contours without extent are left out.
    """
    tolerance = _tolerance(contours)
    made = [pieces_of(contour, tolerance) for contour in contours]
    loops, shift = _on_shared_ellipses([pieces for pieces, _ in made if pieces])
    return loops, max(distance for _, distance in made) + shift


def _on_shared_ellipses(loops: list[Loop]) -> tuple[list[Loop], float]:
    """The loops, arcs of one ellipse but for rounding on one, and how far that may move an arc.

    A circle of four arcs is one circle then, and one separator.
    """
    curves: dict[tuple[int, ...], Polynomial] = {}
    shift, found = 0.0, []
    for loop in loops:
        pieces = list(loop)
        for i, piece in enumerate(pieces):
            if isinstance(piece, EllipseArc) and (key := _ellipse_key(piece)) is not None:
                curve = curves.setdefault(key, piece.curve)
                if curve != piece.curve:
                    pieces[i] = replace(piece, curve=curve)
                    shift = max(shift, 2 * FLATTEST * SAME * _size(piece))
        found.append(tuple(pieces))
    return found, shift


def _ellipse_key(arc: EllipseArc) -> tuple[int, ...] | None:
    """Centre and form of an ellipse in units of rounding; None if it is too flat for them."""
    (ax, ay), (bx, by) = arc.first, arc.second
    radius = math.hypot(ax, ay, bx, by)
    if abs(ax * by - ay * bx) * FLATTEST < radius * radius:
        return None
    form = (ax * ax + bx * bx, ax * ay + bx * by, ay * ay + by * by)
    exponent = math.frexp(_size(arc))[1]
    unit = math.ldexp(SAME, exponent)
    return (exponent, *(round(n / unit) for n in (*arc.center, *(n / radius for n in form))))


def _size(arc: EllipseArc) -> float:
    """What the rounding of an arc's ellipse is relative to."""
    return max(math.hypot(*arc.first, *arc.second), *map(abs, arc.center))


def deviation(contours: Sequence[Contour]) -> float:
    """How far the pieces of a path may be from its cubic curves; 0 if it has none."""
    cubics = [s for contour in contours for s in contour if isinstance(s, Cubic)]
    tolerance = _tolerance(contours) if cubics else 0.0
    return max((conics_of(cubic, tolerance).distance for cubic in cubics), default=0.0)


def _tolerance(contours: Sequence[Contour]) -> float:
    points = [p for contour in contours for segment in contour for p in control_points(segment)]
    xs, ys = zip(*points, strict=True)
    return CUBIC_TOLERANCE * float(max(max(xs) - min(xs), max(ys) - min(ys)))
