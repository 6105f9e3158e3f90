"""What the CSG tree says: its own definition, over the signs of its primitives' polynomials.

    circle, ellipse     q >= 0
    annulus             q_outer >= 0 and q_inner <= 0
    half-plane          a x + b y + c >= 0
    conic, polynomial   p >= 0
    box                 its four sides
    polygon             an odd number of edges to the right (Shimrat 1962), or on an edge

A ray from (x, y) towards larger x crosses an upward edge from a to b if a.y <= y < b.y and the
point lies left of the edge's line. So a polygon's atoms are the lines of its edges, the horizontal
lines through its vertices, and vertical lines through the ends of its horizontal edges. Booleans
are pointwise. No compiler, no formula and no Shapely predicate has a part in this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import TypeAlias, assert_never

import numpy as np
import shapely

from regions.check.curves.atoms import AtomTable, Literal, Literals
from regions.check.curves.paths import Filled, filled
from regions.check.curves.signs import Signs, Truth, at_least_zero, positive, zero
from regions.geometry import polynomials
from regions.geometry.contours import path_loops
from regions.geometry.directions import rational_direction
from regions.geometry.outline import Fill
from regions.geometry.polynomials import Point, Polynomial, X, Y, exact, is_degenerate
from regions.geometry.segments import Contour
from regions.network.model import Floats, Ints
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Path,
    Polygonal,
    Shape,
    SymmetricDifference,
    Union,
    bottom_up,
    operands,
)


@dataclass(frozen=True)
class Conic:
    """A circle or an ellipse of the shape.

    Attributes:
        center: Exact.
        radii: Half-axes, exact; equal for a circle.
        degrees: By which the first is turned from the x-axis; 0 for a circle.
        direction: Of the first half-axis: a rational unit vector, see `geometry/directions.py`.
        literal: Positive inside.
    """

    center: Point
    radii: Point
    degrees: float
    direction: Point
    literal: Literal

    @property
    def turned(self) -> bool:
        """Whether its direction had to be approximated."""
        return self.degrees % 90 != 0

    @property
    def vertex(self) -> Point:
        """A rational point on it: the end of its first half-axis."""
        (x, y), (c, s), a = self.center, self.direction, self.radii[0]
        return x + a * c, y + a * s


@dataclass(frozen=True, eq=False)
class Conjunction:
    """All literals are at least 0: a half-plane, a box, a disc, a ring."""

    literals: Literals

    @property
    def borders(self) -> Ints:
        """The atoms on whose curves its border lies."""
        return self.literals.atoms

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to it."""
        return at_least_zero(self.literals.signs(signs)).all()


@dataclass(frozen=True, eq=False)
class Parity:
    """A polygon or multipolygon by the parity of crossings.

    Attributes:
        left: Of each edge that is not horizontal: positive to the left of its upward direction.
        low: Of its lower end: positive above.
        high: Of its upper end: positive above.
        level: Of each horizontal edge: 0 on its line.
        begin: Positive to the right of its left end.
        end: Positive to the left of its right end.
    """

    left: Literals
    low: Literals
    high: Literals
    level: Literals
    begin: Literals
    end: Literals

    @property
    def borders(self) -> Ints:
        """The atoms on whose lines its edges lie."""
        return np.concatenate([self.left.atoms, self.level.atoms])

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to it."""
        side = self.left.signs(signs)
        low = at_least_zero(self.low.signs(signs))
        above = self.high.signs(signs)
        crossed = (positive(side) & low & ~at_least_zero(above)).odd()
        on = (zero(side) & low & ~positive(above)).any()
        level = zero(self.level.signs(signs))
        begin, end = (at_least_zero(ends.signs(signs)) for ends in (self.begin, self.end))
        return crossed | on | (level & begin & end).any()


Primitive: TypeAlias = Conjunction | Parity | Filled


@dataclass(frozen=True, eq=False)
class Definition:
    """A shape over its atoms.

    Attributes:
        shape: The CSG tree.
        primitives: By the `id` of the tree's node.
        conics: Its circles and ellipses.
        algebraics: Its polynomial inequalities of a higher degree than 1, positive inside, and the
            conics of its paths, positive within the curve.
        singular: The atoms among these whose curves may have singular points.
        bases: Rational points on the curves of some atoms.
        vertices: `(n, 2)` corners of its polygons and boxes, and ends of its paths' pieces.
        deviation: Largest distance of its paths' cubic curves from the conics in their place.
        atoms: How many atoms it has: the first ones of the table.
    """

    shape: Shape
    primitives: Mapping[int, Primitive]
    conics: tuple[Conic, ...]
    algebraics: tuple[Literal, ...]
    singular: frozenset[int]
    bases: Mapping[int, Point]
    vertices: Floats
    deviation: float
    atoms: int

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to the shape, given the signs of all atoms, `(k, m)`: `(m,)`."""
        known: dict[int, Truth] = {}
        for node in bottom_up(self.shape):
            if operands(node):
                inputs = [known[id(operand)] for operand in operands(node)]
                known[id(node)] = combined(node, inputs)
            else:
                known[id(node)] = self.primitives[id(node)].truth(signs)
        return known[id(self.shape)]


