"""The cells into which separators cut the plane, each with what the separators say there.

    +-----------+   1 left     x - 1 >= 0
    |  10 | 11  |   2 below   -y + 4 >= 0
    |-----+-----|
    |  00 | 01  |   a  01
    +-----------+

A network's answer is the same in all of a cell: so this is all that it can tell apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, style
from regions.draw.boxes import Box
from regions.draw.digits import add_digits, digits_size
from regions.draw.faces import Face, faces, place
from regions.draw.labels import Pair, place_arrows, place_labels
from regions.draw.legend import LETTERS, Legend
from regions.draw.lines import Bounds, is_straight, zero_sets
from regions.draw.media import Medium
from regions.draw.page import add_key
from regions.draw.palette import unit_color
from regions.draw.panels import Panel, add_panel, on_sheet, paper, write
from regions.draw.rasters import firing, only
from regions.draw.region import separator_names
from regions.draw.text import fitted, text_size
from regions.errors import InputError, Problem
from regions.network.model import Network
from regions.network.raster import Grid, rasterize

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

MOST_SEPARATORS = 12
"""More cut the plane into cells that nobody could read."""

MARGIN, COLUMN_GAP = 16.0, 18.0
"""Left and right of all, and between the picture and its list. All lengths are points."""

TOP, FOOT = 50.0, 32.0
"""Heights of titles and key."""

HIGHEST = 420.0
"""Of a picture on a sheet that may be as high as it likes."""

MOST_OUTPUTS, LONGEST_OUTPUT = 4, 68.0
"""Regions that the key names, and how long such a name is at most."""

PADDING = 2.0
"""Kept free around the words in a cell."""

SAMPLES_PER_POINT = 3
"""Of the grid on which cells are found: one thinner than a third of a point is not seen."""

LEAST_SAMPLES = 32
"""Along the grid's shorter side; of a narrower picture the grid may miss whole rows of cells."""


@dataclass(frozen=True, eq=False)
class Placed:
    """What stands in the cells.

    Attributes:
        digits: Cells whose digits fit, with the number of digits in a row and the middle of all.
        letters: Cells with a letter, in the order of the letters, and its middle.
        without: Cells too small for that.
        surely: Whether the grid is fine enough for no cell of some width to be missed.
    """

    digits: list[tuple[Face, int, Pair]]
    letters: list[tuple[Face, Pair]]
    without: int
    surely: bool

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self.digits) + len(self.letters) + self.without


def cells(network: Network, window: Bounds, medium: Medium, *, title: str = "") -> Figure:
    """The separators' zero sets, the cells between them, and a list of the separators.

    Args:
        network: Of at most 12 separators.
        window: `(xmin, ymin, xmax, ymax)`.
        medium: What it is made for.
        title: Name of the whole.

    Raises:
        InputError: There are more separators, or none.
    """
    _require_few(network)
    legend = Legend.of(network)
    scale = _scale(window, medium, legend.width)
    size = scale * (window[2] - window[0]), scale * (window[3] - window[1])
    grid = Grid.fitting(window, round(SAMPLES_PER_POINT * max(size)))
    room = len(LETTERS) if medium.height is None else legend.room(medium.height - TOP - FOOT)
    found = _placed(network, grid, scale, room)
    height = medium.height or TOP + FOOT + max(size[1], legend.height(len(found.letters)))
    figure = paper((medium.width, height))
    left = max(MARGIN, (medium.width - size[0] - COLUMN_GAP - legend.width) / 2)
    top = height - TOP
    panel = add_panel(figure, (left, top - size[1]), scale, window)
    _draw(panel, network, grid, found)
    corner = left + size[0] + COLUMN_GAP, top
    legend.add(figure, corner, [face for face, _ in found.letters])
    _add_words(figure, network, found, title, (medium.width, height))
    return figure


def _require_few(network: Network) -> None:
    count = network.n_separators
    if count > MOST_SEPARATORS:
        message = (
            f"its {count:,} separators cut the plane into too many cells to be read; "
            f"`cells` shows networks of up to {MOST_SEPARATORS}: use the view `units` or `region`"
        )
        raise InputError([Problem(message)])
    if count == 0:
        message = "without separators the plane is one cell; use the view `region`"
        raise InputError([Problem(message)])


def _scale(window: Bounds, medium: Medium, wide: float) -> float:
    """Points in one unit of the window: as large as list and titles allow."""
    across = medium.width - 2 * MARGIN - COLUMN_GAP - wide
    upright = HIGHEST if medium.height is None else medium.height - TOP - FOOT
    return min(across / (window[2] - window[0]), upright / (window[3] - window[1]))


