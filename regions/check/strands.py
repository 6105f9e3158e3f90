"""Network and shape compared in all cells around the nodes of tiles.

A **strand** is a line through a node, run in one of its two directions. Where it begins, each other
line has the sign that it has in the node or, if it meets the node too, that of its turn. So the
signs of all lines on the strand and beside it are known without any point being computed.

A strand is covered by the edges of the shape that run along its beginning. Across a strand the
shape changes exactly if an odd number of edges covers it. So if the network is right on one side
of each strand, it is right in all cells that meet the node if

    it changes across each strand exactly if an odd number of edges covers it;
    on each strand it fires if an edge covers it, and is else what it is beside it;
    in the node it fires if an edge covers one of the strands, and is else what it is around it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.local import Close, pairs
from regions.check.signs import signs_at, turns
from regions.network.layers import segments
from regions.network.tiles import FIRES, SILENT, copies, propagate

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Signs: TypeAlias = NDArray[np.int8]

WORK = 2**20
"""Units and signs that are looked at together, seven times each: some 200 MB."""

BESIDE = np.array([-1, 0, 1], dtype=np.int8)
"""Sign of a strand's own line on one side, on the strand, and on the other side."""


class Tally(NamedTuple):
    """How many tiles, and how many cells in them, were compared.

    Cells are counted in a small neighbourhood of each tile, in which they are convex.
    """

    tiles: int = 0
    faces: int = 0
    edges: int = 0
    vertices: int = 0

    def plus(self, other: Tally) -> Tally:
        """The sum."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))


class Suspect(NamedTuple):
    """A strand at which network and shape cannot both be right.

    Attributes:
        line: Its line in the view.
        across: Another form that is 0 in its node, among `Close.forms`.
        forward: Whether it runs in the direction (B, -A) of its line (A, B, C).
        bordering: Whether all that is wrong may lie on the shape's border.
    """

    line: int
    across: int
    forward: bool
    bordering: bool


@dataclass(frozen=True, eq=False)
class Strands:
    """The lines through nodes.

    Attributes:
        node: `(k,)` ascending.
        line: `(k,)` places in `Lines`.
        across: `(k,)` another form that is 0 in the node, among `Close.forms`.
        start: `(k + 1,)` where the signs of each begin.
        sign: `(m,)` the sign of each line of the tile on the strand that runs forwards: from the
            node in the direction (B, -A) of its line (A, B, C).
        turning: `(m,)` whether the line meets the node: backwards its sign is the opposite.
        ahead: `(k,)` the sign of `across` on the strand that runs forwards.
    """

    node: Ints
    line: Ints
    across: Ints
    start: Ints
    sign: Signs
    turning: Bools
    ahead: Signs

    @classmethod
    def of(cls, close: Close) -> Strands:
        """All lines through the nodes of some tiles."""
        nodes, lines = close.nodes, close.lines
        zeros, begin = nodes.zeros
        node = np.repeat(np.arange(len(nodes)), np.diff(begin))
        line = nodes.line[zeros]
        rows, start = segments(nodes.start, node)
        sign = nodes.sign[rows]
        turning = sign == 0
        first, second, _ = pairs(begin[node + 1] - 1 - np.arange(len(zeros)))
        turn = turns(close.form(line[first]), close.form(line[second]))
        # Along (B, -A) the form (D, E, F) changes by D*B - E*A, which is minus their turn.
        offset = start[:-1] - lines.start[nodes.tile[node]]
        sign[offset[first] + line[second]] = -turn
        sign[offset[second] + line[first]] = turn
        entry = nodes.side[node] >= 0
        # The node's first line lies across the others, its second line across the first.
        other = begin[node] + (begin[node] == np.arange(len(zeros)))
        other = np.where(entry, np.arange(len(zeros)), other)
        across, ahead = lines.line[line[other]], sign[offset + line[other]]
        across[entry] = len(close.view.forms.near) + nodes.side[node[entry]]
        ahead[entry] = -turns(close.form(line[entry]), close.forms.take(across[entry]))
        return cls(node, line, across, start, sign, turning, ahead)


def compared(close: Close) -> tuple[Tally, list[Suspect]]:
    """Compare network and shape in all cells of some tiles.

    Returns:
        What was compared, and at most one suspect of each kind: bordering or not.
    """
    strands, nodes = Strands.of(close), close.nodes
    cover, runs = _covers(close, strands), _runs(close, strands)
    fired = _fired(close, strands)
    left, on, right = (fired[:, [k, k + 3]] for k in range(3))
    vertices = nodes.finite & (nodes.side < 0)
    touched = np.zeros(len(nodes), dtype=np.bool_)
    touched[strands.node[cover.any(axis=1)]] = True
    free, at = ~touched[strands.node, np.newaxis], fired[:, 6:]
    vertex = vertices[strands.node, np.newaxis]
    surely = (
        runs & ((left != right) != (cover % 2 == 1)),
        runs & (cover == 0) & (on != left),
        vertex & free & (at != left),
    )
    perhaps = runs & (cover > 0) & ~on, vertex & ~free & ~at
    found = _suspects(close, strands, surely, False) + _suspects(close, strands, perhaps, True)
    return _tally(close, strands, vertices), found


def _suspects(
    close: Close, strands: Strands, kinds: tuple[Bools, ...], bordering: bool
) -> list[Suspect]:
    """The first one of the first kind of which there is any."""
    for wrong in kinds:
        for row, way in np.argwhere(wrong)[:1].tolist():
            line = int(close.lines.line[strands.line[row]])
            return [Suspect(line, int(strands.across[row]), way == 0, bordering)]
    return []


def _tally(close: Close, strands: Strands, vertices: Bools) -> Tally:
    """What was compared, counted.

    Lines cut a convex set into 1 face, 1 more for each line and, for each vertex, 1 more for each
    line through it but the first. Vertices cut each line into 1 edge, and 1 more for each of them.
    """
    tiles, lines = len(close.tiles), len(np.unique(strands.line))
    through, points = int(vertices[strands.node].sum()), int(vertices.sum())
    return Tally(tiles, tiles + lines + through - points, lines + through, points)


def _covers(close: Close, strands: Strands) -> Ints:
    """`(k, 2)` how many edges cover each strand, forwards and backwards.

    An edge covers a strand if just one of its ends lies ahead.
    """
    order = np.argsort(close.lines.edge, kind="stable")
    begin = np.searchsorted(close.lines.edge[order], np.arange(len(close.lines.line) + 1))
    rows, start = segments(begin, strands.line)
    strand = np.repeat(np.arange(len(strands.line)), np.diff(start))
    corner = close.ends[close.tiles.edge[order[rows]]]
    sign = np.zeros(corner.shape, dtype=np.int8)
    row, end = np.nonzero(corner != close.nodes.corner[strands.node[strand], np.newaxis])
    across = close.forms.take(strands.across[strand[row]])
    sign[row, end] = signs_at(across, close.corners.take(corner[row, end]))
    ahead, count = strands.ahead[strand, np.newaxis], len(strands.line)
    covers = [np.count_nonzero(sign == way, axis=1) == 1 for way in (ahead, -ahead)]
    return np.stack([np.bincount(strand[on], minlength=count) for on in covers], axis=1)


def _runs(close: Close, strands: Strands) -> Bools:
    """`(k, 2)` whether a strand is looked at, forwards and backwards.

    Where a line enters its tile one of them is enough. At infinity only one of them belongs to the
    plane, that with p > 0; there |B| is about |C| at least, far from being lost.
    """
    node = strands.node
    both = close.nodes.finite[node] & (close.nodes.side[node] < 0)
    rising = close.form(strands.line).near[:, 1] >= 0
    return np.stack([both | rising, both | ~rising], axis=1)


def _fired(close: Close, strands: Strands) -> Bools:
    """`(k, 7)` whether the network fires around a node.

    On one side of a strand, on it, and on its other side; the same for the strand that runs
    backwards; and in the node.
    """
    rest, tile = close.tiles.rest, close.nodes.tile[strands.node]
    work = np.cumsum(np.bincount(rest.tile, minlength=len(close.tiles))[tile] + 1)
    cuts = np.flatnonzero(np.diff(work // WORK)) + 1
    bounds = itertools.pairwise([0, *cuts.tolist(), len(tile)])
    parts = [_fired_part(close, strands, slice(*part), tile) for part in bounds]
    return np.concatenate(parts)


def _fired_part(close: Close, strands: Strands, part: slice, tile: Ints) -> Bools:
    """The same for some strands: the network of a tile once for each of them."""
    rest = close.tiles.rest
    count = np.bincount(tile[part], minlength=len(close.tiles))
    each = copies(rest, count)
    own = np.repeat(np.arange(rest.n_separators), count[rest.tile[: rest.n_separators]])
    strand = part.start + each.tile[: each.n_separators]
    line = close.lines.separator[own]
    row = strands.start[strand] + line - close.lines.start[tile[strand]]
    sign, turning = strands.sign[row, np.newaxis], strands.turning[row, np.newaxis]
    beside = (line == strands.line[strand])[:, np.newaxis] * BESIDE
    back, at = np.where(turning, -sign, sign), np.where(turning, 0, sign)
    signs = np.concatenate([sign + beside, back + beside, at], axis=1)
    side = close.view.separator_side[rest.separators[own], np.newaxis]
    known = np.where(signs * side >= 0, FIRES, SILENT).astype(np.int8)
    fired: Bools = each.answers(propagate(each, known))[:, 0] == FIRES
    return fired
