"""The convex hull of points, by exact orientation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from regions.geometry.predicates import turn

Pair: TypeAlias = tuple[float, float]


def convex_hull(points: Iterable[Pair]) -> list[Pair]:
    """The corners of the convex hull, counter-clockwise, without points on its sides.

    Andrew (1979), "Another efficient algorithm for convex hulls in two dimensions": the points
    sorted, once there and once back, each time without those at which the way turns right or not
    at all. Fewer than three corners if all points lie on one line.
    """
    ordered = sorted(set(points))
    lower, upper = _half(ordered), _half(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _half(ordered: list[Pair]) -> list[Pair]:
    """The corners from the first point to the last, all others to the left of that way."""
    kept: list[Pair] = []
    for point in ordered:
        while len(kept) > 1 and turn(*kept[-2], *kept[-1], *point) <= 0:
            kept.pop()
        kept.append(point)
    return kept
