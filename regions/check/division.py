"""Tiles: parts of the plane, each with what is left there of a network and of a shape.

Whatever is decided on a tile holds strictly on the closed tile, and so on a neighbourhood of it: a
line is left out if it has one sign on the closed tile, an edge if it does not meet it. What
rounding leaves open is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.views import View
from regions.network.tiles import OPEN, Remainder, States, copies, propagate, remaining

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Signs: TypeAlias = NDArray[np.int8]

OFF = 2.0**-48
"""What a form's value on a tile has to exceed to be believed, relative to the sizes of its three
terms. In units of 2^-53 the error is below 8."""

LEAST_SIDE = 2.0**-44
"""Of the first tile's side: shorter ones are not cut. What rounding leaves open is as large."""

FEW = 6
"""Separators and edges that are left where a tile is looked at closely, not divided."""

PATIENCE = 4.0
"""Divisions without success, for each doubling of `FEW`, until so many are looked at closely.
Lines through one point, or side by side, stay together however a tile is cut. A close look costs
the cube of their number; every other cut doubles the tiles."""

CROWD = 2**12
"""Lines through one corner that are looked at together, at the cost of the square of their number.
"""

SUCCESS = 0.75
"""Part of the separators and edges that a successful division leaves at most."""

GAIN = 0.9
"""A tile is cut across its shorter side only where that leaves less than this part of what a cut
across the longer one does."""


@dataclass(frozen=True, eq=False)
class Tiles:
    """Closed tiles of one chart, and what is left on each.

    Attributes:
        box: `(t, 4)` least and greatest coordinates.
        rest: The network; its one region is what counts.
        edge: `(e,)` edges that may meet a tile.
        edge_tile: `(e,)` that tile.
        mark: `(t,)` the load after the last successful division.
        age: `(t,)` divisions since then.
        share: `(t,)` part of the work on the first tile that each stands for, roughly.
    """

    box: Floats
    rest: Remainder
    edge: Ints
    edge_tile: Ints
    mark: Ints
    age: Ints
    share: Floats

    @classmethod
    def first(cls, rest: Remainder, view: View) -> Tiles:
        """All of a chart as one tile, given the network on one tile."""
        edge = np.arange(len(view.edge_line))
        return cls(
            box=view.root[np.newaxis],
            rest=rest,
            edge=edge,
            edge_tile=np.zeros_like(edge),
            mark=np.array([len(rest.unit) + len(edge)]),
            age=np.zeros(1, dtype=np.int64),
            share=np.ones(1),
        )

    def __len__(self) -> int:
        return len(self.box)

    @cached_property
    def load(self) -> Ints:
        """`(t,)` separators and edges that are left."""
        separators = self.rest.tile[: self.rest.n_separators]
        load: Ints = np.bincount(separators, minlength=len(self))
        return load + np.bincount(self.edge_tile, minlength=len(self))

    def are_last(self, view: View) -> Bools:
        """`(t,)` whether a tile is looked at closely, not divided."""
        small = _sides(self.box, view).max(axis=1) < LEAST_SIDE
        hopeless = self.age >= PATIENCE * np.log2(np.maximum(self.load, 1) / FEW)
        last: Bools = (self.load <= FEW) | hopeless | small
        return last | self._meet_in_one_corner(~last & (self.age > 0) & (self.load <= CROWD), view)

    def _meet_in_one_corner(self, asked: Bools, view: View) -> Bools:
        """`(t,)` whether all lines but `FEW` pass through one corner of the shape.

        It is the corner in which most edges end. Each of these lines meets the others nowhere else.
        """
        edges = np.flatnonzero(asked[self.edge_tile])
        ends, stride = view.ends[self.edge[edges]], int(view.ends.max(initial=0)) + 1
        keys = self.edge_tile[edges, np.newaxis] * stride + ends
        keys, count = np.unique(keys, return_counts=True)
        corner = np.full(len(self), -1)
        tile, end = np.divmod(keys[np.argsort(count, kind="stable")], stride)
        corner[tile] = end
        rest = self.rest
        separators = np.flatnonzero(asked[rest.tile[: rest.n_separators]])
        tile = np.concatenate([rest.tile[separators], self.edge_tile[edges]])
        line = view.separator_line[rest.separators[separators]]
        line = np.concatenate([line, view.edge_line[self.edge[edges]]])
        through = np.bincount(tile, view.end_in(line, corner[tile]), minlength=len(self))
        return asked & (self.load - through <= FEW)

    def take(self, chosen: Bools) -> Tiles:
        """Some of the tiles."""
        if chosen.all():
            return self
        number = np.cumsum(chosen) - 1
        edges = chosen[self.edge_tile]
        return Tiles(
            box=self.box[chosen],
            rest=copies(self.rest, chosen.astype(np.int64)),
            edge=self.edge[edges],
            edge_tile=number[self.edge_tile[edges]],
            mark=self.mark[chosen],
            age=self.age[chosen],
            share=self.share[chosen],
        )

    def parts(self, weight: Ints, most: int) -> Iterator[Tiles]:
        """The tiles in parts of at most about a given weight, as far as single tiles allow."""
        part = np.cumsum(weight) // most
        for number in np.unique(part):
            yield self.take(part == number)


