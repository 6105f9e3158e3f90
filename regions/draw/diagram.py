"""Diagrams of units: boxes with words, joined by wires with weights.

They are drawn on a panel whose units are points: `panels.add_plain`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regions.draw import style
from regions.draw.labels import Pair
from regions.draw.panels import Panel, add_path, add_word

BOX_HEIGHT = 19.0
CORNER = 3.5
"""Of a box, and the radius of its corners; all lengths are points."""

WEIGHT_PLACE = 0.28
"""Part of a wire after which its weight stands: near its input, where wires are apart."""

WIRE_HALO = 5.0
"""Around a weight, so that its wire does not strike it through."""

PLAIN = "white"
AND, OR, SUM = (style.REGION_COLORS[i] for i in (0, 4, 5))
"""Colours of boxes; their words tell them apart as well."""


@dataclass(frozen=True, slots=True)
class Box:
    """A unit.

    Attributes:
        center: Its middle.
        width: From side to side.
        text: What it says.
        color: Of its inside, which comes out pale.
    """

    center: Pair
    width: float
    text: str
    color: str = PLAIN


def add_box(panel: Panel, box: Box) -> None:
    """Draw a unit."""
    from matplotlib.patches import FancyBboxPatch

    x, y = box.center
    patch = FancyBboxPatch(
        (x - box.width / 2, y - BOX_HEIGHT / 2),
        box.width,
        BOX_HEIGHT,
        boxstyle=f"round,pad=0,rounding_size={CORNER}",
        facecolor=(box.color, style.REGION_ALPHA),
        edgecolor=style.TEXT_COLOR,
        linewidth=style.FRAME_WIDTH,
    )
    panel.ax.add_patch(patch).set_zorder(style.Z_ARROW)
    add_word(panel, np.array(box.center), box.text, style.TEXT_COLOR, style.KEY_SIZE, halo=0.0)


def add_wire(panel: Panel, start: Box, end: Box, weight: str = "") -> None:
    """From a unit to one on its right that reads it."""
    ends = np.array([start.center, end.center]) + np.array(
        [[start.width / 2, 0.0], [-end.width / 2, 0.0]]
    )
    add_path(panel, ends, style.QUIET_COLOR)
    place = ends[0] + WEIGHT_PLACE * (ends[1] - ends[0])
    add_word(panel, place, weight, style.NAME_COLOR, style.KEY_SIZE, halo=WIRE_HALO)


def add_stub(panel: Panel, box: Box, length: float) -> None:
    """A wire that leaves the picture on the right."""
    x, y = box.center
    start = x + box.width / 2
    add_path(panel, np.array([[start, y], [start + length, y]]), style.QUIET_COLOR)
