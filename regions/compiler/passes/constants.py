"""Constants. Law: `a AND true = a`, `a AND false = false`, and dually for OR.

True is an AND without inputs, false an OR without inputs.
"""

from __future__ import annotations

from regions.compiler.formula import Formula, FormulaBuilder, Gate, Label
from regions.compiler.passes.walk import rebuild


def constants(formula: Formula) -> Formula:
    """The same function; a constant is left at the root only, if anywhere."""
    if all(
        gate.inputs
        for number, gate in enumerate(formula.gates)
        if 2 * number | 1 != formula.root | 1
    ):
        return formula
    return rebuild(formula, _rule)


def _rule(builder: FormulaBuilder, gate: Gate, label: Label | None) -> int:
    kept = []
    for signal in gate.inputs:
        match constant(builder, signal):
            case None:
                kept.append(signal)
            case value if value == (gate.kind == "or"):
                return builder.gate(gate.kind, ()) ^ 1
    return builder.gate(gate.kind, kept, label)


def constant(builder: FormulaBuilder, signal: int) -> bool | None:
    """The value of a signal that is constant as it stands, else None."""
    if signal < 0 or builder.gates[signal >> 1].inputs:
        return None
    return (builder.gates[signal >> 1].kind == "and") != bool(signal & 1)
