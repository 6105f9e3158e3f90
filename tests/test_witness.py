"""Witnesses: the cell around one, what each unit says there, and how it is shown."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

import regions
from regions.check.cell import cell_around, grown
from regions.check.closeup import closeup
from regions.check.excerpt import LISTED, excerpt
from regions.check.proof import Witness
from regions.check.repair import repairs
from regions.cli import main
from regions.draw.labels import place_arrows, place_labels
from regions.draw.lines import View, zero_sets
from regions.draw.region import mark_box, separator_names
from regions.draw.style import NAME_SIZE
from regions.draw.text import text_size
from regions.geometry.arrangement import Line, Point, crossing, integer_line, line_through
from regions.network.exact import exact_outputs, exact_trace, exact_values
from regions.network.handset.read import loads
from regions.network.layers import gates_from_rows
from regions.network.magnified import distances, magnified, region_near
from regions.network.model import Network, Output
from regions.network.names import Names
from regions.network.raster import Grid
from regions.shape.model import Box, Circle, Difference, Ellipse, Polygonal, Shape, Spec, Union
from regions.story.witness import witness_picture
from tests.conftest import ROOT, SHAPES, shared
from tests.pictures import faults, words
from tests.pointwise import network_says, shape_says

HOUSE = SHAPES / "war_zone_a.yaml"
HOUSE_NETWORK = regions.compile(HOUSE, "parts")
RING_NETWORK = regions.compile(SHAPES / "war_zone_b.yaml")

SQUARE = (Fraction(-4), Fraction(-4), Fraction(4), Fraction(4))
SIDES: list[Line] = [(1, 0, 4), (-1, 0, 4), (0, 1, 4), (0, -1, 4)]
"""The lines of its sides, positive inside."""

small = st.integers(-6, 6)
some_lines = st.lists(st.tuples(small, small, small).filter(lambda t: t[:2] != (0, 0)), max_size=9)
points = st.tuples(*[st.fractions(-3, 3, max_denominator=12)] * 2)


def value(line: Line, point: Point) -> Fraction:
    a, b, c = line
    return a * point[0] + b * point[1] + c


def sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def corners_by_force(lines: Sequence[Line], point: Point) -> set[Point]:
    """Every crossing of two lines, or sides of the square, that lies in the closed cell."""
    sides = [*lines, *SIDES]
    signs = [sign(value(line, point)) for line in sides]
    found = set()
    for (a, b, c), (d, e, f) in itertools.combinations(sides, 2):
        if a * e != b * d:
            corner = crossing((a, b, c), (d, e, f))
            if all(
                sign(value(line, corner)) in (0, s) for line, s in zip(sides, signs, strict=True)
            ):
                found.add(corner)
    return found


@given(some_lines, points)
def test_the_corners_of_a_cell_are_those_found_by_force(lines: list[Line], point: Point) -> None:
    """In faces, on edges and in vertices: many of these lines run through one point."""
    cell = cell_around(lines, point, SQUARE)
    assert set(cell) == corners_by_force(lines, point)
    assert len(set(cell)) == len(cell)


@given(some_lines, points, st.data())
def test_edges_and_vertices_are_cells(lines: list[Line], point: Point, data: st.DataObject) -> None:
    """A line is laid through the point, or two."""
    through = [
        integer_line(Fraction(a), Fraction(b), -a * point[0] - b * point[1])
        for a, b in data.draw(st.sampled_from([[(1, 2)], [(0, 1)], [(1, 0), (3, 1)]]))
    ]
    cell = cell_around([*lines, *through], point, SQUARE)
    assert set(cell) == corners_by_force([*lines, *through], point)
    assert len(cell) <= 2
    if len(cell) == 1:
        assert cell == (point,)


@given(some_lines, points)
def test_a_face_is_that_of_polygonize(lines: list[Line], point: Point) -> None:
    if any(value(line, point) == 0 for line in lines):
        return
    frame = shapely.box(*map(float, SQUARE))
    drawn = [frame.exterior, *(segment(line).intersection(frame) for line in lines)]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(drawn)]))
    found = shapely.Polygon(as_doubles(cell_around(lines, point, SQUARE)))
    assert found.exterior.is_ccw
    areas = shapely.area(shapely.intersection(faces, found))
    same = faces[areas.argmax()]
    assert found.symmetric_difference(same).area < 1e-9
    assert found.covers(shapely.Point(*map(float, point)))


def as_doubles(cell: Sequence[Point]) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in cell]


def segment(line: Line) -> shapely.LineString:
    """What a square of 40 shows of a line."""
    normal = np.array(line[:2], dtype=float)
    foot = -line[2] * normal / (normal @ normal)
    along = np.array([-normal[1], normal[0]]) / np.hypot(*normal) * 40
    return shapely.LineString([foot - along, foot + along])


@pytest.mark.parametrize("exponent", [20, 100, 1100])
def test_a_cell_far_thinner_than_doubles(exponent: int) -> None:
    """Between two lines that nearly coincide, and two that cut the strip short."""
    gap = 2**exponent
    lines = [(1, 3, 0), (gap, 3 * gap, -1), (3, -1, 0), (3, -1, 1)]
    point = Fraction(1, 3 * gap) - Fraction(1, 20), Fraction(1, 60)
    cell = cell_around(lines, point, SQUARE)
    assert set(cell) == corners_by_force(lines, point)
    assert len(cell) == 4


def test_lines_beyond_the_range_of_doubles_do_not_matter() -> None:
    far, near = 2**1100, Fraction(1, 2)
    lines = [(1, 0, far), (0, far, 1), (far, 1, -far * far)]
    assert set(cell_around(lines, (near, near), SQUARE)) == corners_by_force(lines, (near, near))


@given(st.tuples(*[st.fractions(-50, 50, max_denominator=5)] * 2))
def test_beyond_the_window_the_cell_still_holds_its_point(point: Point) -> None:
    xmin, ymin, xmax, ymax = grown(SQUARE, point)
    assert xmin < point[0] < xmax or abs(point[0]) == 4
    assert ymin < point[1] < ymax or abs(point[1]) == 4
    assert shapely.box(*map(float, (xmin, ymin, xmax, ymax))).covers(shapely.box(-4, -4, 4, 4))
    cell = shapely.Polygon(as_doubles(cell_around([(1, 1, 3)], point, SQUARE)))
    if value((1, 1, 3), point):
        assert cell.distance(shapely.Point(*map(float, point))) < 1e-9


def test_an_edge_that_meets_the_window_in_one_corner_has_two_ends() -> None:
    corner, edge = (Fraction(4), Fraction(4)), [(1, 1, -8)]
    first, last = cell_around(edge, corner, SQUARE)
    assert value(edge[0], first) == value(edge[0], last) == 0
    assert (first[0] - 4) * (last[0] - 4) < 0
    assert len(cell_around([*edge, (1, -1, 0)], corner, SQUARE)) == 1


def test_a_cell_that_reaches_beyond_the_doubles() -> None:
    far = Fraction(10**400)
    lines = [(0, 1, -1), (1, 10**500, 7), (1, 0, 10**350)]
    cell = cell_around(lines, (far, Fraction(1, 2)), SQUARE)
    assert min(y for _, y in cell) == Fraction(-7 - max(x for x, _ in cell), 10**500)
    assert max(y for _, y in cell) == 1


@pytest.mark.parametrize("exponent", [1040, 1070, 1200])
def test_a_cell_far_off_along_a_line_that_is_hardly_slanted(exponent: int) -> None:
    """Its slope is no double, or one of few digits, and matters all the same."""
    far, steep = Fraction(2**1000), 2**exponent
    lines = [(1, -steep, -7), (-3, steep, 2**1001), (1, 0, -(2**999))]
    point = far, Fraction(2**1000 - 2, steep)
    cell = cell_around(lines, point, SQUARE)
    frame = grown(SQUARE, point)
    sides: list[Line] = [
        (1, 0, -int(frame[0])),
        (-1, 0, int(frame[2])),
        (0, 1, -int(frame[1])),
        (0, -1, int(frame[3])),
    ]
    assert all(value(line, point) * value(line, c) >= 0 for line in lines + sides for c in cell)
    met = [line for line in lines + sides if sum(value(line, c) == 0 for c in cell) == 2]
    assert len(met) == len(cell) > 2


def test_a_cell_of_canada_is_found_at_once() -> None:
    """67,433 edges: no line crosses the inside, and a line or side of the window bounds each side.

    Judged in integers.
    """
    data = json.loads(shared("large/canada_10m.geojson").read_text(encoding="utf-8"))
    geometry = shapely.geometry.shape(data["features"][0]["geometry"])
    xmin, ymin, xmax, ymax = window = tuple(map(Fraction, geometry.bounds))
    edges = [
        line_through(start, end)
        for ring in shapely.get_rings(shapely.get_parts(geometry))
        for start, end in itertools.pairwise(ring.coords)
    ]
    point = (2 * xmin + 3 * xmax) / 5, (3 * ymin + 2 * ymax) / 5
    begin = time.process_time()
    cell = cell_around(edges, point, window)
    assert time.process_time() - begin < 1
    sides = [(1, 0, -xmin), (-1, 0, xmax), (0, 1, -ymin), (0, -1, ymax)]
    lines = np.array([*edges, *sides], dtype=object)
    signs = np.sign(lines @ np.array([*point, 1], dtype=object)).astype(int)
    corners = np.array([[*corner, 1] for corner in cell], dtype=object)
    at = np.sign(corners @ lines.T).astype(int)
    assert (signs != 0).all()
    assert (at * signs >= 0).all()
    assert ((at == 0) & (np.roll(at, 1, axis=0) == 0)).any(axis=1).all()


def test_a_proof_tells_the_cell_of_its_witness() -> None:
    """Ben's wall stands a unit too far to the right."""
    spec = regions.load(HOUSE)
    found = regions.prove(regions.load_network(ROOT / "tests/answers/ben.yaml"), spec).witness
    assert found is not None
    assert set(found.cell) == {(5, 0), (6, 0), (6, 4), (5, 4)}
    polygon = spec.shape.operands[1]
    far = regions.prove(regions.compile(regions.load(HOUSE)), Spec("walls", polygon, spec.window))
    assert far.witness is not None
    assert shapely.Polygon(far.witness.cell).covers(shapely.Point(far.witness.point))


