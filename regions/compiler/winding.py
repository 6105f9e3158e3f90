"""Paths whose contours meet: the winding number counted along rays, and then the fill rule.

A ray from a point crosses a chord if the point's level lies between those of the chord's ends. Each
chord crossed upwards counts 1 if the point lies on its left, each crossed downwards -1 if the point
does not; the lenses correct that for curves. The rays' direction is one in which no chord is level.

The border belongs to the region. A point on a piece counts as on its left, which has the higher
winding number of the two sides; for that, the level of a vertex belongs to the chords below it
where both its chords are below it, and to those above otherwise. What lies to the right of the
border is found by following the path backwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count

import numpy as np

from regions.compiler.boundary import half_planes
from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.lenses import LensMaker, Tally
from regions.compiler.outline import Loop, backwards
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import lattice_step
from regions.geometry.pieces import Piece, exact
from regions.geometry.polynomials import Polynomial, X, Y
from regions.network.names import Label, Names
from regions.shape.model import Fill


def filled(
    loops: Sequence[Loop], fill: Fill, name: str, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add a path; returns the signal of its region.

    Args:
        loops: Closed chains of pieces, whatever they meet.
        fill: How winding numbers tell inside from outside.
        name: First part of the names of its units.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    most = sum(_most_turns(loop) for loop in loops)
    ways = (("forwards", loops), ("backwards", [backwards(loop) for loop in loops]))
    inside = []
    for word, way in ways:
        path = f"{name}.{word}"
        tally = _Count(way, path, builder, pool).tally
        if fill == "nonzero":
            inside.append(tally.at_least(1, builder, Label(path)))
            continue
        for number in range(1 - most - most % 2, most + 1, 2):
            reached, passed = (
                tally.at_least(n, builder, Label(f"{path}.reached", n + most))
                for n in (number, number + 1)
            )
            inside.append(builder.conjunction([reached, passed ^ 1]))
    return builder.disjunction(inside, Label(name))


def _most_turns(loop: Loop) -> int:
    """A bound of the winding number: the loop's total turning, in full turns.

    A loop that winds n times about a point has n highest points or more, whatever direction is up;
    and their number, averaged over all directions, is the total turning over 2 pi.
    """
    total = 0.0
    for piece, after in zip(loop, [*loop[1:], loop[0]], strict=True):
        (ax, ay), (bx, by) = piece.directions[1], after.directions[0]
        total += piece.turning + abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by))
    return math.floor(total / math.tau + 0.01)


class _Count:
    """Adds the terms of a winding number."""

    def __init__(
        self, loops: Sequence[Loop], name: str, builder: FormulaBuilder, pool: SeparatorPool
    ) -> None:
        self.tally = Tally()
        self._name, self._builder, self._pool = name, builder, pool
        self._levels, self._terms = count(), count()
        self._up = _direction([piece for loop in loops for piece in loop])
        lenses = LensMaker(name, builder, pool)
        sides = self._sides([piece for loop in loops for piece in loop])
        for loop in loops:
            self._add(loop, sides, lenses)

    def _sides(self, pieces: Sequence[Piece]) -> Iterator[int]:
        """The signal of the left side of each chord."""
        ends = np.array([[piece.start, piece.end] for piece in pieces])
        unit = self._pool.frame.to_unit(ends)
        step = lattice_step(unit.reshape(-1, 2))
        weights, bias, exactly = half_planes(unit[:, 0], unit[:, 1], step)
        numbers = np.arange(len(pieces))
        names = Names((f"{self._name}.chord",), np.zeros_like(numbers), numbers)
        return map(literal, self._pool.add_lines(weights, bias, ends, names, exactly).tolist())

    def _add(self, loop: Loop, sides: Iterator[int], lenses: LensMaker) -> None:
        rises = [self._rises(piece) for piece in loop]
        above = [
            self._above(piece.start, highest=before and not rise)
            for piece, before, rise in zip(loop, [rises[-1], *rises], rises, strict=False)
        ]
        for piece, rise, low, high in zip(loop, rises, above, [*above[1:], above[0]], strict=True):
            side = next(sides)
            inputs = [low, high ^ 1, side] if rise else [high, low ^ 1, side ^ 1]
            label = Label(f"{self._name}.crossing", next(self._terms))
            term = self._builder.conjunction(inputs, label)
            (self.tally.more if rise else self.tally.less).append(term)
            lenses.add(piece, side, self.tally)

    def _rises(self, piece: Piece) -> bool:
        return _height(self._up, piece) > 0

    def _above(self, vertex: tuple[float, float], highest: bool) -> int:
        """Whether a point is at a vertex's level or above it; above it, at a highest one."""
        a, b = self._up
        x, y = exact(vertex)
        level: Polynomial = a * (X - x) + b * (Y - y)
        primitive, sign = level.primitive()
        label = Label(f"{self._name}.level", next(self._levels))
        if highest:
            return literal(self._pool.add_polynomial(-sign * primitive, label), positive=False)
        return literal(self._pool.add_polynomial(sign * primitive, label))


def _direction(pieces: Sequence[Piece]) -> tuple[int, int]:
    """A direction in which each chord rises or falls: small integers, upwards where that serves."""
    steps = (vector for size in count() for vector in ((size, 1), (-size, 1), (1, size)))
    return next(up for up in steps if all(_height(up, piece) for piece in pieces))


def _height(up: tuple[int, int], piece: Piece) -> Fraction:
    """By how much a chord rises."""
    (sx, sy), (ex, ey) = exact(piece.start), exact(piece.end)
    return up[0] * (ex - sx) + up[1] * (ey - sy)
