"""How values of a document fail: in plain words, at the place of the value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from regions.text.places import Path

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
