"""Strategy `cover`: overlapping terms of the polygon's own edges, checked on every face."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

import regions
from regions.compiler import build
from regions.compiler import cover as strategy
from regions.compiler.covering import cover
from regions.compiler.faces import polygon_faces
from regions.compiler.truth import over_distinct_lines
from regions.geometry.arrangement import arrangement
from regions.geometry.rings import boundary_edges
from tests import oracle
from tests.adversaries import Adversary, adversaries
from tests.conftest import shared
from tests.strategies import box_overlays, triangle_overlays
from tests.test_parts import mismatches, vertices_inside

EDGES = 100
"""Largest polygon that is tried here."""


def parts(geometry: shapely.Geometry) -> Iterator[shapely.Polygon]:
    """The polygons that are not too large."""
    for part in shapely.get_parts(geometry):
        if shapely.get_num_coordinates(part) <= EDGES:
            yield part


@given(box_overlays)
def test_lattice_polygons_are_exact_everywhere(geometry: shapely.Geometry) -> None:
    """On the lattice the network is the closed polygon itself: edges, corners, touching points."""
    network = regions.compile(geometry, strategy="cover")
    assert network.exact
    xmin, ymin, xmax, ymax = geometry.bounds
    grid = np.arange(xmin - 1, xmax + 1.25, 0.25), np.arange(ymin - 1, ymax + 1.25, 0.25)
    points = np.stack([axis.ravel() for axis in np.meshgrid(*grid)], axis=1)
    expected = shapely.intersects_xy(geometry, *points.T)
    assert (network.inside(points) == expected).all()


@given(triangle_overlays)
@settings(max_examples=120)
def test_polygons_with_nearly_collinear_vertices(geometry: shapely.Geometry) -> None:
    network = regions.compile(geometry, strategy="cover")
    assert vertices_inside(network, geometry).all()
    assert mismatches(network, geometry, 200) == 0


@given(box_overlays | triangle_overlays)
@settings(max_examples=40)
def test_every_cell_is_right(geometry: shapely.Geometry) -> None:
    """Exact points of all faces, edges and vertices of the arrangement, in rational arithmetic."""
    for polygon in parts(geometry):
        faces = polygon_faces(boundary_edges(polygon))
        if len(faces.lines) > 16:
            continue
        planes = over_distinct_lines(faces.lines)
        cells = arrangement(planes.lines)
        fires = planes.fires(cells.signs)
        terms = cover(faces.inside, faces.outside)
        found = np.any([fires[:, term].all(axis=1) for term in terms], axis=0)
        points = [cells.point(i) for i in range(len(fires))]
        assert found.tolist() == oracle.contains(polygon, points)


@given(box_overlays | triangle_overlays)
def test_the_faces_that_matter_are_faces_and_tell_of_all(geometry: shapely.Geometry) -> None:
    """Of a face left out, some other of its kind lies in fewer half-planes, or beyond fewer."""
    for polygon in parts(geometry):
        faces = polygon_faces(boundary_edges(polygon))
        if len(faces.lines) > 12:
            continue
        planes = over_distinct_lines(faces.lines)
        cells = arrangement(planes.lines)
        numbers = np.flatnonzero(cells.dimension == 2).tolist()
        holds = planes.fires(cells.signs[numbers])
        points = [cells.point(i) for i in numbers]
        inside = np.array(oracle.contains(polygon, points), dtype=np.bool_)
        for kept, rows in ((faces.inside, holds[inside]), (faces.outside, ~holds[~inside])):
            assert {*map(tuple, kept)} <= {*map(tuple, rows)}
            assert all((kept <= row).all(axis=1).any() for row in rows)


@given(box_overlays | triangle_overlays)
def test_nothing_can_be_left_out(geometry: shapely.Geometry) -> None:
    for polygon in parts(geometry):
        faces = polygon_faces(boundary_edges(polygon))
        terms = cover(faces.inside, faces.outside)
        covered = np.array([faces.inside[:, term].all(axis=1) for term in terms])
        assert covered.any(axis=0).all()
        for number, term in enumerate(terms):
            assert faces.outside[:, term].any(axis=1).all()
            assert not np.delete(covered, number, axis=0).any(axis=0).all()
            for plane in term:
                rest = [other for other in term if other != plane]
                assert not faces.outside[:, rest].any(axis=1).all()


def polygon(*corners: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon(corners)


SQUARE_HOLE = shapely.Polygon(
    shapely.box(0, 0, 9, 9).exterior, [shapely.box(3, 3, 6, 6).exterior.coords]
)
PLUS = shapely.union(shapely.box(0, 3, 9, 6), shapely.box(3, 0, 6, 9))
HEXAGRAM = shapely.union(polygon((0, 0), (12, 0), (6, 9)), polygon((0, 6), (6, -3), (12, 6)))

KNOWN = {
    "triangle": (polygon((0, 0), (4, 0), (0, 3)), 1),
    "L": (polygon((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)), 2),
    "U": (polygon((0, 0), (3, 0), (3, 2), (2, 2), (2, 1), (1, 1), (1, 2), (0, 2)), 3),
    # Overlap pays: cut into convex parts a plus needs three, this star four.
    "plus": (PLUS, 2),
    "star of two triangles": (HEXAGRAM, 2),
    "square with a square hole": (SQUARE_HOLE, 4),
}


@pytest.mark.parametrize(("shape", "terms"), KNOWN.values(), ids=KNOWN)
def test_known_covers(shape: shapely.Polygon, terms: int) -> None:
    boundary = boundary_edges(shape)
    faces = polygon_faces(boundary)
    assert len(cover(faces.inside, faces.outside)) == terms
    network = regions.compile(shape, strategy="cover")
    assert network.n_separators == len(faces.lines)
    assert mismatches(network, shape, 500) == 0


def test_names() -> None:
    made = build(PLUS, strategy="cover")
    labels = set(made.formula.names)
    name = made.spec.name
    assert labels == {name, f"{name}.term[0]", f"{name}.term[1]"}


def test_edges_that_share_a_line() -> None:
    """Two teeth: four edges on the line of the gap's foot and tips, facing one way or the other."""
    teeth = polygon((0, 0), (5, 0), (5, 2), (4, 2), (4, 1), (3, 1), (3, 2), (2, 2), (2, 1), (0, 1))
    facing = shapely.union(teeth, polygon((5, 1), (7, 1), (7, 3), (5, 2)))
    for shape in (teeth, facing):
        network = regions.compile(shape, strategy="cover")
        lines = [str(n) for n in network.names if ".edge[" in str(n)]
        assert len(lines) < len(boundary_edges(shape).line_start)
        assert mismatches(network, shape, 500) == 0


