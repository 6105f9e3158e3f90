"""The network: its rules, its forward pass, its file, its layered form."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.compiler.emit import distinct
from regions.errors import NetworkError
from regions.network.evaluate import preactivations
from regions.network.file import dumps, loads
from regions.network.layers import gates_from_rows
from regions.network.model import Gates, Network, Output, feature_name, monomials
from regions.network.names import Label, Names, names_of
from regions.shape.model import (
    Box,
    Circle,
    Complement,
    Difference,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
)
from tests.conftest import SHAPES
from tests.strategies import csg_trees

Row = tuple[list[int], list[int], float]


def network(rows: list[Row], outputs: tuple[Output, ...] | None = None, **more: object) -> Network:
    """Four separators, the sides of the unit square, and gates over them."""
    values: dict[str, object] = {
        "center": (0.0, 0.0),
        "exponent": 0,
        "features": monomials(1),
        "weights": np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]]),
        "bias": np.array([0.0, 1, 0, 1]),
        "gates": gates_from_rows(rows),
        "names": Names.of(["left", "right", "bottom", "top", *(f"g{i}" for i in range(len(rows)))]),
        "outputs": (Output("square", 3 + len(rows)),) if outputs is None else outputs,
    }
    return Network(**(values | more))  # type: ignore[arg-type]


SQUARE: list[Row] = [([0, 1, 2, 3], [1, 1, 1, 1], -3.5)]


def test_the_square() -> None:
    net = network(SQUARE)
    assert (net.size, net.depth, net.n_separators, net.n_gates) == (5, 2, 4, 1)
    points = [[0, 0], [1, 1], [0.5, 0.5], [1.5, 0.5], [0.5, -1e-300]]
    assert net.inside(points).tolist() == [True, True, True, False, False]
    assert net.fires(points).shape == (5, 1)


def test_several_regions() -> None:
    rows: list[Row] = [([0, 2], [1, 1], -1.5), ([0, 1, 2, 3], [1, 1, 1, 1], -3.5), ([], [], -0.5)]
    outputs = (Output("square", 5), Output("quadrant", 4), Output("nothing", 6))
    net = network(rows, outputs)
    points = np.array([[0.5, 0.5], [2, 2], [-1, 0]])
    assert net.fires(points).tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert net.label(points).tolist() == [0, 1, -1]
    assert net.inside(points, region="quadrant").tolist() == [True, True, False]
    with pytest.raises(ValueError, match="name one of"):
        net.inside(points)
    with pytest.raises(ValueError, match="no region 'moon'"):
        net.inside(points, region="moon")
    labels = regions.rasterize(net, regions.Grid((-1, -1, 3, 3), 4, 4))
    assert labels.dtype == np.int32
    assert labels.tolist() == [[-1, 1, 1, 1], [-1, 1, 1, 1], [-1, 0, 1, 1], [-1, -1, -1, -1]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"gates": gates_from_rows([([0, 1], [1, 1], -1.4)])}, "gates[0]: the bias must be"),
        ({"gates": gates_from_rows([([0, 4], [1, 1], -1.5)])}, "gates[0]: inputs must be units"),
        ({"gates": gates_from_rows([([0, -1], [1, 1], -1.5)])}, "gates[0]: inputs must be units"),
        ({"gates": gates_from_rows([([0], [2**23], -1.5)])}, "gates[0]: the total absolute"),
        ({"bias": np.array([0.0, np.nan, 0, 1])}, "separators[1]: weights and bias must be"),
        ({"weights": np.zeros((4, 3))}, "separators: weights and features differ"),
        ({"features": ((1, 0), (2, 0))}, "features: features must begin with x, y"),
        ({"features": ((1, 0), (0, 9))}, "features: a feature must be a monomial"),
        ({"outputs": (Output("a", 5),)}, "outputs[0]: the unit does not exist"),
        ({"outputs": (Output("a", 4), Output("a", 0))}, "outputs: each output needs a name"),
        ({"outputs": ()}, "outputs: there must be"),
        ({"names": Names.of(["a", "b", "c", "d", "a"])}, "gates[0].name: the name 'a'"),
        ({"names": Names.of(["a", "b", "c", "d", ""])}, "gates[0].name: the name ''"),
        ({"names": Names.of(["a"])}, "names: there must be one"),
        ({"center": (np.inf, 0.0)}, "center: the center must be"),
        ({"exponent": 5000}, "exponent: the exponent"),
        ({"sources": np.zeros((2, 2, 2))}, "separators: points must be"),
        ({"gates": gates_from_rows([([0] * 4, [2**62] * 4, -1.5)])}, "gates[0]: the total"),
        ({"gates": gates_from_rows([([0], [-(2**63)], -1.5)])}, "gates[0]: the total absolute"),
        ({"gates": gates_from_rows([([0], [1], 1e308)])}, "gates[0]: the bias must be"),
        ({"gates": gates_from_rows([([0], [1], np.nan)])}, "gates[0]: the bias must be"),
        ({"outputs": (Output("", 4),)}, "outputs: each output needs a name"),
        ({"window": (0.0, 0.0, np.nan, 1.0)}, "window: the window must be"),
        ({"window": (1.0, 0.0, 0.0, 1.0)}, "window: the window must be"),
        ({"exponent": 0.5}, "exponent: the exponent"),
        ({"center": (0.0, 0.0, 0.0)}, "center: the center must be"),
        ({"names": Names(("a",), np.arange(5), np.arange(5))}, "names: a name's prefix"),
        ({"gates": Gates([0, 3], [0, 1], [1, 1], [-1.5])}, "gates: the row starts must ascend"),
        ({"gates": Gates([0, 2], [0, 1], [1], [-1.5])}, "gates: inputs and weights differ"),
    ],
)
def test_every_rule_is_kept_from_birth(change: dict[str, object], said: str) -> None:
    with pytest.raises(regions.NetworkError) as caught:
        network(SQUARE, **change)
    assert said in str(caught.value)


def test_gate_weights_are_integers() -> None:
    with pytest.raises(regions.NetworkError, match="weights must be integers"):
        gates_from_rows([([0, 1], [0.9, 0.9], -1.5)])  # type: ignore[list-item]


def test_all_broken_rules_are_named() -> None:
    rows: list[Row] = [([0], [1], 0.3), ([0], [1], 0.3)]
    with pytest.raises(regions.NetworkError) as caught:
        network(rows, bias=np.array([0, np.inf, 0, 1]))
    assert [problem.path for problem in caught.value.problems] == [
        "separators[1]",
        "gates[0]",
        "gates[1]",
    ]


def test_a_network_cannot_be_changed() -> None:
    net = network(SQUARE, sources=np.zeros((4, 2, 2)))
    assert net.sources is not None
    arrays = (net.weights, net.bias, net.sources, net.levels)
    gates = (net.gates.start, net.gates.inputs, net.gates.weights, net.gates.bias)
    for array in (*arrays, *gates, net.names.prefix, net.names.number):
        with pytest.raises(ValueError, match="read-only"):
            array.flat[0] = 1


def test_a_network_keeps_copies() -> None:
    """The caller's arrays stay the caller's."""
    weights = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    net = network(SQUARE, weights=weights[:])
    weights[0, 0] = -1
    assert net.weights[0, 0] == 1


@pytest.mark.parametrize("points", [[[np.nan, 0]], [[0, np.inf]], [1, 2], [[1, 2, 3]]])
def test_points_that_are_none(points: object) -> None:
    with pytest.raises(ValueError, match="points must"):
        network(SQUARE).inside(points)


def test_points_that_overflow() -> None:
    disc = regions.compile(Circle((0, 0), 1))
    assert disc.inside([[1e100, 0]]).tolist() == [False]
    with pytest.raises(regions.InputError, match="overflow"):
        disc.inside([[1e200, 0]])
    steep = network(SQUARE, weights=np.array([[1e200, -1e200]] * 4))
    with pytest.raises(regions.InputError, match="overflow"):
        steep.inside([[1e200, 1e200]])


def test_no_points() -> None:
    assert network(SQUARE).fires(np.empty((0, 2))).shape == (0, 1)


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_summation(seed: int) -> None:
    """`((w0*f0 + w1*f1) + w2*f2) + ... + b`, one rounding an operation, features from the left."""
    rng = np.random.default_rng(seed)
    features = monomials(3)
    weights = rng.normal(size=(5, len(features))) * 10.0 ** rng.integers(-3, 4, len(features))
    weights[rng.random(weights.shape) < 0.3] = 0
    net = Network(
        center=(float(rng.normal()), float(rng.normal())),
        exponent=int(rng.integers(-3, 4)),
        features=features,
        weights=weights,
        bias=rng.normal(size=5),
        gates=gates_from_rows([]),
        names=Names.of(list("abcde")),
        outputs=(Output("a", 0),),
    )
    x, y = rng.normal(size=(2, 7))
    z = preactivations(net, x, y)
    for i, row in enumerate(weights.tolist()):
        for k in range(7):
            u = (float(x[k]) - net.center[0]) * 2.0**net.exponent
            v = (float(y[k]) - net.center[1]) * 2.0**net.exponent
            values = [u, v, u * u, u * v, v * v, u * u * u, u * u * v, u * (v * v), v * v * v]
            total = row[0] * values[0]
            for w, value in zip(row[1:], values[1:], strict=True):
                total = total + w * value
            assert float(z[i, k]) == total + float(net.bias[i])


def test_chunks_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    net = regions.compile(SHAPES / "south_africa.yaml")
    points = np.random.default_rng(0).uniform((16, -35), (33, -22), (3000, 2))
    whole = net.inside(points)
    monkeypatch.setattr("regions.network.evaluate.CHUNK_BYTES", 100_000)
    assert (net.inside(points) == whole).all()
    assert [bool(net.inside(points[[k]])[0]) for k in range(50)] == whole[:50].tolist()


@given(csg_trees)
def test_json_is_lossless(shape: Shape) -> None:
    net = regions.compile(Spec("trial", shape, (-9, -9, 9, 9)))
    again = loads(dumps(net))
    for name in ("center", "exponent", "features", "exact", "window", "outputs"):
        assert getattr(again, name) == getattr(net, name)
    assert list(again.names) == list(net.names)
    for ours, theirs in (
        (net.weights, again.weights),
        (net.bias, again.bias),
        (net.gates.start, again.gates.start),
        (net.gates.inputs, again.gates.inputs),
        (net.gates.weights, again.gates.weights),
        (net.gates.bias, again.gates.bias),
    ):
        assert ours.tobytes() == theirs.tobytes()
    assert dumps(again) == dumps(net)


def test_the_files_keys_are_the_contracts(tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    regions.compile(SHAPES / "war_zone_b.yaml").save(path)
    data = json.loads(path.read_text())
    for key in ("format", "center", "exponent", "features", "separators", "gates", "outputs"):
        assert key in data
    assert data["features"] == [[1, 0], [0, 1], [2, 0], [1, 1], [0, 2]]
    assert data["separators"][0] == {
        "name": "ring.outer",
        "weights": [0, 0, -1, 0, -1],
        "bias": 9,
    }
    assert data["gates"] == [
        {"name": "ring", "inputs": ["ring.outer", "ring.inner"], "weights": [1, 1], "bias": -1.5}
    ]
    assert regions.load_network(path).inside([[2, 0], [0, 0]]).tolist() == [True, False]


def test_units_by_number() -> None:
    text = dumps(network(SQUARE))
    data = json.loads(text)
    data["gates"][0]["inputs"] = [0, 1, 2, 3]
    data["outputs"][0]["unit"] = 4
    assert dumps(loads(json.dumps(data))) == text


@pytest.mark.parametrize(
    ("find", "put", "said"),
    [
        ('"bias": -3.5', '"bias": -3.3', "15:5: gates[0]: the bias must be a multiple of 1/2"),
        ('"inputs": ["left"', '"inputs": ["lft"', "gates[0].inputs[0]: no unit is named 'lft'"),
        ('"weights": [1, 0]', '"weights": [1]', "separators[0].weights: 1 weights for 2 features"),
        ('"weights": [1, 0]', '"weights": [1, "0"]', "separators[0].weights[1]: input should be"),
        ('"weights": [1, 0]', '"weights": [1, NaN]', "separators[0].weights[1]: input should be"),
        ('"weights": [1, 1, 1, 1]', '"weights": [1, 1.5, 1, 1]', "gates[0].weights[1]: input"),
        ('"format": 1', '"format": 2', "2:13: format: input should be 1"),
        ('"unit"', '"unti"', "outputs[0].unti: this key is unknown"),
        ('"unit"', '"unti"', "outputs[0].unit: this key is missing"),
        ('"exponent": 0,', '"exponent": 0', "not JSON"),
        ('"exponent": 0', '"exponent": 1' + "0" * 400, "exponent: "),
        ('"exponent": 0', '"exponent": 1' + "0" * 5000, "net.json: "),
        ("[[1, 0], [0, 1]]", "[]", "features: "),
        (
            '"weights": [1, 1, 1, 1]',
            '"weights": [1, 1, 1, 1' + "0" * 30 + "]",
            "gates[0].weights[3]",
        ),
        ('"inputs": ["left"', '"inputs": [1' + "0" * 30, "gates[0].inputs[0]"),
    ],
)
def test_files_that_break_the_format(find: str, put: str, said: str) -> None:
    text = dumps(network(SQUARE, window=(0.0, 0.0, 1.0, 1.0)))
    assert find in text
    with pytest.raises(regions.NetworkError) as caught:
        loads(text.replace(find, put, 1), file="net.json")
    assert said in str(caught.value)
    assert "net.json:" in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_a_file_in_which_a_name_stands_twice() -> None:
    data = json.loads(dumps(network(SQUARE)))
    data["gates"][0] |= {"name": "top", "inputs": [0, 1, 2, 3]}
    data["outputs"][0]["unit"] = 4
    with pytest.raises(regions.NetworkError, match=r"gates\[0\].name: the name 'top'"):
        loads(json.dumps(data))


def test_many_faults_are_cut_short() -> None:
    data = json.loads(dumps(network(SQUARE)))
    data["separators"] = [{"nam": "x"}] * 2000
    with pytest.raises(regions.NetworkError) as caught:
        loads(json.dumps(data))
    assert len(caught.value.problems) == 101
    assert "more problems" in caught.value.problems[-1].message


def test_deeply_nested_json() -> None:
    with pytest.raises(regions.NetworkError):
        loads("[" * 100_000)


@given(csg_trees)
def test_layered_networks_are_strict_and_equal(shape: Shape) -> None:
    net = regions.compile(Spec("trial", shape, (-9, -9, 9, 9)))
    strict = net.layered()
    levels = strict.levels
    for gate in range(strict.n_gates):
        row = strict.gates.row(gate)
        own = levels[strict.n_separators + gate]
        assert (levels[strict.gates.inputs[row]] == own - 1).all()
    assert (np.diff(levels) >= 0).all()
    assert all(levels[output.unit] == strict.depth for output in strict.outputs)
    assert strict.depth == net.depth
    points = np.random.default_rng(0).uniform(-10, 10, (300, 2))
    assert (strict.inside(points) == net.inside(points)).all()


def test_layered_names_stay_unique() -> None:
    rows: list[Row] = [([0, 1], [1, 1], -1.5), ([4, 2], [1, 1], -1.5)]
    names = Names.of(["left", "right", "bottom", "bottom in layer 2", "low", "high"])
    strict = network(rows, (Output("out", 5),), names=names).layered()
    assert len(set(strict.names)) == strict.size


def test_layered_with_constants_and_two_outputs() -> None:
    rows: list[Row] = [([], [], 0.5), ([0, 4], [1, 1], -1.5), ([5, 1], [1, 1], -1.5)]
    net = network(rows, (Output("deep", 6), Output("shallow", 2), Output("always", 4)))
    strict = net.layered()
    points = [[0.5, 0.5], [0.5, -1], [2, 3]]
    assert strict.fires(points).tolist() == net.fires(points).tolist()
    assert strict.layered().size == strict.size


def test_trace_shows_every_unit() -> None:
    net = regions.compile(SHAPES / "war_zone_a.yaml", "parts")
    trace = net.trace((3.0, 5.0))
    assert len(trace) == net.size
    assert [unit.name for unit in trace] == list(net.names)
    assert trace.regions == {"war zone a": True}
    for unit in trace:
        assert unit.output == (unit.preactivation >= 0)
    left = next(unit for unit in trace if unit.name.endswith("walls.left"))
    assert left.preactivation == 2
    assert trace[-1].preactivation == 0.5


def test_a_lone_separator_and_its_negation() -> None:
    disc = regions.compile(Circle((0, 0), 1))
    assert (disc.size, disc.depth) == (1, 1)
    outside = regions.compile(Spec("out", Complement(Circle((0, 0), 1)), (-2, -2, 2, 2)))
    assert (outside.size, outside.depth) == (2, 2)
    assert outside.inside([[1, 0], [1.1, 0]]).tolist() == [False, True]


def test_names_are_unique_even_when_shapes_share_them() -> None:
    disc = Circle((0, 0), 1, name="disc")
    other = Circle((0.5, 0), 1, name="disc")
    both = Union((disc, other), name="both")
    assert list(regions.compile(both).names) == ["both.disc[0]", "both.disc[1]", "both"]
    twice = regions.compile(Difference((Union((disc, other)), other)))
    assert len(set(twice.names)) == twice.size


def test_names_are_unique_as_spelled() -> None:
    labels = [Label("p", 0), Label("p[0]"), Label("p", 0), Label("p#2", 0), Label("q")]
    names = list(distinct(names_of(labels)))
    assert names[0] == "p[0]"
    assert names[4] == "q"
    assert len(set(names)) == len(names)


def test_only_the_digits_0_to_9_number_a_unit() -> None:
    names = Names.of(["a[13]", "a[1\u0663]", "a[013]", "a[3]x"])
    assert not names.repeated().any()
    assert names_of([Label("a", 13), Label("a[13]")]).repeated().tolist() == [False, True]


def test_names_with_a_meaning_are_refused() -> None:
    for name in ("a.b", "edge[0]", "not a", "", " a", "a\nb"):
        with pytest.raises(regions.SpecError, match="name"):
            Circle((0, 0), 1, name=name)
        with pytest.raises(regions.SpecError, match="name"):
            Union((Circle((0, 0), 1),), name=name)


def test_operands_are_shapes() -> None:
    with pytest.raises(regions.SpecError, match="wrap a polygon in Polygonal"):
        Union((shapely.box(0, 0, 1, 1),))  # type: ignore[arg-type]


def test_a_symmetric_difference_of_four_keeps_its_name() -> None:
    boxes = tuple(Box(i, 0, i + 2, 1) for i in range(4))
    net = regions.compile(SymmetricDifference(boxes, name="four"), "parts")
    assert net.names[net.outputs[0].unit] == "four"
    assert "four.step[1]" in list(net.names)


def test_the_feature_map() -> None:
    assert [feature_name(m) for m in monomials(2)] == ["x", "y", "x^2", "x y", "y^2"]
    assert len(monomials(6)) == 27


def test_exact_means_exact() -> None:
    """An exact separator's value at a lattice point is the rational value."""
    net = regions.compile(SHAPES / "war_zone_a.yaml")
    assert net.exact
    x, y = 0.375, 7.25
    z = preactivations(net, np.array([x]), np.array([y]))[:, 0]
    for row, bias, value in zip(net.weights, net.bias, z, strict=True):
        exact = Fraction(row[0]) * Fraction(x) + Fraction(row[1]) * Fraction(y) + Fraction(bias)
        assert Fraction(float(value)) == exact


