"""The committed gallery is what `regions gallery` draws from shapes/ today."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import regions
from regions.story.gallery import STORIES, gallery
from tests.conftest import ROOT, SHAPES
from tests.pictures import VISIBLE, difference

COMMITTED = ROOT / "gallery"
NAMES = sorted(path.stem for path in SHAPES.glob("*.yaml"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery drawn now, at the same depth below the shapes."""
    output = tmp_path_factory.mktemp("drawn") / "gallery"
    entries = list(gallery(SHAPES, output, "auto"))
    assert all(entry.report.ok for entry in entries)
    return output


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def test_the_same_files(fresh: Path) -> None:
    assert files(fresh) == files(COMMITTED), "run `make gallery` and commit what it draws"


@pytest.mark.parametrize("name", ["README.md", "index.html"])
def test_the_indices_are_fresh(fresh: Path, name: str) -> None:
    """All of them but the links to the specs, which lead elsewhere from a temporary folder."""

    def text(folder: Path) -> str:
        found = (folder / name).read_text(encoding="utf-8")
        return "".join(part.partition('"')[2] for part in found.split('href="'))

    assert text(fresh) == text(COMMITTED), "run `make gallery` and commit what it draws"


@pytest.mark.parametrize("folder", [".", STORIES])
@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_fresh(fresh: Path, name: str, folder: str) -> None:
    found = difference(fresh / folder / f"{name}.png", COMMITTED / folder / f"{name}.png")
    assert found <= VISIBLE, "run `make gallery` and commit what it draws"


class Links(HTMLParser):
    """What a page leads to and shows, and its headings; refuses tags that are left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("img", "br", "meta"):
            self.open.append(tag)
        self.found += [str(value) for key, value in attrs if key in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "h2":
            self.headings.append(data)


@pytest.mark.parametrize("name", ["README.md", "index.html"])
def test_the_indices_lead_to_every_spec_picture_and_story(name: str) -> None:
    links = Links((COMMITTED / name).read_text(encoding="utf-8")).found
    for stem in NAMES:
        wanted = {f"../shapes/{stem}.yaml", f"{stem}.png", f"{STORIES}/{stem}.png"}
        assert wanted <= set(links)
    for link in links:
        assert link.startswith("#") or (COMMITTED / link).exists(), link


def test_shapes_stand_in_groups() -> None:
    page = Links((COMMITTED / "index.html").read_text(encoding="utf-8"))
    groups = {regions.load(path).group for path in SHAPES.glob("*.yaml")}
    assert page.headings == sorted(groups)
    assert "" not in groups
    assert len(NAMES) >= 24


def test_no_word_of_a_spec_can_break_the_page(tmp_path: Path) -> None:
    spec = 'about: "</td></figure>"\ngroup: "<script>"\nshape: {box: [0, 0, 1, 1]}\n'
    (tmp_path / "odd & <i>.yaml").write_text(spec, encoding="utf-8")
    (tmp_path / "plain.yaml").write_text("shape: {box: [0, 0, 1, 1]}\n", encoding="utf-8")
    list(gallery(tmp_path, tmp_path / "out", "auto"))
    for name in ("README.md", "index.html"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "".join(Links(text).headings) in ("<script>More", "")
        assert "<script>" not in text
