"""How primitives are written: the mappings under their keys, and what is made of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from regions.geometry.polynomials import polynomial
from regions.shape import importers, model, polygons
from regions.shape.algebraic import MAX_CONIC, polynomial_of
from regions.shape.fields import (
    Corners,
    FileName,
    Number,
    Point,
    Positive,
    Property,
    ReadAs,
    Ring,
    Siblings,
    Text,
    either,
    fault,
    halfplane_through,
    row,
    wanted,
)
from regions.shape.geojson import parsed
from regions.text.algebra.expression import ExpressionError


def _title(model: type[Any]) -> str:
    words = re.findall("[A-Z][a-z]+", model.__name__)
    return " ".join(words[:-1]).lower()


class Strict(BaseModel):
    """A mapping with these keys only."""

    model_config = ConfigDict(
        extra="forbid",
        arbitrary_types_allowed=True,
        frozen=True,
        # The models refer to one another in a circle; they are complete when first used.
        defer_build=True,
        # Titles are for readers of the JSON Schema: `half plane`, not `HalfPlaneNode`.
        field_title_generator=lambda key, field: field.alias or key,
        model_title_generator=_title,
    )


class CircleBody(Strict):
    """A centre and a radius."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    radius: Positive = Field(description="Radius, greater than 0.", examples=[1])


class EllipseBody(Strict):
    """A centre, two half-axes and the direction of the first."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    radii: Annotated[tuple[Positive, Positive], row(2, "two half-axes [rx, ry]")] = Field(
        description="Half-axes [rx, ry], both greater than 0.", examples=[[2, 1]]
    )
    angle: Number = Field(
        default=0.0,
        description="Degrees from the x-axis to the first half-axis, counter-clockwise.",
        examples=[30],
    )


class AnnulusBody(Strict):
    """Two circles about one centre."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    inner: Positive = Field(description="Radius of the inner circle.", examples=[1])
    outer: Positive = Field(description="Radius of the outer circle.", examples=[2])


class PolygonBody(Strict):
    """A ring with holes."""

    exterior: Ring = Field(description="The outer ring.", examples=[[[0, 0], [4, 0], [0, 4]]])
    holes: Annotated[list[Ring], wanted(list, "a list of rings")] = Field(
        default=[], description="Rings cut out of it.", examples=[[[[1, 1], [2, 1], [1, 2]]]]
    )


class ThroughBody(Strict):
    """A line given by two points."""

    through: Annotated[tuple[Point, Point], row(2, "two points [[x, y], [x, y]]")] = Field(
        description="Two points; the half-plane lies to the left of the way from the first on.",
        examples=[[[0, 0], [1, 0]]],
    )


class ConicBody(Strict):
    """The coefficients of a polynomial of degree 2 that is at least 0 in the region."""

    xx: Number = Field(default=0.0, description="Of x^2.", examples=[-1])
    xy: Number = Field(default=0.0, description="Of x*y.", examples=[0])
    yy: Number = Field(default=0.0, description="Of y^2.", examples=[1])
    x: Number = Field(default=0.0, description="Of x.", examples=[0])
    y: Number = Field(default=0.0, description="Of y.", examples=[0])
    one: Number = Field(default=0.0, description="The constant.", examples=[1])


class WktBody(Strict):
    """A file that holds WKT."""

    file: FileName = Field(description="Path beside the document.", examples=["shape.wkt"])


class GeoJsonBody(Strict):
    """A GeoJSON file and which of its features to take."""

    file: FileName = Field(description="Path beside the document.", examples=["map.geojson"])
    where: Annotated[dict[str, Property], wanted(dict, "a mapping of properties")] = Field(
        default={},
        description="Take the features whose properties have these values.",
        examples=[{"name": "Poland"}],
    )


def _polygon(written: Any, beside: Siblings) -> model.Polygonal:
    holes = written.holes if isinstance(written, PolygonBody) else []
    ring = written.exterior if isinstance(written, PolygonBody) else written
    polygon = polygons.polygon_of(ring, holes)
    if beside.repair:
        beside.effort.spend_mending(polygon)
    return polygons.polygonal(polygon, name=beside.name, repair=beside.repair)


def _wkt(written: str | WktBody, beside: Siblings) -> model.Polygonal:
    if isinstance(written, str):
        return importers.from_wkt(written, name=beside.name, repair=beside.repair)
    reader = _wkt_mended if beside.repair else _wkt_as_it_is
    shape = beside.references.interpreted(written.file, reader, beside.effort)
    return replace(shape, name=beside.name)


