"""What the passes share: the gates that count, who reads them, and a rebuild gate by gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from regions.compiler.formula import (
    Bools,
    Formula,
    FormulaBuilder,
    Gate,
    Ints,
    is_gate,
)
from regions.network.names import Label

Rule: TypeAlias = Callable[[FormulaBuilder, Gate, Label | None], int]
"""Adds a gate whose inputs are the new builder's signals; returns the signal that stands for it."""


def reachable(formula: Formula) -> list[int]:
    """The gates that the root depends on, inputs before their readers."""
    found: list[int] = np.flatnonzero(formula.needed).tolist()
    return found


def readers(formula: Formula) -> Ints:
    """How often each gate is read by gates that the root depends on; the root's read included."""
    read = formula.signals[formula.needed[formula.reader] & (formula.signals >= 0)] >> 1
    count = np.bincount(read, minlength=len(formula))
    if is_gate(formula.root):
        count[formula.root >> 1] += 1
    return count


def repeated(formula: Formula) -> Bools:
    """Of each of `formula.signals`, whether it is needed and its node is read more than once.

    Two gates can be shared, and one absorbed, only where both read such a node.
    """
    nodes = formula.signals >> 1
    place = nodes - nodes.min(initial=0)
    needed = formula.needed[formula.reader]
    often: Bools = needed & (np.bincount(place, needed)[place] > 1)
    return often


def runs(owner: Ints) -> Iterator[tuple[int, int, int]]:
    """Each value of an ascending array, with where its run begins and ends."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    bounds = np.append(first, len(owner)).tolist()
    return zip(owner[first].tolist(), bounds[:-1], bounds[1:], strict=True)


def rebuild(formula: Formula, rule: Rule) -> Formula:
    """A formula in which every gate went through a rule, bottom-up; unread gates are dropped."""
    builder = FormulaBuilder()
    signals: dict[int, int] = {}

    def renumbered(signal: int) -> int:
        return signals[signal >> 1] ^ (signal & 1) if signal >= 0 else signal

    for number in reachable(formula):
        gate = formula.gates[number]
        gate = gate._replace(inputs=tuple(map(renumbered, gate.inputs)))
        signals[number] = rule(builder, gate, formula.label(number))
    return builder.formula(renumbered(formula.root))