def _placed(network: Network, grid: Grid, scale: float, room: int) -> Placed:
    """Find the cells and where their digits go: in rows, or at most `room` letters instead."""
    count = network.n_separators
    found = faces(
        firing(only(network, range(count)), range(count), grid), bool(is_straight(network).all())
    )
    pixel = grid.pixel[0] * scale
    rows = sorted({math.ceil(count / n) for n in range(1, min(count, 4) + 1)}, reverse=True)
    sizes = [_pixels(digits_size(count, row), pixel) for row in rows]
    letter = _pixels(text_size("m", style.NAME_SIZE), pixel)
    placed: list[tuple[Face, int, Pair]] = []
    letters: list[tuple[Face, Pair]] = []
    without = 0
    for face in found:
        where = place(face, [*sizes, letter])
        if where is None:
            without += 1
            continue
        which, row, column = where
        middle = column * pixel, (grid.height - row) * grid.pixel[1] * scale
        if which < len(sizes):
            placed.append((face, rows[which], middle))
        elif len(letters) < room:
            letters.append((face, middle))
        else:
            without += 1
    surely = min(grid.width, grid.height) >= LEAST_SAMPLES
    return Placed(placed, letters, without, surely)


def _pixels(size: Pair, pixel: float) -> tuple[int, int]:
    """Height and width, in pixels, of words with some space around them."""
    width, height = (math.ceil((side + 2 * PADDING) / pixel) for side in size)
    return height, width


def _draw(panel: Panel, network: Network, grid: Grid, found: Placed) -> None:
    """Answers, zero sets, and what stands in the cells."""
    answer = rasterize(network, grid).astype(np.int32)
    artists.add_region(panel.ax, grid, answer - (len(network.outputs) == 1))
    kept = []
    for face, row, middle in found.digits:
        width, height = digits_size(len(face.fires), row)
        add_digits(panel, middle, face.fires, row)
        kept.append(Box(middle, (width / 2 + 1, height / 2 + 1), (1.0, 0.0)))
    for letter, (_, middle) in zip(LETTERS, found.letters, strict=False):
        _add_letter(panel, middle, letter)
        kept.append(Box(middle, (4.0, 5.0), (1.0, 0.0)))
    _draw_separators(panel, network, kept)
    # Last: images and lines would change the limits.
    panel.ax.set(xlim=panel.view.window[::2], ylim=panel.view.window[1::2])


def _draw_separators(panel: Panel, network: Network, kept: Sequence[Box]) -> None:
    """Zero sets with arrows, and with names; where these find no place, with numbers."""
    ax, view = panel.ax, panel.view
    visible = zero_sets(network, view, np.arange(network.n_separators))
    names = separator_names(network)
    numbers = [str(i + 1) for i in range(network.n_separators)]
    for zero_set in visible:
        paths = [view.to_window(path) for path in zero_set.paths]
        color = unit_color(zero_set.separator)
        artists.add_lines(ax, paths, style.LINE_WIDTH, 1.0, color)
    sizes = [text_size(name, style.NAME_SIZE) for name in numbers]
    arrows = place_arrows(network, view, visible, sizes, kept)
    for arrow in arrows:
        artists.add_arrow(ax, view, arrow, unit_color(arrow.separator))
    taken, left = list(kept), list(visible)
    for texts in (names, numbers):
        sizes = [text_size(text, style.NAME_SIZE) for text in texts]
        labels = place_labels(network, view, left, sizes, arrows, taken)
        for label in labels:
            i = label.separator
            artists.add_name(ax, view, label, texts[i], unit_color(i))
        taken += [label.box for label in labels]
        named = {label.separator for label in labels}
        left = [zero_set for zero_set in left if zero_set.separator not in named]


def _add_letter(panel: Panel, middle: Pair, letter: str) -> None:
    x, y = panel.view.to_window(np.array(middle)).tolist()
    panel.ax.text(
        x,
        y,
        letter,
        size=style.NAME_SIZE,
        color=style.TEXT_COLOR,
        ha="center",
        va="center_baseline",
        zorder=style.Z_NAME,
        **style.TEXT,
    )


def _add_words(figure: Figure, network: Network, found: Placed, title: str, size: Pair) -> None:
    """Titles above, the key below."""
    width, height = size
    bound = "" if found.surely else "at least "
    counted = f"{bound}{found.count} cell{'s' * (found.count != 1)}"
    head = fitted(f"{title}: {counted}" if title else counted, style.TITLE_SIZE, width - 2 * MARGIN)
    level = height - 13.0 - style.TITLE_SIZE / 2
    write(figure, (width / 2, level), head, style.TITLE_SIZE, style.TEXT_COLOR)
    told = "the digits of a cell: which separators fire there, in the order of the list"
    if found.without:
        told += f"; {found.without} cell{'s are' if found.without > 1 else ' is'} too small"
    text = fitted(told, style.KEY_SIZE, width - 2 * MARGIN)
    write(figure, (width / 2, level - 14.0), text, style.KEY_SIZE)
    at = on_sheet(figure, (width / 2, FOOT - 13.0))
    add_key(figure, at, _key(network), columns=MOST_OUTPUTS)


def _key(network: Network) -> list[Artist]:
    outputs = network.outputs[:MOST_OUTPUTS]
    separator = artists.line_handle("separator, arrow to its 1-side", True, style.QUIET_COLOR)
    if len(network.outputs) == 1:
        return [artists.region_handle(0, "network outputs 1"), separator]
    names = [fitted(output.name, style.KEY_SIZE, LONGEST_OUTPUT) for output in outputs]
    return [artists.region_handle(i, name) for i, name in enumerate(names)]
