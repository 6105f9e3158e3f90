"""Flags at the ends of lines, outside a panel's frame: to which side a line fires, and a word.

+1
|>      the pennant points to the 1-side
----+----   the frame
|       the line
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from regions.draw import style
from regions.draw.boxes import Box
from regions.draw.labels import Pair
from regions.draw.panels import Panel, add_path, add_word
from regions.draw.text import text_size
from regions.network.model import Floats

POLES = (9.0, 18.0, 27.0)
"""Lengths of the pole that are tried, in points."""

PENNANT, POINTED = 6.5, 7.5
"""Width of a pennant along its pole, and length across."""

APART = 2.0
"""Points between a pole and its word, and around both."""

GRAZING = 0.3
"""Cosine to the frame's normal below which a line runs along the frame, and not out of it."""


@dataclass(frozen=True, eq=False)
class Flag:
    """At an end of a line.

    Attributes:
        line: Its number among the lines.
        base: Where the line leaves the frame, on the sheet.
        along: Unit vector out of the frame, along the line.
        side: Unit vector to the 1-side.
        pole: Length of the pole.
        text: What it says.
    """

    line: int
    base: Floats
    along: Floats
    side: Floats
    pole: float
    text: str

    @property
    def place(self) -> Floats:
        """The middle of the word: behind the pole, as far as its box demands."""
        half = np.array(_word_size(self.text)) / 2
        away = self.pole + APART + float(np.abs(self.along) @ half)
        place: Floats = self.base + away * self.along
        return place

    @property
    def word(self) -> Box:
        """What the word covers."""
        width, height = _word_size(self.text)
        return _box(self.place, (width / 2 + APART / 2, height / 2 + APART / 2), (1.0, 0.0))

    @property
    def cloth(self) -> Box:
        """What pole and pennant cover."""
        middle = self.base + self.pole / 2 * self.along + POINTED / 2 * self.side
        return _box(middle, (self.pole / 2 - 0.5, POINTED / 2 + APART / 2), _pair(self.along))


def place_flags(
    ends: Sequence[Floats], sides: Floats, texts: Sequence[str], panel: Panel, room: float
) -> list[Flag]:
    """At most one flag for each line, clear of each other; some may find no place.

    Args:
        ends: For each line the `(2, 2)` points where it leaves the frame, on the canvas.
        sides: `(n, 2)` unit vectors to the 1-sides.
        texts: What the flags say.
        panel: Whose frame it is.
        room: Points around the frame that are free.
    """
    options = [
        [flag for flag in _options(k, end, side, text, panel) if _fits(flag, panel, room)]
        for k, (end, side, text) in enumerate(zip(ends, sides, texts, strict=True))
    ]
    placed: list[Flag] = []
    for k in sorted(range(len(options)), key=lambda k: len(options[k])):
        free = (flag for flag in options[k] if not any(_overlap(flag, other) for other in placed))
        placed += list(free)[:1]
    return sorted(placed, key=lambda flag: flag.line)


def _options(line: int, ends: Floats, side: Floats, text: str, panel: Panel) -> Iterator[Flag]:
    """The flags at both ends, short poles first; the upper or right end is preferred."""
    forward = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
    both = [(ends[0], -forward), (ends[1], forward)]
    both.sort(key=lambda each: -round(float(each[1].sum()), 6))
    for pole in POLES:
        for base, along in both:
            yield Flag(line, base + np.array(panel.corner), along, side, pole, text)


def _fits(flag: Flag, panel: Panel, room: float) -> bool:
    """Whether it stands within the room around the frame, and its word outside the frame."""
    corner, size = np.array(panel.corner), np.array(panel.view.size)
    local = flag.base - corner
    out = np.where(local < 0.5, -1.0, 0.0) + np.where(local > size - 0.5, 1.0, 0.0)
    if float(np.abs(out) @ np.abs(flag.along)) < GRAZING:
        return False
    frame = _box(corner + size / 2, (size[0] / 2, size[1] / 2), (1.0, 0.0))
    points = np.array([*flag.word.corners(), *flag.cloth.corners()])
    inside = (points >= corner - room).all() and (points <= corner + size + room).all()
    return bool(inside) and not flag.word.overlaps(frame)


def _overlap(flag: Flag, other: Flag) -> bool:
    return any(a.overlaps(b) for a in (flag.word, flag.cloth) for b in (other.word, other.cloth))


def add_flag(sheet: Panel, flag: Flag, color: str) -> None:
    """Draw a flag on the sheet's own panel."""
    from matplotlib.patches import Polygon

    top = flag.base + flag.pole * flag.along
    add_path(sheet, np.array([flag.base, top]), color)
    tip = top - PENNANT / 2 * flag.along + POINTED * flag.side
    cloth = Polygon([top, top - PENNANT * flag.along, tip], facecolor=color, linewidth=0)
    sheet.ax.add_patch(cloth).set_zorder(style.Z_OUTLINE)
    add_word(sheet, flag.place, flag.text, color, style.KEY_SIZE, halo=0.0)


def _word_size(text: str) -> tuple[float, float]:
    return text_size(text, style.KEY_SIZE)


def _box(center: Floats, half: Pair, axis: Pair) -> Box:
    return Box(_pair(center), half, axis)


def _pair(point: Floats) -> Pair:
    x, y = point.tolist()
    return x, y
