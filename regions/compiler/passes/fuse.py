"""Fusion: a gate takes in one of the gates it reads, as `a AND (b OR c)` is `2a + b + c >= 3`.

The law is that of `threshold.py`, in numbers alone. A unit is a pair (s, t): t is its threshold
over positive weights that total s + t - 1, so s is the threshold of its negation. Inputs that join
it by AND weigh s each, and k of them make it (s, t + k s); by OR they weigh t each, and make it
(s + k t, t).

Two gates cannot be taken in: `(a OR b) AND (c OR d)` is no threshold function. Taking in the
deepest makes the depth of a tree its Horton-Strahler number, at most the logarithm of its leaves. A
`least` gate of k inputs that needs t is the unit (k - t + 1, t); it takes in none, but is taken in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from regions.compiler.circuit import Circuit
from regions.compiler.formula import UNNAMED, Bools, Formula, Ints, is_gate
from regions.compiler.passes.walk import readers, runs
from regions.network.model import WEIGHT_LIMIT
from regions.network.names import Label, NameList, Names


def fuse(formula: Formula, limit: int = WEIGHT_LIMIT) -> Circuit:
    """The circuit of a formula: each gate is a unit, or is taken in by the one gate that reads it.

    Args:
        formula: Any.
        limit: What the weights of a unit that takes another in stay below in total; with 0 all
            gates stay what they are.
    """
    choice = _choose(formula, limit)
    circuit = _circuit(formula, choice, _chains(formula, choice))
    if formula.root & 1 and not is_gate(formula.root):
        return _negated(circuit)
    return circuit


@dataclass(frozen=True, eq=False)
class _Choice:
    """What each gate takes in, and the unit (s, t) that it then is.

    Attributes:
        inner: `(g,)` place in the formula's signals of the input that is taken in, -1 for none.
        weight: `(g,)` what each of the gate's other inputs weighs.
        s: `(g,)` threshold of the unit's negation.
        t: `(g,)` threshold of the unit.
    """

    inner: Ints
    weight: Ints
    s: Ints
    t: Ints


def _choose(formula: Formula, limit: int) -> _Choice:
    """Take in the deepest gate that fits, gate by gate, inputs before their readers.

    Only gates that read gates are looked at one by one: about half of them on a coast.
    """
    count = np.diff(formula.start)
    conjunction, others = formula.conjunction.tolist(), (count - 1).tolist()
    plain = (formula.conjunction | formula.disjunction).tolist()
    s, t = (count - formula.least + 1).tolist(), formula.least.tolist()
    inner, weight = [-1] * len(formula), [1] * len(formula)
    # Threshold layers up to each gate's unit, the separators' own left out.
    depth = (count > 0).astype(np.int64).tolist()
    once = (readers(formula) == 1).tolist()
    for gate, arcs in _arcs(formula):
        taken, deepest = -1, 0
        for place, signal in arcs:
            child = signal >> 1
            u, v = (t[child], s[child]) if signal & 1 else (s[child], t[child])
            beside = u if conjunction[gate] else v
            fits = u + v - 1 + others[gate] * beside < limit
            if fits and plain[gate] and once[child] and depth[child] > deepest:
                taken, deepest = child, depth[child]
                inner[gate], weight[gate], s[gate], t[gate] = place, beside, u, v
        if taken >= 0 and conjunction[gate]:
            t[gate] += others[gate] * s[gate]
        elif taken >= 0:
            s[gate] += others[gate] * t[gate]
        above = [depth[signal >> 1] + 1 for _, signal in arcs if signal >> 1 != taken]
        depth[gate] = max([deepest, *above])
    return _Choice(*(np.array(found, dtype=np.int64) for found in (inner, weight, s, t)))


def _arcs(formula: Formula) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Each gate that reads gates, ascending, with the places and signals of these."""
    found = np.flatnonzero((formula.signals >= 0) & formula.needed[formula.reader])
    arcs = list(zip(found.tolist(), formula.signals[found].tolist(), strict=True))
    return ((gate, arcs[begin:end]) for gate, begin, end in runs(formula.reader[found]))


@dataclass(frozen=True, eq=False)
class _Chains:
    """Which unit each gate is part of, and how.

    Attributes:
        unit: `(g,)` the gate at the top of the chain of gates that take in one another.
        rank: `(g,)` steps up to that gate.
        negated: `(g,)` whether the unit reads the gate, and so the gate's inputs, negated.
    """

    unit: Ints
    rank: Ints
    negated: Bools


