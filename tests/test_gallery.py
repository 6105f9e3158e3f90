"""The committed gallery is what `regions gallery` draws from shapes/ today."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.image import imread
from PIL import Image

from regions.story.gallery import gallery
from tests.conftest import ROOT, SHAPES

COMMITTED = ROOT / "gallery"

VISIBLE = 24 / 255
"""A difference in a colour channel that an eye could see; another CPU's rounding gives 1 / 255."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery drawn now, at the same depth below the shapes."""
    output = tmp_path_factory.mktemp("drawn") / "gallery"
    entries = list(gallery(SHAPES, output, "parts"))
    assert all(entry.report.ok for entry in entries)
    return output


def test_the_same_files(fresh: Path) -> None:
    drawn = {file.name for file in fresh.iterdir()}
    committed = {file.name for file in COMMITTED.iterdir()}
    assert drawn == committed, "run `make gallery` and commit what it draws"


def test_the_index_is_fresh(fresh: Path) -> None:
    """All of it but the links to the specs, which lead elsewhere from a temporary folder."""

    def lines(folder: Path) -> list[str]:
        text = (folder / "README.md").read_text(encoding="utf-8")
        return [line.partition('(<a href="')[0] for line in text.splitlines()]

    assert lines(fresh) == lines(COMMITTED), "run `make gallery` and commit what it draws"


def test_the_index_links_to_specs_and_pictures() -> None:
    text = (COMMITTED / "README.md").read_text(encoding="utf-8")
    for spec in SHAPES.glob("*.yaml"):
        assert f'href="../shapes/{spec.name}"' in text
        assert f'src="{spec.stem}.png"' in text


def blurred(picture: np.ndarray) -> np.ndarray:
    """Means over blocks of 30 x 30 pixels: how a version of matplotlib sets letters is lost."""
    height, width, channels = picture.shape
    return picture.reshape(height // 30, 30, width // 30, 30, channels).mean(axis=(1, 3))


@pytest.mark.parametrize("name", sorted(path.stem for path in SHAPES.glob("*.yaml")))
def test_the_picture_is_fresh(fresh: Path, name: str) -> None:
    drawn, committed = (imread(folder / f"{name}.png") for folder in (fresh, COMMITTED))
    assert drawn.shape == committed.shape
    with Image.open(COMMITTED / f"{name}.png") as picture:
        software = picture.info["Software"]
    if f"version{matplotlib.__version__}," not in software:
        drawn, committed = blurred(drawn), blurred(committed)
    difference = np.abs(drawn.astype(float) - committed.astype(float)).max()
    assert difference <= VISIBLE, "run `make gallery` and commit what it draws"
