"""Strategy `edges`: every edge one separator, the whole plane right, from triangles to spirals."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import regions
from regions.compiler.edges import polygons_by_edges
from regions.compiler.formula import FormulaBuilder, separator_of
from regions.compiler.passes.walk import reachable
from regions.compiler.separators import SeparatorPool
from regions.geometry import chains, decompose, expansions, peterson
from regions.geometry.frame import Frame
from regions.geometry.peterson import DecompositionError, Rings, SplitForest, split_ring
from regions.geometry.rings import boundary_edges
from tests.strategies import box_overlays, triangle_overlays
from tests.test_parts import mismatches, vertices_inside

doubles = st.floats(-1, 1) | st.sampled_from([0.0, 0.1, 0.2, 0.3, 1 / 3, 1e-9, -0.7, 2.0**-52])


@given(box_overlays)
def test_lattice_polygons_are_exact_everywhere(geometry: shapely.Geometry) -> None:
    """On the lattice the network is the closed polygon itself: edges, corners, touching points."""
    network = regions.compile(geometry, strategy="edges")
    assert network.exact
    xmin, ymin, xmax, ymax = geometry.bounds
    grid = np.arange(xmin - 1, xmax + 1.25, 0.25), np.arange(ymin - 1, ymax + 1.25, 0.25)
    points = np.stack([axis.ravel() for axis in np.meshgrid(*grid)], axis=1)
    expected = shapely.intersects_xy(geometry, *points.T)
    assert (network.inside(points) == expected).all()


@given(triangle_overlays)
@settings(max_examples=300)
def test_polygons_with_nearly_collinear_vertices(geometry: shapely.Geometry) -> None:
    network = regions.compile(geometry, strategy="edges")
    assert vertices_inside(network, geometry).all()
    assert mismatches(network, geometry, 200) == 0


@given(box_overlays | triangle_overlays)
def test_each_edge_stands_once_and_no_line_is_added(geometry: shapely.Geometry) -> None:
    """The separators are the edges' own, none negated: the formula is Peterson's."""
    polygon = max(shapely.get_parts(geometry), key=lambda part: part.area)
    builder, pool = FormulaBuilder(), SeparatorPool(Frame())
    [root] = polygons_by_edges(polygon, ["p"], builder, pool)
    formula = builder.formula(root)
    edges = len(boundary_edges(polygon).line_start)
    literals = [i for n in reachable(formula) for i in formula.gates[n].inputs if i < 0]
    own = pool.separators().names
    names = [own[separator_of(i)] for i in literals]
    capped = sum(".cap[" in name for name in names)
    separate = sum(".edge[" in name for name in own)
    assert separate <= len(literals) - capped <= edges
    assert all(i % 2 == 0 for i in literals)


def test_one_unit_an_edge_and_one_gate_for_convex_polygons() -> None:
    angles = np.arange(17) * 2 * np.pi / 17
    network = regions.compile(shapely.Polygon(np.c_[np.cos(angles), np.sin(angles)]), "edges")
    assert (network.size, network.depth) == (18, 2)


def star(count: int, seed: int) -> shapely.Polygon:
    rng = np.random.default_rng(seed)
    angles, radii = np.sort(rng.uniform(0, 2 * np.pi, count)), rng.uniform(0.2, 1, count)
    return shapely.Polygon(np.c_[radii * np.cos(angles), radii * np.sin(angles)])


@pytest.mark.parametrize("seed", range(30))
def test_the_split_vertex_is_on_the_hull_of_the_chain_with_its_rays(seed: int) -> None:
    """The theorem's condition, checked without our search: all the chain, rays included, lies on
    one side of some line through the vertex. The hull of the finite vertices alone would not do.
    """
    ring = shapely.get_coordinates(shapely.orient_polygons(star(24, seed)))[:-1]
    tree = split_ring(ring, hole=False, exact=False)
    for lo, vertex, hi in zip(tree.lo[1:], tree.vertex[1:], tree.hi[1:], strict=True):
        chain = ring[np.arange(lo, hi + 1) % len(ring)]
        rays = chain[0] - chain[1], chain[-1] - chain[-2]
        away = np.concatenate([chain - ring[vertex % len(ring)], rays])
        angles = np.sort(np.arctan2(away[:, 1], away[:, 0])[np.abs(away).sum(axis=1) > 0])
        gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
        assert gaps.max() >= np.pi - 1e-9


@pytest.mark.parametrize("seed", range(10))
def test_compiled_plain_and_integer_code_agree(seed: int) -> None:
    """One source: on doubles, on integers, and as machine code."""
    ring = shapely.get_coordinates(shapely.orient_polygons(star(200, seed)))[:-1]
    ring = np.round(ring, 2) if seed % 2 else ring
    _, first = np.unique(ring, axis=0, return_index=True)
    twice = np.concatenate([ring[np.sort(first)]] * 2)
    x, y = np.ascontiguousarray(twice.T)
    whole = peterson._as_integers(twice)
    lo, hi = sorted((int(np.argmin(x[: len(x) // 2])), int(np.argmax(x[: len(x) // 2]))))
    runs = [
        (decompose.decompose, x.tolist(), y.tolist(), chains.FILTER),
        (decompose.decompose, *whole, 0),
        (peterson._compiled(), x, y, chains.FILTER),
    ]
    tables = []
    for run, x, y, error in runs:
        rows = np.empty((hi - lo, 4), dtype=np.int64)
        rows[0] = lo, hi, hi, -1
        assert run(x, y, lo, hi, error, rows, 1, 0) == len(rows)
        tables.append(rows.tolist())
    assert tables[0] == tables[1] == tables[2]


def turn(a: tuple[int, int], b: tuple[int, int]) -> int:
    cross = a[0] * b[1] - a[1] * b[0]
    return (cross > 0) - (cross < 0)


def fewest_units(ring: list[tuple[int, int]], tree: SplitForest) -> int:
    """The least number of units of all formulas that split the ring's two chains, by trying all.

    Whether a vertex is on the hull is asked of the definition: some line through it has all of the
    chain, and the directions of its rays, on one side. The gate is told by the turn.
    """

    def vector(k: int, m: int) -> tuple[int, int]:
        (ax, ay), (bx, by) = ring[k % len(ring)], ring[m % len(ring)]
        return bx - ax, by - ay

    def on_hull(lo: int, hi: int, v: int) -> bool:
        away = [vector(v, k) for k in range(lo, hi + 1) if k != v]
        away += [vector(lo + 1, lo), vector(hi - 1, hi)]
        sides = [{turn(line, other) for other in away} for line in away]
        return any(not {-1, 1} <= side for side in sides)

    @cache
    def units(lo: int, hi: int, conjunction: bool) -> float:
        """Of the gates that the chain adds to a gate of this kind."""
        if hi - lo == 1:
            return 0
        least: dict[bool, float] = {True: math.inf, False: math.inf}
        for v in range(lo + 1, hi):
            if on_hull(lo, hi, v):
                kind = turn(vector(v - 1, v), vector(v, v + 1)) > 0
                least[kind] = min(least[kind], units(lo, v, kind) + units(v, hi, kind))
        return min(least[conjunction], max(1, least[not conjunction]))

    south, north = int(tree.lo[0]), int(tree.vertex[0])
    return int(max(1, units(south, north, True) + units(north, south + len(ring), True)))


def fewest_and_found(seed: int) -> tuple[int, int]:
    """The fewest gates, and the compiler's, for a star of 14 vertices on a lattice."""
    corners = np.rint(1000 * shapely.get_coordinates(star(14, seed).exterior))
    polygon = shapely.orient_polygons(shapely.Polygon(corners))
    boundary = boundary_edges(polygon)
    ring = boundary.vertices[boundary.line_start]
    whole = [(int(x), int(y)) for x, y in ring.tolist()]
    network = regions.compile(polygon, "edges")
    assert network.n_separators == len(ring)
    return fewest_units(whole, split_ring(ring, hole=False, exact=True)), network.n_gates


