"""Whether pruning pays: compared with the forward pass by their predicted times.

Only time depends on it: both give the same bits.
"""

from __future__ import annotations

import os

from regions.network.model import Network
from regions.network.pruned.kernels import indexers, painters

PLAIN_LINE = 4e-9
"""Seconds of the forward pass for a pixel and a separator, or an input of a gate."""

PLAIN_PIXEL = 30e-9
"""Seconds of the forward pass for a pixel alone."""

START = 0.5
"""Seconds until the kernels are loaded from disk, and Numba itself, once in a process."""

PRUNED_TOKEN = 50e-9
"""Seconds of pruning for an input of the network: to write the stream, and the first few boxes."""

PRUNED_ROW = 0.3e-6
"""Seconds of pruning for a row of pixels: borders are curves, so boxes grow with the side."""

THREADS_FROM = 6e-3
"""Seconds of work from which a second thread is worth its start."""


POINT = 5e-9
"""Seconds to look a point up."""

INDEX_TOKEN = 300e-9
"""Seconds to make an index, for each input of the network."""

INDEX = 1e-3
"""Seconds to make an index, for its cells alone."""


def plain_seconds(network: Network, pixels: int) -> float:
    """Predicted time of the forward pass, for as many pixels or points."""
    weights = network.n_separators * (len(network.features) / 2) + len(network.gates.inputs)
    return pixels * (PLAIN_PIXEL + PLAIN_LINE * weights)


def pruned_seconds(network: Network, height: int, width: int) -> float:
    """Predicted time of pruning once the kernels are loaded."""
    size = network.size + len(network.gates.inputs)
    return PRUNED_TOKEN * size + PRUNED_ROW * (height + width)


def pays(network: Network, height: int, width: int) -> bool:
    """Whether pruning is predicted to be faster, from now on in this process."""
    start = 0.0 if painters.cache_info().currsize else START
    plain = plain_seconds(network, height * width)
    return start + pruned_seconds(network, height, width) < plain


def index_pays(network: Network, points: int, numbers: range) -> bool:
    """Whether looking points up is predicted to be faster, for some regions together."""
    making = sum(number not in network.indexes for number in numbers)
    size = network.size + len(network.gates.inputs)
    start = 0.0 if indexers.cache_info().currsize else START
    seconds = start + making * (INDEX + INDEX_TOKEN * size) + len(numbers) * POINT * points
    return seconds < plain_seconds(network, points)


def threads(seconds: float) -> int:
    """Threads worth using for as much work: two at most, and only on as many processors."""
    if seconds < THREADS_FROM:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(2, len(os.sched_getaffinity(0)))
    return min(2, os.cpu_count() or 1)
