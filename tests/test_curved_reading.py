"""What separators are read as: the shape's own borders, if they are roundings of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.check.curves.atoms import AtomTable
from regions.check.curves.conics import CONIC_READING
from regions.check.curves.definition import define
from regions.check.curves.near import LINE_READING
from regions.check.curves.question import Question
from regions.check.curves.signs import (
    ANY,
    MINUS,
    PLUS,
    ZERO,
    Signs,
    Truth,
    at_least_zero,
    exact_signs,
    fires,
    positive,
    products,
    squares,
    zero,
)
from regions.network.model import Network
from regions.shape.model import Box, Circle, Difference, Ellipse, Polygonal, Shape, Spec, Union
from tests.pointwise import shape_says
from tests.strategies import csg_trees

WINDOW = (-12.0, -11.0, 13.0, 12.0)


def question_of(shape: Shape, network: Network | None = None) -> Question:
    spec = Spec("trial", shape, WINDOW)
    return Question.of(network or regions.compile(spec, "edges"), spec)


def of_its_own(question: Question) -> int:
    """Atoms of the network alone."""
    return len(question.atoms) - question.definition.atoms


ROUNDED = {
    "circle": Circle((0.1, 0.2), 1.7),
    "turned ellipse": Ellipse((0.1, 0.2), (3.3, 1.7), 33),
    "triangle": Polygonal(shapely.Polygon([(0.1, 0.2), (3.3, 0.7), (1.1, 2.3)])),
}


@pytest.mark.parametrize("name", ROUNDED)
def test_roundings_are_read_as_what_they_round(name: str) -> None:
    question = question_of(ROUNDED[name])
    assert of_its_own(question) == 0
    assert 0 < question.reading.distance < 1e-13


@pytest.mark.parametrize("name", ROUNDED)
def test_more_than_rounding_is_not(name: str) -> None:
    """A bias moved by 2^-40 of itself; by 2^-52 it would still be a rounding."""
    network = regions.compile(Spec("trial", ROUNDED[name], WINDOW), "edges")
    for part, new in ((2.0**-52, 0), (2.0**-40, 1)):
        bias = network.bias.copy()
        bias[0] *= 1 + part
        moved = replace(network, bias=bias)
        assert of_its_own(question_of(ROUNDED[name], moved)) == new


def test_the_tolerances_lie_between_what_the_test_above_moves() -> None:
    assert min(CONIC_READING, LINE_READING) > 2.0**-52
    assert max(CONIC_READING, LINE_READING) < 2.0**-40


def test_diagonals_are_read_as_lines_through_vertices() -> None:
    """With the two points that the network names, and without."""
    star = [(0.1, 10), (-2.939, 4.045), (-9.511, 3.09), (-4.755, -1.545), (-5.878, -8.09), (0, -5)]
    polygon = Polygonal(shapely.Polygon([*star, (5.878, -8.09), (4.755, -1.545), (9.511, 3.09)]))
    network = regions.compile(Spec("trial", polygon, WINDOW), "parts")
    vertices = [tuple(map(Fraction, v)) for v in shapely.get_coordinates(polygon.geometry).tolist()]
    for sources in (network.sources, None):
        question = question_of(polygon, replace(network, sources=sources))
        diagonals = question.atoms[question.definition.atoms :]
        assert diagonals
        for line in diagonals:
            assert len({v for v in vertices if line(*v) == 0}) == 2


def test_a_tiny_circle_whose_rounding_is_as_large_is_not_read() -> None:
    """Beside a box of 2^30 times its size nothing is left of a circle; no bound could be given."""
    shape = Union((Circle((0.3, 0.3), 1e-9), Box(-9, -9, -8, 9.1)))
    assert of_its_own(question_of(shape)) == 1


def test_twins_are_found() -> None:
    """Two edges whose lines differ by an ulp at one end, and no other two lines."""
    ulp = np.nextafter(3.3, 4)
    first = Polygonal(shapely.Polygon([(0.1, 0.2), (4.7, 3.3), (0.2, 4.4)]))
    second = Polygonal(shapely.Polygon([(0.1, 0.2), (4.7, ulp), (0.3, 4.5)]))
    twins = question_of(Difference((first, second))).twins
    lines = [(i, j) for i, j in zip(twins.first, twins.second, strict=True)]
    assert len(lines) == 2  # the edges, and the horizontal lines through their ends
    assert (twins.areas < 1e-12).all()


# Sets of signs

masks = st.integers(1, 7)
SIGNS = {MINUS: -1, ZERO: 0, PLUS: 1}


def members(mask: int) -> set[int]:
    return {sign for bit, sign in SIGNS.items() if mask & bit}


@given(masks, masks)
def test_products_of_sets(first: int, second: int) -> None:
    found = int(products(np.uint8(first), np.uint8(second)))
    assert members(found) == {a * b for a in members(first) for b in members(second)}
    assert members(int(squares(np.uint8(first)))) == {a * a for a in members(first)}


def each(row: list[int]) -> Signs:
    """All combinations of single signs, as columns."""
    choices = [[bit for bit in SIGNS if mask & bit] for mask in row]
    return np.array(list(itertools.product(*choices)), dtype=np.uint8).T


@given(st.lists(masks, min_size=2, max_size=5))
def test_open_truths_enclose_all_cases(row: list[int]) -> None:
    """Of atoms and of what is combined from them; over single signs nothing is open."""
    whole, cases = np.array(row, dtype=np.uint8)[:, np.newaxis], each(row)
    for test in (at_least_zero, positive, zero):
        open_, single = test(whole), test(cases)
        assert single.known.all()
        for combine in (Truth.all, Truth.any, Truth.odd):
            enclosing, value = combine(open_), combine(single).must
            assert enclosing.must[0] <= value.min()
            assert enclosing.may[0] >= value.max()
        for i in range(len(row)):
            assert (open_.must[i, 0], open_.may[i, 0]) == (
                single.must[i].min(),
                single.must[i].max(),
            )


@given(csg_trees, st.randoms())
def test_networks_and_shapes_over_sets_enclose_their_values(shape: Shape, rng: object) -> None:
    """Over the signs that atoms have at some points together, and at each point alone."""
    question = question_of(shape)
    points = [(Fraction(rng.uniform(-12, 13)), Fraction(rng.uniform(-11, 12))) for _ in range(4)]  # type: ignore[attr-defined]
    single = np.concatenate([exact_signs(question.atoms, point) for point in points], axis=1)
    together = np.bitwise_or.reduce(single, axis=1)[:, np.newaxis]
    for side in (question.network, question.shape):
        values, enclosing = side(single), side(together)
        assert values.known.all()
        assert enclosing.must[0] <= values.must.min()
        assert enclosing.may[0] >= values.must.max()


@given(csg_trees, st.tuples(st.integers(-40, 40), st.integers(-40, 40)))
def test_the_definition_is_the_tree(shape: Shape, point: tuple[int, int]) -> None:
    """At points of a lattice, which many borders and vertices lie on."""
    table = AtomTable()
    definition = define(shape, table)
    x, y = Fraction(point[0], 4), Fraction(point[1], 4)
    signs = exact_signs(table.polynomials, (x, y))
    assert bool(definition.truth(signs).must[0]) == shape_says(shape, (x, y))


def test_gates_over_sets_count_the_least_and_the_most() -> None:
    """An AND of four is true where all are, and open where one is."""
    network = regions.compile(Spec("trial", Box(0, 0, 1, 1), WINDOW))
    assert network.n_separators == 4
    inside = np.array([[PLUS, ANY], [PLUS, PLUS], [PLUS, PLUS], [PLUS, PLUS]], dtype=np.uint8)
    truth = fires(network, at_least_zero(inside))
    assert truth.must.tolist() == [True, False]
    assert truth.may.tolist() == [True, True]


# The boundary


def signs_of(question: Question, *point: float) -> Signs:
    x, y = map(Fraction, point)
    return exact_signs(question.atoms, (x, y))


def test_points_on_a_border_of_a_primitive_may_lie_off_the_boundary() -> None:
    question = question_of(Union((Box(0, 0, 4, 2), Box(2, 0, 6, 2), Circle((1, 1), 0.5))))
    for point in ((0, 1), (3, 2), (0, 0), (6, 2)):
        assert question.on_boundary(signs_of(question, *point)) is True, point
    for point in ((2, 1), (1.5, 1), (0, 5), (-1, 2), (1, 1)):
        assert question.on_boundary(signs_of(question, *point)) is False, point


def test_where_many_borders_meet_nothing_is_said() -> None:
    """Eight circles through the origin: 3^8 cases are not looked at."""
    circles = [Circle((x, y), 5) for x, y in ((3, 4), (4, 3), (5, 0), (0, 5), (-3, 4), (-4, 3))]
    more = (*circles, Circle((-5, 0), 5), Circle((0, -5), 5))
    question = question_of(Union(more))
    assert question.on_boundary(signs_of(question, 0, 0)) is None
