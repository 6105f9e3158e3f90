"""Paths whose contours meet: the winding number counted along rays, and then the fill rule.

A ray from a point crosses a chord if the point's level lies between those of the chord's ends. Each
chord crossed upwards counts 1 if the point lies on its left, each crossed downwards -1 if the point
does not; the lenses correct that for curves. The rays' direction is one in which no chord is level.

The border belongs to the region. A point on a piece counts as on its left, which has the higher
winding number of the two sides; for that, the level of a vertex belongs to the chords below it
where both its chords are below it, and to those above otherwise. What lies to the right of the
border is found by following the path backwards: the lower winding number, its sign changed. By the
even-odd rule a point counts if an odd number lies from the lower to the higher one. On no border
the two are one; where borders cross or run along each other, both may be even, with one between.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import numpy as np

from regions.compiler.boundary import half_planes
from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.lenses import LensMaker, Tally
from regions.compiler.separators import SeparatorPool
from regions.errors import Problem, SpecError
from regions.geometry.frame import lattice_step
from regions.geometry.levels import Crossing, Level, crossings, most_turns
from regions.geometry.outline import Fill, Loop, backwards
from regions.network.names import Label, Names

MOST_PIECES = 1024
"""Of a path whose contours meet: all may meet all, and the reference has to find out where."""


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

    Raises:
        SpecError: There are too many pieces.
    """
    pieces = sum(map(len, loops))
    if pieces > MOST_PIECES:
        what = f"contours of the path {name} meet themselves or one another, and it has {pieces:,}"
        right = f"pieces; at most {MOST_PIECES:,} are counted then: part the contours, or the path"
        raise SpecError([Problem(f"{what} {right}")])
    most = most_turns(loops)
    ways = [f"{name}.forwards", f"{name}.backwards"]
    higher, lower = (
        _Count(way, path, builder, pool).tally
        for way, path in zip((loops, [backwards(loop) for loop in loops]), ways, strict=True)
    )
    if fill == "nonzero":
        inside = [
            tally.at_least(1, builder, Label(path))
            for tally, path in zip((higher, lower), ways, strict=True)
        ]
        return builder.disjunction(inside, Label(name))
    inside = []
    for number in range(-most, most + 1, 2):
        between = [
            tally.at_least(bound, builder, Label(f"{path}.reached", bound + most))
            for tally, path, bound in zip((higher, lower), ways, (number, -number), strict=True)
        ]
        inside.append(builder.conjunction(between))
    return builder.disjunction(inside, Label(name))


class _Count:
    """Adds the terms of a winding number."""

    def __init__(
        self, loops: Sequence[Loop], name: str, builder: FormulaBuilder, pool: SeparatorPool
    ) -> None:
        self.tally = Tally()
        self._name, self._builder, self._pool = name, builder, pool
        self._levels, self._terms = count(), count()
        lenses = LensMaker(name, builder, pool)
        found = crossings(loops)
        for crossing, side in zip(found, self._sides(found), strict=True):
            self._add(crossing, side)
            lenses.add(crossing.piece, side, self.tally)

    def _sides(self, found: Sequence[Crossing]) -> list[int]:
        """The signal of the left side of each chord."""
        ends = np.array([[crossing.piece.start, crossing.piece.end] for crossing in found])
        unit = self._pool.frame.to_unit(ends)
        step = lattice_step(unit.reshape(-1, 2))
        weights, bias, exactly = half_planes(unit[:, 0], unit[:, 1], step)
        numbers = np.arange(len(found))
        names = Names((f"{self._name}.chord",), np.zeros_like(numbers), numbers)
        added = self._pool.add_lines(weights, bias, ends, names, exactly)
        return [literal(number) for number in added.tolist()]

    def _add(self, crossing: Crossing, side: int) -> None:
        start, end = self._above(crossing.start), self._above(crossing.end)
        rises = crossing.rises
        inputs = [start, end ^ 1, side] if rises else [end, start ^ 1, side ^ 1]
        label = Label(f"{self._name}.crossing", next(self._terms))
        term = self._builder.conjunction(inputs, label)
        (self.tally.more if rises else self.tally.less).append(term)

    def _above(self, level: Level) -> int:
        """Whether a point is at a level or above it; above it, if it is strict."""
        line = -level.line if level.strict else level.line
        label = Label(f"{self._name}.level", next(self._levels))
        return literal(self._pool.add_polynomial(line.coprime(), label), not level.strict)
