"""Shapes from other people's formats: WKT, GeoJSON, Shapely, and `__geo_interface__`.

Third coordinates are dropped, and so are empty members and holes of a geometry that is otherwise
not empty. Nothing else is changed: an invalid polygon is refused unless `repair` is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from regions.errors import Problem, SpecError
from regions.shape.geojson import from_geojson
from regions.shape.model import Polygonal, Shape
from regions.shape.polygons import decoded, polygonal

__all__ = ["from_geojson", "from_geometry", "from_wkt", "polygonal"]


def from_geometry(source: object, *, name: str | None = None, repair: bool = False) -> Shape:
    """The shape of a Shapely polygon, or of any object with a `__geo_interface__`.

    Raises:
        SpecError: The object is neither, or its geometry cannot be used.
    """
    if isinstance(source, shapely.Geometry):
        return polygonal(source, name=name, repair=repair)
    interface = getattr(source, "__geo_interface__", None)
    if isinstance(interface, Mapping):
        return from_geojson(interface, name=name, repair=repair)
    kind = type(source).__name__
    message = f"a {kind} is no shape; give a Shapely polygon or an object with __geo_interface__"
    raise SpecError([Problem(message)])


_WKT_KIND = re.compile(r"\s*([A-Za-z]+)")


def from_wkt(
    source: str | bytes,
    *,
    name: str | None = None,
    repair: bool = False,
    file: str | Path | None = None,
) -> Polygonal:
    """The shape of a WKT `POLYGON` or `MULTIPOLYGON`.

    Args:
        source: The text, or its UTF-8.
        name: What to call the shape.
        repair: See `polygonal`.
        file: Named in problems.

    Raises:
        SpecError: The text is no WKT, of another kind, or its geometry cannot be used.
    """
    try:
        return _from_wkt(source, name, repair)
    except SpecError as error:
        where = None if file is None else str(file)
        raise SpecError(replace(problem, file=where) for problem in error.problems) from None


def _from_wkt(source: str | bytes, name: str | None, repair: bool) -> Polygonal:
    text = source if isinstance(source, str) else decoded(source)
    found = _WKT_KIND.match(text)
    kind = found.group(1).upper() if found else ""
    # Judged before parsing: GEOS descends into collections, however deep, on the C stack.
    if kind not in ("POLYGON", "MULTIPOLYGON"):
        shown = f"WKT of kind {kind[:40]}" if kind else "this text"
        raise SpecError(
            [Problem(f"{shown} is no polygon; give POLYGON ((...)) or MULTIPOLYGON (((...)))")]
        )
    try:
        # NaN and infinity are refused with their reason later; NumPy need not warn of them.
        with np.errstate(all="ignore"):
            geometry = shapely.from_wkt(text)
    except shapely.errors.ShapelyError as error:
        # GEOS writes "ParseException: Expected ..."; the first word is no help to a user.
        _, _, reason = str(error).partition(": ")
        what = f"this is no WKT that GEOS can read: {reason or error}"
        right = "write POLYGON ((0 0, 4 0, 0 4, 0 0)), each ring closed by its first point"
        raise SpecError([Problem(f"{what}; {right}")]) from None
    return polygonal(geometry, name=name, repair=repair)