@given(st.tuples(*[st.integers(-64, 64)] * 2))
def test_on_a_lattice_the_exact_trace_is_the_trace(point: tuple[int, int]) -> None:
    """There the forward pass rounds nothing."""
    x, y = point[0] / 8, point[1] / 8
    for network in (HOUSE_NETWORK, RING_NETWORK):
        assert exact_trace(network, Fraction(x), Fraction(y)) == network.trace((x, y))


def test_values_too_small_for_doubles_keep_their_sign() -> None:
    """A point so near to the floor that its height is 0 in doubles."""
    low = Fraction(-1, 10**400)
    floor = list(HOUSE_NETWORK.names).index("war zone a.walls.bottom")
    assert exact_values(HOUSE_NETWORK, Fraction(3), low)[floor] < 0
    assert not exact_outputs(HOUSE_NETWORK, Fraction(3), low)[-1]
    unit = exact_trace(HOUSE_NETWORK, Fraction(3), low)[floor]
    assert unit.preactivation == 0
    assert not unit.output
    assert HOUSE_NETWORK.trace((3.0, float(low)))[floor].output


def test_the_trace_of_a_witness_ends_in_its_answer() -> None:
    spec = regions.load(HOUSE)
    for name in ("ben", "emil"):
        network = regions.load_network(ROOT / f"tests/answers/{name}.yaml")
        found = regions.prove(network, spec).witness
        assert found is not None
        trace = found.trace(network)
        assert trace.regions == {"house": found.network}
        assert trace[-1].output == found.network
        assert [unit.name for unit in trace] == list(network.names)


