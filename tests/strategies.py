"""Random shapes for property tests: polygons with holes that are hard, and CSG trees."""

from __future__ import annotations

import shapely
from hypothesis import strategies as st

from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
)

lattice = st.integers(-8, 8)
decimals = st.floats(-10, 10, allow_nan=False).map(lambda x: round(x, 3))


def _triangles(coordinate: st.SearchStrategy[float]) -> st.SearchStrategy[shapely.Polygon]:
    corner = st.tuples(coordinate, coordinate)
    triples = st.tuples(corner, corner, corner)
    return triples.map(shapely.Polygon).filter(lambda t: t.is_valid and t.area > 0)


def _boxes() -> st.SearchStrategy[shapely.Polygon]:
    sides = st.tuples(lattice, lattice, st.integers(1, 8), st.integers(1, 8))
    return sides.map(lambda s: shapely.box(s[0], s[1], s[0] + s[2], s[1] + s[3]))


@st.composite
def overlays(draw: st.DrawFn, pieces: st.SearchStrategy[shapely.Polygon]) -> shapely.Geometry:
    """Some pieces without some others: holes, touching rings, collinear runs.

    Where edges of triangles cross, the crossing is rounded: its neighbours on the edge are
    collinear with it within an ulp, on either side. Nothing is harder for float predicates.
    """
    whole = shapely.union_all(draw(st.lists(pieces, min_size=1, max_size=6)))
    taken = shapely.union_all(draw(st.lists(pieces, max_size=4)))
    rest = shapely.difference(whole, taken)
    parts = [part for part in shapely.get_parts(rest) if part.geom_type == "Polygon"]
    result = shapely.MultiPolygon([part for part in parts if part.area > 0])
    return result if result.is_valid and not result.is_empty else shapely.box(0, 0, 1, 1)


box_overlays = overlays(_boxes())
"""All vertices on the lattice, many of them collinear; exact everywhere."""

triangle_overlays = overlays(st.one_of(_triangles(lattice), _triangles(decimals)))
"""Vertices off the lattice, near-collinear within an ulp."""

lengths = st.floats(0.5, 6).map(lambda x: round(x, 2))
points = st.tuples(decimals, decimals)


def _box(corner: tuple[float, float], width: float, height: float) -> Box:
    return Box(corner[0], corner[1], corner[0] + width, corner[1] + height)


def _half_plane(a: float, b: float, c: float) -> HalfPlane:
    return HalfPlane(a, b, c) if a or b else HalfPlane(1, 0, c)


primitives: st.SearchStrategy[Shape] = st.one_of(
    st.one_of(box_overlays, triangle_overlays).map(Polygonal),
    st.builds(_box, points, lengths, lengths),
    st.builds(Circle, points, lengths),
    st.builds(Ellipse, points, st.tuples(lengths, lengths), st.floats(0, 360)),
    st.builds(lambda c, r, w: Annulus(c, r, r + w), points, lengths, lengths),
    st.builds(_half_plane, decimals, decimals, decimals),
)


def _booleans(shapes: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    some = st.lists(shapes, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        some.map(Union),
        some.map(Intersection),
        some.map(Difference),
        some.map(SymmetricDifference),
        shapes.map(Complement),
    )


csg_trees: st.SearchStrategy[Shape] = st.recursive(primitives, _booleans, max_leaves=6)
