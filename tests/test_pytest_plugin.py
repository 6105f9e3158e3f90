"""Specs as tests: what is collected, what fails, and what is said."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace

import pytest

import regions
from regions.network.model import Network
from regions.testing import assert_region
from tests.conftest import ROOT, SHAPES

pytest_plugins = "pytester"

HOUSE = """\
shape:
  union:
    - polygon: [[0, 4], [6, 4], [3, 8]]
    - box: [1, 0, 5, 4]
expect:
  inside: [[3, 5]]
  area: 28
"""
BOX = "shape: {box: [0, 0, 4, 3]}\n"
RING = "shape: {annulus: {center: [0, 0], inner: 1, outer: 2}}\n"
WRONG = """\
name: shed
shape:
  box: [0, 0, 4, 3]
expect:
  inside: [[1, 1], [5, 1]]
  outside:
    - [2, 2]
  area: 13
  size: {max: 4}
"""
BROKEN = "shape:\n  cirle: {center: [0, 0], radius: 1}\n"

Run = Callable[..., pytest.RunResult]


@pytest.fixture(scope="module", autouse=True)
def _everything_loaded() -> None:
    """A run in this process forgets the modules it loaded; NumPy and SciPy load only once."""
    assert_region(SHAPES / "plus.yaml", SHAPES / "plus.yaml")


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Pytest in this process, with the plugin whether it is installed or not, and no other."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(*arguments: str) -> pytest.RunResult:
        plugin = "-p", "regions.pytest_plugin", "-p", "no:cacheprovider"
        return pytester.runpytest_inprocess(*plugin, *arguments)

    return run


def files(pytester: pytest.Pytester, **texts: str) -> None:
    """Specs by stem; `__` in it parts folders."""
    for stem, text in texts.items():
        path = pytester.path / f"{stem.replace('__', '/').replace('_', '.')}.yaml"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")


def collected(result: pytest.RunResult) -> list[str]:
    """The ids that `--collect-only -q` prints."""
    return [line for line in result.outlines if "::" in line]


def test_the_entry_point_is_this_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"regions": "regions.pytest_plugin"}


def test_specs_that_hold_pass(pytester: pytest.Pytester, run: Run) -> None:
    files(pytester, specs__house_region=HOUSE, box_region=BOX, other="not: [a, spec")
    result = run("-v")
    result.assert_outcomes(passed=3)
    assert result.ret == 0
    result.stdout.fnmatch_lines(["specs/house.region.yaml::expect PASSED *"])
    assert collected(run("--collect-only", "-q")) == [
        "box.region.yaml::verify",
        "specs/house.region.yaml::verify",
        "specs/house.region.yaml::expect",
    ]


def test_broken_expectations_stand_where_they_are_written(
    pytester: pytest.Pytester, run: Run
) -> None:
    files(pytester, shed_region=WRONG)
    result = run()
    result.assert_outcomes(passed=1, failed=1)
    assert result.ret == 1
    begin = next(i for i, line in enumerate(result.outlines) if "shed.region.yaml expect _" in line)
    assert result.outlines[begin + 1 : begin + 13] == [
        "shed.region.yaml:5:20: expect.inside[1]: (5, 1) is outside the region",
        "      inside: [[1, 1], [5, 1]]",
        "                       ^",
        "shed.region.yaml:7:7: expect.outside[0]: (2, 2) is inside the region",
        "        - [2, 2]",
        "          ^",
        "shed.region.yaml:8:9: expect.area: the area is 12, not 13 within 0.013",
        "      area: 13",
        "            ^",
        "shed.region.yaml:9:15: expect.size.max: the network has 5 units, more than 4",
        "      size: {max: 4}",
        "                  ^",
    ]
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_broken_document_is_an_error_with_its_place(pytester: pytest.Pytester, run: Run) -> None:
    files(pytester, broken_region=BROKEN, box_region=BOX)
    result = run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR collecting broken.region.yaml*",
            "broken.region.yaml:2:3: shape.cirle: unknown key 'cirle'; did you mean 'circle'[?]",
            "      cirle: {center: [[]0, 0[]], radius: 1}",
            "      ^",
        ],
        consecutive=True,
    )
    run("--continue-on-collection-errors").assert_outcomes(passed=1, errors=1)


def test_text_that_is_not_utf_8_is_an_error(pytester: pytest.Pytester, run: Run) -> None:
    (pytester.path / "old.region.yaml").write_bytes(b"about: caf\xe9\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*old.region.yaml:1:11: byte 0xe9 is not UTF-8; save*"])


def test_what_cannot_be_compared_fails_with_its_reason(pytester: pytest.Pytester, run: Run) -> None:
    huge = "shape: {circle: {center: [1e15, 0], radius: 1e15}}\nwindow: [-1, -1, 1, 1]\n"
    files(pytester, huge_region=huge)
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["huge.region.yaml: coordinates or curves are too large*"])
    result.stdout.no_fnmatch_line("*Traceback*")


def moved(network: Network, amount: float) -> Network:
    """The network with its first separator a bit away from its edge."""
    bias = network.bias.copy()
    bias[0] += amount
    return replace(network, bias=bias)


def test_a_wrong_network_is_drawn(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiler makes none, so the test does."""
    real = regions.compile
    monkeypatch.setattr("regions.compiler.compile", lambda spec: moved(real(spec), 0.5))
    files(pytester, box_region=BOX)
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "box.region.yaml:1:8: shape: FAILED box: different, IoU 0.909*",
            "       says 1 at (*), which is outside the shape",
            "x -0.* to *, y * to *: # both, + the network only, - the shape only",
            "...*###*...",
            "...+++*+++...",
        ]
    )
    result.stdout.no_fnmatch_line("*shape: {box*")
    result.stdout.no_fnmatch_line("*Traceback*")


