"""Pictures that explain: several panels on a sheet, with areas, lines, marks and words.

    +--------------------------------------+
    |   head         head         head     |
    |  +-------+    +-------+    +-------+ |
    |  | panel |    | panel |    | panel | |
    |  +-------+    +-------+    +-------+ |
    |    note         note         note    |
    +--------------------------------------+

Lengths on the sheet are printed points from its lower left corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, style
from regions.draw.labels import Arrow, Pair
from regions.draw.lines import Bounds, View
from regions.draw.text import drawable
from regions.network.model import Floats

if TYPE_CHECKING:
    import shapely
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 576.0
"""Of every sheet: 1,200 pixels at 150 to the inch. On a page 700 pixels wide, letters of 8 points
are as large as those of a footnote."""

ROW = 14.4
"""Heights of sheets are multiples of this: 30 pixels, the blocks in which pictures are compared."""

GAP = 7.0
"""Between a panel and the words above and below it."""

LEADING = 1.45
"""From one line of words to the next, in letter sizes."""

PASSAGE_HEAD, PASSAGE_WIDTH = 9.0, 1.5
"""Head and width of an arrow between two marks, in points."""

DASHES = (4.0, 2.5)
"""Ink and gap of a broken line, in line widths."""


@dataclass(frozen=True, eq=False)
class Panel:
    """A part of the plane on a sheet.

    Attributes:
        figure: The sheet.
        ax: Where it is drawn.
        view: What it shows, and how large.
        corner: Its lower left corner on the sheet.
    """

    figure: Figure
    ax: Axes
    view: View
    corner: Pair

    def half_plane(self, start: Floats, end: Floats) -> shapely.Polygon:
        """What the panel shows of the half-plane to the left of the line start -> end."""
        import shapely

        reach = self._along(start, end)
        across = np.array([-reach[1], reach[0]])
        begin, stop = start - reach, start + reach
        square = shapely.Polygon([begin, stop, stop + across, begin + across])
        return square.intersection(shapely.box(*self.view.window))

    def whole_line(self, start: Floats, end: Floats) -> Floats:
        """`(2, 2)` the line through two points, from beyond the frame to beyond the frame."""
        reach = self._along(start, end)
        return np.array([start - reach, start + reach])

    def ray(self, start: Floats, through: Floats) -> Floats:
        """`(2, 2)` from a point through another to beyond the frame."""
        return np.array([start, start + self._along(start, through)])

    def _along(self, start: Floats, end: Floats) -> Floats:
        """From start towards end, farther than any point of the panel is from any other."""
        xmin, ymin, xmax, ymax = self.view.window
        far = 4 * (xmax - xmin + ymax - ymin)
        reach: Floats = (end - start) / np.hypot(*(end - start)) * far
        return reach


def sheet(rows: float, width: float = WIDTH) -> Figure:
    """An empty sheet, `width` wide and `rows * ROW` high."""
    return paper((width, rows * ROW))


def paper(size: Pair) -> Figure:
    """An empty sheet of a size in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with style.context():
        inches = size[0] / style.POINTS_PER_INCH, size[1] / style.POINTS_PER_INCH
        figure = Figure(figsize=inches, dpi=style.PNG_DPI)
        FigureCanvasAgg(figure)
    return figure


def add_panel(figure: Figure, corner: Pair, scale: float, window: Bounds) -> Panel:
    """A framed panel without ticks.

    Args:
        figure: A sheet.
        corner: Its lower left corner.
        scale: Points in one unit of the window, on both axes.
        window: `(xmin, ymin, xmax, ymax)`.
    """
    view = View(window, scale)
    left, bottom = on_sheet(figure, corner)
    width, height = on_sheet(figure, view.size)
    with style.context():
        ax = figure.add_axes((left, bottom, width, height))
    ax.set(xlim=window[::2], ylim=window[1::2], xticks=[], yticks=[], facecolor="none")
    for spine in ax.spines.values():
        spine.set(color=style.FRAME_COLOR, linewidth=style.FRAME_WIDTH, zorder=style.Z_ARROW)
    return Panel(figure, ax, view, corner)


def add_row(
    figure: Figure, count: int, bottom: float, margin: float, window: Bounds
) -> list[Panel]:
    """Panels of one window side by side, as wide as the sheet allows.

    Args:
        figure: A sheet.
        count: How many.
        bottom: Their lower edge.
        margin: Left and right of each.
        window: `(xmin, ymin, xmax, ymax)`.
    """
    width = (WIDTH - (count + 1) * margin) / count
    scale = width / (window[2] - window[0])
    corners = [(margin + i * (width + margin), bottom) for i in range(count)]
    return [add_panel(figure, corner, scale, window) for corner in corners]


