"""The CSG tree: closed primitives and pointwise booleans on them, frozen and checked at birth.

Every primitive is a closed set. Booleans are pointwise, so `difference` leaves out the boundary of
what is taken away. Coordinates are the user's own doubles; nothing here moves them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.display import painted
from regions.errors import Problem, SpecError
from regions.geometry.boxes import has_area
from regions.geometry.outline import Fill
from regions.geometry.polynomials import Polynomial
from regions.geometry.segments import Arc, Contour, arc_fault, coordinates
from regions.shape.names import name_fault
from regions.text.algebra.sums import MAX_DEGREE

Pair: TypeAlias = tuple[float, float]
Bounds: TypeAlias = tuple[float, float, float, float]
"""`(xmin, ymin, xmax, ymax)`, as Shapely orders them."""


LARGEST = 1e150
"""Largest absolute value of a number in a shape: products of two, such as areas, stay finite."""


@dataclass(frozen=True, eq=False)
class Polygonal:
    """A valid polygon or multipolygon, with or without holes.

    Empty parts are dropped at birth: GEOS calls a polygon with an empty hole valid, but crashes
    when it is to triangulate or compare one (seen with GEOS 3.14).

    Raises:
        SpecError: The geometry is empty, no polygon, not finite, or invalid; says where and why.
    """

    geometry: shapely.Polygon | shapely.MultiPolygon
    name: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "geometry", without_empties(self.geometry))
        reason = polygon_fault(self.geometry)
        _require(reason is None, str(reason))
        _require_name(self.name)


@dataclass(frozen=True)
class Box:
    """The closed rectangle between two corners, its sides parallel to the axes."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float
    name: str | None = None

    def __post_init__(self) -> None:
        _require_usable(self.xmin, self.ymin, self.xmax, self.ymax)
        _require_name(self.name)
        _require(
            self.xmin < self.xmax and self.ymin < self.ymax,
            "the box has no area; give [xmin, ymin, xmax, ymax] with xmin < xmax and ymin < ymax",
        )


@dataclass(frozen=True)
class Circle:
    """The closed disc."""

    center: Pair
    radius: float
    name: str | None = None

    def __post_init__(self) -> None:
        _require_usable(*self.center, self.radius)
        _require_name(self.name)
        _require(self.radius > 0, "the radius must be greater than 0")


@dataclass(frozen=True)
class Ellipse:
    """The closed ellipse; `angle` turns its first half-axis from the x-axis, in degrees."""

    center: Pair
    radii: Pair
    angle: float = 0.0
    name: str | None = None

    def __post_init__(self) -> None:
        _require_usable(*self.center, *self.radii, self.angle)
        _require_name(self.name)
        _require(min(self.radii) > 0, "both radii must be greater than 0")


@dataclass(frozen=True)
class Annulus:
    """The closed ring between two circles about one centre; both circles belong to it."""

    center: Pair
    inner: float
    outer: float
    name: str | None = None

    def __post_init__(self) -> None:
        _require_usable(*self.center, self.inner, self.outer)
        _require_name(self.name)
        _require(
            0 < self.inner < self.outer,
            "the radii must satisfy 0 < inner < outer",
        )


@dataclass(frozen=True)
class HalfPlane:
    """All points with `a*x + b*y + c >= 0`: the weights and the bias of one separator."""

    a: float
    b: float
    c: float
    name: str | None = None

    def __post_init__(self) -> None:
        _require_usable(self.a, self.b, self.c)
        _require_name(self.name)
        _require(self.a != 0 or self.b != 0, "a and b must not both be 0")


@dataclass(frozen=True)
class Algebraic:
    """All points where a polynomial of degree 1 to 6 is at least 0: one separator."""

    polynomial: Polynomial
    name: str | None = None

    def __post_init__(self) -> None:
        _require_name(self.name)
        degree = self.polynomial.degree
        _require(degree > 0, "the polynomial is constant; let x or y occur in it")
        _require(degree <= MAX_DEGREE, f"the polynomial has degree {degree}; at most {MAX_DEGREE}")


@dataclass(frozen=True, eq=False)
class Path:
    """What closed contours of lines and curves enclose; its border belongs to it.

    Attributes:
        contours: Chains of segments, each closed.
        fill: Whether the points count whose winding number is not 0, or those with an odd one.
        name: Begins the names of its units.
    """

    contours: tuple[Contour, ...]
    fill: Fill = "nonzero"
    name: str | None = None

    def __post_init__(self) -> None:
        _require_name(self.name)
        _require(len(self.contours) > 0, "the path has no contour")
        for contour in self.contours:
            _require(len(contour) > 0, "a contour of the path has no segment")
            _require_usable(*(c for segment in contour for c in coordinates(segment)))
            ends = [segment.end for segment in contour]
            starts = [segment.start for segment in contour]
            _require(ends == [*starts[1:], starts[0]], "a contour of the path is not closed")
            faults = (arc_fault(segment) for segment in contour if isinstance(segment, Arc))
            for fault in faults:
                _require(fault is None, str(fault))


@dataclass(frozen=True, eq=False)
class Union:
    """The points that belong to at least one of the operands."""

    operands: tuple[Shape, ...]
    name: str | None = None

    def __post_init__(self) -> None:
        _require_shapes(self.operands, 1)
        _require_name(self.name)


@dataclass(frozen=True, eq=False)
class Intersection:
    """The points that belong to every operand."""

    operands: tuple[Shape, ...]
    name: str | None = None

    def __post_init__(self) -> None:
        _require_shapes(self.operands, 1)
        _require_name(self.name)


