"""Flattening. Law: `a AND (b AND c) = a AND b AND c`, and the same for OR.

A gate that a like gate alone reads is merged into its reader. One with several readers stays: its
inputs would be repeated in each.
"""

from __future__ import annotations

from collections import Counter

from regions.compiler.formula import And, Formula, FormulaBuilder, Literal, Or, gate_inputs


def flatten(formula: Formula) -> Formula:
    """The same function with nested gates of one kind merged, and unreachable nodes dropped.

    Repeats until nothing merges: where two readers of a gate have become one, it has one reader.
    """
    while True:
        flat = _merge_once(formula)
        if len(flat.nodes) == len(formula.nodes):
            return flat
        formula = flat


def _merge_once(formula: Formula) -> Formula:
    reachable = _reachable(formula)
    readers = Counter(i for n in reachable for i in gate_inputs(formula.nodes[n]))
    merged = {
        i
        for n in reachable
        for i in gate_inputs(formula.nodes[n])
        if readers[i] == 1 and type(formula.nodes[i]) is type(formula.nodes[n])
    }
    builder = FormulaBuilder()
    numbers: dict[int, int] = {}
    spread: dict[int, list[int]] = {}
    for n in sorted(reachable):
        match formula.nodes[n]:
            case Literal(separator, positive):
                numbers[n] = builder.literal(separator, positive)
            case (And(inputs) | Or(inputs)) as gate:
                flat = [j for i in inputs for j in (spread.pop(i) if i in merged else [numbers[i]])]
                if n in merged:
                    spread[n] = flat
                else:
                    numbers[n] = builder.gate(type(gate), flat, formula.labels.get(n))
    return builder.formula(numbers[formula.root])


def _reachable(formula: Formula) -> set[int]:
    """The nodes that the root depends on."""
    seen = {formula.root}
    stack = [formula.root]
    while stack:
        for i in gate_inputs(formula.nodes[stack.pop()]):
            if i not in seen:
                seen.add(i)
                stack.append(i)
    return seen
