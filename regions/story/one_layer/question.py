"""The question whether one hidden layer suffices for a shape, and its answer with all it rests on.

The answer is the compiler's; here it is joined with the names of the half-planes and with the cells
of their arrangement, so that it can be told and drawn. All sums and sides are exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from regions.compiler.cells import units_of
from regions.compiler.one_layer import Obstruction, OneLayer, Undecided
from regions.compiler.refusal import NotCompilableError
from regions.compiler.strategies import Draft, compiled, decided
from regions.compiler.truth import HalfPlanes, over_distinct_lines, separators_used
from regions.draw.text import without_shared_prefix
from regions.errors import Problem
from regions.geometry.arrangement import Cells, Line, Point, arrangement
from regions.network.model import Bools, Ints
from regions.network.neat import neat_separator
from regions.shape.model import Spec
from regions.story.one_layer.places import (
    Plane,
    across,
    close_up,
    grown,
    grown_towards,
    in_sight,
    within_reach,
)


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


def ask(spec: Spec) -> Served | Refused:
    """Decide whether one threshold unit over the lines of the shape's own edges is the shape.

    Raises:
        NotCompilableError: Nothing is decided: a border is curved, or there are too many lines.
    """
    draft = Draft(spec)
    answer = decided(draft)
    if isinstance(answer, Undecided):
        said = f"whether one hidden layer suffices for {spec.name} is not decided: {answer.reason}"
        raise NotCompilableError([Problem(said)])
    half_planes = _half_planes(draft)
    if isinstance(answer, OneLayer):
        return _served(spec, half_planes, answer)
    return _refused(spec, tuple(half_planes.values()), answer)


def _half_planes(draft: Draft) -> dict[int, HalfPlane]:
    """By the numbers of the separators that they are made from."""
    formula, separators = draft.by_edges
    units = units_of(separators, draft.frame, separators_used(formula), vertex_pairs=False)
    network = compiled(draft, "edges").network
    numbers = {network.names[i]: i for i in range(network.n_separators)}
    sources = [source for source in units.values() if isinstance(source, int)]
    names = without_shared_prefix([separators.names[i] for i in sources])
    found = {}
    for source, line, name in zip(sources, units, names, strict=True):
        number = numbers[separators.names[source]]
        neat = neat_separator(network, number)
        found[source] = HalfPlane(number, name, line, str(neat or ""), bool(neat and neat.exact))
    return found


def _served(spec: Spec, half_planes: dict[int, HalfPlane], answer: OneLayer) -> Served:
    """Those that are read are numbered as in the unit's own network, in the order of its inputs."""
    given = dict(zip(answer.inputs, answer.weights, strict=True))
    order = [*answer.inputs, *(number for number in half_planes if number not in given)]
    numbered = tuple(
        replace(half_plane, number=order.index(number))
        for number, half_plane in half_planes.items()
    )
    weights = tuple(given.get(number, 0) for number in half_planes)
    return Served(spec, numbered, weights, answer.threshold)


def _refused(spec: Spec, half_planes: tuple[HalfPlane, ...], answer: Obstruction) -> Refused:
    """The proof, each of its cells shown at a point of short numbers and, if it can, in sight."""
    lines = [half_plane.line for half_plane in half_planes]
    known = [witness.exact for witness in answer.witnesses]
    plane = Plane(lines, close_up(spec))
    signs = [plane.signs(point) for point in known]
    for witness, side in zip(answer.witnesses, signs, strict=True):
        if not in_sight(plane, side, witness.exact):
            plane = grown_towards(plane, side, witness.exact)
    shown = list(map(plane.point, signs, known))
    if answer.whatever_lines:
        for a, p in ((0, 2), (1, 3)):
            shown[a], shown[p] = across(plane, signs[a], signs[p]) or (shown[a], shown[p])
    witnesses = tuple(
        Witness(
            letter,
            point,
            witness.dimension,
            witness.inside,
            witness.multiplier,
            tuple(sign >= 0 for sign in plane.signs(point)),
        )
        for letter, point, witness in zip(letters_for(answer), shown, answer.witnesses, strict=True)
    )
    return Refused(spec, half_planes, witnesses, answer.whatever_lines, plane)


INSIDE, OUTSIDE = "ABCDEFGHIJKLMNO", "PQRSTUVWXYZ"
"""Letters of the witnesses; where they do not suffice, A1, A2, ... and P1, P2, ..."""


def letters_for(answer: Obstruction) -> list[str]:
    """A name for each witness, in their order."""
    inside = sum(witness.inside for witness in answer.witnesses)
    outside = len(answer.witnesses) - inside
    if inside <= len(INSIDE) and outside <= len(OUTSIDE):
        return [*INSIDE[:inside], *OUTSIDE[:outside]]
    return [f"A{k + 1}" for k in range(inside)] + [f"P{k + 1}" for k in range(outside)]
