"""`regions verify`: the raster check and the proof together, and what counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import regions
from regions.check.compare import verify
from regions.check.notebook import BAD, GOOD
from regions.check.verification import Verification, verify_and_prove
from regions.cli import main
from regions.network.model import Gates, Network, Output
from regions.shape.model import Box, Circle, Expectation, Spec, SymmetricDifference, Union
from tests.conftest import ROOT, SHAPES

HOUSE = str(SHAPES / "war_zone_a.yaml")
RING = str(SHAPES / "war_zone_b.yaml")
ANSWERS = ROOT / "tests" / "answers"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["verify", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answer(name: str) -> tuple[str, str, str]:
    return HOUSE, "--network", str(ANSWERS / f"{name}.yaml")


def shifted(tmp_path: Path, amount: float) -> Path:
    """The house's network with one separator moved by less than any pixel shows."""
    network = regions.compile(HOUSE)
    bias = network.bias.copy()
    bias[0] += amount
    path = tmp_path / "shifted.json"
    replace(network, bias=bias).save(path)
    return path


def dear(tmp_path: Path) -> Path:
    """Discs in so large a number that their proof is not made unasked."""
    discs = [
        f"    - circle: {{center: [{x}, {y}], radius: 1}}" for x in range(9) for y in range(14)
    ]
    path = tmp_path / "discs.yaml"
    path.write_text("shape:\n  union:\n" + "\n".join(discs) + "\n", encoding="utf-8")
    return path


def test_what_is_quick_is_proved() -> None:
    result = run(HOUSE)
    assert result.exit_code == 0
    raster, proof = result.stdout.splitlines()
    assert raster.startswith("ok     war zone a: equal, IoU 1, ")
    assert proof.startswith("       PROVED equal: 6 lines, 20 faces, 32 edges, 13 vertices")
    assert run(HOUSE, "--prove").stdout.split(" vertices")[0] == result.stdout.split(" vertices")[0]


def test_no_proof_leaves_only_the_raster_check() -> None:
    result = run(HOUSE, "--no-prove")
    assert result.exit_code == 0
    assert result.stdout == f"{verify(regions.compile(HOUSE), HOUSE)}\n"


def test_what_is_dear_is_proved_where_that_is_asked(tmp_path: Path) -> None:
    path = dear(tmp_path)
    skipped = run(path)
    assert skipped.exit_code == 0
    raster, said = skipped.stdout.splitlines()
    assert raster.startswith("ok     discs: equal")
    assert said == "       not proved: it may take 1 s; --prove does it"
    assert len(run(path, "--no-prove").stdout.splitlines()) == 1
    assert "\n       PROVED equal: 126 curves, " in run(path, "--prove").stdout
    assert json.loads(run(path, "--json").stdout)["proof"] is None


def test_the_proof_refuses_what_no_pixel_shows(tmp_path: Path) -> None:
    net = shifted(tmp_path, 1e-6)
    blind = run(HOUSE, "--network", net, "--no-prove")
    assert blind.exit_code == 0
    assert blind.stdout.startswith("ok ")
    for more in [], ["--prove"], ["--boundary", "strict"], ["--boundary", "ignore"]:
        result = run(HOUSE, "--network", net, *more)
        assert result.exit_code == 1
        raster, proof, witness = result.stdout.splitlines()
        assert raster.startswith("FAILED war zone a: equal, IoU 1, 0 of ")
        assert proof.startswith("       DISPROVED different: ")
        assert witness.startswith("       says 1 at (")
    told = json.loads(run(HOUSE, "--network", net, "--json").stdout)
    assert (told["verdict"], told["ok"]) == ("equal", False)
    assert told["proof"]["verdict"] == "different"
    assert told["proof"]["witness"]["network"] is True


