"""The passes: each preserves the function, and does what its law promises."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings

from regions.compiler.circuit import Circuit
from regions.compiler.formula import Formula, FormulaBuilder, Gate, literal
from regions.compiler.passes import STEPS, simplify
from regions.compiler.passes.absorb import absorb
from regions.compiler.passes.constants import constants
from regions.compiler.passes.flatten import flatten
from regions.compiler.passes.fuse import fuse
from regions.compiler.passes.repeats import repeats
from regions.compiler.passes.share import share
from regions.compiler.passes.shorten import COMPOSED, LEAST_LINKS, shorten
from regions.compiler.passes.threshold import Threshold
from regions.compiler.passes.walk import reachable
from regions.network.model import WEIGHT_LIMIT
from regions.network.names import Label
from tests.formulas import chains, circuit_table, formulas, truth_table

A, B, C, D = (literal(i) for i in range(4))


def formula_of(*gates: Gate, root: int | None = None) -> Formula:
    return Formula.of(gates, 2 * (len(gates) - 1) if root is None else root)


def depth(circuit: Circuit) -> int:
    levels: list[int] = []
    for gate in circuit.gates:
        levels.append(1 + max((levels[n] if n >= 0 else 1 for n in gate.inputs), default=0))
    return levels[circuit.output] if circuit.output >= 0 else 1


def two_readers_that_become_one() -> Formula:
    builder = FormulaBuilder()
    nothing = builder.disjunction([])
    inner = builder.disjunction([A, nothing])
    return builder.formula(builder.disjunction([nothing, inner]))


@pytest.mark.parametrize("step", STEPS)
def test_each_step_preserves_the_function(step) -> None:
    @given(formulas())
    @example(two_readers_that_become_one())
    def preserves(formula: Formula) -> None:
        after = step(formula)
        assert truth_table(after) == truth_table(formula)
        assert len(reachable(after)) <= len(reachable(formula))

    preserves()


@given(formulas())
@settings(max_examples=150)
def test_simplify_preserves_the_function_and_ends(formula: Formula) -> None:
    simple = simplify(formula)
    assert truth_table(simple) == truth_table(formula)
    assert simplify(simple) is simple


@given(formulas())
def test_what_is_left_after_simplifying(formula: Formula) -> None:
    """No law of a single gate, or of two, applies any more."""
    simple = simplify(formula)
    gates = [simple.gates[number] for number in reachable(simple)]
    if len(gates) > 1:
        assert all(gate.inputs for gate in gates)
    readers = Counter(i >> 1 for gate in gates for i in gate.inputs)
    readers[simple.root >> 1] += 1
    twins = [(gate.least, *sorted(gate.inputs)) for gate in gates]
    twins += [
        (len(gate.inputs) - gate.least + 1, *sorted(i ^ 1 for i in gate.inputs))
        for gate in gates
        if gate.inputs
    ]
    assert len(set(twins)) == len(twins)
    for gate in gates:
        assert len(gate.inputs) != 1
        if gate.kind == "least":
            assert 1 < gate.least < len(gate.inputs)
            continue
        assert len({i >> 1 for i in gate.inputs}) == len(gate.inputs)
        for signal in gate.inputs:
            if signal >= 0:
                below = simple.seen(signal)
                assert below.kind != gate.kind or readers[signal >> 1] > 1
                crossed = {below.kind, gate.kind} == {"and", "or"}
                assert not crossed or not set(below.inputs) & set(gate.inputs)


@pytest.mark.parametrize(
    ("step", "gates", "left"),
    [
        (constants, [Gate("and", ()), Gate("or", (A, 0))], [Gate("and", ())]),
        (constants, [Gate("or", ()), Gate("or", (A, B, 0))], [Gate("or", (A, B))]),
        (
            constants,
            [Gate("and", ()), Gate("least", (A, 0, B, C), 3)],
            [Gate("least", (A, B, C), 2)],
        ),
        (constants, [Gate("or", ()), Gate("least", (A, 0, B), 2)], [Gate("and", (A, B))]),
        (
            share,
            [Gate("least", (A, B, B, C), 2), Gate("least", (B, A, C, B), 2), Gate("or", (0, 2))],
            [Gate("least", (A, B, B, C), 2)],
        ),
        (repeats, [Gate("and", (A, B, A ^ 1))], [Gate("or", ())]),
        (
            share,
            [Gate("and", (A, B)), Gate("and", (B, A)), Gate("or", (0, 2))],
            [Gate("and", (A, B))],
        ),
        (flatten, [Gate("and", (A, B)), Gate("and", (0, C))], [Gate("and", (A, B, C))]),
        (flatten, [Gate("or", (A, B)), Gate("and", (1, C))], [Gate("and", (A ^ 1, B ^ 1, C))]),
        (absorb, [Gate("or", (A, B)), Gate("and", (A, 0, C))], [Gate("and", (A, C))]),
        (absorb, [Gate("or", (A ^ 1, B)), Gate("and", (A, 0))], [Gate("and", (A, B))]),
        (
            absorb,
            [Gate("or", (A, B)), Gate("or", (A, B, C)), Gate("and", (0, 2, D))],
            [Gate("or", (A, B)), Gate("and", (0, D))],
        ),
    ],
)
def test_the_laws(step, gates: list[Gate], left: list[Gate]) -> None:
    after = step(formula_of(*gates))
    assert [after.gates[n] for n in reachable(after)] == left or len(left) == 1
    assert truth_table(after) == truth_table(formula_of(*gates))
    assert len(reachable(simplify(after))) == len(left)


def test_negated_twins_are_one_gate() -> None:
    """A and not-B, or not-A and B: a symmetric difference reads each operand's gate twice."""
    gates = [
        Gate("and", (A, B)),
        Gate("or", (A ^ 1, B ^ 1)),
        Gate("or", (0, C)),
        Gate("and", (2, 4)),
    ]
    after = simplify(formula_of(*gates))
    assert truth_table(after) == truth_table(formula_of(*gates))
    assert len(reachable(after)) == 2


