"""What every single unit says on a grid."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regions.draw import style
from regions.draw.lines import View
from regions.network.evaluate import fires, gate_sums, preactivations
from regions.network.layers import gates_from_rows
from regions.network.model import Bools, Floats, Network, Output
from regions.network.raster import Grid

CHUNK = 2**22
"""Units times points whose sums are held at a time."""


RASTER_WORK, LEAST_SAMPLES = 2**28, 48
"""Most samples times units, about 2 s, and samples along a picture's longer side in any case."""


def rasters(
    network: Network, shown: Sequence[int], view: View, shade: bool
) -> dict[int, tuple[Grid, NDArray[Any]]]:
    """What units say, by unit, with its grid: that of the gates of a large network is coarse.

    Args:
        network: Any network.
        shown: Units.
        view: What pictures of them show, and how large.
        shade: Whether their sums are wanted, and not only whether they fire.
    """
    tell = sums if shade else firing
    separators = [unit for unit in shown if unit < network.n_separators]
    gates = [unit for unit in shown if unit >= network.n_separators]
    said: dict[int, tuple[Grid, NDArray[Any]]] = {}
    if separators:
        small = only(network, separators)
        grid = _grid(view, small)
        found = tell(small, range(small.size), grid)
        said |= {unit: (grid, found[i]) for i, unit in enumerate(separators)}
    if gates:
        grid = _grid(view, network)
        found = tell(network, gates, grid)
        said |= {unit: (grid, found[i]) for i, unit in enumerate(gates)}
    return said


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
        values = np.zeros((network.size, len(x[chunk])))
        values[: network.n_separators] = preactivations(network, x[chunk], y[chunk])
        fired = values >= 0
        for block in network.schedule:
            values[block.units] = gate_sums(block, fired)
            fired[block.units] = values[block.units] >= 0
        found[:, chunk] = values[wanted]
    return found.reshape(len(units), grid.height, grid.width)


def only(network: Network, separators: Sequence[int]) -> Network:
    """A network of some separators alone, in this order: what they say costs no more than they."""
    rows = np.array(separators)
    names = network.names.take(rows)
    return Network(
        center=network.center,
        exponent=network.exponent,
        features=network.features,
        weights=network.weights[rows],
        bias=network.bias[rows],
        gates=gates_from_rows([]),
        names=names,
        outputs=tuple(Output(name, i) for i, name in enumerate(names)),
    )


def _centres(grid: Grid) -> tuple[Floats, Floats]:
    """All centres, row by row from the top."""
    x, y = np.meshgrid(grid.xs, grid.ys)
    return x.ravel(), y.ravel()


def _grid(view: View, network: Network) -> Grid:
    """As fine as the picture and the network's size allow."""
    pixels = max(view.size) * style.VECTOR_DPI / style.POINTS_PER_INCH
    affordable = math.sqrt(RASTER_WORK / network.size)
    return Grid.fitting(view.window, round(max(LEAST_SAMPLES, min(pixels, affordable))))
