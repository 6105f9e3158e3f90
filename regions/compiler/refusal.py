"""The refusal of a strategy: another one may serve the shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from regions.errors import Problem, SpecError

if TYPE_CHECKING:
    from regions.compiler.one_layer import Obstruction


class NotCompilableError(SpecError):
    """A strategy cannot serve a shape.

    Attributes:
        obstruction: The cells that prove it, where strategy `one-layer` found such.
    """

    def __init__(self, problems: Iterable[Problem], obstruction: Obstruction | None = None) -> None:
        super().__init__(problems)
        self.obstruction = obstruction
