"""How definitions are written: numbers and shapes by name under `define`, and `use` of a shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, NamedTuple

from pydantic import (
    BeforeValidator,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from regions.errors import SpecError
from regions.shape.definitions import definition_fault
from regions.shape.faults import Fault, fault, faults
from regions.shape.fields import Number
from regions.shape.model import Shape
from regions.shape.reading import ReadAs, Siblings, context_of, either, wanted
from regions.text.arithmetic import TAKEN


def _used(name: str, beside: Siblings) -> Shape:
    """The shape itself, or a copy of its topmost node with the name that is given here."""
    shape = beside.definitions.shape(name)
    return shape if beside.name in (None, shape.name) else replace(shape, name=beside.name)


USE = ReadAs(Annotated[str, wanted(str, "the name of a shape under `define:`")], _used)


class _Entry(NamedTuple):
    """A definition that is still to be checked."""

    name: str
    written: object


def _entries(written: dict[str, object], info: ValidationInfo) -> dict[str, _Entry]:
    """Each value with its name: pydantic goes through them in order, but tells values no keys."""
    context_of(info).definitions.names = tuple(written)
    return {name: _Entry(name, value) for name, value in written.items()}


def _defined(entry: _Entry, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """Checks one definition, and lets those below it use it."""
    definitions = context_of(info).definitions
    try:
        reason = definition_fault(entry.name)
        if reason is not None:
            raise fault(reason, at_key=True)
        value = handler(entry.written)
        if isinstance(value, float):
            assert isinstance(entry.written, int | float | str)
            definitions.add_number(entry.name, entry.written)
        else:
            definitions.add_shape(entry.name, value)
    except SpecError as error:
        definitions.refuse(entry.name)
        raise faults(Fault((), problem.message) for problem in error.problems) from None
    except (ValidationError, PydanticCustomError):
        definitions.refuse(entry.name)
        raise
    return value


NAMES: dict[str, Any] = {
    "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$", "not": {"enum": sorted(TAKEN)}}
}
"""What the JSON Schema says of the names under `define`."""


def definitions(node: Any) -> Any:
    """How `define` is written, where `node` is how a shape is written."""
    form = "a number, an arithmetic text such as 2*r + 1, or a shape"
    written = ReadAs(either(Number, (int, float, str), node, form), lambda made, _: made)
    return Annotated[
        dict[str, Annotated[object, written, WrapValidator(_defined)]],
        BeforeValidator(_entries),
        wanted(dict, "a mapping of names to numbers and shapes"),
    ]
