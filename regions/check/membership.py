"""Which points belong to a shape, by its own definition: no flattening, no network, no compiler.

    circle, ellipse, annulus, half-plane, box, algebraic    signs of polynomials
    polygon, path                                           winding numbers

Booleans are pointwise. A sign is told in doubles with a bound on their error, and in rationals
where that does not tell; of a turned ellipse within `DIRECTION_ERROR` of its angle. So everything
is exact but paths: a point within the rounding of a curve, some 2^-47 of its coordinates, or in a
corner of a path, stays open.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import shapely

from regions.check.curves.atoms import AtomTable
from regions.check.curves.definition import Primitive, combined, define
from regions.check.curves.signs import OF_SIGN, Signs, Truth, is_single, signs_of
from regions.geometry.intervals import Enclosures
from regions.geometry.monotone import Monotone, monotone_pieces, straight_pieces
from regions.geometry.outline import Fill
from regions.geometry.polynomials import Polynomial, X, Y
from regions.geometry.winding import winding_numbers
from regions.network.model import Bools, Floats, Ints
from regions.shape.model import Path, Polygonal, Shape, bottom_up, operands

MOVED = 2.0**-52
"""By how much a point may move where a centre is subtracted, twice over, with no coordinate
beyond 1."""


@dataclass(frozen=True, eq=False)
class Outline:
    """A polygon or a path.

    Attributes:
        pieces: Of its contours.
        fill: Which winding numbers count.
        bare: Whether contours may run where both sides are outside, or both inside.
    """

    pieces: tuple[Monotone, ...]
    fill: Fill
    bare: bool

    @classmethod
    def of_polygon(cls, geometry: shapely.Geometry) -> Outline:
        """A valid polygon or multipolygon: all of its edges belong to it."""
        rings = shapely.get_rings(shapely.get_parts(geometry))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        edges = np.stack([points[:-1], points[1:]], axis=1)[ring[:-1] == ring[1:]]
        return cls((straight_pieces(edges),), "evenodd", bare=False)

    def truth(self, points: Floats, margin: float) -> Truth:
        """Whether points belong to it; open where a border comes too near."""
        found = winding_numbers(self.pieces, points, margin)
        inside = self._counts(found.number)
        if self.bare:
            inside |= self._counts(found.other)
            return Truth(inside & ~found.near, inside | found.near)
        near = found.near & ~found.on
        return Truth((inside & ~near) | found.on, inside | near | found.on)

    def _counts(self, number: Ints) -> Bools:
        counts: Bools = number != 0 if self.fill == "nonzero" else number % 2 == 1
        return counts


Rule: TypeAlias = Primitive | Outline


@dataclass(frozen=True, eq=False)
class Membership:
    """A shape that points can be asked about.

    Attributes:
        shape: The CSG tree.
        rules: What decides of each primitive, by the `id` of the tree's node.
        atoms: The polynomials of those that signs decide.
    """

    shape: Shape
    rules: Mapping[int, Rule]
    atoms: tuple[Polynomial, ...]

    @classmethod
    def of(cls, shape: Shape) -> Membership:
        """Read a CSG tree."""
        table = AtomTable()
        leaves = [node for node in bottom_up(shape) if not operands(node)]
        rules = {id(node): _rule(node, table) for node in leaves}
        return cls(shape, rules, table.polynomials)

    def __call__(self, points: Floats) -> tuple[Bools, Bools]:
        """Whether each of `(n, 2)` points belongs to the shape, and whether that is certain."""
        truth = self.truth(points)
        return truth.must, truth.known

    def truth(self, points: Floats, margin: float = 0.0) -> Truth:
        """The same as a truth that may be open.

        Args:
            points: `(n, 2)`, finite.
            margin: In the user's units. All points count as unsure of a primitive whose border
                comes within so much of them in x and in y, and its own rounding.

        Raises:
            ValueError: The points have another shape, or a coordinate is not finite.
        """
        points = np.asarray(points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
            raise ValueError(f"points must be finite and (n, 2), not {points.shape}")
        signs = _signs(self.atoms, points, margin)
        known: dict[int, Truth] = {}
        for node in bottom_up(self.shape):
            if operands(node):
                inputs = [known[id(operand)] for operand in operands(node)]
                known[id(node)] = combined(node, inputs)
                continue
            rule = self.rules[id(node)]
            if isinstance(rule, Outline):
                known[id(node)] = rule.truth(points, margin)
            else:
                known[id(node)] = rule.truth(signs)
        return known[id(self.shape)]


def _rule(node: Shape, table: AtomTable) -> Rule:
    match node:
        case Path(contours, fill):
            return Outline(monotone_pieces(contours), fill, bare=True)
        case Polygonal(geometry):
            return Outline.of_polygon(geometry)
        case _:
            return define(node, table).primitives[id(node)]


def _signs(atoms: tuple[Polynomial, ...], points: Floats, margin: float) -> Signs:
    """`(k, n)` the signs that each atom takes within the margin of each point.

    The points are centred and scaled, so that bounds on rounding are small against them.
    """
    if not atoms or not len(points):
        return np.zeros((len(atoms), len(points)), dtype=np.uint8)
    low, high = points.min(axis=0), points.max(axis=0)
    center = low / 2 + high / 2
    away = points - center
    exponent = math.frexp(float(np.abs(away).max()) + margin)[1]
    unit = Fraction(2) ** exponent
    x, y = (Fraction(c) + unit * axis for c, axis in zip(center.tolist(), (X, Y), strict=True))
    framed = Enclosures([atom.composed(x, y) for atom in atoms])
    u, v = np.ldexp(away, -exponent).T
    signs = signs_of(framed.over(u, v, math.ldexp(margin, -exponent) + MOVED))
    if margin == 0:
        for atom, point in np.argwhere(~is_single(signs)).tolist():
            value = atoms[atom](*map(Fraction, points[point].tolist()))
            signs[atom, point] = OF_SIGN[(value > 0) - (value < 0)]
    return signs
