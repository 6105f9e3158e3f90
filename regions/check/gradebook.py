"""The grades of a class: counted, and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from regions.check.grade import COLUMNS, Cell, Grade
from regions.files import write_atomically

FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula: file names are the students' choice."""


def tally(grades: Sequence[Grade]) -> str:
    """`12 right, 3 wrong, 1 unreadable`."""
    counts = Counter(grade.verdict for grade in grades)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("right", "wrong", "unreadable"))


def table(grades: Sequence[Grade]) -> str:
    """The grades as CSV, with a head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, grades))
    return text.getvalue()


def save_table(grades: Sequence[Grade], path: Path) -> None:
    """Write the grades to a CSV file, whole or not at all.

    Raises:
        OutputError: The file cannot be written.
    """
    text = table(grades)
    write_atomically(path, lambda file: file.write_text(text, encoding="utf-8", newline=""))


def _cells(grade: Grade) -> list[Cell]:
    """One row, the path such that no spreadsheet runs it."""
    path, *others = grade.row
    safe = f"./{grade.file}" if grade.file.startswith(FORMULA) else path
    return [safe, *others]
