"""The tokens of a comparison."""

from __future__ import annotations

import re

from regions.text.algebra.sums import Term
from regions.text.tokens import NUMBER, Token

COORDINATES: dict[str, Term] = {"x": (1, 0), "y": (0, 1)}

_WORD = r"[^\W\d²³][^\W²³]*(?:\.[^\W²³]+|\[[0-9]+\]|#[0-9]+)*"
TOKEN = re.compile(
    r"\s*(?:"
    rf"{NUMBER}"
    rf"|(?P<word>{_WORD})"
    r"|(?P<quoted>'(?:[^']|'')+')"
    r"|(?P<sign>[<>]=|[-+*/^()<>])"
    r"|(?P<other>\S))"
)
"""Numbers, words, quoted names, signs, and `other` for what has no meaning."""


def name_of(token: Token) -> str:
    """The name that a word or a quoted name spells."""
    return token.text[1:-1].replace("''", "'") if token.kind == "quoted" else token.text


def spell_name(name: str) -> str:
    """A unit's name as a text mentions it, in quotes where it is no word."""
    if re.fullmatch(_WORD, name) and name not in COORDINATES:
        return name
    return "'" + name.replace("'", "''") + "'"