def _chains(formula: Formula, choice: _Choice) -> _Chains:
    """The chains, by pointer jumping: each round doubles the steps that a gate has gone up."""
    numbers = np.arange(len(formula))
    taking = np.flatnonzero(choice.inner >= 0)
    signals = formula.signals[choice.inner[taking]]
    unit, rank = numbers.copy(), np.zeros(len(formula), dtype=np.int64)
    negated = np.zeros(len(formula), dtype=np.bool_)
    unit[signals >> 1], rank[signals >> 1], negated[signals >> 1] = taking, 1, signals & 1
    while (unit[unit] != unit).any():
        rank += rank[unit]
        negated ^= negated[unit]
        unit = unit[unit]
    if _root_is_negated_in_place(formula):
        negated[unit == formula.root >> 1] ^= True
    return _Chains(unit, rank, negated)


def _root_is_negated_in_place(formula: Formula) -> bool:
    """Whether the region is the negation of a gate: nothing that counts reads that one."""
    return is_gate(formula.root) and bool(formula.root & 1)


def _circuit(formula: Formula, choice: _Choice, chains: _Chains) -> Circuit:
    """The units that were not taken in, numbered anew; a unit for the region at the end."""
    kept = np.flatnonzero(formula.needed & (chains.unit == np.arange(len(formula))))
    number = np.full(len(formula), -1)
    number[kept] = np.arange(len(kept))
    place = _in_order(formula, choice, chains)
    reader, signals = formula.reader[place], formula.signals[place]
    signals ^= chains.negated[reader]
    unit, weights = number[chains.unit[reader]], choice.weight[reader]
    nodes = signals >> 1
    nodes[nodes >= 0] = number[nodes[nodes >= 0]]
    # A negated input of weight w is one of weight -w, and moves w from the sum to the threshold.
    minus = (signals & 1).astype(np.bool_)
    threshold = np.where(chains.negated, choice.s, choice.t)[kept]
    np.subtract.at(threshold, unit[minus], weights[minus])
    weights[minus] *= -1
    unit, nodes, weights = _merged(unit, nodes, weights)
    root = formula.root
    return Circuit(
        start=np.searchsorted(unit, np.arange(len(kept) + 1)),
        inputs=nodes,
        weights=weights,
        threshold=threshold,
        names=_unit_names(formula, kept),
        output=int(number[root >> 1]) if is_gate(root) else root >> 1,
    )


def _in_order(formula: Formula, choice: _Choice, chains: _Chains) -> Ints:
    """The places in the formula's signals that units read, unit by unit.

    A gate's own inputs stand around those of the gate that it takes in.
    """
    inputs = formula.needed[formula.reader]
    inputs[choice.inner[choice.inner >= 0]] = False
    place = np.flatnonzero(inputs)
    reader = formula.reader[place]
    rank, inner = chains.rank[reader], choice.inner[reader]
    rank = np.where((inner >= 0) & (inner < place), 2 * len(formula) - rank, rank)
    found: Ints = place[np.lexsort((place, rank, chains.unit[reader]))]
    return found


def _merged(unit: Ints, nodes: Ints, weights: Ints) -> tuple[Ints, Ints, Ints]:
    """Inputs that a unit reads twice as one, at the place of the first; none of weight 0."""
    least = nodes.min(initial=0)
    key = unit * (nodes.max(initial=0) - least + 1) + nodes - least
    if (np.diff(np.sort(key)) > 0).all():
        return unit, nodes, weights
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    total = np.zeros(len(first), dtype=np.int64)
    np.add.at(total, same, weights)
    order = np.argsort(first)
    order = order[total[order] != 0]
    return unit[first[order]], nodes[first[order]], total[order]


def _unit_names(formula: Formula, kept: Ints) -> Names:
    """Their gates' names; one without is called by its kind and its gate's number."""
    names, (prefix, number) = formula.names, UNNAMED
    unnamed = np.array([text == prefix for text in names.prefixes], dtype=np.bool_)[names.prefix]
    unnamed &= names.number == number
    kind = len(names.prefixes) + np.select([formula.conjunction, formula.disjunction], [0, 1], 2)
    found = Names(
        prefixes=(*names.prefixes, "and", "or", "least"),
        prefix=np.where(unnamed, kind, names.prefix)[kept],
        number=np.where(unnamed, np.arange(len(formula)), names.number)[kept],
    )
    if not _root_is_negated_in_place(formula):
        return found
    last = len(kept) - 1
    return found.renamed(last, Label(f"not {found.label(last).prefix}", found.label(last).number))


def _negated(circuit: Circuit) -> Circuit:
    """The circuit with a unit behind that fires where its output does not."""
    names = NameList()
    names.extend(circuit.names)
    names.append(Label("not"))
    return Circuit(
        start=np.append(circuit.start, len(circuit.inputs) + 1),
        inputs=np.append(circuit.inputs, circuit.output),
        weights=np.append(circuit.weights, -1),
        threshold=np.append(circuit.threshold, 0),
        names=names.names(),
        output=len(circuit),
    )
