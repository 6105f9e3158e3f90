"""The picture of a yes: each line with its weight, and in every face the sum of those that fire."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import style
from regions.draw.column import Column
from regions.draw.labels import Pair
from regions.draw.media import Medium
from regions.draw.palette import unit_color
from regions.draw.panels import Panel, add_area, add_path, add_word, write
from regions.draw.says import inequality
from regions.draw.text import fitted, text_size
from regions.errors import InputError, Problem
from regions.geometry.arrangement import Line
from regions.network.model import Floats
from regions.story.one_layer.answer import HalfPlane, Served
from regions.story.one_layer.argument import joined
from regions.story.one_layer.numbers import LED, Faces, faces_in
from regions.story.one_layer.stage import (
    SKY,
    Stage,
    add_flags,
    add_line,
    add_outline,
    add_title,
    column_for,
    height_for,
    region_of,
    stage_for,
    view_for,
    visible,
)
from regions.text.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_LINES = 40
"""Half-planes up to which a picture is drawn: a page cannot tell their 821 faces apart."""

LINE_WIDTH = 1.1

LIST_ROW = 12.5
"""Height of a row in the list of weights, in points."""

WEIGHT, STROKE = 18.0, 18.0
"""Width of the weights in that list, and of the strokes in the lines' colours."""


def sums_figure(answer: Served, medium: Medium) -> Figure:
    """The weights and the sums.

    Raises:
        InputError: There are too many lines for a picture.
    """
    if len(answer.half_planes) > MOST_LINES:
        said = (
            f"one hidden layer suffices for {answer.spec.name}, but a picture shows the sums of at "
            f"most {MOST_LINES} half-planes, not of {len(answer.half_planes)}; the text tells them"
        )
        raise InputError([Problem(said)])
    view = view_for(medium, answer.plane.window)
    faces = faces_in(answer, view)
    stage = stage_for(medium, view, _column(answer, faces, medium))
    draw_sums(stage.panel, answer, faces)
    add_weights(stage, answer)
    return stage.figure


def add_weights(stage: Stage, answer: Served) -> None:
    """A flag with its weight for each half-plane that is read."""
    half_planes = [answer.half_planes[k] for k in answer.read]
    add_flags(stage, half_planes, [f"{answer.weights[k]:+,}" for k in answer.read])


def draw_sums(panel: Panel, answer: Served, faces: Faces) -> None:
    """The tinted region, the lines in the colours of their units, the outline, and the sums."""
    region = region_of(answer.spec, panel.view.window)
    add_area(panel, region, SKY)
    drawn: set[Line] = set()
    ends = visible(answer.half_planes, panel.view)
    for k in sorted(range(len(ends)), key=lambda k: answer.weights[k] != 0):
        half_plane, end = answer.half_planes[k], ends[k]
        if end is not None:
            read = answer.weights[k] != 0
            color = unit_color(half_plane.number) if read else style.FRAME_COLOR
            a, b, c = half_plane.line
            add_line(panel, end, color, LINE_WIDTH, broken=(-a, -b, -c) in drawn)
            drawn |= {half_plane.line} if read else set()
    add_outline(panel, region)
    for number in faces.numbers:
        inside = number.total >= answer.threshold
        color = style.TEXT_COLOR if inside else style.QUIET_COLOR
        place = panel.view.to_window(np.array(number.place))
        if number.leads is not None:
            _add_lead(panel, number.leads, place)
        add_word(panel, place, f"{number.total:,}", color, faces.size, halo=0.0)


def _add_lead(panel: Panel, start: Pair, end: Floats) -> None:
    """A dot in the face, and a thin line that ends before the number."""
    begin = panel.view.to_window(np.array(start))
    length = float(np.hypot(*(end - begin))) * panel.view.scale
    stop = begin + (1 - LED / 2 / length) * (end - begin)
    add_path(panel, np.array([begin, stop]), style.TEXT_COLOR, style.FRAME_WIDTH)
    add_path(panel, np.array([begin, begin]), style.TEXT_COLOR, 2.5)