def test_one_failed_proof_among_several_specs(tmp_path: Path) -> None:
    net = shifted(tmp_path, 1e-6)
    result = run(HOUSE, HOUSE, "--network", net)
    assert result.exit_code == 1
    assert result.stdout.count("DISPROVED") == 2
    missing = run(tmp_path / "missing.yaml", HOUSE, "--network", net)
    assert missing.exit_code == 2
    assert "DISPROVED" in missing.stdout


def test_the_boundary_counts_unless_a_network_was_read() -> None:
    """The open house lacks its boundary, of which the spec expects five points inside."""
    let_off = run(*answer("emil"))
    assert let_off.exit_code == 0
    assert let_off.stdout.startswith("ok     war zone a: equal, IoU 1, ")
    assert "\n       PROVED equal except on the boundary: " in let_off.stdout
    assert "expect" not in let_off.stdout
    held = run(*answer("emil"), "--boundary", "strict")
    assert held.exit_code == 1
    assert held.stdout.startswith("FAILED war zone a: equal, IoU 1, ")
    assert held.stdout.count("       expect: ") == 5
    assert "\n       PROVED equal except on the boundary: " in held.stdout
    for counts, ok in ("strict", False), ("ignore", True):
        told = json.loads(run(*answer("emil"), "--boundary", counts, "--json").stdout)
        assert told["ok"] is ok
        assert told["proof"]["verdict"] == "equal except on the boundary"
    assert run(HOUSE, "--boundary", "ignore").exit_code == 0


def test_a_strict_boundary_is_a_matter_of_the_proof(tmp_path: Path) -> None:
    """Where nothing is expected of the boundary, only the proof looks at it."""
    path = tmp_path / "house.yaml"
    path.write_text(Path(HOUSE).read_text(encoding="utf-8").partition("expect:")[0])
    emil = ("--network", ANSWERS / "emil.yaml", "--boundary", "strict")
    assert run(path, *emil).exit_code == 1
    assert run(path, *emil, "--no-prove").exit_code == 0


def test_what_is_wrong_off_the_boundary_is_wrong_either_way() -> None:
    for boundary in "strict", "ignore":
        result = run(*answer("ben"), "--boundary", boundary)
        assert result.exit_code == 1
        assert result.stdout.startswith("FAILED war zone a: different, ")
        assert "(5.5, 3.9) is inside the region" in result.stdout
        assert "\n       DISPROVED different: " in result.stdout
    assert run(*answer("ben"), "--no-prove").exit_code == 1


