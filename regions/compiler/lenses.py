"""Lenses: what lies between a curve and its chord, as signals.

A piece that turns left bulges over its chord, to the right of it; one that turns right cuts in, to
the left. With q the conic's polynomial, positive on the chord's side of the curve, and h the signal
of the chord's left side, which its line is part of:

    outward lens   H(q) AND NOT h          adds 1 to the winding number
    inward lens    NOT H(-q) AND h         takes 1 from it

The curve itself counts as its own left side: it is part of the outward lens, not of the inward one.
"""

from __future__ import annotations

from itertools import count

from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.separators import SeparatorPool
from regions.geometry.pieces import Chord, ConicArc, EllipseArc, Piece
from regions.geometry.polynomials import Polynomial
from regions.network.names import Label


class Tally:
    """What adds to a winding number, and what takes from it.

    Attributes:
        more: Signals that count 1.
        less: Signals that count -1.
    """

    def __init__(self) -> None:
        self.more: list[int] = []
        self.less: list[int] = []

    def at_least(self, number: int, builder: FormulaBuilder, label: Label) -> int:
        """Whether the sum is so large: a signal counts -1 as its negation counts 1, less 1."""
        negated = [signal ^ 1 for signal in self.less]
        return builder.at_least(number + len(negated), [*self.more, *negated], label)


class LensMaker:
    """Adds lenses under one name."""

    def __init__(self, name: str, builder: FormulaBuilder, pool: SeparatorPool) -> None:
        self._name = name
        self._builder = builder
        self._pool = pool
        self._curves = count()
        self._lenses = count()

    def inside(self, piece: ConicArc | EllipseArc) -> int:
        """Whether a point lies on the inner side of a curve, or on it."""
        return self._at_least_zero(piece.curve)

    def outside(self, piece: ConicArc | EllipseArc) -> int:
        """Whether a point lies on the outer side of a curve, or on it."""
        return self._at_least_zero(-piece.curve)

    def add(self, piece: Piece, left: int, tally: Tally) -> None:
        """Count the lens of a curve.

        Args:
            piece: A chord has none.
            left: Signal of the left side of its chord.
            tally: Where it counts.
        """
        if isinstance(piece, Chord):
            return
        outward = piece.turn > 0
        inputs = [self.inside(piece), left ^ 1] if outward else [self.outside(piece) ^ 1, left]
        if piece.fence is not None:
            inputs.append(self._at_least_zero(piece.fence))
        lens = self._builder.conjunction(inputs, Label(f"{self._name}.lens", next(self._lenses)))
        (tally.more if outward else tally.less).append(lens)

    def _at_least_zero(self, polynomial: Polynomial) -> int:
        """The literal of a polynomial; multiples of one another are one separator."""
        label = Label(f"{self._name}.curve", next(self._curves))
        return literal(self._pool.add_polynomial(polynomial.coprime(), label))
