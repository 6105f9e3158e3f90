"""Texts that can be drawn: in letters the font has, measured, shortened."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from regions.draw.style import FONT

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter the font lacks; an empty box with a warning would be the alternative."""

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def drawable(text: str) -> str:
    """The text on one line, letters the font lacks replaced."""
    known = _letters()
    return "".join(c if ord(c) in known else REPLACEMENT for c in " ".join(text.split()))


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont(FONT)).get_charmap())


@lru_cache(maxsize=4096)
def text_size(text: str, size: float) -> tuple[float, float]:
    """Width and height of a drawable text in points, set at `size` points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=[FONT], size=size)
    width, height, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width), float(height)


def fitted(text: str, size: float, width: float) -> str:
    """The drawable text, its middle left out as far as `width` points demand.

    The middle, since both ends tell names apart: the part's name and the edge's number.
    """
    text = drawable(text)
    if text_size(text, size)[0] <= width:
        return text
    # A letter is at least a 16th of an em wide: longer texts never fit, and need not be measured.
    lengths = range(min(len(text) - 1, int(16 * width / size)) + 1)
    too_wide = bisect_left(
        lengths, True, lo=1, key=lambda kept: text_size(_shortened(text, kept), size)[0] > width
    )
    return _shortened(text, too_wide - 1)


def _shortened(text: str, kept: int) -> str:
    head = kept // 2
    return text[:head].rstrip() + ELLIPSIS + text[len(text) - (kept - head) :].lstrip()


def without_shared_prefix(names: Sequence[str]) -> list[str]:
    """Dotted names without the leading parts that all of them share.

    The name that *is* the shared part, the output's as a rule, keeps its last part:
    `a.edge[0], a.edge[1], a` become `edge[0], edge[1], a`.
    """
    split = [name.split(".") for name in names]
    shared = _shared_parts(split)
    return [".".join(parts[min(shared, len(parts) - 1) :]) for parts in split]


def _shared_parts(split: list[list[str]]) -> int:
    """How many leading parts the first and the last name in order share, and so all between.

    A name shorter than that would lie between them without sharing as much; it sorts first.
    """
    if not split:
        return 0
    first, last = min(split), max(split)
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return sum(1 for _ in pairs)
