"""The pieces that spec documents are made of: numbers, points, rings, names, and how they fail.

Every check that pydantic's own types do not make ends in a `fault`: an error whose text is already
in plain words, at the place of the value it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from types import FunctionType
from typing import Annotated, Any, NamedTuple, TypeAlias

import shapely
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from regions.errors import Problem, SpecError
from regions.geometry.boxes import has_area
from regions.shape.definitions import Context, Definitions, Refused
from regions.shape.effort import Effort, Exhausted
from regions.shape.model import LARGEST, Bounds, HalfPlane, Pair
from regions.shape.names import name_fault
from regions.shape.references import References
from regions.text.arithmetic import MAX_LENGTH, ArithmeticFault
from regions.text.places import Path, shortened
from regions.text.wording import described

BOOLEAN_KEYS = ("union", "intersection", "difference", "symmetric_difference", "complement")
PRIMITIVE_KEYS = (
    "polygon",
    "box",
    "circle",
    "ellipse",
    "annulus",
    "halfplane",
    "conic",
    "polynomial",
    "wkt",
    "geojson",
    "path",
    "svg",
    "text",
)
DERIVED_KEYS = (
    "sector",
    "capsule",
    "rounded_box",
    "regular",
    "star",
    "hull",
    "offset",
)
SHAPE_KEYS = (*PRIMITIVE_KEYS, *DERIVED_KEYS, *BOOLEAN_KEYS, "use")
"""A node of the tree holds exactly one of these."""

NESTING_KEYS = ("hull", "offset", *BOOLEAN_KEYS)
"""Shapes stand under these."""

FAULT, KEY_FAULT, CONSEQUENCE = "fault", "key_fault", "consequence"
"""Types of our own errors: about a value, about its key, and not shown since the cause is."""


def fault(message: str, *, at_key: bool = False, within: int = 0) -> PydanticCustomError:
    """An error that is shown with just this message, at the value it is raised for.

    Where that is a text, `within` is the character at fault.
    """
    kind = KEY_FAULT if at_key else FAULT
    return PydanticCustomError(kind, "{message}", {"message": message, "within": within})


def consequence() -> PydanticCustomError:
    """An error that follows from another one, which is shown."""
    return PydanticCustomError(CONSEQUENCE, "follows from another error")


class Fault(NamedTuple):
    """One of several errors below a value."""

    path: Path
    message: str
    at_key: bool = False


def faults(found: Iterable[Fault]) -> ValidationError:
    """Several errors at once; a validator that raises this reports them all."""
    details = [
        InitErrorDetails(type=fault(f.message, at_key=f.at_key), loc=f.path, input=None)
        for f in found
    ]
    return ValidationError.from_exception_data("spec", details)


def wanted(kind: type | tuple[type, ...], form: str) -> BeforeValidator:
    """Refuses values of another kind, saying what is right."""

    def check(value: object) -> object:
        if isinstance(value, kind):
            return value
        raise fault(f"found {described(value)}; give {form}")

    return BeforeValidator(check)


def row(count: int, form: str) -> BeforeValidator:
    """Refuses what is no list of `count` values."""

    def check(value: object) -> object:
        if isinstance(value, list) and len(value) == count:
            return value
        raise fault(f"found {described(value)}; give {form}")

    return BeforeValidator(check)


@dataclass(frozen=True)
class Siblings:
    """What stands beside a shape's key, as far as it is right."""

    name: str | None
    repair: bool
    references: References
    definitions: Definitions
    effort: Effort


