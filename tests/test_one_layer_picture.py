"""One layer in words and pictures: what is drawn and said is checked, not what it was made from.

Sums, sides and balances are computed here again, in rational numbers, from the points of the
picture or of the text and from the shape's own edges.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import shapely
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import regions
from regions.compiler import Build
from regions.compiler.refusal import NotCompilableError
from regions.draw import style
from regions.draw.counters import COUNTER, DOT
from regions.draw.line_faces import area, centroid, clipped, rectangle, room_for
from regions.draw.lines import View
from regions.draw.media import MEDIA, MediumName
from regions.draw.themes import darkened
from regions.draw.wrap import wrapped
from regions.errors import InputError
from regions.shape.load import loads
from regions.shape.model import Spec
from regions.shape.reference import reference
from regions.story.one_layer import one_layer_answer, one_layer_figure
from regions.story.one_layer.answer import Refused, Served
from regions.story.one_layer.argument import argument
from regions.story.one_layer.numbers import Faces, faces_in
from regions.story.one_layer.places import Plane
from regions.story.one_layer.question import ask
from regions.story.one_layer.sums import MOST_LINES, notes
from regions.story.one_layer.text import point_text
from regions.story.views import Subject, view
from tests.conftest import SHAPES
from tests.pictures import faults

Exact = tuple[Fraction, Fraction]

DRAWN = {
    "l": "polygon: [[0, 0], [4, 0], [4, 2], [2, 2], [2, 6], [0, 6]]",
    "u": "polygon: [[0, 0], [6, 0], [6, 5], [4, 5], [4, 2], [2, 2], [2, 5], [0, 5]]",
    "hexagram": "union: [{polygon: [[0, 0], [6, 0], [3, 6]]}, "
    "{polygon: [[0, 4], [3, -2], [6, 4]]}]",
    "pentagram": "polygon: [[0, 4], [-1, 1], [-5, 1], [-2, -2], [-4, -8], [0, -4], [4, -8], "
    "[2, -2], [5, 1], [1, 1]]",
    "two holes": "difference: [{box: [0, 0, 9, 3]}, {box: [1, 1, 2, 2]}, {box: [4, 1, 5, 2]}]",
    "building": "polygon: [[500100, 5400200], [500130, 5400210], [500126, 5400222], "
    "[500115, 5400218.5], [500110, 5400234], [500091, 5400228]]",
    "z": "polygon: [[0, 0], [4, 0], [4, 2], [6, 2], [6, 4], [2, 4], [2, 2], [0, 2]]",
    "two squares": "union: [{box: [0, 0, 2, 2]}, {polygon: [[5, 1], [7, 2], [6, 4], [4, 3]]}]",
    "with factors": "polygon: [[1, 6], [1, 7], [-1, 7], [-4, 1], [-7, 0], [-3, -1], [5, -2], "
    "[8, -4]]",
    "crowded": "polygon: [[0, 4], [-1, 1], [-5, 3], [-2, -2], [-4, -7], [1, -4], [5, -8], "
    "[2, -2], [6, 1], [1, 1]]",
}
TIPS = [
    [
        round(radius * math.cos(turn * math.pi / 13), 2),
        round(radius * math.sin(turn * math.pi / 13), 2),
    ]
    for turn, radius in zip(range(26), 13 * [9, 7], strict=True)
]
DRAWN["thirteen tips"] = f"polygon: {TIPS}"
IN_SHAPES = ("plus", "war_zone_a", "square_with_hole", "strip", "star", "checkers", "two_islands")


@cache
def spec(name: str) -> Spec:
    if name in IN_SHAPES:
        return regions.load(SHAPES / f"{name}.yaml")
    return loads(f"name: {name}\nshape: {{{DRAWN[name]}}}")


@cache
def drawn(name: str, medium: MediumName = "print") -> Figure:
    return one_layer_figure(spec(name), MEDIA[medium])


@cache
def served(name: str) -> Served:
    answer = ask(spec(name))
    assert isinstance(answer, Served)
    return answer


@cache
def refused(name: str) -> Refused:
    answer = ask(spec(name))
    assert isinstance(answer, Refused)
    return answer


YES = ("plus", "war_zone_a", "square_with_hole", "strip", "l", "u", "hexagram", "pentagram")
YES += ("two holes", "building")
NO = (
    "star",
    "z",
    "two squares",
    "with factors",
    "checkers",
    "two_islands",
    "crowded",
    "thirteen tips",
)


def cross(start: Exact, end: Exact, p: Exact) -> Fraction:
    """Positive where p lies to the left of start -> end."""
    return (end[0] - start[0]) * (p[1] - start[1]) - (end[1] - start[1]) * (p[0] - start[0])


def exact(point: tuple[float, float]) -> Exact:
    return Fraction(point[0]), Fraction(point[1])


@cache
def unit_of(name: str) -> Build:
    return regions.build(spec(name), "one-layer")


def unit_sum(name: str, point: Exact) -> int:
    """The sum at a point, from the compiled unit and the points its lines were drawn through."""
    network = unit_of(name).network
    assert network.sources is not None
    total = 0
    for unit, weight in zip(network.gates.inputs, network.gates.weights, strict=True):
        start, end = network.sources[unit].tolist()
        if np.isfinite(network.sources[unit]).all():
            fires = cross(exact(start), exact(end), point) >= 0
        else:
            a, b, *_ = map(Fraction, network.weights[unit].tolist())
            fires = a * point[0] + b * point[1] + Fraction(float(network.bias[unit])) >= 0
        total += int(weight) * fires
    return total


def numbers_of(figure: Figure) -> list[tuple[Exact, int, str]]:
    """The sums in the panel: where they stand, what they say, and their colour."""
    texts = [text for text in figure.axes[0].texts if re.fullmatch(r"-?\d+", text.get_text())]
    return [
        (exact(t.xy), int(t.get_text()), to_hex(t.get_color()))  # type: ignore[attr-defined]
        for t in texts
    ]


def faces_in_window(name: str) -> int:
    """How many faces the lines cut the panel into, counted by Shapely."""
    ax = drawn(name).axes[0]
    (xmin, xmax), (ymin, ymax) = ax.get_xlim(), ax.get_ylim()
    x, y = Fraction(xmin), Fraction(ymin)
    scale = 1000 / max(xmax - xmin, ymax - ymin)
    frame = shapely.box(0, 0, (xmax - xmin) * scale, (ymax - ymin) * scale)
    edges = [frame.exterior]
    for half_plane in served(name).half_planes:
        a, b, c = half_plane.line
        near = np.array([float(a), float(b)]) / np.hypot(float(a), float(b))
        offset = float((a * x + b * y + c) / Fraction(np.hypot(float(a), float(b)))) * scale
        foot, along = -offset * near, np.array([-near[1], near[0]])
        edges.append(shapely.LineString([foot - 9999 * along, foot + 9999 * along]))
    parts = shapely.polygonize([shapely.union_all(edges)])
    return sum(frame.contains(part.representative_point()) for part in shapely.get_parts(parts))


@pytest.mark.parametrize("name", YES)
def test_each_number_is_the_sum_where_it_stands(name: str) -> None:
    threshold = unit_of(name).circuit.gates[0].threshold
    found = numbers_of(drawn(name))
    assert len(found) > 3
    for point, number, color in found:
        assert number == unit_sum(name, point)
        assert color == (style.TEXT_COLOR if number >= threshold else style.QUIET_COLOR)


@pytest.mark.parametrize("name", YES)
def test_every_face_is_numbered_or_counted(name: str) -> None:
    answer = served(name)
    ax = drawn(name).axes[0]
    scale = ax.get_position().width * drawn(name).get_figwidth() * 72 / np.ptp(ax.get_xlim())
    view = faces_in_view(answer, float(scale))
    numbered = [number.cell for number in view.numbers]
    assert len(numbered) == len(numbers_of(drawn(name)))
    assert sorted([*numbered, *view.small, *view.beyond]) == answer.faces
    assert len(numbered) + len(view.small) == faces_in_window(name)
    said = " ".join(notes(answer, view))
    for cells, words in ((view.small, "Too small"), (view.beyond, "Beyond the picture")):
        assert (words in said) == bool(cells)
        assert not cells or f"number: {len(cells)} face" in said or f"e: {len(cells)} face" in said


def faces_in_view(answer: Served, scale: float) -> Faces:
    return faces_in(answer, View(answer.plane.window, scale))


def test_all_faces_of_the_plus_have_their_number_on_a_slide() -> None:
    assert len(numbers_of(drawn("plus", "slide"))) == 25
    assert len(numbers_of(drawn("war_zone_a", "slide"))) == 20


def test_a_face_too_small_for_its_number_has_it_beside() -> None:
    """At a sixth of its size, the eaves of the house have no room for a number."""
    answer = served("war_zone_a")
    view = faces_in_view(answer, 9.0)
    led = [number for number in view.numbers if number.leads is not None]
    assert led
    for number in led:
        x, y = np.array(number.leads) / 9 + np.array(answer.plane.window[:2])
        assert unit_sum("war_zone_a", exact((x, y))) == number.total


def test_flags_show_the_weights_and_point_where_they_count() -> None:
    """The tip of a pennant lies on the side where its half-plane fires."""
    figure = drawn("l")
    panel, plain = figure.axes[0], figure.axes[1]
    words = [text.get_text() for text in plain.texts]
    assert sorted(words) == ["+1", "+1", "+1", "+1", "+2", "+2"]
    network = unit_of("l").network
    assert network.sources is not None
    found = set()
    for cloth in plain.patches:
        display = plain.transData.transform(cloth.get_path().vertices[:3])
        top, low, tip = panel.transData.inverted().transform(display)
        unit = [style.UNIT_COLORS[i] for i in range(6)].index(to_hex(cloth.get_facecolor()))
        start, end = map(exact, network.sources[unit].tolist())
        assert abs(cross(start, end, exact(top))) < Fraction(1, 2**20)
        assert abs(cross(start, end, exact(low))) < Fraction(1, 2**20)
        assert cross(start, end, exact(tip)) > Fraction(1, 10)
        found.add(unit)
    assert found == set(range(6))


def discs(figure: Figure) -> list[tuple[Exact, bool]]:
    """The points of the witnesses and whether they are discs: a leader's far end is none."""
    ax = figure.axes[0]
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    leaders = [
        line.get_xydata()
        for line in ax.lines
        if len(line.get_xdata()) == 2
        and to_hex(line.get_color()) == style.TEXT_COLOR
        and line.get_linewidth() == style.FRAME_WIDTH
    ]
    ends = {tuple(map(float, ends[1])) for ends in leaders}
    found = []
    for mark in marks:
        (x,), (y,) = mark.get_xdata(), mark.get_ydata()
        if mark.get_markersize() == DOT or (float(x), float(y)) not in ends:
            found.append((exact((float(x), float(y))), to_hex(mark.get_markerfacecolor())))
    assert {line.get_markersize() for line in marks} <= {DOT, COUNTER}
    return [(point, color == style.TEXT_COLOR) for point, color in found]


