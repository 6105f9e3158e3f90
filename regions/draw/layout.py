"""Where everything stands on a figure's page: one calm stack, centred, whatever the window's shape.

        title
       subtitle
  +----------------+
y |      axes      |     as large as its aspect allows
  +----------------+
          x
         key
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regions.draw import style
from regions.draw.lines import Bounds
from regions.draw.text import fitted, text_size
from regions.draw.ticks import Ticks, ticks

PAGE = style.FIGURE_INCHES * style.POINTS_PER_INCH
EDGE = 10.0
"""Points kept free along the page's edge. All lengths below are points too."""

TITLE_GAP = 8.0
TITLE_LINE, SUBTITLE_LINE = 18.0, 14.0
X_TICKS, X_LABEL = 16.0, 16.0
Y_LABEL, Y_PAD = 18.0, 8.0
KEY_GAP, KEY_LINE = 4.0, 15.0
KEY_HANDLE, KEY_SPACE = 23.0, 14.0
"""Width of a key entry's sign, and the space between entries."""

SPACINGS = (46.0, 32.0, 22.0, 14.0)
"""Least distances of ticks, tried until an axis has two."""

TICK_SPACE = 8.0
"""Space between neighbouring labels of the x-axis."""


@dataclass(frozen=True)
class Layout:
    """A page, in points from its lower left corner.

    Attributes:
        window: What the axes show.
        scale: Points in one of the user's units.
        corner: Lower left corner of the axes.
        across: Ticks of the x-axis.
        upright: Ticks of the y-axis.
        titles: The lines above the axes, as they fit, with their sizes; the upper first.
        key_columns: Entries in one row of the key.
        key_width: The width of such a row.
    """

    window: Bounds
    scale: float
    corner: tuple[float, float]
    across: Ticks
    upright: Ticks
    titles: tuple[tuple[str, float], ...]
    key_columns: int
    key_width: float

    @classmethod
    def fit(
        cls, window: Bounds, title: str | None, subtitle: str | None, key: Sequence[str]
    ) -> Layout:
        """The largest axes that leave room for all else."""
        xmin, ymin, xmax, ymax = window
        titles = tuple(
            (fitted(text, size, PAGE - 2 * EDGE), size)
            for text, size in ((title, style.TITLE_SIZE), (subtitle, style.SUBTITLE_SIZE))
            if text
        )
        columns, width = key_table([text_size(label, style.KEY_SIZE)[0] for label in key])
        rows = math.ceil(len(key) / columns)
        above = EDGE + _titles_height(titles)
        below = EDGE + X_TICKS + X_LABEL + (KEY_GAP + rows * KEY_LINE if rows else 0.0)
        # The ticks' width decides on the scale and the scale on the ticks: two rounds settle it.
        left = right = 3 * EDGE
        for _ in range(2):
            free = (PAGE - left - right, PAGE - above - below)
            scale = min(free[0] / (xmax - xmin), free[1] / (ymax - ymin))
            across = x_ticks(xmin, xmax, scale)
            upright = y_ticks(ymin, ymax, scale)
            left = EDGE + Y_LABEL + _widest(upright) + Y_PAD
            right = EDGE + _widest(across) / 2
        free = (PAGE - left - right, PAGE - above - below)
        scale = min(free[0] / (xmax - xmin), free[1] / (ymax - ymin))
        corner = (
            left + (free[0] - scale * (xmax - xmin)) / 2,
            below + (free[1] - scale * (ymax - ymin)) / 2,
        )
        return cls(window, scale, corner, across, upright, titles, columns, width)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the axes."""
        xmin, ymin, xmax, ymax = self.window
        return self.scale * (xmax - xmin), self.scale * (ymax - ymin)

    @property
    def middle(self) -> float:
        """Where the axes' middle stands across the page."""
        return self.corner[0] + self.size[0] / 2

    @property
    def title_lines(self) -> Iterator[tuple[str, float, tuple[float, float]]]:
        """Each title with its size and the middle of its baseline."""
        top = self.corner[1] + self.size[1] + _titles_height(self.titles)
        for text, size in self.titles:
            top -= _line_height(size)
            yield text, size, (_on_page(self.middle, text_size(text, size)[0]), top)

    @property
    def key_top(self) -> tuple[float, float]:
        """The middle of the key's upper edge."""
        top = self.corner[1] - X_TICKS - X_LABEL - KEY_GAP
        return _on_page(self.middle, self.key_width), top


def _on_page(middle: float, width: float) -> float:
    """Centred over the axes as far as the page allows."""
    least = EDGE + width / 2
    return max(min(middle, PAGE - least), min(least, PAGE / 2))


def _line_height(size: float) -> float:
    return TITLE_LINE if size == style.TITLE_SIZE else SUBTITLE_LINE


def _titles_height(titles: Sequence[tuple[str, float]]) -> float:
    return sum(_line_height(size) for _, size in titles) + (TITLE_GAP if titles else 0.0)


def key_table(widths: Sequence[float]) -> tuple[int, float]:
    """Columns and width of the key: all entries in a row if they fit, else as a table."""
    cells = [KEY_HANDLE + width + KEY_SPACE for width in widths]
    free = PAGE - 2 * EDGE + KEY_SPACE
    if sum(cells) <= free:
        return max(1, len(cells)), sum(cells) - KEY_SPACE
    columns = max(1, int(free / max(cells)))
    return columns, columns * max(cells) - KEY_SPACE


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
