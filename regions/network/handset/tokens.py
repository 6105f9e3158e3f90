"""The text of a unit in tokens, and what to say of characters and words that mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from regions.network.handset.sums import Term

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

_HINTS = {
    "=": "compare with >=, >, <= or <",
    "≥": "write >=",
    "≤": "write <=",
    "\u2212": "write -",
    "·": "write *",
    "\xd7": "write *",
    "²": "write ^2",
    "³": "write ^3",
    "&": "AND of two units is left + right >= 2",
    "|": "OR of two units is left + right >= 1",
    "'": "a name in single quotes ends with another one",
    '"': "put a name in single quotes",
    ",": "write decimals with a point",
}
_LOGIC = {
    "and": "AND of two units is left + right >= 2",
    "or": "OR of two units is left + right >= 1",
    "not": "NOT of a unit is -left >= 0",
}
_HINT = "use numbers, names, + - * / ^ ( ) and one comparison"


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

    @property
    def fault(self) -> str | None:
        """Why it has no place in any text, and what would be right; None if it may have one."""
        if self.kind == "other":
            return f"{self.text} has no meaning here; {_HINTS.get(self.text, _HINT)}"
        if self.kind == "word" and self.text.lower() in _LOGIC:
            return f"{self.text} is no operator; {_LOGIC[self.text.lower()]}"
        return None


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
