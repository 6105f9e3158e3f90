"""Paths as formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
import shapely

from regions.compiler.formula import FormulaBuilder
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Points
from regions.geometry.segments import Contour, coordinates
from regions.shape.model import Path

Polygons: TypeAlias = shapely.Polygon | shapely.MultiPolygon

PolygonStrategy: TypeAlias = Callable[
    [Polygons, Sequence[str], FormulaBuilder, SeparatorPool], list[int]
]
"""Adds polygons, each under a name of its own, and returns their signals."""


def add_path(
    path: Path, name: str, polygons: PolygonStrategy, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add a path; returns its signal."""
    raise NotImplementedError


def path_points(contours: Iterable[Contour]) -> Points:
    """`(n, 2)` the points the frame must not round."""
    numbers = [coordinates(segment)[:2] for contour in contours for segment in contour]
    return np.array(numbers)
