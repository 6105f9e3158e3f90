"""A box's corners, and a choice among many boxes."""

from __future__ import annotations

import numpy as np

from regions.network.model import Ints

CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
"""Of a box, in halves of its side from the middle."""


def spread(count: int, most: int) -> Ints:
    """At most so many numbers below a count, evenly."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))