@dataclass(frozen=True, eq=False)
class Difference:
    """The points of the first operand that belong to none of the others."""

    operands: tuple[Shape, ...]
    name: str | None = None

    def __post_init__(self) -> None:
        _require_shapes(self.operands, 2)
        _require_name(self.name)


@dataclass(frozen=True, eq=False)
class SymmetricDifference:
    """The points that belong to an odd number of the operands."""

    operands: tuple[Shape, ...]
    name: str | None = None

    def __post_init__(self) -> None:
        _require_shapes(self.operands, 2)
        _require_name(self.name)


@dataclass(frozen=True, eq=False)
class Complement:
    """The points that do not belong to the operand."""

    operand: Shape
    name: str | None = None

    def __post_init__(self) -> None:
        _require_shapes((self.operand,), 1)
        _require_name(self.name)


Primitive: TypeAlias = Polygonal | Box | Circle | Ellipse | Annulus | HalfPlane | Algebraic | Path
Boolean: TypeAlias = Union | Intersection | Difference | SymmetricDifference | Complement
Shape: TypeAlias = Primitive | Boolean


@dataclass(frozen=True, eq=False)
class Expectation:
    """What the author of a spec says must hold of its network.

    Attributes:
        inside: `(n, 2)` points that belong to the region.
        outside: `(n, 2)` points that do not.
        area: Area within the window, or None.
        area_tolerance: Largest allowed distance from `area`.
        max_size: Largest allowed number of threshold units, or None.
    """

    inside: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    outside: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    area: float | None = None
    area_tolerance: float = 0.0
    max_size: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is expected."""
        points = len(self.inside) + len(self.outside)
        return not points and self.area is None and self.max_size is None


@dataclass(frozen=True, eq=False)
class Spec:
    """A shape with the name, the window and the expectations its author gave it.

    Attributes:
        name: Title; also the first part of every unit's name.
        shape: The region.
        window: The part of the plane that is drawn and compared.
        about: One sentence for the gallery.
        group: Under which the gallery lists it.
        expect: What `verify` checks beside the reference.
    """

    name: str
    shape: Shape
    window: Bounds
    about: str = ""
    group: str = ""
    expect: Expectation = Expectation()

    def __post_init__(self) -> None:
        _require_name(self.name)
        _require_usable(*self.window)
        _require(has_area(self.window), "the window must have xmin < xmax and ymin < ymax")

    def _repr_html_(self) -> str | None:
        """For notebooks: the name, the shape's picture, and what is expected."""
        return painted("spec_html", self)


def operands(shape: Shape) -> tuple[Shape, ...]:
    """The shapes a boolean combines; none for a primitive."""
    match shape:
        case Complement(operand):
            return (operand,)
        case Union() | Intersection() | Difference() | SymmetricDifference():
            return shape.operands
        case _:
            return ()


def bottom_up(shape: Shape) -> Iterator[Shape]:
    """Every distinct node once, operands before the boolean that combines them.

    Uses a stack of its own: trees may be deeper than Python's. A node that stands in several places
    of the tree (the same object) comes once, so a shared tree costs what it holds, not what it
    stands for.
    """
    seen: set[int] = set()
    stack = [(shape, False)]
    while stack:
        node, expanded = stack.pop()
        if expanded:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((operand, False) for operand in reversed(operands(node)))


def polygon_fault(geometry: shapely.Geometry) -> str | None:
    """Why a geometry is no polygon to build on, in one sentence, or None if it is one."""
    kind = geometry.geom_type
    if kind not in ("Polygon", "MultiPolygon"):
        return f"a {kind} is not read; give a Polygon or a MultiPolygon"
    if geometry.is_empty:
        return "the geometry is empty; give a polygon with at least three corners"
    coordinates = shapely.get_coordinates(geometry)
    if not np.isfinite(coordinates).all():
        return "a coordinate is not finite; give numbers without NaN or infinity"
    if np.abs(coordinates).max() > LARGEST:
        return f"a coordinate is larger than {LARGEST:g}; use a larger unit of length"
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        return f"the polygon is invalid: {readable_reason(reason)}; mend it or add `repair: true`"
    return None


def without_empties(geometry: shapely.Geometry) -> shapely.Geometry:
    """A polygon without its empty holes, a multipolygon without its empty members."""
    match geometry:
        case shapely.Polygon():
            holes = [ring for ring in geometry.interiors if not ring.is_empty]
            if len(holes) == len(geometry.interiors) or geometry.is_empty:
                return geometry
            return shapely.Polygon(geometry.exterior, holes)
        case shapely.MultiPolygon():
            parts = [without_empties(part) for part in geometry.geoms if not part.is_empty]
            return shapely.MultiPolygon(parts)
        case _:
            return geometry


def readable_reason(reason: str) -> str:
    """Shapely's `Self-intersection[20 30]` as `Self-intersection at (20, 30)`."""
    what, bracket, place = reason.partition("[")
    if not bracket:
        return what
    return f"{what} at ({', '.join(place.rstrip(']').split())})"


def _require_usable(*numbers: float) -> None:
    _require(all(map(math.isfinite, numbers)), "every number must be finite")
    _require(max(map(abs, numbers)) <= LARGEST, f"no number may be larger than {LARGEST:g}")


def _require_name(name: str | None) -> None:
    fault = None if name is None else name_fault(name)
    _require(fault is None, str(fault))


def _require_shapes(shapes: tuple[object, ...], least: int) -> None:
    for shape in shapes:
        kind = type(shape).__name__
        _require(isinstance(shape, Shape), f"a {kind} is no shape; wrap a polygon in Polygonal")
    _require(len(shapes) >= least, f"give at least {least} shape{'s' if least > 1 else ''}")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise SpecError([Problem(message)])