def test_render_lets_the_boundary_off_as_verify_does(tmp_path: Path) -> None:
    arguments = ["render", *answer("emil"), "-o", str(tmp_path / "a.png"), "--pixels", "300"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("ok     war zone a: equal")
    assert "PROVED" not in result.stdout


def test_proofs_as_json() -> None:
    spec = regions.load(HOUSE)
    proof = regions.prove(regions.compile(spec), spec)
    told = json.loads(run(HOUSE, "--json").stdout)
    assert told["proof"] == json.loads(json.dumps(proof.to_dict()))
    assert (told["ok"], told["verdict"]) == (True, "equal")
    skipped = json.loads(run(HOUSE, "--no-prove", "--json").stdout)
    assert skipped == told | {"proof": None}
    both = json.loads(run(HOUSE, RING, "--json").stdout)
    assert [each["proof"]["verdict"] for each in both] == ["equal", "equal"]


def test_networks_that_cannot_be_judged_are_refused(tmp_path: Path) -> None:
    network = regions.compile(HOUSE)
    net = tmp_path / "several.json"
    replace(network, outputs=(*network.outputs, Output("left", 0))).save(net)
    for more in [], ["--prove"], ["--no-prove"]:
        result = run(HOUSE, "--network", net, *more)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith(f"{net}: the network has several regions")
    assert run(HOUSE, "--boundary", "some").exit_code == 2


@pytest.fixture(scope="module")
def proved() -> Verification:
    return verify_and_prove(regions.compile(HOUSE), HOUSE)


def test_an_undecided_area_holds_and_is_told(proved: Verification) -> None:
    assert proved.proof is not None
    area = replace(
        proved.proof, verdict="equal except within an undecided area", undecided=1e-9, seconds=0.0
    )
    for boundary in "strict", "ignore":
        found = replace(proved, proof=area, boundary=boundary)
        assert found.ok
        assert "PROVED equal except within an undecided area: " in str(found)
        assert "undecided area at most 1e-09" in str(found)


def test_notebooks_show_the_whole(proved: Verification) -> None:
    assert GOOD in proved._repr_html_()
    assert "PROVED equal" in proved._repr_html_()
    assert proved.proof is not None
    wrong = replace(proved, proof=replace(proved.proof, verdict="different"))
    assert not wrong.ok
    assert wrong.report.ok
    assert BAD in wrong._repr_html_()


def expecting(shape: Box | Circle | Union | SymmetricDifference, **points: object) -> Spec:
    wanted = {key: np.array(value, dtype=float) for key, value in points.items()}
    return Spec("trial", shape, (-1.0, -1.0, 5.0, 5.0), expect=Expectation(**wanted))


def test_only_points_in_the_band_are_let_off() -> None:
    """On an edge and by a curve; not a hundredth of a pixel from an edge."""
    pixel = 6 / 512
    near = [(0.0, 2.0), (4.0, 4.0), (-1e-13, 1.0)]
    far = [(-pixel / 100, 2.0), (4.5, 4.5)]
    spec = expecting(Box(0, 0, 4, 4), inside=[*near, *far], outside=[(4.0, 1.0), (2.0, 2.0)])
    network = regions.compile(spec)
    strict = verify(network, spec)
    assert len(strict.failures) == 5
    let_off = verify(network, spec, boundary="ignore")
    assert let_off.failures == tuple(
        f"({x:.9g}, {y:.9g}) is {where} the region"
        for x, y, where in [(*far[0], "outside"), (*far[1], "outside"), (2, 2, "inside")]
    )
    assert replace(strict, failures=()) == replace(let_off, failures=())
    disc = expecting(Circle((2, 2), 1), outside=[(3.0, 2.0), (2.9, 2.0)])
    assert verify(regions.compile(disc), disc, boundary="ignore").failures == (
        "(2.9, 2) is inside the region",
    )


def test_other_expectations_are_never_let_off() -> None:
    spec = Spec("box", Box(0, 0, 4, 4), (-1.0, -1.0, 5.0, 5.0), expect=Expectation(max_size=4))
    assert not verify(regions.compile(spec), spec, boundary="ignore").ok


def test_what_the_proof_finds_equal_but_for_the_boundary_passes_as_a_whole() -> None:
    """Pixel centres on every edge, and expectations on edges, corners and a seam that is no point
    of the shape; the networks lack the boundary, or fill the seam."""
    halves = SymmetricDifference((Box(0, 0, 2, 4), Box(2, 0, 4, 4)))
    spec = Spec(
        "halves",
        halves,
        (-2 + 1 / 128, -2 + 1 / 128, 6 + 1 / 128, 6 + 1 / 128),
        expect=Expectation(inside=np.array([[0.0, 0.0], [4.0, 1.0]]), outside=np.array([[2.0, 1]])),
    )
    own = regions.compile(spec)
    assert verify_and_prove(own, spec).ok
    filled = regions.compile(Box(0, 0, 4, 4))
    opened = replace(filled, weights=-filled.weights, bias=-filled.bias, gates=_negated(filled))
    for network in filled, opened:
        found = verify_and_prove(network, spec, boundary="ignore")
        assert found.proof is not None
        assert found.proof.verdict == "equal except on the boundary"
        assert found.report.band > 1000
        assert found.ok
        assert not verify_and_prove(network, spec).ok


def _negated(network: Network) -> Gates:
    """The gate over separators that have been turned round: none of them may fire."""
    gates = network.gates
    assert network.n_gates == 1
    return replace(gates, weights=-gates.weights, bias=np.array([0.5]))
