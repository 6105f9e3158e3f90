"""An index for points: grids of cells, each with what the region says on it, or a short program.

The first grid lies over a box, the next ones around it, each about eight times as large as the one
before. They are made when a point is asked for that lies beyond.

Which cell holds a point is computed with rounding. So the ends of each cell are moved outwards, and
then it is checked that the same computation puts both ends into other cells: as it is monotone, all
points that it puts into this one lie between them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Floats, Ints, Network
from regions.network.pruned.axes import Axes, axes, safe
from regions.network.pruned.bounding import bounds_room
from regions.network.pruned.kernels import indexers
from regions.network.pruned.programs import BEYOND
from regions.network.pruned.pruning import OPEN
from regions.network.pruned.stream import Stream
from regions.network.pruned.walking import BATCH

Box = tuple[float, float, float, float]

MARGIN = 0.02
"""Of the box's sides, on either side: many points lie a little outside."""

SIDES = ((5_000, 256), (100_000, 512), (np.inf, 1024))
"""Literals up to which so many cells along a side of the first grid pay."""

OUTER_SIDE = 64
"""Cells along a side of the other grids."""

OUTER_SCALE = 7.9
"""Of a grid's sides to those of the grid within: less than 8, so that this covers eight times
eight cells wholly, whatever is rounded."""

MOST_GRIDS = 8
"""The last one is two million times as large as the first."""

NODES = 2**20
"""Nodes that the programs of a grid may have in any case, of 32 bytes each."""

GROWTH = 16
"""Nodes for each token of the formula that they may have. What needs more gets fewer cells."""


@dataclass(frozen=True, eq=False)
class Index:
    """Where a region is, cell by cell.

    Attributes:
        stream: The region's formula.
        grids: `(k, 4)`: for each grid its left and lower end, and cells per unit along x and y.
        sides: `(k,)` cells along a side.
        starts: `(k,)` where its cells begin.
        states: `(n,)` int8, what is known on each cell: row by row upwards, grid by grid. The first
            one is no cell; it stands for what is beside the first grid, and is open.
        cells: `(n,)` int32, where the program of an open cell is entered.
        nodes: `(m, 4)` the programs, see `programs.py`, and room for more.
        used: Nodes written.
    """

    stream: Stream
    grids: Floats
    sides: Ints
    starts: Ints
    states: NDArray[np.int8]
    cells: NDArray[np.int32]
    nodes: Floats
    used: int

    def wider(self, network: Network) -> Index | None:
        """With one more grid around the others; None beyond the last, or where sums overflow."""
        if len(self.grids) == MOST_GRIDS:
            return None
        corner, spans = self.grids[-1, :2], self.sides[-1] / self.grids[-1, 2:]
        with np.errstate(over="ignore"):
            corner, spans = corner - (OUTER_SCALE - 1) / 2 * spans, OUTER_SCALE * spans
        return _with_grid(network, self, corner, spans, OUTER_SIDE)

    def look_up(
        self, network: Network, points: Floats, threads: int
    ) -> tuple[NDArray[np.int8], bool]:
        """What the region says, and whether it does for all points.

        Args:
            network: Whose index this is.
            points: `(n, 2)`, C-contiguous.
            threads: How many to use.

        Returns:
            `(n,)` 1 inside, 0 outside, `OPEN` where a point is in no grid; whether none is.
        """
        answers = np.empty(len(points), dtype=np.int8)
        if threads == 1:
            return answers, self._look_up(network, points, answers) == 0
        parts = zip(*(np.array_split(all_, 4 * threads) for all_ in (points, answers)), strict=True)
        with ThreadPoolExecutor(threads) as pool:
            jobs = [pool.submit(self._look_up, network, *part) for part in parts]
            return answers, sum(job.result() for job in jobs) == 0

    def _look_up(self, network: Network, points: Floats, answers: NDArray[np.int8]) -> int:
        stream = self.stream
        beyond: int = indexers()["look_up"](
            points,
            np.array([*network.center, 2.0**network.exponent]),
            self.grids,
            self.sides,
            self.starts,
            self.states,
            self.cells,
            self.nodes,
            self.nodes.view(np.int32),
            stream.lines,
            stream.first,
            stream.feature,
            stream.weight,
            stream.monomials,
            np.empty(BATCH, dtype=np.int32),
            np.empty(BATCH, dtype=np.int32),
            np.empty(stream.depth + 2, dtype=np.int64),
            answers,
        )
        return beyond