@pytest.mark.parametrize("seed", range(24))
def test_short_chains_take_the_fewest_units(seed: int) -> None:
    fewest, found = fewest_and_found(seed)
    assert found == fewest


def test_splitting_in_the_middle_takes_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested above is not true of any split."""
    monkeypatch.setattr(decompose, "SHORT", 1)
    monkeypatch.setattr(peterson, "_worth_compiling", lambda count: False)
    pairs = [fewest_and_found(seed) for seed in range(24)]
    assert sum(found > fewest for fewest, found in pairs) > 3


def test_polygons_together_are_the_polygons_alone() -> None:
    """All polygons of a shape go through as one array; each comes out as it would by itself."""
    parts = [shapely.affinity.translate(star(24 + k, k), 3 * k, 0) for k in range(6)]
    parts[2] = parts[2].difference(parts[2].representative_point().buffer(0.05, quad_segs=3))
    together = regions.compile(shapely.MultiPolygon(parts), "edges")
    alone = [regions.compile(part, "edges") for part in parts]
    assert together.n_separators == sum(network.n_separators for network in alone)
    assert together.n_gates == sum(network.n_gates for network in alone)
    points = np.random.default_rng(5).uniform([-1, -1], [16, 1], (2000, 2))
    each = np.any([network.inside(points) for network in alone], axis=0)
    assert (together.inside(points) == each).all()
    assert "region.polygon[2].ring[1].edge[3]" in list(together.names)


@given(st.lists(doubles, min_size=8, max_size=8))
@settings(max_examples=300)
def test_cross_signs_are_exact(numbers: list[float]) -> None:
    if any(0 < abs(number) < expansions.LEAST for number in numbers):
        return
    ax, ay, bx, by, cx, cy, dx, dy = map(Fraction, numbers)
    exact = (ax - bx) * (cy - dy) - (ay - by) * (cx - dx)
    assert expansions.cross_sign(*numbers) == (exact > 0) - (exact < 0)
    ax, ay, bx, by, _, _, dx, dy = numbers
    again = [ax, ay, bx, by, ax + dx, ay + dy, bx + dx, by + dy]
    near = [Fraction(n) for n in again]
    exact = (near[0] - near[2]) * (near[5] - near[7]) - (near[1] - near[3]) * (near[4] - near[6])
    assert expansions.cross_sign(*again) == (exact > 0) - (exact < 0)


def test_coordinates_that_would_underflow() -> None:
    """A ring with a vertex 1e-150 beside another is split on integers."""
    polygon = shapely.Polygon([(0, 0), (1, 0), (1, 1), (1e-150, 0.5), (0, 1)])
    network = regions.compile(polygon, strategy="edges")
    assert vertices_inside(network, polygon).all()
    assert network.inside([(0.5, 0.9), (0.5, 0.5), (-1e-3, 0.5)]).tolist() == [False, True, False]


def test_one_tiny_coordinate_leaves_other_rings_alone() -> None:
    """Integers are slow: only the ring that needs them is split on them."""
    triangle = shapely.Polygon([(-5, 1e-130), (-4, 0.1), (-4, 1)])
    both = shapely.MultiPolygon([star(40, 1), triangle, shapely.affinity.translate(star(30, 2), 5)])
    boundary = boundary_edges(both)
    start = np.searchsorted(boundary.line_ring, np.arange(4))
    rings = Rings(boundary.vertices[boundary.line_start], start, np.zeros(3, dtype=np.bool_))
    found = peterson._coordinates(rings, peterson._twice_around(rings), exact=False)
    assert list(found.tiny) == [1]
    network = regions.compile(both, "edges")
    assert network.n_gates == sum(regions.compile(part, "edges").n_gates for part in both.geoms)
    assert vertices_inside(network, both).all()


def test_a_ring_that_is_not_simple_is_noticed() -> None:
    """The turn at a split vertex contradicts the gate: the check behind the theorem."""
    knot = np.array([[0, 0], [4, 4], [4, 0], [0, 4], [2, 5], [6, 2], [2, -1]], dtype=np.float64)
    with pytest.raises(DecompositionError, match="cannot be split at"):
        split_ring(knot, hole=False, exact=True)


def test_names() -> None:
    square, hole = [(0, 0), (9, 0), (9, 9), (0, 9)], [(3, 3), (3, 6), (6, 6)]
    names = list(regions.compile(shapely.Polygon(square), "edges").names)
    assert names == [*(f"region.edge[{i}]" for i in range(4)), "region"]
    names = list(regions.compile(shapely.Polygon(square, [hole]), "edges").names)
    assert "region.ring[0].edge[3]" in names
    assert "region.ring[1].edge[2]" in names


def test_needles_have_caps() -> None:
    """Slivers an ulp thick, beside other corners: nothing may reach out along them."""
    tip, end = np.array([-8.429, -7.997]), np.array([9.727, 9.044])
    for aside in ([], [(12.0, 3.0)], [(12.0, 3.0), (0.0, -20.0)]):
        for ulps in (1, 2, 30):
            x, y = (tip + 0.4 * (end - tip)).tolist()
            corners = [tip, *aside, end, (x, y + ulps * np.spacing(y))]
            needle = shapely.orient_polygons(shapely.Polygon(corners))
            if not needle.is_valid:
                continue
            network = regions.compile(needle, "edges")
            assert vertices_inside(network, needle).all()
            assert mismatches(network, needle, 2000) == 0


def test_a_needle_across_which_its_chain_cannot_be_capped() -> None:
    """Its chain runs up and down without end, side by side with the cap: the whole ring has it."""
    third, step = 1 / 3, 2 / 11
    ring = [(-0.2, -0.8), (-1, -4), (-third, -2 * third), (-5 * third, 2 * third), (-5, 0)]
    ring += [(-10 / 7, 5 / 7), (-step, step / 2), (0, 1), (1, 0), (0, 0), (0, -1)]
    network = regions.compile(shapely.Polygon(ring), strategy="edges")
    assert any(".cap[" in name for name in network.names)
    heights = np.linspace(-4e-16, 4e-16, 9)
    beyond = np.array([(-5 - t, d - t / 5) for t in (0.1, 1, 4) for d in heights])
    assert not network.inside(beyond).any()


def test_blunt_polygons_have_no_caps() -> None:
    network = regions.compile(shapely.Polygon([(0, 0), (9.1, 0.1), (9.3, 0.25)]), "edges")
    assert not any(".cap[" in name for name in network.names)
