"""The diagram of a network: every weight once, nothing in the way, large networks summed up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox
from PIL import Image

from regions.check.compare import verify
from regions.compiler import build
from regions.draw.look import Look
from regions.draw.media import MEDIA, MediumName
from regions.draw.save import save
from regions.draw.style import NAME_SIZE, POINTS_PER_INCH
from regions.draw.text import text_size
from regions.draw.themes import darkened
from regions.draw.ticks import MINUS
from regions.draw.wiring import network_figure
from regions.draw.wiring.chart import EVERY_WEIGHT, chart
from regions.draw.wiring.drawing import BOX, CIRCLES, SHEET
from regions.draw.wiring.even import spread
from regions.draw.wiring.grouping import Grouping, by_layer, by_name, single
from regions.draw.wiring.key import MINUS_ONES, MULTIPLE, ONES, ONLY_ONES, TIMES
from regions.draw.wiring.kinds import kind_counts
from regions.draw.wiring.layout import Layout, Stroke
from regions.draw.wiring.model import Chart
from regions.draw.wiring.numbers import DECIMALS, NEARLY, SCALED, power_name, read_numbers
from regions.draw.wiring.order import Columns, crossings, ordered
from regions.draw.wiring.place import planned
from regions.draw.wiring.sheet import WIDEST
from regions.network.layers import gates_from_rows
from regions.network.model import Gates, Network, Output, monomials
from regions.network.names import Names
from regions.network.neat import neat_separator
from regions.network.words import gate_kind
from regions.shape.load import load
from regions.story.views import Subject, render_view
from tests.conftest import SHAPES
from tests.pictures import faults, words

SMALL = [
    ("war_zone_a", "parts"),
    ("war_zone_a", "one-layer"),
    ("war_zone_b", "auto"),
    ("star", "parts"),
    ("two_islands", "auto"),
    ("window_panes", "auto"),
    ("heart", "auto"),
    ("l_grown", "auto"),
]
LARGE = [("poland", "auto"), ("word", "auto"), ("gear", "auto")]


@cache
def compiled(shape: str, strategy: str) -> Network:
    return build(load(SHAPES / f"{shape}.yaml"), strategy).network


def drawn(network: Network, medium: MediumName = "print") -> Figure:
    return network_figure(network, MEDIA[medium], "a title", "what it is")


@cache
def pictured(shape: str, strategy: str, medium: MediumName) -> Figure:
    return drawn(compiled(shape, strategy), medium)


def whole(network: Network, wired: bool = True) -> Chart:
    return chart(network, single(network), wired, flat=not wired)


def number(label: str) -> Fraction:
    return Fraction(label.replace(MINUS, "-"))


def hand_made(
    rows: list[tuple[list[int], list[int], float]],
    separators: int = 3,
    outputs: tuple[int, ...] = (-1,),
    center: tuple[float, float] = (0.0, 0.0),
    weights: np.ndarray | None = None,
) -> Network:
    """Gates over some lines through the origin."""
    size = separators + len(rows)
    return Network(
        center=center,
        exponent=0,
        features=monomials(1),
        weights=np.arange(2.0, 2 * separators + 2).reshape(-1, 2) if weights is None else weights,
        bias=np.zeros(separators),
        gates=gates_from_rows(rows),
        names=Names.of([f"part.unit[{i}]" for i in range(size)]),
        outputs=tuple(Output(f"out {i}", range(size)[unit]) for i, unit in enumerate(outputs)),
    )


def unit_nodes(found: Chart) -> list[int]:
    """The nodes of a chart of single units, in the order of the units."""
    return [i for i, node in enumerate(found.nodes) if node.units]


def stored(network: Network, index: int) -> dict[tuple[int, int], Fraction]:
    weights = zip(network.features, network.weights[index].tolist(), strict=True)
    terms = {monomial: Fraction(weight) for monomial, weight in weights if weight}
    return {**terms, (0, 0): Fraction(float(network.bias[index]))}


@pytest.mark.parametrize(("shape", "strategy"), SMALL)
def test_every_weight_of_a_separator_stands_at_its_wire(shape: str, strategy: str) -> None:
    network = compiled(shape, strategy)
    found = whole(network)
    units = unit_nodes(found)
    shown = {
        (found.nodes[w.source].head, units.index(w.target)): w.label
        for w in found.wires
        if found.nodes[w.target].form == "separator"
    }
    expected: dict[tuple[str, int], Fraction] = {}
    for i in range(network.n_separators):
        neat = neat_separator(network, i)
        terms = dict(neat.polynomial.terms) if neat else stored(network, i)
        bias = terms.pop((0, 0), Fraction(0))
        expected |= {(power_name(m), i): weight for m, weight in terms.items()}
        mark = f"{DECIMALS} " if neat and not neat.exact else ""
        [line] = found.nodes[units[i]].lines
        assert line.replace("\N{NO-BREAK SPACE}", " ").startswith(f"{mark}bias ")
        assert NEARLY in line or number(line.split()[-1]) == bias
    assert {key: number(label) for key, label in shown.items()} == expected


@pytest.mark.parametrize(("shape", "strategy"), SMALL)
def test_every_weight_of_a_gate_is_shown_or_ruled(shape: str, strategy: str) -> None:
    network = compiled(shape, strategy)
    found = whole(network)
    units, gates = unit_nodes(found), network.gates
    wires = {
        (units.index(w.source), units.index(w.target)): w
        for w in found.wires
        if w.source in units and w.target in units
    }
    arcs = 0
    for gate in range(len(gates)):
        row, unit = gates.row(gate), network.n_separators + gate
        for read, weight in zip(
            gates.inputs[row].tolist(), gates.weights[row].tolist(), strict=True
        ):
            wire = wires[read, unit]
            arcs += 1
            assert wire.negative == (weight < 0)
            assert number(wire.label) == weight if wire.label else abs(weight) == 1
        kind = gate_kind(network, gate)
        assert kind is None or kind in found.nodes[units[unit]].lines
        assert number(found.nodes[units[unit]].lines[-1].split()[-1]) == gates.bias[gate]
    assert arcs == len(wires)
    ruled = any(note in found.notes for note in (ONES, MINUS_ONES, ONLY_ONES))
    assert ruled == (len(wires) > EVERY_WEIGHT and 1 in np.abs(gates.weights))


@pytest.mark.parametrize(("shape", "strategy"), SMALL)
def test_what_a_chart_says_is_drawn_once(shape: str, strategy: str) -> None:
    network = compiled(shape, strategy)
    found = whole(network)
    figure = pictured(shape, strategy, "print")
    texts = Counter(text for text, _, _ in words(figure))
    labels = Counter(wire.label for wire in found.wires if wire.label)
    assert {label: texts[label] for label in labels} == labels
    circles = [line for ax in figure.axes for line in ax.lines if line.get_label() == CIRCLES]
    assert sum(len(line.get_xdata()) for line in circles) == (network.gates.weights < 0).sum()


def frames(figure: Figure, label: str) -> list[Bbox]:
    """The outlines of boxes, each of which has an inside and a frame."""
    found = [
        p.get_window_extent() for p in figure.findobj(FancyBboxPatch) if p.get_label() == label
    ]
    return [Bbox.from_extents(*box) for box in dict.fromkeys(tuple(box.extents) for box in found)]


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize(("shape", "strategy"), SMALL + LARGE)
def test_nothing_is_in_the_way(shape: str, strategy: str, medium: MediumName) -> None:
    figure = pictured(shape, strategy, medium)
    assert faults(figure) == []
    boxes, found = frames(figure, BOX), words(figure)
    assert len(boxes) > 1
    assert [(a, b) for a, b in combinations(boxes, 2) if a.overlaps(b)] == []
    for sheet in frames(figure, SHEET):
        assert sum(sheet.overlaps(box) for box in boxes) == 1
    for text, size, extent in found:
        assert size >= NAME_SIZE
        met = [box for box in boxes if box.overlaps(extent)]
        assert all(box.contains(*extent.min) and box.contains(*extent.max) for box in met), text


@pytest.mark.parametrize(("shape", "strategy"), SMALL)
def test_wires_end_where_they_should_and_pass_no_box(shape: str, strategy: str) -> None:
    found = whole(compiled(shape, strategy))
    for layout in (planned(found).layout(0.0, 0.0), planned(found).layout(WIDEST)):
        ends: Counter[tuple[int, int]] = Counter()
        for stroke in layout.strokes:
            met = {i for x, y in along(stroke) for i in holders(layout, x, y)}
            target = holders(layout, *stroke.end) & {
                i for i, place in enumerate(layout.places) if place.left == stroke.end[0]
            }
            ends.update((stroke.source, node) for node in target)
            assert met <= {stroke.source} | target
        assert ends == Counter((wire.source, wire.target) for wire in found.wires)
        labels: Counter[tuple[int, str]] = Counter((t.source, t.text) for t in layout.tags)
        assert labels == Counter((w.source, w.label) for w in found.wires if w.label)
        for tag in layout.tags:
            [gap] = {
                s.gap
                for s in layout.strokes
                if s.gap and s.end[1] == tag.at[1] and s.gap[0] < tag.at[0] < s.gap[1]
            }
            assert gap[1] - gap[0] > text_size(tag.text, NAME_SIZE)[0]


def along(stroke: Stroke) -> list[tuple[float, float]]:
    """Points of its bend, and the ends of its level part."""
    (a, y), (b, z), half = stroke.start, stroke.bent, (stroke.bent[0] - stroke.start[0]) / 2
    control = np.array([(a, y), (a + half, y), (b - half, z), (b, z)])
    t = np.linspace(0, 1, 41)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return [*map(tuple, (weights @ control).tolist()), stroke.end]


def holders(layout: Layout, x: float, y: float) -> set[int]:
    """The boxes that hold a point."""
    return {
        i
        for i, place in enumerate(layout.places)
        if place.left <= x <= place.left + place.width and abs(y - place.middle) <= place.height / 2
    }


@pytest.mark.parametrize(("shape", "strategy"), SMALL + LARGE)
def test_the_sheet_has_its_size(shape: str, strategy: str) -> None:
    width, _ = pictured(shape, strategy, "print").get_size_inches() * POINTS_PER_INCH
    assert MEDIA["print"].width <= width + 1e-6 <= WIDEST + 2e-6
    slide = pictured(shape, strategy, "slide").get_size_inches() * POINTS_PER_INCH
    assert np.allclose(slide, MEDIA["slide"][:2])


@st.composite
def layered(draw: st.DrawFn) -> tuple[Columns, list[tuple[int, int]]]:
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    starts = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    columns = tuple(tuple(range(a, b)) for a, b in pairwise(starts))
    pairs = [(s, t) for a, b in pairwise(columns) for s in a for t in b]
    return columns, draw(st.lists(st.sampled_from(pairs), unique=True, max_size=25))


def crossings_by_pairs(columns: Columns, joins: list[tuple[int, int]]) -> int:
    place = {v: (c, at) for c, column in enumerate(columns) for at, v in enumerate(column)}
    return sum(
        place[a][0] == place[c][0] and (place[a][1] - place[c][1]) * (place[b][1] - place[d][1]) < 0
        for (a, b), (c, d) in combinations(joins, 2)
    )


@given(layered())
def test_sweeps_never_add_a_crossing(case: tuple[Columns, list[tuple[int, int]]]) -> None:
    columns, joins = case
    found = ordered(columns, joins)
    assert [sorted(column) for column in found] == [sorted(column) for column in columns]
    for each in (columns, found):
        assert crossings(each, joins) == crossings_by_pairs(each, joins)
    assert crossings(found, joins) <= crossings(columns, joins)


def test_sweeps_untangle() -> None:
    columns = (0, 1, 2), (3, 4, 5)
    joins = [(0, 5), (1, 4), (2, 3)]
    assert crossings(columns, joins) == 3
    assert crossings(ordered(columns, joins), joins) == 0


@given(
    st.lists(st.tuples(st.integers(-20, 60), st.integers(1, 9)), min_size=1, max_size=4),
    st.integers(0, 3),
    st.integers(0, 20),
)
def test_boxes_are_spread_at_the_least_cost(
    boxes_: list[tuple[int, int]], gap: int, spare: int
) -> None:
    wanted, heights = zip(*boxes_, strict=True)
    high = sum(heights) + gap * (len(heights) - 1) + spare
    found = spread(wanted, heights, gap, high)

    def least(middles: list[float]) -> list[float]:
        """Room before the first, between neighbours, and after the last."""
        ends = [(m - h / 2, m + h / 2) for m, h in zip(middles, heights, strict=True)]
        between = [b[0] - a[1] - gap for a, b in pairwise(ends)]
        return [ends[0][0], *between, high - ends[-1][1]]

    def cost(middles: list[float]) -> float:
        return sum((m - w) ** 2 for m, w in zip(middles, wanted, strict=True))

    assert min(least(found)) >= -1e-9
    # A convex problem: where no small step of some neighbours together helps, nothing does.
    for first, last in combinations(range(len(found) + 1), 2):
        for step in (-0.01, 0.01):
            moved = [m + step * (first <= i < last) for i, m in enumerate(found)]
            assert min(least(moved)) < -1e-9 or cost(moved) >= cost(found) - 1e-9


def groupings(network: Network) -> list[Grouping]:
    named = by_name(network, [60, 30, 20, 10, 5])
    return [*named, *(by_layer(network, columns) for columns in (4, 2, 1))]


@pytest.mark.parametrize(("shape", "strategy"), LARGE)
def test_groups_add_up(shape: str, strategy: str) -> None:
    network = compiled(shape, strategy)
    for grouping in groupings(network):
        found = chart(network, grouping, wired=False, flat=False)
        nodes = found.nodes
        assert sum(node.units for node in nodes) == network.size == grouping.count.sum()
        counts = Counter(
            int(line.split()[0].replace(",", "")) == node.units
            for node in nodes
            if node.form == "group"
            for line in (node.head, *node.lines)
            if "separator" in line or ("gate" in line and line[0].isdigit())
        )
        assert counts[True] == sum(node.form == "group" for node in nodes)
        between = [w for w in found.wires if nodes[w.source].units and nodes[w.target].units]
        within = (grouping.box[network.gates.inputs] == grouping.box[readers(network)]).sum()
        assert sum(wire.connections for wire in between) + within == len(network.gates.inputs)
        told = [note for note in found.notes if "within groups" in note]
        assert [note.split()[0] for note in told] == ([f"{within:,}"] if within else [])
        assert all(nodes[w.source].column < nodes[w.target].column for w in found.wires)
        several = [wire for wire in between if wire.connections > 1]
        assert all(wire.label == f"{TIMES}{wire.connections}" for wire in several)
        assert (MULTIPLE in found.notes) == bool(several)


def readers(network: Network) -> np.ndarray:
    gates = np.arange(network.n_separators, network.size)
    return np.repeat(gates, np.diff(network.gates.start))


def test_families_have_a_parent_and_a_layer_in_common() -> None:
    network = compiled("gear", "auto")
    [fine, *_] = by_name(network, [48])
    for box, name in enumerate(fine.names):
        members = np.flatnonzero(fine.box == box)
        assert len(set(network.levels[members].tolist())) == 1
        if len(members) > 1:
            parents = {network.names[unit].rpartition(".")[0] for unit in members}
            assert parents == {name}
    assert "gear.hole" in fine.names


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([-4, -2, -1, 1, 2, 3]), min_size=1, max_size=4),
            st.integers(-8, 8),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_kinds_are_counted_as_they_are_named(gates: list[tuple[list[int], int]]) -> None:
    rows = [(list(range(len(weights))), weights, bias - 0.5) for weights, bias in gates]
    network = hand_made(rows, separators=4)
    counts = kind_counts(network, single(network))[4:]
    for gate, kinds in enumerate(counts):
        kind = gate_kind(network, gate)
        assert kinds == (kind == "AND", kind == "OR", kind not in ("AND", "OR"))


def test_coordinates_are_told() -> None:
    own = read_numbers(compiled("war_zone_a", "parts"), range(7))
    assert (own.letters, own.notes) == ("xy", ())
    neat = read_numbers(compiled("star", "parts"), range(13))
    assert neat.letters == "xy"
    assert "u = x" in neat.notes[0]
    assert neat.notes[1] == SCALED
    weights = np.array([[np.pi, np.e], [np.sqrt(2.0), np.sqrt(3.0)]])
    crooked = hand_made([([0, 1], [1, -1], -0.5)], 2, center=(3.0, -5.0), weights=weights)
    uneven = read_numbers(crooked, range(2))
    assert uneven.letters == "uv"
    assert f"u = x {MINUS} 3 and v = y + 5" in uneven.notes[0]
    assert uneven.numbers[0].weights[0][1] == f"{NEARLY}2.72"
    assert [node.head for node in whole(crooked).nodes[:2]] == ["u", "v"]


def test_many_outputs() -> None:
    rows = [([0, i % 3], [1, 1], -0.5) for i in range(90)]
    for count in (40, 90):
        network = hand_made(rows, outputs=tuple(range(3, 3 + count)))
        for medium in MEDIA:
            assert faults(drawn(network, medium)) == []
    alone = hand_made([], separators=1, outputs=(0,) * 12)
    assert faults(drawn(alone, "slide")) == []
    assert "90 regions" in {text for text, _, _ in words(drawn(network, "slide"))}


def test_the_view_is_registered(tmp_path: Path) -> None:
    made, spec = build(load(SHAPES / "lens.yaml"), "auto"), load(SHAPES / "lens.yaml")
    subject = Subject(spec, made.network, made, verify(made.network, spec))
    path = tmp_path / "lens.png"
    render_view(subject, "network", path, Look("slide", "dark"))
    with Image.open(path) as picture:
        assert picture.size == (1920, 1080)


def test_powers_are_raised() -> None:
    names = [power_name(monomial, "uv") for monomial in ((1, 0), (2, 1), (12, 23), (0, 0))]
    assert names == ["u", "u²v", "u¹²v²³", ""]


def test_several_outputs_constants_and_skipped_layers() -> None:
    rows = [([], [], 0.5), ([0, 1], [1, 1], -1.5), ([4, 2, 3], [1, -1, 1], -0.5)]
    network = hand_made(rows, outputs=(0, 3, -1, -1))
    for medium in MEDIA:
        assert faults(drawn(network, medium)) == []
    found = whole(network)
    assert [node.head for node in found.nodes if node.form == "output"] == [
        f"out {i}" for i in range(4)
    ]
    assert found.heads[-1] == "outputs"
    assert "always" in found.nodes[unit_nodes(found)[3]].lines


@pytest.mark.parametrize(("shape", "strategy"), [("window_panes", "auto"), ("gear", "auto")])
@pytest.mark.parametrize("medium", MEDIA)
def test_it_can_be_dark(shape: str, strategy: str, medium: MediumName, tmp_path: Path) -> None:
    figure = darkened(drawn(compiled(shape, strategy), medium))
    save(figure, tmp_path / "dark.png")
    assert faults(figure) == []


def land(parts: int, edges: int) -> Network:
    """Many polygons: an AND of edges each, and an OR."""
    count = parts * edges
    start = np.concatenate([np.arange(parts + 1) * edges, [count + parts]])
    prefix = np.concatenate([np.repeat(np.arange(parts), edges), [parts] * parts, [parts + 1]])
    numbers = np.concatenate([np.tile(np.arange(edges), parts), np.arange(parts), [-1]])
    spelled = (*(f"land.part[{i}].edge" for i in range(parts)), "land.part", "land")
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(1),
        weights=np.ones((count, 2)),
        bias=np.zeros(count),
        gates=Gates(
            start,
            np.arange(count + parts),
            np.ones(count + parts, dtype=np.int64),
            np.array([0.5 - edges] * parts + [-0.5]),
        ),
        names=Names(spelled, prefix, numbers),
        outputs=(Output("land", count + parts),),
    )


EACH_PART = "40,000 of them in 10 groups"


@pytest.mark.parametrize(("parts", "edges"), [(8000, 50), (10, 4000)])
def test_a_large_network_is_summed_up(parts: int, edges: int) -> None:
    network = land(parts, edges)
    for medium in MEDIA:
        figure = drawn(network, medium)
        assert len(figure.findobj()) < 1000
        assert faults(figure) == []
    [grouping, *_] = by_name(network, [48])
    found = chart(network, grouping, wired=False, flat=False)
    assert sum(node.units for node in found.nodes) == parts * edges + parts + 1
    assert found.summary == ("408,000 of them in 2 groups" if parts > 48 else EACH_PART)


def test_a_deep_network_is_summed_up() -> None:
    rows = [([2 + i, 0], [1, 1], -1.5) for i in range(200)]
    figure = drawn(hand_made(rows), "slide")
    assert faults(figure) == []
    assert any("all in" in text for text, _, _ in words(figure))


def test_names_that_differ_still_do_when_cut() -> None:
    deep = "one.very.long.name.of.a.{}.deep.inside.part[{}]"
    names = [deep.format(kind, i) for kind in "ab" for i in (0, 1)]
    network = replace(hand_made([([0, 1, 2], [1, 1, 1], -2.5)]), names=Names.of(names))
    heads = [text for text, _, _ in words(drawn(network)) if "part[" in text]
    assert len(heads) == len(set(heads)) == 4


def test_names_in_any_letters() -> None:
    rows = [([0, 1, 2], [2, 1, 1], -1.5), ([3], [-1], 0.5)]
    names = ["$x$", "\N{CJK UNIFIED IDEOGRAPH-5C4B}", "two\nlines", " ", "a.b[0].c"]
    network = replace(hand_made(rows), names=Names.of(names))
    for medium in MEDIA:
        assert faults(drawn(network, medium)) == []


def test_a_network_without_separators() -> None:
    figure = drawn(hand_made([([], [], 0.5), ([0], [-1], 0.5)], separators=0))
    assert faults(figure) == []
    assert {"x", "y", "constants", "always", "NOT"} <= {text for text, _, _ in words(figure)}
