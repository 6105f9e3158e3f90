"""The story of a network on one page: spec, shape, lines, network, and what comes out.

+---------+---------+---------+       On a slide:
| 1 spec  | 2 shape | 3 lines |
+---------+---------+---------+       +---------+---------+--------+
| 4 network                   |       | 1 spec  | 2 shape | 3 lines|
+---------+---------+---------+       +---------+---------+--------+
| 5 sum   | 6 result|  words  |       | 4 network         | 5 result
+---------+---------+---------+       +-------------------+--------+
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, style
from regions.draw.geometry import add_geometry
from regions.draw.media import Medium
from regions.draw.outline import outline_paths
from regions.draw.palette import unit_color
from regions.draw.panels import ROW, Panel, add_panel, add_plain, sheet, write
from regions.draw.rasters import sums
from regions.draw.region import draw_lines
from regions.draw.shades import add_shades
from regions.draw.text import drawable, fitted, without_shared_prefix
from regions.draw.wiring import Inset, inset
from regions.draw.wrap import wrapped
from regions.network.model import Network
from regions.network.raster import Grid, rasterize
from regions.network.words import gate_words
from regions.story.source import shape_lines
from regions.text.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from regions.story.views import Subject

EDGE, BETWEEN = 18.0, 16.0
"""Kept free around the page, and between its parts. All lengths are points."""

TITLE, ABOUT, BELOW_TITLES = 19.0, 13.0, 12.0
HEAD = 16.0
COLUMNS = 3

PICTURE = 158.0
"""Height of a picture in print."""

LEAST_WORDS = 140.0
"""Height of the words beside the last pictures."""

MOST_DIAGRAM = 250.0
"""Height of the diagram in print."""

LETTERS, LINE = style.NAME_SIZE, 10.8
"""Size of small words, and from one line of them to the next."""

MONO_WIDTH = 0.603
"""Of a letter of the font for the spec, in letter sizes."""

SAMPLES = 360
"""Pixels along a picture's longer side."""

NAMED_FROM = 110.0
"""Width and height of a picture that has room for names."""

SQUARE = 1.0
"""Width of a slide's last picture, in its heights."""

LISTED = 12
"""Literals of a gate's words."""


