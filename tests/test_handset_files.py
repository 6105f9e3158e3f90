"""Networks written as YAML for people, and read again: the same function, the same numbers."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import regions
from regions.cli import main
from regions.network.exact import exact_outputs
from regions.network.file import dumps as as_json
from regions.network.handset.read import loads
from regions.network.handset.write import LONGEST_KEY, dumps
from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output, monomials
from regions.network.names import Names
from regions.shape.model import Shape, Spec
from tests.conftest import SHAPES
from tests.strategies import csg_trees

SPECS = sorted(SHAPES.glob("*.yaml"))
HOUSE = SHAPES / "war_zone_a.yaml"


def same_gates(one: Network, other: Network) -> bool:
    """Whether all gates read the same with the same numbers."""
    names = ("start", "inputs", "weights", "bias")
    pairs = [(getattr(one.gates, name), getattr(other.gates, name)) for name in names]
    return all(a.tolist() == b.tolist() for a, b in pairs)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_shapes_come_back(path: Path) -> None:
    network = regions.compile(path)
    text = dumps(network)
    again = loads(text)
    assert same_gates(network, again)
    assert (again.features, again.window) == (network.features, network.window)
    assert again.outputs == network.outputs
    own = network.center == (0, 0)
    assert text.startswith("#") == (not own)
    if own and network.exponent == 0:
        assert again.weights.tolist() == network.weights.tolist()
        assert again.bias.tolist() == network.bias.tolist()
    xmin, ymin, xmax, ymax = network.window or (0, 0, 1, 1)
    points = np.random.default_rng(0).uniform((xmin, ymin), (xmax, ymax), (20_000, 2))
    assert (again.inside(points) == network.inside(points)).all()


@settings(max_examples=40)
@given(csg_trees, st.integers(0, 2**32 - 1))
def test_compiled_networks_come_back(shape: Shape, seed: int) -> None:
    network = regions.compile(Spec("trial", shape, (-9, -9, 9, 9)))
    text = dumps(network)
    again = loads(text)
    assert same_gates(network, again)
    points = np.random.default_rng(seed).uniform(-10, 10, (500, 2))
    assert (again.inside(points) == network.inside(points)).all()
    if network.center == (0, 0):
        assert not text.startswith("#")
        x, y = (
            Fraction(*map(int, pair)) for pair in np.random.default_rng(seed).integers(1, 9, (2, 2))
        )
        assert exact_outputs(again, x, y) == exact_outputs(network, x, y)


odd_names = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs", "Mn"]).filter(
        str.isprintable
    ),
    min_size=1,
    max_size=6,
)
small = st.integers(-4, 4)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Whatever a file may hold: any frame, flat separators, odd names, whole biases, constants."""
    features = draw(st.sampled_from([monomials(1), monomials(2), ((1, 0), (0, 1), (0, 3))]))
    count = draw(st.integers(0, 3))
    rows = []
    for g in range(draw(st.integers(0 if count else 1, 3))):
        inputs = draw(st.lists(st.integers(0, max(count + g - 1, 0)), max_size=4 * (count + g > 0)))
        weights = draw(st.lists(small, min_size=len(inputs), max_size=len(inputs)))
        rows.append((inputs, weights, draw(small) / 2))
    size = count + len(rows)
    names = draw(st.lists(odd_names, min_size=size, max_size=size, unique=True))
    regions_of = draw(st.lists(odd_names, min_size=1, max_size=2, unique=True))
    weight = draw(st.lists(small, min_size=count * len(features), max_size=count * len(features)))
    return Network(
        center=(float(draw(small)), draw(small) / 8),
        exponent=draw(st.integers(-9, 9)),
        features=features,
        weights=np.array(weight, dtype=np.float64).reshape(count, len(features)),
        bias=np.array(draw(st.lists(small, min_size=count, max_size=count)), dtype=np.float64),
        gates=gates_from_rows(rows),
        names=Names.of(names),
        outputs=tuple(Output(name, draw(st.integers(0, size - 1))) for name in regions_of),
        window=draw(st.sampled_from([None, (-1.5, -1.0, 1e-3, 1e16)])),
    )


@given(networks())
def test_any_network_comes_back(network: Network) -> None:
    """Its numbers are small: nothing is rounded, so every unit answers the same, exactly."""
    text = dumps(network)
    again = loads(text)
    assert not text.startswith("#")
    assert set(again.features) >= set(network.features)
    assert again.window == network.window
    assert [o.name for o in again.outputs] == [o.name for o in network.outputs]
    if len(network.outputs) > 1:
        assert list(again.names) == list(network.names)
    for x, y in itertools.product(
        [Fraction(-7, 3), Fraction(0), Fraction(1, 8), Fraction(3)], repeat=2
    ):
        assert exact_outputs(again, x, y) == exact_outputs(network, x, y)
    assert dumps(again) == dumps(loads(dumps(again)))


