"""From the formula to the network: separators keep their weights, gates get theirs.

AND of k literals: weight 1, or -1 for a negated separator, bias `1/2 - (number of positive ones)`.
The sum reaches its largest value, the number of positive ones, exactly when all hold, and is at
least 1 less otherwise: the pre-activation is 1/2 or at most -1/2.

OR: the same weights, bias `(number of negated separators) - 1/2`. The sum is least, minus the
number of negated ones, exactly when none holds: then it is -1/2, otherwise at least 1/2.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from regions.compiler.formula import And, Formula, Label, Literal, Or, gate_inputs
from regions.compiler.separators import Separators
from regions.geometry.frame import Frame
from regions.network.layers import gates_from_rows
from regions.network.model import Names, Network, Output, monomials


def emit(
    formula: Formula,
    separators: Separators,
    frame: Frame,
    region: str,
    window: tuple[float, float, float, float] | None,
) -> Network:
    """The network of a formula, with one output named `region`.

    Separators that no literal uses are left out; quadratic features come in only where a separator
    has such weights.
    """
    used = np.unique([node.separator for node in formula.nodes if isinstance(node, Literal)])
    used = used.astype(np.int64)
    place = {int(separator): number for number, separator in enumerate(used)}
    emission = _Emission(formula, place)
    labels = [*(separators.labels[i] for i in used), *emission.labels]
    coefficients = separators.coefficients[used]
    degree = 2 if coefficients[:, 2:5].any() else 1
    return Network(
        center=frame.center,
        exponent=frame.exponent,
        features=monomials(degree),
        weights=coefficients[:, : len(monomials(degree))],
        bias=coefficients[:, 5],
        gates=gates_from_rows(emission.rows),
        names=unit_names(labels),
        outputs=(Output(region, emission.output),),
        exact=separators.exact,
        window=window,
        sources=separators.sources[used],
    )


class _Emission:
    """Numbers the gates behind the separators and writes their rows."""

    def __init__(self, formula: Formula, place: dict[int, int]) -> None:
        self.rows: list[tuple[list[int], list[int], float]] = []
        self.labels: list[Label] = []
        self._nodes = formula.nodes
        self._place = place
        self._units: dict[int, int] = {}
        for number, node in enumerate(formula.nodes):
            if not isinstance(node, Literal):
                self._add(number, node, formula.labels.get(number))
        self.output = self._output(formula.root)

    def _add(self, number: int, node: And | Or, label: Label | None) -> None:
        terms = [self._term(i) for i in gate_inputs(node)]
        weights = [weight for _, weight in terms]
        negated = weights.count(-1)
        match node:
            case And():
                bias = 0.5 - (len(weights) - negated)
            case Or():
                bias = negated - 0.5
        self._units[number] = len(self._place) + len(self.rows)
        self.labels.append(label or Label(node.gate, number))
        self.rows.append(([unit for unit, _ in terms], weights, bias))

    def _term(self, number: int) -> tuple[int, int]:
        """The unit that a gate reads for a node, and its weight."""
        node = self._nodes[number]
        if isinstance(node, Literal):
            return self._place[node.separator], 1 if node.positive else -1
        return self._units[number], 1

    def _output(self, root: int) -> int:
        """The unit of the region; a lone negated separator needs a gate of its own."""
        unit, weight = self._term(root)
        if weight == 1:
            return unit
        self.labels.append(Label("not"))
        self.rows.append(([unit], [-1], 0.5))
        return len(self._place) + len(self.rows) - 1


def unit_names(labels: list[Label]) -> Names:
    """The units' names; one that would stand twice gets a `#2`, `#3`, ... behind its prefix."""
    prefixes: dict[str, int] = {}
    prefix, number = [], []
    taken: set[str] = set()
    copies: Counter[Label] = Counter()
    for label in labels:
        free = label
        while str(free) in taken:
            copies[label] += 1
            free = Label(f"{label.prefix}#{copies[label] + 1}", label.number)
        taken.add(str(free))
        prefix.append(prefixes.setdefault(free.prefix, len(prefixes)))
        number.append(free.number)
    return Names(tuple(prefixes), np.array(prefix), np.array(number))