def edges_of(name: str) -> list[tuple[Exact, Exact]]:
    """The shape's directed edges, its inside on the left."""
    geometry = reference(spec(name).shape, spec(name).window, 1.0).region
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(geometry)))
    return [(exact(a), exact(b)) for ring in rings for a, b in pairwise(ring.coords)]


@pytest.mark.parametrize("name", ["star", "two squares", "z", "two_islands", "crowded"])
def test_what_is_drawn_is_a_proof(name: str) -> None:
    """Every half-plane to the left of an edge holds as many discs as rings."""
    found = discs(drawn(name))
    assert len(found) == len(refused(name).witnesses)
    assert sum(inside for _, inside in found) * 2 == len(found)
    region = reference(spec(name).shape, drawn_window(name), 1.0).region
    for point, inside in found:
        assert shapely.contains_xy(region, float(point[0]), float(point[1])) == inside
    assert unbalanced(name, found) == []


def unbalanced(name: str, found: list[tuple[Exact, bool]]) -> list[tuple[Exact, Exact]]:
    """The edges whose half-plane holds more discs than rings, or fewer."""

    def excess(edge: tuple[Exact, Exact]) -> int:
        held = [inside for point, inside in found if cross(*edge, point) >= 0]
        return 2 * sum(held) - len(held)

    return list(filter(excess, edges_of(name)))