def divided(tiles: Tiles, view: View) -> tuple[Tiles, int]:
    """The halves of tiles, without those on which the network is constant and which no edge meets.

    Returns:
        Them, and how many were left out.
    """
    rest, rows = tiles.rest, np.arange(len(tiles))[:, np.newaxis]
    box = np.concatenate([_halves(tiles.box, axis) for axis in (0, 1)], axis=1)
    states = propagate(rest, _known(box, rest, view))
    meets = _meets(box, tiles, view)
    halves = 2 * _axes(tiles, view, states, meets)[:, np.newaxis] + (0, 1)
    box = box[rows, halves]
    states = np.take_along_axis(states, halves[rest.tile], axis=1)
    edge, half = np.nonzero(np.take_along_axis(meets, halves[tiles.edge_tile], axis=1))
    left = rest.answers(states)[:, 0] == OPEN
    left[tiles.edge_tile[edge], half] = True
    number = np.cumsum(left).reshape(left.shape) - 1
    parent = np.nonzero(left)[0]
    found = Tiles(
        box=box[left],
        rest=remaining(rest, states, left),
        edge=tiles.edge[edge],
        edge_tile=number[tiles.edge_tile[edge], half],
        mark=tiles.mark[parent],
        age=tiles.age[parent] + 1,
        share=tiles.share[parent],
    )
    return _judged(found, parent), left.size - len(found)


def _judged(found: Tiles, parent: Ints) -> Tiles:
    """New tiles with their marks, their ages, and their shares of what their parent stood for."""
    success = found.load <= SUCCESS * found.mark
    whole = np.bincount(parent, found.load, minlength=1)[parent]
    return replace(
        found,
        mark=np.where(success, found.load, found.mark),
        age=np.where(success, 0, found.age),
        share=found.share * found.load / np.maximum(whole, 1),
    )


def _sides(box: Floats, view: View) -> Floats:
    """`(t, 2)` the sides of tiles, in those of the chart's first tile."""
    sides: Floats = (box[:, 2:] - box[:, :2]) / (view.root[2:] - view.root[:2])
    return sides


def _halves(box: Floats, axis: int) -> Floats:
    """`(t, 2, 4)` the boxes cut in the middle of one of their sides."""
    cut = (box[:, axis] + box[:, 2 + axis]) / 2
    halves = np.stack([box, box], axis=1)
    halves[:, 0, 2 + axis] = cut
    halves[:, 1, axis] = cut
    return halves


def _axes(tiles: Tiles, view: View, states: States, meets: Bools) -> Ints:
    """`(t,)` across which axis to cut, given `(size, 4)` and `(e, 4)` what either way leaves."""
    rest, rows = tiles.rest, np.arange(len(tiles))
    owner = rest.tile[: rest.n_separators]
    open_ = states[: rest.n_separators] == OPEN
    open_ &= (rest.answers(states)[:, 0] == OPEN)[owner]
    loads = [
        np.bincount(owner, open_[:, half], minlength=len(tiles))
        + np.bincount(tiles.edge_tile, meets[:, half], minlength=len(tiles))
        for half in range(4)
    ]
    load = np.stack([loads[0] + loads[1], loads[2] + loads[3]], axis=1)
    sides = _sides(tiles.box, view)
    longer: Ints = np.argmax(sides, axis=1)
    other = load[rows, 1 - longer] < GAIN * load[rows, longer]
    other &= sides[rows, 1 - longer] > LEAST_SIDE
    return np.where(other, 1 - longer, longer)


def _known(box: Floats, rest: Remainder, view: View) -> States:
    """`(s, k)` what is known of the separators on boxes, `(t, k, 4)`."""
    separator = rest.separators
    forms = view.forms.near[view.separator_line[separator]]
    signs = _signs_on(forms, box[rest.tile[: len(separator)]])
    signs *= view.separator_side[separator, np.newaxis]
    return np.where(signs == 0, OPEN, signs > 0).astype(np.int8)


def _meets(box: Floats, tiles: Tiles, view: View) -> Bools:
    """`(e, k)` whether edges may meet the boxes, `(t, k, 4)`, of their tiles.

    A segment and a box are apart exactly if they are along an axis or across the segment.
    """
    box = box[tiles.edge_tile]
    own = view.edge_box[tiles.edge, np.newaxis]
    apart = (own[..., 2:] < box[..., :2]) | (own[..., :2] > box[..., 2:])
    across = _signs_on(view.forms.near[view.edge_line[tiles.edge]], box)
    meets: Bools = (across == 0) & ~apart.any(axis=2)
    return meets


def _signs_on(forms: Floats, box: Floats) -> Signs:
    """`(n, k)` the sign of forms `(n, 3)` on all of a box `(n, k, 4)`; 0 where it may change."""
    center, reach = (box[..., :2] + box[..., 2:]) / 2, (box[..., 2:] - box[..., :2]) / 2
    a, b, c = forms.T[..., np.newaxis]
    middle = a * center[..., 0] + b * center[..., 1] + c
    a, b = np.abs(a), np.abs(b)
    change = a * reach[..., 0] + b * reach[..., 1]
    off = OFF * (a * np.abs(center[..., 0]) + b * np.abs(center[..., 1]) + change + np.abs(c))
    sure = np.abs(middle) > change + off
    return np.where(sure, np.where(middle > 0, 1, -1), 0).astype(np.int8)
