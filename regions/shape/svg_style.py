"""The part of CSS that decides which points of an SVG picture are filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from regions.shape.svg_values import refused

PROPERTIES = ("fill", "fill-rule", "display", "visibility", "clip-path", "mask")
"""Of presentation, what decides which points are filled."""

_SELECTOR = re.compile(r"\*|[A-Za-z]+|(?:[A-Za-z]+)?\.[\w-]+|#[\w-]+")


class StyleSheet:
    """Rules by their selectors: `*`, `path`, `.cut`, `path.cut`, `#tooth`."""

    def __init__(self) -> None:
        self._rules: dict[str, dict[str, tuple[int, str]]] = {}
        self._count = 0

    def add(self, text: str) -> None:
        """The rules of a style sheet.

        Raises:
            SpecError: A rule is none of those read here, so that it cannot be told what it fills.
        """
        plain = _without_comments(text)
        if "@" in plain:
            raise refused("rules that begin with @ are refused in `style`; remove them")
        *blocks, rest = plain.split("}")
        if rest.strip() or any(block.count("{") != 1 for block in blocks):
            raise refused("this is no style sheet; write rules such as `.cut {fill: none}`")
        for block in blocks:
            selectors, _, body = block.partition("{")
            properties = declared(body)
            for selector in map(str.strip, selectors.split(",")):
                if not _SELECTOR.fullmatch(selector):
                    right = "use the name of an element, .class or #id"
                    raise refused(f"the selector '{selector[:40]}' is not read; {right}")
                self._count += 1
                known = self._rules.setdefault(selector, {})
                known.update({key: (self._count, value) for key, value in properties.items()})

    def properties(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What the rules set of an element: of two rules the more specific one, else the later."""
        best: dict[str, tuple[int, int, str]] = {}
        for selector, weight in _selectors(tag, attributes):
            for key, (order, value) in self._rules.get(selector, {}).items():
                best[key] = max(best.get(key, (-1, -1, "")), (weight, order, value))
        return {key: value for key, (_, _, value) in best.items()}


def _without_comments(text: str) -> str:
    first, *rest = text.split("/*")
    return " ".join([first, *(part.partition("*/")[2] for part in rest)])


def _selectors(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The selectors that mean an element, with how specific they are."""
    yield "*", 0
    yield tag, 1
    for kind in dict.fromkeys(attributes.get("class", "").split()):
        yield f".{kind}", 10
        yield f"{tag}.{kind}", 11
    yield f"#{attributes.get('id', '')}", 100


def declared(text: str) -> dict[str, str]:
    """The properties that declarations such as `fill: none; stroke: red` set, if they matter.

    Raises:
        SpecError: They set the outline itself.
    """
    found: dict[str, str] = {}
    for declaration in text.split(";"):
        key, _, value = declaration.partition(":")
        key = key.strip().lower()
        if key in PROPERTIES:
            found[key] = value.partition("!")[0].strip()
        if key in ("transform", "d"):
            raise refused(f"`{key}` in a style is not read; write it as an attribute")
    return found
