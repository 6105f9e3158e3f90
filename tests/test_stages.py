"""The pictures of docs/compiler.md: fresh, the same bytes twice, readable, and on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from regions.draw.panels import WIDTH, sheet, write
from regions.draw.save import save
from regions.story.stages import pictures, write_all
from tests.conftest import ROOT, SHAPES
from tests.pictures import BLOCK, VISIBLE, difference, faults, words

COMMITTED = ROOT / "docs" / "pictures"
NAMES = sorted(path.stem for path in COMMITTED.glob("*.png"))
STALE = "run `make pictures` and commit what it draws"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    write_all(folder, SHAPES)
    return folder


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return pictures(SHAPES)


def test_the_same_files(fresh: Path) -> None:
    assert NAMES
    assert sorted(path.stem for path in fresh.iterdir()) == NAMES, STALE


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_fresh(fresh: Path, name: str) -> None:
    assert difference(fresh / f"{name}.png", COMMITTED / f"{name}.png") <= VISIBLE, STALE


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_give_the_same_bytes(
    fresh: Path, figures: dict[str, Figure], name: str, tmp_path: Path
) -> None:
    again = tmp_path / "again.png"
    save(figures[name], again)
    assert again.read_bytes() == (fresh / f"{name}.png").read_bytes()


def erased(source: Path, target: Path, side: int, software: str | None = None) -> Path:
    """A copy of a picture with a black square in a corner, said to be drawn by other software."""
    with Image.open(source) as picture:
        info = PngInfo()
        info.add_text("Software", software or picture.info["Software"])
        picture.paste("black", (BLOCK, BLOCK, BLOCK + side, BLOCK + side))
        picture.save(target, pnginfo=info)
    return target


def test_a_stale_picture_is_seen(fresh: Path, tmp_path: Path) -> None:
    """One pixel, by the same matplotlib; by another one, more than the stroke of a letter."""
    own, pixel = fresh / "fuse.png", tmp_path / "changed.png"
    assert difference(own, erased(own, pixel, side=0)) == 0
    assert difference(own, erased(own, pixel, side=1)) > VISIBLE
    assert difference(own, erased(own, pixel, side=2, software="another")) <= VISIBLE
    assert difference(own, erased(own, pixel, side=BLOCK, software="another")) > VISIBLE
    assert difference(own, fresh / "cover.png") > VISIBLE


@pytest.mark.parametrize("name", NAMES)
def test_the_words_can_be_read(figures: dict[str, Figure], name: str) -> None:
    assert len(words(figures[name])) > 5
    assert faults(figures[name]) == []


@pytest.mark.parametrize(
    ("at", "size", "fault"),
    [((100.0, 60.0), 7.0, "new"), ((3.0, 60.0), 9.0, "new"), ((295.0, 100.0), 9.0, "old | new")],
)
def test_words_that_cannot_be_read_are_found(
    at: tuple[float, float], size: float, fault: str
) -> None:
    figure = sheet(14)
    write(figure, (WIDTH / 2, 100.0), "old")
    assert faults(figure) == []
    write(figure, at, "new", size)
    assert faults(figure) == [fault]


def test_the_page_shows_them_all_and_says_what_they_show() -> None:
    page = (ROOT / "docs" / "compiler.md").read_text(encoding="utf-8")
    shown = re.findall(r"^!\[(.{20,})\]\(pictures/(\w+)\.png\)$", page, re.MULTILINE)
    assert sorted(name for _, name in shown) == NAMES
