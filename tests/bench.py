"""`make bench`: what compiling and evaluating cost, as a ratio to what others take in the same run.

Nothing here is asserted: machines differ and drift. Both sides run in turn, in one process. Rasters
are compared with rasterio, OpenCV, Pillow and Matplotlib, as far as they are installed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import shapely

import regions
from regions.network.pruned import pruned
from regions.network.raster import Grid
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


def with_rasterio(region: shapely.Geometry, grid: Grid) -> object:
    from rasterio.features import rasterize
    from rasterio.transform import from_bounds

    transform = from_bounds(*grid.bounds, grid.width, grid.height)
    size = grid.height, grid.width
    return rasterize([region], out_shape=size, transform=transform, dtype="uint8")


def rings(region: shapely.Geometry, grid: Grid) -> list[np.ndarray]:
    """All rings in pixels, rows down; a centre is a whole number."""
    corner = np.array([grid.bounds[0], grid.bounds[3]])
    parts = shapely.get_rings(shapely.get_parts(region))
    step = np.array([1, -1]) / grid.pixel
    return [(shapely.get_coordinates(ring) - corner) * step - 0.5 for ring in parts]


def with_cv2(region: shapely.Geometry, grid: Grid) -> object:
    """Fractions of 2^-4 of a pixel; even-odd, as rings of valid polygons may be filled."""
    import cv2

    mask = np.zeros((grid.height, grid.width), dtype=np.uint8)
    curves = [np.round(ring * 16).astype(np.int32) for ring in rings(region, grid)]
    return cv2.fillPoly(mask, curves, 1, shift=4)


def with_pil(region: shapely.Geometry, grid: Grid) -> object:
    """Holes painted over their shells."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (grid.width, grid.height))
    draw = ImageDraw.Draw(image)
    for part in shapely.get_parts(region):
        for number, ring in enumerate(rings(part, grid)):
            draw.polygon(ring.ravel().tolist(), fill=int(number == 0))
    return np.asarray(image)


def with_matplotlib(region: shapely.Geometry, grid: Grid) -> object:
    """Every centre asked of one compound path."""
    from matplotlib.path import Path as Curve

    path = Curve.make_compound_path(*(Curve(ring, closed=True) for ring in rings(region, grid)))
    points = np.stack(np.meshgrid(np.arange(grid.width), np.arange(grid.height)), axis=-1)
    return path.contains_points(points.reshape(-1, 2))


RASTERS = (
    ("rasterio", with_rasterio),
    ("cv2", with_cv2),
    ("PIL", with_pil),
    ("matplotlib", with_matplotlib),
)


def rastered() -> dict[str, tuple[regions.Network, shapely.Geometry, tuple[float, ...]]]:
    """Networks with the geometry they stand for, and its window."""
    found = {}
    for name in ("war_zone_a", "letter_h", "rounded_house", "heart", "poland", "south_africa"):
        spec = regions.load(SHAPES / f"{name}.yaml")
        region = reference(spec.shape, spec.window, 1e-3).region
        found[name] = regions.compile(spec), region, spec.window
    for name in ("large/estonia_10m", "large/canada_10m", "holes/ocean_50m"):
        if (path := SHARED / f"{name}.geojson").exists():
            region = shapely.from_geojson(path.read_text(encoding="utf-8")).geoms[0]
            found[path.stem] = regions.compile(region, "edges"), region, shapely.bounds(region)
    return found


def rasters() -> None:
    print(f"\nrasters: our time on one thread / theirs, median of {ROUNDS} rounds")
    heads = ("shape", "units", "side", "ours ms", *(name for name, _ in RASTERS))
    print("{:14} {:>7} {:>5} {:>9} {:>10} {:>10} {:>10} {:>10}".format(*heads))
    for name, (network, region, window) in rastered().items():
        for side in (1024, 2048, 4096):
            grid = Grid.fitting(tuple(window), side)
            xs, ys = grid.xs, grid.ys
            pruned(network, xs, ys, 1)
            ours, cells = [], []
            for package, way in RASTERS:
                if find_spec(package) is None:
                    cells.append("not there")
                    continue
                # A path that is asked for each point is slow: once, on the smallest raster.
                slow = package == "matplotlib"
                if slow and (side > 1024 or network.size > 1000):
                    cells.append("")
                    continue
                pairs = [
                    (
                        seconds(lambda n=network, x=xs, y=ys: pruned(n, x, y, 1)),
                        seconds(lambda w=way, r=region, g=grid: w(r, g)),
                    )
                    for _ in range(1 if slow else ROUNDS)
                ]
                ours += [mine for mine, _ in pairs]
                cells.append(f"{statistics.median(a / b for a, b in pairs):.3f}")
            time_ = 1000 * statistics.median(ours)
            print(
                f"{name:14} {network.size:7,} {side:5} {time_:9.2f} "
                + " ".join(f"{cell:>10}" for cell in cells)
            )


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
    rasters()
    compiling()