# Close up


def compiled(shape: Shape) -> tuple[Network, Spec]:
    spec = Spec("shape", shape, (-5.0, -5.0, 5.0, 5.0))
    return regions.compile(spec), spec


def witness_at(point: Point, dimension: int = 2, network: bool = True) -> Witness:
    x, y = point
    return Witness((x, y), (float(x), float(y)), dimension, network, not network)


@given(st.tuples(*[st.integers(-40, 40)] * 2), st.integers(-3, 8))
def test_a_magnified_network_says_the_same(center: tuple[int, int], exponent: int) -> None:
    """At dyadic points nothing is rounded on either side."""
    x, y = Fraction(center[0], 8), Fraction(center[1], 8)
    t = np.stack(np.meshgrid(*[np.arange(-8, 9) / 4] * 2), axis=-1).reshape(-1, 2)
    there = np.array([float(x), float(y)]) + t * 2.0**-exponent
    for network in (HOUSE_NETWORK, RING_NETWORK):
        seen = magnified(network, (x, y), exponent)
        assert (seen.inside(t) == network.inside(there)).all()


@given(points, st.integers(-4, 4), st.integers(0, 2**32 - 1))
def test_what_is_left_near_by_is_the_whole_network(center: Point, exponent: int, seed: int) -> None:
    """Of random lines under random gates, where many lines have one sign on the grid."""
    network = magnified(random_network(seed), center, exponent)
    grid = Grid((-1, -1, 1, 1), 9, 9)
    assert (region_near(network, grid) == regions.rasterize(network, grid)).all()


