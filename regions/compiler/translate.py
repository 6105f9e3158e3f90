"""From the CSG tree to the formula: primitives by strategy, booleans as gates, names from paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from typing import assert_never

import numpy as np
import shapely

from regions.compiler.formula import Formula, FormulaBuilder, literal
from regions.compiler.paths import Polygons, PolygonStrategy, add_path, path_points
from regions.compiler.separators import SeparatorPool, Separators
from regions.geometry import polynomials
from regions.geometry.directions import library_direction
from regions.geometry.extent import extent
from regions.geometry.frame import Frame, Points, lattice_step
from regions.geometry.lines import through
from regions.geometry.polynomials import Polynomial, exact
from regions.geometry.segments import Pair
from regions.network.names import Label, Names
from regions.shape.algebraic import MAX_CONIC
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


def one_by_one(
    polygon: Callable[[shapely.Polygon, str, FormulaBuilder, SeparatorPool], int],
) -> PolygonStrategy:
    """The strategy that takes polygons alone, for several."""

    def strategy(
        geometry: Polygons, paths: Sequence[str], builder: FormulaBuilder, pool: SeparatorPool
    ) -> list[int]:
        parts = zip(shapely.get_parts(geometry), paths, strict=True)
        return [polygon(part, path, builder, pool) for part, path in parts]

    return strategy


def translate(
    shape: Shape, name: str, frame: Frame, polygons: PolygonStrategy
) -> tuple[Formula, Separators]:
    """The formula of a shape over separators in the frame's coordinates.

    Args:
        shape: The CSG tree; a node that stands in several places is translated once.
        name: First part of all names, unless the root has a name of its own.
        frame: Coordinates of the separators.
        polygons: How polygons become formulas.
    """
    translation = _Translation(frame, polygons, _degree(shape))
    paths = node_paths(shape, name)
    nodes: dict[int, int] = {}
    for node in bottom_up(shape):
        inputs = [nodes[id(operand)] for operand in operands(node)]
        nodes[id(node)] = translation.node(node, paths[id(node)], inputs)
    root = nodes[id(shape)]
    return translation.builder.formula(root), translation.pool.separators()


def node_paths(shape: Shape, name: str) -> dict[int, str]:
    """The dotted name of each node, by `id`: `plus.vertical`, or `plus.box[0]` for lack of a name.

    Siblings of one name are told apart by their positions among them. A node in several places
    keeps the name of the first.
    """
    paths = {id(shape): shape.name or name}
    for node in reversed(list(bottom_up(shape))):
        names = [operand.name or _kind(operand) for operand in operands(node)]
        total, seen = Counter(names), Counter[str]()
        for operand, own in zip(operands(node), names, strict=True):
            position = f"[{seen[own]}]" if total[own] > 1 else ""
            paths.setdefault(id(operand), f"{paths[id(node)]}.{own}{position}")
            seen[own] += 1
    return paths


def frame_points(shape: Shape) -> Points:
    """`(n, 2)` the points the frame must not round: vertices, corners, centres, and extents.

    A polynomial inequality that is not known to be bounded has none.
    """
    found = [_points(node) for node in bottom_up(shape)]
    return np.concatenate([*found, np.empty((0, 2))])


def _points(node: Shape) -> Points:
    match node:
        case Polygonal(geometry):
            coordinates: Points = shapely.get_coordinates(geometry)
            return coordinates
        case Box(xmin, ymin, xmax, ymax):
            return np.array([[xmin, ymin], [xmax, ymax]])
        case Circle(center, radius):
            return _around(center, radius)
        case Ellipse(center, radii):
            return _around(center, max(radii))
        case Annulus(center, _, outer):
            return _around(center, outer)
        case Algebraic(polynomial):
            box = extent(polynomial)
            return np.empty((0, 2)) if box is None else np.array([box[:2], box[2:]])
        case Path(contours):
            return path_points(contours)
        case _:
            return np.empty((0, 2))


def _around(center: tuple[float, float], radius: float) -> Points:
    """The corners of the square about a circle: its extent."""
    x, y = center
    return np.array([[x - radius, y - radius], [x + radius, y + radius]])


def _degree(shape: Shape) -> int:
    """Of its borders, but at least 2."""
    degrees = [n.polynomial.degree for n in bottom_up(shape) if isinstance(n, Algebraic)]
    return max([2, *degrees])


def _kind(node: Shape) -> str:
    """The spec language's word for a node."""
    match node:
        case Algebraic(polynomial):
            return "conic" if polynomial.degree <= MAX_CONIC else "polynomial"
        case Polygonal():
            return "polygon"
        case HalfPlane():
            return "halfplane"
        case SymmetricDifference():
            return "symmetric_difference"
        case _:
            return type(node).__name__.lower()


