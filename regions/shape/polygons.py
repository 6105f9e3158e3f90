"""Shapely polygons made ready: closed, without empty parts, mended where asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from regions.errors import Problem, SpecError
from regions.geometry.crossings import crossings
from regions.shape.model import Pair, Polygonal, without_empties

MAX_CROSSINGS = 500
"""Of a polygon's sides that a repair mends: time grows with their square, to 0.2 seconds."""


def polygonal(
    geometry: shapely.Geometry, *, name: str | None = None, repair: bool = False
) -> Polygonal:
    """A Shapely polygon or multipolygon as a shape.

    Args:
        geometry: The polygon.
        name: What to call the shape.
        repair: Whether to mend an invalid polygon with `shapely.make_valid` and keep what of the
            result has an area.

    Raises:
        SpecError: No polygon, empty, not finite, too large, or invalid (unless repaired).
    """
    flat = without_empties(shapely.force_2d(geometry))
    if repair:
        flat = _repaired(flat)
    return Polygonal(flat, name)


def _repaired(geometry: shapely.Geometry) -> shapely.Geometry:
    """What `make_valid` leaves of a polygon, points and lines left out."""
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        return geometry
    if not np.isfinite(shapely.get_coordinates(geometry)).all() or geometry.is_valid:
        return geometry
    if crossings(geometry, MAX_CROSSINGS) > MAX_CROSSINGS:
        message = f"the sides cross or overlap more than {MAX_CROSSINGS} times"
        raise SpecError([Problem(f"{message}, too often for a repair; correct the coordinates")])
    mended = shapely.make_valid(geometry)
    if mended.geom_type not in ("Polygon", "MultiPolygon"):
        parts = [part for part in shapely.get_parts(mended) if part.area > 0]
        mended = shapely.union_all(parts)
    if mended.is_empty or mended.area == 0:
        message = "after the repair nothing with an area is left; correct the coordinates"
        raise SpecError([Problem(message)])
    return mended


def polygon_of(exterior: Sequence[Pair], holes: Iterable[Sequence[Pair]] = ()) -> shapely.Polygon:
    """A Shapely polygon of rings that may be open or closed, and may be too short to be valid.

    Shapely's constructor raises for fewer than three points. Here such rings are filled up with
    their last point, so that validity has one judge, which says where and why.
    """
    inner = [_closed(ring) for ring in holes if len(ring) > 0]
    return shapely.Polygon(_closed(exterior) if len(exterior) > 0 else None, inner)


def _closed(ring: Sequence[Pair]) -> list[Pair]:
    points = list(ring)
    points.extend(points[-1:] * (3 - len(points)))
    return [*points, points[0]] if points[0] != points[-1] or len(points) < 4 else points


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes, a byte order mark dropped."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        raise SpecError([Problem(message)]) from None
