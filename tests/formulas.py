"""Random formulas, and their truth tables, evaluated gate by gate as a person would."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from regions.compiler.circuit import Circuit
from regions.compiler.formula import Formula, FormulaBuilder, literal

ATOMS = 4


def truth_table(formula: Formula, atoms: int = ATOMS) -> list[bool]:
    """The value of the root for every assignment of the separators."""
    table = []
    for assignment in itertools.product([False, True], repeat=atoms):
        values: list[bool] = []

        def value(signal: int) -> bool:
            node, negated = divmod(signal, 2)
            fires = values[node] if node >= 0 else assignment[-1 - node]  # noqa: B023
            return fires != bool(negated)

        for kind, inputs, number in formula.gates:
            true = sum(map(value, inputs))
            needed = {"and": len(inputs), "or": 1, "least": number}[kind]
            values.append(true >= needed)
        table.append(value(formula.root))
    return table


def circuit_table(circuit: Circuit, atoms: int = ATOMS) -> list[bool]:
    """The same for a circuit."""
    table = []
    for assignment in itertools.product([False, True], repeat=atoms):
        values: list[bool] = []

        def value(node: int) -> bool:
            return values[node] if node >= 0 else assignment[-1 - node]  # noqa: B023

        for gate in circuit.gates:
            terms = zip(gate.inputs, gate.weights, strict=True)
            values.append(sum(w for node, w in terms if value(node)) >= gate.threshold)
        table.append(value(circuit.output))
    return table


@st.composite
def formulas(draw: st.DrawFn, atoms: int = ATOMS, gates: int = 12) -> Formula:
    """Random DAGs: each gate reads any signals that stand before it, negated or not."""
    builder = FormulaBuilder()
    signals = [literal(i) for i in range(atoms)]
    for _ in range(draw(st.integers(0, gates))):
        kind = draw(st.sampled_from(["and", "or", "least"]))
        chosen = draw(st.lists(st.sampled_from(signals), max_size=5))
        signs = draw(st.lists(st.integers(0, 1), min_size=5, max_size=5))
        inputs = [signal ^ sign for signal, sign in zip(chosen, signs, strict=False)]
        if kind == "least":
            signals.append(builder.at_least(draw(st.integers(-1, 6)), inputs))
        else:
            signals.append(builder.gate(kind, inputs))
    return builder.formula(signals[-1] ^ draw(st.integers(0, 1)))


@st.composite
def chains(draw: st.DrawFn, atoms: int = 6) -> Formula:
    """Long alternations of AND and OR, each gate around the one before: what spirals give."""
    builder = FormulaBuilder()
    signal = literal(0)
    for i in range(draw(st.integers(1, 200))):
        others = draw(st.lists(st.integers(0, atoms - 1), min_size=1, max_size=2))
        inputs = [literal(j, draw(st.integers(0, 5)) > 0) for j in others]
        signal = builder.gate("or" if i % 2 else "and", [*inputs, signal])
    return builder.formula(signal)
