"""The page of the language: a section, an example and a fresh picture of every construct."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from regions.draw.thumbnail import ASPECT, BESIDE, IN_TABLE, of_aspect, thumbnail
from regions.shape.modifier_keys import MODIFIERS
from regions.shape.schema import NODES
from regions.story.language import SMALL, examples, pictures, save_picture
from regions.story.language.scene import hull_points, origins, scene
from tests.conftest import ROOT, SHAPES
from tests.pictures import VISIBLE, difference, faults

PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
COMMITTED = ROOT / "docs" / "pictures" / "language"
EXAMPLES = {example.name: example for example in examples(PAGE)}
WORDS = ("name", "window", "expect", "repair", "define")
STALE = "run `make pictures` and commit what it draws"
MOST_BYTES = 600_000


def sections(page: str) -> dict[str, str]:
    """The texts below the headings that are a key of the language."""
    _, *found = re.split(r"^#+ (.*)$", page, flags=re.MULTILINE)
    return dict(zip((head.strip("`") for head in found[::2]), found[1::2], strict=True))


@pytest.mark.parametrize("key", [*NODES, *MODIFIERS, *WORDS])
def test_every_construct_has_a_line_an_example_and_a_picture(key: str) -> None:
    section = sections(PAGE)[key]
    assert re.match(r"\n\n[A-Z][^\n]+", section), "a line that says what it is"
    shown = examples(section)
    assert any(re.search(rf"\b{key}:", example.text) for example in shown)
    assert f'<a href="#{key}"><img width="105" src="pictures/language/{SMALL}/' in PAGE


def test_every_picture_belongs_to_an_example_and_has_a_place_in_the_table() -> None:
    beside = re.findall(r'<img align="right" width="210" src="([^"]+)" alt="[^"]{6,}">', PAGE)
    assert [f"pictures/language/{name}.png" for name in EXAMPLES] == beside
    table = re.findall(r'<img width="105" src="pictures/language/small/(\w+)\.png"', PAGE)
    assert len(set(table)) == len(table)
    assert set(table) == {name for name in EXAMPLES if name != "path_long"}


def test_the_links_of_the_table_lead_to_the_example() -> None:
    links = re.findall(r'<a href="#(\w+)"><img width="105" src="[^"]*/(\w+)\.png"', PAGE)
    heads = {head.lower(): text for head, text in sections(PAGE).items()}
    for anchor, name in links:
        assert f"pictures/language/{name}.png" in heads[anchor]


def test_the_same_files() -> None:
    for folder in (COMMITTED, COMMITTED / SMALL):
        assert {path.stem for path in folder.glob("*.png")} == set(EXAMPLES), STALE


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in COMMITTED.rglob("*.png")) < MOST_BYTES


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_picture_is_fresh_and_its_words_can_be_read(name: str, tmp_path: Path) -> None:
    figure = thumbnail(scene(EXAMPLES[name].text, SHAPES), BESIDE)
    save_picture(figure, tmp_path / "drawn.png")
    assert difference(tmp_path / "drawn.png", COMMITTED / f"{name}.png") <= VISIBLE, STALE
    assert faults(figure) == []


@pytest.mark.parametrize("name", ["polygon", "hull_points", "use", "name", "expect", "rotate"])
def test_the_small_picture_is_fresh(name: str, tmp_path: Path) -> None:
    """A few: they show the same scenes as the others."""
    figure = thumbnail(scene(EXAMPLES[name].text, SHAPES), IN_TABLE)
    save_picture(figure, tmp_path / "drawn.png")
    assert difference(tmp_path / "drawn.png", COMMITTED / SMALL / f"{name}.png") <= VISIBLE, STALE
    assert faults(figure) == []


def test_a_stale_picture_is_seen(tmp_path: Path) -> None:
    save_picture(thumbnail(scene("shape: {box: [0, 0, 4, 2]}", SHAPES), BESIDE), tmp_path / "b.png")
    assert difference(tmp_path / "b.png", COMMITTED / "box.png") > VISIBLE


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    runs = [pictures(EXAMPLES["use"], SHAPES)["use.png"] for _ in range(2)]
    for run, figure in enumerate(runs):
        save_picture(figure, tmp_path / f"{run}.png")
    assert (tmp_path / "0.png").read_bytes() == (tmp_path / "1.png").read_bytes()


def test_an_example_is_the_next_one_after_its_picture() -> None:
    page = (
        "```yaml\nfirst\n```\n"
        '<img align="right" src="pictures/language/two.png">\n\nwords\n\n```yaml\nsecond\n```\n'
        "```yaml\nthird\n```\n"
        '<img align="right" src="pictures/language/four.png">\n```text\nno\n```\n```yaml\nd\n```'
    )
    assert [(e.name, e.text) for e in examples(page)] == [("two", "second\n"), ("four", "d\n")]


def test_what_stands_behind_a_shape() -> None:
    box, disc = {"box": [0, 0, 4, 3]}, {"circle": {"center": [0, 0], "radius": 1}}
    assert origins({**box, "rotate": 30, "around": {"count": 3}}) == [box]
    assert origins({"offset": {"shape": box, "by": 1}}) == [box]
    assert origins({"difference": [box, disc]}) == [box, disc]
    assert origins({"hull": [box, disc]}) == [box, disc]
    assert origins(box) == origins({"complement": box}) == []
    points = {"hull": {"points": [[0, 0], [4, 0], [0, 4]]}}
    assert origins(points) == []
    assert hull_points(points) == [[0, 0], [4, 0], [0, 4]]


def test_the_window_shows_what_was_moved_in_the_pictures_aspect() -> None:
    shown = scene("shape: {box: [0, 0, 1, 1], translate: [9, 0]}", SHAPES)
    xmin, ymin, xmax, ymax = shown.window
    assert xmin < 0 < 10 < xmax
    assert (xmax - xmin) / (ymax - ymin) == pytest.approx(ASPECT)
    assert [geometry.bounds for geometry in shown.before] == [(0, 0, 1, 1)]
    assert of_aspect((-4, -3, 4, 3)) == (-4, -3, 4, 3)
