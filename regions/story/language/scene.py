"""What the picture of an example shows: its region, and behind it what the region is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from regions.compiler import build
from regions.draw.thumbnail import Scene, of_aspect
from regions.shape.bounds import default_window
from regions.shape.load import SPEC, loads
from regions.shape.model import Bounds, Pair, Shape
from regions.shape.modifier_keys import MODIFIERS
from regions.shape.reference import reference
from regions.text.document import read_document

if TYPE_CHECKING:
    import shapely

Written: TypeAlias = dict[str, Any]
"""A mapping of a document that has been accepted."""

FLATTENING = 2.0**-11
"""How far an outline may miss its curve, relative to the window: a fifth of a pixel."""


def scene(text: str, folder: Path) -> Scene:
    """The scene of a document.

    Args:
        text: The document.
        folder: Where names of other files start.

    Raises:
        SpecError: The document is refused.
    """
    spec = loads(text, folder=folder)
    document = read_document(text, None, SPEC).data
    assert isinstance(document, dict)
    node: Any = document["shape"]
    made_of = [_loaded(origin, document, spec.window, folder) for origin in origins(node)]
    window = spec.window
    if "window" not in document:
        window = _around([window, *filter(None, map(default_window, made_of))])
    window = of_aspect(window)
    return Scene(
        network=build(spec).network,
        window=window,
        outline=_outline(spec.shape, window),
        before=[_outline(shape, window) for shape in made_of],
        solid=[*_pairs(spec.expect.inside.tolist()), *_pairs(hull_points(node))],
        hollow=_pairs(spec.expect.outside.tolist()),
        named=any("name" in inner for inner in _nodes(node)),
    )


def origins(node: Written) -> list[Written]:
    """The shape before it is moved or copied, or else the shapes it is made of, if any."""
    plain = {key: value for key, value in node.items() if key not in MODIFIERS}
    if len(plain) < len(node):
        return [plain]
    match node:
        case {"offset": {"shape": inner}}:
            return [inner]
        case {"hull": list(operands)} | {"union": operands} | {"intersection": operands}:
            return list(operands)
        case {"difference": operands} | {"symmetric_difference": operands}:
            return list(operands)
        case _:
            return []


def hull_points(node: Written) -> list[list[float]]:
    """The points whose hull a shape is, if it is one."""
    match node:
        case {"hull": {"points": points}}:
            return [[float(x), float(y)] for x, y in points]
        case _:
            return []


def _nodes(node: Written) -> Iterator[Written]:
    """A shape and what it is made of, down to the primitives."""
    yield node
    for inner in origins(node):
        yield from _nodes(inner)


def _loaded(node: Written, document: Written, window: Bounds, folder: Path) -> Shape:
    """A shape of the document by itself; JSON is YAML."""
    around = {"define": document["define"]} if "define" in document else {}
    text = json.dumps({**around, "window": list(window), "shape": node})
    return loads(text, folder=folder).shape


def _outline(shape: Shape, window: Bounds) -> shapely.Geometry:
    xmin, _, xmax, _ = window
    return reference(shape, window, FLATTENING * (xmax - xmin)).region


def _around(windows: Sequence[Bounds]) -> Bounds:
    """The smallest window that holds them all."""
    left, bottom, right, top = zip(*windows, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _pairs(points: Sequence[Sequence[float]]) -> list[Pair]:
    return [(x, y) for x, y in points]
