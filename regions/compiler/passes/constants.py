"""Constants. Law: `a AND true = a`, `a AND false = false`, and dually for OR.

An input that is true brings a `least` gate one nearer to what it needs; one that is false, none.

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
    values = [builder.constant(signal) for signal in gate.inputs]
    kept = [signal for signal, value in zip(gate.inputs, values, strict=True) if value is None]
    if gate.kind == "least":
        return builder.at_least(gate.number - values.count(True), kept, label)
    if (gate.kind == "or") in values:
        return builder.gate(gate.kind, ()) ^ 1
    return builder.gate(gate.kind, kept, label)