def _column(answer: Served, faces: Faces, medium: Medium) -> Column:
    """The answer, the weights, and what was checked; rows that find no room are counted."""
    for rows in range(len(answer.read), -1, -1):
        column = column_for(medium)
        _fill(column, answer, faces, rows)
        if column.height <= height_for(medium):
            break
    return column


def _fill(column: Column, answer: Served, faces: Faces, rows: int) -> None:
    add_title(column, answer.spec.name, "yes")
    for sentence in (
        f"{_unit(answer)} suffices.",
        f"It fires where the sum is at least {answer.threshold:,}.",
    ):
        column.add_words(sentence, style.AXIS_SIZE, style.TEXT_COLOR)
    column.add_gap(5.0)
    for k in answer.read[:rows]:
        column.add_block(LIST_ROW, partial(_write_row, answer.half_planes[k], answer.weights[k]))
    if rows < len(answer.read):
        column.add_words(f"and {len(answer.read) - rows} more")
    column.add_gap(5.0)
    for sentence in notes(answer, faces):
        column.add_words(sentence)
        column.add_gap(2.0)


def _unit(answer: Served) -> str:
    planes = counted(len(answer.read), "half-plane")
    return f"One unit over {planes}" if answer.read else "One unit without inputs"


def _write_row(
    half_plane: HalfPlane, weight: int, sheet: Panel, corner: Pair, width: float
) -> None:
    """A stroke in the line's colour, its weight, and where it fires."""
    left, base = corner[0], corner[1] - LIST_ROW + 3.5
    color = unit_color(half_plane.number)
    stroke = np.array([[left, base + 3.0], [left + STROKE - 4.0, base + 3.0]])
    add_path(sheet, stroke, color, 2 * LINE_WIDTH)
    at = left + STROKE + WEIGHT
    write(sheet.figure, (at, base), f"{weight:+,}", style.KEY_SIZE, style.TEXT_COLOR, "right")
    room = width - STROKE - WEIGHT - 8.0
    text = inequality(half_plane.words)
    if not half_plane.words or text_size(text, style.KEY_SIZE)[0] > room:
        text = fitted(half_plane.name, style.KEY_SIZE, room)
    write(sheet.figure, (at + 8.0, base), text, style.KEY_SIZE, style.QUIET_COLOR, "left")


def notes(answer: Served, faces: Faces) -> list[str]:
    """What the picture does not say by itself."""
    found = []
    if answer.read:
        found.append("Numbers: the sum in each face. A flag points to where its weight counts.")
    if left := len(answer.half_planes) - len(answer.read):
        found.append(f"Not needed, of weight 0: {counted(left, 'half-plane')}.")
    kinds = zip((2, 1, 0), ("face", "edge", "crossing"), strict=True)
    counts = [counted(answer.count(d), noun) for d, noun in kinds if answer.count(d)]
    inside = answer.sums >= answer.threshold
    sums = []
    if inside.any():
        sums.append(f"at least {int(answer.sums[inside].min()):,} inside")
    if not inside.all():
        sums.append(f"at most {int(answer.sums[~inside].max()):,} outside")
    also = "On a line its half-plane fires too. " if answer.read else ""
    found.append(f"{also}Right everywhere, on {joined(counts)}: {', '.join(sums)}.")
    if thin := lone_edges(answer):
        found.append(f"Inside without a face beside it: {counted(thin, 'edge')}.")
    if faces.small:
        found.append(f"Too small for their number: {counted(len(faces.small), 'face')}.")
    if faces.beyond:
        found.append(f"Beyond the picture: {counted(len(faces.beyond), 'face')}.")
    return found


def lone_edges(answer: Served) -> int:
    """Edges that belong to the shape though neither of the faces beside them does."""
    inside = answer.sums >= answer.threshold
    edges = np.flatnonzero(answer.cells.dimension == 1)
    return int((inside[edges] & ~inside[answer.cells.sides[edges]].any(axis=1)).sum())
