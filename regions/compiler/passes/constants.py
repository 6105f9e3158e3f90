"""Constants. Law: `a AND true = a`, `a AND false = false`, and dually for OR.

True is an AND without inputs, false an OR without inputs.
"""

from __future__ import annotations

import numpy as np

from regions.compiler.formula import Formula, FormulaBuilder, Gate
from regions.compiler.passes.walk import rebuild
from regions.network.names import Label


def constants(formula: Formula) -> Formula:
    """The same function; a constant is left at the root only, if anywhere."""
    empty = np.flatnonzero(np.diff(formula.start) == 0).tolist()
    if all(number == formula.root >> 1 for number in empty):
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
    if signal < 0 or builder.inputs(signal >> 1):
        return None
    return (builder.kind(signal >> 1) == "and") != bool(signal & 1)
