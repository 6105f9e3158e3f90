"""The answers to the question whether one hidden layer suffices, with all they rest on.

All sums and sides are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regions.compiler.truth import HalfPlanes, over_distinct_lines
from regions.geometry.arrangement import Cells, Line, Point, arrangement
from regions.network.model import Bools, Ints
from regions.shape.model import Spec
from regions.story.one_layer.places import Plane, grown, within_reach


@dataclass(frozen=True, slots=True)
class HalfPlane:
    """What a weight is given to.

    Attributes:
        number: Of the separator in the network of one layer, or, where there is none, of strategy
            `edges`: it chooses the colour.
        name: Without what all names share.
        line: Positive on its side, 0 on its border, which belongs to it.
        words: `x - 2`, which is at least 0 where it fires; empty where that has no short form.
        exact: Whether these words are the line itself, and not within rounding of it.
    """

    number: int
    name: str
    line: Line
    words: str
    exact: bool


@dataclass(frozen=True, eq=False)
class Served:
    """Yes: one unit over the half-planes is the shape.

    Attributes:
        spec: The shape.
        half_planes: All that the shape's edges lie on.
        weights: Theirs, integers; 0 for one that is not needed.
        threshold: The unit fires where the sum of the weights is at least this.
    """

    spec: Spec
    half_planes: tuple[HalfPlane, ...]
    weights: tuple[int, ...]
    threshold: int

    @cached_property
    def _distinct(self) -> HalfPlanes:
        return over_distinct_lines([half_plane.line for half_plane in self.half_planes])

    @cached_property
    def cells(self) -> Cells:
        """All faces, edges and vertices of the lines."""
        return arrangement(self._distinct.lines)

    @cached_property
    def fires(self) -> Bools:
        """`(cells, half-planes)` which fire on each cell."""
        return self._distinct.fires(self.cells.signs)

    @cached_property
    def sums(self) -> Ints:
        """`(cells,)` sum of the weights that fire."""
        sums: Ints = self.fires.astype(np.int64) @ np.array(self.weights, dtype=np.int64)
        return sums

    @cached_property
    def plane(self) -> Plane:
        """The lines in the window that is shown: the shape's, and around it where lines cross."""
        vertices = map(self.cells.point, np.flatnonzero(self.cells.dimension == 0).tolist())
        crossings = within_reach(self.spec.window, vertices)
        return Plane(self._distinct.lines, grown(self.spec.window, crossings))

    @property
    def read(self) -> list[int]:
        """The half-planes whose weight is not 0."""
        return [k for k, weight in enumerate(self.weights) if weight]

    @property
    def faces(self) -> list[int]:
        """The numbers of the cells that are faces."""
        return [int(cell) for cell in np.flatnonzero(self.cells.dimension == 2)]

    def count(self, dimension: int) -> int:
        """How many faces (2), edges (1) or vertices (0) there are."""
        return int((self.cells.dimension == dimension).sum())


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell of the proof that there are no weights.

    Attributes:
        letter: Its name.
        exact: A point of it.
        dimension: 0 for a vertex, 1 for an edge, 2 for a face.
        inside: Whether it belongs to the shape.
        multiplier: How often it counts.
        fires: Which of the half-planes hold it.
    """

    letter: str
    exact: Point
    dimension: int
    inside: bool
    multiplier: int
    fires: tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Refused:
    """No: every half-plane holds as many witnesses inside as outside, counted with multiplier.

    Attributes:
        spec: The shape.
        half_planes: All that the shape's edges lie on.
        witnesses: Those inside, then those outside.
        whatever_lines: Whether added lines cannot help; the witnesses are then four faces: A is
            entered from P, and B left to Q, both across one line and the same way.
        plane: The half-planes' lines in the window that is shown.
    """

    spec: Spec
    half_planes: tuple[HalfPlane, ...]
    witnesses: tuple[Witness, ...]
    whatever_lines: bool
    plane: Plane

    @property
    def lettered(self) -> bool:
        """Whether a letter each names all witnesses."""
        return all(len(witness.letter) == 1 for witness in self.witnesses)

    def told_apart(self) -> list[int]:
        """The half-planes that hold some of the witnesses and not others."""
        columns = zip(*(witness.fires for witness in self.witnesses), strict=True)
        return [k for k, column in enumerate(columns) if len(set(column)) == 2]

    def crossed(self) -> list[int]:
        """The half-planes on the one line that parts A from P, and B from Q."""
        entered, _, before, _ = (witness.fires for witness in self.witnesses)
        return [k for k, (a, p) in enumerate(zip(entered, before, strict=True)) if a != p]
