"""Texts in several lines."""

from __future__ import annotations

from collections.abc import Sequence

from regions.draw.text import ELLIPSIS, drawable, fitted, text_size


def wrapped(text: str, size: float, width: float, most: int | None = None) -> list[str]:
    """The drawable text in lines of `width` points, broken between words; see `filled`."""
    return filled(text.split(), size, width, most)


def filled(pieces: Sequence[str], size: float, width: float, most: int | None = None) -> list[str]:
    """Pieces of text in lines, broken between pieces only; the end may be left out.

    Args:
        pieces: Words, or groups of words that stay together.
        size: Of the letters, in points.
        width: Of a line; a longer piece loses its middle.
        most: Lines; the last ends in an ellipsis where pieces are left out. None for any number.
    """
    lines: list[str] = []
    line = ""
    for piece in map(drawable, pieces):
        longer = f"{line} {piece}" if line else piece
        if not line or text_size(longer, size)[0] <= width:
            line = longer
            continue
        if most is not None and len(lines) == most - 1:
            return [*lines, _ended(line, size, width)]
        lines.append(fitted(line, size, width))
        line = piece
    return [*lines, fitted(line, size, width)] if line else lines


def _ended(line: str, size: float, width: float) -> str:
    """A line with an ellipsis after its last word that leaves room for it."""
    words = line.split()
    while len(words) > 1 and text_size(" ".join(words) + ELLIPSIS, size)[0] > width:
        words.pop()
    return fitted(" ".join(words).rstrip(",") + ELLIPSIS, size, width)
