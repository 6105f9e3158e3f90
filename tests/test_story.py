"""The story page: what it shows is true, and its words can be read."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.figure import Figure

import regions
from regions.check.compare import verify
from regions.compiler import build
from regions.draw.look import Look
from regions.draw.media import MEDIA, MediumName
from regions.draw.shades import NEGATIVE, POSITIVE
from regions.network.raster import Grid
from regions.shape.model import Polygonal, Spec
from regions.story.source import shape_lines
from regions.story.views import Subject, render_view, view
from tests.conftest import SHAPES
from tests.pictures import faults, words

PRINTED = ["war_zone_a", "war_zone_b", "word", "strip"]
ON_SLIDES = ["star", "heart"]
PAGES = [(name, "print") for name in PRINTED] + [(name, "slide") for name in ON_SLIDES]
MEDIUM_NAMES: tuple[MediumName, ...] = ("print", "slide")


@cache
def subject(name: str, strategy: str = "auto") -> Subject:
    path = SHAPES / f"{name}.yaml"
    spec = regions.load(path)
    made = build(spec, strategy)
    report = verify(made.network, spec, Grid.fitting(spec.window, 100))
    return Subject(spec, made.network, made, report, path.read_text(encoding="utf-8"))


@cache
def page(name: str, medium: MediumName) -> Figure:
    return view(subject(name), "story", MEDIA[medium])


@pytest.mark.parametrize(("name", "medium"), PAGES)
def test_the_words_can_be_read(name: str, medium: MediumName) -> None:
    assert not faults(page(name, medium))


def test_the_longest_names_fit_on_a_slide() -> None:
    found = subject("war_zone_a")
    spec = dataclasses.replace(found.spec, name="W" * 63)
    made = build(spec, "one-layer")
    wide = Subject(spec, made.network, made, verify(made.network, spec), found.text)
    assert not faults(view(wide, "story", MEDIA["slide"]))


@pytest.mark.parametrize("name", ["war_zone_a", "star", "heart", "strip"])
def test_sum_and_result_are_the_networks(name: str) -> None:
    network, window = subject(name).network, subject(name).spec.window
    images = [ax.images[0] for ax in page(name, "print").axes if ax.images]
    assert len(images) == 2
    for image, colors in zip(images, ((NEGATIVE, POSITIVE), (None, None)), strict=True):
        pixels = np.asarray(image.get_array())
        grid = Grid(window, pixels.shape[1], pixels.shape[0])
        fires = regions.rasterize(network, grid)
        if colors[0] is None:
            assert ((pixels[..., 3] > 0) == fires).all()
        else:
            positive = [int(POSITIVE[i : i + 2], 16) for i in (1, 3, 5)]
            assert ((pixels[..., :3] == positive).all(axis=-1) == fires).all()


def test_the_words_are_the_spec_the_gates_and_the_check() -> None:
    drawn = view(subject("war_zone_a", "parts"), "story", MEDIA["print"])
    text = "\n".join(text for text, _, _ in words(drawn))
    for wanted in (
        "box: [1, 0, 5, 4]",
        "4. The network: 10 units",
        "war zone a = roof OR walls",
        "IoU 1, 0 differ",
        "13 points",
    ):
        assert wanted in text
    assert "expect:" not in text


def test_a_broken_network_is_not_praised() -> None:
    whole = subject("war_zone_a")
    other = regions.compile(SHAPES / "plus.yaml")
    report = verify(other, whole.spec, Grid.fitting(whole.spec.window, 100))
    drawn = view(Subject(whole.spec, other, None, report, whole.text), "story", MEDIA["print"])
    text = " ".join(text for text, _, _ in words(drawn))
    assert f"{report.mismatched:,} differ" in text
    assert "does not hold" in text or "do not hold" in text
    assert not faults(drawn)


@pytest.mark.parametrize("medium", MEDIUM_NAMES)
def test_a_page_of_a_large_network_is_as_small_as_any(medium: MediumName) -> None:
    turns = np.linspace(0, 2 * np.pi, 800, endpoint=False)
    radius = 2 + 0.5 * np.sin(40 * turns)
    ring = np.stack([radius * np.cos(turns), radius * np.sin(turns)], axis=1)
    spec = Spec("sun", Polygonal(shapely.Polygon(ring)), (-3, -3, 3, 3))
    made = build(spec, "edges")
    report = verify(made.network, spec, Grid.fitting(spec.window, 40))
    drawn = view(Subject(spec, made.network, made, report), "story", MEDIA[medium])
    assert not faults(drawn)
    assert len(words(drawn)) < 80


def test_the_lines_of_a_spec_that_make_its_shape() -> None:
    text = "# a\nname: n\nabout: |\n  shape: no\n\ndefine:\n  r: 2\nshape:\n  box: [0, 0, r, 1]\n"
    text += "expect:\n  inside: [[1, 1]]\nwindow: [0, 0, 1, 1]\n"
    assert shape_lines(text) == ["define:", "  r: 2", "shape:", "  box: [0, 0, r, 1]"]
    assert shape_lines("") == []


def test_python_gets_the_pictures_of_the_command_line(tmp_path: Path) -> None:
    spec = SHAPES / "war_zone_b.yaml"
    figure = regions.picture(spec, "network", slide=True, dark=True)
    assert figure._repr_png_()[0].startswith(b"\x89PNG")
    Look("slide").save(figure, tmp_path / "python.png")
    render_view(subject("war_zone_b"), "network", tmp_path / "command.png", Look("slide", "dark"))
    assert (tmp_path / "python.png").read_bytes() == (tmp_path / "command.png").read_bytes()
    other = regions.compile(SHAPES / "plus.yaml")
    drawn = regions.picture(SHAPES / "plus.yaml", network=other)
    assert any("9 units" in text for text, _, _ in words(drawn))
