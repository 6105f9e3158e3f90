"""Whether one hidden layer suffices: the separators, and a single threshold unit that reads them.

The lines of the separators cut the plane into faces, edges and vertices. On each of these cells the
separators fire alike, and so does the shape: a threshold unit is right everywhere if it is right on
all cells. Weights for that are a linear program; `separation.py` finds small integers or the proof
that there are none. Faces alone are not enough: at a vertex all lines through it fire together.

One obstacle no added line removes: a line that carries two edges of the shape facing opposite ways.
Crossing it adds the same to the sum in both places, and would have to lift it over the threshold in
one and below it in the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from regions.compiler.boundary import half_planes
from regions.compiler.cells import (
    RegionCells,
    Segment,
    TooManyLinesError,
    region_cells,
    units_of,
)
from regions.compiler.circuit import Circuit, ThresholdGate
from regions.compiler.formula import Formula
from regions.compiler.separation import Multipliers, Task, Weights, separate
from regions.compiler.separators import Separators
from regions.compiler.truth import NotStraightError, separators_used
from regions.geometry.arrangement import Line, Point
from regions.geometry.frame import Frame, lattice_step
from regions.geometry.quotients import nearest
from regions.network.names import Label, NameList

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
LISTED = 6
"""Points on each side that a sentence lists."""


@dataclass(frozen=True, eq=False)
class OneLayer:
    """Yes: the unit fires where `weights` over the `inputs` that fire add up to the threshold.

    Attributes:
        separators: Those that were given, and behind them added ones.
        inputs: Numbers of separators.
        weights: Their weights, integers other than 0.
        threshold: An integer.
    """

    separators: Separators
    inputs: tuple[int, ...]
    weights: tuple[int, ...]
    threshold: int

    @property
    def total(self) -> int:
        """Sum of the absolute weights."""
        return sum(map(abs, self.weights))

    def circuit(self, label: Label) -> Circuit:
        """The unit as a circuit; a lone separator of weight 1 is the region by itself."""
        if self.weights == (1,) and self.threshold == 1:
            return Circuit.of([], [], ~self.inputs[0])
        inputs = tuple(~separator for separator in self.inputs)
        gate = ThresholdGate(inputs, self.weights, self.threshold)
        return Circuit.of([gate], [label], 0)


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell of the arrangement with its part in a proof.

    Attributes:
        exact: A point of the cell, in the user's coordinates.
        dimension: 0 for a vertex, 1 for an edge, 2 for a face.
        inside: Whether it belongs to the shape.
        multiplier: How often it counts, at least 1.
    """

    exact: Point
    dimension: int
    inside: bool
    multiplier: int

    @property
    def point(self) -> tuple[float, float]:
        """The exact point rounded to doubles."""
        return nearest(self.exact[0]), nearest(self.exact[1])


@dataclass(frozen=True, eq=False)
class Obstruction:
    """No: counted with multiplier, every half-plane contains as many witnesses inside as outside.

    The multipliers inside and outside have the same total. So whatever the weights, the mean of the
    sums is the same on both sides, but each of those inside should be the larger.

    Attributes:
        witnesses: Those inside, then those outside.
        half_planes: What weights could be given to: `a*x + b*y + c >= 0` in the user's coordinates.
        whatever_lines: Whether the proof holds with any other lines added. It then consists of four
            faces: two inside, two outside, the third next to the first, the fourth to the second.
    """

    witnesses: tuple[Witness, ...]
    half_planes: tuple[Line, ...]
    whatever_lines: bool

    @property
    def reason(self) -> str:
        """The proof in words."""
        if self.whatever_lines:
            return _opposite_ways(*self.witnesses)
        return (
            f"no weights over these {len(self.half_planes)} half-planes tell inside from outside: "
            f"each of them fires as often at {self._listed(True)}, which are inside, as at "
            f"{self._listed(False)}, which are outside, so the sums of the weights cannot be "
            "larger at all of the former"
        )

    def _listed(self, inside: bool) -> str:
        found = [w for w in self.witnesses if w.inside == inside]
        words = [f"{w.multiplier} x " * (w.multiplier > 1) + _place(w) for w in found]
        rest = [f"{len(words) - LISTED} more"] if len(words) > LISTED else []
        return ", ".join(words[:LISTED] + rest)


def _opposite_ways(enters: Witness, leaves: Witness, before: Witness, behind: Witness) -> str:
    return (
        "no weights tell inside from outside, whatever lines are added: one line carries edges "
        f"of the shape that face opposite ways. Crossing it from {_place(before)} to "
        f"{_place(enters)} enters the shape, crossing it from {_place(leaves)} to {_place(behind)} "
        "leaves it, and both change the sum of the weights alike"
    )


def _place(witness: Witness) -> str:
    return "({:.6g}, {:.6g})".format(*witness.point)


