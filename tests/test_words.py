"""Gates in words: exact by truth tables, neat where a gate was built from AND and OR."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output, monomials
from regions.network.names import Names
from regions.network.words import FEW_LITERALS, SMALL_THRESHOLD, gate_kind, gate_words

Meaning: TypeAlias = Callable[[Sequence[bool]], bool]
Chain: TypeAlias = list[tuple[str, list[tuple[int, bool]]]]
"""Clauses from the outside in: the operator and the literals, `(input, positive)`."""

LETTERS = "abcdefgh"


def network(
    weights: Sequence[int], bias: float, *, inputs: Sequence[int] = (), names: Sequence[str] = ()
) -> Network:
    """One gate over as many separators as it has weights."""
    reads = list(inputs) or list(range(len(weights)))
    count = max(reads, default=0) + 1
    names = list(names) or [f"{LETTERS[i % 8]}{i // 8 or ''}" for i in range(count)]
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(1),
        weights=np.ones((count, 2)),
        bias=np.zeros(count),
        gates=gates_from_rows([(reads, list(weights), bias)]),
        names=Names.of([*names, "gate"]),
        outputs=(Output("region", count),),
    )


def words(weights: Sequence[int], bias: float, **more: Sequence[int]) -> str:
    return gate_words(network(weights, bias, **more), 0)


class Reader:
    """Reads the words back, by recursive descent: the test's own idea of what they mean."""

    def __init__(self, text: str) -> None:
        self.tokens = re.findall(r"\w+|[(),+]", text)
        self.place = 0

    def whole(self) -> Meaning:
        meaning = self.expression()
        assert self.place == len(self.tokens), self.tokens[self.place :]
        return meaning

    def next(self) -> str:
        self.place += 1
        return self.tokens[self.place - 1]

    def at(self, *tokens: str) -> bool:
        return self.tokens[self.place : self.place + len(tokens)] == list(tokens)

    def expression(self) -> Meaning:
        if "reaches" in self.tokens[self.place :] and self.is_sum():
            return self.weighted_sum()
        parts = [self.part()]
        operators = set()
        while self.at("AND") or self.at("OR"):
            operators.add(self.next())
            parts.append(self.part())
        assert len(operators) <= 1, "AND and OR are mixed without brackets"
        every = operators == {"AND"}
        return lambda h: (all if every else any)(part(h) for part in parts)

    def is_sum(self) -> bool:
        """Whether `reaches` comes before any bracket or operator."""
        ahead = itertools.takewhile(
            lambda token: token not in ("(", ")", "AND", "OR", "reaches"),
            self.tokens[self.place :],
        )
        end = self.place + len(list(ahead))
        return self.tokens[end : end + 1] == ["reaches"]

    def part(self) -> Meaning:
        if self.at("("):
            self.next()
            inner = self.expression()
            assert self.next() == ")"
            return inner
        if self.at("always") or self.at("never"):
            said = self.next()
            return lambda h: said == "always"
        if self.at("at", "least"):
            return self.at_least()
        return self.literal()

    def at_least(self) -> Meaning:
        self.place += 2
        k = int(self.next())
        assert self.next() == "of"
        members = [self.literal()]
        while self.at(","):
            self.next()
            members.append(self.literal())
        assert 1 < k < len(members), "AND and OR have words of their own"
        return lambda h: sum(member(h) for member in members) >= k

    def weighted_sum(self) -> Meaning:
        terms = []
        while not self.at("reaches"):
            if self.at("+"):
                self.next()
            weight = int(self.next()) if self.tokens[self.place].isdigit() else 1
            terms.append((weight, self.literal()))
        self.next()
        threshold = int(self.next())
        return lambda h: sum(weight * member(h) for weight, member in terms) >= threshold

    def literal(self) -> Meaning:
        negated = self.at("NOT")
        self.place += negated
        letter = self.next()
        assert letter in LETTERS
        return lambda h: h[LETTERS.index(letter)] != negated


def agrees(weights: Sequence[int], bias: float, text: str) -> bool:
    """Whether the words and the gate have one truth table."""
    said = Reader(text).whole()
    return all(
        said(h) == (sum(itertools.compress(weights, h)) + bias >= 0)
        for h in itertools.product([False, True], repeat=len(weights))
    )


small_gates = st.tuples(
    st.lists(st.integers(-4, 4), max_size=8), st.integers(-24, 24).map(lambda n: n / 2)
)
large_gates = st.tuples(
    st.lists(st.integers(-300, 300), min_size=3, max_size=8),
    st.integers(-1200, 1200).map(lambda n: n / 2),
)


