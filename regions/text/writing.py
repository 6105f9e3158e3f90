"""Plain values as YAML that reads back the same."""

from __future__ import annotations

import json
import re

from regions.text.scalars import resolve

_PLAIN = re.compile(r"[A-Za-z_][\w./\[\]-]*(?: [\w./\[\]-]+)*", re.ASCII)


def number_text(number: float) -> str:
    """A double in its shortest form: `3`, `0.1`, `1e-05`."""
    number = float(number)
    whole = number == int(number) and abs(number) < 2**53
    return str(int(number)) if whole else repr(number)


def word_text(text: str) -> str:
    """Text outside of brackets: plain where that is safe, else in quotes."""
    plain = _PLAIN.fullmatch(text) and isinstance(resolve(text), str)
    return text if plain else quoted(text)


def quoted(text: str) -> str:
    """Printable text in quotes."""
    return json.dumps(text, ensure_ascii=False)