@dataclass(frozen=True)
class Cell:
    """A part of the page, from its lower left corner.

    Attributes:
        left: Its left side.
        bottom: Its lower side.
        width: From left to right.
        height: From below to above, its head included.
    """

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Where its content begins, below the head."""
        return self.bottom + self.height - HEAD

    @property
    def free(self) -> float:
        """Height of its content."""
        return self.height - HEAD


def story(subject: Subject, medium: Medium) -> Figure:
    """Everything on one page; see the head of this file.

    Args:
        subject: Spec, network and raster check.
        medium: On a slide the page is 480 x 270 points, in print as high as the diagram demands.
    """
    with style.context():
        page = _slide(subject, medium) if medium.height else _print(subject, medium)
    return page.figure


@dataclass(frozen=True, eq=False)
class _Page:
    """A figure that parts are put on, and what all of them show."""

    subject: Subject
    figure: Figure

    @property
    def network(self) -> Network:
        return self.subject.network

    def titles(self, width: float, top: float, about: bool) -> None:
        """Name and, where there is room, what the spec says about it."""
        spec = self.subject.spec
        name = fitted(spec.name, style.TITLE_SIZE, width)
        write(
            self.figure, (EDGE, top - TITLE + 4), name, style.TITLE_SIZE, style.TEXT_COLOR, "left"
        )
        if about:
            said = wrapped(spec.about, style.SUBTITLE_SIZE, width, 1)
            for text in said:
                low = top - TITLE - ABOUT + 4
                write(self.figure, (EDGE, low), text, style.SUBTITLE_SIZE, side="left")

    def head(self, cell: Cell, text: str) -> None:
        """The line above a cell's content."""
        at = cell.left, cell.top + 5
        write(self.figure, at, text, style.AXIS_SIZE, style.TEXT_COLOR, "left")

    def picture(self, cell: Cell) -> Panel:
        """A panel over the window, as large as the cell allows, at its left and top."""
        xmin, ymin, xmax, ymax = self.subject.spec.window
        scale = min(cell.width / (xmax - xmin), cell.free / (ymax - ymin))
        high = scale * (ymax - ymin)
        return add_panel(self.figure, (cell.left, cell.top - high), scale, self.subject.spec.window)

    def spec(self, cell: Cell) -> None:
        """What the author wrote."""
        self.head(cell, "1. The spec")
        room = max(1, int(cell.free / LINE))
        letters = int(cell.width / (MONO_WIDTH * LETTERS))
        found = shape_lines(self.subject.text)
        shown = found if len(found) <= room else [*found[: room - 1], "..."]
        width, height = self.figure.get_size_inches() * style.POINTS_PER_INCH
        for row, text in enumerate(shown):
            indent = len(text) - len(text.lstrip())
            cut = text if len(text) <= letters else f"{text[: letters - 3]}..."
            self.figure.text(
                (cell.left + indent * MONO_WIDTH * LETTERS) / width,
                (cell.top - (row + 0.8) * LINE) / height,
                drawable(cut),
                size=LETTERS,
                color=style.TEXT_COLOR,
                **{**style.TEXT, "family": style.MONO},
            )

    def shape(self, cell: Cell) -> None:
        """What it means."""
        self.head(cell, "2. The shape")
        add_geometry(self.picture(cell).ax, self.subject.outline, self.subject.spec.window)

    def lines(self, cell: Cell) -> None:
        """The separators."""
        kind = "Lines" if len(self.network.features) == 2 else "Lines and curves"
        self.head(cell, f"3. {kind}: {self.network.n_separators:,}")
        panel = self.picture(cell)
        draw_lines(panel.ax, self.network, panel.view, named=min(panel.view.size) >= NAMED_FROM)
        _keep_window(panel)

    def sum(self, cell: Cell) -> None:
        """What the output's unit adds up, point by point."""
        self.head(cell, "5. Output's sum: blue from 0 up")
        panel = self.picture(cell)
        grid = Grid.fitting(self.subject.spec.window, SAMPLES)
        add_shades(panel, grid, sums(self.network, [self.network.output().unit], grid)[0])
        _keep_window(panel)

    def diagram(self, cell: Cell, drawn: Inset) -> None:
        """Boxes and wires."""
        self.head(cell, f"4. The network: {counted(self.network.size, 'unit')}")
        drawn.draw(add_plain(self.figure), (cell.left, cell.top), (cell.width, cell.free))

    def result(self, cell: Cell, number: int) -> None:
        """Where the network fires."""
        self.head(cell, f"{number}. The result")
        panel = self.picture(cell)
        grid = Grid.fitting(self.subject.spec.window, SAMPLES)
        artists.add_region(panel.ax, grid, rasterize(self.network, grid).astype(np.int32) - 1)
        artists.add_outline(panel.ax, outline_paths(self.subject.outline, self.subject.spec.window))
        _keep_window(panel)

    def words(self, cell: Cell) -> None:
        """The gates in words, each in its colour, then the check."""
        check = [
            (line, style.QUIET_COLOR)
            for text in _verdict(self.subject)
            for line in wrapped(text, LETTERS, cell.width, 4)
        ]
        room = int(cell.height / LINE) - len(check) - 1
        lines = [*_formula(self.network, cell.width, room), ("", style.QUIET_COLOR), *check]
        for row, (text, color) in enumerate(lines):
            low = cell.bottom + cell.height - (row + 0.8) * LINE
            write(self.figure, (cell.left, low), text, LETTERS, color, "left")