def combined(node: Shape, inputs: list[Truth]) -> Truth:
    """Whether points belong to a boolean, given whether they belong to its operands."""
    match node:
        case Union():
            return reduce(Truth.__or__, inputs)
        case Intersection():
            return reduce(Truth.__and__, inputs)
        case Difference():
            return inputs[0] & ~reduce(Truth.__or__, inputs[1:])
        case SymmetricDifference():
            return reduce(xor, inputs)
        case Complement():
            return ~inputs[0]
        case _:
            raise AssertionError(f"{type(node).__name__} has no operands")


def define(shape: Shape, table: AtomTable) -> Definition:
    """Read a CSG tree; its atoms go to an empty table."""
    reader = _Reader(table)
    primitives = {
        id(node): reader.primitive(node) for node in bottom_up(shape) if not operands(node)
    }
    vertices = np.concatenate([np.empty((0, 2)), *reader.vertices])
    return Definition(
        shape=shape,
        primitives=primitives,
        conics=tuple(reader.conics),
        algebraics=tuple(dict.fromkeys(reader.algebraics)),
        singular=frozenset(reader.singular),
        bases=reader.bases,
        vertices=vertices,
        deviation=reader.deviation,
        atoms=len(table.polynomials),
    )


class _Reader:
    """Adds the primitives' atoms to the table."""

    def __init__(self, table: AtomTable) -> None:
        self.table = table
        self.conics: list[Conic] = []
        self.algebraics: list[Literal] = []
        self.singular: set[int] = set()
        self.vertices: list[Floats] = []
        self.bases: dict[int, Point] = {}
        self.deviation = 0.0

    def primitive(self, node: Shape) -> Primitive:
        match node:
            case Circle(center, radius):
                return _conjunction(self._conic(center, (radius, radius)))
            case Ellipse(center, radii, angle):
                return _conjunction(self._conic(center, radii, angle))
            case Annulus(center, inner, outer):
                atom, sign = self._conic(center, (inner, inner))
                return _conjunction(self._conic(center, (outer, outer)), Literal(atom, -sign))
            case HalfPlane(a, b, c):
                return _conjunction(self.table.add(polynomials.line(a, b, c)))
            case Algebraic(polynomial):
                return _conjunction(self._algebraic(polynomial))
            case Path(contours, fill):
                return self._path(contours, fill)
            case Box():
                return self._box(node)
            case Polygonal(geometry):
                return self._polygon(geometry)
            case Union() | Intersection() | Difference() | SymmetricDifference() | Complement():
                raise AssertionError(f"{type(node).__name__} is no primitive")
            case _:
                assert_never(node)

    def _conic(
        self, center: tuple[float, float], radii: tuple[float, float], degrees: float = 0.0
    ) -> Literal:
        middle, (a, b) = exact(center), exact(radii)
        degrees = 0.0 if a == b else degrees
        direction = rational_direction(degrees)
        quadratic = (
            polynomials.circle(middle, a)
            if a == b
            else polynomials.ellipse(middle, (a, b), direction)
        )
        literal = self.table.add(quadratic)
        conic = Conic(middle, (a, b), degrees, direction, literal)
        self.conics.append(conic)
        self.bases[literal.atom] = conic.vertex
        return literal

    def _algebraic(self, polynomial: Polynomial) -> Literal:
        literal = self.table.add(polynomial)
        if polynomial.degree > 1:
            self.algebraics.append(literal)
        if polynomial.degree > 2 or (polynomial.degree == 2 and is_degenerate(polynomial)):
            self.singular.add(literal.atom)
        return literal

    def _box(self, box: Box) -> Primitive:
        (xmin, ymin), (xmax, ymax) = exact((box.xmin, box.ymin)), exact((box.xmax, box.ymax))
        corners = [[x, y] for x in (box.xmin, box.xmax) for y in (box.ymin, box.ymax)]
        self.vertices.append(np.array(corners))
        sides = (X - xmin, Y - ymin, xmax - X, ymax - Y)
        return _conjunction(*map(self.table.add, sides))

    def _path(self, contours: tuple[Contour, ...], fill: Fill) -> Filled:
        loops, deviation = path_loops(contours)
        path = filled(loops, fill, self.table)
        self.deviation = max(self.deviation, deviation + path.rounding)
        self.vertices.append(path.vertices)
        self.algebraics += path.curves
        self.bases |= {atom: point for (atom, _), point in path.curves.items()}
        return path

    def _polygon(self, geometry: shapely.Geometry) -> Parity:
        add = self.table.add
        rings = shapely.get_rings(shapely.get_parts(geometry))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        self.vertices.append(points)
        edges = np.stack([points[:-1], points[1:]], axis=1)[ring[:-1] == ring[1:]]
        ends = [sorted(map(exact, edge), key=lambda p: (p[1], p[0])) for edge in edges.tolist()]
        rising = [(a, b) for a, b in ends if a[1] < b[1]]
        level = [(a, b) for a, b in ends if a[1] == b[1] and a[0] < b[0]]
        return Parity(
            left=Literals.of(add(polynomials.line_through(a, b)) for a, b in rising),
            low=Literals.of(add(Y - a[1]) for a, _ in rising),
            high=Literals.of(add(Y - b[1]) for _, b in rising),
            level=Literals.of(add(Y - a[1]) for a, _ in level),
            begin=Literals.of(add(X - a[0]) for a, _ in level),
            end=Literals.of(add(b[0] - X) for _, b in level),
        )


def _conjunction(*literals: Literal) -> Conjunction:
    return Conjunction(Literals.of(literals))
