"""Flattening. Law: `a AND (b AND c) = a AND b AND c = a AND NOT (NOT b OR NOT c)`; dually for OR.

An AND or OR that a like gate alone reads is merged into its reader. One with several readers stays:
its inputs would be repeated in each.
"""

from __future__ import annotations

import numpy as np

from regions.compiler.formula import Formula, FormulaBuilder
from regions.compiler.passes.walk import reachable, readers


def flatten(formula: Formula) -> Formula:
    """The same function with nested gates of one kind merged.

    Repeats until nothing merges: where two readers of a gate have become one, it has one reader.
    """
    while merged := _mergeable(formula):
        formula = _merge(formula, merged)
    return formula


def _merge(formula: Formula, merged: set[int]) -> Formula:
    builder = FormulaBuilder()
    signals: dict[int, int] = {}
    spread: dict[int, list[int]] = {}
    for number in reachable(formula):
        gate = formula.gates[number]
        flat: list[int] = []
        for signal in gate.inputs:
            node, sign = signal >> 1, signal & 1
            if node in merged:
                flat.extend([i ^ sign for i in spread.pop(node)])
            else:
                flat.append(signals[node] ^ sign if node >= 0 else signal)
        if number in merged:
            spread[number] = flat
        else:
            signals[number] = builder.copy(gate._replace(inputs=tuple(flat)), formula.label(number))
    root = formula.root
    return builder.formula(signals[root >> 1] ^ (root & 1) if root >= 0 else root)


def _mergeable(formula: Formula) -> set[int]:
    """The gates whose one reader is alike, seen through the negation between them."""
    once = readers(formula) == 1
    # 1 for an AND, -1 for an OR, which a negation makes of one another; 0 for others.
    side = formula.conjunction.astype(np.int8) - formula.disjunction
    gates = (formula.signals >= 0) & formula.needed[formula.reader]
    read, reader = formula.signals[gates], formula.reader[gates]
    alike = side[read >> 1] * side[reader] == np.where(read & 1, -1, 1)
    return {*(read[alike & once[read >> 1]] >> 1).tolist()}
