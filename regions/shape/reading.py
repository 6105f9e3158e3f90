"""How a field's value is made of what is written: in short, as a mapping, or as arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from types import FunctionType
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Discriminator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationInfo,
)
from pydantic_core import core_schema

from regions.errors import SpecError
from regions.shape.definitions import Context, Definitions, Refused
from regions.shape.effort import Effort, Exhausted
from regions.shape.faults import Fault, consequence, fault, faults
from regions.shape.references import References
from regions.text.arithmetic import MAX_LENGTH, ArithmeticFault
from regions.text.places import shortened
from regions.text.wording import described


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
