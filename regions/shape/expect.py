"""How `expect` is written: what a document says must hold of its network."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from regions.shape import model
from regions.shape.fields import NotNegative, Points
from regions.shape.reading import Evaluated, ReadAs, Siblings, either, wanted
from regions.shape.strict import Strict


class AreaBody(Strict):
    """An area and how far the network's may be from it."""

    value: NotNegative = Field(description="Area within the window.", examples=[28])
    tolerance: NotNegative | None = Field(
        default=None, description="Allowed distance; default 0.1 % of the value.", examples=[0.5]
    )


_AREA_TOLERANCE = 0.001
"""Part of the expected area by which the network's, counted in pixels, may differ from it."""


def _area(written: float | AreaBody, _: Siblings) -> tuple[float, float]:
    """The value and its tolerance."""
    if not isinstance(written, AreaBody):
        return written, _AREA_TOLERANCE * written
    if written.tolerance is None:
        return written.value, _AREA_TOLERANCE * written.value
    return written.value, written.tolerance


_AREA = ReadAs(
    either(NotNegative, (int, float, str), AreaBody, "a number or a mapping {value, tolerance}"),
    _area,
)


class SizeBody(Strict):
    """A bound on the network's size."""

    max: Annotated[int, Field(strict=True, ge=1), Evaluated()] = Field(
        description="Largest allowed number of threshold units.", examples=[12]
    )


class ExpectBody(Strict):
    """What must hold of the network."""

    inside: Points = Field(
        default=[], description="Points of the region.", examples=[[[3, 5], [1, 1]]]
    )
    outside: Points = Field(
        default=[], description="Points outside the region.", examples=[[[9, 9]]]
    )
    area: Annotated[tuple[float, float], _AREA] | None = Field(
        default=None,
        description="Area within the window, to 0.1 %; or {value, tolerance}.",
        examples=[28, {"value": 3.14, "tolerance": 0.01}],
    )
    size: Annotated[SizeBody, wanted(dict, "a mapping {max: n}")] | None = Field(
        default=None, description="Bound on the number of threshold units.", examples=[{"max": 12}]
    )


def _expectation(body: ExpectBody, _: Siblings) -> model.Expectation:
    area, tolerance = body.area or (None, 0.0)
    return model.Expectation(
        inside=np.array(body.inside, dtype=np.float64).reshape(-1, 2),
        outside=np.array(body.outside, dtype=np.float64).reshape(-1, 2),
        area=area,
        area_tolerance=tolerance,
        max_size=body.size.max if body.size else None,
    )


EXPECT = ReadAs(
    Annotated[ExpectBody, wanted(dict, "a mapping such as {inside: [[0, 0]], area: 28}")],
    _expectation,
)

EXPECT_BODIES: dict[str, type[Strict]] = {
    "expect": ExpectBody,
    "area": AreaBody,
    "size": SizeBody,
}
"""The models of the mappings under `expect`, itself included."""
