"""Shapes made of shapes, as they are written: hulls, offsets and the operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import shapely
from pydantic import AfterValidator, Field

from regions.shape import corners, model, offsets
from regions.shape.effort import SIDE
from regions.shape.faults import Fault, fault, faults
from regions.shape.fields import Number, Points
from regions.shape.model import bottom_up
from regions.shape.nodes import Node, ShapeNode
from regions.shape.reading import ReadAs, Siblings, either, wanted
from regions.shape.reuse import USE
from regions.shape.strict import Strict


class HullBody(Strict):
    """Points to enclose."""

    points: Points = Field(
        description="Points [[x, y], ...].", examples=[[[0, 0], [4, 0], [1, 1], [0, 4]]]
    )


def _hull(written: HullBody | list[model.Shape], beside: Siblings) -> model.Polygonal:
    """The hull of points, or of shapes with straight sides; others are errors at their places.

    Raises:
        SpecError: All points lie on one line.
    """
    if isinstance(written, HullBody):
        return corners.hull_of_points(written.points, beside.name)
    found = [corners.vertices(shape) for shape in written]
    wrong = [(index,) for index, points in enumerate(found) if points is None]
    if wrong:
        message = "a hull is drawn around polygons, boxes and unions of these; give one of them"
        raise faults(Fault(place, message) for place in wrong)
    return corners.hull_of_points([p for points in found for p in points or ()], beside.name)


HULL = ReadAs(
    either(
        Annotated[list[Node], Field(min_length=1)],
        list,
        HullBody,
        "a list of shapes or a mapping {points: [[x, y], ...]}",
    ),
    _hull,
)


class HullNode(ShapeNode):
    """The convex hull of points or of straight shapes."""

    hull: Annotated[model.Polygonal, HULL] = Field(
        description="{points: [[x, y], ...]}, or a list of polygons and boxes.",
        examples=[
            {"points": [[0, 0], [4, 0], [1, 1], [0, 4]]},
            [{"box": [0, 0, 1, 1]}, {"box": [3, 3, 4, 4]}],
        ],
    )


def _not_zero(by: float) -> float:
    if by == 0:
        raise fault("found the number 0; grow by more than 0 or shrink by less")
    return by


Distance = Annotated[Number, AfterValidator(_not_zero)]


class OffsetBody(Strict):
    """A straight shape, and how far to grow or to shrink it."""

    shape: Node = Field(
        description="A polygon or a box; to grow, also a union of these; to shrink, also an "
        "intersection.",
        examples=[{"box": [0, 0, 4, 3]}],
    )
    by: Distance = Field(
        description="The distance: greater than 0 to grow, less than 0 to shrink.", examples=[1]
    )


def _offset(body: OffsetBody, beside: Siblings) -> model.Shape:
    """Grown by a positive distance, shrunk by a negative one.

    Raises:
        SpecError: As `grown` and `shrunk`, or there are too many sides.
    """
    parts = (node.geometry for node in bottom_up(body.shape) if isinstance(node, model.Polygonal))
    beside.effort.spend(SIDE * int(sum(map(shapely.get_num_coordinates, parts))))
    if body.by > 0:
        return offsets.grown(body.shape, body.by, beside.name)
    return offsets.shrunk(body.shape, -body.by, beside.name)


OFFSET = ReadAs(
    Annotated[OffsetBody, wanted(dict, "a mapping {shape: ..., by: r}")],
    _offset,
)


class OffsetNode(ShapeNode):
    """A straight shape, grown with round corners, or shrunk."""

    offset: Annotated[model.Shape, OFFSET] = Field(
        description="{shape, by}.", examples=[{"shape": {"box": [0, 0, 4, 3]}, "by": 1}]
    )


def _complement(shape: model.Shape, beside: Siblings) -> model.Complement:
    return model.Complement(shape, beside.name)


def _shape_list() -> Any:
    """A field of its own for each boolean: pydantic 2.11.0 writes what it learns into the field."""
    examples = [[{"box": [0, 0, 4, 3]}, {"circle": {"center": [4, 0], "radius": 1}}]]
    return Field(description="A list of shapes.", examples=examples)


def _operands(kind: Callable[..., model.Shape], least: int) -> ReadAs:
    """A list of at least so many shapes, combined by a boolean."""
    return ReadAs(
        Annotated[list[Node], wanted(list, "a list of shapes"), Field(min_length=least)],
        lambda shapes, beside: kind(tuple(shapes), beside.name),
    )


class UnionNode(ShapeNode):
    """The points of at least one of the shapes."""

    union: Annotated[model.Union, _operands(model.Union, 1)] = _shape_list()


class IntersectionNode(ShapeNode):
    """The points of all the shapes."""

    intersection: Annotated[model.Intersection, _operands(model.Intersection, 1)] = _shape_list()


class DifferenceNode(ShapeNode):
    """The points of the first shape that are in none of the others."""

    difference: Annotated[model.Difference, _operands(model.Difference, 2)] = _shape_list()


class SymmetricDifferenceNode(ShapeNode):
    """The points of an odd number of the shapes."""

    symmetric_difference: Annotated[
        model.SymmetricDifference, _operands(model.SymmetricDifference, 2)
    ] = _shape_list()


class ComplementNode(ShapeNode):
    """The points that are not in the shape."""

    complement: Annotated[model.Complement, ReadAs(Node, _complement)] = Field(
        description="One shape.", examples=[{"box": [0, 0, 4, 3]}]
    )


class UseNode(ShapeNode):
    """A shape that is defined at the top."""

    use: Annotated[model.Shape, USE] = Field(
        description="The name of a shape under `define`.", examples=["roof"]
    )


NESTED_BODIES: dict[str, type[Strict]] = {
    "hull": HullBody,
    "offset": OffsetBody,
}
"""The models of the mappings that stand under these keys."""