def random_network(seed: int) -> Network:
    """Twelve lines and ten gates over lines and gates before them."""
    random = np.random.default_rng(seed)
    rows = []
    for unit in range(12, 22):
        inputs = random.choice(unit, 4, replace=False).tolist()
        rows.append((inputs, random.integers(1, 4, 4) * random.choice([-1, 1], 4), 0.5))
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=((1, 0), (0, 1)),
        weights=random.integers(-9, 10, (12, 2)).astype(float),
        bias=random.integers(-9, 10, 12).astype(float),
        gates=gates_from_rows([(inputs, weights.tolist(), bias) for inputs, weights, bias in rows]),
        names=Names.of([f"unit {i}" for i in range(22)]),
        outputs=(Output("last", 21),),
    )


def test_distances_to_lines_and_circles() -> None:
    """From (0, 2) a wall is 1 away. So is the circle of radius 1: 3 / 4, told by the slope."""
    point = Fraction(0), Fraction(2)
    walls = distances(magnified(HOUSE_NETWORK, point, 0))
    assert walls[list(HOUSE_NETWORK.names).index("war zone a.walls.left")] == 1
    rings = distances(magnified(RING_NETWORK, point, 3))
    assert rings[list(RING_NETWORK.names).index("ring.inner")] == 3 / 4 * 8
    constant = replace(HOUSE_NETWORK, weights=np.zeros_like(HOUSE_NETWORK.weights))
    assert np.isinf(distances(magnified(constant, point, 0))).all()


HOLED = shapely.Polygon(
    [(-4, -3.7), (3.1, -4), (4, 0.3), (1.3, 4), (-3.3, 2.9)],
    [[(-1, -1), (1.2, -0.7), (0.1, 1.4)], [(1.2, -0.7), (2, -0.7), (1.7, 0.4)]],
)
"""Two holes touch in a point, and one has a horizontal edge."""

SHAPES_SEEN = {
    "polygon": Polygonal(HOLED),
    "two polygons": Polygonal(shapely.MultiPolygon([HOLED, shapely.box(4.2, 0.1, 4.9, 0.3)])),
    "box": Box(-1, -2, 3, 0.3),
    "tree": Union((Difference((Circle((0, 0), 3), Box(0, 0, 4, 4))), Ellipse((2, 2), (1, 2), 30))),
}


@pytest.mark.parametrize("shape", SHAPES_SEEN.values(), ids=SHAPES_SEEN)
@pytest.mark.parametrize("away", [Fraction(1), Fraction(1, 10**6), Fraction(1, 10**17)])
def test_network_and_shape_are_seen_as_they_are(shape: Shape, away: Fraction) -> None:
    """Close to a corner of the shape, at every pixel, against plain rational arithmetic."""
    network, spec = compiled(shape)
    point = Fraction(1.2) + away / 7, Fraction(-0.7) - away / 3
    seen = closeup(network, spec, replace(witness_at(point), cell=tuple(square(point, away))))
    assert seen.whole
    actual, wanted, grid = seen.actual(12), seen.wanted(12), seen.grid(12)
    for row, column in np.ndindex(12, 12):
        t = Fraction(grid.xs[column]), Fraction(grid.ys[row])
        there = tuple(
            c + u / Fraction(2) ** seen.exponent for c, u in zip(seen.center, t, strict=True)
        )
        assert wanted[row, column] == shape_says(shape, there)
        assert actual[row, column] == network_says(network, there)


