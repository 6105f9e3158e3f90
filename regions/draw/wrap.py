"""Texts in several lines."""

from __future__ import annotations

from regions.draw.text import ELLIPSIS, drawable, fitted, text_size


def wrapped(text: str, size: float, width: float, most: int) -> list[str]:
    """The drawable text in lines of `width` points, broken between words; its end may be left out.

    Args:
        text: Any.
        size: Of the letters, in points.
        width: Of a line; a longer word loses its middle.
        most: Lines; the last ends in an ellipsis where words are left out.
    """
    lines: list[str] = []
    line = ""
    for word in drawable(text).split():
        longer = f"{line} {word}" if line else word
        if not line or text_size(longer, size)[0] <= width:
            line = longer
            continue
        if len(lines) == most - 1:
            return [*lines, _ended(line, size, width)]
        lines.append(fitted(line, size, width))
        line = word
    return [*lines, fitted(line, size, width)] if line else lines


def _ended(line: str, size: float, width: float) -> str:
    """A line with an ellipsis after its last word that leaves room for it."""
    words = line.split()
    while len(words) > 1 and text_size(" ".join(words) + ELLIPSIS, size)[0] > width:
        words.pop()
    return fitted(" ".join(words).rstrip(",") + ELLIPSIS, size, width)
