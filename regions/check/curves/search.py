"""The search for points in which network and shape differ, among boxes that are still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from regions.check.curves.boxes import CORNERS, spread
from regions.check.curves.charts import Chart
from regions.check.curves.probes import probes
from regions.check.curves.question import Question
from regions.check.curves.signs import MINUS, PLUS, Signs, is_single
from regions.check.proof import Witness
from regions.geometry.polynomials import Point
from regions.geometry.quadtree import Boxes
from regions.network.model import Bools, Floats, Ints

PROBED = 8
"""Boxes of a level that are searched for a witness in rationals, some milliseconds each: so many
that look promising, and as many others."""

MOST_PROBED = 6
"""Atoms in a box beyond which it is divided first."""

CELLS = 2**21
"""Atoms times boxes of which the promising ones are chosen."""


@dataclass
class Differences:
    """Where network and shape differ, as far as it is known.

    Attributes:
        witness: A point, and not just one of the shape's boundary.
        on_boundary: A point of the boundary.
        some_on_boundary: Whether there is such a point, even if none could be named.
    """

    witness: Witness | None = None
    on_boundary: Witness | None = None
    some_on_boundary: bool = False


@dataclass(frozen=True, eq=False)
class Search:
    """Through one chart.

    Attributes:
        question: What is asked.
        chart: Where.
        bases: Rational points on some atoms' curves, in the chart.
        found: What was found.
    """

    question: Question
    chart: Chart
    bases: Mapping[int, Point]
    found: Differences

    def middles(self, boxes: Boxes, half: float) -> None:
        """Look at the middles of all boxes, as far as doubles tell."""
        signs = self.chart.signs(*boxes.middles(half), 0.0)
        network, shape = self.question.by_network(signs), self.question.by_shape(signs)
        differ = network.known & shape.known & (network.must != shape.must)
        self.exact_middles(boxes.take(differ), half)

    def exact_middles(self, boxes: Boxes, half: float) -> None:
        """Look at the middles of the first boxes, exactly."""
        for i in range(min(len(boxes.row), PROBED)):
            if self.found.witness is None:
                middle = boxes.middle(i, half)
                signs = self.chart.signs_at([middle])
                self._try(middle, signs)

    def boundary(self, boxes: Boxes, signs: Signs, half: float) -> None:
        """Find a box through which the boundary runs on which network and shape differ.

        Where one atom may be 0 in a box, and has both signs at its corners, it is 0 somewhere
        between these; all other atoms have one sign there.
        """
        found = self.found
        if found.some_on_boundary:
            return
        free, finite = ~is_single(signs), boxes.middles(half)[1] - half > self.chart.infinity
        single = np.flatnonzero((free.sum(axis=0) == 1) & finite)
        atoms = free[:, single].argmax(axis=0)
        x, y = boxes.take(single).middles(half)
        corners = [self.chart.signs(x + a * half, y + b * half, 0.0) for a, b in CORNERS]
        at = np.array([corner[atoms, np.arange(len(atoms))] for corner in corners])
        crossed = np.flatnonzero((at == MINUS).any(axis=0) & (at == PLUS).any(axis=0))
        for i in crossed[:PROBED].tolist():
            found.some_on_boundary = True
            self.probe(boxes.take(single[i : i + 1]), half)
            if found.on_boundary is not None:
                return

    def probe(self, boxes: Boxes, half: float) -> None:
        """Search some of the boxes for a witness in rationals."""
        some = boxes.take(spread(len(boxes.row), CELLS // len(self.question.atoms)))
        middles = some.middles(half)
        free = ~is_single(self.chart.signs(*middles, half))
        chosen = np.append(self._narrowest(*middles, free), spread(len(some.row), PROBED))
        some, free = some.take(np.unique(chosen)), free[:, np.unique(chosen)]
        found = [
            point
            for i, atoms in enumerate(free.T)
            if atoms.sum() <= MOST_PROBED
            for point in self._probes(some.middle(i, half), np.flatnonzero(atoms), half)
        ]
        if not found:
            return
        signs = self.chart.signs_at(found)
        differ = self.question.by_network(signs).must != self.question.by_shape(signs).must
        for k in np.flatnonzero(differ).tolist():
            self._try(found[k], signs[:, [k]])
            if self.found.witness is not None:
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

    def _try(self, point: Point, signs: Signs) -> None:
        """Keep a point of the chart, with the atoms' signs there, if it is a witness."""
        found, place = self.found, self.chart.to_user(*point)
        witness = None if place is None else self.question.difference_at(place, signs)
        if witness is None:
            return
        match self.question.on_boundary(signs):
            case False:
                found.witness = witness
            case True:
                found.on_boundary = found.on_boundary or witness
                found.some_on_boundary = True
            case None:
                pass
