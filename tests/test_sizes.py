"""Sizes: counted without building, compared with what is built."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output, monomials
from regions.network.names import Names
from regions.network.sizes import distinct_lines, relays, sizes
from tests.conftest import SHAPES


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Gates over any earlier units, constants and unused gates among them."""
    count = draw(st.integers(1, 4))
    rows: list[tuple[list[int], list[int], float]] = []
    for unit in range(count, count + draw(st.integers(0, 12))):
        inputs = draw(st.lists(st.integers(0, unit - 1), max_size=3, unique=True))
        rows.append((inputs, [draw(st.integers(-5, 5)) for _ in inputs], -0.5))
    size = count + len(rows)
    ends = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=3))
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(1),
        weights=np.ones((count, 2)),
        bias=np.arange(count),
        gates=gates_from_rows(rows),
        names=Names.of([f"unit {i}" for i in range(size)]),
        outputs=tuple(Output(f"region {k}", unit) for k, unit in enumerate(ends)),
    )


@given(networks())
def test_relays_are_those_of_the_layered_network(net: Network) -> None:
    """Gates above all outputs are not in it."""
    assert relays(net) == net.layered().size - int((net.levels <= net.depth).sum())


@given(networks())
def test_weights_and_inputs(net: Network) -> None:
    found = sizes(net)
    rows = [net.gates.row(g) for g in range(net.n_gates)]
    assert found.connections == sum(row.stop - row.start for row in rows)
    assert found.largest_fan_in == max((row.stop - row.start for row in rows), default=0)
    assert found.largest_weight == max(map(abs, net.gates.weights.tolist()), default=0)
    assert found.distinct_lines == net.n_separators
    assert found.relays == relays(net)


@pytest.mark.parametrize("name", ["war_zone_a", "keyhole", "checkers", "poland"])
def test_real_networks(name: str) -> None:
    net = regions.compile(SHAPES / f"{name}.yaml")
    assert sizes(net).relays == net.layered().size - net.size


numbers = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e3, 1e3), st.just(0.1 + 0.2))
rows = st.lists(st.tuples(numbers, numbers, numbers), max_size=8)


@given(rows, st.lists(st.sampled_from([1.0, -1.0, 3.0, 0.1, -0.25]), min_size=8, max_size=8))
def test_lines_are_compared_exactly(lines: list[tuple[float, ...]], factors: list[float]) -> None:
    """A multiple is the same line only if no product was rounded."""
    copies = [[n * factor for n in line] for line, factor in zip(lines, factors, strict=False)]
    every = [[Fraction(n) for n in line] for line in [*lines, *copies]]
    different: list[list[Fraction]] = []
    for line in every:
        minors = (
            [line[i] * other[j] - line[j] * other[i] for i in range(3) for j in range(i)]
            for other in different
            if any(other) == any(line)
        )
        if all(any(minor) for minor in minors):
            different.append(line)
    coefficients = np.array([*lines, *copies]).reshape(-1, 3)
    assert distinct_lines(coefficients) == len(different)


def test_a_line_and_its_reverse_are_one() -> None:
    assert distinct_lines(np.array([[1.0, 2, 3], [-2, -4, -6], [0, 1, 0], [0, -1, 0]])) == 2
    third = [1 / 3, 1.0, 0.0]
    assert distinct_lines(np.array([third, [1.0, 3.0, 0.0]])) == 2, "but for a rounding"
    assert distinct_lines(np.array([[0.1, 0.2, 0.3], [1.0, 2.0, 3.0]])) == 2, "0.1 is no tenth"
    assert distinct_lines(np.empty((0, 3))) == 0
