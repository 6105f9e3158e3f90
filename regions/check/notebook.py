"""How things show themselves in notebooks: text, or more, beside a bar in a telling colour."""

from __future__ import annotations

import html

GOOD, BAD, NEUTRAL = "#2e7d32", "#c62828", "#9a9a9a"


def as_html(text: str, good: bool) -> str:
    """Text as it stands, beside a green bar or a red one."""
    return f'<pre style="{_bar(GOOD if good else BAD)}">{html.escape(text)}</pre>'


def card(*rows: str) -> str:
    """HTML one below the other, beside a grey bar: nothing was judged."""
    inside = "".join(f"<div>{row}</div>" for row in rows)
    return f'<div style="{_bar(NEUTRAL)}">{inside}</div>'


def _bar(color: str) -> str:
    return f"border-left: 4px solid {color}; padding-left: 8px"
