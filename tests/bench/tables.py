"""Tables of a Markdown page, aligned, so that they can be read as they are."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.measure import Spread

NONE = "-"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, numbers to the right; columns without any value are left out.

    Raises:
        ValueError: A row has more or fewer cells than there are heads.
    """
    if any(len(row) != len(heads) for row in rows):
        raise ValueError(f"each row must have {len(heads)} cells, one for each head")
    kept = [i for i in range(len(heads)) if any(row[i] not in ("", NONE) for row in rows)]
    lines = [[heads[i] for i in kept], *([row[i] for i in kept] for row in rows)]
    widths = [max(3, *map(len, column)) for column in zip(*lines, strict=True)]
    rule = [":" + "-" * (w - 1) if i == 0 else "-" * (w - 1) + ":" for i, w in enumerate(widths)]
    return "\n".join(_line(cells, widths) for cells in (lines[0], rule, *lines[1:])) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |"


def number(value: float) -> str:
    """Two or three digits that say something: 1,234, 12.3, 1.23, 0.12, 0.012."""
    if value >= 99.95:
        return f"{value:,.0f}"
    if value >= 9.995:
        return f"{value:.1f}"
    if value >= 0.0995:
        return f"{value:.2f}"
    return f"{value:.3f}" if value >= 0.0005 else "<0.001"


def spread(found: Spread, mark: str = "") -> str:
    """`median (least to greatest)`."""
    low, mid, high = (number(value) for value in found)
    return f"{mark}{mid} ({low} to {high})"
