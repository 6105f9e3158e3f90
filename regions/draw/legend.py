"""The list beside a picture of cells: the separators in order, and cells that have a letter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regions.draw import style
from regions.draw.digits import ADVANCE, DIGIT_LINE, add_digits
from regions.draw.faces import Face
from regions.draw.labels import Pair
from regions.draw.palette import unit_color
from regions.draw.panels import add_plain, write
from regions.draw.region import separator_names
from regions.draw.says import separator_line, separator_lines
from regions.draw.text import fitted, text_size
from regions.network.model import Network

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Stand in cells too small for their digits, which the list gives."""

WIDEST = 230.0
"""Of the list. All lengths are points."""

ROW = 13.0
"""From one line to the next."""

NUMBER, BETWEEN = 14.0, 12.0
"""Width of a separator's number, and the space between its name and its sum."""

LETTER, NEXT = 12.0, 12.0
"""From a letter to its digits, and from these to the next letter."""

HEADS = ("digit, separator", "fires where")


@dataclass(frozen=True)
class Legend:
    """The list's lines, measured.

    Attributes:
        network: Whose separators are listed.
        names: Of the separators, as they fit.
        sums: What each of them says, as it fits.
        width: Of the whole.
    """

    network: Network
    names: tuple[str, ...]
    sums: tuple[str, ...]
    width: float

    @classmethod
    def of(cls, network: Network) -> Legend:
        """As wide as its widest line and as two letters, within bounds; long sums are rounded."""
        every = range(network.n_separators)
        full = [separator_line(network, i) for i in every]
        names = separator_names(network)
        wished = [
            NUMBER + _width(name) + BETWEEN + _width(text)
            for name, text in zip(names, full, strict=True)
        ]
        heads = _width(HEADS[0]) + BETWEEN + _width(HEADS[1])
        letters = 2 * (LETTER + ADVANCE * len(names) + NEXT) - NEXT
        width = math.ceil(max(heads, letters, min(WIDEST, max(wished)))) + 1.0
        kept = [
            fitted(name, style.KEY_SIZE, max(width / 2 - NUMBER, width - NUMBER - BETWEEN - taken))
            for name, taken in zip(names, map(_width, full), strict=True)
        ]
        rooms = [width - NUMBER - BETWEEN - _width(name) for name in kept]
        sums = [separator_lines(network, i, style.KEY_SIZE, rooms[i], 1)[0] for i in every]
        return cls(network, tuple(kept), tuple(sums), width)

    @property
    def columns(self) -> int:
        """Letters side by side."""
        return max(1, int((self.width + NEXT) / self._each))

    @property
    def _each(self) -> float:
        return LETTER + ADVANCE * len(self.names) + NEXT

    def height(self, letters: int) -> float:
        """Of the list with so many letters."""
        rows = math.ceil(letters / self.columns)
        return ROW * (len(self.names) + 1 + (rows + 2 if rows else 0))

    def room(self, height: float) -> int:
        """How many letters have room in a list of a height."""
        rows = int(height / ROW) - len(self.names) - 3
        return min(len(LETTERS), max(0, rows) * self.columns)

    def add(self, figure: Figure, corner: Pair, lettered: list[Face]) -> None:
        """Draw it from its upper left corner on."""
        left, level = corner[0], corner[1] - style.KEY_SIZE
        right = left + self.width
        write(figure, (left, level), HEADS[0], color=style.TEXT_COLOR, side="left")
        write(figure, (right, level), HEADS[1], color=style.TEXT_COLOR, side="right")
        for i, (name, text) in enumerate(zip(self.names, self.sums, strict=True)):
            level -= ROW
            number, color = str(i + 1), unit_color(i)
            write(figure, (left + NUMBER - 4.0, level), number, color=color, side="right")
            write(figure, (left + NUMBER, level), name, color=color, side="left")
            write(figure, (right, level), text, side="right")
        if lettered:
            self._add_letters(figure, (left, level - 2 * ROW), lettered)

    def _add_letters(self, figure: Figure, corner: Pair, lettered: list[Face]) -> None:
        """Letters with the digits of their cells, row by row."""
        left, level = corner
        write(figure, (left, level), "cells with a letter", color=style.TEXT_COLOR, side="left")
        plain, count = add_plain(figure), len(self.names)
        for i, (letter, face) in enumerate(zip(LETTERS, lettered, strict=False)):
            x = left + (i % self.columns) * self._each
            y = level - (1 + i // self.columns) * ROW
            write(figure, (x, y), letter, color=style.TEXT_COLOR, side="left")
            middle = x + LETTER + ADVANCE * count / 2, y + DIGIT_LINE / 3
            add_digits(plain, middle, face.fires, count)


def _width(text: str) -> float:
    return text_size(text, style.KEY_SIZE)[0]
