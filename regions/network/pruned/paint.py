"""A region on a raster by its stream: kernels on rectangles of it, in one or two threads."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Bools
from regions.network.pruned.axes import Axes
from regions.network.pruned.bounding import bounds_room
from regions.network.pruned.kernels import painters
from regions.network.pruned.leaves import LEAF, PIXELS
from regions.network.pruned.stream import Stream

SIDE = 4
"""Rectangles along a side for two threads: enough that both are busy to the end."""


def painted(stream: Stream, scale: Axes, height: int, width: int, threads: int) -> Bools:
    """`(height, width)` where a stream is true."""
    mask = np.zeros((height, width), dtype=np.uint8)
    rows, columns = -(-height // LEAF), -(-width // LEAF)
    if threads == 1:
        _paint(stream, scale, (0, rows, 0, columns), mask)
    else:
        with ThreadPoolExecutor(threads) as pool:
            for part in [
                pool.submit(_paint, stream, scale, (*across, *along), mask)
                for across in _parts(rows)
                for along in _parts(columns)
            ]:
                part.result()
    return mask.view(np.bool_)


def _parts(count: int) -> list[tuple[int, int]]:
    cuts = sorted({count * k // SIDE for k in range(SIDE + 1)})
    return list(itertools.pairwise(cuts))


def _paint(
    stream: Stream, scale: Axes, cells: tuple[int, int, int, int], mask: NDArray[np.uint8]
) -> None:
    levels = max(cells[1] - cells[0], cells[3] - cells[2]).bit_length() + 1
    length = len(stream.tokens)
    tokens = np.empty((levels + 1) * length + levels + 2, dtype=np.int32)
    tokens[:length] = stream.tokens
    painters()["paint"](
        tokens,
        length,
        stream.lines,
        stream.first,
        stream.feature,
        stream.weight,
        stream.curves,
        stream.monomials,
        scale.xpow,
        scale.ypow,
        scale.slack,
        np.array(cells, dtype=np.int64),
        mask.reshape(-1),
        *mask.shape,
        np.empty((stream.depth + 2, 6), dtype=np.int64),
        np.empty((3 * levels + 4, 6), dtype=np.int64),
        np.empty((2, stream.depth + 2), dtype=np.uint64),
        np.empty((stream.depth + 2, PIXELS), dtype=np.int32),
        np.empty(3 * LEAF),
        bounds_room(stream.monomials, stream.curves),
        np.empty(4, dtype=np.int64),
    )
