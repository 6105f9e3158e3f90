"""Turned rectangles on the canvas: whether two overlap, and which lines cross one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from regions.network.model import Bools, Floats


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that may be turned; all in printed points.

    Attributes:
        center: Its middle.
        half: Half its length along `axis`, and half its height across.
        axis: Unit vector.
    """

    center: tuple[float, float]
    half: tuple[float, float]
    axis: tuple[float, float]

    def corners(self) -> list[tuple[float, float]]:
        """The four corners, counter-clockwise."""
        (x, y), (a, b), (c, s) = self.center, self.half, self.axis
        return [
            (x + i * a * c - j * b * s, y + i * a * s + j * b * c)
            for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]

    def within(self, size: tuple[float, float], margin: float) -> bool:
        """Whether it lies in the rectangle from (0, 0) to `size`, `margin` away from its border."""
        return all(
            margin <= x <= size[0] - margin and margin <= y <= size[1] - margin
            for x, y in self.corners()
        )

    def overlaps(self, other: Box) -> bool:
        """Whether two boxes have a point in common: no side's direction separates them."""
        dx, dy = other.center[0] - self.center[0], other.center[1] - self.center[1]
        if math.hypot(dx, dy) > math.hypot(*self.half) + math.hypot(*other.half):
            return False
        for x, y in (*self._axes(), *other._axes()):
            if abs(dx * x + dy * y) > self._reach(x, y) + other._reach(x, y):
                return False
        return True

    def _axes(self) -> tuple[tuple[float, float], tuple[float, float]]:
        c, s = self.axis
        return (c, s), (-s, c)

    def _reach(self, x: float, y: float) -> float:
        """Half the length of its shadow on a unit vector."""
        (a, b), (c, s) = self.half, self.axis
        return a * abs(c * x + s * y) + b * abs(c * y - s * x)

    def crossed_by(self, segments: Floats) -> Bools:
        """Which of `(m, 2, 2)` segments meet it."""
        c, s = self.axis
        local = (segments - np.array(self.center)) @ np.array([[c, -s], [s, c]])
        start, step = local[:, 0], local[:, 1] - local[:, 0]
        half = np.array(self.half)
        with np.errstate(divide="ignore", invalid="ignore"):
            bounds = np.stack([(-half - start) / step, (half - start) / step])
        flat = step == 0
        level = np.abs(start) <= half
        entry = np.where(flat, np.where(level, -np.inf, np.inf), bounds.min(axis=0)).max(axis=1)
        leave = np.where(flat, np.where(level, np.inf, -np.inf), bounds.max(axis=0)).min(axis=1)
        hit: Bools = np.maximum(entry, 0.0) <= np.minimum(leave, 1.0)
        return hit