def indexed(network: Network, stream: Stream, box: Box) -> Index | None:
    """The index of a region with its first grid; None where rounding or overflow forbid it.

    Args:
        network: Any.
        stream: Of one of its regions.
        box: Where most points are.
    """
    side = next(side for most, side in SIDES if len(stream.lines) <= most)
    low, high = np.array(box[:2]), np.array(box[2:])
    with np.errstate(over="ignore", invalid="ignore"):
        spans = high - low
        corner, spans = low - MARGIN * spans, (1 + 2 * MARGIN) * spans
    none = Index(
        stream,
        np.empty((0, 4)),
        np.empty(0, dtype=np.int64),
        np.empty(0, dtype=np.int64),
        np.array([OPEN], dtype=np.int8),
        np.array([BEYOND], dtype=np.int32),
        np.empty((0, 4)),
        0,
    )
    while side > OUTER_SIDE:
        if (index := _with_grid(network, none, corner, spans, side)) is not None:
            return index
        side //= 2
    return None


def _with_grid(
    network: Network, index: Index, corner: Floats, spans: Floats, side: int
) -> Index | None:
    """With one more grid; None where it cannot be, or would be too large."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        grid = np.array([*corner, *(side / spans)])
        columns, rows = (cell_ends(grid[k], grid[k + 2], side) for k in (0, 1))
    if columns is None or rows is None:
        return None
    ends = axes(network, columns.ravel(), rows.ravel())
    if not safe(network, ends):
        return None
    filled = _filled(index, ends, _within(index, columns, rows), side)
    if filled is None:
        return None
    states, cells, nodes, used = filled
    return Index(
        index.stream,
        np.concatenate([index.grids, [grid]]),
        np.append(index.sides, side),
        np.append(index.starts, len(index.cells)),
        states,
        cells,
        nodes,
        used,
    )


def cell_ends(start: float, scale: float, side: int) -> Floats | None:
    """Coordinates between which all points of a row or column of cells lie.

    Args:
        start: Where the first cell begins.
        scale: Cells per unit.
        side: Number of cells.

    Returns:
        `(side, 2)`; None if that cannot be shown, or cells are hardly wider than rounding errors.
    """
    edges = start + np.arange(side + 1) / scale
    reach = 8 * np.spacing(np.abs(edges).max()) + 1e-12 / scale
    ends = np.stack([edges[:-1] - reach, edges[1:] + reach], axis=1)
    # As the kernel computes it.
    found = (ends - start) * scale
    number = np.arange(side)
    shown = (found[:, 0] < number).all() and (found[:, 1] >= number + 1).all()
    return ends if shown and np.isfinite(ends).all() and reach * scale < 1 else None


def _within(index: Index, columns: Floats, rows: Floats) -> Ints:
    """First row, beyond the last row, and columns likewise: what earlier grids hold wholly."""
    if len(index.grids) == 0:
        return np.zeros(4, dtype=np.int64)
    grid, side = index.grids[-1], index.sides[-1]
    covered = []
    for axis, ends in ((1, rows), (0, columns)):
        found = (ends - grid[axis]) * grid[axis + 2]
        held = np.flatnonzero((found[:, 0] >= 0) & (found[:, 1] < side))
        covered += [held[0], held[-1] + 1] if len(held) else [0, 0]
    return np.array(covered, dtype=np.int64)


def _filled(
    index: Index, ends: Axes, within: Ints, side: int
) -> tuple[NDArray[np.int8], NDArray[np.int32], Floats, int] | None:
    """States and programs of all cells with one more grid, all nodes, their number; or too many.

    What room there is behind the index's own nodes is written to: that index does not look there.
    """
    stream, levels = index.stream, side.bit_length() + 1
    length = len(stream.tokens)
    tokens = np.empty((levels + 1) * length + levels + 2, dtype=np.int32)
    tokens[:length] = stream.tokens
    others = len(index.cells)
    states = np.full(others + side * side, OPEN, dtype=np.int8)
    cells = np.full(others + side * side, BEYOND, dtype=np.int32)
    states[:others], cells[:others] = index.states, index.cells
    boxes = np.empty((3 * levels + 4, 6), dtype=np.int64)
    boxes[0] = 0, side, 0, side, 0, length
    most = max(NODES, GROWTH * length)
    nodes, used, waiting = index.nodes, index.used, 1
    while True:
        waiting, used = indexers()["fill_cells"](
            tokens,
            stream.lines,
            stream.first,
            stream.feature,
            stream.weight,
            stream.curves,
            stream.monomials,
            ends.xpow,
            ends.ypow,
            ends.slack,
            within,
            states[others:].reshape(side, side),
            cells[others:].reshape(side, side),
            nodes,
            nodes.view(np.int32),
            used,
            waiting,
            boxes,
            np.empty((stream.depth + 2, 6), dtype=np.int64),
            bounds_room(stream.monomials, stream.curves),
            np.empty(4, dtype=np.int64),
        )
        if not waiting:
            return states, cells, nodes, used
        room = len(nodes) - index.used
        if room >= most:
            return None
        room = min(most, max(4096, 4 * length, 2 * room))
        written, nodes = nodes[:used], np.empty((index.used + room, 4))
        nodes[:used] = written
