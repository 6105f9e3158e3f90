"""The picture of a no: the cells of the proof, and how the half-planes hold them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regions.draw import style
from regions.draw.boxes import Box
from regions.draw.column import Column
from regions.draw.counters import (
    COUNTER,
    DOT,
    add_counter,
    add_leader,
    beside,
    counter_box,
)
from regions.draw.labels import Pair
from regions.draw.media import Medium
from regions.draw.palette import unit_color
from regions.draw.panels import Panel, add_area, add_passage, add_word
from regions.geometry.quotients import nearest
from regions.story.one_layer.answer import Refused, Witness
from regions.story.one_layer.argument import argument
from regions.story.one_layer.places import clearance
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
from regions.story.one_layer.table import LETTERS, add_table, fits

if TYPE_CHECKING:
    from matplotlib.figure import Figure

AMBER = style.REGION_COLORS[4]
"""Of the cells outside; those inside are twice as blue as the shape."""

LINE_WIDTH, THICK, THIN = 1.1, 2.4, 0.7
"""Of lines that tell the cells apart, of the one that is crossed, and of all others."""

FACTOR = 15.0
"""Width of a factor beside a counter, in points."""

MANY = 25
"""Lines that tell cells apart, of which more are drawn thin."""

MOST_LINES = 60
"""Lines that are drawn; of more, only those that tell the cells apart, and the outline."""


def proof_figure(answer: Refused, medium: Medium) -> Figure:
    """The cells of the proof in the plane, and the argument beside it."""
    view = view_for(medium, answer.plane.window)
    column, rows = _column(answer, medium)
    stage = stage_for(medium, view, column)
    draw_proof(stage.panel, answer)
    _add_letters(stage, answer, rows)
    return stage.figure


def draw_proof(panel: Panel, answer: Refused) -> None:
    """The tinted shape, the cells, all lines, the outline, and a counter in each cell."""
    region = region_of(answer.spec, panel.view.window)
    add_area(panel, region, SKY)
    for witness in answer.witnesses:
        _add_cell(panel, answer, witness)
    _add_lines(panel, answer)
    add_outline(panel, region)
    _add_counters(panel, answer, region)
    if answer.whatever_lines:
        a, b, p, q = map(place_of, answer.witnesses)
        fits = all(_fits(panel, answer, witness) for witness in answer.witnesses)
        gap = (COUNTER if fits else DOT) / 2 + 1.0
        add_passage(panel, p, a, gap)
        add_passage(panel, b, q, gap)


def place_of(witness: Witness) -> Pair:
    """The witness's point in doubles."""
    return nearest(witness.exact[0]), nearest(witness.exact[1])


def _add_cell(panel: Panel, answer: Refused, witness: Witness) -> None:
    if witness.dimension < 2:
        return
    polygon = answer.plane.face(answer.plane.signs(witness.exact))
    if polygon is not None:
        corners = answer.plane.view.to_window(polygon)
        add_area(panel, shapely.Polygon(corners), SKY if witness.inside else AMBER)


def _add_lines(panel: Panel, answer: Refused) -> None:
    """Those that matter come last, so that they lie on top."""
    apart = answer.crossed() if answer.whatever_lines else answer.told_apart()
    others = [k for k in range(len(answer.half_planes)) if k not in apart]
    ends = visible(answer.half_planes, panel.view)
    for k in others if len(answer.half_planes) <= MOST_LINES else []:
        if (end := ends[k]) is not None:
            add_line(panel, end, style.FRAME_COLOR, THIN)
    one = [answer.half_planes[k].number for k in apart[:1]] if answer.whatever_lines else []
    width = LINE_WIDTH if len(apart) <= MANY else THIN
    width = THICK if answer.whatever_lines else width
    for k in apart:
        if (end := ends[k]) is not None:
            color = unit_color(*one or [answer.half_planes[k].number])
            add_line(panel, end, color, width)


def _fits(panel: Panel, answer: Refused, witness: Witness) -> bool:
    """Whether a counter with a letter has room around the witness's point in its face."""
    polygon = None
    if witness.dimension == 2:
        polygon = answer.plane.face(answer.plane.signs(witness.exact))
    if polygon is None:
        return False
    middle = answer.plane.view.to_canvas(np.array(place_of(witness)))
    scale = panel.view.scale / answer.plane.view.scale
    return clearance(polygon, middle) * scale >= COUNTER / 2


