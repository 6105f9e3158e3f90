"""Looking points up gives the bits of the forward pass, for any network and any points."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.errors import InputError
from regions.network.model import Network
from regions.network.points import plain
from regions.network.pruned import (
    bounding,
    choice,
    curves,
    indexing,
    kernels,
    programs,
    pruning,
    quartering,
    walking,
)
from regions.network.pruned import index as index_module
from regions.network.pruned.index import MOST_GRIDS, cell_ends, indexed
from regions.network.pruned.points import looked_up
from tests.conftest import ROOT, SHAPES, SHARED
from tests.identity import differing_answers, network_of, points_near, random_pair, random_rows
from tests.kernels import interpreted


def majority(lines: int, spread: float = 1.0) -> Network:
    """More than half of many random lines: nothing of it is an AND or an OR.

    The smaller their spread, the nearer they pass to 0.
    """
    rng = np.random.default_rng(0)
    weights, bias = rng.normal(size=(lines, 2)), spread * rng.normal(size=lines)
    return network_of(weights, bias, [(list(range(lines)), [1] * lines, 0.5 - lines // 2)], [lines])


@pytest.mark.parametrize("seed", range(4))
def test_random_networks_at_random_points(seed: int) -> None:
    rng = np.random.default_rng(seed)
    compared = made = 0
    for _ in range(30):
        _, network, grid = random_pair(rng)
        if rng.random() < 0.5:
            network = replace(network, window=grid.bounds)
        found = differing_answers(network, points_near(rng, grid, 400))
        assert found in (0, None)
        compared += found == 0
        made += len(network.indexes) > 0 and None not in network.indexes.values()
    assert compared > 20
    assert made > 15


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_gallery(path: Path) -> None:
    spec = regions.load(path)
    network = regions.compile(spec)
    grid = regions.Grid.fitting(spec.window, 40)
    points = points_near(np.random.default_rng(1), grid, 2000)
    assert differing_answers(network, points) == 0
    assert network.indexes[0] is not None


def test_corners_and_ends_of_cells() -> None:
    """Where rounding decides which cell it is, and points on edges and vertices of the shape."""
    rng = np.random.default_rng(5)
    triangles = [shapely.Polygon(three) for three in rng.integers(0, 41, (12, 3, 2))]
    network = regions.compile(shapely.union_all(triangles))
    [stream] = network.streams
    found = indexed(network, stream, (0.0, 0.0, 41.0, 41.0))
    assert found is not None
    network.indexes[0] = found
    left, low, across, upright = found.grids[0]
    number = np.arange(found.sides[0] + 1)
    x, y = left + number / across, low + number / upright
    near = (
        [np.nextafter(x, x + k) for k in (-1, 0, 1)],
        [np.nextafter(y, y + k) for k in (-1, 0, 1)],
    )
    points = np.column_stack([rng.choice(np.concatenate(part), 40_000) for part in near])
    corners = shapely.get_coordinates(shapely.union_all(triangles))
    assert differing_answers(network, np.concatenate([points, corners])) == 0


@given(
    st.floats(-1e9, 1e9), st.floats(1e-9, 1e9), st.sampled_from([2, 32, 256]), st.integers(0, 10**9)
)
def test_cells_hold_what_is_put_into_them(start: float, scale: float, side: int, seed: int) -> None:
    ends = cell_ends(start, scale, side)
    if ends is None:
        return
    rng = np.random.default_rng(seed)
    x = start + rng.uniform(0, side, 300) / scale
    edges = start + rng.integers(0, side + 1, 300) / scale
    x = np.concatenate([x, edges, np.nextafter(edges, np.inf), np.nextafter(edges, -np.inf)])
    place = (x - start) * scale
    x, place = x[(place >= 0) & (place < side)], place[(place >= 0) & (place < side)].astype(int)
    assert (ends[place, 0] <= x).all()
    assert (x <= ends[place, 1]).all()


def test_cells_as_narrow_as_rounding_are_refused() -> None:
    assert cell_ends(0.0, 1.0, 256) is not None
    assert cell_ends(2.0**50, 1.0, 256) is None
    assert cell_ends(0.0, np.inf, 256) is None
    # Two million metres north, and a region a micrometre wide.
    far = network_of([1, 0, 0, 1], [-2e6, -2e6], [([0, 1], [1, 1], -1.5)], [2])
    box = (2e6, 2e6, 2e6 + 1e-9, 2e6 + 1e-9)
    assert indexed(far, far.streams[0], box) is None
    points = np.random.default_rng(0).uniform(2e6 - 1e-8, 2e6 + 1e-8, (300, 2))
    assert differing_answers(far, points) == 0


def test_points_far_away() -> None:
    """Each grid answers for more of them, and at last the forward pass."""
    network = regions.compile(regions.load(SHAPES / "poland.yaml"))
    rng = np.random.default_rng(2)
    sizes = []
    for power in range(0, 12, 2):
        far = rng.uniform(-1, 1, (300, 2)) * 10.0**power
        assert differing_answers(network, far) == 0
        sizes.append(len(network.indexes[0].grids))
    assert sizes[0] > 1
    assert sizes == sorted(sizes)
    assert sizes[-1] == MOST_GRIDS
    assert network.indexes[0].wider(network) is None


@pytest.mark.parametrize("size", [1e300, 1e307, 8e307])
def test_points_at_the_end_of_all_numbers(size: float) -> None:
    rows = [([0, 1], [1, 1], -0.5)]
    network = network_of([1e-300, 1e-300, -1e-300, 1e-300], [1, 2], rows, [2])
    points = np.random.default_rng(0).uniform(-1.5, 1.5, (1000, 2)) * size
    points[:2] = [[1.7e308, -1.7e308], [1.7e308, 0]]
    for window in (None, (-size, -size, size, size)):
        assert differing_answers(replace(network, window=window), points) == 0


def test_sums_have_counters() -> None:
    for lines in (1, 2, 3, 15, 40):
        network = majority(lines)
        points = np.random.default_rng(lines).normal(size=(4000, 2)) * 3
        assert differing_answers(network, points) == 0
    found = network.indexes[0]
    assert (found.nodes[: found.used].view(np.int32)[:, 0] == programs.ADD).any()


def test_sums_within_sums_have_counters_of_their_own() -> None:
    rng = np.random.default_rng(6)
    for _ in range(6):
        weights, bias = rng.normal(size=(15, 2)), rng.normal(size=15)
        inner = [(list(range(5 * k, 5 * k + 5)), [3, 2, 2, 1, 1], -4.5) for k in range(3)]
        outer = ([15, 0, 16, 7, 17, 3], [2, 1, 2, -1, 2, 1], -3.5)
        network = network_of(weights, bias, [*inner, outer], [18])
        points = rng.normal(size=(3000, 2)) * 2
        assert 0.05 < plain(network, points).mean() < 0.95
        assert differing_answers(network, points) == 0


def test_what_has_no_short_formula_is_left_to_the_forward_pass() -> None:
    network = regions.compile(regions.load(SHAPES / "poland.yaml"))
    network.__dict__["streams"] = (None,)
    points = np.random.default_rng(3).uniform(10, 60, (500, 2))
    assert looked_up(network, 0, points) is None
    assert differing_answers(network, points) == 0


def test_programs_have_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many lines that all count everywhere, each cell needs some: then there are fewer cells."""
    network = majority(400)
    points = np.random.default_rng(4).normal(size=(300, 2))
    assert differing_answers(network, points) == 0
    free = network.indexes.pop(0)
    most = free.used - 1
    monkeypatch.setattr(index_module, "NODES", most)
    assert differing_answers(network, points) == 0
    bound = network.indexes.pop(0)
    assert bound.sides[0] < free.sides[0]
    assert bound.used <= most
    monkeypatch.setattr(index_module, "NODES", 0)
    monkeypatch.setattr(index_module, "GROWTH", 0)
    assert differing_answers(network, points) == 0
    assert network.indexes[0] is None


