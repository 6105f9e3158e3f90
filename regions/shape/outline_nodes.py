"""Outlines as they are written: `path`, `svg` and `text`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import BeforeValidator, Field

from regions.errors import Problem, SpecError
from regions.geometry.outline import Fill
from regions.shape import model
from regions.shape.effort import LETTER
from regions.shape.faults import fault
from regions.shape.fields import FileName, Point, Positive, Text
from regions.shape.lettering import Font, lettered
from regions.shape.nodes import ShapeNode
from regions.shape.path_data import path_contours
from regions.shape.reading import ReadAs, Siblings, either
from regions.shape.strict import Strict
from regions.shape.svg import from_svg
from regions.text.wording import described


def _fill_rule(value: object) -> object:
    if value in ("nonzero", "evenodd"):
        return value
    raise fault(f"found {described(value)}; give nonzero or evenodd")


class PathBody(Strict):
    """SVG path data and its fill rule."""

    d: Text = Field(description="SVG path data, y upwards.", examples=["M 0 0 h 4 v 3 z"])
    fill: Annotated[Fill, BeforeValidator(_fill_rule)] = Field(
        default="nonzero",
        description="Which points count: those with a winding number other than 0, or an odd one.",
        examples=["evenodd"],
    )


class SvgBody(Strict):
    """A file that holds SVG."""

    file: FileName = Field(description="Path beside the document.", examples=["gear.svg"])


class TextBody(Strict):
    """A text, in a font, at a place."""

    string: Text = Field(description="What to write.", examples=["regions"])
    font: FileName | None = Field(
        default=None,
        description="Path of a TrueType or OpenType file beside the document; else DejaVu Sans.",
        examples=["font.ttf"],
    )
    size: Positive = Field(default=1.0, description="Length of the font's em.", examples=[1])
    at: Point = Field(
        default=(0.0, 0.0), description="Where the baseline begins, [x, y].", examples=[[0, 0]]
    )


def _path(written: str | PathBody, beside: Siblings) -> model.Path:
    body = PathBody(d=written) if isinstance(written, str) else written
    contours = path_contours(body.d)
    if not contours:
        message = "the path encloses nothing; give it three corners or more, or a curve"
        raise SpecError([Problem(message)])
    return model.Path(contours, body.fill, beside.name)


def _svg(written: str | SvgBody, beside: Siblings) -> model.Shape:
    file = written if isinstance(written, str) else written.file
    shape = beside.references.interpreted(file, _drawing, beside.effort)
    return shape if beside.name is None else replace(shape, name=beside.name)


def _drawing(data: bytes, file: str) -> model.Shape:
    return from_svg(data, file=file)


def _text(written: str | TextBody, beside: Siblings) -> model.Shape:
    body = TextBody(string=written) if isinstance(written, str) else written
    beside.effort.spend(LETTER * len(body.string))
    font = None
    if body.font is not None:
        font = beside.references.interpreted(body.font, Font, beside.effort)
    return lettered(body.string, font=font, size=body.size, at=body.at, name=beside.name)


PATH = ReadAs(
    either(Text, str, PathBody, "SVG path data or a mapping {d: path data, fill: rule}"), _path
)
SVG = ReadAs(either(FileName, str, SvgBody, "the path of a file or a mapping {file: path}"), _svg)
TEXT = ReadAs(
    either(Text, str, TextBody, "a text in quotes or a mapping {string, font, size, at}"), _text
)


class PathNode(ShapeNode):
    """What a path of lines and curves encloses."""

    path: Annotated[model.Path, PATH] = Field(
        description="SVG path data, y upwards, or {d, fill}.",
        examples=["M 0 0 h 4 a 2 2 0 0 1 -4 0 z", {"d": "M 0 0 h 4 v 3 z", "fill": "evenodd"}],
    )


class SvgNode(ShapeNode):
    """What the elements of an SVG file fill."""

    svg: Annotated[model.Shape, SVG] = Field(
        description="The path of an SVG file, or {file: path}.", examples=["gear.svg"]
    )


class TextNode(ShapeNode):
    """The letters of a text."""

    text: Annotated[model.Shape, TEXT] = Field(
        description="A text, or {string, font, size, at}.",
        examples=["regions", {"string": "regions", "size": 2, "at": [0, 0]}],
    )


OUTLINE_BODIES: dict[str, type[Strict]] = {"path": PathBody, "svg": SvgBody, "text": TextBody}
"""The models of the mappings that stand under these keys."""