def test_a_false_proof_would_be_seen() -> None:
    """A disc that is moved to the middle of the star, or missing, or taken for a ring."""
    found = discs(drawn("star"))
    (first, _), *others = found
    middle = (Fraction(0), Fraction(0)), True
    assert unbalanced("star", [middle, *others])
    assert unbalanced("star", others)
    assert unbalanced("star", [(first, False), *others])


def drawn_window(name: str) -> tuple[float, float, float, float]:
    ax = drawn(name).axes[0]
    return (ax.get_xlim()[0], ax.get_ylim()[0], ax.get_xlim()[1], ax.get_ylim()[1])


CELL = re.compile(r"^ *(?:(\d+) x )?([A-Z]\d*) +(inside|outside) +(\w+) +\((\S+), (\S+)\)$")


def said_cells(text: str) -> dict[str, tuple[int, bool, Exact]]:
    """The cells that a text names: factor, side, and point."""
    found = [match for match in map(CELL.match, text.splitlines()) if match]
    return {
        m[2]: (int(m[1] or 1), m[3] == "inside", (Fraction(m[5]), Fraction(m[6]))) for m in found
    }


@pytest.mark.parametrize("name", NO)
def test_what_is_said_is_a_proof(name: str) -> None:
    """Counted with their factors, each half-plane holds as many points inside as outside."""
    answer, cells = refused(name), said_cells(one_layer_answer(spec(name)))
    assert list(cells) == [witness.letter for witness in answer.witnesses]
    signed = [(factor if inside else -factor, point) for factor, inside, point in cells.values()]
    assert sum(factor for factor, _ in signed) == 0
    for half_plane in answer.half_planes:
        a, b, c = half_plane.line
        held = [factor for factor, (x, y) in signed if a * x + b * y + c >= 0]
        assert sum(held) == 0
    if name != "checkers":
        for start, end in edges_of(name):
            assert sum(factor for factor, point in signed if cross(start, end, point) >= 0) == 0


