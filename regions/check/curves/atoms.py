"""Atoms: the polynomials whose signs decide what a network and a shape say of a point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regions.check.curves.signs import OF_SIGN, Signs, products
from regions.geometry.polynomials import Polynomial
from regions.network.model import Ints


class Literal(NamedTuple):
    """An atom's sign, or its opposite where `sign` is -1."""

    atom: int
    sign: int


class AtomTable:
    """Polynomials, each once up to a factor: of two multiples one's sign tells the other's."""

    def __init__(self) -> None:
        self._numbers: dict[Polynomial, int] = {}

    @property
    def polynomials(self) -> tuple[Polynomial, ...]:
        """What was added so far, in primitive integers."""
        return tuple(self._numbers)

    def add(self, polynomial: Polynomial) -> Literal:
        """The literal whose sign is the polynomial's, which is not constant."""
        primitive, sign = polynomial.primitive()
        return Literal(self._numbers.setdefault(primitive, len(self._numbers)), sign)

    def find(self, polynomial: Polynomial) -> Literal | None:
        """The same for an atom that is there already, else None."""
        primitive, sign = polynomial.primitive()
        number = self._numbers.get(primitive)
        return None if number is None else Literal(number, sign)


@dataclass(frozen=True, eq=False)
class Literals:
    """Literals as arrays.

    Attributes:
        atoms: `(n,)`.
        flips: `(n, 1)` the sets of signs `{+}` or `{-}` by which an atom's are multiplied.
    """

    atoms: Ints
    flips: Signs

    @classmethod
    def of(cls, literals: Iterable[Literal]) -> Literals:
        """Literals given one by one."""
        found: Sequence[Literal] = list(literals)
        flips = np.array([OF_SIGN[literal.sign] for literal in found], dtype=np.uint8)
        atoms = np.array([literal.atom for literal in found], dtype=np.int64)
        return cls(atoms, flips[:, np.newaxis])

    def __len__(self) -> int:
        return len(self.atoms)

    def signs(self, atoms: Signs) -> Signs:
        """`(n, m)` sets of signs, given those of all atoms, `(k, m)`."""
        return products(self.flips, atoms[self.atoms])
