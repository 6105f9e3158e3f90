"""Strategies `parts` and `cover`: the star as an OR of ANDs, each AND in a panel of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regions.compiler.cover import polygon_by_cover
from regions.compiler.formula import separator_of
from regions.compiler.parts import polygon_in_parts
from regions.compiler.paths import PolygonStrategy
from regions.compiler.separators import Separators
from regions.compiler.strategies import Draft, compiled
from regions.compiler.translate import one_by_one
from regions.draw import style
from regions.draw.panels import (
    Panel,
    add_area,
    add_arrow,
    add_head,
    add_note,
    add_path,
    add_row,
    add_word,
    sheet,
)
from regions.shape.model import Spec
from regions.shape.reference import reference

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WINDOW = (-11.2, -10.2, 11.2, 11.2)

COLORS = tuple(style.REGION_COLORS[i] for i in (0, 1, 2, 5))

CONTOUR = 1.5
"""Width of the star's outline in points."""

NAME_AWAY = 8.0
ARROW = 10.0
"""Points from a line to its name, and length of a diagonal's arrow."""

NOTE_LETTERS = 18
"""Of a line below a panel: about as wide as that."""


def parts(star: Spec) -> Figure:
    """Convex pieces, with the diagonals that they share."""
    return _terms(star, "parts", one_by_one(polygon_in_parts), "part")


def cover(star: Spec) -> Figure:
    """Terms that overlap, over the edges' lines alone."""
    return _terms(star, "cover", one_by_one(polygon_by_cover), "term")


def _terms(star: Spec, strategy: str, polygons: PolygonStrategy, noun: str) -> Figure:
    """The star under all its terms, then each term with its lines."""
    draft = Draft(star)
    formula, separators = draft.formula(polygons)
    terms = [formula.seen(signal).inputs for signal in formula.seen(formula.root).inputs]
    figure = sheet(13 if strategy == "parts" else 14)
    whole, *panels = add_row(figure, 1 + len(terms), bottom=52.0, margin=10.0, window=WINDOW)
    outline = shapely.get_coordinates(reference(star.shape, star.window, 1.0).region)
    for number, (panel, term) in enumerate(zip(panels, terms, strict=True)):
        area = _draw_lines(panel, term, separators)
        for seen in (panel, whole):
            add_area(seen, area, COLORS[number])
            add_path(seen, shapely.get_coordinates(area), COLORS[number], CONTOUR)
        add_path(panel, outline, style.OUTLINE_COLOR, CONTOUR)
        add_head(panel, f"{noun} {number}")
        add_note(panel, _wrapped(_word(signal, separators) for signal in term))
    add_path(whole, outline, style.OUTLINE_COLOR, CONTOUR)
    _draw_names(whole, separators)
    network = compiled(draft, strategy).network
    add_head(whole, f"{len(terms)} {noun}s")
    counts = f"{network.n_separators} lines, {network.n_gates} gates"
    add_note(whole, [f"{network.size} units:", counts])
    return figure


def _draw_lines(panel: Panel, term: Iterable[int], separators: Separators) -> shapely.Geometry:
    """The lines of a term, broken where it reads NOT; returns where all its literals hold."""
    area: shapely.Geometry = shapely.box(*panel.view.window)
    for signal in term:
        negated = bool(signal & 1)
        start, end = separators.sources[separator_of(signal)]
        add_path(panel, panel.whole_line(start, end), style.LINE_COLOR, broken=negated)
        area &= panel.half_plane(end, start) if negated else panel.half_plane(start, end)
    return area


def _draw_names(panel: Panel, separators: Separators) -> None:
    """The names of all lines; diagonals with an arrow to their 1-side."""
    for number, (start, end) in enumerate(separators.sources):
        name = _name(separators, number)
        along = (end - start) / np.hypot(*(end - start))
        left, middle = np.array([-along[1], along[0]]), (start + end) / 2
        if name.startswith("d"):
            add_path(panel, np.array([start, end]), style.LINE_COLOR)
            add_arrow(panel, middle, left, ARROW)
        add_word(panel, middle, name, size=style.NAME_SIZE, away=-NAME_AWAY * left)


def _word(signal: int, separators: Separators) -> str:
    return "NOT " * (signal & 1) + _name(separators, separator_of(signal))


def _name(separators: Separators, number: int) -> str:
    """`e3` for `star.edge[3]`, `d0` for `star.diagonal[0]`."""
    label = separators.names.label(number)
    return f"{label.prefix.rpartition('.')[2][0]}{label.number}"


def _wrapped(words: Iterable[str]) -> list[str]:
    """An AND of words in lines."""
    lines: list[str] = []
    for word in words:
        if lines and len(f"{lines[-1]} AND {word}") <= NOTE_LETTERS:
            lines[-1] += f" AND {word}"
        else:
            lines.append(word if not lines else f"AND {word}")
    return lines
