"""The gates: what each one says, as a sentence and as a sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regions.network.words import Clause, GateLogic, Literal, Threshold
from regions.story.explain.document import (
    Block,
    Heading,
    Item,
    Items,
    Name,
    Paragraph,
    Span,
    Spans,
    counted,
    in_words,
    joined,
    para,
)
from regions.story.explain.formula import Formula, Heaviside, Letter, number, relation, weighted
from regions.story.explain.sums import Gate, proof
from regions.story.explain.units import Units

LISTED = 24
"""Inputs of a gate that are all named."""

FIRST = 4
"""Those that are named of more."""


def gates(units: Units) -> Iterator[Block]:
    """Each gate, or the first of each kind where they are many."""
    network = units.network
    if network.n_gates == 1:
        yield para("One gate combines these answers: a neuron whose inputs are answers, 0 or 1.")
    else:
        yield para(
            f"{counted(network.n_gates, 'gate').capitalize()} combine these answers. A gate is a "
            "neuron whose inputs are answers of other neurons, 0 or 1."
        )
    for unit in units.explained_gates:
        gate = Gate.of(units.network, unit)
        yield Heading(3, (units.symbol(unit), ": ", Name(units.names[unit])))
        yield Paragraph((*_sentence(gate), *_sum(units, gate)))
        match list(proof(gate)):
            case []:
                pass
            case [single]:
                yield Paragraph(single)
            case several:
                yield Items(tuple(map(Item, several)))
    left = network.n_gates - len(units.explained_gates)
    if left:
        yield para(f"The other {left:,} gates are built in the same way.")


def _sum(units: Units, gate: Gate) -> Iterator[Span]:
    """The end of the sentence: `h_8 = H(h_1 + h_2 + h_3 - 2.5)`."""
    symbol = units.symbol(gate.unit)
    terms: list[tuple[int, Formula | None]] = [(w, _symbol(u)) for u, w in gate.weights.items()]
    if len(terms) <= LISTED:
        total = weighted([*terms, (gate.bias, None)])
        yield ": "
        yield relation(symbol, "=", Heaviside(total))
        yield "."
        return
    yield ". Of the weighted sum of its "
    yield f"{len(terms):,} inputs the first summands are "
    yield weighted(terms[:FIRST])
    yield ", and the bias is "
    yield number(gate.bias)
    yield "."


def _sentence(gate: Gate) -> Iterator[Span]:
    """When the gate fires, without the full stop."""
    match gate.logic:
        case GateLogic((), core) if core.is_constant:
            yield f"This neuron has no inputs and always answers {int(core.threshold <= 0)}"
        case GateLogic((Clause(_, (only,)),), core) if core.is_constant:
            yield "It fires if and only if "
            yield _symbol(only.unit)
            yield " fires" if only.positive else " does not fire"
        case GateLogic((Clause("AND", literals),), core) if core.is_constant:
            yield "This is an AND. It fires if and only if "
            yield from _all_hold(literals)
        case GateLogic((Clause(_, literals),), core) if core.is_constant:
            yield "This is an OR. It fires if and only if "
            yield from _at_least(1, literals)
        case GateLogic((), core) if core.enough is not None:
            yield "It fires if and only if "
            yield from _at_least(core.enough, core.literals)
        case logic:
            yield "It fires if and only if this holds: "
            yield from _words(logic)


def _all_hold(literals: Sequence[Literal]) -> Iterator[Span]:
    """`all three of h_1, h_2 and h_3 fire`, `h_1 fires and h_2 does not`."""
    fire = [literal for literal in literals if literal.positive]
    silent = [literal for literal in literals if not literal.positive]
    if fire:
        if len(fire) == len(literals):
            yield "both " if len(fire) == 2 else f"all {in_words(len(fire))} of "
        yield from _symbols(fire)
        yield " fires" if len(fire) == 1 else " fire"
    if fire and silent:
        yield " and "
    if len(silent) == 1:
        yield from _symbols(silent)
        yield " does not" if fire else " does not fire"
    elif silent:
        yield "none of "
        yield from _symbols(silent)
        yield " does" if fire else " fires"


def _at_least(count: int, literals: Sequence[Literal]) -> Iterator[Span]:
    """`at least one of h_8 and h_9 fires`, `at least one of these holds: ...`."""
    plural = "" if count > 1 else "s"
    if all(literal.positive for literal in literals):
        yield f"at least {in_words(count)} of "
        yield from _symbols(literals)
        yield f" fire{plural}"
    else:
        yield f"at least {in_words(count)} of these hold{plural}: "
        yield from _cut([(_symbol(u), _fires(holds)) for u, holds in _shown(literals)], literals)


def _fires(positive: bool) -> str:
    return " fires" if positive else " does not fire"


def _symbols(literals: Sequence[Literal]) -> Spans:
    return _cut([(_symbol(literal.unit),) for literal in _shown(literals)], literals)


def _words(logic: GateLogic) -> Spans:
    """`h_2 AND h_3 AND (h_1 OR h_4)`: clauses from the outside in."""
    words, compound = _core(logic.core)
    for operator, literals in reversed(logic.clauses):
        parts = [_literal(literal) for literal in _shown(literals)]
        if len(literals) > LISTED:
            parts.append((f"{len(literals) - FIRST:,} more",))
        if words:
            parts.append(("(", *words, ")") if compound else words)
        words = joined(parts, f" {operator} ", f" {operator} ")
        compound = len(parts) > 1
    return words


def _core(core: Threshold) -> tuple[Spans, bool]:
    """The innermost condition, and whether it needs brackets."""
    if core.is_constant:
        return (), False
    literals = _shown(core.literals)
    if core.enough is not None:
        named = _cut([_literal(literal) for literal in literals], core.literals)
        return (f"at least {in_words(core.enough)} of ", *named), True
    parts = [
        ((number(weight), " ") if weight > 1 else ()) + _literal(literal)
        for weight, literal in zip(core.weights, literals, strict=False)
    ]
    if len(core.literals) > LISTED:
        parts.append((f"{len(core.literals) - FIRST:,} more",))
    return (*joined(parts, " + ", " + "), " reaches ", number(core.threshold)), True


def _shown(literals: Sequence[Literal]) -> Sequence[Literal]:
    return literals if len(literals) <= LISTED else literals[:FIRST]


def _literal(literal: Literal) -> Spans:
    return (() if literal.positive else ("NOT ",)) + (_symbol(literal.unit),)


def _symbol(unit: int) -> Letter:
    return Letter("h", unit + 1)


def _cut(shown: list[Spans], literals: Sequence[Literal]) -> Spans:
    left = len(literals) - len(shown)
    return joined([*shown, (f"{left:,} more",)] if left else shown)
