"""A spec's text, cut down to what makes the shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEFT_OUT = ("name", "about", "group", "expect", "window")
"""Keys at the head of a document that say nothing of how the shape is made."""

_KEY = re.compile(r"(\w+):")


def shape_lines(text: str) -> list[str]:
    """The lines of a document that define its shape, without comments and blank lines."""
    return list(_kept(text))


def _kept(text: str) -> Iterator[str]:
    kept = True
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        key = _KEY.match(line)
        if key:
            kept = key[1] not in LEFT_OUT
        if kept:
            yield line.rstrip()
