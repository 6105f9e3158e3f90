"""What is left of a network on tiles, against the network itself in every completion."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import regions
from regions.network.evaluate import gate_sums
from regions.network.layers import gates_from_rows
from regions.network.model import Gates, Network, Output
from regions.network.names import Names
from regions.network.tiles import (
    FIRES,
    OPEN,
    SILENT,
    Remainder,
    copies,
    propagate,
    remaining,
    whole,
)
from tests.conftest import SHAPES

Bools = NDArray[np.bool_]
States = NDArray[np.int8]


def network_of(separators: int, gates: Gates, outputs: list[int]) -> Network:
    """A network whose lines are of no interest."""
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=((1, 0), (0, 1)),
        weights=np.ones((separators, 2)),
        bias=np.arange(separators),
        gates=gates,
        names=Names.of([f"unit {i}" for i in range(separators + len(gates))]),
        outputs=tuple(Output(f"region {i}", unit) for i, unit in enumerate(outputs)),
    )


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Gates of any weights over any earlier units: negations, constants, repeated inputs."""
    separators = draw(st.integers(1, 6))
    rows = []
    for gate in range(draw(st.integers(0, 8))):
        inputs = draw(st.lists(st.integers(0, separators + gate - 1), max_size=4))
        weights = draw(st.lists(st.integers(-3, 3), min_size=len(inputs), max_size=len(inputs)))
        rows.append((inputs, weights, draw(st.integers(-7, 7)) / 2))
    last = st.integers(0, separators + len(rows) - 1)
    outputs = draw(st.lists(last, min_size=1, max_size=3))
    return network_of(separators, gates_from_rows(rows), outputs)


@st.composite
def read_once(draw: st.DrawFn) -> Network:
    """A tree of ANDs and ORs over literals, each unit read once."""
    count = draw(st.integers(1, 8))
    rows: list[tuple[list[int], list[int], float]] = []
    loose = list(range(count))
    while len(loose) > 1:
        size = draw(st.integers(2, len(loose)))
        weights = draw(st.lists(st.sampled_from([-1, 1]), min_size=size, max_size=size))
        both = 0.5 - weights.count(1), weights.count(-1) - 0.5
        rows.append((loose[:size], weights, draw(st.sampled_from(both))))
        loose = [*loose[size:], count + len(rows) - 1]
    return network_of(count, gates_from_rows(rows), loose)


def completions(known: States) -> Bools:
    """`(s, n)` all values that separators, `(s,)`, may have."""
    choices = [[False, True] if state == OPEN else [state == FIRES] for state in known]
    return np.array(list(itertools.product(*choices)), dtype=np.bool_).T


def evaluate(network: Network, separators: Bools) -> Bools:
    """`(size, n)` all units' outputs, by the forward pass."""
    fired = np.zeros((network.size, separators.shape[1]), dtype=np.bool_)
    fired[: network.n_separators] = separators
    for block in network.schedule:
        fired[block.units] = gate_sums(block, fired) >= 0
    return fired


def outputs(network: Network) -> NDArray[np.int64]:
    return np.array([output.unit for output in network.outputs])


def some_states(network: Network, data: st.DataObject, cases: int) -> States:
    state = st.sampled_from([FIRES, SILENT, OPEN, OPEN])
    count = network.n_separators * cases
    drawn = data.draw(st.lists(state, min_size=count, max_size=count))
    return np.array(drawn, dtype=np.int8).reshape(network.n_separators, cases)


def answers_of(rest: Remainder, tile: int, separators: Bools) -> Bools:
    """`(r, n)` what the rest on one tile says, given the network's separators `(s, n)`."""
    known = np.where(separators[rest.separators], FIRES, SILENT).astype(np.int8)
    found = rest.answers(propagate(rest, known))[tile]
    assert (found != OPEN).all()
    return found == FIRES


def assert_well_formed(rest: Remainder) -> None:
    """What `Remainder` promises, and that nothing is left without need."""
    first, size = rest.n_separators, len(rest.unit)
    layer = np.concatenate([np.zeros(first, dtype=np.int64), rest.layer])
    reader = np.repeat(np.arange(first, size), np.diff(rest.start))
    assert (np.diff(rest.layer) >= 0).all()
    assert (layer[rest.inputs] < layer[reader]).all()
    assert (rest.tile[rest.inputs] == rest.tile[reader]).all()
    ends = rest.outputs[rest.outputs >= 0]
    assert set(range(size)) == {*rest.inputs.tolist(), *ends.tolist()}
    single = first + np.flatnonzero(np.diff(rest.start) == 1)
    assert set(single.tolist()) <= set(ends.tolist())


