"""Curves as polygons: fine where a window shows them, coarse elsewhere."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.shape.model import Bounds, Pair

Floats = NDArray[np.float64]

FIRST_SEGMENTS = 16

FINEST = 2.0**-18
"""Part of the larger half-axis: about 1,100 corners, whose polygon lacks 5e-6 of the area."""

CORNER_ROUNDING = 2.0**-50
"""Of the largest coordinate: what sine, cosine and the sums cost a corner."""

LEVELS = 40
"""Halvings of a segment; a curve 2^80 times as large as the tolerance would need more."""


def flattened_ellipse(
    center: Pair,
    radii: Pair,
    angle: float,
    window: Bounds,
    tolerance: float,
    finest: float = FINEST,
) -> tuple[shapely.Polygon, float]:
    """A polygon with corners on an ellipse, and how far it may miss the curve in the window.

    The arc of a circle of radius r over a step t lies within the sagitta `r (1 - cos(t / 2))` of
    its chord. An ellipse is that circle, with the larger half-axis, shrunk along one axis, which
    moves no point further from the image of its chord. Segments that could meet the window are
    halved until the sagitta is at most the tolerance; the others stay, whatever their length.

    Args:
        center: Of the ellipse.
        radii: Half-axes.
        angle: Of the first half-axis, in degrees.
        window: Where the polygon has to be near the curve.
        tolerance: Largest allowed sagitta, in the user's units.
        finest: The same as a part of the larger half-axis.
    """
    largest = max(radii)
    tolerance = min(tolerance, finest * largest)
    step = 2 * math.pi / FIRST_SEGMENTS
    begin: Floats = step * np.arange(FIRST_SEGMENTS, dtype=np.float64)
    done: list[Floats] = []
    for _ in range(LEVELS):
        sagitta = 2 * largest * math.sin(step / 4) ** 2
        start = _points(center, radii, angle, begin)
        end = _points(center, radii, angle, begin + step)
        near = meets(window, start, end, sagitta)
        done.append(begin[~near])
        begin = begin[near]
        if sagitta <= tolerance or len(begin) == 0:
            break
        step /= 2
        begin = np.concatenate([begin, begin + step])
    corners = _points(center, radii, angle, np.sort(np.concatenate([*done, begin])))
    error = sagitta if len(begin) else 0.0
    return shapely.Polygon(corners), error + CORNER_ROUNDING * (largest + max(map(abs, center)))


def _points(center: Pair, radii: Pair, angle: float, turn: Floats) -> Floats:
    """`(n, 2)` points of the ellipse at parameters of its unit circle."""
    p, q = radii[0] * np.cos(turn), radii[1] * np.sin(turn)
    lean = math.radians(math.fmod(angle, 360.0))
    cosine, sine = math.cos(lean), math.sin(lean)
    return np.stack([center[0] + p * cosine - q * sine, center[1] + p * sine + q * cosine], axis=1)


def meets(window: Bounds, start: Floats, end: Floats, sagitta: float | Floats) -> NDArray[np.bool_]:
    """Whether the disc about each chord that also holds its arc reaches into the window."""
    middle = (start + end) / 2
    reach = np.hypot(*(end - start).T) / 2 + sagitta
    nearest = np.clip(middle, window[:2], window[2:])
    meets: NDArray[np.bool_] = np.hypot(*(middle - nearest).T) <= reach
    return meets