@given(st.one_of(small_gates, large_gates))
def test_words_mean_what_the_gate_means(gate: tuple[list[int], float]) -> None:
    weights, bias = gate
    assert agrees(weights, bias, words(weights, bias))


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Clauses of alternating operators over different inputs; only the last may be alone."""
    order = draw(st.permutations(range(8)))
    operator = draw(st.sampled_from(["AND", "OR"]))
    signs = draw(st.lists(st.booleans(), min_size=8, max_size=8))
    chain: Chain = []
    place = 0
    while place < 7:
        count = draw(st.integers(1, 8 - place))
        members = sorted(order[place : place + count])
        chain.append((operator, [(i, signs[i]) for i in members]))
        operator = "OR" if operator == "AND" else "AND"
        place += count
        if draw(st.booleans()):
            break
    # The innermost operator joins two literals at least, or it would join none.
    if len(chain) > 1 and len(chain[-1][1]) == 1:
        chain[-2][1].extend(chain.pop()[1])
        chain[-1][1].sort()
    return chain


def fused(chain: Chain) -> tuple[list[int], float]:
    """Weights of one gate for a chain, from the inside out.

    `[sum >= t]` of total W, AND y: y weighs W - t + 1, and so much is added to t; OR y: y weighs t.
    """
    (inner, literals), *outer = reversed(chain)
    signed = dict.fromkeys(literals, 1)
    threshold = len(literals) if inner == "AND" else 1
    for operator, more in outer:
        for literal in more:
            total = sum(signed.values())
            signed[literal] = total - threshold + 1 if operator == "AND" else threshold
            threshold += signed[literal] if operator == "AND" else 0
    weights = [0] * 8
    for (unit, positive), weight in signed.items():
        weights[unit] = weight if positive else -weight
    return weights, 0.5 - threshold + sum(-w for w in weights if w < 0)


def spelled(chain: Chain) -> str:
    text = ""
    for place, (operator, literals) in enumerate(reversed(chain)):
        parts = ["" if positive else "NOT " for _, positive in literals]
        parts = [no + LETTERS[unit] for no, (unit, _) in zip(parts, literals, strict=True)]
        text = f" {operator} ".join([*parts, f"({text})"] if place else parts)
    return text


@given(chains())
def test_a_fused_chain_comes_back(chain: Chain) -> None:
    weights, bias = fused(chain)
    text = words(weights, bias)
    assert text == spelled(chain)
    assert agrees(weights, bias, text)


@pytest.mark.parametrize(
    ("weights", "bias", "said"),
    [
        ([2, 1, 1], -2.5, "a AND (b OR c)"),
        ([1, -1], -0.5, "a AND NOT b"),
        ([-1, -1], 1.5, "NOT a OR NOT b"),
        ([1, 1, 1, 1], -2.5, "at least 3 of a, b, c, d"),
        ([3, 2, 2], -3.5, "at least 2 of a, b, c"),
        ([3, 3, 3, 1], -5.5, "at least 2 of a, b, c"),
        ([1, 1, 1, 2, 2, 1], -6.5, "d AND e AND at least 3 of a, b, c, f"),
        ([2, 1, 1, 1], -2.5, "2 a + b + c + d reaches 3"),
        ([20, 10, -10, 10], 0.5, "a OR b OR NOT c OR d"),
        ([20, 10, -10, 10], -14.5, "2 a + b + NOT c + d reaches 3"),
        ([7, 2, 1, 1, 1], -9.5, "a AND (2 b + c + d + e reaches 3)"),
        ([4, 4, 4, 2, 2, 2, 1], -9.5, "2 a + 2 b + 2 c + d + e + f reaches 5"),
        ([1], -0.5, "a"),
        ([-5], 0.5, "NOT a"),
        ([1, 1], 0.0, "always"),
        ([1, 1], -2.5, "never"),
        ([], 0.5, "always"),
        ([], -0.5, "never"),
        ([0, 3], -1.0, "b"),
    ],
)
def test_examples(weights: list[int], bias: float, said: str) -> None:
    assert words(weights, bias) == said


def test_an_input_that_stands_twice_is_one() -> None:
    assert words([2, -1, 1], -1.5, inputs=[0, 0, 1]) == "a AND b"
    assert words([1, -1, 1], -0.5, inputs=[0, 0, 1]) == "b"


def test_long_lists_are_counted() -> None:
    assert gate_words(network([1] * 5, -4.5), 0, limit=2) == "a AND b AND ... 3 more"
    assert gate_words(network([1] * 5, -2.5), 0, limit=2) == "at least 3 of a, b, ... 3 more"
    assert gate_words(network([2, 1, 1, 1], -2.5), 0, limit=2) == "2 a + b + ... 2 more reaches 3"
    nested = gate_words(network([3, 3, 3, 1, 1, 1], -9.5), 0, limit=2)
    assert nested == "a AND b AND ... 1 more AND (d OR e OR ... 1 more)"


def test_other_names() -> None:
    assert gate_words(network([1, 1], -1.5), 0, names=["roof", "wall"]) == "roof AND wall"


@pytest.mark.parametrize(
    ("weights", "bias", "kind"),
    [
        ([1, 1, -1], -1.5, "AND"),
        ([1, -1], 0.5, "OR"),
        ([3, 2, 2], -3.5, "at least 2 of 3"),
        ([1, 1], -2.5, "never"),
        ([], 0.5, "always"),
        ([-1], 0.5, None),
        ([2, 1, 1], -2.5, None),
        ([3, 3, 1], -5.5, None),
        ([3, 3, 3, 1], -5.5, None),
        ([2, 1, 1, 1], -2.5, None),
    ],
)
def test_one_word_where_the_sum_says_the_rest(
    weights: list[int], bias: float, kind: str | None
) -> None:
    assert gate_kind(network(weights, bias), 0) == kind


def test_large_gates() -> None:
    """Beyond the bounds for enumerating sums: true words, if not always the shortest."""
    count = FEW_LITERALS + 1
    assert gate_kind(network([2] * count, -6.5), 0) == f"at least 4 of {count}"
    heavy = [3 * SMALL_THRESHOLD] * 3 + [1]
    said = f"{3 * SMALL_THRESHOLD} a"
    assert words(heavy, 0.5 - 6 * SMALL_THRESHOLD).startswith(said)
    assert words([2**21, 2**20, 2**20], 0.5 - 3 * 2**20) == "a AND (b OR c)"
    assert words([1] * 100_000, -0.5).endswith(" OR ... 99,960 more")
