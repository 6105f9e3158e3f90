"""Strategy `parts`: the network of a polygon is the polygon."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

import regions
from regions.geometry import partition
from regions.geometry.partition import PartitionError, convex_partition
from regions.network.model import Network
from tests.strategies import box_overlays, triangle_overlays


def vertices_inside(network: Network, geometry: shapely.Geometry) -> np.ndarray:
    return network.inside(shapely.get_coordinates(geometry))


def on_separators(network: Network, count: int, rng: np.random.Generator) -> np.ndarray:
    """Points on the lines of separators, between the points these were drawn through."""
    assert network.sources is not None
    drawn = network.sources[np.isfinite(network.sources).all(axis=(1, 2))]
    chosen = drawn[rng.integers(0, len(drawn), count)]
    part = rng.random((count, 1))
    return chosen[:, 0] * (1 - part) + chosen[:, 1] * part


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def mismatches(network: Network, geometry: shapely.Geometry, count: int, seed: int = 0) -> int:
    """Random points, points very near to edges, and points on their lines far beyond their ends.

    The last are where whiskers grow: thin pieces reach out along their sides if rounding lets them.
    Points on separators between their ends are where gaps open: on diagonals, two pieces meet.
    Points within an ulp-sized band of the boundary are left out.
    """
    rng = np.random.default_rng(seed)
    xmin, ymin, xmax, ymax = geometry.bounds
    extent = max(xmax - xmin, ymax - ymin)
    points = rng.uniform((xmin, ymin), (xmax, ymax), (count, 2))
    lines = shapely.boundary(geometry)
    on = shapely.line_interpolate_point(
        shapely.get_parts(lines)[0], rng.random(count), normalized=True
    )
    near = shapely.get_coordinates(on) + extent * 10.0 ** rng.uniform(-9, -3, (count, 1)) * (
        rng.normal(size=(count, 2))
    )
    ring = shapely.get_coordinates(shapely.get_parts(lines)[0])
    start = rng.integers(0, len(ring) - 1, count)
    along = extent * rng.uniform(-1, 1, (count, 1)) * unit(ring[start + 1] - ring[start])
    points = np.concatenate([points, near, ring[start] + along, on_separators(network, count, rng)])
    clear = shapely.distance(lines, shapely.points(points)) > 1e-11 * extent
    points = points[clear]
    return int((network.inside(points) != shapely.intersects_xy(geometry, *points.T)).sum())


@given(box_overlays)
def test_lattice_polygons_are_exact_everywhere(geometry: shapely.Geometry) -> None:
    """On the lattice the network is the closed polygon itself: edges, corners, touching points."""
    network = regions.compile(geometry, "parts")
    assert network.exact
    xmin, ymin, xmax, ymax = geometry.bounds
    grid = np.arange(xmin - 1, xmax + 1.25, 0.25), np.arange(ymin - 1, ymax + 1.25, 0.25)
    points = np.stack([axis.ravel() for axis in np.meshgrid(*grid)], axis=1)
    expected = shapely.intersects_xy(geometry, *points.T)
    assert (network.inside(points) == expected).all()


@given(triangle_overlays)
@settings(max_examples=200)
def test_polygons_with_nearly_collinear_vertices(geometry: shapely.Geometry) -> None:
    network = regions.compile(geometry, "parts")
    assert vertices_inside(network, geometry).all()
    assert mismatches(network, geometry, 200) == 0


def test_needles_have_caps() -> None:
    """Slivers an ulp thick, collinear but for rounding: nothing may reach out along them."""
    tip, end = (-8.429, -7.997), (9.727, 9.044)
    for part in (0.1, 0.3, 0.5, 0.7):
        inner = [a + part * (b - a) for a, b in zip(tip, end, strict=True)]
        for ulps in (-2, -1, 1, 2):
            x, y = inner[0], inner[1] + ulps * np.spacing(inner[1])
            needle = shapely.Polygon([tip, end, (x, y)])
            if not needle.is_valid:
                continue
            network = regions.compile(needle, "parts")
            assert vertices_inside(network, needle).all()
            reach = np.linspace(1e-9, 3, 2000)[:, np.newaxis]
            direction = np.subtract(end, tip)
            beyond = np.concatenate([tip - reach * direction, end + reach * direction])
            assert not network.inside(beyond).any()
            assert any(".cap[" in name for name in network.names)


def test_blunt_polygons_have_no_caps() -> None:
    names = regions.compile(shapely.Polygon([(0, 0), (9, 0.1), (9, 0.2)]), "parts").names
    assert not any(".cap[" in name for name in names)


SQUARE = shapely.box(0, 0, 2, 2)
HALVES = list(shapely.get_parts(shapely.constrained_delaunay_triangles(SQUARE)))
CORNER = shapely.Polygon([(0, 0), (2, 0), (2, 2)])
OTHER_CORNER = shapely.Polygon([(0, 0), (2, 0), (0, 2)])


@pytest.mark.parametrize(
    ("triangles", "said"),
    [
        ([], "a triangle has no area"),
        ([*HALVES, shapely.Polygon([(0, 0), (1, 0), (2, 0)])], "a triangle has no area"),
        ([shapely.Polygon([(0, 0), (2, 0), (1, 3)])], "a point that is no vertex"),
        ([HALVES[0], HALVES[0]], "two triangles lie on the same side"),
        ([CORNER, OTHER_CORNER], "two triangles lie on the same side"),
        ([HALVES[0]], "is missing from the triangulation"),
    ],
)
def test_the_triangulation_is_checked(
    monkeypatch: pytest.MonkeyPatch, triangles: list[shapely.Polygon], said: str
) -> None:
    """A triangulation that does not tile the polygon is refused, whatever its fault."""
    collection = shapely.GeometryCollection(triangles)
    monkeypatch.setattr(partition, "OPTIMAL_VERTICES", 0)
    monkeypatch.setattr(shapely, "constrained_delaunay_triangles", lambda _: collection)
    with pytest.raises(PartitionError, match=said):
        convex_partition(SQUARE)


def test_a_triangulation_that_fails_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: shapely.Geometry) -> shapely.Geometry:
        raise shapely.errors.GEOSException("Unable to find a convex corner")

    monkeypatch.setattr(partition, "OPTIMAL_VERTICES", 0)
    monkeypatch.setattr(shapely, "constrained_delaunay_triangles", fail)
    with pytest.raises(regions.SpecError, match="cannot be cut into triangles: Unable to find"):
        regions.compile(SQUARE, "parts")


def test_holes_that_touch_edges_and_each_other() -> None:
    """The triangulation cuts the edges that are touched in between, several from one corner."""
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]
    holes = [[(0, 0), (3, 6), (6, 3)], [(5, 0), (6, 1), (5, 1)], [(1.5, 3), (0.5, 3.5), (0.5, 4)]]
    polygon = shapely.Polygon(square, holes)
    assert polygon.is_valid
    network = regions.compile(polygon, "parts")
    assert vertices_inside(network, polygon).all()
    assert mismatches(network, polygon, 2000) == 0
