"""The worked solution of the exercise "draw a network for this region": `regions explain`.

    region -> lines and curves -> gates -> matrices -> check -> smaller

`solution.py` and `trace.py` say what is said, as a document; three writers set it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from regions.story.explain.document import Document
from regions.story.explain.latex import latex
from regions.story.explain.markdown import markdown
from regions.story.explain.point import read_point
from regions.story.explain.solution import solution
from regions.story.explain.text import text
from regions.story.explain.trace import trace

__all__ = ["WRITERS", "Format", "read_point", "solution", "trace"]

Format: TypeAlias = Literal["text", "markdown", "latex"]

WRITERS: Mapping[str, Callable[[Document], str]] = MappingProxyType(
    {"text": text, "markdown": markdown, "latex": latex}
)
"""The formats by name."""
