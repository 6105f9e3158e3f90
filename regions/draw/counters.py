"""Counters on a picture: discs and rings with a letter, or small ones with a letter beside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

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
TURNS = (0, 25, -25, 50, -50, 80, -80, 110, -110, 145, -145, 180)
"""Where a letter beside its point is tried: how far away, in points, and in degrees from where it
should go."""


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


def beside(
    point: Pair,
    heading: Pair,
    taken: Sequence[Box],
    size: Size,
    claim: Callable[[Pair], Box],
    off: Callable[[Box], bool],
) -> Pair | None:
    """Where a counter goes that has no room on its own point; None if there is no such place.

    Args:
        point: On the canvas.
        heading: Direction in which it goes if it can.
        taken: What neither the counter nor its leader may cover.
        size: Of the canvas.
        claim: What the counter covers at a place.
        off: Whether a place is a bad one, taken only where there is no other.
    """
    others = [box for box in taken if box.center != point]
    found = []
    for place in _around(point, heading):
        box, leader = claim(place), np.array([[point, place]])
        free = box.within(size, 0.0) and not any(map(box.overlaps, taken))
        if free and not any(other.crossed_by(leader)[0] for other in others):
            if not off(box):
                return place
            found.append(place)
    return found[0] if found else None


def _around(point: Pair, heading: Pair) -> Iterator[Pair]:
    """The places that are tried, the nearest first."""
    along = math.degrees(math.atan2(heading[1], heading[0]))
    level = -1 if heading[0] > 0 else 1  # Turns are tried towards the level side first.
    for away in DISTANCES:
        for turn in TURNS:
            angle = math.radians(along + level * turn)
            yield point[0] + away * math.cos(angle), point[1] + away * math.sin(angle)


def counter_box(place: Pair, diameter: float = COUNTER) -> Box:
    """What a counter covers, with some room around it."""
    return Box(place, ((diameter + ROOM) / 2, (diameter + ROOM) / 2), (1.0, 0.0))
