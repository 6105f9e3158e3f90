"""The kernels, compiled when first needed, and kept on disk for the next process."""

from __future__ import annotations

from functools import cache
from typing import Any

from regions.geometry.compiled import compiled
from regions.network.pruned import (
    bounding,
    curves,
    indexing,
    leaves,
    opening,
    painting,
    programs,
    pruning,
    quartering,
    walking,
)
from regions.progress import noticed

# They make no arrays, so none has to be counted: that took a fifth of the time, and more.
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}


@cache
def openers() -> dict[str, Any]:
    """`open_gates` and `write_stream`."""
    with noticed("compiling what takes networks apart; only the first time"):
        return compiled(opening, **OPTIONS)


@cache
def painters() -> dict[str, Any]:
    """`paint`."""
    with noticed("compiling what fills rasters; only the first time"):
        return compiled(
            bounding, pruning, quartering, curves, leaves, painting, inline=True, **OPTIONS
        )


@cache
def indexers() -> dict[str, Any]:
    """`fill_cells` and `look_up`."""
    with noticed("compiling what looks points up; only the first time"):
        fill = compiled(bounding, pruning, quartering, programs, indexing, inline=True, **OPTIONS)
        return fill | compiled(curves, walking, inline=True, **OPTIONS)
