"""SVG text to a small tree, read without any risk: nothing is fetched, expanded or guessed.

Refused while the text streams by are document types and entities (with which a small file can
stand for a huge one, or name others), deep nesting, and elements that would change the picture in
ways a region cannot. What is never filled is left out. Styles are resolved here, so that every
element's own attributes say all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.parsers import expat

from regions.errors import Problem, SpecError
from regions.shape.svg_shapes import FILLED
from regions.shape.svg_style import StyleSheet, declared
from regions.shape.svg_values import number, refused, transform
from regions.text.document import MAX_PROBLEMS

MAX_DEPTH = 100
"""Elements inside one another, those included that a `use` puts there."""

MAX_ELEMENTS = 20_000
"""Elements drawn, once for each `use` of them: what a network is made of within minutes."""

MAX_VALUE = 2000
"""Characters of an attribute that holds neither points nor path data, and of chained transforms."""

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

GROUPS = ("svg", "g", "a", "defs", "use")
IGNORED = (
    *("title", "desc", "metadata", "line", "script", "view", "cursor"),
    *("linearGradient", "radialGradient", "pattern", "marker", "filter", "clipPath", "mask"),
)
"""Elements left out with all that they hold: they are not filled, or count only where used."""

REFUSED = {
    "text": "convert text to paths",
    "image": "an image has no outline; trace it to paths",
    "foreignObject": "convert it to paths",
    "symbol": "put what it holds into a `g` under `defs`",
    "switch": "keep one of its children",
    "svg": "put what it holds into a `g`",
}

MAX_CHAINS = 1_000_000
"""Characters of all transforms, those above each element counted again: they are exact, and long
chains of turns make long numbers."""


@dataclass(frozen=True, eq=False)
class Element:
    """An element that is kept.

    Attributes:
        tag: Without its namespace.
        attributes: As written, its style's properties among them.
        place: Line and column of its start in the file.
        children: Those that are kept.
    """

    tag: str
    attributes: dict[str, str]
    place: tuple[int, int]
    children: list[Element] = field(default_factory=list)


def scan(data: bytes, file: str | None) -> Element:
    """The root of an SVG document.

    Raises:
        SpecError: Not well-formed, no SVG, or it holds what is refused; every such place.
    """
    scanner = _Scanner(file)
    root = scanner.read(data)
    scanner.finish(root)
    return root


class _Scanner:
    """Builds the tree from expat's events."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._open: list[Element | None] = []
        self._root: Element | None = None
        self._count = 0
        self._sheet: list[str] | None = None
        self._rules = StyleSheet()

    def read(self, data: bytes) -> Element:
        parser = self._parser
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.buffer_text = True
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            place = error.lineno, error.offset + 1
            self._stop(f"this is not well-formed XML: {reason}; mend the file here", place)
        except (ValueError, LookupError) as error:
            if isinstance(error, SpecError):
                raise
            self._stop("its encoding is not known here; save the file as UTF-8", (1, 1))
        if self._root is None:
            raise SpecError(self.problems)
        return self._root

    def finish(self, root: Element) -> None:
        """Resolves styles, and refuses values that cannot be used, and references that lead on."""
        elements = list(descendants(root))
        for element in elements:
            self._try(partial(self._resolve, element), element.place)
        targets = _targets(elements)
        for element in elements:
            if element.tag == "use" and _target(element) not in targets:
                shown = element.attributes.get("href", "")[:40]
                message = f"'use' refers to '{shown}', which is not drawn in this file"
                self._add(f"{message}; name an element of it, such as #tooth", element.place)
        self._raise()
        self._measure(root, targets)

    def _add(self, message: str, place: tuple[int, int]) -> None:
        self.problems.append(Problem(message, file=self.file, line=place[0], column=place[1]))
        if len(self.problems) >= MAX_PROBLEMS:
            self._raise()

    def _stop(self, message: str, place: tuple[int, int]) -> None:
        self._add(message, place)
        self._raise()

    def _raise(self) -> None:
        if self.problems:
            raise SpecError(self.problems)

    @property
    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _doctype(self, *_: object) -> None:
        self._stop("document types and entities are refused; remove <!DOCTYPE ...>", self._place)

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self._add("style sheets in other files are refused; put it into `style`", self._place)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if len(self._open) >= MAX_DEPTH:
            self._stop(f"elements are nested more than {MAX_DEPTH} deep; flatten them", self._place)
        if self._root is None and (tag != "svg" or space not in ("", SVG)):
            self._stop(f"the file begins with '{tag[:40]}'; give an SVG file", self._place)
        hidden = bool(self._open) and self._open[-1] is None
        if hidden or space not in ("", SVG) or tag in IGNORED or not self._known(tag):
            self._open.append(None)
            return
        if tag == "style":
            self._sheet = []
            self._open.append(None)
            return
        self._count += 1
        if self._count > MAX_ELEMENTS:
            self._stop(_TOO_MANY, self._place)
        element = Element(tag, _plain(attributes), self._place)
        if self._open and self._open[-1] is not None:
            self._open[-1].children.append(element)
        self._root = self._root or element
        self._open.append(element)
        self._bound(element)

    def _known(self, tag: str) -> bool:
        """Whether an element is read; says so where it is not."""
        if tag in REFUSED and (tag != "svg" or self._root is not None):
            self._add(f"the element '{tag}' is not read; {REFUSED[tag]}", self._place)
        elif tag in FILLED or tag in GROUPS or tag == "style":
            return True
        else:
            shown = tag[:40]
            self._add(f"the element '{shown}' has no meaning here; remove it", self._place)
        return False

    def _bound(self, element: Element) -> None:
        """Refuses long values, which stand for many others where they are handed down."""
        for key, value in element.attributes.items():
            if key not in ("d", "points") and len(value) > MAX_VALUE:
                what = f"the value of '{key[:40]}' has {len(value):,} characters"
                self._stop(f"{what}; use at most {MAX_VALUE:,}", self._place)

    def _end(self, _: str) -> None:
        if self._sheet is not None:
            text, self._sheet = "".join(self._sheet), None
            self._try(partial(self._rules.add, text), self._place)
        self._open.pop()

    def _characters(self, text: str) -> None:
        if self._sheet is not None:
            self._sheet.append(text)

    def _resolve(self, element: Element) -> None:
        """Makes attributes of what rules and the element's own style set."""
        attributes = element.attributes
        attributes.update(self._rules.properties(element.tag, attributes))
        attributes.update(declared(attributes.pop("style", "")))
        transform(attributes.get("transform", ""))
        if element.tag == "use":
            number(attributes.get("x", "0"))
            number(attributes.get("y", "0"))
        for key, what in (("clip-path", "a clip path"), ("mask", "a mask")):
            if attributes.get(key, "none") != "none":
                raise refused(f"{what} is not read; cut the paths themselves")

    def _try(self, action: Callable[[], object], place: tuple[int, int]) -> None:
        """Notes at a place what an action refuses."""
        try:
            action()
        except SpecError as error:
            for problem in error.problems:
                self._add(problem.message, place)

    def _measure(self, root: Element, targets: dict[str, Element]) -> None:
        """Bounds what is drawn, every `use` followed; a circle of them is found by its depth."""
        count = chains = 0
        stack = [(root, 0, 0)]
        while stack:
            element, depth, chain = stack.pop()
            count += 1
            chain += len(element.attributes.get("transform", ""))
            chains += chain
            if depth > MAX_DEPTH:
                message = f"'use' leads more than {MAX_DEPTH} elements deep, or in a circle"
                self._stop(f"{message}; flatten it", element.place)
            if count > MAX_ELEMENTS:
                self._stop(_TOO_MANY, element.place)
            if chain > MAX_VALUE:
                message = "the transforms here, with those above, are too long; apply some of them"
                self._stop(message, element.place)
            if chains > MAX_CHAINS:
                self._stop(_TOO_LONG, element.place)
            below = list(element.children)
            if element.tag == "use":
                below.append(targets[_target(element)])
            stack.extend((child, depth + 1, chain) for child in below)


_TOO_LONG = (
    f"the transforms of all that is drawn, with those around it, have more than {MAX_CHAINS:,} "
    "characters; shorten them"
)
_TOO_MANY = f"more than {MAX_ELEMENTS:,} elements are drawn; simplify the picture or split it"


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes without namespaces; XLink's `href` is SVG's own."""
    found: dict[str, str] = {}
    for name, value in attributes.items():
        space, _, key = name.rpartition(" ")
        if not space or (space == XLINK and key == "href" and "href" not in found):
            found[key] = value
    return found


def descendants(root: Element) -> Iterator[Element]:
    """Every element, in the order of the file."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(reversed(element.children))


def _targets(elements: list[Element]) -> dict[str, Element]:
    """What a `use` may name: the first element of each id."""
    found: dict[str, Element] = {}
    for element in elements:
        if "id" in element.attributes:
            found.setdefault(element.attributes["id"], element)
    return found


def _target(use: Element) -> str:
    """The id that a `use` names; none begins with a NUL."""
    href = use.attributes.get("href", "").strip()
    return href[1:] if href.startswith("#") else "\0"
