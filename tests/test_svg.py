"""SVG files: what they fill, against the library's own numbers, and files that mean harm."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path as FilePath

import pytest
import svgelements
from hypothesis import given
from hypothesis import strategies as st

from regions.errors import SpecError
from regions.geometry.affine import affine
from regions.geometry.segments import Arc, Contour, Cubic, Line, Pair, Quadratic
from regions.shape import svg_scan
from regions.shape.load import loads
from regions.shape.model import Path, Shape, Union
from regions.shape.path_data import path_contours
from regions.shape.svg import from_svg
from regions.shape.svg_values import MAX_FUNCTIONS, length, number, numbers, transform
from tests.conftest import SHAPES, shared

GEAR = SHAPES / "data" / "gear.svg"
FLIP = affine((1, 0, 0, -1, 0, 16))
TRIANGLE = '<path d="M0 0H4V3Z"/>'


def svg(body: str, attributes: str = "") -> bytes:
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {xlink} {attributes}>{body}</svg>'.encode()


def paths(shape: Shape) -> list[Path]:
    found = shape.operands if isinstance(shape, Union) else (shape,)
    return [path for path in found if isinstance(path, Path)]


def drawn(body: str, attributes: str = "") -> list[Path]:
    return paths(from_svg(svg(body, attributes)))


def corners(body: str, attributes: str = "") -> list[tuple[float, float]]:
    """The points of the first contour, y as in the file."""
    return [(piece.start[0], -piece.start[1]) for piece in drawn(body, attributes)[0].contours[0]]


def refusal(data: bytes) -> str:
    with pytest.raises(SpecError) as caught:
        from_svg(data, file="a.svg")
    return str(caught.value)


# Real files --------------------------------------------------------------------------------------


def test_icons_are_their_path_data_upside_down() -> None:
    lines = shared("svg/icons.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["name"]: record for record in map(json.loads, lines)}
    icons = sorted(shared("svg").glob("*.svg"))
    assert len(icons) == len(records) == 139
    for file in icons:
        if "<circle" in file.read_text(encoding="utf-8"):
            continue  # The data describes it by two arcs, where we take four.
        found = paths(from_svg(file.read_bytes()))
        expected = records[file.stem]["svg"]["paths"]
        assert [path.contours for path in found] == [path_contours(p["d"], FLIP) for p in expected]
        assert [path.fill for path in found] == [p["fill_rule"] for p in expected]


def with_length(path: svgelements.Path) -> Iterator[svgelements.PathSegment]:
    """The segments that the library draws, points and steps from contour to contour left out."""
    for subpath in path.as_subpaths():
        pieces = [p for p in subpath if not isinstance(p, svgelements.Move)]
        pieces = [p for p in pieces if p.start is not None and abs(p.end - p.start) > 1e-12]
        if len(pieces) > 2 or any(not isinstance(p, svgelements.Line) for p in pieces[:2]):
            yield from pieces


def closing(contours: tuple[Contour, ...], theirs: int) -> Iterator[object]:
    """Our segments, without those that close what the library leaves open."""
    ours = [piece for contour in contours for piece in contour]
    extra = len(ours) - theirs
    last = {id(contour[-1]) for contour in contours}
    for piece in ours:
        if extra and id(piece) in last and isinstance(piece, Line):
            extra -= 1
            continue
        yield piece


def test_the_library_draws_the_same_icons() -> None:
    for file in sorted(shared("svg").glob("*.svg"))[::3]:
        compare_with_library(file, (0.0, 16.0))


def test_the_library_draws_the_same_gear() -> None:
    compare_with_library(GEAR, (50.0, 50.0))


def compare_with_library(file: FilePath, origin: Pair) -> None:
    """Ends, control points, radii and directions: svgelements reads the numbers independently.

    It moves the view box to the origin, y still downwards.
    """
    document = svgelements.SVG.parse(str(file))
    shapes = [e for e in document.elements() if isinstance(e, svgelements.Shape)]
    shapes = [e for e in shapes if e.values.get("fill") != "none"]
    found = paths(from_svg(file.read_bytes()))
    assert len(found) == len(shapes)
    for path, shape in zip(found, shapes, strict=True):
        theirs = list(with_length(svgelements.Path(shape)))
        ours = list(closing(path.contours, len(theirs)))
        assert len(ours) == len(theirs)
        for mine, other in zip(ours, theirs, strict=True):
            assert near(mine.end, other.end, origin)
            match mine:
                case Quadratic():
                    assert near(mine.control, other.control, origin)
                case Cubic():
                    assert near(mine.first, other.control1, origin)
                    assert near(mine.second, other.control2, origin)
                case Arc():
                    assert mine.left == (other.sweep < 0)
                    if abs(abs(other.sweep) - math.pi) > 1e-6:
                        assert mine.large == (abs(other.sweep) > math.pi)
                    radii = math.hypot(*mine.first), math.hypot(*mine.second)
                    enlarged = other.rx / radii[0]
                    assert enlarged > 1 - 1e-9
                    assert other.ry / radii[1] == pytest.approx(enlarged)


def near(mine: Pair, other: svgelements.Point, origin: Pair) -> bool:
    return math.dist(mine, (other.x - origin[0], origin[1] - other.y)) < 1e-9


def test_the_gear_is_an_ordinary_spec() -> None:
    gear = loads("window: [-60, -60, 60, 60]\nshape: {svg: data/gear.svg}", folder=SHAPES).shape
    names = [path.name for path in paths(gear)]
    assert names == ["wheel", "tooth", *(f"tooth {i}" for i in range(2, 9))]
    # A quarter turn is exact, as are the four teeth at right angles.
    assert corner_set(paths(gear)[1]) == {(-8, 35), (-5, 46), (5, 46), (8, 35)}
    assert corner_set(paths(gear)[4]) | corner_set(paths(gear)[3]) == {
        (s * y, t * x) for s in (-1, 1) for t in (-1, 1) for x, y in ((8, 35), (5, 46))
    }


def corner_set(path: Path) -> set[tuple[float, float]]:
    return {piece.start for contour in path.contours for piece in contour}


# Elements ----------------------------------------------------------------------------------------


def test_rectangles() -> None:
    assert corners('<rect x="1" y="2" width="3" height="4"/>') == [(1, 2), (4, 2), (4, 6), (1, 6)]
    rounded = drawn('<rect width="6" height="4" rx="1"/>')[0].contours[0]
    assert sum(isinstance(piece, Arc) for piece in rounded) == 4
    arc = next(piece for piece in rounded if isinstance(piece, Arc))
    assert (arc.start, arc.end) == ((5, 0), (6, -1))
    assert (arc.first, arc.second, arc.left) == ((1, 0), (0, 1), False)
    # Radii that are too large become half the sides: what is left are four arcs.
    oval = drawn('<rect width="6" height="4" rx="9" ry="7"/>')[0].contours[0]
    assert [type(piece) for piece in oval] == [Arc] * 4
    assert oval[0].start == (3, 0)


def test_round_elements() -> None:
    circle = drawn('<circle cx="5" cy="-7" r="2"/>')[0].contours[0]
    assert [piece.start for piece in circle] == [(7, 7), (5, 5), (3, 7), (5, 9)]
    ellipse = drawn('<ellipse rx="2" ry="1"/>')[0].contours[0]
    assert isinstance(ellipse[0], Arc)
    assert (ellipse[0].first, ellipse[0].second) == ((2, 0), (0, 1))
    assert drawn('<ellipse rx="2" ry="auto"/>')[0].contours == drawn('<circle r="2"/>')[0].contours


def test_polygons() -> None:
    points = [(0, 0), (4, 0), (-1, -2.5)]
    assert corners('<polygon points="0,0 4,0-1-2.5"/>') == points
    assert corners('<polyline points="0 0, 4 0, -1 -2.5"/>') == points


def test_lengths_have_units() -> None:
    assert corners('<rect width="1in" height="1pc"/>')[2] == (96, 16)
    moved = '<rect transform="scale(2)" x="1in" y="1cm" width="1" height="1"/>'
    assert corners(moved)[0] == (192, float(Fraction(19200, 254)))
    assert corners('<rect width="3pt" height="25.4mm"/>')[2] == (4, 96)


def test_what_is_not_filled_is_left_out() -> None:
    kept = "<path id='kept' d='M0 0H4V3Z'/>"
    for hidden in (
        "<path fill='none' d='M0 0H1V1Z'/>",
        "<path style='fill:none' d='M0 0H1V1Z'/>",
        "<path style='fill: none !important; stroke: red' d='M0 0H1V1Z'/>",
        "<path fill='transparent' d='M0 0H1V1Z'/>",
        "<g fill='none'><g><rect width='1' height='1'/></g></g>",
        "<g display='none'><rect width='1' height='1'/></g>",
        "<g style='display:none'><path display='inline' d='M0 0H1V1Z'/></g>",
        "<g visibility='hidden'><rect width='1' height='1'/></g>",
        "<rect width='0' height='1'/><circle r='0'/><path d=''/><path d='none'/><path/>",
        "<line x2='4' y2='4'/><polyline points=''/><polygon points='1 1 2 2'/>",
        "<defs><rect id='r' width='1' height='1'/></defs>",
        "<clipPath id='c'><rect width='1' height='1'/></clipPath>",
        "<mask><rect width='1' height='1'/></mask><marker><rect width='1' height='1'/></marker>",
        "<linearGradient/><title>a</title><metadata><path d='M0 0H1V1Z'/></metadata>",
        "<g transform='scale(0)'><rect width='1' height='1'/></g>",
        "<x:path xmlns:x='http://example.org/' d='M0 0H1V1Z'/>",
    ):
        assert [path.name for path in drawn(hidden + kept)] == ["kept"], hidden


def test_what_paints_a_fill_does_not_matter() -> None:
    for fill in ("red", "url(#g)", "currentColor", "rgb(1,2", "#12", "no such colour", "inherit"):
        assert len(drawn(f'<path fill="{fill}" d="M0 0H4V3Z"/>')) == 1
        assert len(drawn(f'<g fill="none"><path fill="{fill}" d="M0 0H4V3Z"/></g>' + TRIANGLE)) == (
            1 if fill == "inherit" else 2
        )
    shown = '<g visibility="hidden"><path visibility="visible" d="M0 0H4V3Z"/></g>'
    assert len(drawn(shown)) == 1
    assert len(drawn(f'<g stroke="red" opacity="0" fill-opacity="0">{TRIANGLE}</g>')) == 1


def test_fill_rules_are_handed_down() -> None:
    assert drawn(TRIANGLE)[0].fill == "nonzero"
    for given_by in ('fill-rule="evenodd"', 'style="fill-rule: evenodd"', 'class="e"'):
        sheet = "<style>.e {fill-rule: evenodd}</style>"
        assert drawn(f"{sheet}<g {given_by}>{TRIANGLE}</g>")[0].fill == "evenodd"
        assert (
            drawn(f"{sheet}<g {given_by}><path fill-rule='nonzero' d='M0 0H4V3Z'/></g>")[0].fill
            == "nonzero"
        )


@pytest.mark.parametrize(
    ("sheet", "filled"),
    [
        (".a {fill: none}", False),
        ("path {fill: none}", False),
        ("* {fill: none}", False),
        ("#p {fill: none}", False),
        ("path.a, circle {stroke: red; fill: none}", False),
        ("/* .a {fill: none} */", True),
        (".b {fill: none}", True),
        ("rect.a {fill: none}", True),
        (".a {fill: none} .a {fill: red}", True),
        (".c {fill: red} .a {fill: none}", False),
        ("#p {fill: red} .a {fill: none} * {fill: none}", True),
        (".a {fill: red} path {fill: none}", True),
        ("path.a {fill: none} .a {fill: red}", False),
    ],
)
def test_style_sheets(sheet: str, filled: bool) -> None:
    body = f"<style>{sheet}</style><path id='p' class='c a' fill='blue' d='M0 0H1V1Z'/>"
    assert len(drawn(body + "<path style='fill: red' d='M0 0H4V3Z'/>")) == 1 + filled


# Places ------------------------------------------------------------------------------------------


def test_y_is_turned_upwards_within_the_view_box() -> None:
    top = '<rect width="3" height="1"/>'
    lowest = {
        'viewBox="0 0 10 8"': 7,
        'viewBox="0,-4,10,8"': -1,
        'width="10" height="8"': 7,
        'width="100" height="80" viewBox="0 0 10 8"': 7,
        'width="100%" height="100%"': -1,
        "": -1,
    }
    for attributes, y in lowest.items():
        found = drawn(top, attributes)[0].contours[0]
        assert {piece.start for piece in found} == {(0, y), (3, y), (0, y + 1), (3, y + 1)}


def test_groups_and_uses_chain_their_transforms() -> None:
    body = """
      <g transform="translate(10)"><g transform="scale(2 3)">
        <use xlink:href="#t" x="1" y="1" transform="rotate(90)"/>
      </g></g>
      <defs><path id="t" transform="translate(1,0)" d="M0 0H4V3Z"/></defs>"""
    # (0, 0) goes to (1, 0), (2, 1), (-1, 2), (-2, 6), (8, 6).
    assert corners(body)[0] == (8, 6)


def test_a_use_of_a_use_of_a_group() -> None:
    body = f"""<defs><g id="two">{TRIANGLE}<use href="#one"/></g>
      <circle id="one" r="1"/></defs>
      <use href="#two"/><use href="#two" x="5" fill="none"/><use href="#two" y="-5"/>"""
    assert [path.name for path in drawn(body)] == [None, "one", None, "one 2"]


NUMBER = st.floats(-100, 100).map(lambda x: round(x, 3))
TRANSFORM = st.one_of(
    st.tuples(*[NUMBER] * 6).map(lambda n: f"matrix({' '.join(map(str, n))})"),
    st.tuples(NUMBER, NUMBER).map(lambda n: f"translate({n[0]},{n[1]})"),
    NUMBER.map(lambda n: f"translate({n})"),
    st.tuples(NUMBER, NUMBER).map(lambda n: f"scale({n[0]} , {n[1]})"),
    NUMBER.map(lambda n: f"scale( {n} )"),
    NUMBER.map(lambda n: f"rotate({n})"),
    st.tuples(NUMBER, NUMBER, NUMBER).map(lambda n: f"rotate({n[0]}, {n[1]} {n[2]})"),
    st.integers(-80, 80).map(lambda n: f"skewX({n})"),
    st.integers(-80, 80).map(lambda n: f"skewY({n})"),
)


@given(st.lists(TRANSFORM, max_size=4))
def test_transforms_are_the_librarys(parts: list[str]) -> None:
    text = " ".join(parts)
    m = svgelements.Matrix(text)
    theirs = m.a, m.c, m.b, m.d, m.e, m.f
    size = max(1.0, *(abs(float(entry)) for entry in transform(text).entries))
    for mine, other in zip(transform(text).entries, theirs, strict=True):
        assert float(mine) == pytest.approx(float(other), abs=1e-9 * size)


def test_right_angles_and_diagonals_are_exact() -> None:
    assert transform("rotate(90)").entries == (0, -1, 1, 0, 0, 0)
    assert transform("rotate(-180, 1, 2)").entries == (-1, 0, 0, -1, 2, 4)
    assert transform("skewX(45)skewY(-45)").entries == (0, 1, -1, 1, 0, 0)
    assert number("0.1") == Fraction(1, 10)
    assert numbers(" 1-2.5.5,3e1 ") == [1, Fraction(-5, 2), Fraction(1, 2), 30]
    assert length(" 2.54cm ") == 96


def test_names_come_from_ids() -> None:
    body = "".join(
        f'<path id="{name}" d="M0 0H4V3Z"/>' for name in ("roof_1", "a.b", "path", "#", "path 2")
    )
    names = [path.name for path in drawn(body + TRIANGLE + '<path id="path" d="M0 0H4V3Z"/>')]
    assert names == ["roof_1", "a-b", "path", "-", "path 2", None, "path 3"]
    assert from_svg(svg('<path id="p" d="M0 0H4V3Z"/>')).name == "p"
    assert from_svg(svg('<path id="p" d="M0 0H4V3Z"/>'), name="q").name == "q"
    assert from_svg(svg(body), name="q").name == "q"


# Refused -----------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = '<g id="g0"><path d="M0 0H1V1Z"/></g>' + "".join(
    f'<g id="g{i}"><use href="#g{i - 1}"/><use href="#g{i - 1}"/></g>' for i in range(1, 40)
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.svg:1:1: this is not well-formed XML: no element found"),
        (b"hello", "a.svg:1:1: this is not well-formed XML"),
        (b"\xff\xfe\x00", "not well-formed"),
        (svg(TRIANGLE)[:-3], "not well-formed XML: unclosed token"),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', "its encoding is not known here"),
        (b"<html/>", "a.svg:1:1: the file begins with 'html'; give an SVG file"),
        (b'<svg xmlns="http://example.org"/>', "the file begins with 'svg'"),
        (b"<!DOCTYPE svg><svg/>", "document types and entities are refused; remove <!DOCTYPE"),
        (
            f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]><svg><title>&l9;</title></svg>'.encode(),
            "document types and entities are refused",
        ),
        (
            b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><title>&x;</title></svg>',
            "document types and entities are refused",
        ),
        (
            b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/svg.dtd"><svg/>',
            "document types and entities are refused",
        ),
        (svg("<title>&nbsp;</title>"), "not well-formed XML: undefined entity"),
        (
            b'<?xml-stylesheet href="http://example.org/a.css"?>' + svg(TRIANGLE),
            "style sheets in other files are refused",
        ),
        (svg("<g>" * 101 + TRIANGLE + "</g>" * 101), "nested more than 100 deep; flatten them"),
        (svg("<title>" + "<b>" * 999 + "</b>" * 999 + "</title>"), "nested more than 100 deep"),
        (svg(BOMB), "more than 20,000 elements are drawn; simplify the picture"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "or in a circle"),
        (svg('<use id="a" href="#a"/>'), "or in a circle"),
        (svg("<use href='#nowhere'/>"), "'use' refers to '#nowhere', which is not drawn"),
        (svg("<use href='other.svg#a'/>"), "'use' refers to 'other.svg#a'"),
        (svg("<use href='http://example.org/a.svg#a'/>"), "'use' refers to 'http://example.org"),
        (svg("<use/>"), "'use' refers to ''"),
        (svg("<use href='#t' x='5px'/>" + "<path id='t' d='M0 0H1V1Z'/>"), "found '5px'; give a"),
        (svg("<text>a</text>"), "the element 'text' is not read; convert text to paths"),
        (svg("<image/>"), "the element 'image' is not read"),
        (svg("<foreignObject/>"), "the element 'foreignObject' is not read"),
        (svg("<svg/>"), "the element 'svg' is not read; put what it holds into a `g`"),
        (svg("<symbol/>"), "the element 'symbol' is not read"),
        (svg("<animate/>"), "the element 'animate' has no meaning here; remove it"),
        (svg(TRIANGLE.replace("/>", " clip-path='url(#c)'/>")), "a clip path is not read"),
        (svg("<g mask='url(#c)'/>"), "a mask is not read"),
        (svg("<g style='clip-path: url(#c)'/>"), "a clip path is not read"),
        (svg("<style>@import 'a.css';</style>"), "rules that begin with @ are refused"),
        (svg("<style>g > path {fill: none}</style>"), "the selector 'g > path' is not read"),
        (svg("<style>fill: none</style>"), "this is no style sheet"),
        (svg("<style>.a {transform: none}</style>"), "`transform` in a style is not read"),
        (svg("<g style='transform: scale(2)'/>"), "`transform` in a style is not read"),
        (svg("<path d='M0 0 K'/>"), "path: character 6 of the path data: found 'K'"),
        (svg("<path d='M0 0 L NaN 1'/>"), "found 'NaN 1'; give a number"),
        (svg("<path d='M0 0 L 1e400 1'/>"), "no number may be larger than 1e+150"),
        (svg("<path transform='scale(1e100)' d='M0 0H1e100V1Z'/>"), "no number may be larger"),
        (svg(f"<g transform='{'scale(1e99)' * 9}'>{TRIANGLE}</g>"), "every number must be finite"),
        (svg("<rect width='NaN' height='1'/>"), "found the length 'NaN'; give a number, or one"),
        (svg("<rect width='1e999' height='1'/>"), "rect: found 1e999, a number of more than 400"),
        (svg("<rect width='inf' height='1'/>"), "found the length 'inf'"),
        (svg("<rect width='50%' height='1'/>"), "found the length '50%'"),
        (svg("<rect width='-1' height='1'/>"), "the width is below 0"),
        (svg("<circle r='-1'/>"), "the r is below 0"),
        (svg("<polygon points='1 2 3'/>"), "the points hold 3 numbers, an odd count; give"),
        (svg("<polygon points='1 2 x 3'/>"), "found 'x' in the points; give pairs of numbers"),
        (svg("<polygon points='1, ,2'/>"), "found ', ,' in the points; give pairs of numbers"),
        (svg("<polygon points='1,2,'/>"), "found ',' in the points; give pairs of numbers"),
        (svg("<g transform='turn(3)'/>"), "found 'turn(3)' in a transform; give matrix, translate"),
        (svg("<g transform='scale(1 2 3)'/>"), "found scale with 3 numbers; give 1 or 2"),
        (svg("<g transform='rotate(NaN)'/>"), "found 'NaN' in a list of numbers"),
        (svg("<g transform='matrix(1e999 0 0 1 0 0)'/>"), "a number of more than 400 digits"),
        (svg("<g transform='skewX(90)'/>"), "a skew by 90 degrees has no picture"),
        (svg(f"<g transform='{'scale(1)' * 999}'/>"), "'transform' has 7,992 characters"),
        (svg(TRIANGLE, "viewBox='0 0 0 1'"), "the viewBox is '0 0 0 1'"),
        (svg(TRIANGLE, "viewBox='a'"), "found 'a' in a list of numbers"),
        (svg(TRIANGLE, "height='1em'"), "found the length '1em'"),
        (svg("<path fill-rule='odd' d='M0 0H1V1Z'/>"), "the fill-rule is 'odd'; give nonzero or"),
        (svg(""), "a.svg: nothing in the file is filled"),
        (svg("<path fill='none' d='M0 0H1V1Z'/>"), "nothing in the file is filled"),
    ],
)
def test_refused(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_every_problem_is_listed_with_its_place() -> None:
    body = "\n<text>a</text>\n  <path d='K'/>\n<g transform='x(1)'/>\n"
    assert [p.line for p in problems(svg(body))] == [2, 4]
    body = "\n<rect width='x' height='1'/>\n  <path d='K'/>\n"
    found = problems(svg(body))
    assert [(p.line, p.column, p.path) for p in found] == [(2, 1, "rect"), (3, 3, "path")]
    assert len(problems(svg("<text/>" * 1000))) == 100


def problems(data: bytes) -> tuple[object, ...]:
    with pytest.raises(SpecError) as caught:
        from_svg(data, file="a.svg")
    return caught.value.problems


def test_the_number_of_elements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg_scan, "MAX_ELEMENTS", 50)
    assert len(drawn(TRIANGLE * 49)) == 49
    assert "elements are drawn" in refusal(svg(TRIANGLE * 50))
    nested = f'<g id="a">{TRIANGLE * 9}</g>' + '<use href="#a"/>' * 5
    assert "elements are drawn" in refusal(svg(nested))


def test_the_number_of_transforms_in_a_row_is_bounded() -> None:
    def turned(times: int) -> str:
        return f'<path transform="{"rotate(90) " * times}" d="M0 0H4V3Z"/>'

    assert corners(turned(MAX_FUNCTIONS)) == corners(turned(4)) == corners(TRIANGLE)
    with pytest.raises(SpecError, match="more than 64 transforms in a row"):
        drawn(turned(MAX_FUNCTIONS + 1))


def test_the_length_of_all_transforms_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    scaled = f"<g transform='scale(1)'>{TRIANGLE * 40}</g>" * 2
    assert len(drawn(scaled)) == 80
    monkeypatch.setattr(svg_scan, "MAX_CHAINS", 500)
    assert "shorten them" in refusal(svg(scaled))


@given(st.binary(max_size=60), st.integers(0, 400))
def test_damaged_files_are_read_or_refused(noise: bytes, at: int) -> None:
    body = GEAR.read_bytes()
    with suppress(SpecError):
        from_svg(body[:at] + noise + body[at + len(noise) :])
