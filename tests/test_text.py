"""Text as shapes: the font's own outlines, exactly, and fonts that are broken."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from fractions import Fraction
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st

from regions.errors import SpecError
from regions.geometry.affine import IDENTITY, affine
from regions.geometry.segments import Contour, Cubic, Line, Quadratic
from regions.shape.lettering import Font, default_font, lettered
from regions.shape.load import loads
from regions.shape.model import Path, Union
from regions.shape.names import MAX_LENGTH, distinct, name_fault
from regions.shape.path_data import path_contours
from tests.conftest import shared

WINDOW = "window: [-9, -9, 9, 9]\nshape:\n"


@cache
def dejavu() -> Font:
    return Font(default_font().read_bytes(), "DejaVuSans.ttf")


def letters(text: str, **options: Any) -> list[Path]:
    shape = lettered(text, **options)
    assert isinstance(shape, Union)
    return [path for path in shape.operands if isinstance(path, Path)]


def refusal(text: str, **options: Any) -> str:
    with pytest.raises(SpecError) as caught:
        lettered(text, **options)
    return str(caught.value)


def unreadable(data: bytes) -> str:
    with pytest.raises(SpecError) as caught:
        lettered("ab", font=Font(data, "my.ttf"))
    return str(caught.value)


# Outlines ----------------------------------------------------------------------------------------


def test_glyphs_are_those_of_the_data() -> None:
    lines = shared("glyphs/dejavu_sans.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 173
    for record in map(json.loads, lines):
        character = chr(int(record["name"][2:6], 16))
        (written,) = record["svg"]["paths"]
        assert dejavu().contours(character, IDENTITY) == path_contours(written["d"])


def test_letters_stand_on_the_baseline_by_their_widths() -> None:
    size = Fraction(1, 2048)
    width = dejavu().width
    h, i, second, third = letters("hi h\nh")
    assert [path.name for path in (h, i, second, third)] == ["h", "i", "h 2", "h 3"]
    step = (width("h") + width("i") + width(" ")) * size
    assert second.contours == moved("h", step, Fraction(0))
    assert third.contours == moved("h", Fraction(0), -dejavu().line_height * size)
    assert {path.fill for path in (h, i)} == {"nonzero"}


def moved(character: str, x: Fraction, y: Fraction) -> tuple[Contour, ...]:
    scale = Fraction(1, 2048)
    return dejavu().contours(character, affine((scale, 0, 0, scale, x, y)))


@given(st.integers(-50, 50), st.integers(-50, 50), st.sampled_from([0.5, 1.0, 2.0, 2048.0]))
def test_size_and_place_are_exact(x: int, y: int, size: float) -> None:
    (plain,) = letters("g")
    (other,) = letters("g", size=size, at=(x, y))
    for mine, theirs in zip(plain.contours, other.contours, strict=True):
        expected = [(p.start[0] * size + x, p.start[1] * size + y) for p in mine]
        assert [p.start for p in theirs] == expected


def test_every_printable_character_gets_a_name() -> None:
    text = "".join(map(chr, range(0x21, 0x7F)))
    names = [path.name for path in letters(text)]
    assert len(set(names)) == len(text)
    assert all(name is not None and name_fault(name) is None for name in names)
    assert names[:2] == ["!", "quotation mark"]


@given(st.lists(st.text("ab 2", min_size=1, max_size=4).map(str.strip).filter(bool), max_size=12))
def test_names_become_distinct(names: list[str]) -> None:
    found = list(distinct(names))
    assert len(set(found)) == len(found)
    assert all(new.startswith(old) for old, new in zip(names, found, strict=True))


def test_long_names_become_distinct_within_their_length() -> None:
    assert [len(name) for name in distinct(["x" * MAX_LENGTH] * 3)] == [MAX_LENGTH] * 3


# Other fonts -------------------------------------------------------------------------------------


def truetype(draw: Any, components: int = 0) -> bytes:
    """A font with `a` drawn by a function, and `b` made of components that double each time."""
    builder = FontBuilder(1000, isTTF=True)
    chain = [f"c{i}" for i in range(components)]
    order = [".notdef", "a", *chain, "b"]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord("a"): "a", ord("b"): "b"})
    glyphs = {}
    for name, below in zip(order[1:], ["", *order[1:]], strict=False):
        pen = TTGlyphPen(glyphs)
        if below:
            pen.addComponent(below, (1, 0, 0, 1, 0, 0))
            pen.addComponent(below, (1, 0, 0, 1, 10, 0))
        else:
            draw(pen)
        glyphs[name] = pen.glyph()
        # The box is no part of the outline; the builder would follow every component for it.
        glyphs[name].xMin = glyphs[name].yMin = glyphs[name].xMax = glyphs[name].yMax = 0
    glyphs[".notdef"] = TTGlyphPen(None).glyph()
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    return saved(builder)


def saved(builder: FontBuilder) -> bytes:
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    stream = io.BytesIO()
    builder.font.recalcBBoxes = False
    builder.save(stream)
    return stream.getvalue()


def square(pen: Any) -> None:
    pen.moveTo((0, 0))
    for corner in ((100, 0), (100, 100), (0, 100)):
        pen.lineTo(corner)
    pen.closePath()


def test_a_contour_without_points_on_the_curve() -> None:
    """TrueType may give control points only: the curve passes halfway between two of them."""

    def blob(pen: Any) -> None:
        pen.qCurveTo((0, 0), (100, 0), (100, 100), (0, 101), None)
        pen.closePath()

    (path,) = letters("a", font=Font(truetype(blob), "blob.ttf"), size=1000)
    assert set(path.contours[0]) == {
        Quadratic((0, 50.5), (0, 0), (50, 0)),
        Quadratic((50, 0), (100, 0), (100, 50)),
        Quadratic((100, 50), (100, 100), (50, 100.5)),
        Quadratic((50, 100.5), (0, 101), (0, 50.5)),
    }


def test_components_are_written_out() -> None:
    font = Font(truetype(square), "squares.ttf")
    assert len(letters("b", font=font)[0].contours) == 2
    assert font.width("b") == 600
    bomb = Font(truetype(square, components=40), "bomb.ttf")
    assert "more than 1000 components" in refusal("b", font=bomb)


def test_cubic_outlines() -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({ord("a"): "a"})
    pen = T2CharStringPen(600, None)
    pen.moveTo((0, 0))
    pen.curveTo((100, 0), (200, 100), (200, 200))
    pen.lineTo((0, 200))
    pen.closePath()
    empty = T2CharStringPen(600, None).getCharString()
    charstrings = {".notdef": empty, "a": pen.getCharString()}
    builder.setupCFF("Test", {"FullName": "Test"}, charstrings, {})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "a": (600, 0)})
    (path,) = letters("a", font=Font(saved(builder), "cubic.otf"), size=1000)
    assert path.contours == (
        (
            Cubic((0, 0), (100, 0), (200, 100), (200, 200)),
            Line((200, 200), (0, 200)),
            Line((0, 200), (0, 0)),
        ),
    )


# Refused -----------------------------------------------------------------------------------------


def test_texts_that_cannot_be_drawn() -> None:
    assert refusal("") == "nothing of the text is visible; write letters or digits"
    assert refusal(" \n ") == refusal("")
    assert refusal("x" * 1001) == "the text has 1,001 characters; use at most 1,000"
    said = refusal("a\u4e2d\t\u6587\u4e2d")
    assert "the font has no characters '\u4e2d' (U+4E2D), U+0009, '\u6587' (U+6587); use" in said
    font = Font(truetype(square), "squares.ttf")
    assert refusal("abc", font=font) == (
        "the font has no character 'c' (U+0063); use another font or text"
    )


@pytest.mark.parametrize(
    "data", [b"", b"no font", b"\0\1\0\0" + b"\xff" * 60, b"OTTO", b"ttcf" + b"\0" * 20, b"wOFF"]
)
def test_what_is_no_font(data: bytes) -> None:
    said = unreadable(data)
    assert said.startswith("my.ttf: this is no font that can be read (")
    assert said.endswith("); give a sound .ttf or .otf file")
    assert "\n" not in said


@given(st.binary(min_size=1, max_size=8), st.floats(0, 1), st.booleans())
def test_damaged_fonts_are_read_or_refused(noise: bytes, part: float, cut: bool) -> None:
    sound = truetype(square)
    at = int(part * len(sound))
    with suppress(SpecError):
        damaged = sound[:at] if cut else sound[:at] + noise + sound[at + len(noise) :]
        lettered("ab", font=Font(damaged, "my.ttf"))


# In documents ------------------------------------------------------------------------------------


def test_fonts_are_files_beside_the_document(tmp_path: FilePath) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    for folder in (tmp_path, inside):
        (folder / "my.ttf").write_bytes(truetype(square))
    text = WINDOW + "  text: {string: aa, font: FONT, size: 1000, at: [1, 2]}\n  name: word"
    shape = loads(text.replace("FONT", "my.ttf"), folder=inside).shape
    assert isinstance(shape, Union)
    assert shape.name == "word"
    assert [part.name for part in shape.operands] == ["a", "a 2"]
    assert isinstance(shape.operands[1], Path)
    assert shape.operands[1].contours[0][0].start == (601, 2)
    outside = text.replace("FONT", "../my.ttf")
    with pytest.raises(SpecError, match="lies outside the document's folder"):
        loads(outside, folder=inside)
    loads(outside, folder=inside, allow_outside=True)
