"""Boxes, circles, ellipses, annuli and half-planes as they are written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from regions.shape import model
from regions.shape.atoms import halfplane_through
from regions.shape.fields import Corners, Number, Point, Positive
from regions.shape.nodes import ShapeNode
from regions.shape.reading import ReadAs, Siblings, either, row, wanted
from regions.shape.strict import Strict


class CircleBody(Strict):
    """A centre and a radius."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    radius: Positive = Field(description="Radius, greater than 0.", examples=[1])


class EllipseBody(Strict):
    """A centre, two half-axes and the direction of the first."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    radii: Annotated[tuple[Positive, Positive], row(2, "two half-axes [rx, ry]")] = Field(
        description="Half-axes [rx, ry], both greater than 0.", examples=[[2, 1]]
    )
    angle: Number = Field(
        default=0.0,
        description="Degrees from the x-axis to the first half-axis, counter-clockwise.",
        examples=[30],
    )


class AnnulusBody(Strict):
    """Two circles about one centre."""

    center: Point = Field(description="Centre [x, y].", examples=[[0, 0]])
    inner: Positive = Field(description="Radius of the inner circle.", examples=[1])
    outer: Positive = Field(description="Radius of the outer circle.", examples=[2])


class ThroughBody(Strict):
    """A line given by two points."""

    through: Annotated[tuple[Point, Point], row(2, "two points [[x, y], [x, y]]")] = Field(
        description="Two points; the half-plane lies to the left of the way from the first on.",
        examples=[[[0, 0], [1, 0]]],
    )


def _box(corners: model.Bounds, beside: Siblings) -> model.Box:
    return model.Box(*corners, beside.name)


def _circle(body: CircleBody, beside: Siblings) -> model.Circle:
    return model.Circle(body.center, body.radius, beside.name)


def _ellipse(body: EllipseBody, beside: Siblings) -> model.Ellipse:
    return model.Ellipse(body.center, body.radii, body.angle, beside.name)


def _annulus(body: AnnulusBody, beside: Siblings) -> model.Annulus:
    return model.Annulus(body.center, body.inner, body.outer, beside.name)


def _halfplane(written: Any, beside: Siblings) -> model.HalfPlane:
    if isinstance(written, ThroughBody):
        return halfplane_through(*written.through, beside.name)
    a, b, c = written
    return model.HalfPlane(a, b, c, beside.name)


BOX = ReadAs(Corners, _box)
CIRCLE = ReadAs(
    Annotated[CircleBody, wanted(dict, "a mapping {center: [x, y], radius: r}")], _circle
)
ELLIPSE = ReadAs(
    Annotated[EllipseBody, wanted(dict, "a mapping {center: [x, y], radii: [rx, ry]}")], _ellipse
)
ANNULUS = ReadAs(
    Annotated[AnnulusBody, wanted(dict, "a mapping {center: [x, y], inner: r, outer: R}")],
    _annulus,
)
_COEFFICIENTS = Annotated[tuple[Number, Number, Number], row(3, "[a, b, c]")]
HALFPLANE = ReadAs(
    either(_COEFFICIENTS, list, ThroughBody, "[a, b, c] or a mapping {through: [[x, y], [x, y]]}"),
    _halfplane,
)


class BoxNode(ShapeNode):
    """A closed rectangle with sides parallel to the axes."""

    box: Annotated[model.Box, BOX] = Field(
        description="[xmin, ymin, xmax, ymax].", examples=[[0, 0, 4, 3]]
    )


class CircleNode(ShapeNode):
    """A closed disc."""

    circle: Annotated[model.Circle, CIRCLE] = Field(
        description="{center, radius}.", examples=[{"center": [0, 0], "radius": 1}]
    )


class EllipseNode(ShapeNode):
    """A closed ellipse."""

    ellipse: Annotated[model.Ellipse, ELLIPSE] = Field(
        description="{center, radii, angle}.",
        examples=[{"center": [0, 0], "radii": [2, 1], "angle": 30}],
    )


class AnnulusNode(ShapeNode):
    """The closed ring between two circles."""

    annulus: Annotated[model.Annulus, ANNULUS] = Field(
        description="{center, inner, outer}; both circles belong to it.",
        examples=[{"center": [0, 0], "inner": 1, "outer": 2}],
    )


class HalfPlaneNode(ShapeNode):
    """A closed half-plane."""

    halfplane: Annotated[model.HalfPlane, HALFPLANE] = Field(
        description="[a, b, c], the points with a*x + b*y + c >= 0; or {through: two points}.",
        examples=[[1, 0, 0], {"through": [[0, 0], [1, 0]]}],
    )


PRIMITIVE_BODIES: dict[str, type[Strict]] = {
    "circle": CircleBody,
    "ellipse": EllipseBody,
    "annulus": AnnulusBody,
    "halfplane": ThroughBody,
}
"""The models of the mappings that stand under these keys."""
