"""Counters on a picture: discs and rings with a letter, or small ones with a letter beside."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from regions.draw import style
from regions.draw.boxes import Box
from regions.draw.labels import Pair, Size
from regions.draw.panels import Panel, add_path

COUNTER = 14.0
"""Diameter in points: a letter of 8 points, or a letter and a digit, fits in."""

DOT = 5.0
"""Diameter of a counter without its letter."""

RIM, ROOM = 1.2, 2.0
"""Width of a ring, and points that are kept free around a counter."""

DISTANCES = (15.0, 21.0, 28.0, 36.0, 45.0)
ANGLES = (45, 135, 315, 225, 90, 0, 180, 270)
"""Where a letter beside its point is tried, in points and degrees."""


def add_counter(panel: Panel, point: Pair, letter: str, hollow: bool) -> None:
    """A disc with a letter, or a ring; a small one where there is no letter.

    Args:
        panel: Where it lies.
        point: In the panel's window.
        letter: One or two letters; may be empty.
        hollow: Whether it is a ring.
    """
    ink, paper = style.TEXT_COLOR, style.HALO_COLOR
    panel.ax.plot(
        [point[0]],
        [point[1]],
        linestyle="none",
        marker="o",
        markersize=COUNTER if letter else DOT,
        markerfacecolor=paper if hollow else ink,
        markeredgecolor=ink if hollow else paper,
        markeredgewidth=RIM,
        clip_on=False,
        scalex=False,
        scaley=False,
        zorder=style.Z_MARK,
    )
    if letter:
        text = panel.ax.annotate(
            letter,
            xy=point,
            xytext=(0.0, 0.0),
            textcoords="offset points",
            ha="center",
            va="center_baseline",
            size=style.NAME_SIZE,
            color=ink if hollow else paper,
            **style.TEXT,
        )
        text.set_zorder(style.Z_MARK + 1)


def add_leader(panel: Panel, start: Pair, end: Pair) -> None:
    """A thin line from a small counter to the large one that names it."""
    add_path(panel, np.array([start, end]), style.TEXT_COLOR, style.FRAME_WIDTH)


def beside(point: Pair, taken: Sequence[Box], size: Size) -> Pair | None:
    """The nearest place for a counter that has no room on its own point; None if there is none.

    Args:
        point: On the canvas.
        taken: What it must not cover.
        size: Of the canvas.
    """
    for away in DISTANCES:
        for angle in ANGLES:
            x = point[0] + away * math.cos(math.radians(angle))
            y = point[1] + away * math.sin(math.radians(angle))
            box = counter_box((x, y))
            if box.within(size, 0.0) and not any(map(box.overlaps, taken)):
                return x, y
    return None


def counter_box(place: Pair, diameter: float = COUNTER) -> Box:
    """What a counter covers, with some room around it."""
    return Box(place, ((diameter + ROOM) / 2, (diameter + ROOM) / 2), (1.0, 0.0))