def test_several_regions() -> None:
    rng = np.random.default_rng(7)
    weights, bias = rng.normal(size=(9, 2)), rng.normal(size=9)
    network = network_of(weights, bias, random_rows(rng, 9), [0, 4, 8])
    points = rng.normal(size=(2000, 2)) * 3
    expected = plain(network, points)
    assert (network.fires(points, index=True) == expected).all()
    labels = network.label(points, index=True)
    assert labels.dtype == network.label(points, index=False).dtype
    assert (labels == network.label(points, index=False)).all()
    assert len(np.unique(labels)) == 4
    for k, output in enumerate(network.outputs):
        assert (network.inside(points, output.name, index=True) == expected[:, k]).all()
        assert (network.inside(points, output.name, index=False) == expected[:, k]).all()


def test_two_threads_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    network = regions.compile(regions.load(SHAPES / "rounded_star.yaml"))
    rng = np.random.default_rng(8)
    points = rng.uniform(-20, 20, (5003, 2))
    expected = plain(network, points)[:, 0]
    for workers in (1, 2):
        monkeypatch.setattr("regions.network.pruned.points.threads", lambda _, n=workers: n)
        found = looked_up(network, 0, points)
        assert found is not None
        assert (found == expected).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_points_that_are_not_finite_are_refused(value: float) -> None:
    network = regions.compile(regions.load(SHAPES / "star.yaml"))
    for points in ([[0.0, value]], [[0.0, 0.0], [value, 0.0]]):
        with pytest.raises(InputError, match="finite"):
            network.inside(points, index=True)
    unbounded = network_of([1, 1], [0], [], [0])
    with pytest.raises(InputError, match="finite"):
        unbounded.inside([[0.0, value]], index=True)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 2, 2)])
