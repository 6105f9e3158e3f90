"""The coordinates of a raster's columns and rows as the forward pass sees them, and their powers.

Pruning needs both to be monotone. The centres are (`Grid.xs`, `Grid.ys`), and so is what is done to
them: `fl(x - c)` and the product with a power of two round a monotone function, and rounding is
monotone. Hence `u` ascends along the columns and `v` falls along the rows, not always strictly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regions.network.model import Floats, Ints, Network
from regions.network.pruned.painting import LEAF


class Axes(NamedTuple):
    """Powers of the normalised coordinates, filled up to whole leaves by the last one.

    Attributes:
        xpow: `(degree + 1, columns)`; row i is `u^i`, by repeated multiplication from the left.
        ypow: `(degree + 1, rows)`.
        monomials: `(m, 2)` exponents of the network's features.
    """

    xpow: Floats
    ypow: Floats
    monomials: Ints

    @property
    def moderate(self) -> bool:
        """Whether the coordinates are within what `bounding.SLACK` and `TINY` are for."""
        return bool(max(np.abs(self.xpow[1]).max(), np.abs(self.ypow[1]).max()) < 2**20)


def axes(network: Network, xs: Floats, ys: Floats) -> Axes:
    """The axes of a grid for a network."""
    monomials = np.array(network.features, dtype=np.int64)
    scale = 2.0**network.exponent
    with np.errstate(over="ignore", invalid="ignore"):
        u = (xs - network.center[0]) * scale
        v = (ys - network.center[1]) * scale
        return Axes(
            _powers(u, int(monomials[:, 0].max())),
            _powers(v, int(monomials[:, 1].max())),
            monomials,
        )


def safe(network: Network, scale: Axes) -> bool:
    """Whether no sum on the grid can overflow; the forward pass says where one does."""
    powers = np.abs(scale.xpow).max(axis=1), np.abs(scale.ypow).max(axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        largest = powers[0][scale.monomials[:, 0]] * powers[1][scale.monomials[:, 1]]
        reach = np.abs(network.weights) @ largest + np.abs(network.bias)
        # Twice: the sum above may have been rounded down.
        finite = np.isfinite(scale.xpow).all() and np.isfinite(scale.ypow).all()
        return bool(finite and np.isfinite(2 * reach).all())


def _powers(base: Floats, degree: int) -> Floats:
    powers = np.ones((degree + 1, -(-len(base) // LEAF) * LEAF))
    powers[1, : len(base)], powers[1, len(base) :] = base, base[-1]
    for k in range(2, degree + 1):
        powers[k] = powers[k - 1] * powers[1]
    return powers
