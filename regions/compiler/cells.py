"""A region on the cells of an arrangement: on each face, edge and vertex it is true or false.

The lines of the separators cut the plane into cells on which the separators fire alike. So the
formula's truth on a cell is that of one vector of outputs, decided exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.compiler.formula import Formula
from regions.compiler.separators import Separators
from regions.compiler.truth import evaluate_formula, exact_line, over_distinct_lines
from regions.geometry.arrangement import Cells, Line, arrangement, line_through
from regions.geometry.frame import Frame

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Segment: TypeAlias = tuple[tuple[float, float], tuple[float, float]]

MOST_LINES = 128
"""Lines of the shape up to which an answer is sought: at that size in less than a second."""

MOST_PAIR_LINES = 200
"""The same for lines through pairs of vertices, where each comes in both directions: 20 vertices in
general position have 190 lines, and an answer within one to six seconds."""


class TooManyLinesError(ValueError):
    """The arrangement would be too large."""


Source: TypeAlias = int | Segment
"""What a unit is made from: a separator by its number, or two vertices."""


def units_of(
    separators: Separators, frame: Frame, used: list[int], vertex_pairs: bool
) -> dict[Line, Source]:
    """The distinct oriented lines that a threshold unit may read, and what each is made from.

    Args:
        separators: All.
        frame: Their coordinates.
        used: Numbers of those that count.
        vertex_pairs: Whether all lines through two vertices come in, in both directions.

    Raises:
        NotStraightError: One has quadratic terms.
        TooManyLinesError: There are more lines than are tried.
    """
    units: dict[Line, Source] = {}
    for number in used:
        units.setdefault(exact_line(separators, frame, number), number)
        if len(units) > 2 * MOST_LINES:  # a line has two directions
            said = f"there are more than {MOST_LINES} lines"
            raise TooManyLinesError(f"{said}, the most that one layer is looked for over")
    _limit(units, MOST_LINES, "")
    if vertex_pairs:
        for start, end in _vertex_pairs(separators, used):
            units.setdefault(line_through(start, end), (start, end))
        _limit(units, MOST_PAIR_LINES, ", with those through pairs of vertices")
    return units


def _limit(units: Iterable[Line], most: int, which: str) -> None:
    lines = len(over_distinct_lines(list(units)).lines)
    if lines > most:
        raise TooManyLinesError(
            f"there are {lines} lines{which}; one layer is looked for over {most} at most"
        )


def _vertex_pairs(separators: Separators, used: list[int]) -> Iterable[Segment]:
    """All pairs of points through which a separator was drawn, in both directions."""
    points = separators.sources[used].reshape(-1, 2)
    vertices = np.unique(points[np.isfinite(points).all(axis=1)], axis=0).tolist()
    return permutations([(x, y) for x, y in vertices], 2)


@dataclass(frozen=True, eq=False)
class RegionCells:
    """The cells of an arrangement, the distinct vectors of units that fire on them, and the truth.

    Attributes:
        units: The oriented lines.
        cells: Of their arrangement.
        vectors: `(m, n)` distinct rows: which units fire.
        cell: `(m,)` a cell for each row, a face if there is one.
        row: `(len(cells),)` the row of each cell.
        truth: `(m,)` whether it lies in the region.
    """

    units: dict[Line, Source]
    cells: Cells
    vectors: Bools
    cell: Ints
    row: Ints
    truth: Bools


def region_cells(
    formula: Formula,
    separators: Separators,
    frame: Frame,
    used: list[int],
    units: dict[Line, Source],
) -> RegionCells:
    """A formula's truth on the cells of the arrangement of all units' lines.

    Args:
        formula: The region.
        separators: Its separators.
        frame: Their coordinates.
        used: Numbers of those that the formula reads.
        units: From `units_of`.
    """
    planes = over_distinct_lines(list(units))
    cells = arrangement(planes.lines)
    # Faces come last among the cells: from behind, they are the first of their vectors.
    vectors, first, row = _distinct(planes.fires(cells.signs[::-1]))
    column = {line: number for number, line in enumerate(units)}
    fires = np.zeros((len(vectors), len(separators.names)), dtype=np.bool_)
    for separator in used:
        fires[:, separator] = vectors[:, column[exact_line(separators, frame, separator)]]
    truth = evaluate_formula(formula, fires)
    return RegionCells(units, cells, vectors, len(cells.signs) - 1 - first, row[::-1], truth)


def _distinct(rows: Bools) -> tuple[Bools, Ints, Ints]:
    """The distinct rows, where each comes first, and the number of every row among them."""
    # A column in front, for rows without any.
    framed = np.pad(rows, ((0, 0), (1, 0)))
    bits = np.ascontiguousarray(np.packbits(framed, axis=1))
    keys = bits.view(np.dtype((np.void, bits.shape[1]))).ravel()
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], first, number


def border_lines(region: RegionCells) -> int:
    """Distinct lines with a side that any network of the region needs.

    An edge of the arrangement between inside and outside needs a separator on its line that fires,
    on the line, as on the side the edge itself belongs to. An edge that belongs to neither of the
    faces beside it needs one too, on either side.
    """
    cells = region.cells
    edges = np.flatnonzero(cells.dimension == 1)
    line = (cells.signs[edges] == 0).argmax(axis=1)
    own = region.truth[region.row[edges]]
    left, right = (region.truth[region.row[cells.sides[edges, k]]] for k in (0, 1))
    sided = left != right
    found = {*zip(line[sided].tolist(), (own == left)[sided].tolist(), strict=True)}
    alone = {*line[~sided & (own != left)].tolist()} - {number for number, _ in found}
    return len(found) + len(alone)
