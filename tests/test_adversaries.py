"""Hard polygons, compiled by each strategy and judged by the exact oracle."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import pytest
import shapely

import regions
from tests import oracle
from tests.adversaries import Adversary, adversaries, polyomino, tenths, untangled
from tests.oracle import Floats

POINTS = 1500
"""Points of each sort, for each shape."""

EDGES = 60
"""Edges whose lines are followed beyond their ends."""

COVERED = 100
"""A cover is found by looking at every face of an arrangement: for few edges only."""

JUDGED = ["parts", "edges", "cover"]
SHAPES = adversaries()
CASES = [
    pytest.param(strategy, shape, id=f"{strategy}: {shape.name}")
    for strategy in JUDGED
    for shape in SHAPES
    if strategy != "cover" or len(oracle.boundary(shape.geometry)) < COVERED
]
ON_LATTICES = [case for case in CASES if case.values[1].lattice]


@functools.cache
def network_of(strategy: str, shape: Adversary) -> regions.Network:
    return regions.compile(shape.geometry, strategy=strategy)


def anywhere(geometry: shapely.Geometry, rng: np.random.Generator) -> Floats:
    xmin, ymin, xmax, ymax = geometry.bounds
    return rng.uniform((xmin, ymin), (xmax, ymax), (POINTS, 2))


def beside_edges(geometry: shapely.Geometry, rng: np.random.Generator) -> Floats:
    """Points 1e-9 to 1e-3 of the extent to the left and right of points on edges."""
    edges = _nonzero(oracle.boundary(geometry))
    edge = edges[rng.integers(0, len(edges), POINTS)]
    along = edge[:, 1] - edge[:, 0]
    normal = along[:, ::-1] * (-1, 1) / np.hypot(*along.T)[:, np.newaxis]
    off = oracle.extent(geometry) * 10.0 ** -rng.integers(3, 10, (POINTS, 1))
    on = edge[:, 0] + rng.random((POINTS, 1)) * along
    return on + rng.choice((-1, 1), (POINTS, 1)) * off * normal


def on_lines(geometry: shapely.Geometry, rng: np.random.Generator) -> Floats:
    """Points on the lines of edges beyond their ends, up to the extent away.

    There whiskers grow: where two lines cross at a small angle, an ulp moves the crossing far.
    """
    edges = _nonzero(oracle.boundary(geometry))
    edge = edges[rng.integers(0, len(edges), POINTS)]
    along = edge[:, 1] - edge[:, 0]
    reach = oracle.extent(geometry) * 10.0 ** rng.uniform(-13, 0, (POINTS, 1))
    end = rng.integers(0, 2, POINTS)
    sign = np.where(end == 1, 1, -1)[:, np.newaxis]
    return edge[np.arange(POINTS), end] + sign * reach * along / np.hypot(*along.T)[:, np.newaxis]


def lattice_points(geometry: shapely.Geometry, rng: np.random.Generator) -> Floats:
    """Points of the lattice and halfway between: all of a small window, some of a large one."""
    unit = lattice_unit(geometry) / 2
    xmin, ymin, xmax, ymax = (round(bound / unit) for bound in geometry.bounds)
    width, height = xmax - xmin + 5, ymax - ymin + 5
    if width * height <= 4 * POINTS:
        chosen = np.arange(width * height)
    else:
        chosen = rng.integers(0, width * height, 2 * POINTS)
    x, y = np.divmod(chosen, height)
    return unit * np.stack([xmin - 2 + x, ymin - 2 + y], axis=1)


def lattice_points_on_lines(geometry: shapely.Geometry) -> Floats:
    """Lattice points on the lines of edges, and halfway between them, both ways."""
    unit = lattice_unit(geometry)
    edges = oracle.boundary(geometry)
    chosen = edges[:: max(1, len(edges) // EDGES)]
    step = np.rint((chosen[:, 1] - chosen[:, 0]) / unit).astype(np.int64)
    steps = np.gcd(step[:, 0], step[:, 1])
    primitive = step / steps[:, np.newaxis]
    offsets = unit * np.arange(-20, 21)[:, np.newaxis, np.newaxis] / 2 * primitive
    return np.concatenate([chosen[:, 0] + offsets, chosen[:, 1] + offsets]).reshape(-1, 2)


def lattice_unit(geometry: shapely.Geometry) -> float:
    """The largest power of two up to 1 of which all coordinates are multiples."""
    coordinates = shapely.get_coordinates(geometry)
    unit = 1.0
    while not (coordinates / unit == np.rint(coordinates / unit)).all():
        unit /= 2
    return unit


def _nonzero(edges: Floats) -> Floats:
    """Edges with a direction that doubles can tell: of a few ulps it is mostly noise."""
    length = np.hypot(*(edges[:, 1] - edges[:, 0]).T)
    return edges[length > 2.0**-30 * length.max()]


def mismatches(network: regions.Network, geometry: shapely.Geometry, points: Floats) -> Floats:
    return points[network.inside(points) != oracle.inside(geometry, points)]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_shapes_are_what_they_promise(shape: Adversary) -> None:
    assert shapely.is_valid(shape.geometry)
    quarters = 4 * shapely.get_coordinates(shape.geometry)
    assert not shape.lattice or (quarters == np.rint(quarters)).all()


def test_shapes_are_the_same_each_time() -> None:
    for shape, again in zip(SHAPES, adversaries(), strict=True):
        assert shape.name == again.name
        assert shapely.equals_identical(shape.geometry, again.geometry), shape.name


@pytest.mark.parametrize(("strategy", "shape"), CASES)
def test_off_the_boundary(strategy: str, shape: Adversary) -> None:
    rng = np.random.default_rng(5)
    network, geometry = network_of(strategy, shape), shape.geometry
    points = np.concatenate([anywhere(geometry, rng), beside_edges(geometry, rng)])
    wrong = mismatches(network, geometry, points)
    assert wrong[oracle.clear(geometry, wrong)].tolist() == []


@pytest.mark.parametrize(("strategy", "shape"), CASES)
def test_no_whiskers(strategy: str, shape: Adversary) -> None:
    network, geometry = network_of(strategy, shape), shape.geometry
    wrong = mismatches(network, geometry, on_lines(geometry, np.random.default_rng(9)))
    assert wrong[oracle.clear(geometry, wrong)].tolist() == []


@pytest.mark.parametrize(("strategy", "shape"), CASES)
def test_own_vertices(strategy: str, shape: Adversary) -> None:
    vertices = shapely.get_coordinates(shape.geometry)
    assert vertices[~network_of(strategy, shape).inside(vertices)].tolist() == []


@pytest.mark.parametrize(("strategy", "shape"), ON_LATTICES)
def test_exact_on_the_lattice(strategy: str, shape: Adversary) -> None:
    """The closed polygon itself, boundary and all; no whiskers along its lines."""
    network, geometry = network_of(strategy, shape), shape.geometry
    rng = np.random.default_rng(6)
    points = [lattice_points(geometry, rng), lattice_points_on_lines(geometry)]
    assert network.exact
    assert mismatches(network, geometry, np.concatenate(points)).tolist() == []


def small_shapes(seed: int) -> Iterator[tuple[str, shapely.Geometry]]:
    yield "untangled", untangled(6 + seed % 9, 5, seed)
    yield "polyomino", polyomino(3 + seed % 4, seed)


@pytest.mark.parametrize("strategy", JUDGED)
def test_many_small_lattice_polygons(strategy: str) -> None:
    """Every half-lattice point of the window: few coordinates make for many coincidences."""
    rng = np.random.default_rng(7)
    for seed in range(60):
        for kind, geometry in small_shapes(seed):
            network = regions.compile(geometry, strategy=strategy)
            points = [lattice_points(geometry, rng), lattice_points_on_lines(geometry)]
            wrong = mismatches(network, geometry, np.concatenate(points))
            assert network.exact, (kind, seed)
            assert wrong.tolist() == [], (kind, seed)


@pytest.mark.parametrize("strategy", JUDGED)
def test_many_small_polygons_on_a_grid_of_tenths(strategy: str) -> None:
    """The same with every coordinate rounded: lines that were one are an ulp apart."""
    rng = np.random.default_rng(8)
    for seed in range(60):
        for kind, lattice in small_shapes(seed):
            geometry = tenths(lattice)
            network = regions.compile(geometry, strategy=strategy)
            assert network.inside(shapely.get_coordinates(geometry)).all(), (kind, seed)
            points = np.concatenate([lattice_points(lattice, rng) / 10, on_lines(geometry, rng)])
            wrong = mismatches(network, geometry, points)
            assert wrong[oracle.clear(geometry, wrong)].tolist() == [], (kind, seed)
