"""Strategy `edges`: a ring is cut into two chains, a chain is split twice, a formula is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import shapely

from regions.draw import style
from regions.draw.panels import (
    Panel,
    add_area,
    add_head,
    add_mark,
    add_note,
    add_path,
    add_row,
    add_word,
    sheet,
    write,
)
from regions.geometry.peterson import SplitForest, split_ring
from regions.network.model import Floats

if TYPE_CHECKING:
    from matplotlib.figure import Figure

T = TypeVar("T")

BOAT = np.array([[0, 4], [2, 0], [10, 0], [13, 4], [8, 3], [5, 9], [4, 3]], dtype=np.float64)
"""A hull with a sail, counter-clockwise; edge k goes from vertex k to the next."""

WINDOW = (-1.7, -1.4, 14.7, 11.6)

SKY, VERMILION, BLUE = (style.REGION_COLORS[i] for i in (0, 1, 3))
HULL_COLOR = "#c4c4c4"

BOLD = 2.2
"""Width of a chain in points."""

NAME_AWAY = 8.5
"""Points from an edge to its letter."""


def edges() -> Figure:
    """Peterson's decomposition of the boat."""
    tree = split_ring(BOAT, hole=False, exact=True)
    figure = sheet(16)
    ring, *others = add_row(figure, count=3, bottom=66.0, margin=15.0, window=WINDOW)
    _draw_ring(ring, tree)
    first_or = int(np.argmin(tree.conjunction))
    below = int(np.flatnonzero(tree.parent == first_or)[0])
    for number, (panel, row) in enumerate(zip(others, (first_or, below), strict=True)):
        _draw_split(panel, tree, row, number + 2)
    middle = (figure.get_figwidth() * style.POINTS_PER_INCH / 2, 14.0)
    write(figure, middle, formula_text(tree), style.TITLE_SIZE, style.TEXT_COLOR)
    return figure


def letter(edge: int) -> str:
    """The name of an edge of the boat, counted around the ring."""
    return chr(ord("a") + edge % len(BOAT))


def formula_text(tree: SplitForest) -> str:
    """The formula that the splits make, nested ones of one kind as one."""

    def join(conjunction: bool, first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
        kind = "AND" if conjunction else "OR"
        parts = [text if own in ("", kind) else f"({text})" for text, own in (first, second)]
        return f" {kind} ".join(parts), kind

    found = _bottom_up(tree, lambda edge: (letter(edge), ""), join)
    return found[0][0]


def _draw_ring(panel: Panel, tree: SplitForest) -> None:
    south, north = int(tree.lo[0]), int(tree.vertex[0])
    chains = ((south, north, BLUE), (north, south + len(BOAT), VERMILION))
    add_area(panel, shapely.Polygon(BOAT), SKY)
    for lo, hi, color in chains:
        _draw_chain(panel, lo, hi, color)
    for pole in (south, north):
        add_mark(panel, BOAT[pole], style.TEXT_COLOR)
    add_head(panel, "1. The ring is cut at two poles")
    add_note(panel, [" AND ".join(_letters(lo, hi) for lo, hi, _ in chains)])


def _draw_split(panel: Panel, tree: SplitForest, row: int, number: int) -> None:
    """A chain with its rays, what it bounds, its hull, and the two edges that leave that."""
    lo, vertex, hi = (int(ends[row]) for ends in (tree.lo, tree.vertex, tree.hi))
    first, *_, last = chain = _vertices(lo, hi)
    rays = panel.ray(chain[1], first), panel.ray(chain[-2], last)
    hull = shapely.convex_hull(shapely.MultiPoint(np.concatenate([chain, *rays])))
    add_area(panel, hull, HULL_COLOR)
    add_area(panel, _areas(panel, tree)[row], SKY)
    border = shapely.get_coordinates(hull)
    add_path(panel, border, style.QUIET_COLOR, style.OUTLINE_WIDTH, broken=True)
    before, at, after = _vertices(vertex - 1, vertex + 1)
    for start in (before, after):
        add_path(panel, panel.ray(start, at), VERMILION, broken=True)
    for ray in rays:
        add_path(panel, ray, VERMILION, style.OUTLINE_WIDTH)
    _draw_chain(panel, lo, hi, VERMILION)
    add_mark(panel, at, style.TEXT_COLOR)
    kind, turn = ("AND", "left") if tree.conjunction[row] else ("OR", "right")
    add_head(panel, f"{number}. The chain {_letters(lo, hi)} is split")
    split = f"{_letters(lo, vertex)} {kind} {_letters(vertex, hi)}"
    add_note(panel, [f"its hull (grey) turns {turn} there: {kind}", split])


def _draw_chain(panel: Panel, lo: int, hi: int, color: str) -> None:
    chain = _vertices(lo, hi)
    add_path(panel, chain, color, BOLD)
    for edge in range(lo, hi):
        start, end = chain[edge - lo], chain[edge - lo + 1]
        along = (end - start) / np.hypot(*(end - start))
        away = NAME_AWAY * np.array([along[1], -along[0]])
        add_word(panel, (start + end) / 2, letter(edge), color, away=away)


def _vertices(lo: int, hi: int) -> Floats:
    """`(hi - lo + 1, 2)`, on around the ring."""
    chain: Floats = BOAT[np.arange(lo, hi + 1) % len(BOAT)]
    return chain


def _letters(lo: int, hi: int) -> str:
    """The edges of a chain."""
    return "".join(map(letter, range(lo, hi)))


def _areas(panel: Panel, tree: SplitForest) -> list[shapely.Geometry]:
    """What the chain of each row bounds, as far as the panel shows it."""

    def join(
        conjunction: bool, first: shapely.Geometry, second: shapely.Geometry
    ) -> shapely.Geometry:
        return first.intersection(second) if conjunction else first.union(second)

    return _bottom_up(tree, lambda edge: panel.half_plane(*_vertices(edge, edge + 1)), join)


def _bottom_up(
    tree: SplitForest, leaf: Callable[[int], T], join: Callable[[bool, T, T], T]
) -> list[T]:
    """A value for each row, from those of its two parts."""
    found: dict[tuple[int, int], T] = {}
    chains = list(zip(tree.lo.tolist(), tree.vertex.tolist(), tree.hi.tolist(), strict=True))
    for (lo, vertex, hi), conjunction in reversed(
        list(zip(chains, tree.conjunction.tolist(), strict=True))
    ):
        first, second = (
            leaf(begin) if end - begin == 1 else found[begin, end]
            for begin, end in ((lo, vertex), (vertex, hi))
        )
        found[lo, hi] = join(conjunction, first, second)
    return [found[lo, hi] for lo, _, hi in chains]
