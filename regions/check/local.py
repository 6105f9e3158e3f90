"""Where few lines meet on a tile: its nodes, and the sign of each line there.

A **node** is a point of a closed tile in which lines meet: a corner of the shape, or any other
crossing of two lines. A line without nodes gets one where it enters the tile. So each stretch of a
line within the tile ends in a node or has one on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.division import Tiles
from regions.check.signs import (
    Forms,
    Places,
    crossings,
    forms_of,
    joined,
    places_of,
    signs_at,
    turns,
)
from regions.check.views import View
from regions.network.layers import segments

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Signs: TypeAlias = NDArray[np.int8]

TOGETHER = 2**19
"""Pairs of lines, or lines at nodes, that are looked at together: some 100 MB."""


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines that are left on tiles, those of a tile together.

    Attributes:
        tile: `(n,)` ascending.
        line: `(n,)` which line of the view.
        start: `(t + 1,)` where those of each tile begin.
        separator: `(s,)` the place here of each separator's line.
        edge: `(e,)` the place here of each edge's line.
    """

    tile: Ints
    line: Ints
    start: Ints
    separator: Ints
    edge: Ints

    @classmethod
    def of(cls, tiles: Tiles, view: View) -> Lines:
        """Those of all separators and edges that are left."""
        rest, count = tiles.rest, max(len(view.forms.near), 1)
        separators = rest.tile[: rest.n_separators] * count + view.separator_line[rest.separators]
        edges = tiles.edge_tile * count + view.edge_line[tiles.edge]
        keys, place = np.unique(np.concatenate([separators, edges]), return_inverse=True)
        tile, line = np.divmod(keys, count)
        start = np.searchsorted(tile, np.arange(len(tiles) + 1))
        return cls(tile, line, start, place[: len(separators)], place[len(separators) :])


@dataclass(frozen=True, eq=False)
class Nodes:
    """Nodes, and the sign of each line of their tile there.

    Attributes:
        tile: `(n,)`.
        corner: `(n,)` the shape's corner, -1 for any other point.
        side: `(n,)` of a line's entry the side of the tile it lies on, among those of all tiles,
            four each; else -1.
        finite: `(n,)` whether it is a point of the plane, not one at infinity.
        start: `(n + 1,)` where the signs of each begin.
        line: `(m,)` the lines of its tile, in order, as places in `Lines`.
        sign: `(m,)` their signs.
    """

    tile: Ints
    corner: Ints
    side: Ints
    finite: Bools
    start: Ints
    line: Ints
    sign: Signs

    def __len__(self) -> int:
        return len(self.tile)

    @cached_property
    def zeros(self) -> tuple[Ints, Ints]:
        """`(z,)` rows of the signs that are 0, and `(n + 1,)` where those of each node begin."""
        rows = np.flatnonzero(self.sign == 0)
        return rows, np.searchsorted(rows, self.start)

    def take(self, chosen: Ints) -> Nodes:
        """Some of the nodes."""
        rows, start = segments(self.start, chosen)
        return Nodes(
            tile=self.tile[chosen],
            corner=self.corner[chosen],
            side=self.side[chosen],
            finite=self.finite[chosen],
            start=start,
            line=self.line[rows],
            sign=self.sign[rows],
        )


