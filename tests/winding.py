"""Winding numbers of curves by the roots of their equations: slow, and easy to believe.

A ray from a point crosses a curve where the curve's polynomial across the ray is 0. The roots come
from companion matrices, of arcs from the arc cosine; nothing is cut into monotone pieces, and
nothing here comes from the package under test but the segments themselves. A ray that grazes a
curve or meets an end miscounts: so several are sent in odd directions, and a number is sure where
all agree.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from regions.geometry.segments import Arc, Contour, Cubic, Line, Quadratic, Segment
from regions.shape.model import Path

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DIRECTIONS = (0.3718, 1.9043, 4.4127)
"""Of the rays, in radians: no curve of a drawing has a reason to run along one of them."""

DIGITS = 50


@dataclass(frozen=True, eq=False)
class Vote:
    """Of some rays from each point: the number most of them count, and whether all do."""

    number: Ints
    sure: Bools


def inside(path: Path, points: Floats) -> tuple[Bools, Bools]:
    """Whether each of `(n, 2)` points belongs to a path, and whether that is sure."""
    vote = winding(path.contours, points)
    return (vote.number != 0 if path.fill == "nonzero" else vote.number % 2 == 1), vote.sure


def winding(contours: Iterable[Contour], points: Floats) -> Vote:
    """How often contours wind round points, counter-clockwise."""
    segments = [segment for contour in contours for segment in contour]
    counts = np.array([_by_rays(segments, points, angle) for angle in DIRECTIONS])
    agreeing = (counts[:, np.newaxis] == counts).sum(axis=0)
    most = counts[agreeing.argmax(axis=0), np.arange(len(points))]
    return Vote(most, agreeing.max(axis=0) == len(DIRECTIONS))


def beside(segment: Segment, t: Floats) -> tuple[Floats, Floats]:
    """`(n, 2)` points of a segment at parts of it, and its unit normals there.

    A normal is NaN in a cusp.
    """
    if isinstance(segment, Arc):
        center, first, second, begin, sweep = _centred(segment)
        cosine, sine = np.cos(begin + sweep * t), np.sin(begin + sweep * t)
        points = center + np.outer(cosine, first) + np.outer(sine, second)
        along = sweep * (np.outer(cosine, second) - np.outer(sine, first))
    else:
        powers = _powers(segment)
        points = _values(powers, t)
        along = _values(powers[1:] * np.arange(1, len(powers))[:, np.newaxis], t)
    with np.errstate(invalid="ignore"):
        unit = along / np.hypot(along[:, 0], along[:, 1])[:, np.newaxis]
    return points, np.stack([-unit[:, 1], unit[:, 0]], axis=1)


def _by_rays(segments: list[Segment], points: Floats, angle: float) -> Ints:
    """The numbers that the rays of one direction count."""
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    number = np.zeros(len(points), dtype=np.int64)
    for segment in segments:
        number += _crossings(segment, points, turn)
    return number


def _crossings(segment: Segment, points: Floats, turn: Floats) -> Ints:
    """Signed crossings of each ray with one segment: 1 where it runs to the left."""
    if isinstance(segment, Arc):
        return _arc_crossings(segment, points, turn)
    # Near the segment's start, so that no large coordinate drowns a small difference.
    start = np.array(segment.start)
    powers = _powers(segment)
    powers[0] = 0
    powers = powers @ turn.T
    x, y = ((points - start) @ turn.T).T
    found = np.zeros(len(points), dtype=np.int64)
    corners = _controls(segment) - start
    low, high = (corners @ turn.T)[:, 1].min(), (corners @ turn.T)[:, 1].max()
    met = np.flatnonzero((low <= y) & (y <= high) & (x <= (corners @ turn.T)[:, 0].max()))
    for t, real in _roots(powers[:, 1], y[met]):
        hit = real & (t >= 0) & (t < 1)
        place = _values(powers, np.where(hit, t, 0))
        slope = _values(powers[1:] * np.arange(1, len(powers))[:, np.newaxis], np.where(hit, t, 0))
        hit &= place[:, 0] > x[met]
        found[met] += np.where(hit, np.sign(slope[:, 1]), 0).astype(np.int64)
    return found


def _roots(coefficients: Floats, heights: Floats) -> Iterable[tuple[Floats, Bools]]:
    """All t with `c_1 t + c_2 t^2 + ... = height`, and whether each is real."""
    degree = int(np.flatnonzero(coefficients).max(initial=0))
    size = np.abs(coefficients).max()
    # A leading coefficient that is rounding alone sends roots to infinity, and no harm is done.
    while degree > 1 and abs(coefficients[degree]) < 2.0**-50 * size:
        degree -= 1
    if degree == 0 or not len(heights):
        return
    if degree == 1:
        yield heights / coefficients[1], np.ones(len(heights), dtype=np.bool_)
        return
    companion = np.zeros((len(heights), degree, degree))
    companion[:, 1:, :-1] = np.eye(degree - 1)
    companion[:, :, -1] = -coefficients[:degree] / coefficients[degree]
    companion[:, 0, -1] = heights / coefficients[degree]
    roots = np.linalg.eigvals(companion).astype(np.complex128)
    for root in roots.T:
        yield root.real, root.imag == 0


def _arc_crossings(arc: Arc, points: Floats, turn: Floats) -> Ints:
    """By the angles at which the ellipse has the ray's height."""
    center, first, second, begin, sweep = _centred(arc)
    (fx, fy), (gx, gy) = turn @ first, turn @ second
    x, y = ((points - center) @ turn.T).T
    top, phase = math.hypot(fy, gy), math.atan2(gy, fy)
    found = np.zeros(len(points), dtype=np.int64)
    met = np.flatnonzero(np.abs(y) < top)
    half = np.arccos(y[met] / top)
    for angle in (phase + half, phase - half):
        passed = (angle - begin if sweep > 0 else begin - angle) % (2 * math.pi)
        hit = passed < abs(sweep)
        hit &= fx * np.cos(angle) + gx * np.sin(angle) > x[met]
        slope = math.copysign(1, sweep) * (gy * np.cos(angle) - fy * np.sin(angle))
        found[met] += np.where(hit, np.sign(slope), 0).astype(np.int64)
    return found


