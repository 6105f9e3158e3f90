"""What is said about bad input: problems with a place, gathered and raised together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a document, and where.

    Attributes:
        message: What is wrong; what would be right.
        path: Place in the document's data, such as `shape.union[1].circle.radius`.
        file: The file as the user named it, or None for data given in Python.
        line: Line in the file, counted from 1, or None where there is no text to point at.
        column: Column in that line, counted from 1.
        source: Text of that line, shown with a caret below the column.
    """

    message: str
    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    source: str | None = None

    def __str__(self) -> str:
        place = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        head = ": ".join(filter(None, (":".join(place), self.path, self.message)))
        if self.source is None or self.column is None:
            return head
        shown, caret = _excerpt(self.source, self.column)
        return f"{head}\n    {shown}\n    {' ' * caret}^"


_EXCERPT_WIDTH = 96


def _excerpt(source: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and the caret's offset in it."""
    start = max(0, column - 1 - _EXCERPT_WIDTH // 2) if len(source) > _EXCERPT_WIDTH else 0
    lead = "..." if start else ""
    tail = "..." if len(source) > start + _EXCERPT_WIDTH else ""
    shown = source[start : start + _EXCERPT_WIDTH].rstrip()
    # Tabs and other control characters would move the caret away from its column.
    shown = "".join(char if char.isprintable() else " " for char in shown)
    return lead + shown + tail, len(lead) + column - 1 - start


class InputError(ValueError):
    """Input that cannot be used; `problems` holds every reason found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class SpecError(InputError):
    """A shape, or the document that describes it, is refused."""


class NetworkError(InputError):
    """A network, or the file that holds it, breaks a rule of its format."""


class OutputError(InputError):
    """A file cannot be written where it was asked for."""


def placed(problems: Iterable[Problem], file: str) -> Iterator[Problem]:
    """The problems; those that know no file are about this one."""
    for problem in problems:
        yield problem if problem.file else replace(problem, file=file)
