"""The formula and its passes: every step preserves the function."""

from __future__ import annotations

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

import regions
from regions.compiler.formula import And, Formula, FormulaBuilder, Literal, Or
from regions.compiler.passes.flatten import flatten
from regions.shape.model import Box, SymmetricDifference

ATOMS = 4


def truth_table(formula: Formula) -> list[bool]:
    """The value of the root for every assignment, evaluated node by node."""
    table = []
    for atoms in itertools.product([False, True], repeat=ATOMS):
        values: list[bool] = []
        for node in formula.nodes:
            match node:
                case Literal(separator, positive):
                    values.append(atoms[separator] == positive)
                case And(inputs):
                    values.append(all(values[i] for i in inputs))
                case Or(inputs):
                    values.append(any(values[i] for i in inputs))
        table.append(values[formula.root])
    return table


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """Random DAGs: each step reads any nodes that stand before it."""
    builder = FormulaBuilder()
    nodes = [builder.literal(i, draw(st.booleans())) for i in range(ATOMS)]
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(["and", "or", "not"]))
        chosen = draw(st.lists(st.sampled_from(nodes), max_size=4))
        if kind == "not":
            nodes.append(builder.negation(draw(st.sampled_from(nodes))))
        else:
            make = builder.conjunction if kind == "and" else builder.disjunction
            nodes.append(make(chosen))
    return builder.formula(nodes[-1])


@given(formulas())
def test_flattening_preserves_the_function(formula: Formula) -> None:
    assert truth_table(flatten(formula)) == truth_table(formula)


def two_readers_that_become_one() -> Formula:
    builder = FormulaBuilder()
    nothing = builder.disjunction([])
    inner = builder.disjunction([builder.literal(0), nothing])
    return builder.formula(builder.disjunction([nothing, inner]))


@given(formulas())
@example(two_readers_that_become_one())
def test_flattened_gates_alternate_where_they_are_read_once(formula: Formula) -> None:
    flat = flatten(formula)
    readers = [0] * len(flat.nodes)
    for node in flat.nodes:
        for i in () if isinstance(node, Literal) else node.inputs:
            readers[i] += 1
    for node in flat.nodes:
        for i in () if isinstance(node, Literal) else node.inputs:
            assert type(flat.nodes[i]) is not type(node) or readers[i] > 1


@given(formulas())
def test_negation_is_negation(formula: Formula) -> None:
    builder = FormulaBuilder()
    for node in formula.nodes:
        match node:
            case Literal(separator, positive):
                builder.literal(separator, positive)
            case And(inputs) | Or(inputs):
                builder.gate(type(node), inputs, None)
    negated = builder.formula(builder.negation(formula.root))
    assert truth_table(negated) == [not value for value in truth_table(formula)]
    assert builder.negation(negated.root) == formula.root


def test_equal_nodes_are_one() -> None:
    builder = FormulaBuilder()
    a, b = builder.literal(0), builder.literal(1)
    assert builder.conjunction([a, b]) == builder.conjunction([a, b, a])
    assert builder.conjunction([a]) == a


def test_a_hundred_nested_symmetric_differences() -> None:
    """As a tree this formula would have 2^100 leaves; each node costs at most two forms."""
    shape = Box(0, 0, 10, 10)
    for i in range(100):
        shape = SymmetricDifference((shape, Box(i / 20, i / 20, 10 - i / 30, 10 - i / 40)))
    network = regions.compile(shape)
    assert network.n_gates < 1000
    point = (5.5, 5.6)
    parity = sum(i / 20 <= 5.5 and 10 - i / 40 >= 5.6 for i in range(100)) + 1
    assert network.inside([point])[0] == (parity % 2 == 1)


def test_a_thousand_levels_do_not_recurse() -> None:
    shape = Box(0, 0, 1, 1)
    for i in range(1500):
        shape = SymmetricDifference((shape, Box(0, 0, 1, 2 + i)))
    assert regions.compile(shape).inside([[0.5, 0.5]]).tolist() == [True]
