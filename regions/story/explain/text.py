"""A document in plain text."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from regions.story.explain.document import (
    Block,
    Command,
    Document,
    Heading,
    Item,
    Items,
    Layer,
    Name,
    Paragraph,
    Span,
    Spans,
    Steps,
    Table,
)
from regions.story.explain.formula import number
from regions.story.explain.notation import Plain

WIDTH = 88
INDENT = "    "

LONGEST = 60
"""Letters of a formula within a paragraph that is not broken."""

HARD = "\ue000"
"""Stands for a space at which no line is broken; of the letters that are private use."""

PLAIN = Plain()

_RULES = {1: "=", 2: "-"}


def text(document: Document) -> str:
    """The document, its paragraphs folded, its calculations not."""
    return "\n\n".join("\n".join(_block(block)) for block in document) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, spans):
            title = _line(spans)
            yield title
            if level in _RULES:
                yield _RULES[level] * len(title)
        case Paragraph(spans):
            yield from _folded(spans, "", "")
        case Steps(rows):
            width = max(len(label) for label, _ in rows)
            for label, spans in rows:
                head = f"{INDENT}{label:{width}}  "
                yield from _folded(spans, head, " " * len(head), longest=sys.maxsize)
        case Items(items):
            for item in items:
                yield from _item(item, "")
        case Table(head, rows):
            yield from _table([list(map(_line, row)) for row in (head, *rows)])
        case Layer():
            yield from _layer(block)
        case _:
            assert_never(block)


def _line(spans: Spans) -> str:
    return "".join(map(_span, spans)).replace(HARD, " ")


def _span(span: Span, longest: int = WIDTH) -> str:
    """Names, and formulas up to a length, keep together: their spaces are hard ones."""
    match span:
        case str():
            return span
        case Name(spelled):
            return spelled.replace(" ", HARD)
        case Command(spelled):
            return f"`{spelled}`".replace(" ", HARD)
        case _:
            written = PLAIN(span)
            kept = written.replace(" ", HARD)
            return kept if len(written) <= longest else _breakable(kept)


def _breakable(kept: str) -> str:
    """A long formula, which may be broken behind a sum's sign and before an equation's."""
    for sign in "+-":
        kept = kept.replace(f"{HARD}{sign}{HARD}", f"{HARD}{sign} ")
    return kept.replace(f"{HARD}={HARD}", f" ={HARD}")


def _folded(spans: Spans, first: str, later: str, longest: int = LONGEST) -> Iterator[str]:
    lines = textwrap.wrap(
        "".join(_span(span, longest) for span in spans),
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (line.replace(HARD, " ") for line in lines)


def _item(item: Item, indent: str) -> Iterator[str]:
    yield from _folded(item.spans, f"{indent}- ", f"{indent}  ")
    for below in item.below:
        yield from _item(below, f"{indent}  ")


def _table(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for place, row in enumerate(rows):
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield (INDENT + "  ".join(cells)).rstrip()
        if place == 0:
            yield INDENT + "  ".join("-" * width for width in widths)


def _layer(layer: Layer) -> Iterator[str]:
    """Matrices side by side, the signs between them in the middle row.

    [h1]      ( [0 1] [x]   [-4] )
    [h2]  = H ( [1 0] [y] + [ 0] )
    """
    height = max(len(layer.outputs), len(layer.inputs))
    middle = (height - 1) // 2
    left = f"{PLAIN(layer.left)} = "
    blocks = [
        _bracketed([[PLAIN(each)] for each in layer.outputs], height),
        _bracketed([[_entry(w) for w in row] for row in layer.weights], height),
        _bracketed([[PLAIN(each)] for each in layer.inputs], height),
        _bracketed([[_entry(bias)] for bias in layer.bias], height),
    ]
    for row in range(height):
        at = row == middle
        outputs, weights, inputs, bias = (block[row] for block in blocks)
        head = left if at else " " * len(left)
        step = " = H(" if at else "     "
        plus, end = (" + ", " )") if at else ("   ", "")
        yield f"{INDENT}{head}{outputs}{step} {weights} {inputs}{plus}{bias}{end}".rstrip()


def _bracketed(rows: list[list[str]], height: int) -> list[str]:
    """Rows in square brackets, centred among empty ones."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "[" + " ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) + "]"
        for row in rows
    ]
    blank = " " * len(lines[0])
    above = (height - len(lines)) // 2
    return [blank] * above + lines + [blank] * (height - len(lines) - above)


def _entry(value: Fraction) -> str:
    return PLAIN(number(value))
