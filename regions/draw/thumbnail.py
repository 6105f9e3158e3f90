"""Small pictures of one region: filled and outlined on a light grid, behind it what it is made of.

They stand beside an example, with numbers on the grid, and in a table of many, without.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, style
from regions.draw.labels import Pair
from regions.draw.lines import Bounds, zero_sets
from regions.draw.outline import outline_paths
from regions.draw.panels import ROW, Panel, add_mark, add_panel, add_path, sheet
from regions.draw.region import draw_separators, mark_box, separator_names
from regions.draw.ticks import ticks
from regions.network.model import Network
from regions.network.raster import Grid, rasterize

if TYPE_CHECKING:
    import shapely
    from matplotlib.figure import Figure

ASPECT = 4 / 3
"""Width of every window relative to its height."""

BEFORE_COLOR = style.REGION_COLORS[1]

GRID_COLOR, AXIS_COLOR, Z_GRID = "#e3e3e3", "#b8b8b8", style.Z_REGION / 2

OVERSAMPLING = 2
"""Samples a pixel, each way."""

RASTER_WORK = 2**26
"""Most samples times units: the largest networks get about a sample a pixel."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What a small picture shows.

    Attributes:
        network: Its region is filled.
        window: `(xmin, ymin, xmax, ymax)`, of which the middle is shown that has the aspect.
        outline: What the region should be.
        before: What the shape was before it was moved, or what it is made of.
        solid: Points marked by discs.
        hollow: Points marked by rings.
        named: Whether separators are drawn with their names.
    """

    network: Network
    window: Bounds
    outline: shapely.Geometry
    before: Sequence[shapely.Geometry] = ()
    solid: Sequence[Pair] = ()
    hollow: Sequence[Pair] = ()
    named: bool = False


@dataclass(frozen=True)
class Format:
    """How large a picture is, in printed points.

    Attributes:
        columns: Width of the sheet, in blocks of `ROW`.
        rows: Height of the sheet, in the same.
        corner: The lower left corner of what is drawn.
        width: Of what is drawn.
        spacing: Least distance of two lines of the grid.
        numbered: Whether the grid has numbers.
    """

    columns: int
    rows: int
    corner: Pair
    width: float
    spacing: float
    numbered: bool


BESIDE = Format(14, 11, corner=(26.0, 17.0), width=172.0, spacing=25.0, numbered=True)
"""420 x 330 pixels, to be shown at half of that beside an example."""

IN_TABLE = Format(7, 5, corner=(4.4, 1.5), width=92.0, spacing=16.0, numbered=False)
"""210 x 150 pixels, to be shown at half of that."""


def thumbnail(scene: Scene, format_: Format) -> Figure:
    """The picture of a scene; for `regions.draw.save`."""
    panel = _panel(scene.window, format_)
    _add_grid(panel, format_)
    _add_region(panel, scene.network)
    if scene.named:
        _add_names(panel, scene)
    for geometry in scene.before:
        for path in outline_paths(geometry, panel.view.window):
            add_path(panel, path, BEFORE_COLOR, style.OUTLINE_WIDTH, broken=True)
    artists.add_outline(panel.ax, outline_paths(scene.outline, panel.view.window))
    for point in scene.solid:
        add_mark(panel, point, style.MARK_COLOR)
    for point in scene.hollow:
        add_mark(panel, point, style.MARK_COLOR, hollow=True)
    xmin, ymin, xmax, ymax = panel.view.window
    panel.ax.set(xlim=(xmin, xmax), ylim=(ymin, ymax))
    return panel.figure


def of_aspect(window: Bounds) -> Bounds:
    """The smallest window of the pictures' aspect around another one, with the same middle."""
    xmin, ymin, xmax, ymax = window
    width, height = xmax - xmin, ymax - ymin
    wider = max(0.0, height * ASPECT - width) / 2
    higher = max(0.0, width / ASPECT - height) / 2
    return xmin - wider, ymin - higher, xmax + wider, ymax + higher


def _panel(window: Bounds, format_: Format) -> Panel:
    scale = format_.width / (window[2] - window[0])
    return add_panel(sheet(format_.rows, format_.columns * ROW), format_.corner, scale, window)


def _add_grid(panel: Panel, format_: Format) -> None:
    """Light lines at round numbers, a darker one at 0."""
    xmin, ymin, xmax, ymax = panel.view.window
    spacing = format_.spacing / panel.view.scale
    across, upright = ticks("x", xmin, xmax, spacing), ticks("y", ymin, ymax, spacing)
    for axis, line in ((across, panel.ax.axvline), (upright, panel.ax.axhline)):
        for position in axis.positions:
            color = AXIS_COLOR if position == 0 else GRID_COLOR
            line(position, color=color, linewidth=style.FRAME_WIDTH, zorder=Z_GRID)
    panel.ax.spines[:].set_visible(False)
    if format_.numbered:
        panel.ax.set_xticks(across.positions, across.labels, **style.TEXT)
        panel.ax.set_yticks(upright.positions, upright.labels, **style.TEXT)
        panel.ax.tick_params(
            labelsize=style.NAME_SIZE, length=0, pad=3.5, labelcolor=style.QUIET_COLOR
        )


def _add_region(panel: Panel, network: Network) -> None:
    pixels = panel.view.size[0] * style.PNG_DPI / style.POINTS_PER_INCH
    samples = min(OVERSAMPLING * pixels, math.sqrt(RASTER_WORK / network.size))
    grid = Grid.fitting(panel.view.window, round(samples))
    artists.add_region(panel.ax, grid, rasterize(network, grid).astype(np.int32) - 1)


def _add_names(panel: Panel, scene: Scene) -> None:
    every = np.arange(scene.network.n_separators)
    visible = zero_sets(scene.network, panel.view, every)
    names = dict(enumerate(separator_names(scene.network)))
    kept = [mark_box(panel.view, point) for point in (*scene.solid, *scene.hollow)]
    draw_separators(panel.ax, scene.network, panel.view, visible, names, kept)