def test_rounded_numbers_are_the_nearest_and_said_to_be() -> None:
    network = Network(
        center=(0.1, 0.0),
        exponent=2,
        features=monomials(1),
        weights=np.array([[0.3, 0.7], [0.0, 1.0]]),
        bias=np.array([0.1, 3.0]),
        gates=gates_from_rows([([0, 1], [1, 1], -1.5)]),
        names=Names.of(["a", "b", "c"]),
        outputs=(Output("c", 2),),
    )
    text = dumps(network)
    assert text.startswith(
        "# The network computes in coordinates of its own. In the user's, 1 of its 2"
    )
    again = loads(text)
    assert again.weights.tolist() == [[0.3, 0.7], [0, 1]]
    exact = Fraction(0.1) / 4 - Fraction(0.3) * Fraction(0.1)
    assert again.bias.tolist() == [float(exact), 0.75]
    assert Fraction(float(exact)) != exact


def test_the_text_is_what_a_person_would_write() -> None:
    assert (
        dumps(regions.compile(HOUSE))
        == """\
network:
  features: [x, y]
  window: [-1, -1, 7, 9]
  units:
    roof.edge[0]: "y - 4 >= 0"
    roof.edge[1]: "-4*x - 3*y + 36 >= 0"
    roof.edge[2]: "4*x - 3*y + 12 >= 0"
    walls.bottom: "y >= 0"
    walls.right: "-x + 5 >= 0"
    walls.left: "x - 1 >= 0"
    war zone a: "roof.edge[0] + 2*roof.edge[1] + 2*roof.edge[2] + walls.bottom + walls.right\
 + walls.left >= 6.5"
  output: war zone a
"""
    )


def square(names: list[str], output: str) -> Network:
    """Two lines and their AND, with these names."""
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(1),
        weights=np.array([[1.0, 0.0], [0.0, 1.0]]),
        bias=np.zeros(2),
        gates=gates_from_rows([([0, 1], [1, 1], -1.5)]),
        names=Names.of(names),
        outputs=(Output(output, 2),),
    )


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["box.left", "box.low", "box"], ["left", "low", "box"]),
        (["box.left", "left", "box"], ["box.left", "left", "box"]),
        (["box.", "low", "box"], ["box.", "low", "box"]),
        (["box.box", "low", "box"], ["box.box", "low", "box"]),
        (["true", "1", "x"], ["true", "1", "x"]),
        (["y", "a # b", "a: b"], ["y", "a # b", "a: b"]),
        (["'", '"\\', "- a"], ["'", '"\\', "- a"]),
    ],
)
def test_names(names: list[str], kept: list[str]) -> None:
    """The region's own name is left out where the others stay distinct."""
    again = loads(dumps(square(names, "box")))
    assert list(again.names) == kept
    assert again.inside([[0, 0], [0, -1]]).tolist() == [True, False]


def test_what_yaml_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("a\nb", "a\x7f", "a" * (LONGEST_KEY + 1), "\ud800"):
        with pytest.raises(
            regions.NetworkError, match="is too long or no text for YAML; write JSON"
        ):
            dumps(square([name, "b", "c"], "c"))
        with pytest.raises(regions.NetworkError, match="is too long or no text for YAML"):
            dumps(square(["a", "b", "c"], name))
    assert loads(dumps(square(["a" * LONGEST_KEY, "b", "c"], "c"))).size == 3
    with pytest.raises(regions.NetworkError, match="a number fits no double in the user's coord"):
        dumps(loads_json_with_exponent(-1000))
    monkeypatch.setattr("regions.network.handset.write.MAX_TEXT", 100)
    with pytest.raises(regions.NetworkError, match="a network of 3 units takes more than"):
        square(["a", "b", "c"], "c").save(tmp_path / "net.yaml")
    assert list(tmp_path.iterdir()) == []


def loads_json_with_exponent(exponent: int) -> Network:
    network = square(["a", "b", "c"], "c")
    text = as_json(network).replace('"exponent": 0', f'"exponent": {exponent}')
    return regions.network.file.loads(text.replace('"bias": 0', '"bias": 1e10'))


# Files and the command line ---------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("name", ["net.yaml", "net.yml", "NET.YAML"])
def test_the_suffix_tells_the_form(tmp_path: Path, name: str) -> None:
    network = regions.compile(HOUSE)
    network.save(tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8") == dumps(network)
    assert same_gates(regions.load_network(tmp_path / name), network)
    (tmp_path / "net.json").write_text(dumps(network))
    with pytest.raises(regions.NetworkError, match=r"not JSON: .* or name the file \.yaml"):
        regions.load_network(tmp_path / "net.json")


def test_every_command_takes_a_network_in_yaml(tmp_path: Path) -> None:
    net = tmp_path / "net.yaml"
    said = run("compile", HOUSE, "-o", net)
    assert said.stdout == f"{net}: size 7, depth 2\n"
    assert run("verify", HOUSE, "--network", net).exit_code == 0
    assert "size 7: 6 separators" in run("show", HOUSE, "--network", net).stdout
    assert run("render", HOUSE, "--network", net, "-o", tmp_path / "a.svg").exit_code == 0
    net.write_text(net.read_text().replace("x - 1 >= 0", "x - 2 >= 0"))
    assert run("verify", HOUSE, "--network", net).exit_code == 1
    result = run("verify", HOUSE, "--network", HOUSE)
    assert result.exit_code == 2
    assert "this is a spec; a network written by hand begins with `network:`" in result.stderr


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(regions.NetworkError, match="there is no such file"):
        regions.load_network(tmp_path / "net.yaml")
