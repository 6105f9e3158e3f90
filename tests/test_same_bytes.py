"""Every picture has the same bytes in every process: whatever the order of sets, and whatever was
drawn before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import regions
from regions.check.compare import verify
from regions.compiler import build
from regions.draw.look import Look
from regions.story.views import Subject, ViewName, render_view
from tests.conftest import ROOT, SHAPES

PRINT, SMALL = Look(), Look("slide", pixels=480)
PICTURES: list[tuple[str, ViewName, str, Look]] = [
    *(("war_zone_a", "region", suffix, PRINT) for suffix in ("png", "svg", "pdf")),
    ("war_zone_a", "region", "slide.png", SMALL),
    ("war_zone_a", "units", "slide.png", SMALL),
    *(("war_zone_a", "cells", f"slide.{suffix}", SMALL) for suffix in ("png", "svg")),
    ("war_zone_b", "story", "png", Look("print", pixels=480, colors=64)),
    ("war_zone_b", "story", "dark.png", Look("slide", "dark", 480, 64)),
    *(("gear", "network", f"slide.{suffix}", SMALL) for suffix in ("png", "svg", "pdf")),
    *((name, "one-layer", "slide.svg", SMALL) for name in ("star", "war_zone_a")),
]


@cache
def subject(name: str) -> Subject:
    path = SHAPES / f"{name}.yaml"
    spec = regions.load(path)
    made = build(spec)
    report = verify(made.network, spec)
    return Subject(spec, made.network, made, report, path.read_text(encoding="utf-8"))


def write(name: str, view: ViewName, look: Look, path: Path) -> None:
    render_view(subject(name), view, path, look)


def show(path: Path) -> None:
    """What a notebook shows."""
    spec = subject("war_zone_b").spec
    shown = f"{subject('war_zone_b').network._repr_svg_()}{spec._repr_html_()}"
    path.write_text(shown, encoding="utf-8")


def draw_all(folder: Path, step: int) -> None:
    """All pictures, from the first or, by the step -1, from the last."""
    drawn: list[tuple[str, Callable[[Path], None]]] = [("notebook.html", show)]
    for name, view, suffix, look in PICTURES:
        drawn.append((f"{name}.{view}.{suffix}", partial(write, name, view, look)))
    folder.mkdir()
    for file, draw in drawn[::step]:
        draw(folder / file)


def test_all_have_the_same_bytes_in_another_process_and_order(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    code = "import sys; from pathlib import Path; from tests.test_same_bytes import draw_all; "
    subprocess.run(
        [sys.executable, "-W", "error", "-c", f"{code}draw_all(Path(sys.argv[1]), -1)", there],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"},
    )
    draw_all(here, 1)
    drawn = {path.name: path.read_bytes() for path in here.iterdir()}
    again = {path.name: path.read_bytes() for path in there.iterdir()}
    assert len(drawn) == len(PICTURES) + 1
    assert drawn.keys() == again.keys()
    assert [name for name in drawn if drawn[name] != again[name]] == []