def _print(subject: Subject, medium: Medium) -> _Page:
    """Three rows; the page is as high as its diagram demands."""
    free = medium.width - 2 * EDGE
    across = (free - (COLUMNS - 1) * BETWEEN) / COLUMNS
    xmin, ymin, xmax, ymax = subject.spec.window
    high = min(PICTURE, across * (ymax - ymin) / (xmax - xmin))
    upper = HEAD + max(high, min(PICTURE, len(shape_lines(subject.text)) * LINE))
    lower = HEAD + max(high, LEAST_WORDS)
    drawn = inset(subject.network, (free, MOST_DIAGRAM))
    tall = HEAD + drawn.size[1]
    above = EDGE + TITLE + ABOUT + BELOW_TITLES
    height = ROW * math.ceil((above + upper + tall + lower + 2 * BETWEEN + EDGE) / ROW)
    page = _Page(subject, sheet(height / ROW, medium.width))
    page.titles(free, height - EDGE, about=True)
    left = [EDGE + i * (across + BETWEEN) for i in range(COLUMNS)]
    low = height - above - upper
    page.spec(Cell(left[0], low, across, upper))
    page.shape(Cell(left[1], low, across, upper))
    page.lines(Cell(left[2], low, across, upper))
    low -= tall + BETWEEN
    page.diagram(Cell(EDGE, low, free, tall), drawn)
    low -= lower + BETWEEN
    page.sum(Cell(left[0], low, across, lower))
    page.result(Cell(left[1], low, across, lower), 6)
    page.words(Cell(left[2], low, across, lower))
    return page


def _slide(subject: Subject, medium: Medium) -> _Page:
    """Two rows on a page of fixed size."""
    assert medium.height is not None
    free = medium.width - 2 * EDGE
    page = _Page(subject, sheet(medium.height / ROW, medium.width))
    page.titles(free, medium.height - EDGE / 2, about=False)
    across = (free - (COLUMNS - 1) * BETWEEN) / COLUMNS
    row = (medium.height - EDGE / 2 - TITLE - EDGE - BETWEEN) / 2
    left = [EDGE + i * (across + BETWEEN) for i in range(COLUMNS)]
    low = EDGE + row + BETWEEN / 2
    page.spec(Cell(left[0], low, across, row))
    page.shape(Cell(left[1], low, across, row))
    page.lines(Cell(left[2], low, across, row))
    side = (row - HEAD) * SQUARE
    cell = Cell(EDGE, EDGE, free - side - BETWEEN, row)
    page.diagram(cell, inset(subject.network, (cell.width, cell.free)))
    page.result(Cell(EDGE + free - side, EDGE, side, row), 5)
    return page


def _keep_window(panel: Panel) -> None:
    """Images and lines have changed the limits."""
    xmin, ymin, xmax, ymax = panel.view.window
    panel.ax.set(xlim=(xmin, xmax), ylim=(ymin, ymax))


def _formula(network: Network, width: float, most: int) -> list[tuple[str, str]]:
    """Each gate in words, in its colour; what does not fit is counted."""
    names = without_shared_prefix([network.names[i] for i in range(network.size)])
    lines: list[tuple[str, str]] = []
    for gate in range(network.n_gates):
        unit = network.n_separators + gate
        words = f"{names[unit]} = {gate_words(network, gate, names=names, limit=LISTED)}"
        own = [(line, unit_color(unit)) for line in wrapped(words, LETTERS, width, 3)]
        if len(lines) + len(own) > most - (gate < network.n_gates - 1):
            left = counted(network.n_gates - gate, "more gate" if lines else "gate")
            return [*lines, (f"and {left}" if lines else left, style.QUIET_COLOR)]
        lines += own
    return lines or [("no gate is needed", style.QUIET_COLOR)]


def _verdict(subject: Subject) -> Iterator[str]:
    network, report, made = subject.network, subject.report, subject.made
    kinds = (network.n_separators, "separator"), (network.n_gates, "gate")
    parts = " and ".join(counted(number, noun) for number, noun in kinds if number)
    how = f", by the strategy {made.strategy}" if made else ""
    yield f"{counted(network.size, 'unit')}: {parts}, in {counted(network.depth, 'layer')}{how}."
    yield (
        f"Compared with Shapely at {report.pixels:,} points: {report.agreement}, "
        f"{report.mismatched:,} differ, {report.band:,} lie on the border as far as doubles tell."
    )
    expect = subject.spec.expect
    points = len(expect.inside) + len(expect.outside)
    if points:
        wrong = len(report.failures)
        yield (
            f"What the spec expects holds: {counted(points, 'point')}"
            f"{' and the area' if expect.area is not None else ''}."
            if not wrong
            else f"Of what the spec expects, {counted(wrong, 'thing')} does not hold."
        )
    yield f"The area that fires is {report.area:.6g}."
    exact = "Every weight is exact." if network.exact else "Weights are rounded to doubles."
    yield f"Nothing was trained. {exact}"
