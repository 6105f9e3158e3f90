"""The coordinates of a raster's columns and rows as the forward pass sees them, and their powers.

Pruning needs both to be monotone. The centres are (`Grid.xs`, `Grid.ys`), and so is what is done to
them: `fl(x - c)` and the product with a power of two round a monotone function, and rounding is
monotone. Hence `u` ascends along the columns and `v` falls along the rows, not always strictly.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regions.network.model import Floats, Network
from regions.network.pruned.bounding import SLACK
from regions.network.pruned.leaves import LEAF

MODERATE = 2.0**20
"""Coordinates below it are within what `SLACK`, `bounding.TINY` and `bounding.LEAST` are for."""


class Axes(NamedTuple):
    """Powers of the normalised coordinates, filled up to whole leaves by the last one.

    Attributes:
        xpow: `(degree + 1, columns)`; row i is `u^i`, by repeated multiplication from the left.
        ypow: `(degree + 1, rows)`.
    """

    xpow: Floats
    ypow: Floats

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
    (cx, cy), scale = network.center, 2.0**network.exponent
    xdegree, ydegree = map(max, zip(*network.features, strict=True))
    with np.errstate(over="ignore", invalid="ignore"):
        return Axes(_powers(xs, cx, scale, xdegree), _powers(ys, cy, scale, ydegree))


def safe(network: Network, scale: Axes) -> bool:
    """Whether no sum on the grid can overflow; the forward pass says where one does.

    No monomial is greater than its degree's power of the greatest coordinate, or than 1.
    """
    # Coefficients about a middle are up to 2^6 times as great; the rest is for rounding.
    bound = 2.0**10 * network.magnitude
    for _ in range(max(i + j for i, j in network.features)):
        bound *= max(1.0, scale.reach)
    return math.isfinite(bound)


def _powers(coordinates: Floats, center: float, scale: float, degree: int) -> Floats:
    count = len(coordinates)
    powers = np.empty((degree + 1, -(-count // LEAF) * LEAF))
    powers[0] = 1.0
    base = powers[1]
    np.subtract(coordinates, center, out=base[:count])
    base[:count] *= scale
    base[count:] = base[count - 1]
    for k in range(2, degree + 1):
        np.multiply(powers[k - 1], base, out=powers[k])
    return powers
