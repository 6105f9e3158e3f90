"""`make bench`: what compiling and evaluating cost, as a ratio to prepared Shapely in the same run.

Nothing here is asserted: machines differ and drift. Both sides run in turn, in one process.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

import regions
from regions.shape.model import Spec
from regions.shape.reference import reference
from tests.conftest import SHAPES, SHARED

ROUNDS = 7
POINTS = 100_000


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def specs() -> dict[str, Spec]:
    paths = [SHAPES / f"{name}.yaml" for name in ("war_zone_a", "war_zone_b", "poland")]
    return {path.stem: regions.load(path) for path in [*paths, SHAPES / "south_africa.yaml"]}


def large() -> list[Path]:
    names = ("large/canada_10m", "holes/ocean_50m", "holes/indonesian_seas_50m")
    return [path for name in names if (path := SHARED / f"{name}.geojson").exists()]


def points_against_shapely() -> None:
    print(f"{POINTS:,} points: our time / prepared Shapely's, {ROUNDS} rounds")
    print(f"{'shape':16} {'units':>6} {'ours ms':>9} {'min':>7} {'median':>7} {'max':>7}")
    for name, spec in specs().items():
        network = regions.compile(spec)
        region = reference(spec.shape, spec.window, 1e-3).region
        shapely.prepare(region)
        xmin, ymin, xmax, ymax = spec.window
        points = np.random.default_rng(0).uniform((xmin, ymin), (xmax, ymax), (POINTS, 2))
        pairs = [
            (
                seconds(lambda net=network, p=points: net.inside(p)),
                seconds(lambda r=region, p=points: shapely.intersects_xy(r, *p.T)),
            )
            for _ in range(ROUNDS)
        ]
        ratios = [ours / theirs for ours, theirs in pairs]
        ours = 1000 * statistics.median(ours for ours, _ in pairs)
        low, mid, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"{name:16} {network.size:6} {ours:9.1f} {low:7.2f} {mid:7.2f} {high:7.2f}")


def compiling() -> None:
    print("\ncompiling; seconds of the first call in this process, then the best of three")
    heads = ("map", "strategy", "vertices", "units", "first", "best", "us each")
    print("{:20} {:8} {:>9} {:>8} {:>7} {:>7} {:>8}".format(*heads))
    for path in large():
        geometry = shapely.from_geojson(path.read_text(encoding="utf-8")).geoms[0]
        count = shapely.get_num_coordinates(geometry)
        for strategy in ("edges", "auto", "parts"):
            times = [
                seconds(lambda g=geometry, s=strategy: regions.compile(g, s)) for _ in range(4)
            ]
            size = regions.compile(geometry, strategy).size
            first, best = times[0], min(times[1:])
            print(
                f"{path.stem:20} {strategy:8} {count:9,} {size:8,} {first:7.2f} {best:7.2f} "
                f"{1e6 * best / count:8.1f}"
            )


if __name__ == "__main__":
    points_against_shapely()
    compiling()
