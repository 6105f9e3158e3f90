"""SVG path data: what it draws, to the last bit, and what is said of text that is none."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.errors import SpecError
from regions.geometry.affine import affine, scaling
from regions.geometry.directions import library_direction, rounded_direction
from regions.geometry.segments import Arc, Contour, Cubic, Line, Quadratic, Segment
from regions.shape import outline_pen
from regions.shape.model import Path
from regions.shape.outline_pen import Pen
from regions.shape.path_data import path_contours
from regions.shape.path_text import path_commands


def only(text: str) -> Contour:
    (contour,) = path_contours(text)
    return contour


def corners(text: str) -> list[tuple[float, float]]:
    return [piece.start for piece in only(text)]


def refusal(text: str) -> str:
    with pytest.raises(SpecError) as caught:
        path_contours(text)
    return str(caught.value)


# What is drawn -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "M 1 2 L 4 2 L 4 6 L 1 6 Z",
        "M1,2L4,2,4,6L1,6z",
        "M 1 2 4 2 4 6 1 6",
        "m1 2 3 0 0 4-3 0z",
        "M1 2H4V6H1V2",
        "m1 2h3v4h-3v-4z",
        " \t\n m 1 , 2 h1 1 1 v 4 h-3 \r\n",
        "M+1.0e0 20e-1 h.5.5.5.5.5.5v4H1",
        "M9 9 9 9M1 2h3v4h-3",
    ],
)
def test_one_rectangle_in_many_spellings(text: str) -> None:
    ends = {piece.end for piece in only(text)}
    assert {(1, 2), (4, 2), (4, 6), (1, 6)} <= ends
    assert all(isinstance(piece, Line) for piece in only(text))
    assert corners(text)[0] == (1, 2)


def test_curves_and_their_short_forms() -> None:
    assert only("M0 0 Q 1 2 3 0") == (Quadratic((0, 0), (1, 2), (3, 0)), Line((3, 0), (0, 0)))
    assert only("M0 0 C 1 2 3 4 5 0 z")[0] == Cubic((0, 0), (1, 2), (3, 4), (5, 0))
    assert path_contours("M0 0q1 2 3 0t3 0 1-1z") == path_contours(
        "M0 0 Q 1 2 3 0 Q 5 -2 6 0 Q 7 2 7 -1 Z"
    )
    assert path_contours("M0 0c1 2 3 4 5 0s2 2 3 0S 9 9 10 0z") == path_contours(
        "M0 0 C 1 2 3 4 5 0 C 7 -4 7 2 8 0 C 9 -2 9 9 10 0 Z"
    )
    # After another command there is nothing to mirror: the control point is the current point.
    assert path_contours("M0 0 L 1 0 T 2 3 S 4 4 5 0") == path_contours(
        "M0 0 L 1 0 Q 1 0 2 3 C 2 3 4 4 5 0"
    )


def test_arcs() -> None:
    arc = Arc((0, 0), (3, 4), (2, 0), (0, 1), large=True, left=False)
    assert only("M0 0 A 2 1 0 1 0 3 4")[0] == arc
    for text in (
        "a2 1 0 103 4",
        "a2 1 0 1 0 3 4",
        "A-2-1 0,1,0,3,4",
        "a2 1 0 10 3 4",
        "a2 1 180 103 4",
    ):
        assert only(f"M0 0{text}")[0] == arc, text
    quarter = only("M0 0 A 2 1 90 0 1 3 4")[0]
    assert quarter == Arc((0, 0), (3, 4), (0, 2), (-1, 0), large=False, left=True)
    assert only("M0 0 A 0 1 0 0 0 3 4 v-4")[0] == Line((0, 0), (3, 4))
    circle = only("M1 0 A 1 1 77 0 1 -1 0 A 1 1 0 0 1 1 0")
    assert all(isinstance(a, Arc) and a.first == (1, 0) and a.second == (0, 1) for a in circle)


@pytest.mark.parametrize(
    "text",
    ["M 1 2", "M 1 2 Z", "M 1 2 L 1 2 Z", "M 0 0 L 4 4 Z", "M1 1a2 2 0 1 1 0 0z", "M1 1q0 0 0 0"],
)
def test_what_has_no_length_is_dropped(text: str) -> None:
    assert path_contours(text) == ()
    assert path_contours(f"M 5 5 h 1 v 1 z {text} M 7 7 h 1 v 1") == path_contours(
        "M 5 5 h 1 v 1 z M 7 7 h 1 v 1 z"
    )


def test_after_closing_the_next_contour_begins_at_the_start() -> None:
    assert path_contours("M 1 1 h 2 v 2 z l -2 0 0 -2 z m 5 0 h 1 v 1") == path_contours(
        "M 1 1 L 3 1 L 3 3 Z M 1 1 L -1 1 L -1 -1 Z M 6 1 L 7 1 L 7 2 Z"
    )


# Exactness ---------------------------------------------------------------------------------------

HUNDREDTHS = st.integers(-(10**6), 10**6)
COUNTS = {"M": 1, "L": 1, "Q": 2, "T": 1, "C": 3, "S": 2}
STEP = st.sampled_from("LLQTCSM").flatmap(
    lambda letter: st.tuples(
        st.just(letter),
        st.lists(HUNDREDTHS, min_size=2 * COUNTS[letter], max_size=2 * COUNTS[letter]),
    )
)


def decimals(number: int) -> str:
    sign, size = "-" if number < 0 else "", abs(number)
    return f"{sign}{size // 100}.{size % 100:02}"


@given(st.lists(STEP, max_size=20))
def test_relative_steps_add_up_exactly(steps: list[tuple[str, tuple[int, ...]]]) -> None:
    """0.1 + 0.2 is 0.3 here: the doubles nearest to the sums of the decimals."""
    absolute, relative, x, y = "M 0.10 0.20", "m .1 .2", 10, 20
    for letter, numbers in steps:
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        relative += f" {letter.lower()} " + " ".join(map(decimals, numbers))
        placed = [(x + dx, y + dy) for dx, dy in pairs]
        absolute += f" {letter} " + " ".join(f"{decimals(p)} {decimals(q)}" for p, q in placed)
        x, y = placed[-1]
    assert path_contours(absolute) == path_contours(relative)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=40
    )
)
def test_numbers_are_the_nearest_doubles(number: object) -> None:
    text = f"{number:f}"
    assert corners(f"M {text} 0 h 1e40 v 1")[0][0] == float(text)


FINITE = st.floats(-1e12, 1e12)
POINT = st.tuples(FINITE, FINITE)


@st.composite
def contours(draw: st.DrawFn) -> Contour:
    points = draw(st.lists(POINT, min_size=4, max_size=8, unique=True))
    pieces: list[Segment] = []
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        kind = draw(st.sampled_from(["line", "quadratic", "cubic", "arc"]))
        pieces.append(
            {
                "line": lambda start=start, end=end: Line(start, end),
                "quadratic": lambda start=start, end=end: Quadratic(start, draw(POINT), end),
                "cubic": lambda start=start, end=end: Cubic(start, draw(POINT), draw(POINT), end),
                "arc": lambda start=start, end=end: upright(draw, start, end),
            }[kind]()
        )
    return tuple(pieces)


def upright(draw: st.DrawFn, start: tuple[float, float], end: tuple[float, float]) -> Arc:
    radius = st.floats(1e-3, 1e6)
    first, second = (draw(radius), 0.0), (0.0, draw(radius))
    if draw(st.booleans()):
        first, second = (0.0, first[0]), (-second[1], 0.0)
    if abs(first[0]) == abs(second[1]) and abs(first[1]) == abs(second[0]):
        first, second = (max(map(abs, first)), 0.0), (0.0, max(map(abs, first)))
    return Arc(start, end, first, second, draw(st.booleans()), draw(st.booleans()))


@given(st.lists(contours(), min_size=1, max_size=3))
def test_path_data_written_reads_back_the_same(drawn: list[Contour]) -> None:
    written = path_commands(drawn)
    assert written is not None
    assert path_contours(" ".join(map(" ".join, written))) == tuple(drawn)
    Path(tuple(drawn))


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(-3600, 3600))
def test_turned_arcs_read_back_the_same_or_are_not_written(rx: int, ry: int, angle: int) -> None:
    drawn = path_contours(f"M 0 0 A {decimals(rx)} {decimals(ry)} {angle / 10} 1 0 3 4 z")
    written = path_commands(drawn)
    assert written is None or path_contours(" ".join(map(" ".join, written))) == drawn


def test_most_turned_arcs_can_be_written() -> None:
    texts = [f"M 0 0 A 3.5 1.25 {angle} 1 0 3 4 z" for angle in range(0, 360, 5)]
    written = [path_commands(path_contours(text)) for text in texts]
    assert sum(each is not None for each in written) > len(texts) / 2


def test_a_map_is_applied_before_the_only_rounding() -> None:
    third = affine((Fraction(1, 3), 0, 0, Fraction(-1, 3), Fraction(1, 7), 0))
    (contour,) = path_contours("M .1 .2 h .3 v .6 a .1 .1 0 0 1 .1 .1", third)
    xs = [Fraction(1, 10), Fraction(4, 10), Fraction(4, 10)]
    assert [p.start[0] for p in contour[:3]] == [float(x / 3 + Fraction(1, 7)) for x in xs]
    assert contour[0].start[1] == float(Fraction(-2, 30))
    arc = contour[2]
    assert isinstance(arc, Arc)
    assert arc.first == (float(Fraction(1, 30)), 0.0)
    assert not arc.left


@pytest.mark.parametrize("direction", [library_direction, rounded_direction])
@pytest.mark.parametrize("degrees", range(-720, 721, 15))
def test_directions_are_exact_where_they_can_be(
    direction: Callable[[float], tuple[Fraction, Fraction]], degrees: int
) -> None:
    cosine, sine = direction(degrees)
    assert float(cosine) == pytest.approx(math.cos(math.radians(degrees)), abs=1e-14)
    assert float(sine) == pytest.approx(math.sin(math.radians(degrees)), abs=1e-14)
    if degrees % 90 == 0:
        assert cosine * cosine + sine * sine == 1


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the path data is empty; begin with M x y"),
        ("  ", "the path data is empty"),
        ("L 1 2", "the path data: found 'L 1 2'; begin with M x y"),
        ("  Z", "character 3 of the path data: found 'Z'; begin with M x y"),
        (
            "M 0 0 L 1 2 K 5",
            "character 13 of the path data: found 'K 5'; give a number or one",
        ),
        (
            "M 0 0 L 1",
            "character 10 of the path data: found the end; give a number: L at",
        ),
        ("M 0 0 C 1 2 3 4 Z", "character 17 of the path data: found 'Z'; give a number: C"),
        ("M 0 0 L 1 2,", "found the end after a comma; give a number"),
        ("M 0 0,L 1 2", "character 7 of the path data: found 'L 1 2' after a comma"),
        ("M 0,,0", "found ',0'; give a number"),
        ("M,0 0", "found ',0 0'; give a number"),
        ("M 0 0 a 1 1 0 2 0 1 1", "found '2 0 1 1'; give 0 or 1, a flag"),
        ("M 0 0 a 1 1 0 -1 0 1 1", "give 0 or 1, a flag"),
        ("M 0 0 a 1 1 0 0", "found the end; give 0 or 1"),
        ("M NaN 0", "found 'NaN 0'; give a number"),
        ("M inf 0", "give a number"),
        ("M 1e 0", "found 'e 0'"),
        ("M 0x10 0", "found 'x10 0'"),
        ("M 1e151 0", "no number may be larger than 1e+150"),
        ("M 0 0 L 1e99999999999 1", "takes more than 400 digits to write out; round it"),
        ("M 0 0 L 1e-99999999999 1", "takes more than 400 digits to write out; round it"),
        (f"M 0 0 L {'9' * 5000} 1", "takes more than 400 digits to write out; round it"),
        (f"M 0 0 L 0.{'9' * 401} 1", "takes more than 400 digits to write out; round it"),
        ("M 0 0 Z 1 2", "found '1 2'; give a number or one of"),
        ("M 0 0 \u0661 2", "found '\u0661 2'"),
        ("M 0 0 L 1 \x00 2", "found '  2'"),
    ],
)
def test_no_path_data(text: str, said: str) -> None:
    assert said in refusal(text)


@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz0123456789 .,-+e\n", max_size=40))
def test_any_text_is_drawn_or_refused(text: str) -> None:
    try:
        found = path_contours("M0 0" + text)
    except SpecError:
        return
    for contour in found:
        for piece, following in zip(contour, [*contour[1:], contour[0]], strict=True):
            assert piece.end == following.start


def test_segments_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline_pen, "MAX_SEGMENTS", 10)
    assert len(only("M0 0" + "l1 2" * 9)) == 10
    assert "more than 10 segments" in refusal("M0 0" + "l1 2" * 11)


def test_sums_beyond_the_doubles_are_refused_by_the_shape() -> None:
    huge = scaling(10**300, 10**300)
    pen = Pen(huge)
    pen.move((0, 0))
    for corner in ((10**20, 0), (0, -(10**20))):
        pen.line(corner)
    with pytest.raises(SpecError, match="every number must be finite"):
        Path(pen.contours())
