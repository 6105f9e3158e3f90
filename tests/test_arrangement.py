"""The cells of an arrangement: all of them, each once, each where its signs say."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import gcd

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.geometry.arrangement import Cells, Line, arrangement, integer_line, line_through

small = st.integers(-3, 3)
triples = st.tuples(small, small, small).filter(lambda line: line[:2] != (0, 0))
huge = st.integers(-(10**40), 10**40)
huge_triples = st.tuples(huge, huge, huge).filter(lambda line: line[:2] != (0, 0))


def oriented(line: Line) -> Line:
    """One triple for all that stand for a line."""
    divisor = gcd(*line)
    a, b, c = (value // divisor for value in line)
    return (a, b, c) if (a, b) > (0, 0) else (-a, -b, -c)


def meeting_points(lines: list[Line]) -> dict[tuple[Fraction, Fraction], set[int]]:
    """Every crossing with the lines through it, by Cramer's rule."""
    found: dict[tuple[Fraction, Fraction], set[int]] = {}
    for (i, (a, b, c)), (j, (d, e, f)) in combinations(enumerate(lines), 2):
        if (determinant := a * e - b * d) != 0:
            point = Fraction(b * f - c * e, determinant), Fraction(c * d - a * f, determinant)
            found.setdefault(point, set()).update((i, j))
    return found


def expected_counts(lines: list[Line]) -> list[int]:
    """Vertices, edges and faces: a vertex of m lines cuts each of them and adds m - 1 faces."""
    multiplicities = [len(through) for through in meeting_points(lines).values()]
    edges = len(lines) + sum(multiplicities)
    return [len(multiplicities), edges, 1 + edges - len(multiplicities)]


def sign_at(line: Line, point: tuple[Fraction, Fraction]) -> int:
    value = line[0] * point[0] + line[1] * point[1] + line[2]
    return (value > 0) - (value < 0)


def check(cells: Cells, lines: list[Line]) -> None:
    """Complete by number, distinct, and every representative point exactly on the stated sides."""
    counts = np.bincount(cells.dimension, minlength=3).tolist()
    assert counts == expected_counts(lines)
    assert cells.dimension.tolist() == sorted(cells.dimension.tolist())
    assert cells.signs.shape == (sum(counts), len(lines))
    assert len({row.tobytes() for row in cells.signs}) == sum(counts)
    for cell, signs in enumerate(cells.signs.tolist()):
        point = cells.point(cell)
        assert [sign_at(line, point) for line in lines] == signs
        on_lines = signs.count(0)
        assert min(on_lines, 2) == 2 - cells.dimension[cell]


def check_bounds(cells: Cells) -> None:
    """Whatever bounds a cell lies in its closure: a sign is kept, or becomes 0."""
    for cell, bounds in enumerate(cells.bounds.tolist()):
        for bound in (b for b in bounds if b >= 0):
            assert cells.dimension[bound] == cells.dimension[cell] - 1
            changed = cells.signs[bound] != cells.signs[cell]
            assert changed.any()
            assert (cells.signs[bound][changed] == 0).all()


def check_sides(cells: Cells) -> None:
    """The faces beside an edge differ from it in the sign of its own line alone."""
    for cell, sides in enumerate(cells.sides.tolist()):
        if cells.dimension[cell] != 1:
            assert sides == [-1, -1]
            continue
        for side, sign in zip(sides, (1, -1), strict=True):
            expected = np.where(cells.signs[cell] == 0, sign, cells.signs[cell])
            assert cells.dimension[side] == 2
            assert (cells.signs[side] == expected).all()


@given(st.lists(triples, max_size=9, unique_by=oriented))
def test_small_integers_meet_in_common_points_and_run_parallel(lines: list[Line]) -> None:
    cells = arrangement(lines)
    check(cells, lines)
    check_bounds(cells)
    check_sides(cells)


@given(st.lists(huge_triples, max_size=5, unique_by=oriented))
def test_huge_coefficients(lines: list[Line]) -> None:
    check(arrangement(lines), lines)


