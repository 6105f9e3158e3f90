"""Copies and pickles of frozen dataclasses, made anew from their fields.

So their arrays cannot be written to either, what was broken on the way is refused, and what was
only computed from the fields is left out.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeAlias

Recipe: TypeAlias = tuple[type, tuple[Any, ...]]


def remade(instance: Any) -> Recipe:
    """What `__reduce__` returns: the class, and the arguments that make an equal instance."""
    return type(instance), tuple(getattr(instance, field.name) for field in fields(instance))
