"""Elliptic arcs by their centre, from their end points.

In the coordinates `p first + q second` the ellipse is the unit circle, and half the chord is a
rational vector e. The centre lies off the chord's middle by `k rot(e)` with `k^2 = 1/e^2 - 1`
(SVG 2, appendix B.2.4). Of an arc that is almost half an ellipse k is ill-conditioned: an ulp
in an end point moves the centre by 1e-8. So all but the root is computed in rationals, and the arc
meant is that of the doubles as they stand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from regions.geometry.polynomials import exact
from regions.geometry.segments import Arc, Pair


@dataclass(frozen=True)
class CentredArc:
    """The points `center + cos(s) first + sin(s) second`, s from `begin` to `begin + sweep`.

    Attributes:
        start: The first of them, as given.
        center: Rounded once.
        first: A half-diameter; that of the arc, grown where it was too small.
        second: The half-diameter conjugate to it.
        begin: In radians, from -pi to pi.
        sweep: In radians; negative where s falls.
    """

    start: Pair
    center: Pair
    first: Pair
    second: Pair
    begin: float
    sweep: float

    @property
    def reach(self) -> float:
        """How far from the start it may come."""
        widest = 2 * math.sin(min(abs(self.sweep), math.pi) / 2)
        return widest * (math.hypot(*self.first) + math.hypot(*self.second))


def centred(arc: Arc) -> CentredArc:
    """An arc by its centre; not of an arc with a fault, see `segments.arc_fault`."""
    (ax, ay), (bx, by) = exact(arc.start), exact(arc.end)
    (fx, fy), (gx, gy) = exact(arc.first), exact(arc.second)
    twice = 2 * (fx * gy - fy * gx)
    ex = ((bx - ax) * gy - (by - ay) * gx) / twice
    ey = (fx * (by - ay) - fy * (bx - ax)) / twice
    square = ex * ex + ey * ey
    upward = arc.left == (twice > 0)
    k = _root((1 - square) / square) if square < 1 else Fraction(0)
    side = k if upward != arc.large else -k
    growth = _root(square) if square > 1 else Fraction(1)
    across = -ey * side, ex * side
    minor = 2 * math.atan(1 / k) if k else math.pi
    sweep = 2 * math.pi - minor if arc.large else minor
    return CentredArc(
        start=arc.start,
        center=(
            float((ax + bx) / 2 + across[0] * fx + across[1] * gx),
            float((ay + by) / 2 + across[0] * fy + across[1] * gy),
        ),
        first=(float(growth * fx), float(growth * fy)),
        second=(float(growth * gx), float(growth * gy)),
        begin=math.atan2(-ey - across[1], -ex - across[0]),
        sweep=sweep if upward else -sweep,
    )


def _root(square: Fraction) -> Fraction:
    """A square root to the precision of doubles, however large or small it is."""
    shift = (square.numerator.bit_length() - square.denominator.bit_length()) // 2
    return Fraction(math.sqrt(square / Fraction(4) ** shift)) * Fraction(2) ** shift
