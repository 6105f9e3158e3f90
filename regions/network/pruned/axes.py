"""The coordinates of a raster's columns and rows as the forward pass sees them, and their powers.

Pruning needs both to be monotone. The centres are (`Grid.xs`, `Grid.ys`), and so is what is done to
them: `fl(x - c)` and the product with a power of two round a monotone function, and rounding is
monotone. Hence `u` ascends along the columns and `v` falls along the rows, not always strictly.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regions.network.model import Floats, Ints, Network
from regions.network.pruned.bounding import SLACK
from regions.network.pruned.painting import LEAF

MODERATE = 2.0**20
"""Coordinates below it are within what `SLACK` and `bounding.TINY` are for."""


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
    def reach(self) -> float:
        """The greatest magnitude of any coordinate: it stands at an end."""
        return max(abs(float(row[1, end])) for row in (self.xpow, self.ypow) for end in (0, -1))

    @property
    def slack(self) -> float:
        """What `pruning.prune` allows for rounding: infinity where `SLACK` is not meant for."""
        return SLACK if self.reach < MODERATE else math.inf


def axes(network: Network, xs: Floats, ys: Floats) -> Axes:
    """The axes of a grid for a network."""
    scale = 2.0**network.exponent
    with np.errstate(over="ignore", invalid="ignore"):
        return Axes(
            _powers((xs - network.center[0]) * scale, max(i for i, _ in network.features)),
            _powers((ys - network.center[1]) * scale, max(j for _, j in network.features)),
            np.array(network.features, dtype=np.int64),
        )


def safe(network: Network, scale: Axes) -> bool:
    """Whether no sum on the grid can overflow; the forward pass says where one does.

    No monomial is greater than its degree's power of the greatest coordinate, or than 1.
    """
    # Twice: the sums may be rounded up, and this bound down.
    bound = 2 * network.magnitude
    for _ in range(max(i + j for i, j in network.features)):
        bound *= max(1.0, scale.reach)
    return math.isfinite(bound)


def _powers(base: Floats, degree: int) -> Floats:
    powers = np.ones((degree + 1, -(-len(base) // LEAF) * LEAF))
    powers[1, : len(base)], powers[1, len(base) :] = base, base[-1]
    for k in range(2, degree + 1):
        powers[k] = powers[k - 1] * powers[1]
    return powers
