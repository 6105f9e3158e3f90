"""A network and a shape in charts, in which the whole plane is bounded.

The plane is looked at through five charts. The first is the plane itself, around the shape. The
others make its far parts bounded: to the right, where x > 0 is large and |y / x| about 1 at most,

    p = 1 / x,  q = y / x,   and   a*x + b*y + c   has the sign of   c*p + b*q + a,

and so to the left, above and below. So a line is a line in every chart. The points with p = 0 lie
at infinity; they are no points of the plane.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.lines import Scene
from regions.check.signs import OVERFLOW, UNDERFLOW, Forms

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Signs: TypeAlias = NDArray[np.int8]

CHARTS = (
    ((0, 1, 2), (1, 1, 1)),
    ((2, 1, 0), (1, 1, 1)),
    ((2, 1, 0), (1, 1, -1)),
    ((2, 0, 1), (1, 1, 1)),
    ((2, 0, 1), (1, 1, -1)),
)
"""Which of a line's coefficients, and with which signs, are those of its form in the plane, and far
to the right, to the left, above and below."""

NEAR = np.array([-1.1179, -1.1083, 1.1137, 1.1061])
"""The tile around a shape whose coordinates are at most 1. No round numbers, so that hardly a line
of a shape on a lattice runs along a cut or through the corner of a tile."""

FAR = np.array([0.0, -1.0093, 0.9047, 1.0071])
"""The tile of the other charts. With `NEAR` it covers the plane, since 1 / 0.9047 < 1.1061."""


def root(scene: Scene, chart: int) -> Floats:
    """`(4,)` the tile that a chart covers."""
    size = float(np.abs(scene.borders.corners.points).max(initial=0.0))
    scale = 2.0 ** math.frexp(size)[1]
    return FAR * (1 / scale, 1, 1 / scale, 1) if chart else NEAR * scale


@dataclass(frozen=True, eq=False)
class View:
    """A network and the edges of a shape in one chart.

    Attributes:
        chart: Its number.
        root: `(4,)` the tile that it covers.
        forms: The lines.
        separator_line: `(s,)` the line of each separator.
        separator_side: `(s,)` 1 or -1: it fires where side * line >= 0.
        edge_line: `(e,)` the line of each edge.
        edge_box: `(e, 4)` the least and greatest coordinates of each edge.
        ends: `(e, 2)` the corners of each edge.
    """

    chart: int
    root: Floats
    forms: Forms
    separator_line: Ints
    separator_side: Signs
    edge_line: Ints
    edge_box: Floats
    ends: Ints

    @classmethod
    def of(cls, scene: Scene, chart: int) -> View:
        """A scene in one of the charts; edges lie in the first alone."""
        order, signs = CHARTS[chart]
        exact = scene.forms
        near = scene.coefficients
        lost = (np.abs(near) < UNDERFLOW) & (exact != 0) | (np.abs(near) > OVERFLOW)
        near = np.where(lost, np.nan, near)[:, order] * signs
        exact = exact[:, order] * np.array(signs, dtype=object)
        ends = scene.borders.ends if chart == 0 else scene.borders.ends[:0]
        points = scene.borders.corners.points[ends]
        return cls(
            chart=chart,
            root=root(scene, chart),
            forms=Forms(near, exact.__getitem__),
            separator_line=scene.separator_line,
            separator_side=scene.separator_side,
            edge_line=scene.edge_line[: len(ends)],
            edge_box=np.concatenate([points.min(axis=1), points.max(axis=1)], axis=1),
            ends=ends,
        )

    @cached_property
    def _pencils(self) -> Ints:
        """Lines and corners of all ends of edges, as one number each, in order."""
        keys: Ints = np.unique(self.edge_line[:, np.newaxis] * self._stride + self.ends)
        return keys

    @property
    def _stride(self) -> int:
        return int(self.ends.max(initial=0)) + 1

    def end_in(self, line: Ints, corner: Ints) -> Bools:
        """`(n,)` whether an edge on a line ends in a corner: so the line passes through it."""
        if not len(self._pencils):
            return np.zeros(len(line), dtype=np.bool_)
        keys = line * self._stride + corner
        place = np.searchsorted(self._pencils, keys)
        found: Bools = self._pencils[np.minimum(place, len(self._pencils) - 1)] == keys
        return found
