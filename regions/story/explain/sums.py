"""The sums that prove what a gate says.

A literal is an input h or its negation 1 - h. Counted in literals, a gate's weights are positive:
its sum is `base`, where no literal holds, plus the size of the weight of each literal that holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from regions.network.model import Network
from regions.network.words import Clause, GateLogic, Literal, gate_logic
from regions.story.explain.document import Span, Spans, in_words, joined
from regions.story.explain.formula import (
    ZERO,
    Formula,
    Letter,
    Product,
    Sum,
    number,
    relation,
)

SPELLED = 12
"""Inputs whose summands are all written when a sum is checked."""


NAMED = 12
"""Literals of a clause that are all named again."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate as it is explained.

    Attributes:
        unit: Its number among all units.
        weights: By input.
        bias: A multiple of 1/2.
        logic: What it says.
    """

    unit: int
    weights: dict[int, int]
    bias: Fraction
    logic: GateLogic

    @classmethod
    def of(cls, network: Network, unit: int) -> Gate:
        """A unit that is a gate; an input that stands twice becomes one."""
        gate = unit - network.n_separators
        row = network.gates.row(gate)
        weights: Counter[int] = Counter()
        inputs = network.gates.inputs[row].tolist()
        for source, weight in zip(inputs, network.gates.weights[row].tolist(), strict=True):
            weights[source] += weight
        used = {source: weight for source, weight in weights.items() if weight}
        return cls(unit, used, Fraction(float(network.gates.bias[gate])), gate_logic(network, gate))

    @property
    def base(self) -> Fraction:
        """The sum where no literal holds."""
        return self.bias + sum(weight for weight in self.weights.values() if weight < 0)

    def sizes(self, literals: Sequence[Literal]) -> list[int]:
        """The sizes of their weights."""
        return [abs(self.weights[literal.unit]) for literal in literals]


def answers_sum(answers: Sequence[tuple[int, bool]], bias: Fraction) -> Formula:
    """`1 + 1 - 0 - 1.5`: a gate's weights times answers, and its bias; added up if they are many.

    Args:
        answers: Weights, and what the inputs answer.
        bias: The gate's.
    """
    terms: list[Formula] = [
        number(int(says)) if weight == 1 else Product((number(weight), number(int(says))))
        for weight, says in answers
    ]
    if len(terms) > SPELLED:
        terms = [number(sum(weight for weight, says in answers if says))]
    if bias or not terms:
        terms.append(number(bias))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def proof(gate: Gate) -> Iterator[Spans]:
    """A sentence with its sums for each clause, from the outside in, and one for the core."""
    clauses, core = gate.logic.clauses, gate.logic.core
    if len(clauses) == 1 and core.is_constant:
        yield tuple(_only_clause(gate, clauses[0]))
        return
    reached, rest = gate.base, sum(map(abs, gate.weights.values()))
    for clause in clauses:
        sizes = gate.sizes(clause.literals)
        if clause.operator == "AND":
            yield tuple(_necessary(clause.literals, reached + rest, min(sizes)))
            reached += sum(sizes)
        else:
            then = "" if clause == clauses[0] else "then "
            yield tuple(_sufficient(clause.literals, reached, min(sizes), then))
        rest -= sum(sizes)
    if not core.is_constant:
        yield tuple(_core(gate, bool(clauses), reached))


def _only_clause(gate: Gate, clause: Clause) -> Iterator[Span]:
    """An AND, an OR, or a single input: the sums at the edge of its condition."""
    sizes = gate.sizes(clause.literals)
    least = min(sizes)
    about = "" if len(set(sizes)) == 1 else "at least "
    if len(sizes) == 1 or clause.operator == "AND":
        full = gate.base + sum(sizes)
        yield "Then the sum is " if len(sizes) == 1 else "If so, the sum is "
        yield relation(_spelled(gate, True), "=", number(full), ">=", ZERO)
        if len(sizes) == 1:
            yield ", otherwise "
            yield relation(_spelled(gate, False), "=", number(gate.base), "<", ZERO)
        else:
            yield f". Each condition that fails lowers it by {about}"
            yield number(least)
            yield ", so with one failing it is at most "
            yield relation(_plus(full, -least), "=", number(full - least), "<", ZERO)
    else:
        yield "If not, the sum is "
        yield relation(_spelled(gate, False), "=", number(gate.base), "<", ZERO)
        yield f". Each condition that holds raises it by {about}"
        yield number(least)
        yield ", so with one holding it is at least "
        yield relation(_plus(gate.base, least), "=", number(gate.base + least), ">=", ZERO)
    yield "."


def _spelled(gate: Gate, hold: bool) -> Formula:
    """The gate's sum where all literals hold, or none does."""
    answers = [(weight, hold == (weight > 0)) for weight in gate.weights.values()]
    return answers_sum(answers, gate.bias)


def _necessary(literals: Sequence[Literal], full: Fraction, least: int) -> Iterator[Span]:
    """Literals that an AND joins with what follows."""
    yield from _named(literals)
    if len(literals) == 1:
        yield " is necessary: without it the sum is at most "
    else:
        yield " are necessary: without one of them the sum is at most "
    yield relation(_plus(full, -least), "=", number(full - least), "<", ZERO)
    yield "."


def _sufficient(
    literals: Sequence[Literal], reached: Fraction, least: int, then: str
) -> Iterator[Span]:
    """Literals that an OR joins with what follows."""
    yield from _named(literals, " or ")
    yield f" is {then}enough, as the sum is at least "
    yield relation(_plus(reached, least), "=", number(reached + least), ">=", ZERO)
    yield "."


def _core(gate: Gate, after: bool, reached: Fraction) -> Iterator[Span]:
    """At least k of some literals, or their weighted sum."""
    core = gate.logic.core
    sizes = sorted(gate.sizes(core.literals))
    if core.enough is None:
        yield "The others have to make up for " if after else "The inputs have to make up for "
        yield relation(number(reached), "<", ZERO)
        yield ", each with its weight."
        return
    k = core.enough
    least, most = sum(sizes[:k]), sum(sizes[len(sizes) - k + 1 :])
    yield "The sum is then " if after else "With none of them the sum is "
    yield relation(number(reached), "<", ZERO)
    yield "; of " if after else ". Of "
    yield from _named(core.literals)
    yield f", {in_words(k)} raise it to at least "
    yield relation(_plus(reached, least), "=", number(reached + least), ">=", ZERO)
    if k > 1:
        yield f", and {in_words(k - 1)} to at most "
        yield relation(_plus(reached, most), "=", number(reached + most), "<", ZERO)
    yield "."


def _named(literals: Sequence[Literal], last: str = " and ") -> Spans:
    if len(literals) <= NAMED:
        return joined([_holds(literal) for literal in literals], last)
    return (*_holds(literals[0]), f" and the other {len(literals) - 1:,}")


def _holds(literal: Literal) -> Spans:
    symbol = Letter("h", literal.unit + 1)
    return (symbol,) if literal.positive else ("NOT ", symbol)


def _plus(first: Fraction, second: int) -> Formula:
    return Sum((number(first), number(second)))
