"""How derived primitives are written: sectors, capsules, rounded boxes, regular polygons, hulls."""

from __future__ import annotations

from typing import Annotated, Any

import shapely
from pydantic import AfterValidator, Field

from regions.shape import corners, model, offsets, rounds
from regions.shape.corners import MAX_CORNERS, UP
from regions.shape.effort import CORNER, SIDE
from regions.shape.fields import (
    Corners,
    Evaluated,
    Fault,
    Number,
    Point,
    Points,
    Positive,
    ReadAs,
    Siblings,
    fault,
    faults,
    wanted,
)
from regions.shape.model import bottom_up
from regions.shape.written import Strict

CENTER = Field(default=(0.0, 0.0), description="Centre [x, y].", examples=[[0, 0]])
ANGLE = Field(
    default=UP,
    description="Degrees from the x-axis to the first corner, counter-clockwise; 90 is up.",
    examples=[90],
)
Count = Annotated[int, Field(strict=True, ge=3, le=MAX_CORNERS), Evaluated()]


class SectorBody(Strict):
    """A disc or an annulus between two directions."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    radius: Positive = Field(description="Radius, greater than 0.", examples=[2])
    from_: Number = Field(
        alias="from", description="Degrees from the x-axis to the first direction.", examples=[0]
    )
    to: Number = Field(
        description="Degrees to the last direction, counter-clockwise from the first.",
        examples=[90],
    )
    inner: Positive | None = Field(
        default=None, description="Radius of a hole about the centre.", examples=[1]
    )


class CapsuleBody(Strict):
    """The points near a segment."""

    from_: Point = Field(alias="from", description="One end [x, y].", examples=[[0, 0]])
    to: Point = Field(description="The other end [x, y].", examples=[[4, 0]])
    radius: Positive = Field(description="Distance from the segment.", examples=[1])


class RoundedBoxBody(Strict):
    """A box and the radius of its corners."""

    box: Corners = Field(description="[xmin, ymin, xmax, ymax].", examples=[[0, 0, 4, 3]])
    radius: Positive = Field(
        description="Of the corners; at most half the shorter side.", examples=[1]
    )


class RegularBody(Strict):
    """A regular polygon."""

    sides: Count = Field(description="How many sides, at least 3.", examples=[6])
    radius: Positive = Field(description="Distance of the corners from the centre.", examples=[1])
    center: Point = CENTER
    angle: Number = ANGLE


class StarBody(Strict):
    """Tips and notches on two circles."""

    points: Count = Field(description="How many tips, at least 3.", examples=[5])
    outer: Positive = Field(description="Distance of the tips from the centre.", examples=[2])
    inner: Positive = Field(description="Distance of the notches.", examples=[1])
    center: Point = CENTER
    angle: Number = ANGLE


class HullBody(Strict):
    """Points to enclose."""

    points: Points = Field(
        description="Points [[x, y], ...].", examples=[[[0, 0], [4, 0], [1, 1], [0, 4]]]
    )


def _sector(body: SectorBody, beside: Siblings) -> model.Intersection:
    return rounds.sector(body.center, body.radius, body.from_, body.to, body.inner, beside.name)


def _capsule(body: CapsuleBody, beside: Siblings) -> model.Union:
    return rounds.capsule(body.from_, body.to, body.radius, beside.name)


def _rounded_box(body: RoundedBoxBody, beside: Siblings) -> model.Union:
    return rounds.rounded_box(model.Box(*body.box, beside.name), body.radius)


def _regular(body: RegularBody, beside: Siblings) -> model.Polygonal:
    beside.effort.spend(CORNER * body.sides)
    return corners.regular(body.sides, body.radius, body.center, body.angle, beside.name)


def _star(body: StarBody, beside: Siblings) -> model.Polygonal:
    beside.effort.spend(2 * CORNER * body.points)
    return corners.star(body.points, body.outer, body.inner, body.center, body.angle, beside.name)


def hull(written: HullBody | list[model.Shape], beside: Siblings) -> model.Polygonal:
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


def offset(shape: model.Shape, by: float, beside: Siblings) -> model.Shape:
    """Grown by a positive distance, shrunk by a negative one.

    Raises:
        SpecError: As `grown` and `shrunk`, or there are too many sides.
    """
    polygons = (node.geometry for node in bottom_up(shape) if isinstance(node, model.Polygonal))
    beside.effort.spend(SIDE * int(sum(map(shapely.get_num_coordinates, polygons))))
    if by > 0:
        return offsets.grown(shape, by, beside.name)
    return offsets.shrunk(shape, -by, beside.name)


def _not_zero(by: float) -> float:
    if by == 0:
        raise fault("found the number 0; grow by more than 0 or shrink by less")
    return by


Distance = Annotated[Number, AfterValidator(_not_zero)]


def _mapping(body: type[Strict], form: str) -> Any:
    return Annotated[body, wanted(dict, f"a mapping {form}")]


SECTOR = ReadAs(_mapping(SectorBody, "{center: [x, y], radius: r, from: 0, to: 90}"), _sector)
CAPSULE = ReadAs(_mapping(CapsuleBody, "{from: [x, y], to: [x, y], radius: r}"), _capsule)
ROUNDED_BOX = ReadAs(
    _mapping(RoundedBoxBody, "{box: [xmin, ymin, xmax, ymax], radius: r}"), _rounded_box
)
REGULAR = ReadAs(_mapping(RegularBody, "{sides: n, radius: r}"), _regular)
STAR = ReadAs(_mapping(StarBody, "{points: n, outer: R, inner: r}"), _star)

DERIVED_BODIES: dict[str, type[Strict]] = {
    "sector": SectorBody,
    "capsule": CapsuleBody,
    "rounded_box": RoundedBoxBody,
    "regular": RegularBody,
    "star": StarBody,
    "hull": HullBody,
}
"""The models of the mappings that stand under these shape keys."""
