"""Sectors, capsules, rounded boxes, regular polygons and stars as they are written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from regions.shape import corners, model, rounds
from regions.shape.corners import MAX_CORNERS, UP
from regions.shape.effort import CORNER
from regions.shape.fields import Corners, Number, Point, Positive
from regions.shape.nodes import ShapeNode
from regions.shape.reading import Evaluated, ReadAs, Siblings, wanted
from regions.shape.strict import Strict

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


def _mapping(body: type[Strict], form: str) -> Any:
    return Annotated[body, wanted(dict, f"a mapping {form}")]


SECTOR = ReadAs(_mapping(SectorBody, "{center: [x, y], radius: r, from: 0, to: 90}"), _sector)
CAPSULE = ReadAs(_mapping(CapsuleBody, "{from: [x, y], to: [x, y], radius: r}"), _capsule)
ROUNDED_BOX = ReadAs(
    _mapping(RoundedBoxBody, "{box: [xmin, ymin, xmax, ymax], radius: r}"), _rounded_box
)
REGULAR = ReadAs(_mapping(RegularBody, "{sides: n, radius: r}"), _regular)
STAR = ReadAs(_mapping(StarBody, "{points: n, outer: R, inner: r}"), _star)


class SectorNode(ShapeNode):
    """The part of a disc or of an annulus between two directions; closed."""

    sector: Annotated[model.Intersection, SECTOR] = Field(
        description="{center, radius, from, to, inner}; degrees, counter-clockwise.",
        examples=[{"center": [0, 0], "radius": 2, "from": 0, "to": 90}],
    )


class CapsuleNode(ShapeNode):
    """All points within a distance of a segment."""

    capsule: Annotated[model.Union, CAPSULE] = Field(
        description="{from, to, radius}.",
        examples=[{"from": [0, 0], "to": [4, 0], "radius": 1}],
    )


class RoundedBoxNode(ShapeNode):
    """A box with round corners."""

    rounded_box: Annotated[model.Union, ROUNDED_BOX] = Field(
        description="{box, radius}.", examples=[{"box": [0, 0, 4, 3], "radius": 1}]
    )


class RegularNode(ShapeNode):
    """A regular polygon."""

    regular: Annotated[model.Polygonal, REGULAR] = Field(
        description="{sides, radius, center, angle}.", examples=[{"sides": 6, "radius": 1}]
    )


class StarNode(ShapeNode):
    """A star."""

    star: Annotated[model.Polygonal, STAR] = Field(
        description="{points, outer, inner, center, angle}.",
        examples=[{"points": 5, "outer": 2, "inner": 1}],
    )


DERIVED_BODIES: dict[str, type[Strict]] = {
    "sector": SectorBody,
    "capsule": CapsuleBody,
    "rounded_box": RoundedBoxBody,
    "regular": RegularBody,
    "star": StarBody,
}
"""The models of the mappings that stand under these keys."""
