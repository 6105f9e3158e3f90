"""How reports and proofs show themselves in notebooks."""

from __future__ import annotations

import html

GOOD, BAD = "#2e7d32", "#c62828"


def as_html(text: str, good: bool) -> str:
    """Text as it stands, beside a green bar or a red one."""
    style = f"border-left: 4px solid {GOOD if good else BAD}; padding-left: 8px"
    return f'<pre style="{style}">{html.escape(text)}</pre>'
