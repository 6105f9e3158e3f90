"""Rasters: a grid of pixel centres, and a network's region on it.

    column    0      1      2
           +------+------+------+  <- ymax
    row 0  |  o   |  o   |  o   |
           +------+------+------+
    row 1  |  o   |  o   |  o   |
           +------+------+------+  <- ymin
           ^ xmin               ^ xmax

Here `o` is a pixel's centre. Rows run down, the world's y runs up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.errors import InputError, Problem
from regions.geometry.boxes import has_area
from regions.network.evaluate import fires
from regions.network.model import Bools, Floats, Network, first_region

_BAND_POINTS = 2**20
"""Points evaluated at a time: a raster needs no list of all its centres."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Pixel centres over a window.

    Attributes:
        bounds: `(xmin, ymin, xmax, ymax)` of the pixels' outer edges.
        width: Number of columns.
        height: Number of rows; row 0 is the top, at the largest y.

    Raises:
        InputError: No area, or not finite, or no pixels.
    """

    bounds: tuple[float, float, float, float]
    width: int
    height: int

    def __post_init__(self) -> None:
        problems = []
        if not has_area(self.bounds):
            problems.append(Problem("bounds must be finite, with xmin < xmax and ymin < ymax"))
        if self.width < 1 or self.height < 1:
            problems.append(Problem("width and height must be at least 1"))
        if problems:
            raise InputError(problems)

    @classmethod
    def fitting(cls, bounds: tuple[float, float, float, float], longer: int) -> Grid:
        """Nearly square pixels, `longer` of them along the longer side of the window."""
        xmin, ymin, xmax, ymax = bounds
        width, height = xmax - xmin, ymax - ymin
        pixel = max(width, height) / longer
        return cls(bounds, max(1, round(width / pixel)), max(1, round(height / pixel)))

    @property
    def pixel(self) -> tuple[float, float]:
        """Width and height of a pixel in the user's units."""
        xmin, ymin, xmax, ymax = self.bounds
        return (xmax - xmin) / self.width, (ymax - ymin) / self.height

    @property
    def xs(self) -> Floats:
        """`(width,)` ascending x of the columns' centres."""
        return self.bounds[0] + (np.arange(self.width, dtype=np.float64) + 0.5) * self.pixel[0]

    @property
    def ys(self) -> Floats:
        """`(height,)` descending y of the rows' centres."""
        return self.bounds[3] - (np.arange(self.height, dtype=np.float64) + 0.5) * self.pixel[1]


def rasterize(network: Network, grid: Grid) -> NDArray[np.bool_] | NDArray[np.int32]:
    """The network's answer at every pixel centre, by whichever way is sooner done.

    Returns:
        `(height, width)` bool for a network of one region; for several, int32 labels: the index of
        the first region that contains the centre, -1 for none.
    """
    from regions.network.pruned import pruned
    from regions.network.pruned.choice import pays, pruned_seconds, threads

    size = grid.height, grid.width
    answers = None
    if pays(network, *size):
        answers = pruned(network, grid.xs, grid.ys, threads(pruned_seconds(network, *size)))
    return plain(network, grid) if answers is None else answers


def plain(network: Network, grid: Grid) -> NDArray[np.bool_] | NDArray[np.int32]:
    """`rasterize` by the forward pass on every pixel: what every other way must reproduce."""
    if len(network.outputs) == 1:
        mask = np.empty((grid.height, grid.width), dtype=np.bool_)
        for rows, fired in _bands(network, grid):
            mask[rows] = fired[:, :, 0]
        return mask
    labels = np.empty((grid.height, grid.width), dtype=np.int32)
    for rows, fired in _bands(network, grid):
        flat = first_region(fired.reshape(-1, fired.shape[2]))
        labels[rows] = flat.reshape(fired.shape[:2])
    return labels


def _bands(network: Network, grid: Grid) -> Iterator[tuple[slice, Bools]]:
    """Bands of rows with the regions' answers, `(rows, width, k)`."""
    xs, ys = grid.xs, grid.ys
    step = max(1, _BAND_POINTS // grid.width)
    for begin in range(0, grid.height, step):
        rows = slice(begin, min(begin + step, grid.height))
        x, y = np.meshgrid(xs, ys[rows])
        fired = fires(network, x.ravel(), y.ravel())
        yield rows, fired.reshape(*x.shape, -1)
