"""A document as a value: headings, paragraphs, calculations, lists, tables, layers of a network.

What is said is built once; `text.py`, `markdown.py` and `latex.py` set it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from regions.story.explain.formula import Formula


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the user's, letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """Something to type into a terminal."""

    text: str


Span: TypeAlias = str | Name | Command | Formula
Spans: TypeAlias = tuple[Span, ...]
"""A run of words, names and formulas. Spaces between them are part of the words."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Of a document (level 1), a section (2) or a neuron (3)."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Steps:
    """Lines of a calculation, each with a word for what it does."""

    rows: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list, with a list of its own below it."""

    spans: Spans
    below: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in columns below their heads."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer as an equation of columns: `left = outputs = H(weights * inputs + bias)`.

    Attributes:
        left: The vector of the layer.
        outputs: Its components.
        weights: A row for each output, as wide as `inputs`.
        inputs: Components of the layer below, or the features.
        bias: One for each output.
    """

    left: Formula
    outputs: tuple[Formula, ...]
    weights: tuple[tuple[Fraction, ...], ...]
    inputs: tuple[Formula, ...]
    bias: tuple[Fraction, ...]


Block: TypeAlias = Heading | Paragraph | Steps | Items | Table | Layer
Document: TypeAlias = tuple[Block, ...]


def para(*spans: Span) -> Paragraph:
    """A paragraph."""
    return Paragraph(spans)


def joined(members: Sequence[Spans], last: str = " and ", between: str = ", ") -> Spans:
    """`a, b and c`."""
    spans: list[Span] = []
    for place, member in enumerate(members):
        if place:
            spans.append(last if place == len(members) - 1 else between)
        spans.extend(member)
    return tuple(spans)


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(count: int) -> str:
    """A count up to ten as a word."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """`one line`, `seven lines`, `418 lines`."""
    return f"{in_words(count)} {one if count == 1 else many or one + 's'}"
