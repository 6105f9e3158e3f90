"""The exercise: the region in words, from the tree of the spec."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

import numpy as np
import shapely

from regions.geometry import polynomials
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
    Spec,
    SymmetricDifference,
    Union,
    bottom_up,
    operands,
)
from regions.story.explain.document import (
    Block,
    Item,
    Items,
    Name,
    Paragraph,
    Spans,
    counted,
    joined,
    para,
)
from regions.story.explain.formula import (
    ZERO,
    Formula,
    Heaviside,
    Letter,
    X,
    Y,
    number,
    polynomial_sum,
    relation,
    vector,
)
from regions.story.explain.reading import as_written

CORNERS = 12
"""Corners of a polygon that are listed."""

LONGEST = 10
"""Letters of a coordinate of such a polygon."""

DEEPEST = 4
MOST_PARTS = 12
"""Nesting, and operands of one boolean, that are described; the rest is counted."""


PLANS = {
    "parts": "The plan: a convex set with straight sides consists of the points that lie on the "
    "right side of all its lines. So each line gets a neuron, each convex part of the region an "
    "AND of these, and further gates put the region together from its parts.",
    "edges": "The plan: each edge of the border lies on a line, and each line gets a neuron. The "
    "gates follow the border from edge to edge, so that no further lines are needed.",
    "cover": "The plan: each edge of the border lies on a line, and each line gets a neuron. The "
    "region is covered by convex sets that may overlap and that need no further lines: an AND "
    "for each of them, and an OR.",
    "one-layer": "The plan: each edge of the border lies on a line, and each line gets a neuron. "
    "A single gate weighs their answers.",
}
"""How each strategy goes about it, for networks with gates."""


def task(spec: Spec, strategy: str | None) -> Iterator[Block]:
    """What is asked for, what a neuron is, and the plan.

    Args:
        spec: The region.
        strategy: What made the network; None where there is nothing to be said of it.
    """
    yield Paragraph(
        (
            "Wanted is a network of threshold neurons that answers 1 at every point of a region "
            "and 0 at every other point of the plane. The region is ",
            *described(spec.shape),
            "." if not operands(spec.shape) else ":",
        )
    )
    if parts := _parts(spec.shape, DEEPEST):
        yield Items(parts)
    yield para(_border(spec.shape))
    z = Letter("z")
    yield para(
        "A neuron adds up its inputs, each times a weight, and a bias to a sum ", z,
        ", and answers ", Heaviside(z), ", where ", relation(Heaviside(z), "=", number(1)),
        " if ", relation(z, ">=", ZERO), " and ", relation(Heaviside(z), "=", ZERO), " if ",
        relation(z, "<", ZERO), ".",
    )  # fmt: skip
    if strategy == "parts" and not _is_straight(spec.shape):
        yield para(
            "The plan: each line and each curve of the border gets a neuron that tells its two "
            "sides apart, and gates put the region together from these, as described above."
        )
    elif strategy is not None:
        yield para(PLANS[strategy])


def _parts(shape: Shape, depth: int) -> tuple[Item, ...]:
    inner = operands(shape)
    if not inner or depth == 0:
        return ()
    shown = tuple(
        Item((*_label(part), *described(part)), _parts(part, depth - 1))
        for part in inner[:MOST_PARTS]
    )
    if len(inner) > MOST_PARTS:
        shown = (*shown, Item((f"and {len(inner) - MOST_PARTS:,} more",)))
    return shown


def _is_straight(shape: Shape) -> bool:
    simple = (node for node in bottom_up(shape) if not operands(node))
    return all(isinstance(node, Polygonal | Box | HalfPlane) for node in simple)


def _border(shape: Shape) -> str:
    """Whether points on the border belong to the region."""
    kinds = {type(node) for node in bottom_up(shape)}
    if not kinds & {Difference, SymmetricDifference, Complement}:
        return "Points on its border belong to the region."
    return (
        "Polygons, discs and all other simple sets include their border; a set that is taken away "
        "takes its border with it."
    )


def _label(part: Shape) -> Spans:
    return () if part.name is None else (Name(part.name), ": ")


def described(shape: Shape) -> Spans:
    """A shape in words; of a boolean only what it does with its operands."""
    match shape:
        case Polygonal(geometry):
            return _polygonal(geometry)
        case Box(xmin, ymin, xmax, ymax):
            across = relation(_coordinate(xmin), "<=", X, "<=", _coordinate(xmax))
            up = relation(_coordinate(ymin), "<=", Y, "<=", _coordinate(ymax))
            return ("the rectangle ", across, ", ", up)
        case Circle(center, radius):
            return ("the disc about ", _point(center), " with radius ", _coordinate(radius))
        case Ellipse(center, (first, second), angle):
            turned = (", turned by ", _coordinate(angle), " degrees") if angle else ()
            return ("the ellipse about ", _point(center), " with the half-axes ",
                    _coordinate(first), " and ", _coordinate(second), *turned)  # fmt: skip
        case Annulus(center, inner, outer):
            return ("the ring about ", _point(center), " between the radii ",
                    _coordinate(inner), " and ", _coordinate(outer))  # fmt: skip
        case HalfPlane(a, b, c):
            return ("the half-plane ", _at_least_zero(polynomials.line(a, b, c)))
        case Algebraic(polynomial):
            return ("the set ", _at_least_zero(polynomial))
        case Path(contours):
            count = sum(map(len, contours))
            curves = "line or curve", "lines and curves"
            rings = counted(len(contours), "closed path")
            return (
                f"what {rings} of {counted(count, *curves)} enclose{'s' * (len(contours) == 1)}",
            )
        case _:
            return (_boolean(shape),)


def _boolean(
    shape: Union | Intersection | Difference | SymmetricDifference | Complement,
) -> str:
    count = len(operands(shape))
    match shape:
        case Union():
            return f"the union of {counted(count, 'set')}"
        case Intersection():
            return f"the intersection of {counted(count, 'set')}"
        case Difference():
            return "the first of these sets without " + (
                "the second" if count == 2 else "the others"
            )
        case SymmetricDifference():
            return (
                "the points in exactly one of two sets"
                if count == 2
                else f"the points in an odd number of {counted(count, 'set')}"
            )
        case Complement():
            return "the complement of one set"
        case _:
            assert_never(shape)


def _polygonal(geometry: shapely.Polygon | shapely.MultiPolygon) -> Spans:
    polygons = shapely.get_parts(geometry)
    corners = [len(ring.coords) - 1 for ring in shapely.get_rings(polygons)]
    long = any(len(repr(c)) > LONGEST for c in shapely.get_coordinates(geometry).ravel().tolist())
    if len(corners) == 1 and corners[0] <= CORNERS and not long:
        word = "triangle" if corners[0] == 3 else "polygon"
        points = shapely.get_coordinates(geometry)[:-1]
        return (f"the {word} with the corners ", *_listed(points))
    holes = len(corners) - len(polygons)
    what = "the polygon" if len(polygons) == 1 else counted(len(polygons), "polygon")
    inside = f" and {counted(holes, 'hole')}" if holes else ""
    if len(polygons) == 1 and sum(corners) <= CORNERS and not long:
        outer, *inner = [
            _listed(np.array(ring.coords)[:-1]) for ring in shapely.get_rings(polygons)
        ]
        rings = joined([("that with the corners ", *hole) for hole in inner])
        return ("the polygon with the corners ", *outer, ", without the inside of ", *rings)
    return (f"{what} with {counted(sum(corners), 'corner')}{inside}",)


def _listed(points: np.ndarray) -> Spans:
    return joined([(_point(point),) for point in points.tolist()])


def _point(point: tuple[float, float]) -> Formula:
    return vector(as_written(float(point[0])), as_written(float(point[1])))


def _coordinate(value: float) -> Formula:
    return number(as_written(float(value)))


def _at_least_zero(polynomial: polynomials.Polynomial) -> Formula:
    """With the decimals that doubles stand for."""
    short = polynomials.Polynomial(
        tuple((m, as_written(float(c)) if abs(c) < Fraction(10) ** 300 else c)
              for m, c in polynomial.terms)
    )  # fmt: skip
    return relation(polynomial_sum(short), ">=", ZERO)
