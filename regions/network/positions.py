"""Where in a JSON text something is: standard parsers keep no positions."""

from __future__ import annotations

import itertools
import json
from typing import Any

from regions.errors import Problem


def problem_in(
    text: str, file: str | None, data: Any, location: tuple[int | str, ...], message: str
) -> Problem:
    """A problem at a place in parsed JSON.

    Args:
        text: The JSON text.
        file: Its name.
        data: What it parses to.
        location: Keys and indices. Those that the data lacks are passed over, except that a
            missing key at the end is named in the path.
        message: What is wrong; what would be right.
    """
    here: list[int | str] = []
    for part in location:
        known = isinstance(data, dict) and part in data
        if known or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
            here.append(part)
    last = location[-1] if location else None
    missing = isinstance(data, dict) and isinstance(last, str) and last not in here
    return problem_at(
        text, file, _offset(text, here), path_text([*here, last] if missing else here), message
    )


def problem_at(text: str, file: str | None, offset: int, path: str, message: str) -> Problem:
    """A problem at an offset in the text."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    source = text[begin : end if end >= 0 else len(text)]
    line = text.count("\n", 0, offset) + 1
    return Problem(message, path, file, line, offset - begin + 1, source)


def path_text(parts: list[Any]) -> str:
    """`["gates", 3, "inputs"]` as `gates[3].inputs`."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).lstrip(".")


def parse_path(path: str) -> tuple[int | str, ...]:
    """`gates[3].inputs` as `("gates", 3, "inputs")`."""
    parts = path.replace("]", "").replace("[", ".").split(".")
    return tuple(int(part) if part.isdigit() else part for part in parts if part)


def _offset(text: str, path: list[int | str]) -> int:
    """Where the value at a path begins in valid JSON text."""
    decoder = json.JSONDecoder()

    def skip(position: int, chars: str = " \t\r\n") -> int:
        while text[position] in chars:
            position += 1
        return position

    position = skip(0)
    for part in path:
        position = skip(position + 1)
        for index in itertools.count():
            key: int | str = index
            if isinstance(part, str):
                key, position = decoder.raw_decode(text, position)
                position = skip(position, " \t\r\n:")
            if key == part:
                break
            _, position = decoder.raw_decode(text, position)
            position = skip(position, " \t\r\n,")
    return position