@dataclass(frozen=True)
class Undecided:
    """Neither: the reason is a curve, too many lines, or weights that are too large."""

    reason: str


def decide(
    formula: Formula, separators: Separators, frame: Frame, vertex_pairs: bool = False
) -> OneLayer | Obstruction | Undecided:
    """Find one threshold unit over the separators that equals the formula everywhere.

    Each separator is read as its exact line, see `truth.py`.

    Args:
        formula: The region.
        separators: Its separators.
        frame: Their coordinates.
        vertex_pairs: Whether the unit may also read all lines through two of the shape's vertices,
            in both directions. Vertices are the points through which separators were drawn.
    """
    used = separators_used(formula)
    try:
        units = units_of(separators, frame, used, vertex_pairs)
    except NotStraightError as curve:
        return Undecided(f"{curve}; one layer is looked for over straight lines only")
    except TooManyLinesError as refusal:
        return Undecided(str(refusal))
    region = region_cells(formula, separators, frame, used, units)
    if region.truth.all() or not region.truth.any():
        return OneLayer(separators, (), (), 0 if region.truth.all() else 1)
    if (crossings := _opposite_edges(region)) is not None:
        return _obstruction(region, Multipliers(dict.fromkeys(crossings, 1)), True)
    match separate(_task(region)):
        case Weights() as weights:
            return _one_layer(region, weights, separators, frame)
        case Multipliers() as proof:
            return _obstruction(region, proof, False)
        case None:
            return Undecided("neither weights below 2^23 nor a proof against them were found")


def _task(region: RegionCells) -> Task:
    """What is left when geometry is done; hard are the faces along the region's border."""
    edges = region.cells.sides[region.cells.dimension == 1]
    rows = region.row[edges]
    border = rows[region.truth[rows[:, 0]] != region.truth[rows[:, 1]]]
    hard = np.zeros(len(region.truth), dtype=np.bool_)
    hard[border] = True
    return Task(region.vectors, region.truth, hard, region.cells.dimension[region.cell] == 2)


def _opposite_edges(region: RegionCells) -> list[int] | None:
    """Faces beside two edges on one line that face opposite ways: two inside, two outside."""
    cells = region.cells
    edges = np.flatnonzero(cells.dimension == 1)
    inside = region.truth[region.row[cells.sides[edges]]]
    line = (cells.signs[edges] == 0).argmax(axis=1)
    left, right = (np.flatnonzero(inside[:, k] & ~inside[:, 1 - k]) for k in (0, 1))
    both = np.intersect1d(line[left], line[right])
    if len(both) == 0:
        return None
    first, second = (cells.sides[edges[k[line[k] == both[0]][0]]] for k in (left, right))
    faces = [first[0], second[1], first[1], second[0]]
    return [int(region.row[face]) for face in faces]


def _obstruction(region: RegionCells, proof: Multipliers, whatever_lines: bool) -> Obstruction:
    witnesses = []
    for row, multiplier in sorted(proof.of.items(), key=lambda item: not region.truth[item[0]]):
        cell, inside = int(region.cell[row]), bool(region.truth[row])
        dimension = int(region.cells.dimension[cell])
        witnesses.append(Witness(region.cells.point(cell), dimension, inside, multiplier))
    return Obstruction(tuple(witnesses), tuple(region.units), whatever_lines)


def _one_layer(
    region: RegionCells, weights: Weights, separators: Separators, frame: Frame
) -> OneLayer:
    """The unit without inputs of weight 0; separators that it adds come behind the others."""
    read = np.flatnonzero(weights.values)
    every = list(region.units.values())
    sources = [every[unit] for unit in read]
    new = count(len(separators.names))
    return OneLayer(
        separators=_with_lines(separators, frame, [s for s in sources if isinstance(s, tuple)]),
        inputs=tuple(next(new) if isinstance(s, tuple) else s for s in sources),
        weights=tuple(weights.values[read].tolist()),
        threshold=weights.threshold,
    )


def _with_lines(separators: Separators, frame: Frame, segments: list[Segment]) -> Separators:
    """Add lines through two vertices each, as the boundary's own edges are added."""
    if not segments:
        return separators
    ends = np.array(segments)
    points = separators.sources.reshape(-1, 2)
    step = lattice_step(frame.to_unit(points[np.isfinite(points).all(axis=1)]))
    start, end = frame.to_unit(ends[:, 0]), frame.to_unit(ends[:, 1])
    weights, bias, exact = half_planes(start, end, step)
    rows = np.zeros((len(segments), 6))
    rows[:, :2], rows[:, -1] = weights, bias
    names = NameList()
    names.extend(separators.names)
    for k in range(len(segments)):
        names.append(Label("line", k))
    return Separators(
        coefficients=np.concatenate([separators.coefficients, rows + 0.0]),
        sources=np.concatenate([separators.sources, ends]),
        names=names.names(),
        exact=separators.exact and exact,
    )