def test_arrays_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    network = regions.compile(regions.load(SHAPES / "star.yaml"))
    with pytest.raises(InputError, match=r"\(n, 2\)"):
        network.fires(np.zeros(shape), index=True)


def test_points_in_any_order_of_memory_and_of_any_kind() -> None:
    network = regions.compile(regions.load(SHAPES / "star.yaml"))
    points = np.random.default_rng(9).integers(-9, 10, (500, 2))
    expected = plain(network, points)[:, 0]
    fixed = points.astype(np.float64)
    fixed.flags.writeable = False
    for same in (points, points.tolist(), np.asfortranarray(points), points[::-1][::-1], fixed):
        assert (network.inside(same, index=True) == expected).all()
    assert network.inside(np.empty((0, 2)), index=True).shape == (0,)
    assert network.label(np.empty((0, 2)), index=True).shape == (0,)


def test_where_the_forward_pass_refuses_so_does_the_index() -> None:
    network = regions.compile(regions.load(SHAPES / "heart.yaml"))
    points = np.array([[0.0, 0.0], [1e300, 0.0]])
    for index in (True, False):
        with pytest.raises(InputError, match="overflow"):
            network.inside(points, index=index)


def test_the_choice_goes_by_cost() -> None:
    small = regions.compile(regions.load(SHAPES / "war_zone_b.yaml"))
    large = regions.compile(regions.load(SHAPES / "poland.yaml"))
    one = range(1)
    assert not choice.index_pays(small, 100, one)
    assert choice.index_pays(large, 10**6, one)
    kernels.indexers()
    few = 30_000
    assert not choice.index_pays(small, 1000, one)
    small.inside(np.zeros((few, 2)), index=True)
    assert choice.index_pays(small, few, one)


@pytest.mark.parametrize("pays", [True, False])
def test_a_forced_choice_gives_the_same(pays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "index_pays", lambda *_: pays)
    network = regions.compile(regions.load(SHAPES / "poland.yaml"))
    points = np.random.default_rng(0).uniform((14, 49), (24, 55), (2000, 2))
    assert (network.inside(points) == plain(network, points)[:, 0]).all()
    assert bool(network.indexes) == pays
    assert not network.inside(points, index=not pays).all()
    assert network.indexes


