"""How often curves wind round points, and which points lie near them.

A ray from a point towards larger x crosses a piece that rises from y_low to y_high if
`y_low <= y < y_high` and the point lies left of it (Hormann and Agathos, "The point in polygon
problem for arbitrary polygons", 2001). Neighbouring pieces share their ends, so none is counted
twice or missed, and rounded ends do harm only to points beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from regions.geometry.curves import Floats, Ints
from regions.geometry.monotone import Bools, Monotone
from regions.geometry.predicates import orientation

PAIRS = 2**18
"""Pairs of a piece and a point that are judged at once: some 50 MB."""

HALVINGS = 64
"""Of a piece's parameter: more than a double can tell apart."""


@dataclass(frozen=True, eq=False)
class Winding:
    """What is known of some points, `(n,)` each.

    Attributes:
        number: How often the curves wind round each, counter-clockwise. Of a point on a straight
            piece: round those on its right, or above it if it is level.
        other: The same on the other side of that piece.
        on: Whether it lies on a straight piece, exactly.
        near: Whether no number is sure: a curve comes too near, or straight pieces end here.
    """

    number: Ints
    other: Ints
    on: Bools
    near: Bools


def winding_numbers(every: Iterable[Monotone], points: Floats, margin: float = 0.0) -> Winding:
    """Of points, with respect to all pieces together.

    Args:
        every: The pieces of closed contours.
        points: `(n, 2)`.
        margin: With 0, points are near a curve within its own rounding, and straight pieces are
            told exactly. Otherwise all pieces count as near that come so near in x and in y.
    """
    count = len(points)
    number, step = np.zeros((2, count), dtype=np.int64)
    on, near = np.zeros((2, count), dtype=np.bool_)
    for pieces in every:
        reach = pieces.errors + margin
        for piece, point in _pairs(pieces, points, reach):
            side, touched, corner = _told(pieces, piece, points[point], reach[piece], margin == 0)
            near[point[(side == 0) | corner]] = True
            on[point[touched]] = True
            along = touched & ~corner
            step += _total(_jump(pieces, piece[along]), point[along], count)
            y, ends = points[point, 1], pieces.ends[piece, :, 1]
            crossed = (side > 0) & (ends[:, 0] <= y) & (y < ends[:, 1])
            number += _total(pieces.winding[piece[crossed]], point[crossed], count)
    return Winding(number, number + step, on, near)


def _told(
    pieces: Monotone, piece: Ints, points: Floats, reach: Floats, exactly: bool
) -> tuple[Ints, Bools, Bools]:
    """Sides as in `_sides`; whether points lie on straight pieces, and in the ends of these.

    These are told if it is to be done exactly: then no straight piece is in reach of a point. On
    it counts as right of it; in its line, beyond its ends, either side will do.
    """
    side = _sides(pieces, piece, points, reach)
    touched, corner = np.zeros((2, len(piece)), dtype=np.bool_)
    unsure = np.flatnonzero((side == 0) & pieces.straight[piece] & exactly)
    ends, here = pieces.ends[piece[unsure]], points[unsure]
    within = (ends.min(axis=1) <= here) & (here <= ends.max(axis=1))
    exact = orientation(ends[:, 0], ends[:, 1], here)
    side[unsure] = np.where(exact == 0, -1, exact)
    touched[unsure] = (exact == 0) & within.all(axis=1)
    corner[unsure] = (ends == here[:, np.newaxis]).all(axis=2).any(axis=1)
    return side, touched, corner


def _jump(pieces: Monotone, piece: Ints) -> Ints:
    """By how much the number is larger on the left of a straight piece, or below it."""
    along = pieces.ends[piece, 1, 0] - pieces.ends[piece, 0, 0]
    winding = pieces.winding[piece]
    jump: Ints = np.where(winding == 0, -np.sign(along).astype(np.int64), winding)
    return jump


def _total(winding: Ints, point: Ints, count: int) -> Ints:
    total: Ints = np.rint(np.bincount(point, weights=winding, minlength=count)).astype(np.int64)
    return total


def _pairs(pieces: Monotone, points: Floats, reach: Floats) -> Iterator[tuple[Ints, Ints]]:
    """Pieces and the points of their heights, those far to the right left out."""
    order = np.argsort(points[:, 1], kind="stable")
    y = points[order, 1]
    first = np.searchsorted(y, pieces.ends[:, 0, 1] - reach, side="left")
    count = np.searchsorted(y, pieces.ends[:, 1, 1] + reach, side="right") - first
    right = pieces.ends[:, :, 0].max(axis=1, initial=-np.inf) + reach
    chunk = (np.cumsum(count) - count) // PAIRS
    for part in np.split(np.arange(len(chunk)), np.flatnonzero(np.diff(chunk)) + 1):
        piece = np.repeat(part, count[part])
        before = np.cumsum(count[part]) - count[part]
        point = order[np.arange(len(piece)) + np.repeat(first[part] - before, count[part])]
        seen = points[point, 0] <= right[piece]
        yield piece[seen], point[seen]


def _sides(pieces: Monotone, piece: Ints, points: Floats, reach: Floats) -> Ints:
    """`(n,)` 1 where a point lies left of a piece, -1 right of it, 0 where the piece is in reach.

    The plane is turned over where a piece falls towards larger x, so that x and y rise together.
    A point that is right of one point of the piece and below it is then farther than the reach from
    all of it. Otherwise one half of the piece can be left out: all of it is farther.
    """
    ends, turns = pieces.ends[piece], pieces.turns[piece]
    turned = np.where(ends[:, 1, 0] < ends[:, 0, 0], -1, 1)

    def compared(pairs: Ints, here: Floats) -> Floats:
        """`(2, k)` signs of x and y of the points as seen from others; 0 within reach."""
        away = points[pairs] - here
        away[:, 0] *= turned[pairs]
        away[np.abs(away) <= reach[pairs, np.newaxis]] = 0
        return np.sign(away).T

    side = np.zeros(len(piece), dtype=np.int64)
    across, up = compared(np.arange(len(piece)), ends[:, 0])
    before = (across < 0) | (up < 0)
    right, over = compared(np.arange(len(piece)), ends[:, 1])
    after = ((right > 0) | (over > 0)) & ~before
    side[before] = np.where((across > 0) & (up < 0), -1, 1)[before] * turned[before]
    side[after] = np.where((right < 0) & (over > 0), 1, -1)[after] * turned[after]
    met = ((across == 0) & (up == 0)) | ((right == 0) & (over == 0))
    rest = np.flatnonzero(~(before | after | met))
    for _ in range(HALVINGS):
        if not len(rest):
            break
        middle = turns[rest].mean(axis=1)
        across, up = compared(rest, pieces.curves.at(pieces.curve[piece[rest]], middle))
        opposed = across * up < 0
        side[rest[opposed]] = (up * turned[rest])[opposed]
        beyond = across + up > 0
        turns[rest[beyond], 0] = middle[beyond]
        turns[rest[~beyond], 1] = middle[~beyond]
        rest = rest[~opposed & ((across != 0) | (up != 0))]
    return side
