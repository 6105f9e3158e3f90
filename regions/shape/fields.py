"""The pieces that spec documents are made of: numbers, points, rings, names.

Every check that pydantic's own types do not make ends in a `fault`: an error whose text is already
in plain words, at the place of the value it is about.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import shapely
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
)

from regions.geometry.boxes import has_area
from regions.shape.faults import fault
from regions.shape.model import LARGEST, Bounds, Pair
from regions.shape.names import name_fault
from regions.shape.reading import Evaluated, row, wanted
from regions.text.wording import described

Number: TypeAlias = Annotated[
    float, Field(strict=True, allow_inf_nan=False, ge=-LARGEST, le=LARGEST), Evaluated()
]
Positive: TypeAlias = Annotated[
    float, Field(strict=True, allow_inf_nan=False, gt=0, le=LARGEST), Evaluated()
]
NotNegative: TypeAlias = Annotated[
    float, Field(strict=True, allow_inf_nan=False, ge=0, le=LARGEST), Evaluated()
]
Point: TypeAlias = Annotated[tuple[Number, Number], row(2, "a point [x, y]")]


def points(form: str) -> BeforeValidator:
    """Refuses what is no list, or one of bare numbers: those get one error, not one each."""

    def check(value: object) -> object:
        if not isinstance(value, list):
            raise fault(f"found {described(value)}; give {form}")
        if value and all(isinstance(item, int | float) for item in value):
            raise fault(f"found a list of numbers; give {form}")
        return value

    return BeforeValidator(check)


Points: TypeAlias = Annotated[list[Point], points("a list of points [[x, y], ...]")]
Text: TypeAlias = Annotated[str, wanted(str, "text")]
FileName: TypeAlias = Annotated[str, Field(min_length=1), wanted(str, "the path of a file")]


def _checked_name(name: str) -> str:
    reason = name_fault(name)
    if reason is not None:
        raise fault(reason)
    return name


Name: TypeAlias = Annotated[
    str, wanted(str, "text, in quotes where it looks like a number"), AfterValidator(_checked_name)
]


def _checked_ring(points: list[Pair], info: ValidationInfo) -> list[Pair]:
    distinct = len(set(points))
    if distinct < 3:
        shown = ("no point", "one point", "two different points")[distinct]
        raise fault(f"the ring has {shown}; give at least three")
    if shapely.MultiPoint(points).convex_hull.geom_type != "Polygon":
        raise fault("all points of the ring lie on one line, so it has no area; move one of them")
    return points


Ring: TypeAlias = Annotated[
    list[Point],
    points("a ring of points [[x, y], [x, y], [x, y], ...]"),
    AfterValidator(_checked_ring),
]


def _checked_window(window: Bounds) -> Bounds:
    if has_area(window):
        return window
    raise fault("the window has no area; give [xmin, ymin, xmax, ymax], xmin < xmax, ymin < ymax")


_CORNERS = row(4, "[xmin, ymin, xmax, ymax]")
Corners: TypeAlias = Annotated[tuple[Number, Number, Number, Number], _CORNERS]
Window: TypeAlias = Annotated[Corners, AfterValidator(_checked_window)]


def _checked_scalar(value: object) -> object:
    if isinstance(value, list | dict):
        raise fault(f"found {described(value)}; give one text, number, true, false or null")
    if isinstance(value, float) and value - value != 0:
        raise fault("no property equals NaN or infinity; give a finite number")
    return value


Property: TypeAlias = Annotated[str | int | float | bool | None, BeforeValidator(_checked_scalar)]