def test_factors_are_named_everywhere() -> None:
    cells = said_cells(one_layer_answer(spec("with factors")))
    assert max(factor for factor, *_ in cells.values()) == 3
    shown = [text.get_text() for text in drawn("with factors").axes[0].texts]
    for factor in (2, 3):
        said = sum(each == factor for each, *_ in cells.values())
        assert shown.count(f"\N{MULTIPLICATION SIGN}{factor}") == said > 0


@pytest.mark.parametrize("name", ["star", "two squares", "with factors", "crowded"])
def test_the_rows_of_the_table_are_what_the_half_planes_hold(name: str) -> None:
    answer, cells = refused(name), said_cells(one_layer_answer(spec(name)))
    held = []
    for a, b, c in (half_plane.line for half_plane in answer.half_planes):
        sides = [
            {
                i: f
                for i, (f, own, (x, y)) in cells.items()
                if own == side and a * x + b * y + c >= 0
            }
            for side in (True, False)
        ]
        if 0 < len(sides[0]) + len(sides[1]) < len(cells):
            held.append(f"{sum(sides[0].values())} = {sum(sides[1].values())}")
    shown = [text.get_text() for text in drawn(name).texts]
    assert [text for text in shown if re.fullmatch(r"\d+ = \d+", text)] == held


def test_points_are_short_and_stay_in_their_cells() -> None:
    """An edge on 2 x = 1, a vertex of thirds, and a face between lines a millionth apart."""
    upright = Plane([(2, 0, -1), (0, 1, 0)], (0.0, -1.0, 4.0, 3.0))
    known = Fraction(1, 2), Fraction(22, 7)
    assert upright.point((0, 1), known) == (Fraction(1, 2), Fraction("3.1"))
    thirds = Plane([(3, 0, -1), (0, 3, -1)], (0.0, 0.0, 1.0, 1.0))
    assert thirds.point((0, 0), (Fraction(1, 3), Fraction(1, 3))) == (
        Fraction(1, 3),
        Fraction(1, 3),
    )
    assert point_text((Fraction(1, 3), Fraction(-5, 2))) == "(1/3, -2.5)"
    assert point_text((Fraction(1, 3**40), Fraction(2))).startswith("about (8.2")
    narrow = Plane([(10**6, 0, -333333), (-(10**6), 0, 333334)], (0.0, 0.0, 1.0, 1.0))
    x, _ = narrow.point((1, 1), (Fraction(6666667, 2 * 10**7), Fraction(1, 2)))
    assert x == Fraction("0.3333335")