def _disc(center: Pair, radius: float) -> Polynomial:
    return polynomials.circle(exact(center), Fraction(radius))


def _ellipse(center: Pair, radii: Pair, angle: float) -> Polynomial:
    """At least 0 on it; the only rounding is that of a sine and a cosine."""
    if radii[0] == radii[1]:
        return _disc(center, radii[0])
    return polynomials.ellipse(exact(center), exact(radii), library_direction(angle))


class _Translation:
    """Adds shapes whose operands have been added."""

    def __init__(self, frame: Frame, polygons: PolygonStrategy, degree: int) -> None:
        self.builder = FormulaBuilder()
        self.pool = SeparatorPool(frame, degree)
        self._polygons = polygons

    def node(self, node: Shape, path: str, inputs: list[int]) -> int:
        """The signal of a shape, given those of its operands."""
        match node:
            case Polygonal(geometry):
                return self._polygonal(geometry, path)
            case Box():
                return self._box(node, path)
            case Circle(center, radius):
                return self._at_least_zero(_disc(center, radius), path)
            case Ellipse(center, radii, angle):
                return self._at_least_zero(_ellipse(center, radii, angle), path)
            case Annulus():
                return self._annulus(node, path)
            case HalfPlane(a, b, c):
                return self._at_least_zero(polynomials.line(a, b, c), path)
            case Algebraic(polynomial):
                return self._at_least_zero(polynomial, path)
            case Path():
                return add_path(node, path, self._polygons, self.builder, self.pool)
            case Union():
                return self.builder.disjunction(inputs, Label(path))
            case Intersection():
                return self.builder.conjunction(inputs, Label(path))
            case Difference():
                return self._difference(inputs, path)
            case SymmetricDifference():
                return self._symmetric_difference(inputs, path)
            case Complement():
                return inputs[0] ^ 1
            case _:
                assert_never(node)

    def _polygonal(self, geometry: Polygons, path: str) -> int:
        count = shapely.get_num_geometries(geometry)
        paths = [f"{path}.polygon[{i}]" for i in range(count)] if count > 1 else [path]
        found = self._polygons(geometry, paths, self.builder, self.pool)
        return self.builder.disjunction(found, Label(path))

    def _box(self, box: Box, path: str) -> int:
        """Its sides, each through two corners, with the inside on the left."""
        x, y, right, top = box.xmin, box.ymin, box.xmax, box.ymax
        corners = np.array([[x, y], [right, y], [right, top], [x, top]])
        ends = self.pool.frame.to_unit(corners)
        weights, bias, exact = through(ends, np.roll(ends, -1, axis=0), lattice_step(ends))
        sources = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)
        names = Names.of([f"{path}.{side}" for side in ("bottom", "right", "top", "left")])
        sides = self.pool.add_lines(weights, bias, sources, names, exact).tolist()
        return self.builder.conjunction(map(literal, sides), Label(path))

    def _annulus(self, annulus: Annulus, path: str) -> int:
        """`H(outer) AND H(-inner)`: both circles belong to it, which NOT H(inner) would miss."""
        sides = [
            self._at_least_zero(_disc(annulus.center, annulus.outer), f"{path}.outer"),
            self._at_least_zero(-_disc(annulus.center, annulus.inner), f"{path}.inner"),
        ]
        return self.builder.conjunction(sides, Label(path))

    def _at_least_zero(self, polynomial: Polynomial, path: str) -> int:
        return literal(self.pool.add_polynomial(polynomial, Label(path)))

    def _difference(self, inputs: list[int], path: str) -> int:
        taken = [signal ^ 1 for signal in inputs[1:]]
        return self.builder.conjunction([inputs[0], *taken], Label(path))

    def _symmetric_difference(self, inputs: list[int], path: str) -> int:
        """An odd number of the inputs: pairs, then pairs of these, for a depth of the logarithm."""
        steps = count()
        while len(inputs) > 2:
            pairs = zip(inputs[::2], inputs[1::2], strict=False)
            joined = [self._one_of(a, b, f"{path}.step[{next(steps)}]") for a, b in pairs]
            inputs = joined + inputs[len(joined) * 2 :]
        return self._one_of(inputs[0], inputs[1], path)

    def _one_of(self, a: int, b: int, path: str) -> int:
        """Exactly one of two: `(a AND NOT b) OR (NOT a AND b)`."""
        sides = [
            self.builder.conjunction([a, b ^ 1], Label(f"{path}.only", 0)),
            self.builder.conjunction([a ^ 1, b], Label(f"{path}.only", 1)),
        ]
        return self.builder.disjunction(sides, Label(path))
