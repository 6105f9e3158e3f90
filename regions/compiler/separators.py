"""The separators of a network under construction: added by the primitives, shared when equal."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from regions.geometry.arrangement import Line, line_through
from regions.geometry.frame import Frame
from regions.geometry.polynomials import Polynomial, exact
from regions.geometry.predicates import orientation
from regions.geometry.weights import to_doubles
from regions.network.model import monomials
from regions.network.names import Label, NameList, Names

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NOWHERE = np.full((1, 2, 2), np.nan)


@dataclass(frozen=True, eq=False)
class Separators:
    """Separators in the frame's coordinates, as arrays.

    Attributes:
        coefficients: `(n, m + 1)` weights of the monomials in the network's order, x, y, x^2, xy,
            y^2 and so on, then the bias.
        sources: `(n, 2, 2)` the points a line was drawn through, user's coordinates, or NaN.
        names: `(n,)`.
        exact: Whether no coefficient was rounded.
        caps: Numbers of those that only keep rounding within bounds, see `compiler/caps.py`.
    """

    coefficients: Floats
    sources: Floats
    names: Names
    exact: bool
    caps: frozenset[int] = frozenset()


class SeparatorPool:
    """Collects separators; those with equal oriented coefficients are one.

    Rounding gives edges on different lines equal coefficients at times. These stay apart: each
    separator then stands for one line, and the network with these lines is the shape exactly.

    `H(z)` and `H(-z)` are never merged: on their common line both fire, so neither is the other's
    negation.
    """

    def __init__(self, frame: Frame, degree: int = 2) -> None:
        self.frame = frame
        self._unit = Fraction(2) ** -frame.exponent
        self._center = exact(frame.center)
        self._columns = (*monomials(degree), (0, 0))
        self._rows: list[Floats] = [np.empty((0, len(self._columns)))]
        self._sources: list[Floats] = [np.empty((0, 2, 2))]
        self._names = NameList()
        self._numbers: dict[bytes | tuple[bytes, Line], int] = {}
        self._exact = True
        self._caps: set[int] = set()
        self._drawn = 0
        self._through: dict[bytes, int] = {}

    def add_lines(
        self,
        weights: Floats,
        bias: Floats,
        sources: Floats,
        names: Names,
        exact: bool,
    ) -> Ints:
        """Add lines given in the frame's coordinates; returns their numbers.

        Args:
            weights: `(n, 2)`.
            bias: `(n,)`.
            sources: `(n, 2, 2)` points in the user's coordinates.
            names: `(n,)`, used where a line is new.
            exact: Whether no coefficient was rounded.
        """
        rows = np.zeros((len(bias), len(self._columns)))
        rows[:, :2] = weights
        rows[:, -1] = bias
        self._exact &= exact
        rounded = np.zeros(len(bias), dtype=np.bool_) if exact else (weights != 0).all(axis=1)
        return self._add(rows, sources, names, rounded)

    def add_caps(self, weights: Floats, bias: Floats, names: Names, exact: bool) -> list[int]:
        """Add lines that were drawn through no two points; see `add_lines`."""
        before = len(self._names)
        nowhere = np.full((len(bias), 2, 2), np.nan)
        added: list[int] = self.add_lines(weights, bias, nowhere, names, exact).tolist()
        self._caps.update(number for number in added if number >= before)
        return added

    def add_polynomial(self, polynomial: Polynomial, label: Label) -> int:
        """Add `polynomial >= 0`, given in the user's coordinates; returns its number."""
        coefficients = dict(polynomial.rescaled(self._unit, self._center).terms)
        row, exact = to_doubles([coefficients.get(m, Fraction(0)) for m in self._columns])
        self._exact &= exact
        # Adding 0 turns -0.0 into 0.0, as for rows in bulk.
        weights = np.array([row]) + 0.0
        number = self._numbers.setdefault(weights.tobytes(), len(self._numbers))
        if number == len(self._names):
            self._rows.append(weights)
            self._sources.append(_NOWHERE)
            self._names.append(label)
        return number

    def drawn_through(self, ends: Floats) -> int | None:
        """The number of a line that was drawn through two points, `(2, 2)`, in this order."""
        if self._drawn < len(self._names):
            self._sources = [np.concatenate(self._sources)]
            for number, row in enumerate(self._sources[0][self._drawn :] + 0.0, self._drawn):
                self._through[row.tobytes()] = number
            self._drawn = len(self._names)
        return self._through.get((ends + 0.0).tobytes())

    def separators(self) -> Separators:
        """What was added so far."""
        return Separators(
            coefficients=np.concatenate(self._rows),
            sources=np.concatenate(self._sources),
            names=self._names.names(),
            exact=self._exact,
            caps=frozenset(self._caps),
        )

    def _add(self, rows: Floats, sources: Floats, names: Names, rounded: Bools) -> Ints:
        """Add rows of coefficients that are new; returns the numbers of all."""
        # Adding 0 turns -0.0 into 0.0: equal coefficients shall have equal bytes.
        rows = np.ascontiguousarray(rows + 0.0)
        keys = rows.view(f"V{rows.itemsize * rows.shape[1]}").ravel().tolist()
        known, before = self._numbers, len(self._numbers)
        found = np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)
        for row in self._on_other_lines(found, before, sources, rounded).tolist():
            start, end = sources[row].tolist()
            found[row] = known.setdefault((keys[row], line_through(start, end)), len(known))
        # Where a new number comes first is where its row does.
        numbers, first = np.unique(found, return_index=True)
        new = first[numbers >= before]
        self._rows.append(rows[new])
        self._sources.append(sources[new])
        self._names.extend(names.take(new))
        return found

    def _on_other_lines(self, found: Ints, before: int, sources: Floats, rounded: Bools) -> Ints:
        """The rounded rows that lie on another line than the first one with their coefficients.

        A first one that was drawn through no points is another line, too.
        """
        numbers, first = np.unique(found, return_index=True)
        again = rounded.copy()
        again[first[numbers >= before]] = False
        rows = np.flatnonzero(again & np.isfinite(sources).all(axis=(1, 2)))
        if not len(rows):
            return rows
        earlier = np.concatenate(self._sources)
        self._sources = [earlier]
        own = np.concatenate([earlier, sources[first[numbers >= before]]])[found[rows]]
        start, end = sources[rows, 0], sources[rows, 1]
        drawn = np.isfinite(own).all(axis=(1, 2))
        own[~drawn] = 0.0
        turns = [orientation(start, end, own[:, k]) for k in (0, 1)]
        other: Ints = rows[~drawn | (turns[0] != 0) | (turns[1] != 0)]
        return other
