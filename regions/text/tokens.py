"""Texts in tokens, for the parsers by recursive descent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

NUMBER = r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
"""The group of a pattern that numbers belong to; signs are tokens of their own."""


class TextFault(Exception):  # noqa: N818 - named for what it is, a fault in a text
    """What is wrong with a text, and at which character of it, counted from 0."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class Token(NamedTuple):
    """A piece of a text.

    Attributes:
        kind: The group of the pattern that it belongs to, or `end`.
        text: As it is written.
        offset: Where it begins.
    """

    kind: str
    text: str
    offset: int


def tokens(text: str, pattern: re.Pattern[str]) -> Iterator[Token]:
    """The tokens, then one of the kind `end`.

    Args:
        text: Any.
        pattern: Spaces, then one of several groups; the last takes every other character.
    """
    for found in pattern.finditer(text):
        assert found.lastgroup is not None
        yield Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
    yield Token("end", "", len(text.rstrip()))


class Parser:
    """Reads one token after the other; `_next` is the one that was not used yet."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._tokens = tokens(text, pattern)
        self._last = self._next = next(self._tokens)

    def _take(self) -> Token:
        self._last, self._next = self._next, next(self._tokens, self._next)
        return self._last
