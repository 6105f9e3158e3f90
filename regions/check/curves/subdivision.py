"""Subdivision of a chart: boxes in which network and shape agree, or a point where they do not.

Level by level, from one box. On each box interval arithmetic bounds the atoms; where that decides
network and shape, the box is done, or its middle is a witness. Otherwise the few atoms that may be
0 in it are looked at by themselves (`agreement.py`). What is still open is searched for a witness,
and quartered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from regions.check.curves.agreement import (
    MOST_CASES,
    MOST_CASES_BEYOND,
    Agreement,
    Agrees,
    Fence,
    Row,
    Verdict,
    integer_line,
)
from regions.check.curves.charts import Chart
from regions.check.curves.probes import probes
from regions.check.curves.question import Question
from regions.check.curves.signs import MINUS, PLUS, Signs, is_single, signs_of
from regions.check.proof import Witness
from regions.geometry.intervals import Enclosures, Floats
from regions.geometry.polynomials import Point, Polynomial
from regions.network.model import Bools, Ints
from regions.progress import track

DEEPEST = 40
"""Quarterings, at most: rounding blurs a border by 2^-46 of the window."""

CELLS = 2**23
"""Units and atoms times boxes that are looked at together: 8 MB for an array of bits."""

PROBED = 8
"""Boxes of a level that are searched for a witness in rationals, some milliseconds each: so many
that look promising, and as many others."""

FIRST_PROBED = 4
"""Quarterings before that: a difference that whole boxes show makes a better witness."""

FEW = 256
"""Boxes that are divided on, though the area that is open is small enough."""

LARGEST_ON_STRIPS = 2.0**-8
"""Half a side above which a box is divided rather than decided but for strips: most strips come to
nothing where lines nearly coincide that meet in a vertex, and no strip at all is a better proof."""

MOST_FENCED = 4
"""Lines in a box beyond which it is divided rather than looked at on which sides of their crossings
it lies."""

MOST_PROBED = 6
"""Atoms in a box beyond which it is divided first."""


@dataclass
class Findings:
    """What is known of one chart.

    Attributes:
        boxes: How many were looked at.
        inside: At least the shape's area, in units of the chart.
        open: Area of the boxes that are left open, likewise.
        strips: Pairs of lines that rounding cannot tell apart between which the two may differ.
        witness: A point where network and shape differ, and not just on the shape's boundary.
        on_boundary: A point of the boundary where they differ.
        differs_on_boundary: Whether there is such a point, even if none could be named.
    """

    boxes: int = 0
    inside: Fraction = Fraction(0)
    open: Fraction = Fraction(0)
    strips: set[int] = field(default_factory=set)
    witness: Witness | None = None
    on_boundary: Witness | None = None
    differs_on_boundary: bool = False


@dataclass(frozen=True)
class Budget:
    """When to stop.

    Attributes:
        boxes: That may be looked at.
        open: Area that may be left open, relative to the shape's; None where only 0 will do.
    """

    boxes: int
    open: float | None


class Boxes(NamedTuple):
    """Boxes of one level, counted from the left and from below: `(m,)` each."""

    column: Ints
    row: Ints

    def take(self, chosen: Bools | Ints | slice) -> Boxes:
        """Some of them."""
        return Boxes(self.column[chosen], self.row[chosen])

    def middles(self, half: float) -> tuple[Floats, Floats]:
        """Exact while a box is larger than 2^-52."""
        column, row = (part.astype(np.float64) for part in self)
        return (2 * column + 1) * half - 1, (2 * row + 1) * half - 1


@dataclass(frozen=True, eq=False)
class Subdivision:
    """One chart on its way."""

    question: Question
    agreement: Agreement
    chart: Chart
    bases: Mapping[int, Point]
    budget: Budget
    findings: Findings = field(default_factory=Findings)

    def run(self) -> Findings:
        """Divide until nothing is open, the budget is used up, or there is a witness."""
        found, level, boxes = self.findings, 0, Boxes(*np.zeros((2, 1), dtype=np.int64))
        if not self.chart.is_window:
            level, boxes = 1, Boxes(np.array([0, 1]), np.array([1, 1]))
        while True:
            before = len(boxes.row)
            found.boxes += before
            boxes = self._level(boxes, 2.0**-level)
            found.open = len(boxes.row) * 4 * Fraction(1, 4**level)
            if level >= FIRST_PROBED and found.witness is None:
                self._probe(boxes, 2.0**-level)
            if found.witness is not None or self._enough(before, len(boxes.row), level):
                return found
            boxes, level = _quartered(boxes), level + 1

    def _small(self) -> bool:
        """Whether as little is open as is allowed."""
        allowed = self.budget.open
        return (
            allowed is not None and self.findings.open <= Fraction(allowed) * self.findings.inside
        )

    def _enough(self, before: int, after: int, level: int) -> bool:
        """Whether to stop: where the area is small, not while boxes are few or become fewer."""
        if after == 0 or level == DEEPEST or self.findings.boxes + 4 * after > self.budget.boxes:
            return True
        return self._small() and after > FEW and 4 * after >= before

    def _level(self, boxes: Boxes, half: float) -> Boxes:
        """The boxes that stay open."""
        step = max(1, CELLS // (len(self.question.atoms) + self.question.net.size))
        chunks = [slice(i, i + step) for i in range(0, len(boxes.row), step)]
        left = []
        for chunk in track(chunks, len(chunks), f"proving, boxes of 1/{1 / half:.0f}"):
            left.append(self._look(boxes.take(chunk), half))
            if self.findings.witness is not None:
                break
        return Boxes(*(np.concatenate(part) for part in zip(*left, strict=True)))

    def _look(self, boxes: Boxes, half: float) -> Boxes:
        """The boxes that neither intervals nor the atoms that may be 0 in them decide."""
        signs = self.chart.signs(*boxes.middles(half), half)
        network, shape = self.question.network(signs), self.question.shape(signs)
        settled = network.known & shape.known
        alike = network.must == shape.must
        self._try_middles(boxes.take(settled & ~alike), half)
        rest = np.flatnonzero(~settled)
        agrees = self._agrees(boxes.take(rest), signs[:, rest], half)
        on_boundary = rest[agrees == Agrees.OFF_BOUNDARY]
        self._cross_boundary(boxes.take(on_boundary), signs[:, on_boundary], half)
        closed = settled & alike
        closed[rest[agrees == Agrees.EVERYWHERE]] = True
        closed[on_boundary] = self.findings.differs_on_boundary
        inside = int((closed & shape.must).sum())
        self.findings.inside += inside * Fraction(2 * half) ** 2
        self._look_at_middles(boxes.take(rest[agrees == Agrees.UNKNOWN]), half)
        return boxes.take(~closed)

    def _agrees(self, boxes: Boxes, signs: Signs, half: float) -> Ints:
        """`Agrees` for each box, given its column of signs."""
        most = MOST_CASES if self.chart.is_window else MOST_CASES_BEYOND
        rows, which = _distinct(signs)
        verdicts = self._on_strips(self.agreement.verdicts([Row(r) for r in rows], most), half)
        agrees = np.array([verdict.agrees for verdict in verdicts], dtype=np.int64)[which]
        unknown = np.flatnonzero(agrees == Agrees.UNKNOWN)
        if self.chart.is_window and len(unknown):
            fenced = self._fenced(boxes.take(unknown), [rows[i] for i in which[unknown]], half)
            verdicts = self._on_strips(self.agreement.verdicts(fenced, most), half)
            agrees[unknown] = [verdict.agrees for verdict in verdicts]
        return agrees

    def _on_strips(self, verdicts: list[Verdict], half: float) -> list[Verdict]:
        """Large boxes are not decided but for strips; strips that are made use of are kept."""
        if half > LARGEST_ON_STRIPS:
            return [Verdict(Agrees.UNKNOWN) if v.strips else v for v in verdicts]
        self.findings.strips.update(*(verdict.strips for verdict in verdicts))
        return verdicts

    def _fenced(self, boxes: Boxes, rows: list[bytes], half: float) -> list[Row]:
        """The boxes' rows, with the sides on which the boxes lie of crossings of lines."""
        found = [Row(row) for row in rows]
        members: dict[bytes, list[int]] = {}
        for i, row in enumerate(rows):
            members.setdefault(row, []).append(i)
        x, y = boxes.middles(half)
        for row, chosen in members.items():
            fences = self.agreement.fences(Row(row), MOST_FENCED)
            if fences:
                enclosures = Enclosures([self.chart.seen(fence) for fence in fences])
                sides = signs_of(enclosures.over(x[chosen], y[chosen], half))
                for i, side in zip(chosen, sides.T.tolist(), strict=True):
                    found[i] = Row(row, _known(fences, side))
        return found

    def _look_at_middles(self, boxes: Boxes, half: float) -> None:
        """Network and shape may differ at the middle of a box, for certain even in doubles."""
        signs = self.chart.signs(*boxes.middles(half), 0.0)
        network, shape = self.question.network(signs), self.question.shape(signs)
        differ = network.known & shape.known & (network.must != shape.must)
        self._try_middles(boxes.take(differ), half)

    def _try_middles(self, boxes: Boxes, half: float) -> None:
        for i in range(min(len(boxes.row), PROBED)):
            if self.findings.witness is None:
                middle = self._middle(boxes, i, half)
                signs = self.chart.signs_at([middle])
                self._try(middle, signs, boxes.take(slice(i, i + 1)), half)

    def _middle(self, boxes: Boxes, i: int, half: float) -> Point:
        x, y = boxes.take(slice(i, i + 1)).middles(half)
        return Fraction(x[0]), Fraction(y[0])

    def _cross_boundary(self, boxes: Boxes, signs: Signs, half: float) -> None:
        """Find a box through which the boundary runs on which network and shape differ.

        Where one atom may be 0 in a box, and has both signs at its corners, it is 0 somewhere
        between these; all other atoms have one sign there.
        """
        found = self.findings
        if found.differs_on_boundary:
            return
        free, finite = ~is_single(signs), boxes.middles(half)[1] - half > self.chart.infinity
        single = np.flatnonzero((free.sum(axis=0) == 1) & finite)
        atoms = free[:, single].argmax(axis=0)
        x, y = boxes.take(single).middles(half)
        corners = [self.chart.signs(x + a * half, y + b * half, 0.0) for a, b in _CORNERS]
        at = np.array([corner[atoms, np.arange(len(atoms))] for corner in corners])
        crossed = np.flatnonzero((at == MINUS).any(axis=0) & (at == PLUS).any(axis=0))
        for i in crossed[:PROBED].tolist():
            found.differs_on_boundary = True
            self._probe(boxes.take(single[i : i + 1]), half)
            if found.on_boundary is not None:
                return

    def _probe(self, boxes: Boxes, half: float) -> None:
        """Search some of the boxes for a witness in rationals."""
        some = boxes.take(_spread(len(boxes.row), CELLS // len(self.question.atoms)))
        middles = some.middles(half)
        free = ~is_single(self.chart.signs(*middles, half))
        chosen = np.append(self._narrowest(*middles, free), _spread(len(some.row), PROBED))
        some, free = some.take(np.unique(chosen)), free[:, np.unique(chosen)]
        found = [
            (point, i)
            for i, atoms in enumerate(free.T)
            if atoms.sum() <= MOST_PROBED
            for point in self._probes(self._middle(some, i, half), np.flatnonzero(atoms), half)
        ]
        if not found:
            return
        signs = self.chart.signs_at([point for point, _ in found])
        differ = self.question.network(signs).must != self.question.shape(signs).must
        for k in np.flatnonzero(differ).tolist():
            point, i = found[k]
            self._try(point, signs[:, [k]], some.take(slice(i, i + 1)), half)
            if self.findings.witness is not None:
                return

    def _narrowest(self, x: Floats, y: Floats, free: Bools) -> Ints:
        """Boxes in which two curves come nearest to each other: what differs may be between."""
        distances = np.where(free, self.chart.enclosures.distances(x, y), np.inf)
        with np.errstate(invalid="ignore"):
            gaps = np.fmin.reduce(np.diff(np.sort(distances, axis=0), axis=0), initial=np.inf)
        return np.argsort(gaps, kind="stable")[:PROBED]

    def _probes(self, middle: Point, free: Ints, half: float) -> Iterator[Point]:
        """Points of the chart near a box, given the atoms that may be 0 in it."""
        numbers = free.tolist()
        atoms = [self.chart.polynomials[atom] for atom in numbers]
        bases = [self.bases.get(atom) for atom in numbers]
        for point in probes(middle, Fraction(half), atoms, bases):
            if self.chart.to_user(*point) is not None:
                yield point

    def _try(self, point: Point, signs: Signs, box: Boxes, half: float) -> None:
        """Keep a point of the chart, with the atoms' signs there, if it is a witness."""
        found, place = self.findings, self.chart.to_user(*point)
        witness = None if place is None else self.question.difference_at(place, signs)
        if witness is None:
            return
        x, y = box.middles(half)
        if self.chart.is_window:
            around = np.array(_CORNERS) * half
            cell = self.chart.corners(x + around[:, 0], y + around[:, 1])
            witness = replace(witness, cell=cell)
        match self.question.on_boundary(signs):
            case False:
                found.witness = witness
            case True:
                found.on_boundary = found.on_boundary or witness
                found.differs_on_boundary = True
            case None:
                pass


_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def _distinct(signs: Signs) -> tuple[list[bytes], Ints]:
    """The distinct columns, and which of them each is."""
    rows = np.ascontiguousarray(signs.T)
    keys = rows.view(np.dtype((np.void, rows.shape[1]))).ravel()
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return [rows[i].tobytes() for i in first.tolist()], which


def _known(fences: Sequence[Polynomial], signs: list[int]) -> tuple[Fence, ...]:
    """Those that have one sign, other than 0, and it."""
    kept = (
        (integer_line(fence), 1 if sign == PLUS else -1)
        for fence, sign in zip(fences, signs, strict=True)
        if sign in (MINUS, PLUS)
    )
    return tuple(kept)


def _spread(count: int, most: int) -> Ints:
    """At most so many numbers below a count, evenly."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))


def _quartered(boxes: Boxes) -> Boxes:
    """Both halves of each column and row."""
    column, row = (2 * part[:, np.newaxis] for part in boxes)
    right, upper = np.array([[0, 1, 0, 1], [0, 0, 1, 1]])
    return Boxes((column + right).ravel(), (row + upper).ravel())
