"""Where everything stands on a figure's page: one calm stack, centred, whatever the window's shape.

        title
       subtitle
  +----------------+
y |      axes      |     as large as its aspect allows
  +----------------+
          x
         key

On a page wider than high the words stand beside the axes, where that leaves these more room.

  +----------------+  title
y |      axes      |  subtitle
  +----------------+
          x           key
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from regions.draw import style
from regions.draw.axes import X_LABEL, X_TICKS, Axes, fitting_axes
from regions.draw.labels import Pair
from regions.draw.lines import Bounds
from regions.draw.text import drawable, fitted, text_size
from regions.draw.wrap import wrapped

PAGE = style.FIGURE_INCHES * style.POINTS_PER_INCH
"""Width and height of a page unless another is asked for."""

EDGE = 10.0
"""Points kept free along the page's edge. All lengths below are points too."""

TITLE_GAP = 8.0
TITLE_LINE, SUBTITLE_LINE = 18.0, 14.0
KEY_GAP, KEY_LINE = 4.0, 15.0
KEY_HANDLE, KEY_SPACE = 23.0, 14.0
"""Width of a key entry's sign, and the space between entries."""

COLUMN_GAP, LEAST_COLUMN, MOST_COLUMN = 14.0, 90.0, 190.0
"""From the axes to words beside them, and the width of these words."""

BASELINE = 4.0
"""From the foot of a line of words beside the axes to its baseline."""

MOST_TITLE, MOST_SUBTITLE = 2, 4
"""Lines that title and subtitle may take beside the axes."""

Side: TypeAlias = Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words: the left end or the middle of its baseline stands at a point."""

    text: str
    size: float
    at: Pair
    side: Side


@dataclass(frozen=True, slots=True)
class Key:
    """Where the key hangs: the left end or the middle of its upper edge."""

    at: Pair
    side: Side
    columns: int


@dataclass(frozen=True)
class Layout:
    """A page.

    Attributes:
        page: Its width and height in points.
        axes: What shows the window.
        lines: Title and subtitle, as they fit.
        key: Where the key stands.
    """

    page: Pair
    axes: Axes
    lines: tuple[Line, ...]
    key: Key

    @classmethod
    def fit(
        cls, page: Pair, window: Bounds, title: str | None, subtitle: str | None, key: Sequence[str]
    ) -> Layout:
        """The largest axes that leave room for all else."""
        titles = [
            (drawable(text), size)
            for text, size in ((title, style.TITLE_SIZE), (subtitle, style.SUBTITLE_SIZE))
            if text
        ]
        widths = [text_size(label, style.KEY_SIZE)[0] for label in key]
        stacked = _stacked(page, window, titles, widths)
        beside = _beside(page, window, titles, widths) if page[0] > page[1] else None
        return beside if beside and beside.axes.scale > stacked.axes.scale else stacked


def _stacked(
    page: Pair, window: Bounds, titles: Sequence[tuple[str, float]], widths: Sequence[float]
) -> Layout:
    """Titles above the axes, the key below."""
    texts = [(fitted(text, size, page[0] - 2 * EDGE), size) for text, size in titles]
    columns, width = key_table(widths, page[0])
    rows = math.ceil(len(widths) / columns)
    above = EDGE + _titles_height(texts)
    below = EDGE + (KEY_GAP + rows * KEY_LINE if rows else 0.0)
    axes = fitting_axes(window, (EDGE, below, page[0] - EDGE, page[1] - above))
    level = axes.corner[1] + axes.size[1] + _titles_height(texts)
    lines = []
    for text, size in texts:
        level -= _line_height(size)
        middle = _on_page(axes.middle, text_size(text, size)[0], page[0])
        lines.append(Line(text, size, (middle, level), "center"))
    top = axes.corner[1] - X_TICKS - X_LABEL - KEY_GAP
    key = Key((_on_page(axes.middle, width, page[0]), top), "center", columns)
    return Layout(page, axes, tuple(lines), key)


def _beside(
    page: Pair, window: Bounds, titles: Sequence[tuple[str, float]], widths: Sequence[float]
) -> Layout | None:
    """Titles and key to the right of the axes; None where they are too many."""
    wishes = [text_size(text, size)[0] for text, size in titles]
    wishes += [KEY_HANDLE + width for width in widths]
    column = min(max(wishes, default=0.0), MOST_COLUMN)
    column = max(column, LEAST_COLUMN, *(KEY_HANDLE + width for width in widths))
    texts = [
        (line, size)
        for text, size in titles
        for line in wrapped(
            text, size, column, MOST_TITLE if size == style.TITLE_SIZE else MOST_SUBTITLE
        )
    ]
    height = _titles_height(texts) + len(widths) * KEY_LINE
    if height > page[1] - 2 * EDGE:
        return None
    right = page[0] - EDGE - column - COLUMN_GAP
    axes = fitting_axes(window, (EDGE, EDGE, right, page[1] - EDGE))
    # Axes and words are centred together.
    left = axes.corner[0] + axes.size[0] + COLUMN_GAP
    level = axes.corner[1] + axes.size[1]
    level = min(max(level, EDGE + height), page[1] - EDGE)
    lines = []
    for text, size in texts:
        level -= _line_height(size)
        lines.append(Line(text, size, (left, level + BASELINE), "left"))
    key = Key((left, level - TITLE_GAP), "left", 1)
    return Layout(page, axes, tuple(lines), key)


def _on_page(middle: float, width: float, page: float) -> float:
    """Centred over the axes as far as the page allows."""
    least = EDGE + width / 2
    return max(min(middle, page - least), min(least, page / 2))


def _line_height(size: float) -> float:
    return TITLE_LINE if size == style.TITLE_SIZE else SUBTITLE_LINE


def _titles_height(titles: Sequence[tuple[str, float]]) -> float:
    return sum(_line_height(size) for _, size in titles) + (TITLE_GAP if titles else 0.0)


def key_table(widths: Sequence[float], page: float) -> tuple[int, float]:
    """Columns and width of the key: all entries in a row if they fit, else as a table."""
    cells = [KEY_HANDLE + width + KEY_SPACE for width in widths]
    free = page - 2 * EDGE + KEY_SPACE
    if sum(cells) <= free:
        return max(1, len(cells)), sum(cells) - KEY_SPACE
    columns = max(1, int(free / max(cells)))
    return columns, columns * max(cells) - KEY_SPACE
