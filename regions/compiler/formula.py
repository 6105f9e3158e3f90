"""The formula: a hash-consed DAG of literals, ANDs and ORs in negation normal form.

A literal is a separator or its negation. Nodes are numbered so that inputs come before the gate
that reads them; equal nodes are one node. `And(())` is true everywhere and `Or(())` nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Literal(NamedTuple):
    """A separator that must fire, or must not."""

    separator: int
    positive: bool


class And(NamedTuple):
    """True where all inputs are."""

    inputs: tuple[int, ...]
    gate: str = "and"


class Or(NamedTuple):
    """True where some input is."""

    inputs: tuple[int, ...]
    gate: str = "or"


Node: TypeAlias = Literal | And | Or


class Label(NamedTuple):
    """What a unit is called: `prefix[number]`, or `prefix` alone where the number is -1."""

    prefix: str
    number: int = -1

    def __str__(self) -> str:
        return self.prefix if self.number < 0 else f"{self.prefix}[{self.number}]"


@dataclass(frozen=True, eq=False)
class Formula:
    """A DAG with one root.

    Attributes:
        nodes: Inputs before their readers.
        root: Number of the node that stands for the region.
        labels: Names of gates, by node number; not every gate has one.
    """

    nodes: tuple[Node, ...]
    root: int
    labels: dict[int, Label]


class FormulaBuilder:
    """Grows a formula bottom-up; equal nodes come out as one number."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.labels: dict[int, Label] = {}
        self._numbers: dict[Node, int] = {}
        self._negations: dict[int, int] = {}

    def literal(self, separator: int, positive: bool = True) -> int:
        """The number of a literal."""
        return self._add(Literal(separator, positive))

    def conjunction(self, inputs: Iterable[int], label: Label | None = None) -> int:
        """The number of the AND of nodes; an input given twice counts once, one alone is itself."""
        return self.gate(And, inputs, label)

    def disjunction(self, inputs: Iterable[int], label: Label | None = None) -> int:
        """The number of the OR of nodes; an input given twice counts once, one alone is itself."""
        return self.gate(Or, inputs, label)

    def gate(self, kind: type[And] | type[Or], inputs: Iterable[int], label: Label | None) -> int:
        """The number of a gate of either kind; see `conjunction` and `disjunction`."""
        gate = kind(tuple(dict.fromkeys(inputs)))
        number = gate.inputs[0] if len(gate.inputs) == 1 else self._add(gate)
        if label is not None and not isinstance(self.nodes[number], Literal):
            self.labels.setdefault(number, label)
        return number

    def negation(self, node: int) -> int:
        """The number of a node's negation, pushed down to the literals (De Morgan).

        Each node is negated at most once, so a DAG at most doubles: a symmetric difference needs
        both forms of its operands, and a hundred nested ones need two hundred forms, not 2^100.
        """
        stack = [node]
        while stack:
            current = stack[-1]
            waiting = [i for i in self._inputs(current) if i not in self._negations]
            if current in self._negations:
                stack.pop()
            elif waiting:
                stack.extend(waiting)
            else:
                self._negate(stack.pop())
        return self._negations[node]

    def formula(self, root: int) -> Formula:
        """What was built, with its root."""
        return Formula(tuple(self.nodes), root, dict(self.labels))

    def _negate(self, node: int) -> None:
        """Negate a node whose inputs have been negated."""
        match self.nodes[node]:
            case Literal(separator, positive):
                negated = self.literal(separator, not positive)
            case And(inputs):
                negated = self.disjunction((self._negations[i] for i in inputs), self._not(node))
            case Or(inputs):
                negated = self.conjunction((self._negations[i] for i in inputs), self._not(node))
        self._negations[node] = negated
        self._negations[negated] = node

    def _not(self, node: int) -> Label | None:
        label = self.labels.get(node)
        return label and Label(f"not {label.prefix}", label.number)

    def _inputs(self, node: int) -> tuple[int, ...]:
        return gate_inputs(self.nodes[node])

    def _add(self, node: Node) -> int:
        number = self._numbers.setdefault(node, len(self.nodes))
        if number == len(self.nodes):
            self.nodes.append(node)
        return number


def gate_inputs(node: Node) -> tuple[int, ...]:
    """The nodes a gate reads; none for a literal."""
    match node:
        case Literal():
            return ()
        case And(inputs) | Or(inputs):
            return inputs
