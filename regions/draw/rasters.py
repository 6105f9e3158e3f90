"""What every single unit says on a grid."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regions.network.evaluate import activations, fires, gate_sums, preactivations
from regions.network.model import Bools, Floats, Network, Output
from regions.network.raster import Grid

CHUNK = 2**22
"""Units times points whose sums are held at a time."""


def firing(network: Network, units: Sequence[int], grid: Grid) -> Bools:
    """Whether units fire at the centres of pixels: `(k, height, width)`.

    Args:
        network: Any network.
        units: k of them, by number, each once.
        grid: The pixels.
    """
    outputs = tuple(Output(network.names[unit], unit) for unit in units)
    x, y = _centres(grid)
    fired = fires(dataclasses.replace(network, outputs=outputs), x, y)
    return fired.T.reshape(len(units), grid.height, grid.width)


def sums(network: Network, units: Sequence[int], grid: Grid) -> Floats:
    """Units' pre-activations at the centres of pixels: `(k, height, width)`.

    Args:
        network: Any network.
        units: k of them, by number, each once.
        grid: The pixels.
    """
    x, y = _centres(grid)
    wanted = np.array(units)
    found = np.empty((len(units), len(x)))
    step = max(1, CHUNK // network.size)
    for begin in range(0, len(x), step):
        chunk = slice(begin, begin + step)
        values = np.empty((network.size, len(x[chunk])))
        values[: network.n_separators] = preactivations(network, x[chunk], y[chunk])
        fired = activations(network, x[chunk], y[chunk])
        for block in network.schedule:
            values[block.units] = gate_sums(block, fired)
        found[:, chunk] = values[wanted]
    return found.reshape(len(units), grid.height, grid.width)


def _centres(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All centres, row by row from the top."""
    x, y = np.meshgrid(grid.xs, grid.ys)
    return x.ravel(), y.ravel()
