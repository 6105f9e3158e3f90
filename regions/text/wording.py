"""Words about values, keys and numbers, the same in every kind of text."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable

from regions.text.places import shortened

WRITTEN_OUT = 1e150
"""Numbers below are shown with all their digits."""


def counted(number: int, noun: str) -> str:
    """`1 unit`, `1,024 units`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def described(value: object) -> str:
    """What was found, for a message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case float() if value != value:
            return "NaN"
        case float() if abs(value) == math.inf:
            return "infinity"
        case int() | float():
            return f"the number {value!r}" if abs(value) < WRITTEN_OUT else f"the number {value:g}"
        case str():
            return f"the text '{shortened(value)}'"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
        case _:
            return "a mapping"


def nearest(key: str, known: Iterable[str]) -> str | None:
    """The known key that `key` was probably meant to be."""
    close = difflib.get_close_matches(key.lower(), list(known), n=1)
    return close[0] if close else None


def unknown_key(key: str, known: Iterable[str]) -> str:
    """That a key means nothing here, and the nearest that does."""
    known = list(known)
    near = nearest(key, known)
    hint = f"did you mean '{near}'?" if near else f"the keys here are {', '.join(known)}"
    return f"unknown key '{shortened(key)}'; {hint}"
