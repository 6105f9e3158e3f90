"""The circuit: threshold gates with integer weights over separators, the stage before emission.

Nodes are numbered as in the formula: separator s is the number ~s, gate g the number g. A negative
weight reads the negation of its input: `w (1 - h) = w - w h` only moves the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from regions.compiler.formula import Label


class ThresholdGate(NamedTuple):
    """Fires where the sum of `weights[i]` over the inputs that fire is at least the threshold.

    Attributes:
        inputs: Nodes, each at most once; gates among them come earlier in the circuit.
        weights: Integers other than 0.
        threshold: An integer; the gate's bias is `1/2 - threshold`.
    """

    inputs: tuple[int, ...]
    weights: tuple[int, ...]
    threshold: int


@dataclass(frozen=True, eq=False)
class Circuit:
    """Gates in topological order, and the node that stands for the region.

    Attributes:
        gates: Inputs before their readers.
        labels: `(len(gates),)` their names.
        output: A separator or a gate.
    """

    gates: tuple[ThresholdGate, ...]
    labels: tuple[Label, ...]
    output: int
