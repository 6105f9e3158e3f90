"""The base of all models of the spec language."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, ConfigDict


def _title(model: type[Any]) -> str:
    words = re.findall("[A-Z][a-z]+", model.__name__)
    return " ".join(words[:-1]).lower()


class Strict(BaseModel):
    """A mapping with these keys only."""

    model_config = ConfigDict(
        extra="forbid",
        arbitrary_types_allowed=True,
        frozen=True,
        # The models refer to one another in a circle; they are complete when first used.
        defer_build=True,
        # Titles are for readers of the JSON Schema: `half plane`, not `HalfPlaneNode`.
        field_title_generator=lambda key, field: field.alias or key,
        model_title_generator=_title,
    )
