"""Strategy `parts`: the network of a polygon is the polygon."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

import regions
from regions.geometry.partition import PartitionError, convex_partition
from regions.network.model import Network
from tests.strategies import box_overlays, triangle_overlays


def vertices_inside(network: Network, geometry: shapely.Geometry) -> np.ndarray:
    return network.inside(shapely.get_coordinates(geometry))


def mismatches(network: Network, geometry: shapely.Geometry, count: int, seed: int = 0) -> int:
    """Random points, half of them very near to edges, outside an ulp-sized band."""
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
    points = np.concatenate([points, near])
    clear = shapely.distance(lines, shapely.points(points)) > 1e-11 * extent
    points = points[clear]
    return int((network.inside(points) != shapely.intersects_xy(geometry, *points.T)).sum())


@given(box_overlays)
def test_lattice_polygons_are_exact_everywhere(geometry: shapely.Geometry) -> None:
    """On the lattice the network is the closed polygon itself: edges, corners, touching points."""
    network = regions.compile(geometry)
    assert network.exact
    xmin, ymin, xmax, ymax = geometry.bounds
    grid = np.arange(xmin - 1, xmax + 1.25, 0.25), np.arange(ymin - 1, ymax + 1.25, 0.25)
    points = np.stack([axis.ravel() for axis in np.meshgrid(*grid)], axis=1)
    expected = shapely.intersects_xy(geometry, *points.T)
    assert (network.inside(points) == expected).all()


@given(triangle_overlays)
@settings(max_examples=300)
def test_polygons_with_nearly_collinear_vertices(geometry: shapely.Geometry) -> None:
    network = regions.compile(geometry)
    assert vertices_inside(network, geometry).all()
    assert mismatches(network, geometry, 200) == 0


def test_the_triangulation_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A triangulation that does not tile the polygon is refused, whatever its fault."""
    square = shapely.box(0, 0, 2, 2)
    halves = shapely.get_parts(shapely.constrained_delaunay_triangles(square))
    flat = shapely.Polygon([(0, 0), (1, 0), (2, 0)])
    foreign = shapely.Polygon([(0, 0), (2, 0), (1, 3)])
    for triangles in ([halves[0]], [halves[0], halves[0]], [*halves, flat], [foreign]):
        collection = shapely.GeometryCollection(list(triangles))
        monkeypatch.setattr(
            shapely, "constrained_delaunay_triangles", lambda _, made=collection: made
        )
        with pytest.raises(PartitionError):
            convex_partition(square)
