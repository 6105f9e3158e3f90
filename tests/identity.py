"""`python -m tests.identity --pairs 10000`: pruning against the forward pass, bit for bit.

Networks that no compiler would write, on grids that no one would ask for: lattices whose pixel
centres lie on the separators, shared gates, sums, constants, curves up to degree 6, far centres,
huge and tiny coordinates, grids one pixel wide. And a thousand points each, looked up in an index.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace

import numpy as np

from regions.errors import InputError
from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output, monomials
from regions.network.names import Names
from regions.network.points import plain
from regions.network.pruned import pruned
from regions.network.raster import Grid
from regions.network.raster import plain as plain_raster

POINTS = 1000
"""Points looked up for each pair."""

STYLES = ("lattice", "real", "curved", "far", "extreme")


def network_of(weights, bias, rows, units, *, degree=1, center=(0.0, 0.0), exponent=0):
    """A network from plain lists; gates as `(inputs, weights, bias)`."""
    weights = np.array(weights, dtype=float).reshape(len(bias), -1)
    return Network(
        center=center,
        exponent=exponent,
        features=monomials(degree),
        weights=weights,
        bias=np.array(bias, dtype=float),
        gates=gates_from_rows(rows),
        names=Names.of([f"u{i}" for i in range(len(bias) + len(rows))]),
        outputs=tuple(Output(f"region {k}", unit) for k, unit in enumerate(units)),
    )


def random_rows(rng: np.random.Generator, separators: int) -> list[tuple]:
    """Gates of any integer weights over anything before them: constants and repeats among them."""
    rows, heaviest = [], int(rng.choice([1, 1, 2, 5, 1000]))
    for gate in range(rng.integers(0, 14)):
        count = int(rng.integers(0 if rng.random() < 0.1 else 1, 7))
        recent = rng.random() < 0.6
        low = max(0, separators + gate - 6) if recent else 0
        inputs = rng.integers(low, separators + gate, count).tolist()
        weights = (rng.integers(1, heaviest + 1, count) * rng.choice([-1, 1], count)).tolist()
        if weights and rng.random() < 0.1:
            weights[0] = 0
        least = sum(min(w, 0) for w in weights)
        most = sum(max(w, 0) for w in weights)
        bias = -int(rng.integers(least, most + 1)) + float(rng.choice([0.5, 0.0, -0.5]))
        rows.append((inputs, weights, bias))
    return rows


def alternating_rows(separators: int) -> list[tuple]:
    """Parities, each of the one before and the next separator: no short formula says them."""
    rows: list[tuple] = []
    last = 0
    for k in range(1, separators):
        # a + b - 2 (a AND b) >= 1
        rows.append(([last, k], [1, 1], -1.5))
        both = separators + len(rows) - 1
        rows.append(([last, k, both], [1, 1, -2], -0.5))
        last = separators + len(rows) - 1
    return rows


def random_pair(rng: np.random.Generator) -> tuple[str, Network, Grid]:
    style = STYLES[rng.integers(len(STYLES))]
    count = int(rng.integers(1, 14))
    width, height = (int(n) for n in rng.integers(1, 41, 2))
    degree = int(rng.choice([2, 2, 3, 6])) if style == "curved" else 1
    shape = (count, len(monomials(degree)))
    center, exponent = (0.0, 0.0), 0
    left, bottom, step = -width // 2, -height // 2, 1.0
    if style in ("lattice", "curved"):
        weights = rng.integers(-3, 4, shape).astype(float)
        bias = rng.integers(-9, 10, count).astype(float)
        step = float(rng.choice([0.25, 0.5, 1.0]))
        left, bottom = left * step, bottom * step
        if style == "curved" and rng.random() < 0.5:
            weights, bias = rng.normal(size=shape), rng.normal(size=count)
            center, exponent = (0.1, -0.3), -3
        weights[rng.random(shape) < 0.3] = 0.0
    else:
        weights, bias = rng.normal(size=shape), rng.normal(size=count)
        if style == "far":
            center, exponent = (4.5e5 + 0.1, 5.5e6), -int(rng.integers(2, 20))
            left, bottom = center[0] + left, center[1] + bottom
        if style == "extreme":
            exponent = int(rng.choice([-1000, -600, 0, 600, 1000]))
            power = int(rng.choice([-300, -100, 0, 100, 300]))
            step = 10.0**power
            left, bottom = left * step, bottom * step
            weights *= 10.0 ** float(rng.choice([-200, 0, 200]))
    # Half a pixel off, so that centres lie on the lattice.
    bounds = (left - step / 2, bottom - step / 2, left + (width - 0.5) * step, 0.0)
    grid = Grid((*bounds[:3], bottom + (height - 0.5) * step), width, height)
    rows = alternating_rows(count) if rng.random() < 0.15 else random_rows(rng, count)
    units = rng.integers(0, count + len(rows), rng.integers(1, 4))
    units[0] = count + len(rows) - 1
    pair = network_of(
        weights, bias, rows, units.tolist(), degree=degree, center=center, exponent=exponent
    )
    return style, pair, grid


def points_near(rng: np.random.Generator, grid: Grid, count: int) -> np.ndarray:
    """Centres of pixels, points between and around them, and some that are far away."""
    xmin, ymin, xmax, ymax = grid.bounds
    low, span = np.array([xmin, ymin]), np.array([xmax - xmin, ymax - ymin])
    centres = np.column_stack([rng.choice(grid.xs, count), rng.choice(grid.ys, count)])
    others = low + span * rng.random((count, 2))
    # Up to ten billion times as far.
    reach = 10.0 ** rng.uniform(0, 10, (count, 1))
    with np.errstate(over="ignore"):
        far = low + span / 2 + span * rng.uniform(-1, 1, (count, 2)) * reach
    far = np.where(np.abs(far) < 1e302, far, others)
    kind = rng.choice(3, (count, 1), p=[0.45, 0.45, 0.1])
    return np.choose(kind, [centres, others, far])


def without_streams(network: Network) -> Network:
    """The same network, which takes the way for those without a formula."""
    network.__dict__["streams"] = (None,) * len(network.outputs)
    return network


def differences(network: Network, grid: Grid, threads: int = 1) -> int | None:
    """Pixels on which both ways differ; None where the forward pass refuses the grid."""
    try:
        expected = plain_raster(network, grid)
    except InputError:
        assert pruned(network, grid.xs, grid.ys, threads) is None
        return None
    found = pruned(network, grid.xs, grid.ys, threads)
    if found is None:
        return 0
    assert found.dtype == expected.dtype
    assert found.shape == expected.shape
    return int((found != expected).sum())


def differing_answers(network: Network, points: np.ndarray) -> int | None:
    """Answers on which index and forward pass differ; None where both refuse the points."""
    try:
        expected = plain(network, points)
    except InputError:
        try:
            network.fires(points, index=True)
        except InputError:
            return None
        return len(points)
    return int((network.fires(points, index=True) != expected).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    pairs: Counter[str] = Counter()
    pixels: Counter[str] = Counter()
    points: Counter[str] = Counter()
    wrong = refused = formulas = indexes = 0
    for _ in range(options.pairs):
        style, network, grid = random_pair(rng)
        pairs[style] += 1
        formulas += all(stream is not None for stream in network.streams)
        ways = [differences(network, grid), differences(network, grid, threads=2)]
        ways.append(differences(without_streams(network), grid))
        refused += ways[0] is None
        pixels[style] += 0 if ways[0] is None else grid.width * grid.height
        # Half of the indexes lie over the grid, half over whatever points there are.
        network = replace(network, window=grid.bounds if rng.random() < 0.5 else None)
        ways.append(differing_answers(network, points_near(rng, grid, POINTS)))
        points[style] += 0 if ways[-1] is None else POINTS
        indexes += sum(index is not None for index in network.indexes.values())
        wrong += sum(way or 0 for way in ways)
    for style in STYLES:
        print(
            f"{style:8} {pairs[style]:7,} pairs {pixels[style]:12,} pixels "
            f"{points[style]:12,} points"
        )
    print(f"{refused:,} grids refused by both, {formulas:,} networks with formulas")
    print(f"each grid in three ways; points in {indexes:,} indexes")
    print(f"{wrong:,} answers differ")
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
