"""Absorption.

Laws, also with AND and OR exchanged:

    a AND (a OR b)             = a
    a AND (NOT a OR b)         = a AND b
    (a OR b) AND (a OR b OR c) = a OR b
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from regions.compiler.formula import Formula, Gate, Ints, Kind
from regions.compiler.passes.walk import readers, repeated


def absorb(formula: Formula) -> Formula:
    """The same function, each gate checked against the gates that it reads.

    An input is struck from a gate only where nothing else reads that gate, or where one input is
    left of it: otherwise there would be a gate more.
    """
    suspects = _suspects(formula)
    if not suspects:
        return formula
    count = readers(formula)
    gates = list(formula.gates)
    for number in suspects:
        kind = gates[number].kind
        if kind == "least":
            continue
        kept = _without_supersets(gates, kind, _struck(gates, gates[number], count))
        gates[number] = Gate(kind, tuple(dict.fromkeys(kept)))
    if gates == list(formula.gates):
        return formula
    return _without_lone_inputs(formula, gates, suspects)


def _without_lone_inputs(formula: Formula, gates: list[Gate], changed: list[int]) -> Formula:
    """The formula with new gates, of which one with a single input is replaced by that input."""
    lone = {number for number in changed if len(gates[number].inputs) == 1}
    readers = formula.reader[np.isin(formula.signals >> 1, [*lone])].tolist()

    def replaced(signal: int) -> int:
        while signal >> 1 in lone:
            signal = gates[signal >> 1].inputs[0] ^ (signal & 1)
        return signal

    for number in {*readers, *changed}:
        gate = gates[number]
        inputs = list(map(replaced, gate.inputs))
        kept = inputs if gate.kind == "least" else dict.fromkeys(inputs)
        gates[number] = gate._replace(inputs=tuple(kept))
    return Formula.of(gates, replaced(formula.root), formula.names)


def _suspects(formula: Formula) -> list[int]:
    """The gates that read a node twice within two levels, or might; in ascending order."""
    near = np.zeros(len(formula), dtype=np.bool_)
    near[formula.reader[repeated(formula)]] = True
    gates = formula.signals >= 0
    read, reader = formula.signals[gates] >> 1, formula.reader[gates]
    below = np.bincount(reader[near[read]], minlength=len(near)) * formula.needed
    found: list[int] = np.flatnonzero((below > 1) | (near & (below > 0))).tolist()
    return found


def _struck(gates: list[Gate], gate: Gate, readers: Ints) -> list[int]:
    """The inputs without those implied by others; what others rule out is struck from the rest."""
    given = set(gate.inputs)
    kept = []
    for signal in gate.inputs:
        below = _dual(gates, gate.kind, signal)
        if not given.isdisjoint(below):
            continue
        left = [i for i in below if i ^ 1 not in given]
        if len(left) == 1:
            signal = left[0]
        elif len(left) < len(below) and readers[signal >> 1] == 1:
            own = tuple([i ^ (signal & 1) for i in left])
            gates[signal >> 1] = Gate(gates[signal >> 1].kind, own)
        kept.append(signal)
    return kept


def _without_supersets(gates: list[Gate], kind: Kind, inputs: list[int]) -> list[int]:
    """The inputs without each gate that reads all that another of them reads."""
    below = {signal: frozenset(_dual(gates, kind, signal)) for signal in inputs}
    often = Counter(i for some in below.values() for i in some)
    if not often or max(often.values()) == 1:
        return inputs
    dropped: set[int] = set()
    by_rarest: dict[int, list[frozenset[int]]] = {}
    for signal in sorted((s for s in inputs if below[s]), key=lambda s: len(below[s])):
        own = below[signal]
        if any(some <= own for i in own for some in by_rarest.get(i, ())):
            dropped.add(signal)
        else:
            by_rarest.setdefault(min(own, key=lambda i: often[i]), []).append(own)
    return [signal for signal in inputs if signal not in dropped]


def _dual(gates: list[Gate], kind: Kind, signal: int) -> tuple[int, ...]:
    """What a gate of this kind reads two levels down, through an input of the other kind."""
    if signal < 0:
        return ()
    below, inputs, _ = gates[signal >> 1]
    if below == "least" or (below != kind) == bool(signal & 1):
        return ()
    return tuple([i ^ 1 for i in inputs]) if signal & 1 else inputs
