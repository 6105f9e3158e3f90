"""The pictures at the top of the README: fresh, readable, and shown there."""

from __future__ import annotations

from pathlib import Path

import pytest

from regions.story.front import SHOWN, pictures, write_all
from tests.conftest import ROOT, SHAPES
from tests.pictures import VISIBLE, difference, faults

COMMITTED = ROOT / "docs" / "pictures" / "front"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("front")
    write_all(folder, SHAPES)
    return folder


@pytest.mark.parametrize("name", SHOWN)
def test_the_picture_is_fresh_and_on_the_page(fresh: Path, name: str) -> None:
    found = difference(fresh / f"{name}.png", COMMITTED / f"{name}.png")
    assert found <= VISIBLE, "run `make pictures` and commit what it draws"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index(f"docs/pictures/front/{name}.png") < readme.index("make demo")


def test_there_are_no_others() -> None:
    assert {path.stem for path in COMMITTED.iterdir()} == set(SHOWN)


def test_the_words_can_be_read() -> None:
    assert not [fault for figure in pictures(SHAPES).values() for fault in faults(figure)]