def add_plain(figure: Figure) -> Panel:
    """The whole sheet as a panel without a frame, its units points: for diagrams."""
    width, height = figure.get_size_inches() * style.POINTS_PER_INCH
    panel = add_panel(figure, (0.0, 0.0), 1.0, (0.0, 0.0, width, height))
    panel.ax.set_axis_off()
    return panel


def add_head(panel: Panel, text: str, gap: float = GAP) -> None:
    """A line above a panel."""
    above = panel.corner[1] + panel.view.size[1] + gap
    write(panel.figure, (_middle(panel), above), text, style.AXIS_SIZE, style.TEXT_COLOR)


def add_note(panel: Panel, lines: Sequence[str]) -> None:
    """Quiet lines below a panel."""
    for row, line in enumerate(lines):
        below = panel.corner[1] - GAP - (1 + row * LEADING) * style.KEY_SIZE
        write(panel.figure, (_middle(panel), below), line)


def write(
    figure: Figure,
    at: Pair,
    text: str,
    size: float = style.KEY_SIZE,
    color: str = style.QUIET_COLOR,
    side: str = "center",
) -> None:
    """Words on the sheet itself, the middle of their baseline at a point of it, or one end."""
    x, y = on_sheet(figure, at)
    figure.text(x, y, drawable(text), size=size, color=color, ha=side, **style.TEXT)


def add_area(
    panel: Panel, area: shapely.Geometry, color: str, alpha: float = style.REGION_ALPHA
) -> None:
    """Polygons, filled; areas that overlap mix their colours."""
    import shapely
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for polygon in shapely.get_parts(area):
        # Holes run the other way round than the border: so they stay free.
        rings = shapely.get_rings(shapely.orient_polygons(polygon))
        paths = [Path(shapely.get_coordinates(ring), closed=True) for ring in rings]
        patch = PathPatch(
            Path.make_compound_path(*paths), facecolor=color, alpha=alpha, linewidth=0
        )
        panel.ax.add_patch(patch).set_zorder(style.Z_REGION)


def add_path(
    panel: Panel, path: Floats, color: str, width: float = style.LINE_WIDTH, broken: bool = False
) -> None:
    """A polyline `(n, 2)`, cut off at the panel's frame; the latest lies on top."""
    panel.ax.plot(
        *path.T,
        color=color,
        linewidth=width,
        linestyle=(0, DASHES) if broken else "solid",
        solid_capstyle="round",
        solid_joinstyle="round",
        scalex=False,
        scaley=False,
        zorder=style.Z_OUTLINE,
    )


def add_mark(panel: Panel, point: Pair, color: str, hollow: bool = False) -> None:
    """A disc, or a ring with white inside."""
    artists.add_mark(panel.ax, point, color, hollow)


def add_arrow(panel: Panel, base: Floats, direction: Floats, length: float) -> None:
    """An arrow as in the gallery, from a point in a direction of any length."""
    unit = direction / np.hypot(*direction)
    x, y = panel.view.to_canvas(base).tolist()
    arrow = Arrow(-1, (x, y), (float(unit[0]), float(unit[1])), length)
    artists.add_arrow(panel.ax, panel.view, arrow)


def add_passage(panel: Panel, start: Pair, end: Pair, gap: float) -> None:
    """An arrow from one mark to another, `gap` points away from the middles of both."""
    from matplotlib.patches import FancyArrowPatch

    arrow = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        mutation_scale=PASSAGE_HEAD,
        shrinkA=gap,
        shrinkB=gap,
        color=style.ARROW_COLOR,
        linewidth=PASSAGE_WIDTH,
    )
    panel.ax.add_patch(arrow).set_zorder(style.Z_ARROW)


def add_word(
    panel: Panel,
    point: Floats,
    text: str,
    color: str = style.NAME_COLOR,
    size: float = style.AXIS_SIZE,
    away: Floats | None = None,
    halo: float = style.HALO_WIDTH,
) -> None:
    """Words centred on a point, or some printed points `away` from it; a halo of 0 is none."""
    from matplotlib.patheffects import withStroke

    panel.ax.annotate(
        drawable(text),
        xy=tuple(point),
        xytext=(0.0, 0.0) if away is None else tuple(away),
        textcoords="offset points",
        ha="center",
        va="center_baseline",
        size=size,
        color=color,
        path_effects=[withStroke(linewidth=halo, foreground=style.HALO_COLOR)] if halo else [],
        zorder=style.Z_NAME,
        **style.TEXT,
    )


def on_sheet(figure: Figure, lengths: Pair) -> Pair:
    """Points as parts of the sheet's width and height."""
    width, height = figure.get_size_inches() * style.POINTS_PER_INCH
    return lengths[0] / width, lengths[1] / height


def _middle(panel: Panel) -> float:
    """Where a panel's middle stands across the sheet."""
    return panel.corner[0] + panel.view.size[0] / 2
