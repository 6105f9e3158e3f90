"""A document in LaTeX, complete: class article, package amsmath, any engine."""

from __future__ import annotations

import unicodedata
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

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "-": "{-}",
    "'": "{'}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
}
"""Hyphens and quotes stand alone, as two or three in a row would melt into one sign."""

_ACCENTS = set("\u0300\u0301\u0302\u0303\u0306\u0307\u0308\u030a\u030b\u030c\u0327")
_LETTERS = set("ßæœøåÆŒØÅłŁ")
"""What all engines have in their default fonts, beside ASCII letters with such an accent."""

_LAST_LATIN = "\u017f"
"""Of the Unicode block Latin Extended-A: pdfTeX knows few letters beyond it."""

_HEAD = r"""\documentclass{article}
\usepackage{amsmath}
"""

_BEGIN = r"""\setcounter{MaxMatrixCols}{20}
\setlength{\parindent}{0pt}
\addtolength{\textwidth}{3cm}
\addtolength{\oddsidemargin}{-1.5cm}
\addtolength{\textheight}{4cm}
\addtolength{\topmargin}{-2cm}
\renewcommand{\labelitemi}{$\bullet$}
\renewcommand{\labelitemii}{$\circ$}
\renewcommand{\labelitemiii}{$\cdot$}
\renewcommand{\labelitemiv}{$\cdot$}
\setlength{\parskip}{6pt plus 2pt}
\setlength{\emergencystretch}{3em}
\raggedright
\begin{document}
"""

_SECTIONS = {1: "section*", 2: "subsection*", 3: "subsubsection*"}


def latex(document: Document) -> str:
    """The source of the document."""
    body = "\n\n".join("\n".join(_block(block)) for block in document)
    return f"{_HEAD}{_fallbacks(body)}{_BEGIN}\n{body}\n\n\\end{{document}}\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, spans):
            yield rf"\{_SECTIONS[level]}{{{_line(spans)}}}"
        case Paragraph(spans):
            yield _line(spans)
        case Steps(rows):
            yield r"\begin{tabular}{@{\quad}l@{\quad}p{0.78\linewidth}@{}}"
            for label, spans in rows:
                yield rf"{_escaped(label)} & \raggedright {_line(spans)} \tabularnewline[2pt]"
            yield r"\end{tabular}"
        case Items(items):
            yield from _items(items)
        case Table(head, rows):
            yield rf"\begin{{tabular}}{{@{{\quad}}l{'l' * (len(head) - 1)}@{{}}}}"
            yield _row(head) + r" \hline"
            yield from map(_row, rows)
            yield r"\end{tabular}"
        case Layer():
            yield from (r"\[", layer_tex(block), r"\]")
        case _:
            assert_never(block)


def _items(items: tuple[Item, ...]) -> Iterator[str]:
    yield r"\begin{itemize}"
    for item in items:
        yield rf"\item {_line(item.spans)}"
        if item.below:
            yield from _items(item.below)
    yield r"\end{itemize}"


def _row(cells: tuple[Spans, ...]) -> str:
    return " & ".join(map(_line, cells)) + r" \\"


def _line(spans: Spans) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    match span:
        case str():
            return _escaped(span) if span.strip() else span
        case Name(spelled) | Command(spelled):
            return rf"\texttt{{{_escaped(spelled)}}}"
        case _:
            return f"${TEX(span)}$"


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(c, c) for c in text)


def _fallbacks(body: str) -> str:
    """For letters that pdfTeX's default fonts lack: it then prints their number."""
    rare = sorted({c for c in body if ord(c) > 127 and not _is_common(c)})
    if not rare:
        return ""
    declared = (rf"\DeclareUnicodeCharacter{{{ord(c):04X}}}{{[U+{ord(c):04X}]}}" for c in rare)
    return "\n".join([r"\ifdefined\DeclareUnicodeCharacter", *declared, r"\fi", ""])


def _is_common(letter: str) -> bool:
    parts = unicodedata.normalize("NFD", letter)
    accented = ord(parts[0]) < 128 and set(parts[1:]) <= _ACCENTS
    return letter in _LETTERS or (accented and letter <= _LAST_LATIN)