@dataclass(frozen=True, eq=False)
class Close:
    """Tiles with few lines, looked at closely.

    Attributes:
        tiles: The tiles.
        view: Their chart.
        corners: `(v,)` the shape's.
        ends: `(e, 2)` the corners of each edge.
    """

    tiles: Tiles
    view: View
    corners: Places
    ends: Ints

    @cached_property
    def lines(self) -> Lines:
        """The lines that are left."""
        return Lines.of(self.tiles, self.view)

    @cached_property
    def sides(self) -> Forms:
        """Four for each tile: below, on the right, above and on the left; positive on the tile."""
        xmin, ymin, xmax, ymax = self.tiles.box.T
        one, zero = np.ones_like(xmin), np.zeros_like(xmin)
        rows = [(zero, one, -ymin), (-one, zero, xmax), (zero, -one, ymax), (one, zero, -xmin)]
        return forms_of(np.array(rows).transpose(2, 0, 1).reshape(-1, 3))

    @cached_property
    def forms(self) -> Forms:
        """The lines of the view, and behind them the sides of all tiles."""
        return joined(self.view.forms, self.sides)

    def form(self, line: Ints) -> Forms:
        """Lines given as places in `lines`."""
        return self.view.forms.take(self.lines.line[line])

    @cached_property
    def nodes(self) -> Nodes:
        """All nodes, tile by tile."""
        corners = self._corners()
        others = self._crossings(corners)
        alone = np.ones(len(self.lines.tile), dtype=np.bool_)
        for found in (corners, others):
            alone[found.line[found.zeros[0]]] = False
        return _merged([corners, others, self._entries(np.flatnonzero(alone))])

    def _corners(self) -> Nodes:
        """The shape's corners in which lines cross."""
        tiles = self.tiles
        corner = self.ends[tiles.edge]
        points, box = self.corners.near[corner, :2], tiles.box[tiles.edge_tile, np.newaxis]
        inside = ((points >= box[..., :2]) & (points <= box[..., 2:])).all(axis=2)
        edge, end = np.nonzero(inside)
        count = max(len(self.corners.near), 1)
        keys = tiles.edge_tile[edge] * count + corner[edge, end]
        keys, node = np.unique(keys, return_inverse=True)
        tile, corner = np.divmod(keys, count)
        found = self._nodes(tile, self.corners.take(corner), node, self.lines.edge[edge])
        found = replace(found, corner=corner)
        return found.take(np.flatnonzero(np.diff(found.zeros[1]) > 1))

    def _crossings(self, corners: Nodes) -> Nodes:
        """The points in which lines cross, but for corners."""
        first, second = self._pairs(corners)
        parts = range(0, len(first), TOGETHER)
        met = [self._meet(first[k : k + TOGETHER], second[k : k + TOGETHER]) for k in parts]
        meet = np.concatenate([np.zeros(0, dtype=np.bool_), *met])
        first, second = first[meet], second[meet]
        p, q = self.form(first), self.form(second)
        node = np.tile(np.arange(len(first)), 2)
        tile, places = self.lines.tile[first], crossings(p, q, turns(p, q))
        found = self._nodes(tile, places, node, np.concatenate([first, second]))
        # Of several pairs that meet in one point the first two lines stand for it.
        zeros, start = found.zeros
        foremost = found.line[zeros[start[:-1]]] == first
        foremost &= found.line[zeros[start[:-1] + 1]] == second
        return found.take(np.flatnonzero(foremost))

    def _pairs(self, corners: Nodes) -> tuple[Ints, Ints]:
        """All pairs of lines of each tile, without those that meet in corners."""
        lines = self.lines
        first, second, begin = pairs(lines.start[lines.tile + 1] - 1 - np.arange(len(lines.tile)))
        zeros, start = corners.zeros
        node = np.repeat(np.arange(len(corners)), np.diff(start))
        a, b, _ = pairs(start[node + 1] - 1 - np.arange(len(zeros)))
        a, b = corners.line[zeros[a]], corners.line[zeros[b]]
        new = np.ones(len(first), dtype=np.bool_)
        new[begin[a] + b - a - 1] = False
        return first[new], second[new]

    def _meet(self, first: Ints, second: Ints) -> Bools:
        """Whether two lines cross in their closed tile."""
        turn = turns(self.form(first), self.form(second))
        places = crossings(self.form(first), self.form(second), turn)
        inside = np.flatnonzero(turn)
        for side in range(4):
            sides = self.sides.take(4 * self.lines.tile[first[inside]] + side)
            inside = inside[signs_at(sides, places.take(inside)) >= 0]
        meet = np.zeros(len(first), dtype=np.bool_)
        meet[inside] = True
        return meet

    def _entries(self, line: Ints) -> Nodes:
        """Where lines without nodes enter their tiles, of those that do."""
        xmin, ymin, xmax, ymax = self.tiles.box[self.lines.tile[line]].T
        around = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax)]
        places = [places_of(np.stack(point, axis=1)) for point in around]
        signs = np.stack([signs_at(self.form(line), place) for place in places])
        after = np.roll(signs, -1, axis=0)
        # A line that runs along one side enters by another.
        enters = (signs * after <= 0) & ((signs != 0) | (after != 0))
        chosen = np.flatnonzero(enters.any(axis=0))
        line = line[chosen]
        tile = self.lines.tile[line]
        side = 4 * tile + enters[:, chosen].argmax(axis=0)
        p, q = self.form(line), self.sides.take(side)
        found = self._nodes(tile, crossings(p, q, turns(p, q)), np.arange(len(line)), line)
        return replace(found, side=side)

    def _nodes(self, tile: Ints, places: Places, node: Ints, on: Ints) -> Nodes:
        """Nodes with the signs of all lines of their tiles.

        Args:
            tile: `(n,)`.
            places: `(n,)`.
            node: `(k,)` numbers of nodes.
            on: `(k,)` a line on which each of these lies.
        """
        lines, none = self.lines, np.full(len(tile), -1)
        line, start = segments(lines.start, tile)
        owner = np.repeat(np.arange(len(tile)), np.diff(start))
        open_ = np.ones(len(line), dtype=np.bool_)
        open_[start[node] + on - lines.start[tile[node]]] = False
        sign = np.zeros(len(line), dtype=np.int8)
        rows = np.flatnonzero(open_)
        for k in range(0, len(rows), TOGETHER):
            some = rows[k : k + TOGETHER]
            sign[some] = signs_at(self.form(line[some]), places.take(owner[some]))
        finite = np.ones(len(tile), dtype=np.bool_)
        if self.view.chart:
            finite = signs_at(forms_of(np.tile([1.0, 0.0, 0.0], (len(tile), 1))), places) > 0
        return Nodes(tile, none, none, finite, start, line, sign)


def pairs(following: Ints) -> tuple[Ints, Ints, Ints]:
    """Each number with as many of those that follow it as said; where the pairs of each begin."""
    begin = np.cumsum(following) - following
    first = np.repeat(np.arange(len(following)), following)
    return first, first + 1 + np.arange(len(first)) - begin[first], begin


def _merged(parts: list[Nodes]) -> Nodes:
    """All of them, tile by tile."""
    names = ("tile", "corner", "side", "finite", "line", "sign")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    counts = np.concatenate([np.diff(part.start) for part in parts])
    found = Nodes(start=np.append(0, np.cumsum(counts)), **columns)
    return found.take(np.argsort(found.tile, kind="stable"))
