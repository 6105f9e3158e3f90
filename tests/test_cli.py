"""The command line: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from PIL import Image

import regions
from regions.cli import main
from regions.commands.options import FORMATS, STRATEGIES, VIEWS
from regions.compiler import STRATEGIES as COMPILERS
from regions.errors import InputError
from tests.conftest import ROOT, SHAPES

HOUSE = str(SHAPES / "war_zone_a.yaml")
RING = str(SHAPES / "war_zone_b.yaml")


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(*arguments: str | Path) -> str:
    """What is said on stderr when exit code 2 is due."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


def spec(folder: Path, text: str, name: str = "trial.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_strategies_are_the_compilers() -> None:
    assert tuple(COMPILERS) == STRATEGIES


def test_views_and_formats_are_those_below() -> None:
    from regions.story.explain import WRITERS
    from regions.story.views import ViewName

    assert get_args(ViewName) == VIEWS
    assert tuple(WRITERS) == FORMATS


@pytest.mark.parametrize("view", ["region", "network", "one-layer"])
def test_views_are_drawn_in_any_format(view: str, tmp_path: Path) -> None:
    for suffix, head in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        path = tmp_path / f"a{suffix}"
        result = run("render", HOUSE, "--view", view, "--dark", "--slide", "-o", path)
        assert result.exit_code == 0
        assert path.read_bytes().startswith(head)
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (1920, 1080)
    run("render", HOUSE, "--view", view, "--pixels", 300, "-o", tmp_path / "small.png")
    with Image.open(tmp_path / "small.png") as picture:
        assert picture.size[0] == 300


def test_options_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    out = ("-o", tmp_path / "x.png")
    assert "--witness goes with" in refused("render", HOUSE, "--witness", "--view", "units", *out)
    assert "--witness goes with" in refused("render", HOUSE, "--witness", "--slide", *out)
    assert "--shade goes with" in refused("render", HOUSE, "--shade", *out)
    assert "--one-layer goes with" in refused("explain", HOUSE, "--one-layer", "--at", "1,2")
    assert "--one-layer goes with" in refused("explain", HOUSE, "--one-layer", "--format", "latex")
    assert "--one-layer goes with" in refused("explain", HOUSE, "--one-layer", "--strategy", "auto")
    assert "--one-layer goes with" in refused("explain", HOUSE, "--one-layer", "--max-depth", "2")
    assert "explain writes text" in refused("explain", HOUSE, *out)
    one_layer = ("--view", "one-layer", "--network", tmp_path / "net.json")
    assert "--network goes with" in refused("render", HOUSE, *one_layer, *out)
    assert "is a curve" in refused("explain", RING, "--one-layer")
    assert "use the view `units`" in refused(
        "render", SHAPES / "gear.yaml", "--view", "cells", *out
    )
    assert list(tmp_path.iterdir()) == []


def test_the_one_layer_question_is_answered_in_words_and_drawn(tmp_path: Path) -> None:
    said = run("explain", SHAPES / "plus.yaml", "--one-layer").stdout
    assert "yes" in said
    assert said.endswith("\n")
    words, drawn = tmp_path / "answer.txt", tmp_path / "answer.svg"
    assert str(words) in run("explain", SHAPES / "plus.yaml", "--one-layer", "-o", words).stdout
    assert words.read_text(encoding="utf-8") == said
    assert run("explain", SHAPES / "star.yaml", "--one-layer", "-o", drawn).exit_code == 0
    assert drawn.read_bytes().startswith(b"<?xml")


def test_verify_passes_all_shapes() -> None:
    result = run("verify", HOUSE, RING)
    assert result.exit_code == 0
    words = [line.split()[0] for line in result.stdout.splitlines()]
    assert words == ["ok", "PROVED", "ok", "PROVED"]


def test_verify_as_json() -> None:
    one = json.loads(run("verify", HOUSE, "--json").stdout)
    keys = "name verdict coverage spill iou mismatched pixels band ok"
    assert set(keys.split()) <= set(one)
    assert one["verdict"] == "equal"
    both = json.loads(run("verify", HOUSE, RING, "--json").stdout)
    assert [report["name"] for report in both] == ["war zone a", "war zone b"]


def test_a_network_that_does_not_match_fails(tmp_path: Path) -> None:
    net = tmp_path / "net.json"
    assert run("compile", HOUSE, "-o", net).exit_code == 0
    assert run("verify", HOUSE, "--network", net).exit_code == 0
    data = json.loads(net.read_text())
    data["gates"][0]["bias"] += 1
    net.write_text(json.dumps(data))
    result = run("verify", HOUSE, "--network", net)
    assert result.exit_code == 1
    assert result.stdout.startswith("FAILED war zone a: different")
    assert run("render", HOUSE, "--network", net, "-o", tmp_path / "a.png").exit_code == 1
    assert (tmp_path / "a.png").exists()
    assert json.loads(run("show", HOUSE, "--network", net, "--json").stdout)["strategy"] is None


def test_a_broken_expectation_fails(tmp_path: Path) -> None:
    path = spec(tmp_path, "shape: {box: [0, 0, 1, 1]}\nexpect: {inside: [[2, 2]], area: 3}\n")
    result = run("verify", path)
    assert result.exit_code == 1
    assert "(2, 2) is outside the region" in result.stdout
    assert "the area is 1, not 3" in result.stdout


def test_refused_specs_have_their_place_in_the_json(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.yaml")
    result = run("verify", missing, HOUSE, "--json")
    assert result.exit_code == 2
    first, second = json.loads(result.stdout)
    assert first["ok"] is False
    assert "no such file" in first["error"]
    assert second["name"] == "war zone a"
    assert json.loads(run("verify", missing, "--json").stdout)["ok"] is False


def test_problems_beyond_the_document_name_the_file(tmp_path: Path) -> None:
    """Refused in a later stage: by the frame, the forward pass, or the raster check."""
    texts = {
        "tiny": "shape: {box: [0, 0, 1.1e-310, 1.3e-310]}\n",
        "far": "shape: {circle: {center: [0, 0], radius: 1e-9}}\nexpect: {outside: [[1e150, 0]]}\n",
        "huge": "shape: {circle: {center: [1e15, 0], radius: 1e15}}\nwindow: [-1, -1, 1, 1]\n",
    }
    for name, text in texts.items():
        path = spec(tmp_path, text, f"{name}.yaml")
        result = run("verify", path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"{path}: ")


def test_networks_of_several_regions_are_refused(tmp_path: Path) -> None:
    net = tmp_path / "net.json"
    run("compile", HOUSE, "-o", net)
    data = json.loads(net.read_text())
    data["outputs"].append({"name": "left", "unit": 0})
    net.write_text(json.dumps(data))
    for command in ("verify", "render"):
        said = refused(command, HOUSE, "--network", net)
        assert said.startswith(f"{net}: the network has several regions")


def test_a_foreign_readme_is_kept(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# My own\n")
    spec(tmp_path, "shape: {box: [0, 0, 1, 1]}\n")
    assert "is not the index of a gallery" in refused("gallery", tmp_path, "-o", tmp_path)
    assert (tmp_path / "README.md").read_text() == "# My own\n"
    assert run("gallery", tmp_path, "-o", tmp_path / "new").exit_code == 0
    assert run("gallery", tmp_path, "-o", tmp_path / "new").exit_code == 0


def test_one_bad_spec_does_not_hide_the_others(tmp_path: Path) -> None:
    result = run("verify", tmp_path / "missing.yaml", HOUSE)
    assert result.exit_code == 2
    assert "ok     war zone a" in result.stdout
    assert "there is no such file" in result.stderr


def test_show_prints_the_feature_map_and_the_weights() -> None:
    shown = run("show", RING).stdout
    assert "features (x, y, x^2, x y, y^2)" in shown
    assert "2 separators and 1 gate" in shown
    assert "-x^2 - y^2 + 9" in shown
    assert "x^2 + y^2 - 1" in shown
    assert "ring.outer + ring.inner - 1.5" in shown


def test_show_reads_the_decimals_back() -> None:
    shown = run("show", SHAPES / "star.yaml").stdout
    assert "~ 5955 x - 2939 y + 29390\n" in shown
    assert "~ 4.635 x + 4.756 y + 29.387445\n" in shown
    assert "coordinates u = x * 2^-4, v = y * 2^-4\n" in shown
    assert shown.count("~ the spec's decimals") == 1
    assert "~" not in run("show", HOUSE).stdout


def test_show_says_what_gates_mean(tmp_path: Path) -> None:
    net = tmp_path / "net.json"
    run("compile", SHAPES / "strip.yaml", "-o", net)
    data = json.loads(net.read_text())
    names = [separator["name"] for separator in data["separators"]]
    data["center"] = [math.pi, 0]
    data["gates"] = [
        {"name": "most", "inputs": names, "weights": [1, -1, 1], "bias": -0.5},
        {"name": "fused", "inputs": names, "weights": [2, 1, 1], "bias": -2.5},
    ]
    data["outputs"] = [{"name": "strip", "unit": "fused"}]
    net.write_text(json.dumps(data))
    shown = run("show", SHAPES / "strip.yaml", "--network", net).stdout
    assert "coordinates u = x - 3.141592653589793, v = y\n" in shown
    assert "  strip.above  -u + 2 v + 2\n" in shown
    assert "  most: at least 2 of 3\n      strip.above - strip.below + strip.limit - 0.5\n" in shown
    assert "  fused\n      2 strip.above + strip.below + strip.limit - 2.5\n" in shown
    assert "\n      strip.above AND (strip.below OR strip.limit)\n" in shown


def test_show_as_json() -> None:
    shown = json.loads(run("show", RING, "--json").stdout)
    assert shown["size"] == 3
    assert shown["depth"] == 2
    assert (shown["n_separators"], shown["n_gates"]) == (2, 1)
    assert shown["strategy"] == "edges"
    assert [each["strategy"] for each in shown["auto"]] == ["parts", "edges", "cover", "one-layer"]
    assert (shown["edges"], shown["lower_bound"], shown["units_per_edge"]) == (2, 3, 1.5)
    assert (shown["largest_weight"], shown["largest_fan_in"], shown["relays"]) == (1, 2, 0)
    assert shown["features"] == ["x", "y", "x^2", "x y", "y^2"]


def test_show_counts_what_it_leaves_out() -> None:
    shown = run("show", SHAPES / "poland.yaml").stdout
    assert "more; `regions compile SPEC -o net.json` writes all" in shown
    assert len(shown.splitlines()) < 200


def test_compile_prints_or_writes_the_same(tmp_path: Path) -> None:
    net = tmp_path / "net.json"
    run("compile", HOUSE, "-o", net)
    assert run("compile", HOUSE).stdout == net.read_text()
    assert run("compile", HOUSE, "-o", "-").stdout == net.read_text()
    assert regions.load_network(net).inside([[3, 5]]).tolist() == [True]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_render_writes_pictures(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    assert run("render", HOUSE, "-o", path, "--pixels", "400").exit_code == 0
    assert path.stat().st_size > 1000
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_render_chooses_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("render", RING, "--pixels", "300").exit_code == 0
    assert (tmp_path / "war_zone_b.png").read_bytes()[:4] == b"\x89PNG"


def test_pixels_are_pixels(tmp_path: Path) -> None:
    from matplotlib.image import imread

    run("render", HOUSE, "-o", tmp_path / "a.png", "--pixels", "800")
    assert imread(tmp_path / "a.png").shape[:2] == (800, 800)


def test_schemas_are_json() -> None:
    assert "shape" in json.loads(run("schema").stdout)["properties"]
    assert "separators" in json.loads(run("schema", "--network").stdout)["properties"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shape: {cirle: {center: [0, 0], radius: 1}}\n", "circle"),
        ("shape: {circle: {center: [0, 0], radius: wide}}\n", "radius"),
        ("shape: {circle: {center: [0, .nan], radius: 1}}\n", "center"),
        ("shape: {polygon: [[0, 0], [2, 2], [2, 0], [0, 2]]}\n", "Self-intersection at (1, 1)"),
        ("shape: {polygon: [[0, 0], [1, 1], [2, 2]]}\n", "polygon"),
        ("shape: {geojson: missing.geojson}\n", "missing.geojson"),
        ("shape: {geojson: ../outside.geojson}\n", "outside"),
        ("shape: {wkt: POLYGON EMPTY}\n", "empty"),
        ("shape: {halfplane: [1, 0, 0]}\n", "window"),
        ("shape: &a {union: [*a]}\n", "alias"),
        ("shape: [\n", "trial.yaml:"),
        ("", "trial.yaml"),
    ],
)
def test_bad_specs_are_refused(tmp_path: Path, text: str, said: str) -> None:
    path = spec(tmp_path, text)
    for command in ("verify", "show", "render", "compile"):
        message = refused(command, path)
        assert said in message
        assert message.startswith(f"{path}:")
    assert list(tmp_path.iterdir()) == [path]


def test_bad_files_are_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("name: Köln\nshape: {box: [0, 0, 1, 1]}\n".encode("latin-1"))
    assert f"{latin}:1:8: byte 0xf6 is not UTF-8" in refused("show", latin)
    assert "is a directory" in refused("show", tmp_path)
    close = tmp_path / "latim.yaml"
    assert f"did you mean {latin}?" in refused("show", close)
    assert "no such file" in refused("verify", HOUSE, "--network", tmp_path / "net.json")
    assert "not JSON" in refused("verify", HOUSE, "--network", SHAPES / "data" / "SOURCES.md")


def test_bad_usage_is_refused(tmp_path: Path) -> None:
    assert "unknown" in refused("show", HOUSE, "--strategy", "unknown")
    assert "No such command" in refused("paint")
    assert "Missing argument" in refused("verify")


def test_bad_outputs_are_refused(tmp_path: Path) -> None:
    assert "cannot be written" in refused("compile", HOUSE, "-o", tmp_path / "no" / "net.json")
    assert "directory" in refused("compile", HOUSE, "-o", tmp_path)
    assert ".gif" in refused("render", HOUSE, "-o", tmp_path / "a.gif")
    assert "cannot be written" in refused("render", HOUSE, "-o", tmp_path / "no" / "a.png")
    taken = tmp_path / "file"
    taken.write_text("x")
    assert "cannot be made" in refused("gallery", SHAPES, "-o", taken / "gallery")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "cannot be written" in refused("compile", HOUSE, "-o", tmp_path / "net.json")
    tmp_path.chmod(0o700)


def test_the_gallery_names_all_bad_specs_before_any_work(tmp_path: Path) -> None:
    spec(tmp_path, "shape: {box: [0, 0, 1]}\n", "a.yaml")
    spec(tmp_path, "shape: {box: [0, 0, 1, 1]}\n", "b.yaml")
    spec(tmp_path, "shape: {bax: [0, 0, 1, 1]}\n", "c.yaml")
    said = refused("gallery", tmp_path, "-o", tmp_path / "out")
    assert "a.yaml" in said
    assert "c.yaml" in said
    assert not (tmp_path / "out").exists()
    assert "is no folder" in refused("gallery", tmp_path / "nowhere")
    assert "holds no *.yaml" in refused("gallery", SHAPES / "data")


def test_interrupting_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("regions.check.verification.verify", interrupt)
    result = run("verify", HOUSE)
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_problems_of_all_kinds_reach_the_user() -> None:
    """One class stands behind every refusal, so that the command line needs to know only one."""
    for error in (regions.SpecError, regions.NetworkError, regions.OutputError):
        assert issubclass(error, InputError)


def test_the_launcher_of_a_checkout() -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", "verify", HOUSE], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stdout.startswith("ok")
