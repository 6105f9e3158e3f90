"""The committed gallery is what `regions gallery` draws from shapes/ today."""

from __future__ import annotations

from pathlib import Path

import pytest

from regions.story.gallery import gallery
from tests.conftest import ROOT, SHAPES
from tests.pictures import VISIBLE, difference

COMMITTED = ROOT / "gallery"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery drawn now, at the same depth below the shapes."""
    output = tmp_path_factory.mktemp("drawn") / "gallery"
    entries = list(gallery(SHAPES, output, "auto"))
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


@pytest.mark.parametrize("name", sorted(path.stem for path in SHAPES.glob("*.yaml")))
def test_the_picture_is_fresh(fresh: Path, name: str) -> None:
    found = difference(fresh / f"{name}.png", COMMITTED / f"{name}.png")
    assert found <= VISIBLE, "run `make gallery` and commit what it draws"