@given(networks(), st.data())
def test_what_is_known_holds_in_every_completion(network: Network, data: st.DataObject) -> None:
    rest = whole(network, outputs(network))
    known = some_states(network, data, 2)
    states = propagate(rest, known)
    for case in range(2):
        fired = evaluate(network, completions(known[:, case]))[rest.unit]
        assert fired[states[:, case] == FIRES].all()
        assert not fired[states[:, case] == SILENT].any()


@given(read_once(), st.data())
def test_where_units_are_read_once_all_that_holds_is_known(
    network: Network, data: st.DataObject
) -> None:
    known = some_states(network, data, 1)
    rest = whole(network, outputs(network))
    states = propagate(rest, known)[:, 0]
    fired = evaluate(network, completions(known[:, 0]))[rest.unit]
    expected = np.where(fired.all(axis=1), FIRES, np.where(fired.any(axis=1), OPEN, SILENT))
    assert (states == expected).all()


@given(networks() | read_once(), st.data())
def test_what_is_left_is_the_network(network: Network, data: st.DataObject) -> None:
    """In every wanted case and every completion, also when it is cut down a second time."""
    known = some_states(network, data, 3)
    wanted = np.array([data.draw(st.lists(st.booleans(), min_size=3, max_size=3))])
    start = whole(network, outputs(network))
    rest = remaining(start, propagate(start, known), wanted)
    assert_well_formed(rest)
    again = remaining(rest, propagate(rest, open_states(rest)), np.ones((wanted.sum(), 1), bool))
    assert_well_formed(again)
    for tile, case in enumerate(np.flatnonzero(wanted[0])):
        values = completions(known[:, case])
        expected = evaluate(network, values)[outputs(network)]
        for found in (rest, again):
            assert (answers_of(found, tile, values) == expected).all()
            own = found.separators[found.tile[: found.n_separators] == tile]
            assert (known[own, case] == OPEN).all()


def open_states(rest: Remainder) -> States:
    return np.full((rest.n_separators, 1), OPEN, dtype=np.int8)


@given(networks(), st.lists(st.integers(0, 3), min_size=2, max_size=2))
def test_copies_are_the_tiles_in_order(network: Network, count: list[int]) -> None:
    start = whole(network, outputs(network))
    states = propagate(start, np.repeat(open_states(start), 2, axis=1))
    two = remaining(start, states, np.ones((1, 2), dtype=np.bool_))
    many = copies(two, np.array(count))
    assert len(many.outputs) == sum(count)
    values = completions(open_states(start)[:, 0])
    for tile in range(sum(count)):
        expected = evaluate(network, values)[outputs(network)]
        assert (answers_of(many, tile, values) == expected).all()
    repeated = np.repeat(np.arange(len(two.unit)), np.array(count)[two.tile])
    assert (many.unit == two.unit[repeated]).all()


def test_units_keep_their_names() -> None:
    network = regions.compile(SHAPES / "war_zone_a.yaml")
    start = whole(network, outputs(network))
    known = np.full((network.n_separators, 1), OPEN, dtype=np.int8)
    known[0] = FIRES
    rest = remaining(start, propagate(start, known), np.ones((1, 1), dtype=np.bool_))
    names = network.names.take(rest.unit)
    assert network.names[0] not in names
    assert set(names) <= set(network.names)


@pytest.mark.parametrize(
    ("weight", "bias", "expected"),
    [(1, -0.5, False), (-1, 0.5, True)],
    ids=["repeats its input", "negates its input"],
)
def test_gates_of_one_input(weight: int, bias: float, expected: bool) -> None:
    """A repetition goes; a negation stays only where it is an output."""
    chain = [([0], [weight], bias), ([1], [1], -0.5)]
    network = network_of(1, gates_from_rows(chain), [2])
    start = whole(network, outputs(network))
    rest = remaining(start, propagate(start, open_states(start)), np.ones((1, 1), dtype=np.bool_))
    assert (len(rest.bias) == 1) == expected
    assert answers_of(rest, 0, np.array([[False, True]])).tolist() == [[expected, not expected]]
