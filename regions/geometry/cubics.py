"""Cubic Bezier curves as conics with the same tangents, within a stated distance.

A curve is cut at its inflections and cusps, and halved until each part turns by less than a right
angle. A part is then the conic with its ends and end tangents that runs through its middle, if that
is near enough; else it is halved again.

How near: the end tangents meet in a point c, at height h over the chord of length L, its foot the
part f of L away from the start. In barycentric coordinates of start, c and end the part's control
points are (1, 0, 0), (1-u, u, 0), (0, v, 1-v), (0, 0, 1). Let q = 4 k l0 l2 - l1^2 be the conic's
polynomial, and |q| <= e along the part: e is the largest coefficient of q there in Bernstein's
form, of degree 6. Across the chord the derivative of q is linear, and at the corners of the
triangle -4 k f / h, -2 / h, -4 k (1 - f) / h. So the conic passes within
`e h max(1/(4kf), 1/2, 1/(4k(1-f)))` of each point of the part, measured across the chord, over
which both are graphs.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.pieces import Chord, ConicArc, pair
from regions.geometry.segments import Cubic, Pair

Floats: TypeAlias = NDArray[np.float64]

MOST_HALVINGS = 40
"""Of the parameter's range: beyond that the points of a part are hardly distinct doubles."""

ROUNDING = 2.0**-46
"""Of the largest coordinate: what 40 halvings, and the sums above, lose in doubles."""

STRAIGHT = 1e-9
"""Radians by which a control polygon may turn back, as rounding makes it do at an inflection."""


class Near(NamedTuple):
    """Pieces, end to end, and a bound of their distance from a curve."""

    pieces: tuple[Chord | ConicArc, ...]
    distance: float


def conics_of(cubic: Cubic, tolerance: float) -> Near:
    """A curve as conics, and as chords where it is as straight.

    Args:
        cubic: Any; what has no extent gives no pieces.
        tolerance: Largest allowed distance, in the user's units.
    """
    corners = np.array([cubic.start, cubic.first, cubic.second, cubic.end])
    cuts = [0.0, *_bends(corners), 1.0]
    stack = [(_between(corners, *ends), 0) for ends in pairwise(cuts)][::-1]
    found: list[Chord | ConicArc] = []
    worst, here = 0.0, cubic.start
    while stack:
        part, halvings = stack.pop()
        there = pair(part[3]) if stack else cubic.end
        near = _near(part, here, there, tolerance)
        if near is None and halvings < MOST_HALVINGS:
            stack += [(half, halvings + 1) for half in _halves(part)[::-1]]
            continue
        piece, distance = near or (Chord(here, there), _span(part))
        worst = max(worst, distance)
        if here != there:
            found.append(piece)
        here = there
    return Near(tuple(found), worst + ROUNDING * float(np.abs(corners).max()))


def _bends(corners: Floats) -> list[float]:
    """Parameters of inflections and cusps: where the first two derivatives are parallel."""
    p0, p1, p2, p3 = corners
    c1, c2, c3 = 3 * (p1 - p0), 3 * (p0 - 2 * p1 + p2), p3 - 3 * p2 + 3 * p1 - p0
    coefficients = np.array([3 * _cross(c2, c3), 3 * _cross(c1, c3), _cross(c1, c2)])
    coefficients[np.abs(coefficients) <= 1e-14 * np.abs(coefficients).max()] = 0.0
    roots = np.roots(coefficients).real
    return sorted({float(root) for root in roots if 1e-9 < root < 1 - 1e-9})


def _between(corners: Floats, begin: float, end: float) -> Floats:
    """`(4, 2)` the control points of the curve between two parameters: its blossom."""
    parameters = ((begin,) * 3, (begin, begin, end), (begin, end, end), (end,) * 3)
    return np.array([_blossom(corners, *at) for at in parameters])


def _blossom(points: Floats, *at: float) -> Floats:
    for t in at:
        points = (1 - t) * points[:-1] + t * points[1:]
    first: Floats = points[0]
    return first


def _halves(part: Floats) -> tuple[Floats, Floats]:
    """The control points of both halves, by de Casteljau."""
    once = (part[:-1] + part[1:]) / 2
    twice = (once[:-1] + once[1:]) / 2
    middle = (twice[0] + twice[1]) / 2
    return (
        np.array([part[0], once[0], twice[0], middle]),
        np.array([middle, twice[1], once[2], part[3]]),
    )


def _near(
    part: Floats, start: Pair, end: Pair, tolerance: float
) -> tuple[Chord | ConicArc, float] | None:
    """A chord or a conic near enough to a part, and its distance; None if there is none."""
    if start == end:
        return (Chord(start, end), _span(part)) if _span(part) <= tolerance else None
    flat = _flatness(part)
    if flat <= tolerance:
        return Chord(start, end), flat
    legs = [leg for leg in np.diff(part, axis=0) if leg.any()]
    turns = [math.atan2(_cross(a, b), float(a @ b)) for a, b in pairwise(legs)]
    bent_back = min(turns) < -STRAIGHT and max(turns) > STRAIGHT
    across = _cross(legs[0], legs[-1])
    if bent_back or abs(sum(turns)) >= math.pi / 2 or across == 0:
        return None
    ahead = _cross(part[3] - part[0], legs[-1]) / across
    control = part[0] + ahead * legs[0]
    k, distance = _fit(part, control)
    arc = ConicArc.of(start, pair(control), end, k) if distance <= tolerance else None
    return None if arc is None else (arc, distance)


def _fit(part: Floats, control: Floats) -> tuple[float, float]:
    """The conic's k, and the bound at the head of this file; infinity where it does not hold."""
    u = _ratio(part[1] - part[0], control - part[0])
    v = _ratio(part[2] - part[3], control - part[3])
    if not (0 <= u <= 1 and 0 <= v <= 1 and u + v > 0):
        return 1.0, math.inf
    first, across, last = (4 - 3 * u) / 8, 3 * (u + v) / 8, (4 - 3 * v) / 8
    k = across * across / (4 * first * last)
    bent = 4 * k * np.convolve([1, 3 * (1 - u), 0, 0], [0, 0, 3 * (1 - v), 1])
    bent -= np.convolve([0, 3 * u, 3 * v, 0], [0, 3 * u, 3 * v, 0])
    error = float(np.abs(bent / [1, 6, 15, 20, 15, 6, 1]).max())
    chord = part[3] - part[0]
    length = math.hypot(*chord)
    height = abs(_cross(chord, control - part[0])) / length
    foot = float(chord @ (control - part[0])) / length**2
    if not 0 < foot < 1:
        return 1.0, math.inf
    return k, error * height * max(1 / (4 * k * foot), 0.5, 1 / (4 * k * (1 - foot)))


def _ratio(part: Floats, whole: Floats) -> float:
    """Of two parallel vectors."""
    return float(part @ whole) / float(whole @ whole) if whole.any() else 0.0


def _flatness(part: Floats) -> float:
    """Largest distance of a control point from the chord: the curve's is no larger."""
    away, chord = part - part[0], part[3] - part[0]
    place = np.clip(away @ chord / (chord @ chord), 0.0, 1.0)
    return float(np.hypot(*(away - place[:, None] * chord).T).max())


def _span(part: Floats) -> float:
    """Largest distance of a control point from the first."""
    return float(np.hypot(*(part - part[0]).T).max())


def _cross(a: Floats, b: Floats) -> float:
    return float(a[0] * b[1] - a[1] * b[0])
