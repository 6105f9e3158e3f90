"""A formula's truth, decided exactly: separators as integer lines, gates on many points at once.

A separator drawn through two points is read as the exact line through these two, whatever its
coefficients were rounded to; any other one as what its coefficients say. Doubles are rationals, so
both are lines in integers, in the user's coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from regions.compiler.formula import Formula, is_gate, separator_of
from regions.compiler.passes.walk import reachable
from regions.compiler.separators import Separators
from regions.geometry.arrangement import Line, Signs, integer_line, line_through, undirected
from regions.geometry.frame import Frame

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


class NotStraightError(ValueError):
    """A separator has quadratic terms."""


@dataclass(frozen=True, eq=False)
class HalfPlanes:
    """Closed half-planes over distinct lines; several may share one, in either direction.

    Attributes:
        lines: In the user's coordinates; no two are proportional.
        line: `(n,)` the line of each half-plane.
        side: `(n,)` the sign of that line inside it, 1 or -1.
    """

    lines: tuple[Line, ...]
    line: Ints
    side: Signs

    def fires(self, signs: Signs) -> Bools:
        """`(m, n)` whether points lie in each half-plane, from `(m, len(lines))` signs."""
        found: Bools = signs[:, self.line] * self.side >= 0
        return found


def over_distinct_lines(oriented: Sequence[Line]) -> HalfPlanes:
    """Half-planes given as primitive triples, whose positive sides they are."""
    numbers: dict[Line, int] = {}
    line, side = [], []
    for given in oriented:
        found, sign = undirected(given)
        line.append(numbers.setdefault(found, len(numbers)))
        side.append(sign)
    return HalfPlanes(tuple(numbers), np.array(line, np.int64), np.array(side, np.int8))


def exact_line(separators: Separators, frame: Frame, number: int) -> Line:
    """A separator's line in the user's coordinates, positive where it fires, primitive.

    Raises:
        NotStraightError: It has quadratic terms, or its weights have underflowed.
    """
    x, y, *higher, one = map(Fraction, separators.coefficients[number].tolist())
    if any(higher):
        raise NotStraightError(f"{separators.names[number]} is a curve")
    if not x and not y:
        raise NotStraightError(f"{separators.names[number]} lies beyond the range of doubles")
    if np.isfinite(separators.sources[number]).all():
        start, end = separators.sources[number].tolist()
        return line_through(start, end)
    # The coefficients are those of u = (x - center) * 2^exponent.
    scale = Fraction(2) ** frame.exponent
    a, b = x * scale, y * scale
    right, up = map(Fraction, frame.center)
    return integer_line(a, b, one - a * right - b * up)


def separators_used(formula: Formula) -> list[int]:
    """The separators on which the root depends, ascending."""
    signals = np.append(formula.signals[formula.needed[formula.reader]], formula.root)
    used: list[int] = np.unique(~(signals[signals < 0] >> 1)).tolist()
    return used


def evaluate_formula(formula: Formula, fires: Bools) -> Bools:
    """`(m,)` the formula's truth at m points.

    Args:
        formula: Any.
        fires: `(m, n)` whether each of n separators fires at each point.
    """
    separators = np.asfortranarray(fires).T
    gates: dict[int, Bools] = {}

    def signal_at(signal: int) -> Bools:
        value = gates[signal >> 1] if is_gate(signal) else separators[separator_of(signal)]
        return ~value if signal & 1 else value

    for number in reachable(formula):
        gate = formula.gates[number]
        true = np.zeros(len(fires), dtype=np.int64)
        for signal in gate.inputs:
            true += signal_at(signal)
        gates[number] = true >= gate.least
    return signal_at(formula.root).copy()
