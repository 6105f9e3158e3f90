"""The formula: signals and their signs, and that nothing recurses."""

from __future__ import annotations

import shapely
from hypothesis import given

import regions
from regions.compiler.formula import DUAL, Formula, FormulaBuilder, Gate, literal, separator_of
from regions.shape.model import (
    Box,
    Difference,
    Intersection,
    Polygonal,
    Spec,
    SymmetricDifference,
    Union,
)
from tests.formulas import formulas, truth_table


@given(formulas())
def test_a_flipped_root_is_the_negation(formula: Formula) -> None:
    negated = Formula.of(formula.gates, formula.root ^ 1)
    assert truth_table(negated) == [not value for value in truth_table(formula)]


@given(formulas())
def test_a_negated_gate_is_its_dual(formula: Formula) -> None:
    """De Morgan, as `seen` applies it."""
    for number in range(len(formula)):
        plain, seen = formula.gates[number], formula.seen(2 * number + 1)
        assert seen.kind == DUAL[plain.kind]
        dual = Formula.of((*formula.gates, seen), 2 * len(formula))
        negated = Formula.of(formula.gates, 2 * number + 1)
        assert truth_table(dual) == truth_table(negated)
        assert formula.seen(2 * number) == plain


def test_signals_of_separators() -> None:
    for separator in range(5):
        for positive in (True, False):
            signal = literal(separator, positive)
            assert signal < 0
            assert separator_of(signal) == separator
            assert signal ^ 1 == literal(separator, not positive)


def test_equal_gates_are_one() -> None:
    builder = FormulaBuilder()
    a, b = literal(0), literal(1)
    assert builder.conjunction([a, b]) == builder.conjunction([a, b, a])
    assert builder.conjunction([a]) == a
    assert builder.formula(0).gates == (Gate("and", (a, b)),)


def test_a_signal_beside_its_negation_counts_once() -> None:
    builder = FormulaBuilder()
    a, b, c = (literal(i) for i in range(3))
    assert builder.at_least(2, [a, b, a ^ 1]) == b
    assert builder.at_least(1, [a, a ^ 1, b]) == builder.conjunction([])
    assert builder.at_least(3, [a, b]) == builder.disjunction([])
    assert builder.at_least(2, [a, b, c]) == builder.at_least(2, [a, b, c])
    assert builder.at_least(2, [a, a, b]) != builder.disjunction([a, b])


def test_equal_polygons_are_shared_before_one_is_dissolved() -> None:
    """`a AND (a OR b)` is a, also where both a are written out."""

    def polygon(corners: list[tuple[int, int]]) -> Polygonal:
        return Polygonal(shapely.Polygon(corners))

    arrow = [(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)]
    other = [(1, -1), (9, 0), (6, 2), (9, 5), (2, 3)]
    both = Intersection((polygon(arrow), Union((polygon(arrow), polygon(other)))))
    assert regions.compile(both, "edges").size == 6
    nothing = Spec("r", Difference((polygon(arrow), polygon(arrow))), (0, 0, 9, 9))
    assert list(regions.compile(nothing, "edges").names) == ["r"]


def test_a_hundred_nested_symmetric_differences() -> None:
    """As a tree this formula would have 2^100 leaves; here each step costs a few gates."""
    shape = Box(0, 0, 10, 10)
    for i in range(100):
        shape = SymmetricDifference((shape, Box(i / 20, i / 20, 10 - i / 30, 10 - i / 40)))
    network = regions.compile(shape)
    assert network.n_gates < 400
    point = (5.5, 5.6)
    parity = sum(i / 20 <= 5.5 and 10 - i / 40 >= 5.6 for i in range(100)) + 1
    assert network.inside([point])[0] == (parity % 2 == 1)


def test_a_thousand_levels_do_not_recurse() -> None:
    shape = Box(0, 0, 1, 1)
    for i in range(1500):
        shape = SymmetricDifference((shape, Box(0, 0, 1, 2 + i)))
    assert regions.compile(shape).inside([[0.5, 0.5]]).tolist() == [True]
