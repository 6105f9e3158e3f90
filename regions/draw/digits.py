"""What separators say in a cell, as digits: 1 in a unit's colour, 0 in a quiet one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from regions.draw import style
from regions.draw.labels import Pair
from regions.draw.palette import unit_color
from regions.draw.panels import Panel

ADVANCE, DIGIT_LINE = 5.9, 9.5
"""From a digit to the next, and from a row of digits to the next, in points."""


def digits_size(count: int, row: int) -> Pair:
    """Width and height of so many digits, `row` of them side by side."""
    return ADVANCE * min(row, count), DIGIT_LINE * math.ceil(count / row)


def add_digits(panel: Panel, middle: Pair, fires: Sequence[bool], row: int) -> None:
    """Draw a digit for each separator around a point of the canvas, `row` of them side by side."""
    width, height = digits_size(len(fires), row)
    for i, fired in enumerate(fires):
        across, down = (i % row + 0.5) * ADVANCE, (i // row + 0.5) * DIGIT_LINE
        at = np.array([middle[0] - width / 2 + across, middle[1] + height / 2 - down])
        x, y = panel.view.to_window(at).tolist()
        panel.ax.text(
            x,
            y,
            "1" if fired else "0",
            size=style.NAME_SIZE,
            color=unit_color(i) if fired else style.QUIET_COLOR,
            weight="bold" if fired else "normal",
            ha="center",
            va="center_baseline",
            zorder=style.Z_NAME,
            **style.TEXT,
        )