def test_gates_that_nothing_reads_do_not_count() -> None:
    """`a AND (a OR ((b OR c) AND d)) AND (b OR c) AND d` is `a AND (b OR c) AND d`: one unit."""
    builder = FormulaBuilder()
    either = builder.disjunction([B, C])
    absorbed = builder.disjunction([A, builder.conjunction([either, D])])
    formula = builder.formula(builder.conjunction([A, absorbed, either, D]))
    assert len(fuse(simplify(formula)).gates) == 1


@given(formulas())
@settings(max_examples=150)
def test_fusing_preserves_the_function(formula: Formula) -> None:
    circuit = fuse(formula)
    assert circuit_table(circuit) == truth_table(formula)
    assert circuit_table(fuse(simplify(formula))) == truth_table(formula)
    assert len(circuit.gates) <= len(reachable(formula)) + 1


@given(chains())
def test_long_chains(formula: Formula) -> None:
    """The limit on weights cuts a chain into blocks; shortened, it is shallow, and the same."""
    circuit = fuse(formula)
    short = shorten(circuit)
    assert circuit_table(short, 6) == circuit_table(circuit, 6) == truth_table(formula, 6)
    assert all(sum(map(abs, gate.weights)) < WEIGHT_LIMIT for gate in short.gates)
    assert depth(short) <= depth(circuit)


def alternation(length: int) -> Formula:
    builder = FormulaBuilder()
    signal = literal(0)
    for i in range(1, length):
        signal = builder.gate("or" if i % 2 else "and", [literal(i), signal])
    return builder.formula(signal)


def test_a_chain_of_ten_thousand_is_five_deep() -> None:
    """About 32 gates fit in a unit and 15 units in the next, so 10,000 need a level of blocks."""
    long, short = fuse(alternation(10_000)), shorten(fuse(alternation(10_000)))
    assert depth(long) > 300
    assert depth(short) == 5
    assert len(short.gates) < 2.2 * len(long.gates)
    few = fuse(alternation(30 * (LEAST_LINKS - 1)))
    assert len(few.gates) == LEAST_LINKS - 1
    assert shorten(few) is few


def test_the_weights_of_a_composed_chain() -> None:
    """`COMPOSED` links weigh a Fibonacci number less 1; one more would exceed the limit."""
    for links, fits in ((COMPOSED, True), (COMPOSED + 1, False)):
        unit = Threshold.of("and", [A])
        for _ in range(links):
            unit = unit.joined("and", [B]).joined("or", [C])
        before, fibonacci = 1, 1
        for _ in range(2 * links + 1):
            before, fibonacci = fibonacci, before + fibonacci
        assert unit.total == fibonacci - 1
        assert (unit.total < WEIGHT_LIMIT) == fits


def test_a_tree_gets_its_strahler_number() -> None:
    """A caterpillar of gates fuses into one unit; a complete binary tree keeps its levels."""
    assert len(fuse(alternation(30)).gates) == 1
    builder = FormulaBuilder()
    level = [literal(i) for i in range(16)]
    for kind in ("and", "or", "and", "or"):
        level = [builder.gate(kind, pair) for pair in zip(level[::2], level[1::2], strict=True)]
    assert depth(fuse(builder.formula(level[0]))) == 5


def test_labels_survive() -> None:
    builder = FormulaBuilder()
    inner = builder.disjunction([A, B], Label("inner"))
    outer = builder.conjunction([inner, C], Label("outer"))
    assert fuse(builder.formula(outer)).names[0] == "outer"
