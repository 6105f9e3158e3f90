"""Polygons as they are written: point by point, as WKT, and in GeoJSON files."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from regions.shape import importers, model, polygons
from regions.shape.fields import FileName, Property, Ring, Text
from regions.shape.geojson import parsed
from regions.shape.nodes import MendableNode
from regions.shape.reading import ReadAs, Siblings, either, wanted
from regions.shape.strict import Strict


class PolygonBody(Strict):
    """A ring with holes."""

    exterior: Ring = Field(description="The outer ring.", examples=[[[0, 0], [4, 0], [0, 4]]])
    holes: Annotated[list[Ring], wanted(list, "a list of rings")] = Field(
        default=[], description="Rings cut out of it.", examples=[[[[1, 1], [2, 1], [1, 2]]]]
    )


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


POLYGON = ReadAs(
    either(Ring, list, PolygonBody, "a ring [[x, y], ...] or a mapping {exterior, holes}"), _polygon
)
WKT = ReadAs(either(Text, str, WktBody, "WKT text or a mapping {file: path}"), _wkt)
GEOJSON = ReadAs(
    either(FileName, str, GeoJsonBody, "the path of a file or a mapping {file, where}"), _geojson
)


class PolygonNode(MendableNode):
    """A polygon: a ring of points, or an exterior with holes."""

    polygon: Annotated[model.Polygonal, POLYGON] = Field(
        description="A ring [[x, y], ...], closed by itself, or {exterior, holes}.",
        examples=[[[0, 0], [4, 0], [0, 4]]],
    )


class WktNode(MendableNode):
    """A polygon or multipolygon in WKT."""

    wkt: Annotated[model.Polygonal, WKT] = Field(
        description="POLYGON ((...)) or MULTIPOLYGON (((...))), or {file: path}.",
        examples=["POLYGON ((0 0, 4 0, 0 4, 0 0))", {"file": "shape.wkt"}],
    )


class GeoJsonNode(MendableNode):
    """Polygons of a GeoJSON file."""

    geojson: Annotated[model.Shape, GEOJSON] = Field(
        description="The path of a GeoJSON file, or {file, where}.",
        examples=["map.geojson", {"file": "map.geojson", "where": {"name": "Poland"}}],
    )


POLYGON_BODIES: dict[str, type[Strict]] = {
    "polygon": PolygonBody,
    "wkt": WktBody,
    "geojson": GeoJsonBody,
}
"""The models of the mappings that stand under these keys."""
