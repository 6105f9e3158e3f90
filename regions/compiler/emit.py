"""From the circuit to the network: separators keep their weights, thresholds become biases.

A gate fires where its weighted sum, an integer, reaches its threshold t, an integer: the bias is
`1/2 - t`, so the pre-activation is at least 1/2 there and at most -1/2 elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from regions.compiler.circuit import Circuit
from regions.compiler.formula import Label
from regions.compiler.separators import Separators
from regions.geometry.frame import Frame
from regions.network.model import Gates, Names, Network, Output, monomials

Ints = NDArray[np.int64]


def emit(
    circuit: Circuit,
    separators: Separators,
    frame: Frame,
    region: str,
    window: tuple[float, float, float, float] | None,
) -> Network:
    """The network of a circuit, with one output named `region`.

    Separators that nothing reads are left out; quadratic features come in only where a separator
    has such weights.
    """
    inputs = chain.from_iterable(gate.inputs for gate in circuit.gates)
    nodes = np.array([*inputs, circuit.output], dtype=np.int64)
    used = np.unique(~nodes[nodes < 0])
    units = np.where(nodes < 0, np.searchsorted(used, ~nodes), len(used) + nodes)
    coefficients = separators.coefficients[used]
    degree = 2 if coefficients[:, 2:5].any() else 1
    labels = [*(separators.labels[i] for i in used.tolist()), *circuit.labels]
    return Network(
        center=frame.center,
        exponent=frame.exponent,
        features=monomials(degree),
        weights=coefficients[:, : len(monomials(degree))],
        bias=coefficients[:, 5],
        gates=_gates(circuit, units[:-1]),
        names=unit_names(labels),
        outputs=(Output(region, int(units[-1])),),
        exact=separators.exact,
        window=window,
        sources=separators.sources[used],
    )


def _gates(circuit: Circuit, inputs: Ints) -> Gates:
    counts = [len(gate.inputs) for gate in circuit.gates]
    return Gates(
        start=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]),
        inputs=inputs,
        weights=np.array([w for gate in circuit.gates for w in gate.weights], dtype=np.int64),
        bias=0.5 - np.array([gate.threshold for gate in circuit.gates], dtype=np.float64),
    )


def unit_names(labels: list[Label]) -> Names:
    """The units' names; one that would stand twice gets a `#2`, `#3`, ... behind its prefix."""
    spelled = [_parsed(label) if label.number < 0 else label for label in labels]
    if len(set(spelled)) < len(labels):
        labels = _distinct(labels)
    prefixes: dict[str, int] = {}
    prefix = [prefixes.setdefault(label.prefix, len(prefixes)) for label in labels]
    number = [label.number for label in labels]
    return Names(tuple(prefixes), np.array(prefix), np.array(number))


def _parsed(label: Label) -> Label:
    """The label in the one form that is spelled so: `edge[3]` as edge, 3."""
    if not label.prefix.endswith("]"):
        return label
    found = re.fullmatch(r"(.*)\[(0|[1-9]\d{0,17})\]", label.prefix, re.DOTALL)
    return Label(found[1], int(found[2])) if found else label


def _distinct(labels: list[Label]) -> list[Label]:
    """Labels that are spelled differently."""
    taken: set[str] = set()
    copies: Counter[Label] = Counter()
    found = []
    for label in labels:
        free = label
        while str(free) in taken:
            copies[label] += 1
            free = Label(f"{label.prefix}#{copies[label] + 1}", label.number)
        taken.add(str(free))
        found.append(free)
    return found
