"""Subdivision of a chart: boxes in which network and shape agree, or a point where they do not.

Level by level, from one box. On each box interval arithmetic bounds the atoms; where that decides
network and shape, the box is done, or its middle is a witness. Otherwise the few atoms that may be
0 in it are looked at by themselves (`agreement.py`). What is still open is searched for a witness,
and quartered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from regions.check.curves.agreement import (
    MOST_CASES,
    MOST_CASES_CROWDED,
    Agreement,
    Agrees,
    Fence,
    Row,
    Verdict,
    integer_line,
)
from regions.check.curves.search import Search
from regions.check.curves.signs import MINUS, PLUS, Signs, signs_of
from regions.geometry.intervals import Enclosures
from regions.geometry.polynomials import Polynomial
from regions.geometry.quadtree import WHOLE, Boxes
from regions.network.model import Ints
from regions.progress import track

DEEPEST = 40
"""Quarterings, at most: rounding blurs a border by 2^-46 of the window."""

CELLS = 2**21
"""Units and atoms times boxes that are looked at together: 16 MB for an array of doubles."""

FIRST_PROBED = 4
"""Quarterings before boxes are searched: a difference that whole boxes show is a better witness."""

FEW = 256
"""Boxes that are divided on, though the area that is open is small enough."""

SMALL = 2.0**-12
"""Half a side below which what meets in a box is likely to meet in a point."""

LARGEST_ON_STRIPS = 2.0**-8
"""Half a side above which a box is divided rather than decided but for strips: most strips come to
nothing where lines nearly coincide that meet in a vertex, and no strip at all is a better proof."""

MOST_FENCED = 4
"""Lines in a box beyond which it is divided rather than looked at on which sides of their crossings
it lies."""


@dataclass
class Findings:
    """What is known of one chart.

    Attributes:
        boxes: How many were looked at.
        inside: At least the shape's area, in units of the chart.
        open: Area of the boxes that are left open, likewise.
        strips: Pairs of lines that rounding cannot tell apart between which the two may differ.
    """

    boxes: int = 0
    inside: Fraction = Fraction(0)
    open: Fraction = Fraction(0)
    strips: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Budget:
    """When to stop.

    Attributes:
        boxes: That may be looked at.
        open: Area that may be left open, relative to the shape's; None where only 0 will do.
    """

    boxes: int
    open: float | None


@dataclass(frozen=True, eq=False)
class Subdivision:
    """One chart on its way.

    Attributes:
        agreement: Decides what intervals do not.
        search: Through the chart.
        budget: When to stop.
        findings: What is known so far.
    """

    agreement: Agreement
    search: Search
    budget: Budget
    findings: Findings = field(default_factory=Findings)

    def run(self) -> Findings:
        """Divide until nothing is open, the budget is used up, or there is a witness."""
        found, level, boxes = self.findings, 0, WHOLE
        if not self.search.chart.is_window:
            level, boxes = 1, Boxes(np.array([0, 1]), np.array([1, 1]))
        while True:
            before = len(boxes.row)
            found.boxes += before
            boxes = self._level(boxes, 2.0**-level)
            found.open = len(boxes.row) * 4 * Fraction(1, 4**level)
            if level >= FIRST_PROBED and self.search.found.witness is None:
                self.search.probe(boxes, 2.0**-level)
            if self._enough(before, len(boxes.row), level):
                return found
            boxes, level = boxes.quartered(), level + 1

    def _small(self) -> bool:
        """Whether as little is open as is allowed."""
        allowed = self.budget.open
        return (
            allowed is not None and self.findings.open <= Fraction(allowed) * self.findings.inside
        )

    def _enough(self, before: int, after: int, level: int) -> bool:
        """Whether to stop: where the area is small, not while boxes are few or become fewer."""
        found = self.findings
        if self.search.found.witness is not None or after == 0 or level == DEEPEST:
            return True
        if found.boxes + 4 * after > self.budget.boxes:
            return True
        return self._small() and after > FEW and 4 * after >= before

    def _level(self, boxes: Boxes, half: float) -> Boxes:
        """The boxes that stay open."""
        step = max(1, CELLS // self.search.question.width)
        chunks = [slice(i, i + step) for i in range(0, len(boxes.row), step)]
        left = []
        for chunk in track(chunks, len(chunks), f"proving, boxes of 1/{1 / half:.0f}"):
            left.append(self._look(boxes.take(chunk), half))
            if self.search.found.witness is not None:
                break
        return Boxes(*(np.concatenate(part) for part in zip(*left, strict=True)))

    def _look(self, boxes: Boxes, half: float) -> Boxes:
        """The boxes that neither intervals nor the atoms that may be 0 in them decide."""
        question = self.search.question
        signs = self.search.chart.signs(*boxes.middles(half), half)
        network, shape = question.by_network(signs), question.by_shape(signs)
        settled = network.known & shape.known
        alike = network.must == shape.must
        self.search.exact_middles(boxes.take(settled & ~alike), half)
        rest = np.flatnonzero(~settled)
        agrees = self._agrees(boxes.take(rest), signs[:, rest], half)
        on_boundary = rest[agrees == Agrees.OFF_BOUNDARY]
        self.search.boundary(boxes.take(on_boundary), signs[:, on_boundary], half)
        closed = settled & alike
        closed[rest[agrees == Agrees.EVERYWHERE]] = True
        closed[on_boundary] = self.search.found.some_on_boundary
        inside = int((closed & shape.must).sum())
        self.findings.inside += inside * Fraction(2 * half) ** 2
        self.search.middles(boxes.take(rest[agrees == Agrees.UNKNOWN]), half)
        return boxes.take(~closed)

    def _agrees(self, boxes: Boxes, signs: Signs, half: float) -> Ints:
        """`Agrees` for each box, given its column of signs."""
        crowded = half < SMALL or not self.search.chart.is_window
        most = MOST_CASES_CROWDED if crowded else MOST_CASES
        rows, which = _distinct(signs)
        verdicts = self._on_strips(self.agreement.verdicts([Row(r) for r in rows], most), half)
        agrees = np.array([verdict.agrees for verdict in verdicts], dtype=np.int64)[which]
        unknown = np.flatnonzero(agrees == Agrees.UNKNOWN)
        if self.search.chart.is_window and len(unknown):
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
                enclosures = Enclosures([self.search.chart.seen(fence) for fence in fences])
                sides = signs_of(enclosures.over(x[chosen], y[chosen], half))
                for i, side in zip(chosen, sides.T.tolist(), strict=True):
                    found[i] = Row(row, _known(fences, side))
        return found


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
