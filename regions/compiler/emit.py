"""From the circuit to the network: separators keep their weights, thresholds become biases.

A gate fires where its weighted sum, an integer, reaches its threshold t, an integer: the bias is
`1/2 - t`, so the pre-activation is at least 1/2 there and at most -1/2 elsewhere.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from regions.compiler.circuit import Circuit
from regions.compiler.separators import Separators
from regions.geometry.frame import Frame
from regions.network.model import Floats, Gates, Network, Output, monomials
from regions.network.names import Label, NameList, Names


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
    nodes = np.append(circuit.inputs, circuit.output)
    used = np.unique(~nodes[nodes < 0])
    units = np.where(nodes < 0, np.searchsorted(used, ~nodes), len(used) + nodes)
    coefficients = separators.coefficients[used]
    degree = _degree(coefficients)
    names = NameList()
    names.extend(separators.names.take(used))
    names.extend(circuit.names)
    return Network(
        center=frame.center,
        exponent=frame.exponent,
        features=monomials(degree),
        weights=coefficients[:, : len(monomials(degree))],
        bias=coefficients[:, -1],
        gates=Gates(circuit.start, units[:-1], circuit.weights, _bias(circuit)),
        names=distinct(names.names()),
        outputs=(Output(region, int(units[-1])),),
        exact=separators.exact,
        window=window,
        sources=separators.sources[used],
    )


def _degree(coefficients: Floats) -> int:
    """The lowest degree whose monomials are all that is needed."""
    degree = 1
    while coefficients[:, len(monomials(degree)) : -1].any():
        degree += 1
    return degree


def _bias(circuit: Circuit) -> Floats:
    bias: Floats = 0.5 - circuit.threshold.astype(np.float64)
    return bias


def distinct(names: Names) -> Names:
    """The names; one that would stand twice gets a `#2`, `#3`, ... behind its prefix."""
    if not names.repeated().any():
        return names
    taken: set[str] = set()
    copies: Counter[Label] = Counter()
    found = NameList()
    for label in names.labels():
        free = label
        while str(free) in taken:
            copies[label] += 1
            free = Label(f"{label.prefix}#{copies[label] + 1}", label.number)
        taken.add(str(free))
        found.append(free)
    return found.names()
