"""Agreement over all signs that some atoms can have together: a Boolean question, decided exactly.

Where the signs of all atoms but a few are known, network and shape are functions of those few. The
signs that lines have together are the cells of their arrangement, which are known exactly; curves
are given every sign, with each of the cells but those that are points, where their signs are known,
too. That is more than what occurs: agreement on all of it is agreement everywhere, disagreement may
be due to a combination that no point has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations, product
from typing import NamedTuple, TypeAlias

import numpy as np

from regions.check.curves.question import Question
from regions.check.curves.signs import ANY, MINUS, PLUS, ZERO, Signs, exact_signs, is_single
from regions.geometry.arrangement import Line, arrangement, crossing
from regions.geometry.polynomials import Point, Polynomial
from regions.network.model import Ints

MOST_CASES = 2**9
"""Combinations that are tried for one box; where there are more, it is divided first."""

MOST_CASES_BEYOND = 2**12
"""Likewise beyond the window, where parallel lines meet in a point that no division parts."""

MOST_CASES_AT_ONCE = 2**18
"""Combinations of all atoms on the whole plane that are tried, before it is divided at all."""

MOST_ON_BOUNDARY = 2**8
"""Combinations of a row that are looked at one by one, whether they lie on the boundary."""

CELLS = 2**24
"""Units and atoms times combinations that are evaluated at once: 16 MB for each array."""


class Agrees(IntEnum):
    """Where network and shape agree, of the points that have given signs."""

    EVERYWHERE = 0
    OFF_BOUNDARY = 1
    """If they differ, then on the shape's boundary only."""
    UNKNOWN = 2


class Verdict(NamedTuple):
    """What is known of the points that have given signs.

    Attributes:
        agrees: Where network and shape agree, but for the strips.
        strips: Pairs of twins, by their numbers: the two may also differ between these lines.
    """

    agrees: Agrees
    strips: frozenset[int] = frozenset()


@dataclass
class Counts:
    """Combinations in which no atom, one, or several are 0."""

    faces: int = 0
    edges: int = 0
    vertices: int = 0


Fence: TypeAlias = tuple[Line, int]
"""A line that does not meet the points in question, and its sign there."""


class Row(NamedTuple):
    """What is known of the points in question.

    Attributes:
        signs: A set of signs for each atom, as bytes.
        fences: Lines beside the atoms whose sign is known.
    """

    signs: bytes
    fences: tuple[Fence, ...] = ()