def test_proofs_are_made_where_they_are_asked_for(pytester: pytest.Pytester, run: Run) -> None:
    files(pytester, box_region=BOX, ring_region=RING)
    assert collected(run("--collect-only", "-q", "--regions-prove")) == [
        "box.region.yaml::verify",
        "box.region.yaml::proof",
        "ring.region.yaml::verify",
        "ring.region.yaml::proof",
    ]
    run("--regions-prove").assert_outcomes(passed=4)
    run().assert_outcomes(passed=2)


def test_a_proof_sees_what_no_pixel_shows(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = regions.compile
    monkeypatch.setattr("regions.compiler.compile", lambda spec: moved(real(spec), 1e-6))
    files(pytester, box_region=BOX)
    run().assert_outcomes(passed=1)
    result = run("--regions-prove")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "* box.region.yaml proof *",
            "box.region.yaml:1:8: shape: box: DISPROVED different: * vertices*",
            "       says 1 at (*, -*), which is outside the shape",
            "x * to *, y -* to *: # both, + the network only, - the shape only",
            "*+*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_folder_of_specs_by_option(pytester: pytest.Pytester, run: Run) -> None:
    """Every YAML file directly in it, and nothing else there."""
    files(pytester, shapes__house=HOUSE, shapes__box=BOX, shapes__deeper__no=BROKEN, more__box=BOX)
    pytester.makepyfile(**{"shapes/test_not_me": "def test_it(): assert False"})
    pytester.makepyfile(test_me="def test_it(): pass")
    run("test_me.py").assert_outcomes(passed=1)
    options = "--regions", "shapes", "--regions=more"
    assert collected(run("--collect-only", "-q", *options, "test_me.py")) == [
        "test_me.py::test_it",
        "shapes/box.yaml::verify",
        "shapes/house.yaml::verify",
        "shapes/house.yaml::expect",
        "more/box.yaml::verify",
    ]
    run(*options, "test_me.py").assert_outcomes(passed=5)


@pytest.mark.parametrize("argument", [".", "shapes", "shapes/deeper", "shapes/deeper/box.yaml"])
def test_a_folder_that_is_named_twice_is_run_once(
    argument: str, pytester: pytest.Pytester, run: Run
) -> None:
    files(pytester, shapes__deeper__box=BOX)
    result = run("--collect-only", "-q", "--regions", "shapes/deeper", argument)
    assert collected(result) == ["shapes/deeper/box.yaml::verify"]


def test_one_check_of_a_folder_can_be_chosen(pytester: pytest.Pytester, run: Run) -> None:
    files(pytester, shapes__house=HOUSE, shapes__box=BOX)
    chosen = "shapes/house.yaml::expect"
    assert collected(run("--collect-only", "-q", "--regions", "shapes", chosen)) == [chosen]
    only = run("--collect-only", "-q", "--regions", "shapes", "-k", "house and verify")
    assert collected(only) == ["shapes/house.yaml::verify"]


@pytest.mark.parametrize("text", ["testpaths = tests", ""], ids=["testpaths", "no testpaths"])
def test_folders_join_what_is_tested_by_default(
    text: str, pytester: pytest.Pytester, run: Run
) -> None:
    pytester.makeini(f"[pytest]\n{text}\n")
    files(pytester, shapes__box=BOX, tests__box_region=BOX)
    assert set(collected(run("--collect-only", "-q", "--regions", "shapes"))) == {
        "shapes/box.yaml::verify",
        "tests/box.region.yaml::verify",
    }
    assert collected(run("--collect-only", "-q")) == ["tests/box.region.yaml::verify"]


def test_folders_without_specs_are_refused(pytester: pytest.Pytester, run: Run) -> None:
    (pytester.path / "empty").mkdir()
    for folder, said in {"empty": "holds no *.yaml files", "missing": "is no folder"}.items():
        result = run("--regions", folder)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines([f"ERROR: --regions: *{folder} {said}; name a folder of specs"])


def test_a_folder_that_pytest_does_not_enter_is_refused(
    pytester: pytest.Pytester, run: Run
) -> None:
    files(pytester, build__box=BOX, box_region=BOX)
    result = run("--regions", "build", ".")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["--regions: pytest does not look into *build; see its *"])
    run("--regions", "build", "build").assert_outcomes(passed=1)


def test_nothing_is_loaded_where_nothing_is_used(pytester: pytest.Pytester) -> None:
    """A whole run with the plugin, in a process of its own."""
    pytester.makepyfile("def test_it(): pass")
    code = (
        "import sys, pytest;"
        "assert pytest.main(['-p', 'regions.pytest_plugin', '-p', 'no:cacheprovider']) == 0;"
        "assert 'regions.pytest_plugin' in sys.modules;"
        "heavy = {'numpy', 'shapely', 'matplotlib', 'pydantic', 'yaml', 'click'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    environment = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=pytester.path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