def square(point: Point, half: Fraction) -> list[Point]:
    x, y = point
    return [(x + a * half, y + b * half) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def moved(network: Network, unit: int, factor: float) -> Network:
    """The network with one separator's bias times a factor."""
    bias = network.bias.copy()
    bias[unit] *= factor
    return replace(network, bias=bias)


@pytest.mark.parametrize("part", [0.5, 1e-6, 1e-11])
@pytest.mark.parametrize("name", ["polygon", "tree"])
def test_both_regions_are_seen_about_a_witness(name: str, part: float) -> None:
    """However narrow the difference is: at the witness what the proof says, elsewhere equal."""
    network, spec = compiled(SHAPES_SEEN[name])
    network = moved(network, 0, 1 + part)
    witness = regions.prove(network, spec).witness
    assert witness is not None
    seen = closeup(network, spec, witness)
    actual, wanted, grid = seen.actual(101), seen.wanted(101), seen.grid(101)
    column = np.abs(grid.xs - seen.point[0]).argmin()
    row = np.abs(grid.ys - seen.point[1]).argmin()
    assert witness.dimension == 2
    assert (actual[row, column], wanted[row, column]) == (witness.network, witness.shape)
    assert (actual == wanted).mean() > 0.1
    assert (actual != wanted).mean() > 0.005


def test_of_a_sliver_only_the_part_about_the_witness_is_shown() -> None:
    """A cell a million times as long as it is wide."""
    width = Fraction(1, 10**6)
    cell = ((0, 0), (1, 0), (1, width), (0, width))
    point = Fraction(1, 3), width / 2
    network, spec = compiled(Box(0, 0, 1, 1))
    seen = closeup(network, spec, replace(witness_at(point), cell=cell))
    assert not seen.whole
    assert seen.point == pytest.approx([0, 0], abs=1e-5)
    assert seen.side == pytest.approx(4e-6)
    xmin, ymin, xmax, ymax = seen.bounds
    assert xmin < 1 / 3 < xmax
    assert ymin < 5e-7 < ymax
    # Seen from there the long sides are as far away as they are.
    scale = 2.0**seen.exponent
    assert np.unique(seen.cell[:, 1] / scale) == pytest.approx([-5e-7, 5e-7], abs=1e-11)


# The trace in short


def test_a_small_trace_is_whole() -> None:
    told = excerpt(HOUSE_NETWORK, witness_at((Fraction(3), Fraction(5))))
    assert [unit.name for unit in told.units] == list(HOUSE_NETWORK.names)
    assert told.left_out == 0
    assert told.notes == ()
    assert len(str(told).splitlines()) == HOUSE_NETWORK.size


def south_africa() -> Spec:
    text = shared("countries/south_africa_50m.geojson").read_text(encoding="utf-8")
    shape = shapely.geometry.shape(json.loads(text)["features"][0]["geometry"])
    return Spec("south africa", Polygonal(shape), (14.0, -36.0, 34.0, -21.0))


def flipped(network: Network) -> Network:
    """The network with the weight of one gate's input turned round."""
    weights = network.gates.weights.copy()
    weights[200] *= -1
    return replace(network, gates=replace(network.gates, weights=weights))


def test_of_a_large_trace_what_decides_is_told() -> None:
    spec = south_africa()
    network = flipped(regions.compile(spec))
    witness = regions.prove(network, spec).witness
    assert witness is not None
    told, trace = excerpt(network, witness), witness.trace(network)
    region = network.output().unit
    numbers = [list(network.names).index(unit.name) for unit in told.units]
    assert numbers[-1] == region
    assert numbers[:-1] == repairs(network, [unit.output for unit in trace], region)[: LISTED - 1]
    assert told.left_out + len(told.units) == network.size > LISTED
    assert [trace[number] for number in numbers] == list(told.units)
    count = len(repairs(network, [unit.output for unit in trace], region))
    assert told.complete == (count == len(numbers) - 1)
    assert str(told).splitlines()[-1].startswith(f"and {told.left_out} more")


def test_it_is_said_that_an_answer_is_one_of_rounding() -> None:
    told = excerpt(HOUSE_NETWORK, witness_at((Fraction(3), Fraction(5)), network=False))
    assert told.answer
    assert told.notes == ("as stored it says 1: this is within rounding",)


# The picture


def answer(name: str) -> Path:
    return ROOT / f"tests/answers/{name}.yaml"


def far_box() -> tuple[Network, Spec]:
    """A box, and all that lies far away."""
    text = """
network:
  units:
    west: "x >= 1"
    east: "x <= 5"
    floor: "y >= 0"
    top: "y <= 4"
    far: "x + y >= 40"
    box: "west + east + floor + top + 4*far >= 4"
  output: box
"""
    return loads(text), Spec("box", Box(1, 0, 5, 4), (-1.0, -1.0, 7.0, 9.0))


def drawn(name: str) -> Figure:
    match name:
        case "ben" | "emil":
            network, spec = regions.load_network(answer(name)), regions.load(HOUSE)
        case "sliver":
            spec = regions.load(HOUSE)
            network = moved(regions.compile(spec, "edges"), 1, 1 + 1e-6)
        case "ring":
            network, spec = (
                moved(RING_NETWORK, 0, 1 + 1e-9),
                regions.load(SHAPES / "war_zone_b.yaml"),
            )
        case "far":
            network, spec = far_box()
        case _:
            spec = south_africa()
            network = flipped(regions.compile(spec))
    proof = regions.prove(network, spec)
    assert proof.witness is not None
    report = regions.verify(network, spec)
    return witness_picture(spec, network, report, proof.witness, proof.verdict)


@pytest.mark.parametrize("name", ["ben", "emil", "sliver", "ring", "far", "south africa"])
def test_the_words_can_be_read(name: str) -> None:
    figure = drawn(name)
    said = [text for text, _, _ in words(figure)]
    assert "witness: they differ here" in said
    assert any(text.startswith("network: ") and "shape: " in text for text in said)
    assert {"unit", "value", "fires", "network only", "shape only", "both"} <= set(said)
    slanted = [text for text in figure.findobj(Text) if text.get_rotation() not in (0.0, 180.0)]
    for text in slanted:
        # Boxes of slanted names are larger than the names; these are tested in test_draw.py.
        text.set_visible(False)
    assert faults(figure) == []


def test_names_and_arrows_keep_clear_of_a_mark() -> None:
    """One that stands right where a name would be, or an arrow."""
    view = View((-1.0, -1.0, 7.0, 9.0), 40.0)
    visible = zero_sets(HOUSE_NETWORK, view, np.arange(HOUSE_NETWORK.n_separators))
    names = separator_names(HOUSE_NETWORK)
    sizes = [text_size(name, NAME_SIZE) for name in names]
    placed = place_arrows(HOUSE_NETWORK, view, visible, sizes)
    places = [a.box.center for a in placed]
    places += [a.box.center for a in place_labels(HOUSE_NETWORK, view, visible, sizes, placed)]
    assert len(places) == 2 * len(names)
    for place in places:
        kept = [mark_box(view, view.to_window(np.array(place)).tolist())]
        arrows = place_arrows(HOUSE_NETWORK, view, visible, sizes, kept)
        labels = place_labels(HOUSE_NETWORK, view, visible, sizes, arrows, kept)
        assert len(labels) == len(names)
        assert not any(each.box.overlaps(kept[0]) for each in (*arrows, *labels))


def test_the_witness_is_marked_where_it_lies() -> None:
    """Beyond the window on the frame, by a triangle; the key shows the same sign."""
    for name, place in (("ben", (5.5, 2)), ("far", (0.5, 9))):
        figure = drawn(name)
        line, sign = figure.axes[0].lines[-1], figure.legends[0].legend_handles[-1]
        assert line.get_xydata()[0] == pytest.approx(place)
        if name == "ben":
            assert line.get_marker() == sign.get_marker() == "o"
        else:
            corners = line.get_marker().vertices[:3]
            assert (corners == sign.get_marker().vertices[:3]).all()
            # The tip is the corner that lies farthest out: the point is above.
            assert np.hypot(*corners.T).argmax() == 0
            assert corners[0] == pytest.approx([0, 1])


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("ben", 1, "DISPROVED different"),
        ("carla", 0, "PROVED equal: "),
        ("emil", 0, "PROVED equal except on the boundary"),
    ],
)
@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_command(tmp_path: Path, name: str, code: int, said: str, suffix: str) -> None:
    paths = [tmp_path / f"{run}{suffix}" for run in "ab"]
    for path in paths:
        arguments = ["render", HOUSE, "--witness", "--network", answer(name), "-o", path]
        result = CliRunner().invoke(main, [*map(str, arguments), "--pixels", "300"])
        assert result.exit_code == code, result.output
        assert said in result.stdout
        assert f"picture: {path}" in result.stdout
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert ("says" in result.stdout) == (name != "carla")
    assert ("\n       house " in result.stdout) == (name != "carla")


def test_without_a_witness_the_picture_is_the_usual_one(tmp_path: Path) -> None:
    for name, flags in (("a.png", ["--witness"]), ("b.png", [])):
        arguments = ["render", str(HOUSE), *flags, "-o", str(tmp_path / name)]
        assert CliRunner().invoke(main, arguments).exit_code == 0
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_witness_makes_the_picture_higher(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    arguments = ["render", HOUSE, "--witness", "--network", answer("ben"), "-o", path]
    result = CliRunner().invoke(main, [*map(str, arguments), "--pixels", "600"])
    assert result.exit_code == 1
    with Image.open(path) as picture:
        assert picture.width == 600
        assert picture.height > 900
