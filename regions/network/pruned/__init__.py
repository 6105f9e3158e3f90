"""Pruning: on most boxes of the plane most separators are known, and the rest is small.

    axes      the coordinates of columns and rows, and their powers
    stream    the network's regions as formulas in one array each (kernels in `opening.py`)
    paint     the quadtree over the raster (kernels in `bounding.py`, `pruning.py`, `quartering.py`,
              `curves.py`, `leaves.py`, `painting.py`)
    tiled     the same for networks whose formulas would be too long, in NumPy
    index     grids of cells for points (kernels in `indexing.py`, `programs.py`, `walking.py`)
    points    a region's answer for points by its index
    kernels   what is compiled, and when
    choice    whether all this pays

Every bit is that of the forward pass in `network/evaluate.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Bools, Floats, Network
from regions.network.pruned.axes import Axes, axes, safe
from regions.network.pruned.paint import painted
from regions.network.pruned.stream import Stream
from regions.network.pruned.tiled import tiled


def pruned(
    network: Network, xs: Floats, ys: Floats, threads: int
) -> NDArray[np.bool_] | NDArray[np.int32] | None:
    """A network's answers on a grid; None where the forward pass has to say which point overflows.

    Args:
        network: Any.
        xs: `(width,)` ascending.
        ys: `(height,)` descending.
        threads: How many to use.

    Returns:
        As `network.raster.rasterize`.
    """
    scale = axes(network, xs, ys)
    if not safe(network, scale):
        return None
    shape = len(ys), len(xs)
    regions = zip(network.streams, network.outputs, strict=True)
    if len(network.outputs) == 1:
        [(stream, output)] = regions
        return _mask(network, stream, output.unit, scale, shape, threads)
    labels = np.full(shape, -1, dtype=np.int32)
    # The first region that contains a point counts, so it is written last.
    for number, (stream, output) in reversed(list(enumerate(regions))):
        labels[_mask(network, stream, output.unit, scale, shape, threads)] = number
    return labels


def _mask(
    network: Network,
    stream: Stream | None,
    unit: int,
    scale: Axes,
    shape: tuple[int, int],
    threads: int,
) -> Bools:
    if stream is None:
        return tiled(network, unit, scale, *shape)
    return painted(stream, scale, *shape, threads)
