"""The table of a proof: which cells each half-plane holds, as many inside as outside.

A B C   P Q R
a   *   *   o   o   2 = 2
b     * *     o o   2 = 2
"""

from __future__ import annotations

import string
from functools import partial

from regions.draw import style
from regions.draw.column import Column
from regions.draw.counters import add_counter
from regions.draw.labels import Pair
from regions.draw.palette import unit_color
from regions.draw.panels import Panel, write
from regions.story.one_layer.answer import Refused

LETTERS = string.ascii_lowercase
"""Names of half-planes in the table, and at the ends of their lines."""

ROW, COLUMN = 9.4, 11.5
"""Height of a row and width of a column, in points."""

FIRST, BETWEEN, LAST = 16.0, 7.0, 34.0
"""Where the first column stands, the gap between inside and outside, and room for both counts."""


def fits(answer: Refused, width: float) -> bool:
    """Whether all cells have a letter, and the table has room for them."""
    needed = FIRST + BETWEEN + len(answer.witnesses) * COLUMN + LAST
    return answer.lettered and needed <= width


def add_table(column: Column, answer: Refused, rows: int) -> None:
    """A row for each of the first half-planes that tell cells apart; the others are counted."""
    column.add_block(ROW + 1.0, partial(_write_head, answer))
    apart = answer.told_apart()
    for letter, k in zip(LETTERS, apart[:rows], strict=False):
        column.add_block(ROW, partial(_write_row, answer, letter, k))
    left = len(apart) - rows
    alike = len(answer.half_planes) - len(apart)
    if left or alike:
        column.add_gap(2.0)
    if left:
        column.add_words(f"and {left} more")
    if alike:
        some = "the other half-plane holds" if alike == 1 else f"the other {alike} hold"
        column.add_words(f"{some} all of them or none")


def _places(answer: Refused, left: float) -> list[float]:
    """Where each cell's column stands on the sheet."""
    inside = sum(witness.inside for witness in answer.witnesses)
    return [
        left + FIRST + k * COLUMN + (BETWEEN if k >= inside else 0.0)
        for k in range(len(answer.witnesses))
    ]


def _write_head(answer: Refused, sheet: Panel, corner: Pair, _width: float) -> None:
    base = corner[1] - ROW + 2.5
    for x, witness in zip(_places(answer, corner[0]), answer.witnesses, strict=True):
        write(sheet.figure, (x, base), witness.letter, style.NAME_SIZE, style.TEXT_COLOR)


def _write_row(
    answer: Refused, letter: str, k: int, sheet: Panel, corner: Pair, _width: float
) -> None:
    base = corner[1] - ROW + 2.5
    half_plane = answer.half_planes[k]
    write(
        sheet.figure,
        (corner[0] + 3.0, base),
        letter,
        style.NAME_SIZE,
        unit_color(half_plane.number),
    )
    places = _places(answer, corner[0])
    held = {True: 0, False: 0}
    for x, witness in zip(places, answer.witnesses, strict=True):
        if not witness.fires[k]:
            continue
        held[witness.inside] += witness.multiplier
        if witness.multiplier == 1:
            add_counter(sheet, (x, base + 2.9), "", hollow=not witness.inside)
        else:
            factor = f"{witness.multiplier:,}"
            write(sheet.figure, (x, base), factor, style.NAME_SIZE, style.TEXT_COLOR)
    total = f"{held[True]:,} = {held[False]:,}"
    write(sheet.figure, (places[-1] + COLUMN, base), total, style.NAME_SIZE, side="left")
