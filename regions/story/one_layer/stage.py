"""The sheet of both pictures: the shape in a panel, flags around it, words in a column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regions.draw import style
from regions.draw.column import Column
from regions.draw.flags import Flag, add_flag, place_flags
from regions.draw.lines import Bounds, View, clip
from regions.draw.media import Medium
from regions.draw.outline import outline_paths
from regions.draw.palette import unit_color
from regions.draw.panels import ROW, Panel, add_panel, add_path, add_plain, sheet
from regions.draw.text import fitted, text_size
from regions.network.model import Floats
from regions.shape.model import Spec
from regions.shape.reference import reference
from regions.story.one_layer.answer import HalfPlane
from regions.story.one_layer.places import canvas_rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EDGE = 10.0
"""Points that stay free at the sheet's edge."""

LEAST_EDGE = 7.0
"""The same above and below a column that would else lose rows."""

FLAGS = 25.0
"""Points around the panel for the flags."""

COLUMN = 0.42
"""Part of the sheet's width that the column takes."""

APART = 8.0
"""Points between the flags and the column."""

TALLEST = 1.25
"""Height of the panel relative to its width, at most."""

SKY = style.REGION_COLORS[0]
CONTOUR = 1.5
"""Width of an outline in points."""


@dataclass(frozen=True, eq=False)
class Stage:
    """Where a picture is drawn.

    Attributes:
        figure: The sheet.
        plain: All of it, its units points.
        panel: The window.
    """

    figure: Figure
    plain: Panel
    panel: Panel


def column_for(medium: Medium) -> Column:
    """An empty column as wide as the medium has room for."""
    return Column(round(COLUMN * medium.width) - EDGE)


def add_title(column: Column, name: str, answer: str) -> None:
    """The question, and the answer for a shape of that name."""
    column.add_words("Does one hidden layer suffice?")
    room = column.width - text_size(f": {answer}", style.TITLE_SIZE)[0]
    column.add_words(
        f"{fitted(name, style.TITLE_SIZE, room)}: {answer}", style.TITLE_SIZE, style.TEXT_COLOR
    )
    column.add_gap(3.0)


def height_for(medium: Medium) -> float:
    """How high a column may be: on a sheet as high as its content, about as high as the panel."""
    if medium.height is not None:
        return medium.height - 2 * LEAST_EDGE
    return _panel_height(medium) + 2 * FLAGS


def _panel_width(medium: Medium) -> float:
    return medium.width - round(COLUMN * medium.width) - APART - EDGE - 2 * FLAGS


def _panel_height(medium: Medium) -> float:
    if medium.height is not None:
        return medium.height - 2 * (EDGE + FLAGS)
    return TALLEST * _panel_width(medium)


def view_for(medium: Medium, window: Bounds) -> View:
    """The window as large as the medium has room for beside the column."""
    wide, high = _panel_width(medium), _panel_height(medium)
    xmin, ymin, xmax, ymax = window
    return View(window, min(wide / (xmax - xmin), high / (ymax - ymin)))


def stage_for(medium: Medium, view: View, column: Column) -> Stage:
    """A sheet with the panel on its left and the column drawn on its right."""
    width, height = view.size
    content = max(height + 2 * FLAGS, column.height) + 2 * EDGE
    full = math.ceil(content / ROW) * ROW if medium.height is None else medium.height
    figure = sheet(full / ROW, medium.width)
    corner = EDGE + FLAGS + (_panel_width(medium) - width) / 2, (full - height) / 2
    panel = add_panel(figure, corner, view.scale, view.window)
    plain = add_plain(figure)
    column.draw(plain, (medium.width - EDGE - column.width, (full + column.height) / 2))
    return Stage(figure, plain, panel)


def add_flags(stage: Stage, half_planes: Sequence[HalfPlane], texts: Sequence[str]) -> list[Flag]:
    """Flags where lines leave the frame; those of lines out of sight, or without room, are left."""
    view = stage.panel.view
    found = [(k, ends) for k, ends in enumerate(visible(half_planes, view)) if ends is not None]
    # What is visible runs with its 1-side on the left.
    forward = [(ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0])) for _, ends in found]
    sides = np.array([[-y, x] for x, y in forward]).reshape(-1, 2)
    flags = place_flags(
        [ends for _, ends in found], sides, [texts[k] for k, _ in found], stage.panel, FLAGS
    )
    for flag in flags:
        number = half_planes[found[flag.line][0]].number
        add_flag(stage.plain, flag, unit_color(number))
    return flags


def visible(half_planes: Sequence[HalfPlane], view: View) -> list[Floats | None]:
    """For each line the `(2, 2)` ends of its visible part on the canvas; None out of sight."""
    rows = canvas_rows([half_plane.line for half_plane in half_planes], view)
    ends = clip(rows[:, :2], rows[:, 2], view.size)
    return [None if np.isnan(each).any() else each for each in ends]


def add_line(panel: Panel, ends: Floats, color: str, width: float, broken: bool = False) -> None:
    """A line between two points of the canvas."""
    add_path(panel, panel.view.to_window(ends), color, width, broken)


def add_outline(panel: Panel, region: shapely.Geometry) -> None:
    """The shape's border."""
    for path in outline_paths(region, panel.view.window):
        add_path(panel, path, style.OUTLINE_COLOR, CONTOUR)


def region_of(spec: Spec, window: Bounds) -> shapely.Geometry:
    """The shape within a window; its borders are straight, so nothing has to be flattened."""
    return reference(spec.shape, window, 1.0).region
