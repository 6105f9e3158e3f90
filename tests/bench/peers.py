"""Rasters by others, each as its own documentation has it.

What depends only on the shape and on the grid is made beforehand, as our network is: only the
filling is timed. `rasterio` stands here twice, since it takes Shapely's geometries and then turns
them into dictionaries at each call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.network.raster import Grid

Mask = NDArray[np.generic]
Fill = Callable[[], Mask]
Ring = NDArray[np.float64]

ASKED = 6
"""Times the work that is timed, done once for a comparison."""


@dataclass(frozen=True)
class Peer:
    """Somebody else's way to fill a raster.

    Attributes:
        name: Heads its column.
        module: What must be installed.
        ready: Makes what can be made beforehand, and returns what is timed: `(height, width)`,
            nothing but zeros outside.
        note: How it decides on a pixel.
        work: Edges times pixels up to which it is timed; it is compared up to `ASKED` times that.
        pixels: Up to which it is timed.
    """

    name: str
    module: str
    ready: Callable[[shapely.Geometry, Grid], Fill]
    note: str
    work: float = float("inf")
    pixels: float = float("inf")

    @property
    def installed(self) -> bool:
        return find_spec(self.module) is not None

    def timed(self, edges: int, pixels: int) -> bool:
        """Whether it is quick enough to be timed for so much work."""
        return edges * pixels <= self.work and pixels <= self.pixels

    def compared(self, edges: int, pixels: int) -> bool:
        """Whether it is quick enough to be asked once."""
        return edges * pixels <= ASKED * self.work


def rings(region: shapely.Geometry, grid: Grid) -> list[list[Ring]]:
    """The rings of each polygon in pixels, rows down, the shell first; centres are whole numbers.

    Large polygons come first: where holes are painted over, an island in a lake comes after it.
    """
    parts = sorted(shapely.get_parts(region), key=lambda part: -shapely.Polygon(part.exterior).area)
    corner = np.array([grid.bounds[0], grid.bounds[3]])
    step = np.array([1, -1]) / grid.pixel
    return [
        [(shapely.get_coordinates(ring) - corner) * step - 0.5 for ring in shapely.get_rings(part)]
        for part in parts
    ]


def with_rasterio(region: shapely.Geometry, grid: Grid) -> Fill:
    return _rasterized([region], grid)


def with_rasterio_dicts(region: shapely.Geometry, grid: Grid) -> Fill:
    return _rasterized([shapely.geometry.mapping(region)], grid)


def _rasterized(shapes: list[object], grid: Grid) -> Fill:
    from rasterio.features import rasterize
    from rasterio.transform import from_bounds

    transform = from_bounds(*grid.bounds, grid.width, grid.height)
    size = grid.height, grid.width
    return lambda: rasterize(shapes, out_shape=size, transform=transform, dtype="uint8")


def with_cv2(region: shapely.Geometry, grid: Grid) -> Fill:
    """Even-odd over all rings at once; vertices in sixteenths of a pixel."""
    import cv2

    curves = [np.round(ring * 16).astype(np.int32) for part in rings(region, grid) for ring in part]
    size = grid.height, grid.width
    return lambda: cv2.fillPoly(np.zeros(size, dtype=np.uint8), curves, 1, shift=4)


def with_pil(region: shapely.Geometry, grid: Grid) -> Fill:
    """Holes painted over their shells."""
    from PIL import Image, ImageDraw

    lists = [
        (ring.ravel().tolist(), int(number == 0))
        for part in rings(region, grid)
        for number, ring in enumerate(part)
    ]

    def fill() -> Mask:
        image = Image.new("L", (grid.width, grid.height))
        draw = ImageDraw.Draw(image)
        for corners, value in lists:
            draw.polygon(corners, fill=value)
        return np.asarray(image)

    return fill


def with_skimage(region: shapely.Geometry, grid: Grid) -> Fill:
    """Holes painted over their shells."""
    from skimage.draw import polygon

    parts = rings(region, grid)
    size = grid.height, grid.width

    def fill() -> Mask:
        mask = np.zeros(size, dtype=np.uint8)
        for part in parts:
            for number, ring in enumerate(part):
                mask[polygon(ring[:, 1], ring[:, 0], size)] = number == 0
        return mask

    return fill


def with_shapely(region: shapely.Geometry, grid: Grid) -> Fill:
    """Every centre asked of the prepared geometry."""
    x, y = np.meshgrid(grid.xs, grid.ys)
    shapely.prepare(region)
    return lambda: shapely.intersects_xy(region, x, y)


def with_matplotlib(region: shapely.Geometry, grid: Grid) -> Fill:
    """Every centre asked of each ring."""
    answer = by_path([ring for part in rings(region, grid) for ring in part])
    columns, rows = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    centres = np.stack([columns.ravel(), rows.ravel()], axis=1)
    size = grid.height, grid.width
    return lambda: answer(centres).reshape(size)


def by_path(curves: Iterable[Ring]) -> Callable[[NDArray[np.generic]], NDArray[np.bool_]]:
    """Even-odd over the rings one by one: a compound path takes holes for filled."""
    from matplotlib.path import Path

    paths = [Path(curve, closed=True) for curve in curves]

    def answer(points: NDArray[np.generic]) -> NDArray[np.bool_]:
        inside = np.zeros(len(points), dtype=np.bool_)
        for path in paths:
            inside ^= path.contains_points(points)
        return inside

    return answer


RASTERIO = "rasterio"

SLOW_PIXELS = 2**20
"""Of those that are asked for each centre, or build lists of all pixels: some 1/4 of a second."""

SLOW_WORK = 3.7e8
"""Of those that look at each edge for each pixel: some 1/2 of a second."""

RASTERS = (
    Peer(
        RASTERIO,
        "rasterio",
        with_rasterio,
        "`rasterio.features.rasterize` with the Shapely geometry, as it is usually called",
    ),
    Peer(
        "rasterio (dicts)",
        "rasterio",
        with_rasterio_dicts,
        "the same, with the geometry turned into GeoJSON dictionaries beforehand",
    ),
    Peer(
        "cv2",
        "cv2",
        with_cv2,
        "`cv2.fillPoly`; rounds vertices to 1/16 of a pixel and paints the outline, too",
    ),
    Peer(
        "PIL",
        "PIL",
        with_pil,
        "`ImageDraw.polygon`; paints the outline, too; holes painted over their shells",
    ),
    Peer(
        "skimage",
        "skimage",
        with_skimage,
        "`skimage.draw.polygon`, ring by ring; holes painted over their shells",
        work=SLOW_WORK,
        pixels=SLOW_PIXELS,
    ),
    Peer(
        "shapely",
        "shapely",
        with_shapely,
        "`shapely.intersects_xy` on all centres, after `shapely.prepare`",
        pixels=SLOW_PIXELS,
    ),
    Peer(
        "matplotlib",
        "matplotlib",
        with_matplotlib,
        "`Path.contains_points` on all centres, ring by ring; promises nothing on the border",
        work=SLOW_WORK,
        pixels=SLOW_PIXELS,
    ),
)
