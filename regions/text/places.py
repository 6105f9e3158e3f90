"""Data with a place in a text: where each key and value stands, and how that is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias

from regions.errors import Problem

LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""Where libyaml counts a new line, so that our line numbers agree with its marks."""

_PLAIN_KEY = re.compile(r"[\w-]{1,40}")

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the document's root to a value."""


class Place(NamedTuple):
    """A position in the text, both counted from 1."""

    line: int
    column: int


TOP = Place(1, 1)


class Entry(NamedTuple):
    """Where a mapping's key and its value stand."""

    key: Place
    value: Place


Places: TypeAlias = list[Place] | dict[str, Entry]


@dataclass(frozen=True, eq=False)
class Document:
    """What a YAML text says, and where it says it.

    Attributes:
        data: Plain Python data; every mapping has text keys.
        text: The text it was read from.
        file: The file as the user named it, or None.
        start: Where the data begins.
    """

    data: Value
    text: str
    file: str | None
    start: Place
    _places: dict[int, Places] = field(repr=False)

    @cached_property
    def _lines(self) -> list[str]:
        return LINE_BREAK.split(self.text)

    def problem(
        self, path: Path, message: str, *, at_key: bool = False, within: int = 0
    ) -> Problem:
        """A problem with the value at `path`, or with its key where the key is at fault.

        Where the document ends before the path does (a key is missing), the place is that of the
        last part that exists.

        Args:
            path: Of the value.
            message: What is wrong; what would be right.
            at_key: Whether the key is at fault.
            within: At which character of a text.
        """
        place, value = self._find(path, at_key)
        if within and isinstance(value, str):
            place = self._within(place, value, within)
        return problem_at(self._lines, self.file, place, spell(path), message)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Where the value at `path`, or its key, stands."""
        return self._find(path, at_key)[0]

    def value(self, path: Path) -> Value:
        """The value at `path`."""
        return self._find(path, at_key=False)[1]

    def _find(self, path: Path, at_key: bool) -> tuple[Place, Value]:
        """The last part of a path that exists: where it stands, and its value."""
        place, value = self.start, self.data
        for depth, part in enumerate(path, start=1):
            match value, part:
                case dict(), str() if part in value:
                    entries = self._places[id(value)]
                    assert isinstance(entries, dict)
                    entry = entries[part]
                    place = entry.key if at_key and depth == len(path) else entry.value
                    value = value[part]
                case list(), int() if part < len(value):
                    places = self._places[id(value)]
                    assert isinstance(places, list)
                    place, value = places[part], value[part]
                case _:
                    break
        return place, value

    def _within(self, place: Place, text: str, offset: int) -> Place:
        """A character of a text; where that is not written as it reads, the text's beginning."""
        line = self._lines[place.line - 1]
        start = place.column - 1
        start += line[start : start + 1] in ("'", '"')
        as_read = line.startswith(text[:offset], start)
        return Place(place.line, start + offset + 1) if as_read else place


def spell(path: Path) -> str:
    """A path as it is shown: `shape.union[1].circle.radius`, odd keys as `where["a key"]`."""
    spelled = ""
    for part in path:
        match part:
            case str() if _PLAIN_KEY.fullmatch(part):
                spelled += f".{part}" if spelled else part
            case str():
                spelled += f'["{shortened(part)}"]'
            case _:
                spelled += f"[{part}]"
    if len(spelled) <= _MAX_SPELLED:
        return spelled
    return f"{spelled[: _MAX_SPELLED // 2]}...{spelled[-_MAX_SPELLED // 2 :]}"


_MAX_SPELLED = 120
"""Characters of a path in a message; of a longer one the middle is left out."""


def shortened(text: str, width: int = 40) -> str:
    """Text for a message: on one line, control characters shown as escapes, cut where long."""
    shown = text if len(text) <= width else text[: width - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


def problem_at(
    lines: list[str], file: str | None, place: Place, path: str, message: str
) -> Problem:
    """A problem at a place of the text, with its line for the caret unless that is blank."""
    source = lines[place.line - 1] if place.line <= len(lines) else ""
    shown = source if source.strip() else None
    return Problem(message, path, file, place.line, place.column, shown)
