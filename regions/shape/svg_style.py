"""The part of CSS that decides which points of an SVG picture are filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from regions.shape.svg_values import refused

PROPERTIES = ("fill", "fill-rule", "display", "visibility", "clip-path", "mask")
"""Of presentation, what decides which points are filled."""

_SELECTOR = re.compile(r"\*|[A-Za-z]+|(?:[A-Za-z]+)?\.[\w-]+|#[\w-]+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class StyleSheet:
    """Rules by their selectors: `*`, `path`, `.cut`, `path.cut`, `#tooth`."""

    def __init__(self) -> None:
        self._rules: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self._count = 0

    def add(self, text: str) -> None:
        """The rules of a style sheet.

        Raises:
            SpecError: A rule is none of those read here, so that it cannot be told what it fills.
        """
        plain = _COMMENT.sub(" ", text)
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
                self._rules.setdefault(selector, []).append((self._count, properties))

    def properties(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What the rules set of an element: of two rules the more specific one, else the later."""
        found: list[tuple[int, int, dict[str, str]]] = [
            (weight, order, properties)
            for selector, weight in _selectors(tag, attributes)
            for order, properties in self._rules.get(selector, ())
        ]
        result: dict[str, str] = {}
        for _, _, properties in sorted(found, key=lambda rule: rule[:2]):
            result.update(properties)
        return result


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