@pytest.mark.parametrize("shift", [0, 1, -1])
@pytest.mark.parametrize("size", [10**20, 10**200, 10**700])
def test_nearly_concurrent_lines(size: int, shift: int) -> None:
    """Five lines through a point of which the last is off by less than any double can tell."""
    slopes = [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1)]
    x, y = size + 1, size // 3
    lines = [(a * size, b * size, -(a * x + b * y) * size) for a, b in slopes]
    a, b, c = lines[-1]
    lines[-1] = (a, b, c + shift)
    cells = arrangement(lines)
    check(cells, lines)
    assert np.count_nonzero(cells.dimension == 0) == (1 if shift == 0 else 5)


def test_crossings_beyond_all_doubles() -> None:
    """Lines that are nearly parallel meet at more than 1e308, on either side."""
    far = 10**400
    lines = [(0, 1, 0), (1, far, far), (1, far, -far * 2), (1, -far, far * far), (2, far, far)]
    check(arrangement(lines), lines)


def test_doubles_that_cross_in_subnormal_numbers() -> None:
    tiny = 5e-324
    lines = [line_through((0.0, k * tiny), (1.0, (3 - k) * tiny)) for k in range(4)]
    lines.append(line_through((tiny, 0.0), (2 * tiny, tiny)))
    check(arrangement(lines), lines)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([], [0, 0, 1]),
        ([(3, 4, 5)], [0, 1, 2]),
        ([(0, 2, k) for k in range(5)], [0, 5, 6]),
        ([(k, 1, 0) for k in range(-3, 4)], [1, 14, 14]),
        ([(1, 0, k) for k in range(4)] + [(0, 1, k) for k in range(3)], [12, 31, 20]),
    ],
)
def test_special_arrangements(lines: list[Line], counts: list[int]) -> None:
    cells = arrangement(lines)
    check(cells, lines)
    assert np.bincount(cells.dimension, minlength=3).tolist() == counts


def test_many_lines_in_general_position() -> None:
    """Tangents of a parabola: no two are parallel, no three meet."""
    count = 120
    lines = [(2 * k, -1, -k * k) for k in range(count)]
    cells = arrangement(lines)
    crossings = count * (count - 1) // 2
    expected = [crossings, count * count, 1 + count + crossings]
    assert Counter(cells.dimension.tolist()) == dict(enumerate(expected))
    assert len(np.unique(cells.signs, axis=0)) == len(cells.signs)


@pytest.mark.parametrize(
    "lines",
    [
        [(0, 0, 1)],
        [(1, 0, 0), (0, 0, 1)],
        [(1, 2, 3), (0, 1, 0), (2, 4, 6)],
        [(1, 0, 3), (-1, 0, -3)],
        [(0, 1, 3), (0, -2, -6)],
    ],
)
def test_what_is_no_line_and_what_is_one_twice_is_refused(lines: list[Line]) -> None:
    with pytest.raises(ValueError, match="is no line or equals another"):
        arrangement(lines)


@given(st.tuples(*[st.floats(-1e9, 1e9, allow_nan=False)] * 4), st.floats(-1e9, 1e9))
def test_a_line_goes_through_its_points_and_has_its_left_in_front(
    ends: tuple[float, ...], lift: float
) -> None:
    start, end = ends[:2], ends[2:]
    if start == end:
        return
    line = line_through((start[0], start[1]), (end[0], end[1]))
    p, q = ((Fraction(x), Fraction(y)) for x, y in (start, end))
    assert sign_at(line, p) == sign_at(line, q) == 0
    assert gcd(*line) == 1
    # From the start, d turned by 90 degrees to the left.
    left = p[0] - (q[1] - p[1]), p[1] + (q[0] - p[0])
    assert sign_at(line, left) == 1
    a, b, c = integer_line(*(Fraction(lift or 1.0) ** 2 * value for value in line))
    assert (a, b, c) == line
