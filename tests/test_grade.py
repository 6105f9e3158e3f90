"""Grading: verdicts, witnesses that are true, repairs that repair, and the table."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import regions
from regions.check.grade import COLUMNS, LISTED, Graded, Unreadable, grade, grade_file
from regions.check.gradebook import table, tally
from regions.check.repair import repairs
from regions.cli import main
from regions.network.exact import exact_outputs
from regions.network.file import load_network
from regions.network.handset.read import loads
from regions.network.handset.write import dumps
from regions.network.model import Network
from tests import oracle
from tests.cells import judge
from tests.conftest import ROOT, SHAPES
from tests.test_handset_files import networks

ANSWERS = ROOT / "tests" / "answers"
HOUSE = SHAPES / "war_zone_a.yaml"
OUTLINE = shapely.Polygon([(1, 0), (5, 0), (5, 4), (6, 4), (3, 8), (0, 4), (1, 4)])
"""The house of `war_zone_a`, as one polygon."""


def graded(text: str, boundary: str = "ignore") -> Graded:
    return grade("trial", loads(text), regions.load(HOUSE), boundary)  # type: ignore[arg-type]


def answer(name: str) -> str:
    return (ANSWERS / f"{name}.yaml").read_text(encoding="utf-8")


# Flips -------------------------------------------------------------------------------------------


def forced(network: Network, fired: Sequence[bool], unit: int) -> list[bool]:
    """All outputs once one unit is made to answer otherwise: every gate computed again."""
    outputs = list(fired)
    outputs[unit] = not outputs[unit]
    gates = network.gates
    for gate in range(network.n_gates):
        row, own = gates.row(gate), network.n_separators + gate
        pairs = zip(gates.inputs[row].tolist(), gates.weights[row].tolist(), strict=True)
        total = sum(weight * outputs[i] for i, weight in pairs) + gates.bias[gate]
        if own != unit:
            outputs[own] = bool(total >= 0)
    return outputs


@given(networks(), st.integers(-3, 3), st.integers(-3, 3))
def test_repairs_are_the_flips_that_repair(network: Network, x: int, y: int) -> None:
    fired = exact_outputs(network, Fraction(x), Fraction(y))
    for output in network.outputs:
        expected = [
            unit
            for unit in range(network.size)
            if unit != output.unit
            and forced(network, fired, unit)[output.unit] != fired[output.unit]
        ]
        assert repairs(network, fired, output.unit) == expected


# Verdicts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "boundary", "verdict", "proof", "size", "depth"),
    [
        ("anna", "ignore", "right", "equal", 9, 3),
        ("anna", "strict", "right", "equal", 9, 3),
        ("ben", "ignore", "wrong", "different", 9, 3),
        ("carla", "ignore", "right", "equal", 7, 2),
        ("carla", "strict", "right", "equal", 7, 2),
        ("emil", "ignore", "right", "equal except on the boundary", 7, 2),
        ("emil", "strict", "wrong", "equal except on the boundary", 7, 2),
    ],
)
def test_the_class(
    name: str, boundary: str, verdict: str, proof: str, size: int, depth: int
) -> None:
    found = graded(answer(name), boundary)
    assert (found.verdict, found.proof.verdict, found.size, found.depth) == (
        verdict,
        proof,
        size,
        depth,
    )
    assert found.right == (found.words == proof)


def is_true(network: Network, found: Graded) -> bool:
    """Whether the witness is one, in exact rationals and by the oracle of the tests."""
    witness = found.proof.witness
    assert witness is not None
    [inside] = oracle.contains(OUTLINE, [witness.exact])
    said = exact_outputs(network, *witness.exact)[network.output().unit]
    return (said, inside) == (witness.network, witness.shape) and said != inside


def test_ben_is_told_a_point_and_what_would_repair_it() -> None:
    network = load_network(ANSWERS / "ben.yaml")
    found = grade_file(ANSWERS / "ben.yaml", regions.load(HOUSE))
    assert isinstance(found, Graded)
    assert is_true(network, found)
    assert found.repairs is not None
    assert {"east", "body"} <= set(found.repairs)
    assert found.words.startswith("says 1 at (5.")
    assert ", which is outside the shape; flipping `" in found.words
    assert found.words.endswith(" alone would repair this point")


numbers = st.sampled_from(["0", "1", "2", "3", "4", "5", "6", "9", "12", "36", "0.5", "35.9999999"])
"""Those of the answers, and some that are wrong almost everywhere in them."""


@st.composite
def changed(draw: st.DrawFn) -> str:
    """An answer with a number or two changed, and perhaps a comparison."""
    text = answer(draw(st.sampled_from(["anna", "carla", "emil"])))
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.sampled_from(list(re.finditer(r"(?<=[ *\"])[\d.]+", text))))
        text = text[: place.start()] + draw(numbers) + text[place.end() :]
    if draw(st.booleans()):
        place = draw(st.sampled_from(list(re.finditer(r"[<>]=?", text))))
        sign = draw(st.sampled_from([">=", ">", "<=", "<"]))
        text = text[: place.start()] + sign + text[place.end() :]
    return text


@settings(max_examples=25)
@given(changed(), st.sampled_from(["ignore", "strict"]))
def test_verdicts_are_those_of_an_enumeration(text: str, boundary: str) -> None:
    """Right or wrong as all cells say, with a witness that is one and repairs that repair."""
    try:
        network = loads(text)
    except regions.NetworkError:
        # The only fault that a changed number can have: weights that are too large.
        reject()
    found = graded(text, boundary)
    assert found.proof.verdict == judge(network, regions.load(HOUSE)).verdict
    let_off = ["equal except on the boundary"] if boundary == "ignore" else []
    assert found.right == (found.proof.verdict in ["equal", *let_off])
    if found.right:
        return
    assert is_true(network, found)
    witness = found.proof.witness
    assert witness is not None
    fired = exact_outputs(network, *witness.exact)
    assert found.repairs is not None
    for name in network.names:
        again = forced(network, fired, list(network.names).index(name))
        repaired = again[network.output().unit] == witness.shape
        assert (name in found.repairs) == (repaired and name != "house")


def test_a_region_that_reads_nothing_cannot_be_repaired() -> None:
    found = graded("network: {units: {house: 0 >= 1}, output: house}")
    assert found.repairs == ()
    assert found.words.endswith("no flip of a single unit would repair this point")


def test_a_single_strict_line() -> None:
    """Its NOT is the region's own unit, and no unit of the student's."""
    found = graded("network: {units: {west: x > 1}, output: west}")
    assert (found.size, found.repairs) == (2, ("west",))
    assert found.words.endswith("flipping `west` alone would repair this point")


def test_within_rounding_no_repairs_are_told() -> None:
    """A point of an exact edge, where the rounded separator answers otherwise than it is read."""
    spec = regions.load(SHAPES / "star.yaml")
    network = loads(dumps(regions.compile(spec)).replace(' >= 0"', ' > 0"'))
    assert grade("trial", network, spec).words == "equal except on the boundary"
    found = grade("trial", network, spec, "strict")
    assert not found.right
    witness = found.proof.witness
    assert witness is not None
    said = exact_outputs(network, *witness.exact)[network.output().unit]
    assert said != witness.network
    assert found.repairs is None
    assert found.words == str(witness)


def test_many_repairs_are_counted() -> None:
    """A chain of relays: whatever the point, each of them would repair it."""
    relays = "".join(f'    relay{i}: "relay{i - 1} >= 1"\n' for i in range(1, 9))
    relays = relays.replace("relay0", "house")
    text = answer("ben").replace("  output: house", f"{relays}  output: relay8")
    found = graded(text)
    assert found.repairs is not None
    assert set(found.repairs) >= {"house", *(f"relay{i}" for i in range(1, 8))}
    more = len(found.repairs) - LISTED
    assert f"`{found.repairs[LISTED - 1]}` or {more} more alone would repair" in found.words


# Files, the command line, and the table -----------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize(
    ("names", "code", "told"),
    [
        (["anna", "carla"], 0, "2 right, 0 wrong, 0 unreadable"),
        (["anna", "ben"], 1, "1 right, 1 wrong, 0 unreadable"),
        (["dora", "ben", "anna"], 2, "1 right, 1 wrong, 1 unreadable"),
        (["nobody"], 2, "0 right, 0 wrong, 1 unreadable"),
    ],
)
def test_exit_codes(names: list[str], code: int, told: str) -> None:
    result = run("grade", HOUSE, *(ANSWERS / f"{name}.yaml" for name in names))
    assert result.exit_code == code
    lines = result.stdout.splitlines()
    assert len(lines) == len(names) + 1
    assert lines[-1] == told
    assert bool(result.stderr) == (code == 2)


def test_bad_specs_are_refused(tmp_path: Path) -> None:
    result = run("grade", ANSWERS / "anna.yaml", ANSWERS / "ben.yaml")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "network: unknown key 'network'" in result.stderr
    assert run("grade", HOUSE).exit_code == 2


def test_boundary_is_asked_for() -> None:
    assert run("grade", HOUSE, ANSWERS / "emil.yaml").exit_code == 0
    strict = run("grade", HOUSE, ANSWERS / "emil.yaml", "--boundary", "strict")
    assert strict.exit_code == 1
    assert strict.stdout.startswith("wrong      ")
    assert "says 0 at (" in strict.stdout


def test_the_table(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    files = [ANSWERS / f"{name}.yaml" for name in ("anna", "ben", "dora")]
    assert run("grade", HOUSE, *files, "--csv", path).exit_code == 2
    anna, ben, dora = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert tuple(anna) == COLUMNS
    assert anna["file"] == str(files[0])
    assert (anna["verdict"], anna["proof"], anna["size"], anna["x"]) == ("right", "equal", "9", "")
    assert (ben["verdict"], ben["proof"], ben["says"]) == ("wrong", "different", "1")
    assert 5 < float(ben["x"]) <= 6
    assert 0 <= float(ben["y"]) <= 4
    assert (dora["verdict"], dora["size"]) == ("unreadable", "")
    assert (
        "line 6: network.units.roof: no unit is called rigth; did you mean right?" in dora["words"]
    )
    refused = run("grade", HOUSE, files[0], "--csv", tmp_path / "no" / "class.csv")
    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["class.csv"]


def test_the_table_runs_nothing() -> None:
    """A file's name may be a formula to a spreadsheet; what a cell says never is."""
    bad = Unreadable("=1+1.yaml", (regions.errors.Problem("bad"),))
    assert table([bad]).splitlines()[1] == "./=1+1.yaml,unreadable,,,,,,,bad"
    assert tally([bad]) == "0 right, 0 wrong, 1 unreadable"


def test_json_is_graded_too_and_several_regions_are_not(tmp_path: Path) -> None:
    regions.compile(HOUSE).save(tmp_path / "net.json")
    two = answer("anna").replace("output: house", "outputs: {a: roof, b: body}")
    (tmp_path / "two.yaml").write_text(two, encoding="utf-8")
    result = run("grade", HOUSE, tmp_path / "net.json", tmp_path / "two.yaml")
    assert result.exit_code == 2
    right, unreadable, _ = result.stdout.splitlines()
    assert right == f"right      {tmp_path / 'net.json'} (size 7, depth 2): equal"
    assert unreadable == f"unreadable {tmp_path / 'two.yaml'}: 1 problem"
    assert result.stderr.startswith(f"{tmp_path / 'two.yaml'}: the network has several regions")
