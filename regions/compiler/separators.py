"""The separators of a network under construction: added by the primitives, shared when equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.compiler.formula import Label
from regions.geometry.conics import Quadratic, to_doubles
from regions.geometry.frame import Frame

Floats = NDArray[np.float64]

_COLUMNS = ("x", "y", "xx", "xy", "yy", "one")
_NOWHERE = np.full((2, 2), np.nan)


@dataclass(frozen=True, eq=False)
class Separators:
    """Separators in the frame's coordinates, as arrays.

    Attributes:
        coefficients: `(n, 6)` weights of x, y, x^2, xy, y^2, then the bias.
        sources: `(n, 2, 2)` the points a line was drawn through, user's coordinates, or NaN.
        labels: `(n,)` their names.
        exact: Whether no coefficient was rounded.
    """

    coefficients: Floats
    sources: Floats
    labels: tuple[Label, ...]
    exact: bool


class SeparatorPool:
    """Collects separators; those with equal oriented coefficients are one.

    `H(z)` and `H(-z)` are never merged: on their common line both fire, so neither is the other's
    negation.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._rows: list[Floats] = []
        self._sources: list[Floats] = []
        self._labels: list[Label] = []
        self._numbers: dict[bytes, int] = {}
        self._exact = True

    def add_lines(
        self,
        weights: Floats,
        bias: Floats,
        sources: Floats,
        labels: Sequence[Label],
        exact: bool,
    ) -> list[int]:
        """Add lines given in the frame's coordinates; returns their numbers.

        Args:
            weights: `(n, 2)`.
            bias: `(n,)`.
            sources: `(n, 2, 2)` points in the user's coordinates.
            labels: `(n,)` names, used where a line is new.
            exact: Whether no coefficient was rounded.
        """
        rows = np.zeros((len(bias), len(_COLUMNS)))
        rows[:, :2] = weights
        rows[:, -1] = bias
        self._exact &= exact
        # Adding 0 turns -0.0 into 0.0: equal coefficients shall have equal bytes.
        found = zip(rows + 0.0, sources, labels, strict=True)
        return [self._add(row, source, label) for row, source, label in found]

    def add_quadratic(self, quadratic: Quadratic, label: Label) -> int:
        """Add `quadratic >= 0`, given in the user's coordinates; returns its number."""
        inside = quadratic.within(self.frame)
        row, exact = to_doubles([getattr(inside, column) for column in _COLUMNS])
        self._exact &= exact
        return self._add(np.array(row) + 0.0, _NOWHERE, label)

    def separators(self) -> Separators:
        """What was added so far."""
        return Separators(
            coefficients=np.array(self._rows).reshape(-1, len(_COLUMNS)),
            sources=np.array(self._sources).reshape(-1, 2, 2),
            labels=tuple(self._labels),
            exact=self._exact,
        )

    def _add(self, row: Floats, source: Floats, label: Label) -> int:
        number = self._numbers.setdefault(row.tobytes(), len(self._rows))
        if number == len(self._rows):
            self._rows.append(row)
            self._sources.append(source)
            self._labels.append(label)
        return number
