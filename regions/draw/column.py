"""A column of words and small tables beside a panel: measured first, that the sheet may fit it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from regions.draw import style
from regions.draw.labels import Pair
from regions.draw.panels import LEADING, Panel, write
from regions.draw.wrap import wrapped

Painter = Callable[[Panel, Pair, float], None]
"""Draws a block, given the sheet as a panel, the block's upper left corner, and its width."""


@dataclass
class Column:
    """Filled from the top.

    Attributes:
        width: In points.
        height: Of all that was added.
    """

    width: float
    height: float = 0.0
    _words: list[tuple[float, str, float, str]] = field(default_factory=list)
    _blocks: list[tuple[float, Painter]] = field(default_factory=list)

    def add_words(
        self, text: str, size: float = style.KEY_SIZE, color: str = style.QUIET_COLOR
    ) -> None:
        """A paragraph, broken into lines."""
        for line in wrapped(text, size, self.width):
            self._words.append((self.height + size, line, size, color))
            self.height += LEADING * size

    def add_block(self, height: float, painter: Painter) -> None:
        """Room for a drawing of a known height."""
        self._blocks.append((self.height, painter))
        self.height += height

    def add_gap(self, height: float) -> None:
        """Free room."""
        self.height += height

    def draw(self, sheet: Panel, corner: Pair) -> None:
        """Draw it all, its upper left corner at a point of the sheet."""
        left, top = corner
        for below, text, size, color in self._words:
            write(sheet.figure, (left, top - below), text, size, color, side="left")
        for below, painter in self._blocks:
            painter(sheet, (left, top - below), self.width)