def test_small_work_does_not_wait_for_numba() -> None:
    code = (
        "import sys, regions;"
        "network = regions.compile('shapes/war_zone_a.yaml');"
        "network.inside([[x % 7, x % 9] for x in range(10_000)]);"
        "sys.exit('numba' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_each_kernel_has_one_signature() -> None:
    assert differing_answers(regions.compile(regions.load(SHAPES / "gear.yaml")), np.eye(2)) == 0
    assert differing_answers(majority(5), np.eye(2)) == 0
    found = [kernels.indexers()[name] for name in ("fill_cells", "look_up")]
    assert [len(kernel.signatures) for kernel in found] == [1, 1]


def test_networks_are_copied_without_their_indexes() -> None:
    import pickle

    network = regions.compile(regions.load(SHAPES / "star.yaml"))
    network.inside(np.eye(2), index=True)
    assert network.indexes
    assert pickle.loads(pickle.dumps(network)).indexes == {}


def test_a_real_map_of_thousands_of_edges() -> None:
    """Against Shapely, which is another's answer; the forward pass would take minutes."""
    if not (path := SHARED / "holes/indonesian_seas_50m.geojson").exists():
        pytest.skip("the shared maps are not there")
    seas = shapely.from_geojson(path.read_text(encoding="utf-8")).geoms[0]
    network = regions.compile(seas, "edges")
    points = np.random.default_rng(1).uniform((90, -14), (146, 9), (200_000, 2))
    found = network.inside(points, index=True)
    wrong = found != shapely.intersects_xy(seas, points)
    assert (shapely.distance(shapely.points(points[wrong]), seas.boundary) < 1e-12).all()
    assert (network.inside(points[:2000], index=False) == found[:2000]).all()


KERNELS = (bounding, pruning, quartering, programs, indexing, curves, walking)


def caught(broken: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether answers differ that these kernels give."""
    rng = np.random.default_rng(1)
    pairs = [(majority(9, 0.02), rng.normal(size=(150, 2)) * 0.2)]
    while len(pairs) < 12:
        style, network, grid = random_pair(rng)
        if style in ("lattice", "curved"):
            network = replace(network, window=grid.bounds)
            pairs.append((network, points_near(rng, grid, 150)))
            network.streams  # noqa: B018, compiled as ever
    monkeypatch.setattr(index_module, "indexers", lambda: broken)
    monkeypatch.setattr(index_module, "SIDES", ((np.inf, 16),))
    monkeypatch.setattr(index_module, "OUTER_SIDE", 8)
    monkeypatch.setattr(index_module, "MOST_GRIDS", 3)
    return any(differing_answers(network, points) for network, points in pairs)


def test_the_kernels_as_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not caught(interpreted(KERNELS, "CURVE, RESET, ADD", "CURVE, RESET, ADD"), monkeypatch)


MUTANTS = {
    "targets are exchanged": ("if op == OR:", "if op != OR:"),
    "negations are forgotten": ("            if flags == 1.0:", "            if flags == 7.0:"),
    "counters are not reset": ("counters[jumps[node, 1]] = 0", "pass"),
    "sums need one more": (">= jumps[node, 3]", "> jumps[node, 3]"),
    "zero is no 1": ("fires = z >= 0.0", "fires = z > 0.0"),
    "cells lack their right half": ("2 * c0, 2 * c1 - 1", "2 * c0, 2 * c0"),
    "cells lack their upper half": ("2 * r1 - 1, 2 * r0", "2 * r0, 2 * r0"),
    "rows run downwards": ("np.floor(row) * side", "(side - 1 - np.floor(row)) * side"),
    "all grids begin at one place": ("np.floor(column) + start", "np.floor(column) + 1.0"),
    "terms of curves are left out": ("range(first[literal], first[literal + 1])", "range(0)"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_kernel_is_seen(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert caught(interpreted(KERNELS, *MUTANTS[mutant]), monkeypatch)
