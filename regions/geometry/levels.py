"""Levels: heights in a direction in which no chord is level, for counting along rays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, count

from regions.geometry.outline import Loop
from regions.geometry.pieces import Piece
from regions.geometry.polynomials import Polynomial, X, Y, exact
from regions.geometry.segments import Pair


@dataclass(frozen=True)
class Level:
    """The height of a vertex.

    Attributes:
        line: Positive above the vertex, 0 at its height.
        strict: Whether it is a highest point of its loop, so that what is as high counts as below.
    """

    line: Polynomial
    strict: bool


@dataclass(frozen=True)
class Crossing:
    """A chord between two heights: a ray crosses it from points between them, on one side of it.

    Attributes:
        piece: Whose chord.
        rises: Whether it goes up.
        start: Height of its first point.
        end: Of its last.
    """

    piece: Piece
    rises: bool
    start: Level
    end: Level


def crossings(loops: Sequence[Loop]) -> list[Crossing]:
    """Every chord of the loops, with the heights of its ends.

    A ray from a point crosses a chord if the point's height lies between its ends': above the lower
    one or as high, not above the higher one nor as high. So each vertex is passed by both its
    chords at once. Where both are below it, what is as high as the vertex counts as below, so that
    the vertex itself is between their ends too.
    """
    up = _direction(chain.from_iterable(loops))
    found: list[Crossing] = []
    for loop in loops:
        rises = [_rise(up, piece) > 0 for piece in loop]
        levels = [
            Level(_above(up, piece.start), before and not rise)
            for piece, before, rise in zip(loop, [rises[-1], *rises], rises, strict=False)
        ]
        ends = [*levels[1:], levels[0]]
        found += map(Crossing, loop, rises, levels, ends)
    return found


def most_turns(loops: Sequence[Loop]) -> int:
    """An odd bound of the winding numbers of loops together: their total turning, in full turns.

    A loop that winds n times about a point has n highest points or more, whatever direction is up;
    and their number, averaged over all directions, is the total turning over 2 pi.
    """
    most = sum(math.floor(_turning(loop) / math.tau + 0.01) for loop in loops)
    return most + 1 - most % 2


def _turning(loop: Loop) -> float:
    """Of all pieces, and from each to the next."""
    total = 0.0
    for piece, after in zip(loop, [*loop[1:], loop[0]], strict=True):
        (ax, ay), (bx, by) = piece.directions[1], after.directions[0]
        total += piece.turning + abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by))
    return total


def _direction(pieces: Iterable[Piece]) -> tuple[int, int]:
    """In which each chord rises or falls: small integers, upwards where that serves."""
    chords = [(piece.start, piece.end) for piece in pieces]
    steps = (vector for size in count() for vector in ((size, 1), (-size, 1), (1, size)))
    return next(up for up in steps if all(_height(up, a) != _height(up, b) for a, b in chords))


def _rise(up: tuple[int, int], piece: Piece) -> Fraction:
    return _height(up, piece.end) - _height(up, piece.start)


def _height(up: tuple[int, int], point: Pair) -> Fraction:
    x, y = exact(point)
    return up[0] * x + up[1] * y


def _above(up: tuple[int, int], vertex: Pair) -> Polynomial:
    x, y = exact(vertex)
    return up[0] * (X - x) + up[1] * (Y - y)
