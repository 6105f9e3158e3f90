"""Repeats. Law: `a AND a = a = AND(a)`, `a AND NOT a = false`, and dually for OR.

What a `least` gate reads twice counts twice, and stays.
"""

from __future__ import annotations

import numpy as np

from regions.compiler.formula import DUAL, Formula, FormulaBuilder, Gate
from regions.compiler.passes.walk import readers, rebuild, repeated
from regions.network.names import Label


def repeats(formula: Formula) -> Formula:
    """The same function; no AND or OR reads a node twice, or one node only."""
    alone = np.diff(formula.start) == 1
    plain = formula.conjunction | formula.disjunction
    often = repeated(formula) & plain[formula.reader]
    pairs = np.stack([formula.reader[often], formula.signals[often] >> 1])
    twice = np.unique(pairs, axis=1).shape[1] < pairs.shape[1]
    if not twice and not (alone & (readers(formula) > 0)).any():
        return formula
    return rebuild(formula, _rule)


def _rule(builder: FormulaBuilder, gate: Gate, label: Label | None) -> int:
    if gate.kind == "least":
        return builder.copy(gate, label)
    distinct = dict.fromkeys(gate.inputs)
    if any(signal ^ 1 in distinct for signal in distinct):
        return builder.gate(DUAL[gate.kind], ())
    return builder.gate(gate.kind, distinct, label)