def test_sharp_corners_have_caps() -> None:
    """A needle's sides meet at its tip only, as computed too."""
    for height in (1e-6, 1e-9, 1e-12):
        needle = polygon((0.1, 0.3), (9.7, 0.7), (9.7, 0.7 + height))
        network = regions.compile(needle, strategy="cover")
        assert vertices_inside(network, needle).all()
        assert any(".cap[" in str(name) for name in network.names)
        along = np.linspace(1e-9, 3, 2000)[:, np.newaxis] * (9.6, 0.4)
        assert not network.inside((0.1, 0.3) - along).any()
        upright = shapely.transform(needle, lambda xy: xy[:, ::-1] * (1, -1))
        network = regions.compile(upright, strategy="cover")
        assert vertices_inside(network, upright).all()
        assert not network.inside(((0.1, 0.3) - along)[:, ::-1] * (1, -1)).any()


def test_blunt_polygons_have_no_caps() -> None:
    names = regions.compile(polygon((0.1, 0), (9, 0.1), (9, 0.3)), strategy="cover").names
    assert not any(".cap[" in str(name) for name in names)


def small_countries() -> Iterator[shapely.Polygon]:
    text = shared("countries/world_110m.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        for part in parts(shapely.geometry.shape(feature["geometry"])):
            if shapely.get_num_coordinates(part) <= 60:
                yield part


def test_countries() -> None:
    """Random points; and the gates are about a quarter of the edges."""
    rng = np.random.default_rng(110)
    units, edges = 0, 0
    for number, country in enumerate(small_countries()):
        network = regions.compile(country, strategy="cover")
        xmin, ymin, xmax, ymax = country.bounds
        points = rng.uniform((xmin, ymin), (xmax, ymax), (40, 2))
        points = points[oracle.clear(country, points)]
        assert (network.inside(points) == oracle.inside(country, points)).all(), number
        assert vertices_inside(network, country).all(), number
        units, edges = units + network.n_gates, edges + network.n_separators
    assert edges > 5000
    assert units < 0.3 * edges


@pytest.mark.parametrize("adversary", adversaries(), ids=lambda a: a.name)
def test_adversaries(adversary: Adversary) -> None:
    rng = np.random.default_rng(5)
    for part in parts(adversary.geometry):
        network = regions.compile(part, strategy="cover")
        xmin, ymin, xmax, ymax = part.bounds
        points = rng.uniform((xmin, ymin), (xmax, ymax), (500, 2))
        points = points[oracle.clear(part, points)]
        assert (network.inside(points) == oracle.inside(part, points)).all()
        assert vertices_inside(network, part).all()


def test_too_many_edges_are_refused() -> None:
    def round_(count: int) -> shapely.Polygon:
        angles = np.arange(count) * 2 * np.pi / count
        return shapely.Polygon(np.c_[np.cos(angles), np.sin(angles)])

    said = "more than 300 straight edges, up to which a cover is looked for; use strategy edges"
    with pytest.raises(regions.SpecError, match=said):
        regions.compile(round_(strategy.COVER_EDGES + 1), strategy="cover")
    assert regions.compile(round_(60), strategy="cover").n_gates == 1


def test_faces_that_cannot_be_told_apart_are_refused() -> None:
    faces = np.array([[True, True], [True, False]])
    with pytest.raises(ValueError, match="lies in all half-planes of a face inside"):
        cover(faces[1:], ~faces)


def test_the_same_cover_every_time() -> None:
    country = max(small_countries(), key=shapely.get_num_coordinates)
    faces = polygon_faces(boundary_edges(country))
    assert cover(faces.inside, faces.outside) == cover(faces.inside, faces.outside)


def test_caps_do_not_depend_on_the_size_of_integers() -> None:
    """Lines through vertices of very different sizes have coefficients beyond all doubles."""
    needle, far = [(0, 1, 0), (1, -(10**15), 2)], 10**400
    caps = list(strategy._sharp_corners(needle))
    assert caps == [(1.0, 0.0, 2.0)]
    larger = [(a * far, b * far, c * far) for a, b, c in needle]
    assert list(strategy._sharp_corners(larger)) == caps
    assert not list(strategy._sharp_corners([(0, 1, 0), (1, -(10**15), far)]))