def _wkt_as_it_is(data: bytes, file: str) -> model.Polygonal:
    return importers.from_wkt(data, file=file)


def _wkt_mended(data: bytes, file: str) -> model.Polygonal:
    return importers.from_wkt(data, repair=True, file=file)


def _geojson(written: str | GeoJsonBody, beside: Siblings) -> model.Shape:
    file = written if isinstance(written, str) else written.file
    return importers.from_geojson(
        beside.references.interpreted(file, parsed, beside.effort),
        where=None if isinstance(written, str) else written.where,
        name=beside.name,
        repair=beside.repair,
        file=beside.references.locate(file),
    )


def _halfplane(written: Any, beside: Siblings) -> model.HalfPlane:
    if isinstance(written, ThroughBody):
        return halfplane_through(*written.through, beside.name)
    a, b, c = written
    return model.HalfPlane(a, b, c, beside.name)


def _conic(written: str | ConicBody, beside: Siblings) -> model.Algebraic:
    if isinstance(written, str):
        return _algebraic(written, beside, MAX_CONIC)
    coefficients = {
        (2, 0): written.xx,
        (1, 1): written.xy,
        (0, 2): written.yy,
        (1, 0): written.x,
        (0, 1): written.y,
    }
    return model.Algebraic(polynomial(coefficients.items(), written.one), beside.name)


def _polynomial(written: str, beside: Siblings) -> model.Algebraic:
    return _algebraic(written, beside, None)


def _algebraic(text: str, beside: Siblings, degree: int | None) -> model.Algebraic:
    try:
        return model.Algebraic(polynomial_of(text, degree), beside.name)
    except ExpressionError as error:
        raise fault(error.message, within=error.offset) from None


def _box(corners: model.Bounds, beside: Siblings) -> model.Box:
    return model.Box(*corners, beside.name)


def _circle(body: CircleBody, beside: Siblings) -> model.Circle:
    return model.Circle(body.center, body.radius, beside.name)


def _ellipse(body: EllipseBody, beside: Siblings) -> model.Ellipse:
    return model.Ellipse(body.center, body.radii, body.angle, beside.name)


def _annulus(body: AnnulusBody, beside: Siblings) -> model.Annulus:
    return model.Annulus(body.center, body.inner, body.outer, beside.name)


POLYGON = ReadAs(
    either(Ring, list, PolygonBody, "a ring [[x, y], ...] or a mapping {exterior, holes}"), _polygon
)
WKT = ReadAs(either(Text, str, WktBody, "WKT text or a mapping {file: path}"), _wkt)
GEOJSON = ReadAs(
    either(FileName, str, GeoJsonBody, "the path of a file or a mapping {file, where}"), _geojson
)
_COEFFICIENTS = Annotated[tuple[Number, Number, Number], row(3, "[a, b, c]")]
HALFPLANE = ReadAs(
    either(_COEFFICIENTS, list, ThroughBody, "[a, b, c] or a mapping {through: [[x, y], [x, y]]}"),
    _halfplane,
)
CONIC = ReadAs(
    either(Text, str, ConicBody, "an inequality such as x^2 - y^2 <= 1, or its coefficients"),
    _conic,
)
POLYNOMIAL = ReadAs(
    Annotated[str, wanted(str, "an inequality such as x^4 + y^4 <= 1")], _polynomial
)
BOX = ReadAs(Corners, _box)
CIRCLE = ReadAs(
    Annotated[CircleBody, wanted(dict, "a mapping {center: [x, y], radius: r}")], _circle
)
ELLIPSE = ReadAs(
    Annotated[EllipseBody, wanted(dict, "a mapping {center: [x, y], radii: [rx, ry]}")], _ellipse
)
ANNULUS = ReadAs(
    Annotated[AnnulusBody, wanted(dict, "a mapping {center: [x, y], inner: r, outer: R}")],
    _annulus,
)

BODIES: dict[str, type[Strict]] = {
    "circle": CircleBody,
    "ellipse": EllipseBody,
    "annulus": AnnulusBody,
    "polygon": PolygonBody,
    "halfplane": ThroughBody,
    "conic": ConicBody,
    "wkt": WktBody,
    "geojson": GeoJsonBody,
}
"""The models of the mappings that stand under a shape key."""
