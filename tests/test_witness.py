"""Witnesses: the cell around one, what each unit says there, and how it is shown."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.check.cell import cell_around, grown
from regions.geometry.arrangement import Line, Point, crossing, integer_line, line_through
from regions.network.exact import exact_outputs, exact_trace, exact_values
from regions.shape.model import Spec
from tests.conftest import ROOT, SHAPES, shared

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