def test_proofs_may_need_edges_and_vertices() -> None:
    """Closed half-planes make a shape that is right on all faces and wrong on a line."""
    open_corner = loads(
        "name: open\nwindow: [-1, -1, 4, 4]\nshape: {difference: [{difference: [{difference: "
        "[{halfplane: [0, 1, -1]}, {box: [0, 0, 3, 3]}]}, {intersection: [{box: [0, 0, 3, 3]}, "
        "{halfplane: [1, -1, 0]}]}]}, {difference: [{difference: [{halfplane: [-1, 0, 2]}, "
        "{halfplane: [-1, -1, 3]}]}, {halfplane: [1, 0, -2]}]}]}"
    )
    answer = ask(open_corner)
    assert isinstance(answer, Refused)
    assert {witness.dimension for witness in answer.witnesses} == {0, 1, 2}
    for witness in answer.witnesses:
        a, b = witness.exact
        signs = [x * a + y * b + c for x, y, c in (h.line for h in answer.half_planes)]
        assert signs.count(0) >= 2 - witness.dimension
        assert witness.fires == tuple(sign >= 0 for sign in signs)
    assert faults(one_layer_figure(open_corner, MEDIA["print"])) == []


STAR = """\
Each of the 10 half-planes holds as many of A to E (inside) as of P to T (outside).
Let each letter be the sum of the weights that fire there. Whatever the weights,
A + B + C + D + E = P + Q + R + S + T.
With a threshold t, the left side has to be at least 5 t, the right side less than 5 t. \
So no weights will do."""

Z = """\
The line of edge[2] and edge[6] carries edges that face opposite ways. \
From P to A it is crossed into the shape, from B to Q the same way, but out of it.
Let each letter be the sum of the weights that fire there. \
Both crossings change it alike: A - P = Q - B, whatever the weights.
A and B have to reach the threshold, P and Q to stay below: \
the left side has to be above 0, the right side below. So no weights will do.
Added lines do not help: close enough to the edges only this line is crossed."""


@pytest.mark.parametrize(("name", "words"), [("star", STAR), ("z", Z)])
def test_the_argument(name: str, words: str) -> None:
    assert "\n".join(argument(refused(name))) == words


def test_the_argument_with_factors() -> None:
    sides = argument(refused("with factors"))[2].rstrip(".").split(" = ")
    totals = [
        sum(int(term.split()[0]) if " " in term else 1 for term in s.split(" + ")) for s in sides
    ]
    assert totals[0] == totals[1]
    assert argument(refused("with factors"))[3].count(f"{totals[0]} t") == 2


def test_many_cells_are_counted_and_not_lettered() -> None:
    answer = refused("thirteen tips")
    inside = sum(witness.inside for witness in answer.witnesses)
    assert len(answer.witnesses) - inside > 11
    assert f"of the {inside} cells inside as of the" in argument(answer)[0]
    total = sum(witness.multiplier for witness in answer.witnesses if witness.inside)
    assert argument(answer)[2].count(f"{total:,} t") == 2
    assert not drawn("thirteen tips").axes[0].texts
    assert len(discs(drawn("thirteen tips"))) == len(answer.witnesses)


def test_opposite_crossings_go_the_same_way() -> None:
    cells = said_cells(one_layer_answer(spec("z")))
    points = {letter: point for letter, (_, _, point) in cells.items()}
    assert points == {"A": (5, 3), "B": (1, 1), "P": (5, 1), "Q": (1, 3)}


def test_the_answer_for_the_plus() -> None:
    text = one_layer_answer(spec("plus"))
    assert text.startswith(
        "does one hidden layer suffice for plus?\nyes: one threshold unit over 8"
    )
    assert "  +1  vertical.right     -x + 4 >= 0\n" in text
    assert "       7         4       12        8  inside\n" in text
    rows = re.findall(r"^  \((\S+), (\S+)\) +(inside|outside) +(\d+) = (.+)$", text, re.MULTILINE)
    assert len(rows) == 25
    for x, y, side, total, terms in rows:
        assert int(total) == unit_sum("plus", (Fraction(x), Fraction(y)))
        assert int(total) == sum(map(int, terms.split(" + ")))
        assert side == ("inside" if int(total) >= 7 else "outside")


