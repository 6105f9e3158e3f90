"""A region's answer for points, by an index that is made when first asked, and kept."""

from __future__ import annotations

import numpy as np

from regions.geometry.boxes import has_area
from regions.network import evaluate
from regions.network.model import Bools, Floats, Network
from regions.network.pruned.choice import POINT, threads
from regions.network.pruned.index import Box, Index, indexed
from regions.network.pruned.pruning import OPEN


def looked_up(network: Network, number: int, points: Floats, most_threads: int = 2) -> Bools | None:
    """Whether points, `(n, 2)` and C-contiguous, lie in a region; None if that cannot be indexed.

    Raises:
        InputError: A point that the forward pass refuses.
    """
    index = _index(network, number, points)
    if index is None:
        return None
    workers = min(most_threads, threads(POINT * len(points)))
    answers, complete = index.look_up(network, points, workers)
    if not complete:
        x, y = evaluate.as_points(points)
    while not complete and (wider := index.wider(network)) is not None:
        network.indexes[number] = index = wider
        answers, complete = index.look_up(network, points, workers)
    if not complete:
        beyond = answers == OPEN
        answers[beyond] = evaluate.fires(network, x[beyond], y[beyond])[:, number]
    return answers.view(np.bool_)


def _index(network: Network, number: int, points: Floats) -> Index | None:
    if number not in network.indexes:
        stream, box = network.streams[number], network.window or _bounds(points)
        if stream is None or not has_area(box):
            return None
        network.indexes[number] = indexed(network, stream, box)
    return network.indexes[number]


def _bounds(points: Floats) -> Box:
    x, y = evaluate.as_points(points)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