class Agreement:
    """Decides rows of signs, and remembers what it has decided.

    Attributes:
        counts: Of the combinations that were compared.
    """

    def __init__(self, question: Question) -> None:
        self.counts = Counts()
        self._question = question
        self._lines = {
            i: integer_line(atom) for i, atom in enumerate(question.atoms) if atom.degree == 1
        }
        self._known: dict[tuple[Row, int], Verdict] = {}
        self._cells: dict[tuple[tuple[int, ...], tuple[Fence, ...]], Signs] = {}
        self._fences: dict[tuple[int, ...], tuple[Polynomial, ...]] = {}

    def everywhere(self) -> bool:
        """Whether the two agree on all signs that all atoms can have; False where that is open."""
        row = Row(bytes([ANY]) * len(self._question.atoms))
        return self.verdicts([row], MOST_CASES_AT_ONCE)[0] == Verdict(Agrees.EVERYWHERE)

    def verdicts(self, rows: Sequence[Row], most: int) -> list[Verdict]:
        """What holds for rows; one with more than `most` combinations is left open."""
        waiting: dict[Row, Signs] = {}
        size, width = 0, self._question.width
        for row in dict.fromkeys(row for row in rows if (row, most) not in self._known):
            cases = self._cases(row, most)
            if cases is None:
                self._known[row, most] = Verdict(Agrees.UNKNOWN)
                continue
            waiting[row] = cases
            size += width * cases.shape[1]
            if size > CELLS:
                self._decide(waiting, most)
                waiting, size = {}, 0
        self._decide(waiting, most)
        return [self._known[row, most] for row in rows]

    def _cases(self, row: Row, most: int) -> Signs | None:
        """`(k, m)` combinations of a row's signs, None where there would be too many."""
        signs = np.frombuffer(row.signs, dtype=np.uint8)
        free = np.flatnonzero(~is_single(signs)).tolist()
        lines = [i for i in free if i in self._lines]
        curves = [i for i in free if i not in self._lines]
        if self._bound(lines) * 3 ** len(curves) > most:
            return None
        cells = self._line_cells(tuple(lines), row.fences)
        cells = cells[:, ((cells & signs[lines, np.newaxis]) != 0).all(axis=0)]
        places = self._crossings(lines, cells) if curves else [None] * cells.shape[1]
        wide = np.array([place is None for place in places], dtype=np.bool_)
        bends = self._bends(signs, curves)
        count, times = int(wide.sum()), bends.shape[1]
        straight, bent = [np.repeat(cells[:, wide], times, axis=1)], [np.tile(bends, (1, count))]
        for i in np.flatnonzero(~wide).tolist():
            place = places[i]
            assert place is not None
            there = exact_signs([self._question.atoms[c] for c in curves], place)
            if ((there[:, 0] & signs[curves]) != 0).all():
                straight.append(cells[:, [i]])
                bent.append(there)
        lined, curved = np.concatenate(straight, axis=1), np.concatenate(bent, axis=1)
        cases = np.repeat(signs[:, np.newaxis], lined.shape[1], axis=1)
        cases[lines], cases[curves] = lined, curved
        return cases

    def _bends(self, signs: Signs, curves: Sequence[int]) -> Signs:
        """`(c, m)` all signs that curves may have together, for all that is known."""
        choices = [[sign for sign in (MINUS, ZERO, PLUS) if sign & signs[c]] for c in curves]
        combined = list(product(*choices))
        return np.array(combined, dtype=np.uint8).reshape(len(combined), len(curves)).T

    def _crossings(self, lines: Sequence[int], cells: Signs) -> list[Point | None]:
        """The point that each cell is, where two of its lines are 0 that cross."""
        found: list[Point | None] = []
        for zeros in (cells == ZERO).T:
            through = [self._lines[lines[i]] for i in np.flatnonzero(zeros).tolist()]
            first, *rest = through or [(0, 0, 0)]
            across = (second for second in rest if _direction(first) != _direction(second))
            found.append(next((crossing(first, second) for second in across), None))
        return found

    def _bound(self, lines: list[int]) -> int:
        """At least the number of cells: n lines with c crossings make 1 + 2 n + 4 c."""
        directions = Counter(_direction(self._lines[i]) for i in lines)
        parallel = sum(n * n for n in directions.values())
        return 1 + 2 * len(lines) + 2 * (len(lines) ** 2 - parallel)

    def _line_cells(self, lines: tuple[int, ...], fences: tuple[Fence, ...]) -> Signs:
        """`(n, m)` signs that some lines have together, anywhere on the given side of fences."""
        key = lines, fences
        if key not in self._cells:
            straight = [*(self._lines[i] for i in lines), *(line for line, _ in fences)]
            found = arrangement(straight).signs.T
            if fences:
                sides = np.array([[sign] for _, sign in fences], dtype=np.int8)
                within = (found[len(lines) :] == sides).all(axis=0)
                found = np.unique(found[: len(lines), within], axis=1)
            self._cells[key] = np.left_shift(1, found + 1).astype(np.uint8)
        return self._cells[key]

    def fences(self, row: Row, most: int) -> tuple[Polynomial, ...]:
        """For each two lines that may be 0, one through their crossing; none for many lines.

        A small box between two lines that cross at a small angle may lie far from their crossing,
        on one side of it. A line at right angles to one of them tells which.
        """
        free = np.flatnonzero(~is_single(np.frombuffer(row.signs, dtype=np.uint8))).tolist()
        lines = tuple(i for i in free if i in self._lines)
        if len(lines) > most:
            return ()
        if lines not in self._fences:
            pairs = (self._fence(*pair) for pair in combinations(lines, 2))
            found = dict.fromkeys(fence for fence in pairs if fence is not None)
            atoms = set(self._question.atoms)
            self._fences[lines] = tuple(fence for fence in found if fence not in atoms)
        return self._fences[lines]

    def _fence(self, first: int, second: int) -> Polynomial | None:
        (a, b), (c, d) = self._lines[first][:2], self._lines[second][:2]
        if a * d == b * c or a * c + b * d == 0:
            return None
        atoms = self._question.atoms
        across = (c * c + d * d) * atoms[first] - (a * c + b * d) * atoms[second]
        return across.primitive()[0]

    def _decide(self, waiting: dict[Row, Signs], most: int) -> None:
        if not waiting:
            return
        signs = np.concatenate(list(waiting.values()), axis=1)
        differ = self._question.by_network(signs).must != self._question.by_shape(signs).must
        zeros = (signs == ZERO).sum(axis=0)
        self.counts.faces += int((zeros == 0).sum())
        self.counts.edges += int((zeros == 1).sum())
        self.counts.vertices += int((zeros > 1).sum())
        ends = np.cumsum([cases.shape[1] for cases in waiting.values()])
        parts = zip(waiting, np.split(differ, ends[:-1]), np.split(zeros, ends[:-1]), strict=True)
        for row, differs, zero in parts:
            self._known[row, most] = self._verdict(waiting[row][:, differs], zero[differs])

    def _verdict(self, differing: Signs, zeros: Ints) -> Verdict:
        between = self._question.twins.between(differing)
        outside = ~between.any(axis=0)
        # Any of the pairs between which a combination lies will do.
        strips = frozenset([int(pairs.argmax()) for pairs in between[:, ~outside].T])
        rest = differing[:, outside]
        if not rest.shape[1]:
            return Verdict(Agrees.EVERYWHERE, strips)
        if (zeros[outside] == 0).any() or rest.shape[1] > MOST_ON_BOUNDARY:
            return Verdict(Agrees.UNKNOWN)
        columns = (rest[:, [i]] for i in range(rest.shape[1]))
        if all(self._question.on_boundary(column) for column in columns):
            return Verdict(Agrees.OFF_BOUNDARY, strips)
        return Verdict(Agrees.UNKNOWN)


def integer_line(line: Polynomial) -> Line:
    """The coefficients of a primitive line."""
    a, b, c = (int(line.coefficient(m)) for m in ((1, 0), (0, 1), (0, 0)))
    return a, b, c


def _direction(line: Line) -> tuple[int, int]:
    """In coprime integers, the same for parallel lines."""
    a, b, _ = line
    divisor = math.gcd(a, b) * (1 if (a, b) > (0, 0) else -1)
    return a // divisor, b // divisor
