"""The text of a comparison in tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from regions.text.algebra.sums import Term

COORDINATES: dict[str, Term] = {"x": (1, 0), "y": (0, 1)}

_WORD = r"[^\W\d²³][^\W²³]*(?:\.[^\W²³]+|\[[0-9]+\]|#[0-9]+)*"
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    rf"|(?P<word>{_WORD})"
    r"|(?P<quoted>'(?:[^']|'')+')"
    r"|(?P<sign>[<>]=|[-+*/^()<>])"
    r"|(?P<other>\S))"
)


class Token(NamedTuple):
    """A piece of a text.

    Attributes:
        kind: `number`, `word`, `quoted`, `sign`, `other` for what has no meaning, or `end`.
        text: As it is written.
        offset: Where it begins.
    """

    kind: str
    text: str
    offset: int

    @property
    def name(self) -> str:
        """The name that a word or a quoted name spells."""
        return self.text[1:-1].replace("''", "'") if self.kind == "quoted" else self.text


def tokens(text: str) -> Iterator[Token]:
    """The tokens, then one of the kind `end`."""
    for found in _TOKEN.finditer(text):
        assert found.lastgroup is not None
        yield Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
    yield Token("end", "", len(text.rstrip()))


def spell_name(name: str) -> str:
    """A unit's name as a text mentions it, in quotes where it is no word."""
    if re.fullmatch(_WORD, name) and name not in COORDINATES:
        return name
    return "'" + name.replace("'", "''") + "'"
