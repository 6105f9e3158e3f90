"""Conics and polynomial inequalities as they are written."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from regions.geometry.polynomials import polynomial
from regions.shape import model
from regions.shape.algebraic import MAX_CONIC, polynomial_of
from regions.shape.faults import fault
from regions.shape.fields import Number, Text
from regions.shape.nodes import ShapeNode
from regions.shape.reading import ReadAs, Siblings, either, wanted
from regions.shape.strict import Strict
from regions.text.algebra.expression import ExpressionError


class ConicBody(Strict):
    """The coefficients of a polynomial of degree 2 that is at least 0 in the region."""

    xx: Number = Field(default=0.0, description="Of x^2.", examples=[-1])
    xy: Number = Field(default=0.0, description="Of x*y.", examples=[0])
    yy: Number = Field(default=0.0, description="Of y^2.", examples=[1])
    x: Number = Field(default=0.0, description="Of x.", examples=[0])
    y: Number = Field(default=0.0, description="Of y.", examples=[0])
    one: Number = Field(default=0.0, description="The constant.", examples=[1])


def _conic(written: str | ConicBody, beside: Siblings) -> model.Algebraic:
    if isinstance(written, str):
        return _algebraic(written, beside, MAX_CONIC)
    coefficients = {
        (2, 0): written.xx,
        (1, 1): written.xy,
        (0, 2): written.yy,
        (1, 0): written.x,
        (0, 1): written.y,
    }
    return model.Algebraic(polynomial(coefficients.items(), written.one), beside.name)


def _polynomial(written: str, beside: Siblings) -> model.Algebraic:
    return _algebraic(written, beside, None)


def _algebraic(text: str, beside: Siblings, degree: int | None) -> model.Algebraic:
    try:
        return model.Algebraic(polynomial_of(text, degree), beside.name)
    except ExpressionError as error:
        raise fault(error.message, within=error.offset) from None


CONIC = ReadAs(
    either(Text, str, ConicBody, "an inequality such as x^2 - y^2 <= 1, or its coefficients"),
    _conic,
)
POLYNOMIAL = ReadAs(
    Annotated[str, wanted(str, "an inequality such as x^4 + y^4 <= 1")], _polynomial
)


class ConicNode(ShapeNode):
    """All points where a polynomial of degree 2 is at least 0."""

    conic: Annotated[model.Algebraic, CONIC] = Field(
        description="An inequality of degree 2 at most, or the coefficients of what is >= 0.",
        examples=["x^2 - y^2 <= 1", {"xx": -1, "yy": 1, "one": 1}],
    )


class PolynomialNode(ShapeNode):
    """All points where a polynomial inequality holds."""

    polynomial: Annotated[model.Algebraic, POLYNOMIAL] = Field(
        description="An inequality of degree 6 at most, with <= or >=.",
        examples=["(x^2 + y^2 - 1)^3 <= x^2*y^3"],
    )


ALGEBRAIC_BODIES: dict[str, type[Strict]] = {
    "conic": ConicBody,
}
"""The models of the mappings that stand under these keys."""
