"""The diagram of a network on a sheet: titles above it, and a key in words below."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from regions.draw import style
from regions.draw.media import Medium
from regions.draw.panels import ROW, add_plain, sheet, write
from regions.draw.text import fitted
from regions.draw.wiring.chart import chart
from regions.draw.wiring.drawing import HEAD_LINE, Drawing
from regions.draw.wiring.grouping import by_layer, by_name, single
from regions.draw.wiring.measure import SMALL
from regions.draw.wiring.model import Chart
from regions.draw.wiring.place import planned
from regions.draw.wrap import wrapped
from regions.network.model import Network

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BOXES = 64
"""Units that are all drawn one by one."""

FEWER_BOXES = (48, 36, 26, 18, 12, 8)
"""Boxes of a diagram that puts units in groups, tried in turn until it fits."""

MOST_COLUMNS = 4
"""Of gates, where layers are put together."""

WIDEST, HIGHEST = 864.0, 1100.0
"""A sheet of print; all lengths are points."""

HIGHEST_WIRED = 560.0
"""Of the diagram with all weights on wires: more of them are not followed by an eye."""

EDGE, TOP, BOTTOM = 16.0, 8.0, 6.0
"""Kept free left and right, above, and below."""

TITLE_LINE, SUBTITLE_LINE, BELOW_TITLES = 18.0, 14.0, 8.0
ABOVE_KEY, KEY_LINE = 8.0, 11.0

SET = 0.97
"""Letters are set to whole dots, which makes a line up to 3 percent longer than measured."""


def network_figure(network: Network, medium: Medium, title: str, subtitle: str) -> Figure:
    """The diagram of a network, its units in groups where they are too many for the sheet.

    Args:
        network: Of any size.
        medium: What the picture is for.
        title: Above it.
        subtitle: Below the title.
    """
    for drawn in charts(network):
        page = _Page(drawn, medium, title, subtitle)
        if page.fits:
            break
    return page.figure()


def charts(network: Network) -> Iterator[Chart]:
    """From what tells most to what fits anywhere."""
    if network.size <= MOST_BOXES:
        for wired, flat in ((True, False), (True, True), (False, True)):
            yield chart(network, single(network), wired, flat)
    limits = [limit for limit in FEWER_BOXES if limit < network.size]
    for found in by_name(network, limits):
        yield chart(network, found, wired=False, flat=False)
    for columns in range(MOST_COLUMNS, 0, -1):
        yield chart(network, by_layer(network, columns), wired=False, flat=False)


class _Page:
    """A chart on a sheet."""

    def __init__(self, drawn: Chart, medium: Medium, title: str, subtitle: str) -> None:
        self.chart, self.medium = drawn, medium
        self.title = title
        self.subtitle = "; ".join(filter(None, (subtitle, drawn.summary)))
        self.plan = planned(drawn)
        self.width = medium.width
        if medium.height is None:
            self.width = min(max(medium.width, self.plan.wide + 2 * EDGE), WIDEST)
        self.key = self._key()
        self.above = TOP + TITLE_LINE + SUBTITLE_LINE + BELOW_TITLES + HEAD_LINE
        self.below = ABOVE_KEY + KEY_LINE * len(self.key) + BOTTOM

    @property
    def fits(self) -> bool:
        """Whether it can be drawn on the sheet as it should."""
        wide = self.plan.width + 2 * EDGE
        return wide <= self.width and self.plan.height <= self._highest()

    def _highest(self) -> float:
        if self.medium.height is not None:
            return self.medium.height - self.above - self.below
        return HIGHEST_WIRED if self.chart.wired else HIGHEST

    def _key(self) -> list[str]:
        """A line for each note, or all in a row where height is short."""
        free = SET * (self.width - 2 * EDGE)
        if self.medium.height is None:
            return [line for note in self.chart.notes for line in wrapped(note, SMALL, free)]
        return wrapped(" • ".join(self.chart.notes), SMALL, free)

    def figure(self) -> Figure:
        """Everything drawn."""
        free = None if self.medium.height is None else self._highest()
        layout = self.plan.layout(self.width - 2 * EDGE, free)
        content = self.above + layout.size[1] + self.below
        high = self.medium.height or ROW * math.ceil(content / ROW)
        figure = sheet(high / ROW, self.width)
        with style.context():
            left = (self.width - layout.size[0]) / 2
            top = high - self.above - (high - content) / 2
            Drawing(add_plain(figure), layout, (left, top)).draw()
            self._write(figure, high)
        return figure

    def _write(self, figure: Figure, high: float) -> None:
        free, middle = SET * (self.width - 2 * EDGE), self.width / 2
        level = high - TOP - style.TITLE_SIZE + 2.0
        for text, size, color in (
            (self.title, style.TITLE_SIZE, style.TEXT_COLOR),
            (self.subtitle, style.SUBTITLE_SIZE, style.QUIET_COLOR),
        ):
            write(figure, (middle, level), fitted(text, size, free), size, color)
            level -= SUBTITLE_LINE + 1.0
        level = self.below - ABOVE_KEY - SMALL
        for line in self.key:
            write(figure, (EDGE, level), line, SMALL, style.QUIET_COLOR, "left")
            level -= KEY_LINE
