"""Threshold units that grow: `a AND (b OR c)` is `2a + b + c >= 3`.

Law. Let a unit be `sum w x >= t`, all weights positive, with total W. Then

    unit AND y1 AND ... AND yk   is   sum w x + s (y1 + ... + yk) >= t + k s   with s = W - t + 1,
    unit OR  y1 OR  ... OR  yk   is   sum w x + t (y1 + ... + yk) >= t.

For the AND: if a y is missing the sum is at most `W + (k - 1) s = t + k s - 1`; if none is, it is
the unit that decides. For the OR: one y suffices; without any the unit decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from regions.compiler.circuit import ThresholdGate
from regions.compiler.formula import Kind


class Threshold(NamedTuple):
    """`sum weights x >= threshold` over signals (`2 * node + negated`), all weights positive.

    Attributes:
        signals: What it reads; one may stand twice.
        weights: One for each.
        total: Their sum.
        threshold: What must be reached.
    """

    signals: list[int]
    weights: list[int]
    total: int
    threshold: int

    @staticmethod
    def of(kind: Kind, signals: Sequence[int]) -> Threshold:
        """A plain AND or OR."""
        count = len(signals)
        return Threshold([*signals], [1] * count, count, count if kind == "and" else 1)

    def negated(self) -> Threshold:
        """The unit that fires where this does not: `sum w (1 - x) >= W - t + 1`."""
        flipped = [signal ^ 1 for signal in self.signals]
        return Threshold(flipped, self.weights, self.total, self.total - self.threshold + 1)

    def weight_beside(self, kind: Kind) -> int:
        """What each input weighs that joins the unit by AND, or by OR."""
        return self.total - self.threshold + 1 if kind == "and" else self.threshold

    def joined(self, kind: Kind, before: Sequence[int], after: Sequence[int] = ()) -> Threshold:
        """This unit AND, or OR, further signals, which stand before and after its own."""
        weight, others = self.weight_beside(kind), len(before) + len(after)
        return Threshold(
            signals=[*before, *self.signals, *after],
            weights=[weight] * len(before) + self.weights + [weight] * len(after),
            total=self.total + others * weight,
            threshold=self.threshold + (others * weight if kind == "and" else 0),
        )

    def signed(self, number: Mapping[int, int] | None = None) -> ThresholdGate:
        """With nodes for inputs: `w (1 - x)` is a weight of -w, and moves w to the threshold.

        Args:
            number: New numbers of gates, where these change.
        """
        weights: dict[int, int] = {}
        threshold = self.threshold
        for signal, weight in zip(self.signals, self.weights, strict=True):
            node = signal >> 1
            if number is not None and node >= 0:
                node = number[node]
            if signal & 1:
                weight, threshold = -weight, threshold - weight
            weights[node] = weights.get(node, 0) + weight
        if 0 in weights.values():
            weights = {node: weight for node, weight in weights.items() if weight}
        return ThresholdGate(tuple(weights), tuple(weights.values()), threshold)
