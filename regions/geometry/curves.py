"""Points of many curves at once: Bezier curves of degree at most 3, and elliptic arcs.

A parameter runs from 0 to 1 along a Bezier curve, and from 0 to the sweep along an arc. `errors`
bound, for each curve, how far a computed point may be off in each coordinate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.arcs import CentredArc
from regions.geometry.segments import Cubic, Line, Quadratic

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

BEZIER_ERROR = 2.0**-48
"""Of the largest coordinate of a control point. In units of 2^-53: 3 for the raised degree and 8
for the sum, with room for what a curve turns back between rounded extrema."""

ARC_ERROR = 2.0**-47
"""Of the start's coordinates and the arc's reach. An angle up to 3 pi in size is off by some 16
units of 2^-53, and so, relative to its length, is the step from the start."""


@dataclass(frozen=True, eq=False)
class Beziers:
    """Bezier curves, all as cubics: `(n, 4, 2)` control points."""

    controls: Floats

    @classmethod
    def of(cls, curves: Sequence[Line | Quadratic | Cubic]) -> Beziers:
        """Lower degrees are raised, which moves no point."""
        return cls(np.array([_raised(curve) for curve in curves]).reshape(-1, 4, 2))

    @cached_property
    def errors(self) -> Floats:
        """`(n,)`."""
        errors: Floats = BEZIER_ERROR * np.abs(self.controls).max(axis=(1, 2), initial=0)
        return errors

    @property
    def spans(self) -> Floats:
        """`(n,)` the parameter at each end."""
        return np.ones(len(self.controls))

    def at(self, curve: Ints, t: Floats) -> Floats:
        """`(m, 2)` the points of the given curves at the given parameters, both `(m,)`."""
        s = 1 - t
        weights = np.stack([s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t], axis=1)
        points: Floats = (weights[:, :, np.newaxis] * self.controls[curve]).sum(axis=1)
        return points

    def extrema(self, curve: int) -> list[float]:
        """The parameters, strictly between the ends, at which x or y is extreme; not sorted."""
        steps = np.diff(self.controls[curve], axis=0)
        return [t for axis in (0, 1) for t in _roots(*steps[:, axis].tolist()) if 0 < t < 1]

    @cached_property
    def bends(self) -> Floats:
        """`(n,)` bounds on the length of the second derivative."""
        second = 6 * np.diff(self.controls, n=2, axis=1)
        bends: Floats = np.hypot(second[..., 0], second[..., 1]).max(axis=1, initial=0)
        return bends

    def sagitta(self, curve: Ints, step: Floats) -> Floats:
        """How far curves leave their chords over steps of the parameter: `M step^2 / 8`."""
        return self.bends[curve] * step * step / 8


@dataclass(frozen=True, eq=False)
class Arcs:
    """Elliptic arcs."""

    arcs: tuple[CentredArc, ...]

    @cached_property
    def errors(self) -> Floats:
        """`(n,)`."""
        return np.array([ARC_ERROR * (max(map(abs, a.start)) + a.reach) for a in self.arcs])

    @property
    def spans(self) -> Floats:
        """`(n,)` the parameter at each end."""
        return np.array([arc.sweep for arc in self.arcs])

    def at(self, curve: Ints, t: Floats) -> Floats:
        """`(m, 2)` the points of the given curves at the given parameters, both `(m,)`.

        A chord of the unit circle is `2 sin(t / 2)` long and looks along the tangent half way. So
        a point is as near to the start as it should be, however large the ellipse is.
        """
        start, first, second, begin = self._arrays
        half = begin[curve] + t / 2
        across = -np.sin(half)[:, np.newaxis] * first[curve]
        along = np.cos(half)[:, np.newaxis] * second[curve]
        points: Floats = start[curve] + 2 * np.sin(t / 2)[:, np.newaxis] * (across + along)
        return points

    @cached_property
    def _arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        start, first, second = (
            np.array([getattr(arc, name) for arc in self.arcs]).reshape(-1, 2)
            for name in ("start", "first", "second")
        )
        return start, first, second, np.array([arc.begin for arc in self.arcs])

    def extrema(self, curve: int) -> list[float]:
        """The parameters, strictly between the ends, at which x or y is extreme; not sorted."""
        arc = self.arcs[curve]
        low, high = sorted((0.0, arc.sweep))
        found = []
        for axis in (0, 1):
            turn = math.atan2(arc.second[axis], arc.first[axis]) - arc.begin
            first = math.floor((low - turn) / math.pi)
            found += [turn + math.pi * n for n in range(first, first + 4)]
        return [t for t in found if low < t < high]

    def sagitta(self, curve: Ints, step: Floats) -> Floats:
        """How far curves leave their chords over steps of the parameter: `r (1 - cos(step / 2))`.

        The ellipse is a circle with its larger half-axis, shrunk along one direction; the larger
        half-axis is at most the length of both half-diameters together.
        """
        _, first, second, _ = self._arrays
        radius = np.hypot(np.hypot(*first.T), np.hypot(*second.T))
        sagitta: Floats = 2 * radius[curve] * np.sin(step / 4) ** 2
        return sagitta


Curves: TypeAlias = Beziers | Arcs


def _raised(curve: Line | Quadratic | Cubic) -> list[tuple[float, float]]:
    match curve:
        case Line((ax, ay), (bx, by)):
            first = (2 * ax + bx) / 3, (2 * ay + by) / 3
            return [curve.start, first, ((ax + 2 * bx) / 3, (ay + 2 * by) / 3), curve.end]
        case Quadratic((ax, ay), (cx, cy), (bx, by)):
            first = (ax + 2 * cx) / 3, (ay + 2 * cy) / 3
            return [curve.start, first, ((2 * cx + bx) / 3, (2 * cy + by) / 3), curve.end]
        case Cubic(start, first, second, end):
            return [start, first, second, end]


def _roots(a: float, b: float, c: float) -> list[float]:
    """Of `a (1-t)^2 + 2 b t (1-t) + c t^2`: `t / (1 - t)` is a root of `a + 2 b u + c u^2`."""
    discriminant = b * b - a * c
    if discriminant < 0:
        return []
    q = -(b + math.copysign(math.sqrt(discriminant), b))
    # The roots u are q / c and a / q; t = u / (1 + u).
    quotients = [(q, q + c), (a, a + q)]
    return [upper / lower for upper, lower in quotients if lower != 0]
