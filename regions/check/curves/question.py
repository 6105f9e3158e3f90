"""The question: do a network and a shape, both functions of the same atoms' signs, agree?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from regions.check.curves.atoms import AtomTable
from regions.check.curves.definition import Definition, define
from regions.check.curves.near import Nearness, Twins, twins
from regions.check.curves.reading import Reading, read
from regions.check.curves.signs import MINUS, PLUS, ZERO, Signs, Truth, at_least_zero, fires
from regions.check.proof import Witness
from regions.geometry.polynomials import Point, Polynomial
from regions.network.model import Ints, Network
from regions.shape.model import Spec

MOST_ZEROS = 6
"""Atoms that may be 0 in one point for it to be told whether it lies on the boundary: 3^6 cases."""


@dataclass(frozen=True, eq=False)
class Question:
    """A network and a shape over their atoms.

    Attributes:
        atoms: The polynomials, those of the shape first.
        network: The network.
        reading: What its separators are read as.
        definition: The shape.
        twins: Lines among the atoms that rounding cannot tell apart.
    """

    atoms: tuple[Polynomial, ...]
    network: Network
    reading: Reading
    definition: Definition
    twins: Twins

    @classmethod
    def of(cls, network: Network, spec: Spec) -> Question:
        """Read both sides."""
        table = AtomTable()
        definition = define(spec.shape, table)
        nearness = Nearness.of(spec.window, definition, network.center)
        reading = read(network, definition, table, nearness)
        atoms = table.polynomials
        return cls(atoms, network, reading, definition, twins(atoms, nearness))

    @property
    def width(self) -> int:
        """Atoms and units: what is known of each point takes so many bytes."""
        return len(self.atoms) + self.network.size

    @cached_property
    def borders(self) -> Ints:
        """The atoms on whose curves the shape's borders lie, or separators."""
        primitives = self.definition.primitives.values()
        numbers = [primitive.borders for primitive in primitives] + [self.reading.atoms.ravel()]
        found = np.unique(np.concatenate(numbers))
        return found[found < len(self.atoms)]

    @property
    def curves(self) -> int:
        """How many of these are no lines."""
        return sum(self.atoms[atom].degree > 1 for atom in self.borders.tolist())

    def by_network(self, signs: Signs) -> Truth:
        """What the network says, its separators read as said: `(m,)` for `(k, m)` atoms' signs."""
        return fires(self.network, at_least_zero(self.reading.signs(signs)))

    def by_shape(self, signs: Signs) -> Truth:
        """What the shape says: likewise."""
        return self.definition.truth(signs)

    def difference_at(self, point: Point, signs: Signs) -> Witness | None:
        """The point as a witness if network and shape differ there.

        The network has to say the same with its separators as they stand, and not only as they are
        read. Between twins, lines that rounding cannot tell apart, no point is a witness.

        Args:
            point: In the user's coordinates.
            signs: `(k, 1)` the atoms' signs there.
        """
        network, shape = bool(self.by_network(signs).must[0]), bool(self.by_shape(signs).must[0])
        if network == shape or self.twins.between(signs).any():
            return None
        separators = at_least_zero(self.reading.signs_as_they_stand(point, signs))
        if fires(self.network, separators).must[0] == shape:
            return None
        zeros = int((signs[self.borders] == ZERO).sum())
        x, y = point
        return Witness(point, (float(x), float(y)), max(2 - zeros, 0), network, shape)

    def on_boundary(self, signs: Signs) -> bool | None:
        """Whether points with given signs of the atoms, `(k, 1)`, lie on the shape's boundary.

        Near a point where an atom is 0 it takes both signs, unless the point is a singular one of
        its curve, while the others keep theirs if they are not 0. None if that does not tell.
        """
        zeros = np.flatnonzero(signs[: self.definition.atoms, 0] == ZERO)
        if len(zeros) > MOST_ZEROS or not self.definition.singular.isdisjoint(zeros.tolist()):
            return None
        cases = np.array(list(product((MINUS, ZERO, PLUS), repeat=len(zeros))), dtype=np.uint8).T
        near = np.repeat(signs, cases.shape[1] if len(zeros) else 1, axis=1)
        near[zeros] = cases
        values = self.by_shape(near).must
        here = values[(near[zeros] == ZERO).all(axis=0)][0]
        if (values == here).all():
            return False
        beside = (near[zeros] != ZERO).all(axis=0)
        for zero in zeros:
            sides = [values[beside & (near[zero] == sign)] for sign in (MINUS, PLUS)]
            if any((side != here).all() for side in sides):
                return True
            if all((side == side[0]).all() for side in sides) and sides[0][0] != sides[1][0]:
                return True
        return None