def _add_counters(panel: Panel, answer: Refused, region: shapely.Geometry) -> None:
    """Large ones where they have room, else small ones with a letter beside."""
    named = answer.lettered
    large = {w.letter for w in answer.witnesses if named and _fits(panel, answer, w)}
    canvas = {w.letter: _on_canvas(panel, w) for w in answer.witnesses}
    taken = [
        _claim(w, COUNTER if w.letter in large else DOT, canvas[w.letter]) for w in answer.witnesses
    ]
    for witness in answer.witnesses:
        hollow, point = not witness.inside, place_of(witness)
        place = canvas[witness.letter]
        if witness.letter in large or not named:
            add_counter(panel, point, witness.letter if named else "", hollow)
        else:
            aside = _aside(panel, witness, place, taken, region)
            if aside is not None:
                taken.append(_claim(witness, COUNTER, aside))
                x, y = panel.view.to_window(np.array(aside)).tolist()
                add_leader(panel, point, (x, y))
                add_counter(panel, (x, y), witness.letter, hollow)
                place = aside
            add_counter(panel, point, "", hollow)
        if named and witness.multiplier > 1:
            _add_factor(panel, place, witness)


def _aside(
    panel: Panel, witness: Witness, place: Pair, taken: list[Box], region: shapely.Geometry
) -> Pair | None:
    """A place beside a point: outwards, and best on the same side of the border as the point."""
    xmin, ymin, xmax, ymax = shapely.bounds(region)
    middle = panel.view.to_canvas(np.array([(xmin + xmax) / 2, (ymin + ymax) / 2]))
    heading = place[0] - float(middle[0]), place[1] - float(middle[1])

    def astray(box: Box) -> bool:
        corners = shapely.Polygon(panel.view.to_window(np.array(box.corners())))
        if witness.inside:
            return not shapely.covers(region, corners)
        return bool(shapely.intersects(region, corners))

    claim = partial(_claim, witness, COUNTER)
    return beside(place, heading, taken, panel.view.size, claim, astray)


def _claim(witness: Witness, diameter: float, place: Pair) -> Box:
    """What a counter covers, its factor on the right included."""
    counter = counter_box(place, diameter)
    if witness.multiplier == 1 or diameter < COUNTER:
        return counter
    half = FACTOR / 2
    return Box((place[0] + half, place[1]), (counter.half[0] + half, counter.half[1]), (1.0, 0.0))


def _on_canvas(panel: Panel, witness: Witness) -> Pair:
    x, y = panel.view.to_canvas(np.array(place_of(witness))).tolist()
    return x, y


def _add_factor(panel: Panel, place: Pair, witness: Witness) -> None:
    text = f"\N{MULTIPLICATION SIGN}{witness.multiplier:,}"
    away = np.array([(COUNTER + FACTOR) / 2, 0.0])
    point = panel.view.to_window(np.array(place))
    add_word(panel, point, text, style.TEXT_COLOR, style.NAME_SIZE, away)


def _add_letters(stage: Stage, answer: Refused, rows: int) -> None:
    """Flags with the letters of the half-planes that stand in the table."""
    listed = answer.told_apart()[:rows]
    half_planes = [answer.half_planes[k] for k in listed]
    add_flags(stage, half_planes, list(LETTERS[: len(listed)]))


def _column(answer: Refused, medium: Medium) -> tuple[Column, int]:
    """The answer, the argument, and the table with as many rows as there is room for."""
    tabled = not answer.whatever_lines and fits(answer, column_for(medium).width)
    most = min(len(answer.told_apart()), len(LETTERS)) if tabled else 0
    for rows in range(most, -1, -1):
        column = column_for(medium)
        _fill(column, answer, rows)
        if column.height <= height_for(medium):
            break
    return column, rows


def _fill(column: Column, answer: Refused, rows: int) -> None:
    add_title(column, answer.spec.name, "no")
    first, *others = argument(answer)
    column.add_words(first, color=style.TEXT_COLOR)
    column.add_gap(3.0)
    if rows:
        add_table(column, answer, rows)
        column.add_gap(3.0)
    for paragraph in others:
        column.add_words(paragraph, color=style.TEXT_COLOR)
        column.add_gap(3.0)
    if not answer.lettered:
        column.add_words("Discs lie inside, rings outside; the text lists them and their factors.")