def test_sums_on_lines_and_crossings_are_counted() -> None:
    """The table of sums has all cells: F - E + V = 1 for lines in the plane."""
    rows = re.findall(r"^ +all +(\d+) +(\d+) +(\d+)$", one_layer_answer(spec("u")), re.MULTILINE)
    faces, edges, vertices = map(int, rows[0])
    assert faces - edges + vertices == 1
    body = re.findall(
        r"^ +(\d+) +(\d+) +(\d+) +(\d+)  (?:in|out)side$", one_layer_answer(spec("u")), re.MULTILINE
    )
    assert [sum(int(row[k]) for row in body) for k in (1, 2, 3)] == [faces, edges, vertices]


def test_shapes_without_a_line_and_with_an_edge_alone() -> None:
    everything = loads(
        "name: all\nwindow: [0, 0, 2, 1]\nshape: {union: [{halfplane: [0, 1, 0]}, "
        "{complement: {halfplane: [0, 1, 0]}}]}"
    )
    assert "over 0 half-planes" in one_layer_answer(everything)
    assert [n for _, n, _ in numbers_of(one_layer_figure(everything, MEDIA["print"]))] == [0]
    segment = loads(
        "name: segment\nwindow: [-1, -1, 3, 2]\nshape: {intersection: [{halfplane: [0, 1, 0]}, "
        "{halfplane: [0, -1, 0]}, {box: [0, -1, 2, 1]}]}"
    )
    answer = ask(segment)
    assert isinstance(answer, Served)
    said = notes(answer, faces_in_view(answer, 50.0))
    assert "Inside without a face beside it: 1 edge." in said


@pytest.mark.parametrize("medium", ["print", "slide"])
@pytest.mark.parametrize("name", [*YES, *NO])
def test_the_words_can_be_read(name: str, medium: MediumName) -> None:
    figure = drawn(name, medium)
    assert faults(figure) == []
    width, height = figure.get_size_inches() * 72
    assert width == pytest.approx(MEDIA[medium].width)
    assert medium == "print" or height == pytest.approx(270)


@pytest.mark.parametrize("name", ["plus", "star", "z", "with factors"])
def test_dark(name: str) -> None:
    figure = darkened(one_layer_figure(spec(name), MEDIA["slide"]))
    light = {to_hex(text.get_color()) for text in drawn(name).texts}
    assert light.isdisjoint(to_hex(text.get_color()) for text in figure.texts)


@pytest.mark.parametrize("name", ["heart", "poland"])
def test_what_is_not_decided_is_refused(name: str) -> None:
    shape = regions.load(SHAPES / f"{name}.yaml")
    for ask_it in (one_layer_answer, lambda s: one_layer_figure(s, MEDIA["print"])):
        with pytest.raises(NotCompilableError, match=r"is not decided: .*(is a curve|128 lines)"):
            ask_it(shape)


def test_too_many_lines_for_a_picture() -> None:
    """A polygon of 44 sides is convex: one unit serves, but its sums fill no page."""
    ring = [(k, k * k) for k in range(-22, 22)]
    shape = loads(f"name: many\nshape: {{polygon: {[list(p) for p in ring]}}}")
    assert one_layer_answer(shape).count("\n  +1  edge[") == MOST_LINES
    with pytest.raises(InputError, match="at most 40 half-planes, not of 44"):
        one_layer_figure(shape, MEDIA["print"])


def test_it_is_a_view() -> None:
    shape = spec("z")
    network = regions.compile(shape)
    subject = Subject(shape, network, None, regions.verify(network, shape))
    shown = view(subject, "one-layer", MEDIA["slide"])
    assert [text.get_text() for text in shown.texts] == [
        text.get_text() for text in drawn("z", "slide").texts
    ]


def test_faces_on_the_canvas() -> None:
    square = rectangle((4.0, 4.0))
    half = clipped(square, np.array([[1.0, 0.0, -3.0]]))
    assert half is not None
    assert area(half) == 4.0
    assert centroid(half).tolist() == [3.5, 2.0]
    assert clipped(square, np.array([[1.0, 0.0, -4.0]])) is None
    assert room_for(half, (1.5, 1.0)) is None
    assert room_for(half, (0.5, 1.0)) == pytest.approx((3.5, 2.0))


def test_words_are_wrapped_at_the_width() -> None:
    assert wrapped("one two three", 8.0, 25.0) == ["one", "two", "three"]
    assert wrapped("one two three", 8.0, 500.0) == ["one two three"]
