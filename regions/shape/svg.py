"""SVG files to shapes: every filled element a path, y turned upwards.

Three steps. `scan` reads the text without risk and resolves styles. The library svgelements puts
the document together: it follows each `use`, hands attributes down, and chains transforms. The
numbers then are read here, exactly, so that each coordinate is rounded once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any, cast
from xml.etree import ElementTree

from regions.errors import Problem, SpecError
from regions.geometry.affine import Affine, translation
from regions.geometry.outline import Fill
from regions.shape.model import Path, Shape, Union
from regions.shape.names import distinct, name_fault, name_from_stem
from regions.shape.svg_scan import SVG, Element, descendants, scan
from regions.shape.svg_shapes import element_contours
from regions.shape.svg_values import number, transform, view_frame

_STANDINS = {
    "path": {"d": "M0 0H1V1z"},
    "rect": {"width": "1", "height": "1"},
    "circle": {"r": "1"},
    "ellipse": {"rx": "1", "ry": "1"},
    "polygon": {"points": "0,0 1,0 0,1"},
    "polyline": {"points": "0,0 1,0 0,1"},
}
"""What the library sees of an outline, which it would round, and drop where it is not valid."""

_HANDED_DOWN = ("fill", "fill-rule", "display", "visibility")

_INDEX = "index"
"""The attribute by which an element that comes back is known again."""


def from_svg(data: bytes, *, name: str | None = None, file: str | FilePath | None = None) -> Shape:
    """The shape of an SVG file: what its elements fill, together.

    One filled element gives a `Path`, several a `Union` of them, called by their `id`. Strokes,
    colours, opacity and effects do not count; what `fill` paints with is of no account, unless it
    is `none` or `transparent`. What `display` or `visibility` hides is left out.

    Args:
        data: The file.
        name: What to call the shape; else a single element's own id.
        file: Named in problems.

    Raises:
        SpecError: No SVG, or it holds what cannot be read; every problem with line and column.
    """
    shown = None if file is None else str(file)
    root = scan(data, shown)
    kept = list(descendants(root))
    problems: list[Problem] = []
    paths: list[Path] = []
    try:
        maps = _Chains(view_frame(root.attributes), kept)
    except SpecError as error:
        raise SpecError(_placed(error, root, shown)) from None
    for element, values in _drawn(root, kept, shown):
        try:
            affine = maps.of(values.get("transform", ""))
            if affine.determinant == 0:
                continue
            contours = element_contours(element.tag, element.attributes, affine)
            if contours:
                paths.append(Path(contours, _fill(values), _own_name(element)))
        except SpecError as error:
            problems.extend(_placed(error, element, shown))
    if not paths and not problems:
        problems.append(
            Problem("nothing in the file is filled; fill a path or a shape", file=shown)
        )
    if problems:
        raise SpecError(dict.fromkeys(problems))
    return _together(paths, name)


def _together(paths: list[Path], name: str | None) -> Shape:
    if len(paths) == 1:
        return replace(paths[0], name=name or paths[0].name)
    names = distinct(path.name for path in paths if path.name is not None)
    return Union(
        tuple(path if path.name is None else replace(path, name=next(names)) for path in paths),
        name,
    )


def _placed(error: SpecError, element: Element, file: str | None) -> Iterator[Problem]:
    line, column = element.place
    for problem in error.problems:
        yield replace(problem, file=file, path=element.tag, line=line, column=column)


def _own_name(element: Element) -> str | None:
    """The id, made into a name."""
    own = element.attributes.get("id")
    if own is None:
        return None
    return own if name_fault(own) is None else name_from_stem(own)


def _fill(values: Mapping[str, str]) -> Fill:
    rule = values.get("fill-rule", "nonzero").strip()
    if rule not in ("nonzero", "evenodd"):
        raise SpecError([Problem(f"the fill-rule is '{rule[:40]}'; give nonzero or evenodd")])
    return cast(Fill, rule)


class _Chains:
    """The maps that chains of transforms stand for; a chain lists the elements they belong to."""

    def __init__(self, frame: Affine, kept: list[Element]) -> None:
        self._kept = kept
        self._known = {"": frame}

    def of(self, chain: str) -> Affine:
        """The frame after all transforms of a chain, each begun where the one before ends."""
        if chain not in self._known:
            above, _, last = chain.rpartition(" ")
            self._known[chain] = _own_map(self._kept[int(last)]).then(self.of(above))
        return self._known[chain]


def _own_map(element: Element) -> Affine:
    """An element's transform, and the place where a `use` puts things."""
    own = element.attributes
    made = transform(own.get("transform", ""))
    if element.tag != "use":
        return made
    return translation(number(own.get("x", "0")), number(own.get("y", "0"))).then(made)


def _drawn(
    root: Element, kept: list[Element], file: str | None
) -> Iterator[tuple[Element, Mapping[str, str]]]:
    """Every filled element where it is drawn, with its own and inherited values."""
    import svgelements

    index = {id(element): i for i, element in enumerate(kept)}
    text = ElementTree.tostring(_plain_tree(root, index, set()))
    try:
        document = svgelements.SVG.parse(io.BytesIO(text), reify=False)
        shapes = [each for each in document.elements() if isinstance(each, svgelements.Shape)]
    except Exception as error:  # The library documents none; the text it sees is our own.
        message = f"the SVG cannot be put together ({str(error)[:80]}); simplify it"
        raise SpecError([Problem(message, file=file)]) from None
    for shape in shapes:
        values: dict[str, Any] = shape.values
        visible = values.get("visibility", "visible").strip() not in ("hidden", "collapse")
        if visible and values["fill"] != "none":
            yield kept[int(values["attributes"][_INDEX])], values


def _plain_tree(element: Element, index: Mapping[int, int], seen: set[str]) -> ElementTree.Element:
    """The element as the library is to see it: structure, and what is handed down."""
    own = element.attributes
    plain = {key: own[key] for key in _HANDED_DOWN if own.get(key, "inherit") != "inherit"}
    plain[_INDEX] = str(index[id(element)])
    if "transform" in own or element.tag == "use":
        # The library chains texts. A number in place of each makes these short.
        plain["transform"] = plain[_INDEX]
    if "display" in plain:
        plain["display"] = "none" if own["display"].strip().lower() == "none" else "inline"
    if "fill" in plain:
        plain["fill"] = "none" if own["fill"].strip() in ("none", "transparent") else "black"
    if "id" in own and own["id"] not in seen:
        seen.add(own["id"])
        plain["id"] = own["id"]
    if element.tag == "use":
        plain["href"] = own["href"].strip()
    tag = f"{{{SVG}}}{element.tag}"
    made = ElementTree.Element(tag, plain | _STANDINS.get(element.tag, {}))
    made.extend(_plain_tree(child, index, seen) for child in element.children)
    return made
