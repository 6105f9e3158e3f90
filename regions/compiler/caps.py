"""Caps: lines across the tips of needles, which rounding would let grow without end.

Where weights are rounded a network contains its polygon (`boundary.py`) and reaches beyond it by
the rounding of its separators: by an ulp along an edge, but at a corner of angle a by an ulp over
a. A corner sharper than `SLIVER` gets a cap, a line through its tip. The parts of a formula that
are split there by AND lie on one side of the line: so it changes nothing but the rounding.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from regions.compiler.formula import literal
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Points
from regions.geometry.predicates import orientation
from regions.geometry.rings import BoundaryEdges
from regions.network.names import Label, names_of
from regions.tolerances import SLACK, SLIVER

Ints = NDArray[np.int64]

MARGIN = 2.0**-46
"""Least angle in radians between a cap and whatever must lie on its inner side: far above the
rounding of directions, 2^-52, so that what is computed here is true of the exact line."""


def needles(boundary: BoundaryEdges) -> Ints:
    """The straight edges that begin in a needle's tip: a convex corner sharper than `SLIVER`."""
    tip, end = (boundary.vertices[v] for v in (boundary.line_start, boundary.line_end))
    begin = tip[_previous(boundary)]
    ahead, behind = end - tip, begin - tip
    sine = np.abs(ahead[:, 0] * behind[:, 1] - ahead[:, 1] * behind[:, 0])
    sharp = np.flatnonzero(sine < SLIVER * (ahead * behind).sum(axis=1))
    return sharp[orientation(begin[sharp], tip[sharp], end[sharp]) > 0]


def _previous(boundary: BoundaryEdges) -> Ints:
    """The straight edge before each one, around its ring."""
    rings, numbers = boundary.line_ring, np.arange(len(boundary.line_ring))
    last = np.searchsorted(rings, rings, side="right") - 1
    return np.where(boundary.line_index == 0, last, numbers - 1)


def add_cap(
    tip: Points, directions: Points, inward: Points, label: Label, pool: SeparatorPool
) -> int | None:
    """Add a line through a tip that has all directions on its inner side.

    Args:
        tip: `(2,)` in the frame's coordinates.
        directions: `(n, 2)` from the tip to whatever has to lie inside; no zeros.
        inward: `(2,)` from the tip into the needle.
        label: Its name.
        pool: Receives the separator.

    Returns:
        Its literal, or None where the directions span half a turn, or nearly.
    """
    # Angles from the needle's own direction; the cap's normal is to lie opposite to all of them.
    turn = np.arctan2(
        inward[0] * directions[:, 1] - inward[1] * directions[:, 0], directions @ inward
    )
    low, high = turn.max() - math.pi / 2 + MARGIN, turn.min() + math.pi / 2 - MARGIN
    if low > high:
        return None
    angle = min(max(0.0, low), high) + math.atan2(inward[1], inward[0])
    normal = np.array([[math.cos(angle), math.sin(angle)]])
    bias = -(normal[:, 0] * tip[0] + normal[:, 1] * tip[1]) + SLACK * np.abs(normal).sum(axis=1)
    [separator] = pool.add_caps(normal, bias, names_of([label]), exact=False)
    return literal(separator)
