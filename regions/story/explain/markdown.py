"""A document in GitHub-flavoured Markdown, formulas in TeX between dollar signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from regions.story.explain.tex import TEX, layer_tex

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|$~^&])")


def markdown(document: Document) -> str:
    """The document; a paragraph is one line."""
    return "\n\n".join("\n".join(_block(block)) for block in document) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, spans):
            yield f"{'#' * level} {_line(spans)}"
        case Paragraph(spans):
            yield _line(spans)
        case Steps(rows):
            for label, spans in rows:
                yield f"- *{label}*: {_line(spans)}"
        case Items(items):
            for item in items:
                yield from _item(item, "")
        case Table(head, rows):
            yield _row(head)
            yield "|" + "---|" * len(head)
            yield from map(_row, rows)
        case Layer():
            # Between dollar signs GitHub would take the backslashes at a row's end for its own.
            yield from ("```math", layer_tex(block), "```")
        case _:
            assert_never(block)


def _item(item: Item, indent: str) -> Iterator[str]:
    yield f"{indent}- {_line(item.spans)}"
    for below in item.below:
        yield from _item(below, f"{indent}  ")


def _code(spelled: str) -> str:
    """Between more backticks in a row than it holds itself."""
    longest = max(map(len, re.findall("`+", spelled)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {spelled} {fence}" if longest else f"{fence}{spelled}{fence}"


def _row(cells: tuple[Spans, ...]) -> str:
    # A bar ends a cell even within code.
    lines = ("".join(_span(span, bar=r"\|") for span in cell) for cell in cells)
    return f"| {' | '.join(lines)} |"


def _line(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span, bar: str = "|") -> str:
    match span:
        case str():
            return _SPECIAL.sub(r"\\\1", span) if span.strip("() .,;:") else span
        case Name(spelled) | Command(spelled):
            return _code(spelled.replace("|", bar))
        case _:
            return f"${TEX(span)}$"
