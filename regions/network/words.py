"""What a gate says in words, from its weights and its bias alone.

A negative weight reads the negation of its input: `-w h = w (1 - h) - w`. So a gate fires exactly
where a sum of positive weights over literals reaches an integer threshold t. Let W be their total.

    w >= t       the literal is enough by itself:       literal OR rest,   the rest reaches t
    W - w < t    the others fall short without it:      literal AND rest,  the rest reaches t - w

Both are facts about the function, whatever weights stand for it. What neither takes apart says
"at least k of ..." where only the number of literals counts, and else its weighted sum.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from regions.network.model import Gates, Network

LISTED = 40
"""Literals that a list names before it counts the rest."""

FEW_LITERALS = 64
SMALL_THRESHOLD = 2**12
"""Within both bounds all sums of a gate's weights are enumerated, as the bits of one integer of at
most 32 kB. Beyond them an input that never matters may stay in the words, which hold all the same.
"""


class Literal(NamedTuple):
    """A unit or its negation."""

    unit: int
    positive: bool


class Clause(NamedTuple):
    """Literals joined with each other, and with all that follows, by `AND` or by `OR`."""

    operator: str
    literals: tuple[Literal, ...]


class Threshold(NamedTuple):
    """Fires where the weights of the literals that hold, all positive, reach the threshold.

    Without literals it is a constant: true where the threshold is at most 0.
    """

    literals: tuple[Literal, ...]
    weights: tuple[int, ...]
    threshold: int

    @property
    def is_constant(self) -> bool:
        """Whether no literal can change the outcome, since none or too few are needed."""
        return self.threshold <= 0 or sum(self.weights) < self.threshold

    @property
    def enough(self) -> int | None:
        """The k for which any k literals reach the threshold and no k - 1 do; None without one.

        The k least weights have to reach it, the k - 1 greatest have to fall short.
        """
        if self.is_constant:
            return None
        ascending = sorted(self.weights)
        least = accumulate(ascending, initial=0)
        greatest = list(accumulate(reversed(ascending), initial=0))
        k = next(k for k, total in enumerate(least) if total >= self.threshold)
        return k if greatest[k - 1] < self.threshold else None


@dataclass(frozen=True, slots=True)
class GateLogic:
    """`clause AND (clause OR (clause AND ... core))`, the operators in turn.

    Attributes:
        clauses: From the outside in.
        core: What no clause takes apart. A constant core stands alone, or adds nothing to the
            clause before it.
    """

    clauses: tuple[Clause, ...]
    core: Threshold


def gate_logic(network: Network, gate: int) -> GateLogic:
    """Take a gate apart, given its number among the gates; exact."""
    clauses: list[Clause] = []
    rest = _over_literals(network.gates, gate)
    while not rest.is_constant:
        operator, members = _peelable(rest)
        if not members:
            return GateLogic(tuple(clauses), _tightened(rest))
        clauses.append(Clause(operator, tuple(rest.literals[i] for i in members)))
        rest = _without(rest, members, operator)
    return GateLogic(tuple(clauses), Threshold((), (), rest.threshold))


def gate_words(
    network: Network, gate: int, *, names: Sequence[str] | None = None, limit: int = LISTED
) -> str:
    """What a gate says: `eaves AND (left OR door)`, `at least 3 of a, b, c, d`, `always`.

    As long as no list is cut, the words and the gate agree for all values of its inputs.

    Args:
        network: Any network.
        gate: Number among the gates.
        names: `(size,)` names for the units other than the network's own.
        limit: Literals that a list names before it counts the rest.
    """
    known = network.names if names is None else names
    logic = gate_logic(network, gate)
    text, compound = _core_words(logic, known, limit)
    for operator, literals in reversed(logic.clauses):
        parts = _cut([_name(literal, known) for literal in literals[:limit]], len(literals))
        if text:
            parts.append(f"({text})" if compound else text)
        text, compound = f" {operator} ".join(parts), len(parts) > 1
    return text


def gate_kind(network: Network, gate: int) -> str | None:
    """What a gate makes of all its inputs: `AND`, `OR`, `at least 3 of 5`; or a constant.

    None where the words say more: of a single input, one that never matters, or two operators.
    """
    logic = gate_logic(network, gate)
    row = network.gates.row(gate)
    count = row.stop - row.start
    match logic.clauses:
        case () if logic.core.is_constant:
            return _core_words(logic, network.names, LISTED)[0]
        case () if logic.core.enough and len(logic.core.literals) == count:
            return f"at least {logic.core.enough} of {count}"
        case (Clause(operator, literals),) if len(literals) == count > 1:
            return operator
        case _:
            return None


def _over_literals(gates: Gates, gate: int) -> Threshold:
    """The gate with positive weights only; an input that stands twice in a file becomes one."""
    row = gates.row(gate)
    weights: Counter[int] = Counter()
    for unit, weight in zip(gates.inputs[row].tolist(), gates.weights[row].tolist(), strict=True):
        weights[unit] += weight
    used = {unit: weight for unit, weight in weights.items() if weight}
    return Threshold(
        literals=tuple(Literal(unit, weight > 0) for unit, weight in used.items()),
        weights=tuple(map(abs, used.values())),
        threshold=math.ceil(-gates.bias[gate]) + sum(-w for w in used.values() if w < 0),
    )


def _peelable(rest: Threshold) -> tuple[str, list[int]]:
    """The operator of the outermost clause and the places of its literals; none at the core."""
    _, weights, threshold = rest
    enough = [i for i, weight in enumerate(weights) if weight >= threshold]
    if enough:
        return "OR", enough
    total = sum(weights)
    return "AND", [i for i, weight in enumerate(weights) if total - weight < threshold]


def _without(rest: Threshold, members: list[int], operator: str) -> Threshold:
    """What is left below a clause."""
    gone = set(members)
    kept = [i for i in range(len(rest.weights)) if i not in gone]
    paid = sum(rest.weights[i] for i in members) if operator == "AND" else 0
    return _selected(rest, kept, rest.threshold - paid)


def _selected(rest: Threshold, kept: Sequence[int], threshold: int) -> Threshold:
    literals = tuple(rest.literals[i] for i in kept)
    return Threshold(literals, tuple(rest.weights[i] for i in kept), threshold)


def _tightened(core: Threshold) -> Threshold:
    """The same function without literals that never matter, in smaller numbers."""
    if len(core.weights) <= FEW_LITERALS and core.threshold <= SMALL_THRESHOLD:
        core = _raised(_relevant(core))
    divisor = math.gcd(*core.weights)
    return core._replace(
        weights=tuple(weight // divisor for weight in core.weights),
        threshold=-(-core.threshold // divisor),
    )


def _relevant(core: Threshold) -> Threshold:
    """Drop literals that never matter, from the lightest on: a heavier one matters no less.

    A literal matters if the others can add up to less than the threshold, but not by more than its
    weight.
    """
    order = sorted(range(len(core.weights)), key=core.weights.__getitem__)
    for dropped, place in enumerate(order):
        others = _sums(core.weights[i] for i in order[dropped + 1 :])
        weight = core.weights[place]
        if others >> (core.threshold - weight) & ((1 << weight) - 1):
            return _selected(core, sorted(order[dropped:]), core.threshold)
    raise AssertionError("a function that is not constant has an input that matters")


def _raised(core: Threshold) -> Threshold:
    """The threshold at the least sum that reaches it."""
    beyond = _sums(core.weights) >> core.threshold
    return core._replace(threshold=core.threshold + (beyond & -beyond).bit_length() - 1)


def _sums(weights: Iterable[int]) -> int:
    """All sums of some of the weights, as the set bits of an integer."""
    found = 1
    for weight in weights:
        found |= found << weight
    return found


def _core_words(logic: GateLogic, names: Sequence[str], limit: int) -> tuple[str, bool]:
    """The core in words, and whether it needs brackets below a clause."""
    literals, weights, threshold = core = logic.core
    if core.is_constant:
        alone = "always" if threshold <= 0 else "never"
        return ("" if logic.clauses else alone), False
    if core.enough:
        members = _cut([_name(literal, names) for literal in literals[:limit]], len(literals))
        return f"at least {core.enough} of {', '.join(members)}", False
    shown = zip(weights[:limit], literals, strict=False)
    terms = [f"{w} " * (w > 1) + _name(literal, names) for w, literal in shown]
    return f"{' + '.join(_cut(terms, len(literals)))} reaches {threshold}", True


def _cut(words: list[str], count: int) -> list[str]:
    """The words of the first literals, and how many more there are."""
    return words if len(words) == count else [*words, f"... {count - len(words):,} more"]


def _name(literal: Literal, names: Sequence[str]) -> str:
    return names[literal.unit] if literal.positive else f"NOT {names[literal.unit]}"
