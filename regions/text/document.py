"""YAML text to plain data with a place for every key and value: the program's only YAML code.

Built over libyaml's stream of events by a stack machine of its own, because the usual road
(compose, then construct) recurses, resolves aliases and keeps no places. What could make a small
file expensive is refused while it streams by: aliases, tags, deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from regions.errors import InputError, Problem
from regions.files import MEGABYTE
from regions.text.places import (
    LINE_BREAK,
    TOP,
    Document,
    Entry,
    Path,
    Place,
    Places,
    Value,
    problem_at,
    shortened,
    spell,
)
from regions.text.scalars import resolve

MAX_TEXT = MEGABYTE
"""Bytes of YAML: long lists of points belong in GeoJSON or WKT, which are read much faster."""

MAX_NESTING = 100
"""Booleans inside one another. Nobody writes more by hand, and every later pass stays linear."""

MAX_OPEN = 2 * MAX_NESTING + 8
"""Collections open at a time. A boolean costs a mapping and a list; around the deepest one stand
the document and, within, a polygon with holes: mapping, mapping, list, ring and point."""

MAX_PROBLEMS = 100
"""Problems listed of one document: more of them have one cause, and nobody reads on."""


class Language(NamedTuple):
    """A kind of document.

    Attributes:
        error: How one is refused.
        root: The key that it begins with.
        instead: Where to put what makes one too large.
    """

    error: type[InputError]
    root: str
    instead: str


def read_document(text: str, file: str | None, language: Language) -> Document:
    """Reads one YAML document.

    Raises:
        InputError: Of the language's type. Too large, not valid YAML, empty, more than one
            document, or it holds an alias, a tag, a key that is no text or stands twice, or nests
            too deep. Lists all that were found before the reading had to stop.
    """
    # A character has at least one byte, so counting characters first is cheap and safe.
    if len(text) > MAX_TEXT or len(text.encode(errors="replace")) > MAX_TEXT:
        message = f"the text is larger than {MAX_TEXT // MEGABYTE} MB; {language.instead}"
        raise language.error([Problem(message, file=file)])
    reader = _Reader(text, file)
    reader.read(language.root)
    if reader.problems:
        raise language.error(reader.problems)
    return Document(reader.data, text, file, reader.start, reader.places)


class _Stop(Exception):  # noqa: N818 - no error of its own: the problem is already noted
    """Reading cannot go on after the problem that was noted last."""


@dataclass(slots=True)
class _Open:
    """A collection that is still being filled; `key` waits for its value, in a mapping."""

    value: list[Value] | dict[str, Value]
    places: Places
    key: str | None = None
    key_place: Place = TOP


class _Reader:
    """The stack machine: one step an event, no recursion."""

    def __init__(self, text: str, file: str | None) -> None:
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.data: Value = None
        self.start = TOP
        self.places: dict[int, Places] = {}
        self._stack: list[_Open] = []
        self._documents = 0

    def read(self, root: str) -> None:
        empty = True
        try:
            for event in self._events():
                if isinstance(event, NodeEvent) and not _is_blank(event):
                    empty = False
                self._step(event)
        except _Stop:
            return
        if empty and not self.problems:
            self._note(TOP, f"the document is empty; begin with `{root}:`")

    def _events(self) -> Iterator[Any]:
        """Events of the text; what the parser refuses becomes a problem."""
        strange = _NO_YAML.search(self.text)
        if strange:
            before = LINE_BREAK.split(self.text[: strange.start()])
            what = f"the character U+{ord(strange[0]):04X} may not stand in YAML; remove it"
            self._stop(Place(len(before), len(before[-1]) + 1), what)
        try:
            yield from yaml.parse(self.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            self._stop(*_syntax(error, len(self.text.rstrip())))

    def _step(self, event: Any) -> None:
        match event:
            case ScalarEvent():
                self._refuse_extras(event)
                self._scalar(event)
            case CollectionStartEvent():
                self._refuse_extras(event)
                self._open(event)
            case CollectionEndEvent():
                self._stack.pop()
            case AliasEvent():
                place = _place(event)
                self._note(place, f"aliases (*{event.anchor}) are refused; write the value out")
                self._add(None, place)
            case DocumentStartEvent():
                self._begin(event)
            case _:
                pass

    def _begin(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(_place(event), "a second document begins here; keep one document a file")
        if event.tags or event.version not in (None, (1, 2)):
            self._note(_place(event), _DIRECTIVES)

    def _refuse_extras(self, event: Any) -> None:
        """Notes an anchor or an explicit tag on a value."""
        if event.anchor is not None:
            self._note(_place(event), f"anchors (&{event.anchor}) are refused; remove the anchor")
        if event.tag is not None:
            tag = shortened(str(event.tag).replace("tag:yaml.org,2002:", "!!"))
            self._note(_place(event), f"tags ({tag}) are refused; remove the tag")

    def _open(self, event: Any) -> None:
        place = _place(event)
        if len(self._stack) >= MAX_OPEN:
            self._stop(place, _NESTED)
        is_mapping = isinstance(event, MappingStartEvent)
        opened = _Open({}, {}) if is_mapping else _Open([], [])
        if self._stack and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None:
            kind = "mapping" if is_mapping else "list"
            self._stop(place, f"a {kind} stands in place of a key; give a word followed by `: `")
        self.places[id(opened.value)] = opened.places
        self._add(opened.value, place)
        self._stack.append(opened)

    def _scalar(self, event: Any) -> None:
        text, place = event.value, _place(event)
        # Plain scalars may stand for numbers, quoted ones are text.
        value = resolve(text) if event.implicit[0] else text
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, value, text, place)
        elif _is_blank(event) and top is not None and top.key is not None:
            # The parser sets a value that was left out at the next thing in the text.
            self._add(value, top.key_place)
        else:
            self._add(value, place)

    def _key(self, top: _Open, value: Value, text: str, place: Place) -> None:
        if not isinstance(value, str):
            what = f"the key {shortened(text)} is no text; put it in quotes"
            self._note(place, what if text else "there is no key; give a word followed by `: `")
        elif not text.isprintable():
            self._note(place, "a key holds a control character; use letters and digits")
        if text in top.value:
            first = top.places[text].key  # type: ignore[call-overload]
            what = f"the key '{shortened(text)}' stands twice, first on line {first.line}"
            self._note(place, f"{what}; keep one of the two")
        top.key, top.key_place = text, place

    def _add(self, value: Value, place: Place) -> None:
        """Puts a finished or just opened value where it belongs."""
        if not self._stack:
            self.data, self.start = value, place
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            assert isinstance(top.places, list)
            top.value.append(value)
            top.places.append(place)
        elif top.key is None:
            # Only an alias gets here: it has been refused, and stands for some key.
            top.key, top.key_place = "", place
        else:
            assert isinstance(top.places, dict)
            top.value[top.key] = value
            top.places[top.key] = Entry(top.key_place, place)
            top.key = None

    def _path(self) -> Path:
        """Where in the data the machine stands.

        The last entry of every open collection, but of the innermost the entry that comes next.
        """
        path: list[str | int] = []
        for opened in self._stack:
            inner = opened is not self._stack[-1]
            match opened.value:
                case list() as items:
                    path.append(len(items) - inner)
                case entries if inner:
                    path.append(next(reversed(entries)))
                case _ if opened.key is not None:
                    path.append(opened.key)
        return tuple(path)

    @cached_property
    def _lines(self) -> list[str]:
        return LINE_BREAK.split(self.text)

    def _note(self, place: Place, message: str) -> None:
        path = spell(self._path())
        self.problems.append(problem_at(self._lines, self.file, place, path, message))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def _stop(self, place: Place, message: str) -> None:
        self._note(place, message)
        raise _Stop


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _is_blank(event: Any) -> bool:
    """Whether an event is the scalar that stands for a value which was left out."""
    return isinstance(event, ScalarEvent) and event.implicit[0] and event.value == ""


def _syntax(error: yaml.MarkedYAMLError, end: int) -> tuple[Place, str]:
    """Place and plain words for what libyaml refused in a text that ends at `end`."""
    mark, begin = error.problem_mark, error.context_mark
    # What is never closed is found at the end of the file; shown is where it was opened.
    shown = begin if begin and (mark is None or mark.index >= end) else mark
    place = Place(shown.line + 1, shown.column + 1) if shown else TOP
    what = str(error.problem or "it cannot be read")
    if what in _REFUSALS:
        return place, _REFUSALS[what]
    what = _PLAIN.get(what, what)
    if error.context and begin:
        what = f"{what}, {error.context} that begins on line {begin.line + 1}"
    return place, f"this is not valid YAML: {what}; check indentation, brackets and quotes"


_DIRECTIVES = "directives other than %YAML 1.2 are refused; remove them"

_NESTED = f"lists and mappings are nested more than {MAX_OPEN} deep; flatten them"

_REFUSALS = {
    "found incompatible YAML document": _DIRECTIVES,
    "exceeded maximum nesting depth": _NESTED,
    "found invalid Unicode character escape code": (
        "this escape names no character; use \\U0010FFFF at most, and no half of a surrogate pair"
    ),
    "mapping values are not allowed in this context": (
        "`: ` cannot stand here; put text with it in quotes, or begin a new line"
    ),
    "found character that cannot start any token": (
        "no value begins with this character; use spaces for indentation, and quotes around text"
    ),
}
"""Words of libyaml that tell of no fault in brackets or quotes, with ours for all of them."""

_PLAIN = {
    "did not find expected key": "no key stands here",
    "did not find expected ',' or ']'": "neither ',' nor ']' stands here",
    "did not find expected ',' or '}'": "neither ',' nor '}' stands here",
    "did not find expected '-' indicator": "no '- ' stands here",
    "did not find expected node content": "no value stands here",
    "did not find expected <document start>": "the document has ended before this",
    "found unexpected end of stream": "the file ends before the closing quote",
    "found unexpected document indicator": "a document begins or ends within quotes",
}
"""Words of libyaml that mean nothing to a user, with words that do."""

_NO_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow (YAML 1.2.2, production 1, c-printable)."""