def test_saving_leaves_the_old_file_on_failure(tmp_path: Path) -> None:
    net = network(SQUARE)
    with pytest.raises(regions.OutputError, match="cannot be written"):
        net.save(tmp_path / "missing" / "net.json")
    with pytest.raises(regions.OutputError, match="directory"):
        net.save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_replacing_keeps_the_rules() -> None:
    with pytest.raises(regions.NetworkError):
        replace(network(SQUARE), bias=np.array([np.nan] * 4))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda net: pickle.loads(pickle.dumps(net))])
def test_copies_and_pickles_are_frozen_too(copied: Callable[[Network], Network]) -> None:
    net = regions.compile(SHAPES / "war_zone_b.yaml")
    assert net.depth == copied(net).depth
    other = copied(net)
    assert dumps(other) == dumps(net)
    arrays = [other.weights, other.bias, other.gates.inputs, other.names.prefix, other.names.number]
    assert not any(array.flags.writeable for array in arrays)


def test_a_broken_pickle_is_refused() -> None:
    net = regions.compile(SHAPES / "war_zone_b.yaml")
    broken = pickle.dumps(net).replace(net.bias.tobytes(), np.full_like(net.bias, np.nan).tobytes())
    with pytest.raises(NetworkError, match="finite"):
        pickle.loads(broken)
