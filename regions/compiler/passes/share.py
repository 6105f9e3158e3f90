"""Sharing. Law: `a AND b = b AND a = NOT (NOT a OR NOT b)`.

Gates that are equal up to the order of their inputs, or up to a negation in front, become one.
"""

from __future__ import annotations

import numpy as np

from regions.compiler.formula import Formula, FormulaBuilder, Gate
from regions.compiler.passes.walk import rebuild, repeated
from regions.network.names import Label


def share(formula: Formula) -> Formula:
    """The same function; no two gates are equal, or each other's negation."""
    if not _has_twins(formula):
        return formula
    known: dict[object, int] = {}

    def rule(builder: FormulaBuilder, gate: Gate, label: Label | None) -> int:
        signal = known.get(gate.key)
        if signal is None:
            signal = builder.copy(gate, label)
            known[gate.key], known[gate.negated.key] = signal, signal ^ 1
        return signal

    return rebuild(formula, rule)


def _has_twins(formula: Formula) -> bool:
    """Whether two gates are equal, or negations of each other, as they stand."""
    others = np.bincount(formula.reader, ~repeated(formula), len(formula))
    suspects = np.flatnonzero(others == 0).tolist()
    gates = [formula.gates[number] for number in suspects] if len(suspects) > 1 else []
    keys, negated = {gate.key for gate in gates}, {gate.negated.key for gate in gates}
    return len(keys) < len(gates) or not keys.isdisjoint(negated)
