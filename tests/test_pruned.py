"""Pruned rasters have the bits of the forward pass, by every way, on whatever network and grid."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from math import factorial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import shapely

import regions
from regions.errors import InputError
from regions.geometry.compiled import compiled
from regions.network.model import Gates, Network, monomials
from regions.network.pruned import bounding as bounding_module
from regions.network.pruned import choice, kernels, paint, pruned
from regions.network.pruned import curves as curves_module
from regions.network.pruned import leaves as leaves_module
from regions.network.pruned import painting as painting_module
from regions.network.pruned import pruning as pruning_module
from regions.network.pruned import quartering as quartering_module
from regions.network.pruned.stream import heaviest_first
from regions.network.raster import Grid, plain, rasterize
from tests.conftest import ROOT, SHAPES
from tests.identity import differences, network_of, random_pair, without_streams
from tests.kernels import interpreted


def lattice_grid(width: int, height: int, low: int = 0) -> Grid:
    """Pixel centres on the integers from `low` on."""
    return Grid((low - 0.5, low - 0.5, low + width - 0.5, low + height - 0.5), width, height)


@pytest.mark.parametrize("seed", range(4))
def test_random_networks_on_random_grids(seed: int) -> None:
    rng = np.random.default_rng(seed)
    compared = 0
    for _ in range(40):
        _, network, grid = random_pair(rng)
        ways = [differences(network, grid), differences(network, grid, threads=2)]
        ways.append(differences(without_streams(network), grid))
        assert set(ways) in ({0}, {None})
        compared += ways == [0, 0, 0]
    assert compared > 30


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_gallery(path: Path) -> None:
    spec = regions.load(path)
    network = regions.compile(spec)
    assert differences(network, Grid.fitting(spec.window, 75)) == 0


@pytest.mark.parametrize("name", ["clover", "poland", "heart"])
def test_the_way_without_formulas(name: str) -> None:
    spec = regions.load(SHAPES / f"{name}.yaml")
    network = without_streams(regions.compile(spec))
    assert differences(network, Grid.fitting(spec.window, 67)) == 0


@pytest.mark.parametrize("low", [-20, -7, 2**40])
def test_centres_on_edges_and_vertices(low: int) -> None:
    rng = np.random.default_rng(low % 1000)
    points = low + rng.integers(0, 41, (12, 3, 2))
    triangles = [shapely.Polygon(three) for three in points]
    union = shapely.union_all([shapely.box(low, low, low + 9, low + 5), *triangles])
    grid = lattice_grid(41, 41, low)
    corners = shapely.get_coordinates(union)
    assert np.isin(corners[:, 0], grid.xs).mean() > 0.3
    for strategy in ("edges", "parts", "cover"):
        assert differences(regions.compile(union, strategy), grid) == 0


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 77), (77, 1), (9, 8), (8, 17), (64, 64)])
def test_grids_of_any_size(width: int, height: int) -> None:
    spec = regions.load(SHAPES / "rounded_star.yaml")
    network = regions.compile(spec)
    assert differences(network, Grid(spec.window, width, height)) == 0
    assert differences(network, Grid(spec.window, width, height), threads=2) == 0


def test_several_regions_are_labelled_by_the_first() -> None:
    # x >= 3, y >= 4, always, and not x >= 3.
    rows = [([], [], 0.5), ([0], [-1], 0.5)]
    for units in ([0, 1, 3], [1, 0, 2], [2, 0], [3, 3]):
        network = network_of([1, 0, 0, 1], [-3, -4], rows, units)
        grid = lattice_grid(13, 11)
        found = pruned(network, grid.xs, grid.ys, 1)
        assert found is not None
        assert found.dtype == np.int32
        assert differences(network, grid) == 0


def test_what_has_no_short_formula_goes_the_other_way() -> None:
    parity = network_of(
        np.random.default_rng(1).normal(size=(14, 2)),
        np.zeros(14),
        [
            row
            for k in range(1, 14)
            for last in [14 + 2 * k - 3 if k > 1 else 0]
            for row in (([last, k], [1, 1], -1.5), ([last, k, 12 + 2 * k], [1, 1, -2], -0.5))
        ],
        [14 + 26 - 1],
    )
    assert parity.streams == (None,)
    assert differences(parity, lattice_grid(50, 50, -25)) == 0


def test_sums_stay_sums() -> None:
    """A gate of 30 equal weights has some 10^8 terms as AND and OR, but is one short stream."""
    angles = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    weights = np.column_stack([np.cos(angles), np.sin(angles)])
    rows = [(list(range(30)), [1] * 30, -14.5), (list(range(30)), [-1] * 30, 19.5)]
    network = network_of(weights, np.full(30, 5.0), rows, [30, 31])
    assert all(one is not None and len(one.tokens) < 100 for one in network.streams)
    assert differences(network, lattice_grid(61, 61, -30)) == 0


def test_where_the_forward_pass_refuses_so_does_rasterize(monkeypatch: Any) -> None:
    monkeypatch.setattr(choice, "pays", lambda *_: True)
    spec = regions.load(SHAPES / "heart.yaml")
    network = regions.compile(spec)
    with pytest.raises(InputError, match="overflow"):
        rasterize(network, Grid((0.0, 0.0, 1e300, 1e300), 9, 9))


def test_nothing_is_multiplied_and_added_in_one_step() -> None:
    """Of separators that are exactly 0 at a point in fixed order, most are not if fused."""
    rng = np.random.default_rng(3)
    grid = Grid((0.03, 0.07, 8.13, 8.19), 8, 8)
    x, y = grid.xs[5], grid.ys[2]
    weights = rng.normal(size=(200, 2))
    bias = -(weights[:, 0] * x + weights[:, 1] * y)
    exact = [
        Fraction(w0) * Fraction(x) + Fraction(w1 * y) for w0, w1 in weights.tolist()
    ]  # fmt: skip
    fused = sum(float(value) + b < 0 for value, b in zip(exact, bias.tolist(), strict=True))
    assert fused > 20
    for rows in ([(list(range(200)), [1] * 200, -199.5)], [(list(range(200)), [-1] * 200, -0.5)]):
        network = network_of(weights, bias, rows, [200])
        found = pruned(network, grid.xs, grid.ys, 1)
        assert found is not None
        assert found[2, 5] == (rows[0][1][0] > 0)
        assert differences(network, grid) == 0


def test_the_choice_goes_by_cost() -> None:
    small = regions.compile(regions.load(SHAPES / "war_zone_b.yaml"))
    large = regions.compile(regions.load(SHAPES / "poland.yaml"))
    assert not choice.pays(small, 8, 8)
    assert choice.pays(large, 4096, 4096)
    assert choice.threads(choice.pruned_seconds(small, 64, 64)) == 1


@pytest.mark.parametrize("pays", [True, False])
def test_a_forced_choice_gives_the_same(pays: bool, monkeypatch: Any) -> None:
    taken = []

    def noted(*arguments: Any) -> Any:
        taken.append(True)
        return pruned(*arguments)

    monkeypatch.setattr("regions.network.pruned.pruned", noted)
    monkeypatch.setattr(choice, "pays", lambda *_: pays)
    spec = regions.load(SHAPES / "poland.yaml")
    network, grid = regions.compile(spec), Grid.fitting(spec.window, 70)
    assert (rasterize(network, grid) == plain(network, grid)).all()
    assert bool(taken) == pays


def test_small_work_does_not_wait_for_numba() -> None:
    code = (
        "import sys, regions; from regions.network.raster import Grid, rasterize;"
        "spec = regions.load('shapes/war_zone_a.yaml');"
        "rasterize(regions.compile(spec), Grid.fitting(spec.window, 200));"
        "sys.exit('numba' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_each_kernel_has_one_signature() -> None:
    spec = regions.load(SHAPES / "gear.yaml")
    assert differences(regions.compile(spec), Grid.fitting(spec.window, 20)) == 0
    assert differences(network_of([1, 1], [0], [], [0]), lattice_grid(3, 3)) == 0
    code = kernels.painters() | kernels.openers()
    found = [code[name] for name in ("paint", "open_gates", "write_stream")]
    assert [len(kernel.signatures) for kernel in found] == [1, 1, 1]


KERNELS = (
    bounding_module,
    pruning_module,
    quartering_module,
    curves_module,
    leaves_module,
    painting_module,
)


LEAST_DOUBLE = 5e-324

TINY_CURVE = network_of(
    [np.array([0, 0, 3, 4, -6]) * LEAST_DOUBLE], [LEAST_DOUBLE], [], [0], degree=2
)
"""Its weights are so small that products with them are rounded to a few steps."""

TINY_GRID = Grid((0.25, -0.75, 0.75, -0.25), 40, 40)


@pytest.mark.parametrize("bias", [-2e307, -3e307, -1e307])
def test_coefficients_about_a_middle_may_overflow_where_nothing_else_does(bias: float) -> None:
    weights = np.zeros(len(monomials(6)))
    weights[monomials(6).index((6, 0))] = 4e307
    network = network_of([weights], [bias], [], [0], degree=6)
    assert differences(network, Grid((0.0, -0.5, 0.999, 0.5), 300, 300)) == 0


DOUBLE_LINE = network_of([0, 0, 0.3, -0.6, 0.3], [0.0], [], [0], degree=2)
"""Of `0.3 (x - y)^2` rounding alone leaves a sign where x = y."""

DIAGONAL_GRID = Grid((-1 / 80, -1 / 80, 79 / 80, 79 / 80), 40, 40)
"""Its first centres have the coordinate 0."""


def test_where_rounding_alone_gives_a_sign() -> None:
    diagonal = np.fliplr(plain(DOUBLE_LINE, DIAGONAL_GRID)).diagonal()
    assert 0 < diagonal.sum() < len(diagonal)
    assert differences(DOUBLE_LINE, DIAGONAL_GRID) == 0


@pytest.mark.parametrize("degree", [2, 3, 4, 5, 6])
def test_powers_of_lines_through_pixel_centres(degree: int) -> None:
    rng = np.random.default_rng(degree)
    grid = lattice_grid(40, 40, -20)
    for _ in range(60):
        a, b, c = rng.integers(-4, 5, 3) / rng.choice([1, 3, 7, 10])
        # (a x + b y + c)^degree, multiplied out: rounding decides on the line.
        weights = [
            factorial(degree) // (factorial(i) * factorial(j) * factorial(degree - i - j))
            * a**i * b**j * c ** (degree - i - j)
            for i, j in monomials(degree)
        ]  # fmt: skip
        network = network_of([weights], [c**degree], [], [0], degree=degree)
        assert differences(network, grid) == 0


@pytest.mark.parametrize("degree", [2, 3, 6])
def test_weights_as_small_as_doubles_can_be(degree: int) -> None:
    rng = np.random.default_rng(degree)
    for _ in range(150):
        weights = LEAST_DOUBLE * rng.integers(-6, 7, len(monomials(degree)))
        weights[rng.random(len(weights)) < 0.5] = 0.0
        bias = LEAST_DOUBLE * rng.integers(-6, 7)
        network = network_of([weights], [bias], [], [0], degree=degree)
        x, y = rng.uniform(-2, 2, 2)
        half = 10 ** rng.uniform(-2, 0.3)
        grid = Grid((x - half, y - half, x + half, y + half), 80, 80)
        assert differences(network, grid) == 0


def always_pruned(old: str, new: str) -> dict[str, Any]:
    """Broken kernels, for which no formula is short: on small rasters most of them are."""
    scope = interpreted(KERNELS, old, new)
    scope["SHORT"] = 0
    return scope


def caught(broken: Callable[[], dict[str, Any]], monkeypatch: Any) -> bool:
    """Whether a raster differs that these kernels paint."""
    rng = np.random.default_rng(8)
    pairs = []
    while len(pairs) < 20:
        style, network, grid = random_pair(rng)
        if style in ("lattice", "curved") and grid.width * grid.height > 100:
            pairs.append((network, Grid(grid.bounds, min(grid.width, 20), min(grid.height, 20))))
            network.streams  # noqa: B018, compiled as ever
    # Outside of a strip; coordinates beyond what curves' polynomials about a middle are meant for.
    strip = network_of([0, 0, 1, 0, 0], [-1e12], [], [0], degree=2)
    pairs.append((strip, Grid((-2e6, -4e6, 14e6, 4e6), 40, 20)))
    strip.streams  # noqa: B018
    pairs += [(TINY_CURVE, TINY_GRID), (DOUBLE_LINE, DIAGONAL_GRID)]
    for name in ("heart", "lens"):
        spec = regions.load(SHAPES / f"{name}.yaml")
        pairs.append((regions.compile(spec), Grid.fitting(spec.window, 30)))
        pairs[-1][0].streams  # noqa: B018
    monkeypatch.setattr(paint, "painters", broken)
    return any(differences(network, grid) for network, grid in pairs)


def test_the_kernels_as_plain_python(monkeypatch: Any) -> None:
    scope = always_pruned("AND, OR = 0, 1", "AND, OR = 0, 1")
    assert not caught(lambda: scope, monkeypatch)


MUTANTS = {
    "underflow is forgotten": (" + LEAST", ""),
    "rounding is forgotten": ("margin = slack * curve", "margin = 0.0 * curve"),
    "far terms are forgotten": ("margin += abs(", "margin += 0.0 * abs("),
    "near pixels are clear": ("abs(value) <= margin", "abs(value) <= 0.0"),
    "curves stay where they were": ("bounds[rows - CURVE_ROW, 0] = NOBODY", "pass"),
    "magnitudes are forgotten": (
        "(TINY + bounds[rows - X_ROW, i] * bounds[rows - Y_ROW, j])",
        "TINY",
    ),
    "middles have the other sign": ("+ middle * value", "- middle * value"),
    "the least is the greatest": ("min(a, b) + min(c, d)", "max(a, b) + max(c, d)"),
    "zero is no 1": ("low + lines[literal, 2] >= 0.0", "low + lines[literal, 2] >= -1.0"),
    "the greatest is too small": ("high + lines[literal, 2] <", "high + lines[literal, 2] - 1.0 <"),
    "boxes lack their last column": ("left, right - 1", "left, right - 2"),
    "even powers ignore 0": ("        low = 0.0\n", "        pass\n"),
    "slopes are too small": ("least -= magnitude", "least -= 0.1 * magnitude"),
    "the cuts are exchanged": ("write = cut1 if tail else cut0", "write = cut0 if tail else cut1"),
    "negations are forgotten": ("ones != negated", "ones"),
    "leaves forget zero": ("+ b >= 0.0", "+ b > 0.0"),
    "sums forget what fires": ("cut0 -= size if fires else 0", "cut0 -= 0"),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_broken_bound_is_seen(mutant: str, monkeypatch: Any) -> None:
    scope = always_pruned(*MUTANTS[mutant])
    assert caught(lambda: scope, monkeypatch)


@pytest.mark.parametrize("most", [5, 2**62])
def test_inputs_are_sorted_within_their_gates(most: int) -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        counts = rng.integers(0, 6, rng.integers(1, 9))
        gate = np.repeat(np.arange(len(counts)), counts)
        weights = rng.integers(-most, most, len(gate), endpoint=True)
        inputs = rng.permutation(100)[: len(gate)]
        start = np.concatenate([[0], np.cumsum(counts)])
        order = heaviest_first(Gates(start, inputs, weights, np.zeros(len(counts))))
        by_hand = sorted(
            range(len(gate)), key=lambda k: (gate[k], -abs(int(weights[k])), inputs[k])
        )
        assert order.tolist() == by_hand


def test_networks_are_copied_without_their_streams() -> None:
    import pickle

    network = regions.compile(regions.load(SHAPES / "star.yaml"))
    assert network.streams
    copy: Network = pickle.loads(pickle.dumps(network))
    assert "streams" not in vars(copy)


def test_where_no_folder_can_be_written_to_kernels_compile_all_the_same(monkeypatch: Any) -> None:
    import numba

    def njit(signature: str | None = None, *, cache: bool = False, **options: Any) -> Any:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(signature, **options)

    def double(x: int) -> int:
        return 2 * x

    real = numba.njit
    monkeypatch.setattr(numba, "njit", njit)
    module = ModuleType("kernels")
    module.__file__ = __file__
    vars(module).update(double=double, CALLEES_FIRST=(double,), SIGNATURES={"double": "(i8,)"})
    kernel = compiled(module)["double"]
    assert len(kernel.signatures) == 1
    assert kernel(21) == 42


NEAR_SINGULAR = [
    Grid((x - half, y - half, x + half, y + 1.1 * half), 96, 80)
    for x, y in ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0))
    for half in (1e-6, 1e-8, 1e-9, 1e-11)
]
"""Where the heart's polynomial and its slopes are 0: only rounding tells the signs of pixels."""


def differing_near_singular_points() -> int:
    network = regions.compile(SHAPES / "heart.yaml")
    found = 0
    for grid in NEAR_SINGULAR:
        answer = pruned(network, grid.xs, grid.ys, 1)
        assert answer is not None
        found += int((answer != plain(network, grid)).sum())
    return found


def test_curves_are_bounded_with_all_that_rounding_can_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert differing_near_singular_points() == 0
    monkeypatch.setattr(sys.modules["regions.network.pruned.axes"], "SLACK", 0.0)
    assert differing_near_singular_points() > 1000
