"""Whether pruning pays: compared with the forward pass by their predicted times.

Only time depends on it: both give the same bits.
"""

from __future__ import annotations

import os

from regions.network.model import Network
from regions.network.pruned.stream import code

PLAIN_LINE = 4e-9
"""Seconds of the forward pass for a pixel and a separator, or an input of a gate."""

PLAIN_PIXEL = 30e-9
"""Seconds of the forward pass for a pixel alone."""

START = 0.5
"""Seconds until the kernels are loaded from disk, and Numba itself, once in a process."""

PRUNED_TOKEN = 60e-9
"""Seconds of pruning for an input of the network: to write the stream, and the first few boxes."""

PRUNED_ROW = 1e-6
"""Seconds of pruning for a row of pixels: borders are curves, so boxes grow with the side."""

THREADS_FROM = 2e-3
"""Seconds of work from which a second thread is worth its start."""


def plain_seconds(network: Network, pixels: int) -> float:
    """Predicted time of the forward pass."""
    weights = network.n_separators * (len(network.features) / 2) + len(network.gates.inputs)
    return pixels * (PLAIN_PIXEL + PLAIN_LINE * weights)


def pruned_seconds(network: Network, height: int, width: int) -> float:
    """Predicted time of pruning once the kernels are loaded."""
    size = network.size + len(network.gates.inputs)
    return PRUNED_TOKEN * size + PRUNED_ROW * (height + width)


def pays(network: Network, height: int, width: int) -> bool:
    """Whether pruning is predicted to be faster, from now on in this process."""
    start = 0.0 if code.cache_info().currsize else START
    plain = plain_seconds(network, height * width)
    return start + pruned_seconds(network, height, width) < plain


def threads(network: Network, height: int, width: int) -> int:
    """Threads worth using: two at most, and only on as many processors."""
    if pruned_seconds(network, height, width) < THREADS_FROM:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(2, len(os.sched_getaffinity(0)))
    return min(2, os.cpu_count() or 1)
