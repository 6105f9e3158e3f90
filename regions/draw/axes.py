"""The largest axes with ticks and labels that a part of a page has room for."""

from __future__ import annotations

from dataclasses import dataclass

from regions.draw import style
from regions.draw.labels import Pair
from regions.draw.lines import Bounds
from regions.draw.text import text_size
from regions.draw.ticks import Ticks, ticks

X_TICKS, X_LABEL = 16.0, 16.0
Y_LABEL, Y_PAD = 18.0, 8.0
"""Points that ticks and labels take."""

WORDS = 20.0
"""Points left and right of axes whose ticks are not known yet."""

SPACINGS = (46.0, 32.0, 22.0, 14.0)
"""Least distances of ticks, tried until an axis has two."""

TICK_SPACE = 8.0
"""Space between neighbouring labels of the x-axis."""


@dataclass(frozen=True)
class Axes:
    """Axes over a window, in points from the page's lower left corner.

    Attributes:
        scale: Points in one of the user's units.
        corner: Lower left corner.
        size: Width and height.
        across: Ticks of the x-axis.
        upright: Ticks of the y-axis.
    """

    scale: float
    corner: Pair
    size: Pair
    across: Ticks
    upright: Ticks

    @property
    def middle(self) -> float:
        """Where their middle stands across the page."""
        return self.corner[0] + self.size[0] / 2


def fitting_axes(window: Bounds, room: Bounds) -> Axes:
    """The largest axes in a part of the page, together with their ticks and labels."""
    xmin, ymin, xmax, ymax = window
    bottom = room[1] + X_TICKS + X_LABEL
    # The ticks' width decides on the scale and the scale on the ticks: two rounds settle it.
    left, right = room[0] + WORDS, room[2] - WORDS
    for _ in range(2):
        scale = min((right - left) / (xmax - xmin), (room[3] - bottom) / (ymax - ymin))
        across = x_ticks(xmin, xmax, scale)
        upright = y_ticks(ymin, ymax, scale)
        left = room[0] + Y_LABEL + _widest(upright) + Y_PAD
        right = room[2] - _widest(across) / 2
    scale = min((right - left) / (xmax - xmin), (room[3] - bottom) / (ymax - ymin))
    size = scale * (xmax - xmin), scale * (ymax - ymin)
    corner = (
        left + (right - left - size[0]) / 2,
        bottom + (room[3] - bottom - size[1]) / 2,
    )
    return Axes(scale, corner, size, across, upright)


def x_ticks(low: float, high: float, scale: float) -> Ticks:
    """Ticks whose labels stand clear of each other in a row."""
    found = _two_ticks("x", low, high, scale)
    while len(found.positions) > 1:
        step = (found.positions[1] - found.positions[0]) * scale
        if _widest(found) + TICK_SPACE <= step:
            break
        found = ticks("x", low, high, 1.01 * step / scale)
    return found


def y_ticks(low: float, high: float, scale: float) -> Ticks:
    """Ticks of the y-axis, where labels stand above each other."""
    return _two_ticks("y", low, high, scale)


def _two_ticks(name: str, low: float, high: float, scale: float) -> Ticks:
    for spacing in SPACINGS:
        found = ticks(name, low, high, spacing / scale)
        if len(found.positions) > 1:
            break
    return found


def _widest(marks: Ticks) -> float:
    return max((text_size(label, style.TICK_SIZE)[0] for label in marks.labels), default=0.0)
