"""Where a line crosses all others, in exact order.

Positions along the line are quotients in doubles with error bounds. Where two bounds overlap the
integers decide, so that lines through one point are found together, and nothing is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, cmp_to_key
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.signs import Forms, Places, crossings, signs_at, turns
from regions.geometry.quotients import quotient

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Signs: TypeAlias = NDArray[np.int8]

ROUNDED = 2.0**-53

FAR = 2.0**1000
"""Positions beyond this count as here, so that none overflows: then the integers decide."""


@dataclass(frozen=True, eq=False)
class Crossings:
    """The points in which a line crosses others, from its one end to the other.

    A line runs towards greater x, a steep one towards greater y.

    Attributes:
        lines: `(k,)` the lines it crosses, in order.
        start: `(p + 1,)` where those through each of the p points begin.
        before: `(n,)` the sign of each line at the beginning, 0 for the line itself.
        after: `(n,)` the same at the end.
        way: 1 if it runs in the direction (b, -a), or -1.
    """

    lines: Ints
    start: Ints
    before: Signs
    after: Signs
    way: int

    @cached_property
    def least(self) -> Ints:
        """`(p,)` the first line through each point, this one left out."""
        if not len(self.lines):
            return self.lines
        least: Ints = np.minimum.reduceat(self.lines, self.start[:-1])
        return least


def crossings_along(forms: Forms, line: int) -> Crossings:
    """Cross a line with all others.

    Args:
        forms: All lines, each once.
        line: Which of them.
    """
    whole: tuple[int, int, int] = tuple(forms.exact(np.array([line]))[0].tolist())
    a, b, _ = whole
    steep = abs(a) > abs(b)
    way = 1 if (-a if steep else b) > 0 else -1
    own = forms.take(np.full(len(forms.near), line))
    turn = turns(own, forms)
    # Along (b, -a) the value of (A, B, C) changes by A*b - B*a.
    after = (-way * turn).astype(np.int8)
    parallel = np.flatnonzero(turn == 0)
    point = _on_axis(forms.near[line], whole, steep, len(parallel))
    after[parallel] = signs_at(forms.take(parallel), point)
    after[line] = 0
    crossed = np.flatnonzero(turn)
    order, start = _in_order(crossings(own, forms, turn).take(crossed), 1 if steep else 0)
    before = np.where(turn == 0, after, -after).astype(np.int8)
    return Crossings(crossed[order], start, before, after, way)


def _on_axis(near: Floats, whole: tuple[int, int, int], steep: bool, count: int) -> Places:
    """Where a line crosses the y-axis, a steep one the x-axis, `count` times."""
    first, last = (0, 2) if steep else (1, 2)
    sign = 1 if whole[first] > 0 else -1
    rounded, exact = np.zeros((count, 3)), np.zeros((count, 3), dtype=object)
    for table, form in ((rounded, near), (exact, whole)):
        table[:, first], table[:, last] = -form[2] * sign, form[first] * sign
    return Places(rounded, ROUNDED * np.abs(rounded), exact.__getitem__)


def _in_order(places: Places, axis: int) -> tuple[Ints, Ints]:
    """The rows of places on one line in the order of a coordinate, and where equal ones begin."""
    at, off = _positions(places, axis)
    order = np.argsort(at, kind="stable")
    low, high = (at - off)[order], (at + off)[order]
    least = np.minimum.accumulate(low[::-1])[::-1]
    unsure = np.flatnonzero(np.maximum.accumulate(high)[:-1] >= least[1:])
    apart = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    if len(unsure):
        exact = _Exact.of(places, axis, np.unique(order[[unsure, unsure + 1]]))
        for run in np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1):
            rows = np.arange(run[0], run[-1] + 2)
            order[rows] = exact.ordered(order[rows].tolist())
            apart[run] = [exact.compare(*pair) != 0 for pair in order[[run, run + 1]].T.tolist()]
    bounds = np.flatnonzero(apart) + 1
    start = np.concatenate([[0], bounds, [len(order)]]) if len(order) else np.zeros(1)
    return order, start.astype(np.int64)


def _positions(places: Places, axis: int) -> tuple[Floats, Floats]:
    """A coordinate of places, and bounds on its errors."""
    error = np.broadcast_to(places.error, places.near.shape)
    above, below = places.near[:, axis], places.near[:, 2]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        at = above / below
        off = (error[:, axis] + np.abs(at) * error[:, 2]) / (below - 2 * error[:, 2])
        off = 2 * off + 4 * ROUNDED * np.abs(at)
    # Lines that are nearly parallel: the quotient of the integers, rounded once.
    lost = np.flatnonzero(~((below > 4 * error[:, 2]) & (off < FAR)))
    if len(lost):
        exact = [quotient(row[axis], row[2]) for row in places.exact(lost).tolist()]
        at[lost] = np.clip(exact, -FAR, FAR)
        off[lost] = 2 * ROUNDED * np.abs(at[lost]) + 2.0**-1070
    return np.clip(at, -FAR, FAR), off


@dataclass(frozen=True)
class _Exact:
    """Coordinates of some places as quotients of integers.

    Attributes:
        quotients: By row: the coordinate's, the denominator positive.
    """

    quotients: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, places: Places, axis: int, rows: Ints) -> _Exact:
        exact = places.exact(rows)[:, [axis, 2]].tolist()
        return cls({row: (p, q) for row, (p, q) in zip(rows.tolist(), exact, strict=True)})

    def compare(self, first: int, second: int) -> int:
        """The sign of the first less the second."""
        (p, q), (r, s) = self.quotients[first], self.quotients[second]
        left, right = p * s, r * q
        return (left > right) - (left < right)

    def ordered(self, rows: list[int]) -> list[int]:
        """Rows in ascending order, those that are equal in ascending order themselves."""
        return sorted(sorted(rows), key=cmp_to_key(self.compare))
