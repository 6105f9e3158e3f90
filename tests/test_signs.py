"""Signs of forms at places, against rationals, where rounding decides and where it cannot."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from regions.check.signs import (
    Forms,
    crossings,
    forms_of,
    joined,
    places_of,
    signs_at,
    turns,
    whole,
)

Floats = NDArray[np.float64]

coarse = st.integers(-3, 3).map(float)
fine = st.floats(-2, 2).filter(lambda x: x == 0 or abs(x) > 1e-200)
near_ties = st.sampled_from([0.1, 0.2, 0.3, 1 / 3, 1.0, 1 + 2.0**-52, 2.0**-300, -1e90])
numbers = coarse | fine | near_ties
triples = st.tuples(numbers, numbers, numbers)
lines = triples.filter(lambda t: t[0] != 0 or t[1] != 0)


def table(rows: list[tuple[float, float, float]]) -> Floats:
    return np.array(rows).reshape(-1, 3)


def sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def dot(p: list[Fraction], q: list[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(p, q, strict=True)), Fraction(0))


def rationals(rows: Floats) -> list[list[Fraction]]:
    return [[Fraction(x) for x in row] for row in rows.tolist()]


def cross(p: list[Fraction], q: list[Fraction]) -> list[Fraction]:
    return [p[i - 2] * q[i - 1] - p[i - 1] * q[i - 2] for i in range(3)]


@given(st.lists(st.tuples(triples, numbers, numbers), max_size=5))
def test_signs_at_points(rows: list[tuple[tuple[float, float, float], float, float]]) -> None:
    forms, points = table([row[0] for row in rows]), np.array([row[1:] for row in rows])
    found = signs_at(forms_of(forms), places_of(points.reshape(-1, 2)))
    homogeneous = [[Fraction(x), Fraction(y), Fraction(1)] for _, x, y in rows]
    expected = [dot(p, q) for p, q in zip(rationals(forms), homogeneous, strict=True)]
    assert found.tolist() == list(map(sign, expected))


@given(st.lists(st.tuples(lines, lines, triples), min_size=1, max_size=5))
def test_signs_at_crossings(rows: list[tuple[tuple[float, float, float], ...]]) -> None:
    """Of a third form, and of the two that cross: these are 0."""
    first, second, third = (table([row[k] for row in rows]) for k in range(3))
    turn = turns(forms_of(first), forms_of(second))
    places = [cross(*pair) for pair in zip(rationals(first), rationals(second), strict=True)]
    assert turn.tolist() == [sign(place[2]) for place in places]
    meet = np.flatnonzero(turn)
    at = crossings(forms_of(first), forms_of(second), turn).take(meet)
    for other in (first, second, third):
        found = signs_at(forms_of(other).take(meet), at)
        rows_of = rationals(other)
        expected = [sign(dot(rows_of[k], places[k])) * int(turn[k]) for k in meet]
        assert found.tolist() == expected


def test_three_lines_that_nearly_meet() -> None:
    """Their determinant is far below the rounding of its terms."""
    p, q = np.array([[0.1, 0.3, -0.7]]), np.array([[0.2, -0.1, 0.4]])
    turn = turns(forms_of(p), forms_of(q))
    at = crossings(forms_of(p), forms_of(q), turn)
    [place] = [cross(*pair) for pair in zip(rationals(p), rationals(q), strict=True)]
    third = np.array([[1.0, 1.0, float(-(place[0] + place[1]) / place[2])]])
    for ulps in range(-2, 3):
        moved = third + ulps * np.array([[0, 0, np.spacing(third[0, 2])]])
        expected = sign(dot(rationals(moved)[0], place)) * int(turn[0])
        assert signs_at(forms_of(moved), at).tolist() == [expected]
        assert expected != 0


def test_a_coefficient_that_is_lost_is_left_to_the_integers() -> None:
    exact = np.array([[1, 10**400, 0], [3, 0, -1]], dtype=object)
    forms = Forms(np.array([[np.nan, 1.0, 0.0], [1.0, 0.0, -1 / 3]]), exact.__getitem__)
    places = places_of(np.array([[7.0, 0.0], [1 / 3, 5.0]]))
    assert signs_at(forms, places).tolist() == [1, sign(Fraction(1 / 3) * 3 - 1)]
    other = Forms(np.array([[np.nan, 1.0, 0.0]]), exact[:1].__getitem__)
    assert turns(other, forms_of(np.array([[0.0, 1.0, 0.0]]))).tolist() == [1]
    assert turns(other, forms_of(np.array([[1.0, 0.0, 0.0]]))).tolist() == [-1]


def test_joined_lists_keep_their_order() -> None:
    first, second = table([(1, 2, 3)]), table([(4, 5, 6), (0.5, 0.25, 1)])
    both = joined(forms_of(first), forms_of(second)).take(np.array([2, 0, 1, 2]))
    assert both.near.tolist() == [[0.5, 0.25, 1], [1, 2, 3], [4, 5, 6], [0.5, 0.25, 1]]
    for exact, near in zip(both.exact(np.arange(4)).tolist(), both.near, strict=True):
        assert [Fraction(value, exact[0]) for value in exact] == [
            Fraction(value) / Fraction(near[0]) for value in near
        ]


@pytest.mark.parametrize("value", [0.1, 5e-324, 1e300, -(2.0**-1000), 2.0**53 + 2])
def test_whole_numbers_are_the_doubles(value: float) -> None:
    one, other = whole(np.array([1.0, value])).tolist()
    assert Fraction(other, one) == Fraction(value)