@dataclass(frozen=True)
class ReadAs:
    """Annotates a field with how the document writes it and how its value is made of that.

    `Annotated[Circle, ReadAs(CircleBody, build)]` holds a `Circle`; the document, and so the JSON
    Schema, shows a `CircleBody`. A `SpecError` raised while building is an error at the field.
    `written` may be a function, for types that are defined further below.
    """

    written: Any
    build: Callable[[Any, Siblings], object]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """What pydantic asks of an annotation."""
        written = self.written() if isinstance(self.written, FunctionType) else self.written
        inner = handler.generate_schema(written)
        return core_schema.with_info_after_validator_function(self._built, inner)

    def _built(self, value: Any, info: core_schema.ValidationInfo) -> object:
        data = info.data or {}
        context = context_of(info)
        siblings = Siblings(
            data.get("name"),
            data.get("repair") is True,
            context.references,
            context.definitions,
            context.effort,
        )
        try:
            return self.build(value, siblings)
        except (Refused, Exhausted):
            raise consequence() from None
        except SpecError as error:
            raise faults(Fault((), _flat(problem)) for problem in error.problems) from None


def context_of(info: ValidationInfo | core_schema.ValidationInfo) -> Context:
    """What the document's values may refer to: the context of every validation."""
    assert isinstance(info.context, Context)
    return info.context


def _flat(problem: object) -> str:
    """A problem in another file on one line, its place included."""
    return str(problem).partition("\n")[0]


MAPPING, OTHER, ONE, PAIR = WAYS = ("\0mapping", "\0other", "\0one", "\0pair")
"""Tags of the ways to write a value. YAML keys hold no NUL, so none is mistaken for a tag."""


def either(other: Any, kind: type | tuple[type, ...], mapping: Any, form: str) -> Any:
    """A value that is written in short form, of Python type `kind`, or as a mapping."""

    def tag_of(value: object) -> str:
        return MAPPING if isinstance(value, dict) else OTHER

    return Annotated[
        Annotated[other, Tag(OTHER)] | Annotated[mapping, Tag(MAPPING)],
        Discriminator(tag_of),
        wanted((dict, *kind) if isinstance(kind, tuple) else (dict, kind), form),
    ]


class Evaluated:
    """Annotates a number's field: an arithmetic text may stand in place of the number."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """What pydantic asks of an annotation."""
        return core_schema.with_info_before_validator_function(_evaluated, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What pydantic asks of an annotation: the number, or a text that looks like arithmetic."""
        pattern = r"^[A-Za-z0-9_.,+\-*/^() ]+$"
        return {
            "anyOf": [
                handler(schema),
                {"type": "string", "pattern": pattern, "maxLength": MAX_LENGTH},
            ]
        }


def _evaluated(value: object, info: core_schema.ValidationInfo) -> object:
    """The number that a text comes to, an `int` where it is whole; other values as they are."""
    if not isinstance(value, str):
        return value
    try:
        number = context_of(info).definitions.number(value)
    except Refused:
        raise consequence() from None
    except ArithmeticFault as error:
        place = f"at character {error.offset + 1} of '{shortened(value)}': " if error.offset else ""
        raise fault(place + error.message, within=error.offset) from None
    whole = isinstance(number, Fraction) and number.denominator == 1
    return int(number) if whole else float(number)


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


def halfplane_through(first: Pair, second: Pair, name: str | None = None) -> HalfPlane:
    """The closed half-plane to the left of the direction from `first` to `second`.

    `a = y0 - y1`, `b = x1 - x0`, `c = -(a x0 + b y0)`, so that `a x + b y + c` is the cross product
    of the direction with the vector from `first` to the point: positive on the left. Where all
    three come out exact in doubles, and hold both points as computed, they are used. Otherwise
    `c = -min(s0, s1)`, where `s` is `a x + b y` of each point in doubles: then `s + c >= 0`.
    """
    if first == second:
        message = "the two points are the same and give no direction; give two different points"
        raise SpecError([Problem(message)])
    (x0, y0), (x1, y1) = first, second
    a, b = y0 - y1, x1 - x0
    exact_a, exact_b = Fraction(y0) - Fraction(y1), Fraction(x1) - Fraction(x0)
    exact_c = -(exact_a * Fraction(x0) + exact_b * Fraction(y0))
    c = float(exact_c)
    exact = (Fraction(a), Fraction(b), Fraction(c)) == (exact_a, exact_b, exact_c)
    least = min(a * x0 + b * y0, a * x1 + b * y1)
    if not exact or least + c < 0:
        c = -least
    return HalfPlane(a, b, c, name)
