"""A network's separators as signs of atoms: the shape's own wherever that is what they are.

Each separator becomes a product of atoms' signs:

* up to a factor an atom that is there already, exactly;
* or the shape's line, line through two vertices, circle, ellipse or polynomial of which it is a
  rounding: see `lines.py`, `conics.py` and `algebraics.py`;
* or, of a higher degree, a product of atoms and of a polynomial that none of them divides, which
  becomes an atom: `(x^2 + y^2 - 1) (9 - x^2 - y^2)` is a ring in one separator;
* or an atom of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regions.check.curves.algebraics import AlgebraicReader
from regions.check.curves.atoms import AtomTable
from regions.check.curves.conics import ConicReader
from regions.check.curves.definition import Definition
from regions.check.curves.frames import NetworkFrame, inner_polynomials
from regions.check.curves.lines import LineReader
from regions.check.curves.near import Nearness
from regions.check.curves.signs import OF_SIGN, PLUS, ZERO, Signs, exact_signs, products, squares
from regions.geometry.polynomials import Point, Polynomial
from regions.network.model import Bools, Ints, Network


class Factors(NamedTuple):
    """A sign times signs of atoms.

    Attributes:
        sign: Of the constant factor.
        powers: Atoms, and how often each is a factor.
    """

    sign: int
    powers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, eq=False)
class Reading:
    """What a network's separators are read as.

    Attributes:
        polynomials: The separators' own, in the user's coordinates.
        constant: `(n, 1)` sets of one sign.
        atoms: `(n, f)` atoms whose signs are multiplied; one beyond the last stands for none.
        even: `(n, f)` whether the factor stands squared.
        distance: Largest distance between a separator and what it is read as.
    """

    polynomials: tuple[Polynomial, ...]
    constant: Signs
    atoms: Ints
    even: Bools
    distance: float

    def signs(self, atoms: Signs) -> Signs:
        """`(n, m)` sets of the separators' signs, given those of all atoms, `(k, m)`."""
        more = np.concatenate([atoms, np.full((1, atoms.shape[1]), PLUS, dtype=np.uint8)])
        signs = np.repeat(self.constant, atoms.shape[1], axis=1)
        for factor in range(self.atoms.shape[1]):
            taken, even = more[self.atoms[:, factor]], self.even[:, factor]
            taken[even] = squares(taken[even])
            signs = products(signs, taken)
        return signs

    def signs_as_they_stand(self, point: Point, atoms: Signs) -> Signs:
        """`(n, 1)` the signs of the separators' own polynomials at a point.

        Where what a separator is read as is 0, so is the separator: its own sign is rounding.

        Args:
            point: In the user's coordinates.
            atoms: `(k, 1)` the signs of the atoms there.
        """
        own, read = exact_signs(self.polynomials, point), self.signs(atoms)
        signs: Signs = np.where(read == ZERO, read, own)
        return signs


def read(network: Network, definition: Definition, table: AtomTable, nearness: Nearness) -> Reading:
    """Read a network's separators over a shape's atoms, which the table holds.

    Atoms of the network alone are added to it.
    """
    frame = NetworkFrame.of(network)
    inner = inner_polynomials(network)
    own = [frame.to_user(polynomial).scaled() for polynomial in inner]
    lines = LineReader(network, definition, table.polynomials, nearness)
    conics = ConicReader(frame, definition.conics)
    algebraics = AlgebraicReader(frame, definition.algebraics, table.polynomials, nearness)
    taken, distance = list(own), 0.0
    for i, polynomial in enumerate(own):
        if polynomial.degree == 0 or table.find(polynomial) is not None:
            continue
        if polynomial.degree == 1:
            line = lines.read(i, polynomial)
            if line is not None:
                taken[i], distance = line.multiple, max(distance, line.distance)
        elif (conic := conics.read(frame.from_user(polynomial))) is not None:
            atom, sign = conic.conic.literal
            taken[i] = table.polynomials[atom] * (sign * conic.sign)
            distance = max(distance, conic.distance)
        elif (found := algebraics.read(inner[i])) is not None:
            taken[i] = table.polynomials[found.atom] * found.sign
            distance = max(distance, found.distance)
    factors = _factored(taken, table)
    packed = _packed(factors, len(table.polynomials))
    return Reading(tuple(own), *packed, distance)


def _factored(polynomials: list[Polynomial], table: AtomTable) -> list[Factors]:
    """Each polynomial over the atoms; those of low degree first, as they may divide others."""
    found: dict[int, Factors] = {}
    for i in sorted(range(len(polynomials)), key=lambda i: polynomials[i].degree):
        found[i] = _factors(polynomials[i], table)
    return [found[i] for i in range(len(polynomials))]


def _factors(polynomial: Polynomial, table: AtomTable) -> Factors:
    if not polynomial.terms:
        return Factors(0)
    rest, powers = polynomial, dict[int, int]()
    # A line has no divisors but its multiples, and what is an atom needs none.
    if polynomial.degree > 1 and table.find(polynomial) is None:
        for number, divisor in enumerate(table.polynomials):
            while (quotient := rest.quotient(divisor)) is not None:
                rest, powers[number] = quotient, powers.get(number, 0) + 1
    if rest.degree and not _never_zero(rest):
        atom, sign = table.add(rest)
        powers[atom] = powers.get(atom, 0) + 1
    else:
        sign = 1 if rest.coefficient((0, 0)) > 0 else -1
    return Factors(sign, tuple(powers.items()))


def _never_zero(polynomial: Polynomial) -> bool:
    """Whether that is plain to see: a constant, and even powers with coefficients of its sign."""
    constant = polynomial.coefficient((0, 0))
    return all(i % 2 == j % 2 == 0 and c * constant > 0 for (i, j), c in polynomial.terms)


def _packed(factors: list[Factors], none: int) -> tuple[Signs, Ints, Bools]:
    """The constants, atoms and parities of `Reading`."""
    width = max((len(f.powers) for f in factors), default=0)
    atoms = np.full((len(factors), width), none, dtype=np.int64)
    even = np.zeros((len(factors), width), dtype=np.bool_)
    for i, (_, powers) in enumerate(factors):
        for j, (atom, power) in enumerate(powers):
            atoms[i, j], even[i, j] = atom, power % 2 == 0
    constants = np.array([[OF_SIGN[f.sign]] for f in factors], dtype=np.uint8).reshape(-1, 1)
    return constants, atoms, even
