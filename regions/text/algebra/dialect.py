"""What may stand in a comparison, and what is said of what may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regions.text.tokens import Token

_SIGNS = {
    "=": "compare with >=, >, <= or <",
    "≥": "write >=",
    "≤": "write <=",
    "\u2212": "write -",
    "·": "write *",
    "\xd7": "write *",
    "²": "write ^2",
    "³": "write ^3",
    ",": "write decimals with a point",
}


@dataclass(frozen=True)
class Dialect:
    """The comparisons of one kind of document.

    Attributes:
        whole: What a text is called.
        form: An example of one, in words.
        atom: What sums are made of.
        hint: What may stand in it.
        again: What to do with a second comparison.
        units: Whether words beside `x` and `y` are names. If not, a product needs no `*`.
        signs: What would be right in place of some signs; beside those that mean nothing anywhere.
        words: What is wrong with some words, and what would be right.
    """

    whole: str
    form: str
    atom: str
    hint: str
    again: str
    units: bool
    signs: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def fault(self, token: Token) -> str | None:
        """Why a token has no place in any text, and what would be right; None if it may."""
        if token.kind == "other":
            right = self.signs.get(token.text) or _SIGNS.get(token.text, self.hint)
            return f"{token.text} has no meaning here; {right}"
        if token.kind == "word" and token.text.lower() in self.words:
            return f"{token.text} is no operator; {self.words[token.text.lower()]}"
        return None
