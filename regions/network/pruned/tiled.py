"""A region on a raster where gates are shared so much that every formula would be too long.

The same quadtree, with what is left of the network itself (`network/tiles.py`) in place of a
stream, and many boxes of one size side by side in NumPy arrays in place of one after the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Bools, Floats, Ints, Network
from regions.network.pruned.axes import Axes
from regions.network.pruned.leaves import LEAF
from regions.network.tiles import (
    FIRES,
    OPEN,
    SILENT,
    Remainder,
    States,
    propagate,
    remaining,
    whole,
)

MOST_UNITS = 2**18
"""Units of all boxes of a batch together, each with 64 states: tens of megabytes."""


def tiled(network: Network, unit: int, scale: Axes, height: int, width: int) -> Bools:
    """`(height, width)` where a unit fires."""
    rows, columns = -(-height // LEAF), -(-width // LEAF)
    mask = np.zeros((rows * LEAF, columns * LEAF), dtype=np.bool_)
    side = 1 << max(rows - 1, columns - 1, 1).bit_length()
    waiting = [(whole(network, np.array([unit])), np.zeros((1, 2), dtype=np.int64), side)]
    while waiting:
        rest, corners, side = waiting.pop()
        if side == 1:
            _leaves(network, scale, rest, corners, mask)
            continue
        side //= 2
        quarters = corners[:, np.newaxis] + side * np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        known = _known(network, rest, *_feature_bounds(network, scale, quarters, side))
        states = propagate(rest, known)
        answers = rest.answers(states)[:, 0]
        inside = (quarters < (rows, columns)).all(axis=2)
        for row, column in quarters[inside & (answers == FIRES)] * LEAF:
            mask[row : row + side * LEAF, column : column + side * LEAF] = True
        for wanted in _batches(rest, inside & (answers == OPEN)):
            waiting.append((remaining(rest, states, wanted), quarters[wanted], side))
    return mask[:height, :width]


def _batches(rest: Remainder, wanted: Bools) -> list[Bools]:
    """The wanted quarters in parts that leave few units together, at least one quarter each."""
    tile, _ = np.nonzero(wanted)
    if len(tile) == 0:
        return []
    units = np.cumsum(np.bincount(rest.tile, minlength=len(wanted))[tile])
    part = units // MOST_UNITS
    batches = []
    for number in np.unique(part):
        batch = np.zeros_like(wanted)
        batch[wanted] = part == number
        batches.append(batch)
    return batches


def _feature_bounds(
    network: Network, scale: Axes, corners: Ints, side: int
) -> tuple[Floats, Floats]:
    """The least and the greatest value of each monomial on boxes `(t, 4)`, each `(m, t, 4)`.

    As `bounding.box_bounds`: of the computed values, at the ends of a box or at 0.
    """
    ends = np.stack([corners * LEAF, (corners + side) * LEAF - 1])
    xends = np.minimum(ends[..., 1], scale.xpow.shape[1] - 1)
    yends = np.minimum(ends[..., 0], scale.ypow.shape[1] - 1)
    xlow, xhigh = _power_bounds(scale.xpow[:, xends])
    ylow, yhigh = _power_bounds(scale.ypow[:, yends])
    i, j = np.array(network.features).T
    products = [x[i] * y[j] for x in (xlow, xhigh) for y in (ylow, yhigh)]
    return np.minimum.reduce(products), np.maximum.reduce(products)


def _power_bounds(ends: Floats) -> tuple[Floats, Floats]:
    """Least and greatest powers, `(degree + 1, t, 4)`, given those at both ends."""
    low, high = ends.min(axis=1), ends.max(axis=1)
    across = (low[1] < 0) & (high[1] > 0)
    low[2::2][:, across] = 0.0
    return low, high


def _known(network: Network, rest: Remainder, low: Floats, high: Floats) -> States:
    """`(s, 4)` what each separator says on each quarter of its tile.

    The bounds of its products are added up in the forward pass's order, which is monotone.
    """
    weights, tile = network.weights[rest.separators], rest.tile[: rest.n_separators]
    least = np.zeros((len(tile), low.shape[2]))
    most = np.zeros_like(least)
    for weight, a, b in zip(weights.T[..., np.newaxis], low, high, strict=True):
        ends = weight * a[tile], weight * b[tile]
        least += np.minimum(*ends)
        most += np.maximum(*ends)
    bias = network.bias[rest.separators, np.newaxis]
    return np.where(
        least + bias >= 0, FIRES, np.where(most + bias < 0, SILENT, OPEN)
    ).astype(np.int8)  # fmt: skip


def _leaves(
    network: Network, scale: Axes, rest: Remainder, corners: Ints, mask: NDArray[np.bool_]
) -> None:
    """Evaluate what is left on all pixels of some leaves, one a tile."""
    down, along = (part.ravel() for part in np.mgrid[:LEAF, :LEAF])
    rows = corners[:, :1] * LEAF + down
    columns = corners[:, 1:] * LEAF + along
    weights, tile = network.weights[rest.separators], rest.tile[: rest.n_separators]
    sums = np.zeros((len(tile), LEAF * LEAF))
    for weight, (i, j) in zip(weights.T, network.features, strict=True):
        values = scale.xpow[i][columns] * scale.ypow[j][rows]
        sums += weight[:, np.newaxis] * values[tile]
    fires = sums + network.bias[rest.separators, np.newaxis] >= 0
    states = propagate(rest, np.where(fires, FIRES, SILENT).astype(np.int8))
    mask[rows, columns] = rest.answers(states)[:, 0] == FIRES