def _centred(arc: Arc) -> tuple[Floats, Floats, Floats, float, float]:
    """Centre, half-diameters, first angle and sweep, to `DIGITS` digits before they are rounded.

    The unit circle's two points lie at angles whose sines and cosines are those of the ends as seen
    from the centre; SVG 2, appendix B.2.4.
    """
    with localcontext() as context:
        context.prec = DIGITS
        (ax, ay), (bx, by) = ([Decimal(c) for c in pair] for pair in (arc.start, arc.end))
        (fx, fy), (gx, gy) = ([Decimal(c) for c in pair] for pair in (arc.first, arc.second))
        area = fx * gy - gx * fy

        def unit(x: Decimal, y: Decimal) -> tuple[Decimal, Decimal]:
            return (x * gy - y * gx) / area, (fx * y - fy * x) / area

        hx, hy = unit((ax - bx) / 2, (ay - by) / 2)
        square = hx * hx + hy * hy
        grown = square.sqrt() if square > 1 else Decimal(1)
        hx, hy, square = hx / grown, hy / grown, min(square, Decimal(1))
        rising = arc.left == (area > 0)
        factor = ((1 - square) / square).sqrt() * (1 if arc.large != rising else -1)
        # The centre as seen from the middle of the chord, on the unit circle.
        ux, uy = factor * hy, -factor * hx
        fx, fy, gx, gy = (grown * c for c in (fx, fy, gx, gy))
        center = (ax + bx) / 2 + ux * fx + uy * gx, (ay + by) / 2 + ux * fy + uy * gy
        begin = math.atan2(float(hy - uy), float(hx - ux))
        end = math.atan2(float(-hy - uy), float(-hx - ux))
    sweep = (end - begin) % (2 * math.pi) if rising else -((begin - end) % (2 * math.pi))
    pairs = [np.array([float(c) for c in pair]) for pair in (center, (fx, fy), (gx, gy))]
    return pairs[0], pairs[1], pairs[2], begin, sweep


def _controls(segment: Line | Quadratic | Cubic) -> Floats:
    match segment:
        case Line(start, end):
            return np.array([start, end])
        case Quadratic(start, control, end):
            return np.array([start, control, end])
        case Cubic(start, first, second, end):
            return np.array([start, first, second, end])


def _powers(segment: Line | Quadratic | Cubic) -> Floats:
    """`(degree + 1, 2)` coefficients of 1, t, t^2, t^3."""
    a, *rest = _controls(segment)
    match rest:
        case [b]:
            return np.array([a, b - a])
        case [b, c]:
            return np.array([a, 2 * (b - a), (c - b) - (b - a)])
        case [b, c, d]:
            return np.array([a, 3 * (b - a), 3 * ((c - b) - (b - a)), (d - a) - 3 * (c - b)])
    raise TypeError(type(segment).__name__)


def _values(powers: Floats, t: Floats) -> Floats:
    total = np.zeros((len(t), 2))
    for row in powers[::-1]:
        total = total * t[:, np.newaxis] + row
    return total
