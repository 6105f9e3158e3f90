"""The walk over one arrangement: its order, its steps, its counts, and what it tells apart.

Its verdicts are compared with those of every cell in `test_mutants.py`, on networks and booleans of
all kinds, and with those of the proof in tiles in `test_tiled.py`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.check import walked
from regions.check.lines import Scene, scene
from regions.check.order import Crossings, crossings_along
from regions.check.proof import Proof
from regions.check.signs import Forms, places_of
from regions.check.tree import is_straight, read_tree
from regions.check.views import View
from regions.check.walked import prove_by_walking
from regions.check.wiring import room, wired
from regions.errors import NetworkError
from regions.geometry.arrangement import arrangement, crossing, integer_line, undirected
from regions.network.model import Network, Output
from regions.shape.model import (
    Box,
    Circle,
    Complement,
    Difference,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
)
from regions.shape.source import as_spec
from tests import adversaries as adverse
from tests import mutants
from tests.pointwise import shape_says

Line = tuple[int, int, int]
Geometry = shapely.Polygon | shapely.MultiPolygon

WINDOW = (-10, -10, 10, 10)


def read(source: Shape | Geometry) -> tuple[Network, Scene]:
    shape = source if isinstance(source, Shape) else Polygonal(source)
    network = regions.compile(Spec("shape", shape, WINDOW), "edges")
    return network, scene(network, shape, WINDOW)


def forms(lines: list[Line]) -> Forms:
    exact = np.array(lines, dtype=object).reshape(-1, 3)
    scale = [max(abs(a), abs(b)) for a, b, _ in lines]
    near = [[n / s for n in line] for line, s in zip(lines, scale, strict=True)]
    return Forms(np.array(near, dtype=np.float64), exact.__getitem__)


def assert_ordered(lines: list[Line], own: int, found: Crossings) -> None:
    """Points of one group are one point, groups come in order, and signs are those at both ends."""
    a, b, _ = lines[own]
    axis = 1 if abs(a) > abs(b) else 0
    groups = [
        {crossing(lines[own], lines[m]) for m in found.lines[begin:end].tolist()}
        for begin, end in zip(found.start[:-1].tolist(), found.start[1:].tolist(), strict=True)
    ]
    assert all(len(group) == 1 for group in groups)
    points = [group.pop() for group in groups]
    along = [point[axis] for point in points]
    assert along == sorted(set(along))
    crossed = {m for m, (d, e, _) in enumerate(lines) if a * e != b * d}
    assert sorted(found.lines.tolist()) == sorted(crossed)
    points = points or [crossing(lines[own], (-b, a, 0))]
    step = Fraction(1, max(abs(a), abs(b)))
    for way, signs, (x, y) in ((-1, found.before, points[0]), (1, found.after, points[-1])):
        x, y = x + way * found.way * b * step, y - way * found.way * a * step
        for m, (d, e, f) in enumerate(lines):
            value = d * x + e * y + f
            assert signs[m] == (value > 0) - (value < 0)


small = st.integers(-3, 3)
huge = st.integers(-(2**70), 2**70)


@given(st.lists(st.tuples(small, small, small) | st.tuples(small, small, huge), min_size=1))
def test_crossings_stand_in_order(rows: list[Line]) -> None:
    """Many of them in one point, and many lines parallel."""
    lines = list(
        {undirected(integer_line(*map(Fraction, row)))[0]: None for row in rows if row[0] or row[1]}
    )
    for own in range(len(lines)):
        assert_ordered(lines, own, crossings_along(forms(lines), own))


@given(st.integers(0, 2**32 - 1))
def test_lines_that_nearly_coincide_stand_in_order(seed: int) -> None:
    """Positions in doubles tell nothing of them: turned by 2^-60, they cross far apart."""
    rng = np.random.default_rng(seed)
    big = 2**60
    rows = [(3 * big + int(d), 5 * big + int(e), int(f)) for d, e, f in rng.integers(-4, 5, (6, 3))]
    rows += [(1, 2, 0), (0, 1, 1), (1, 0, 1)]
    lines = list({undirected(integer_line(*map(Fraction, row)))[0]: None for row in rows})
    for own in range(len(lines)):
        assert_ordered(lines, own, crossings_along(forms(lines), own))


def test_crossings_beyond_the_doubles_stand_in_order() -> None:
    """Some are quotients near the largest double, others far beyond it, and of huge integers."""
    huge = 10**400
    lines = [(0, 1, 0), *((1, 1, -(k * 10**e)) for e in (307, 308, 309, 400) for k in (1, -1, 17))]
    lines += [(1, huge, -(huge**3)), (1, -huge, huge**2), (2, huge, -3), (1, 0, 0)]
    for own in range(len(lines)):
        assert_ordered(lines, own, crossings_along(far_forms(lines), own))


def far_forms(lines: list[Line]) -> Forms:
    """Forms of which too large a coefficient is left to the integers."""
    exact = np.array(lines, dtype=object).reshape(-1, 3)
    near = [[Fraction(n, max(abs(a), abs(b))) for n in (a, b, c)] for a, b, c in lines]
    kept = [[float(n) if n == 0 or 2**-500 < abs(n) < 2**500 else np.nan for n in r] for r in near]
    return Forms(np.array(kept), exact.__getitem__)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_half_planes_an_ulp_apart_are_told_apart(order: tuple[int, int]) -> None:
    """Each is near enough to the other's separator to be read as that, but its own is nearer."""
    planes = HalfPlane(1, 0, -0.3), HalfPlane(1, 0, -(0.1 + 0.2))
    network, both = read(SymmetricDifference(tuple(planes[k] for k in order)))
    assert len(both.lines) == 2
    proof = prove_by_walking(network, both)
    assert (proof.verdict, proof.distance) == ("equal", 0.0)


def test_differences_beyond_the_doubles_have_witnesses() -> None:
    """All is one wedge but for another beyond its apex, at x = -1e309."""
    wedge = Intersection((HalfPlane(1e-300, 1, 1e9), HalfPlane(1e-300, -1, 1e9)))
    network, both = read(wedge)
    assert prove_by_walking(network, both).verdict == "equal"
    beyond = Intersection((HalfPlane(-1e-300, 1, -1e9), HalfPlane(-1e-300, -1, -1e9)))
    more = Union((wedge, beyond))
    proof = prove_by_walking(network, scene(network, more, WINDOW))
    assert proof.verdict == "different"
    assert proof.witness is not None
    assert np.isfinite(proof.witness.point).all()
    assert shape_says(more, proof.witness.exact)
    assert not shape_says(wedge, proof.witness.exact)


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_cells_are_counted_as_they_are(place: int) -> None:
    base = mutants.bases()[place]
    both = scene(base.network, base.spec.shape, base.spec.window)
    proof = prove_by_walking(base.network, both)
    cells = np.bincount(arrangement(both.lines).dimension, minlength=3)
    assert [proof.vertices, proof.edges, proof.faces] == cells.tolist()
    assert proof.tiles == 1


def test_parallel_lines_have_edges_and_faces_alone() -> None:
    strip = Intersection((HalfPlane(1, 2, 0), HalfPlane(-1, -2, 7)))
    proof = prove_by_walking(*read(strip))
    assert (proof.lines, proof.faces, proof.edges, proof.vertices) == (2, 3, 2, 0)
    assert proof.verdict == "equal"


def test_a_difference_between_parallel_lines_has_a_witness() -> None:
    strip = Intersection((HalfPlane(1, 2, 0), HalfPlane(-1, -2, 7)))
    network, _ = read(strip)
    wider = Intersection((HalfPlane(1, 2, 1), HalfPlane(-1, -2, 7)))
    proof = prove_by_walking(network, scene(network, wider, WINDOW))
    assert proof.verdict == "different"
    assert proof.witness is not None
    x, y = proof.witness.exact
    assert -1 <= x + 2 * y < 0
    assert proof.witness.dimension == 2


SCENES = {
    "koch": lambda: adverse.koch(3),
    "star": lambda: adverse.regular_star(31, 3),
    "fan": lambda: adverse.fan(4),
    "polyomino": lambda: adverse.polyomino(12, 1),
    "boolean": lambda: SymmetricDifference(
        (Box(0, 0, 4, 4), Polygonal(adverse.star_shaped(12, 3)), HalfPlane(1, -3, 0.5))
    ),
}


@pytest.mark.parametrize("name", SCENES)
def test_compiled_it_takes_the_same_steps(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shape = SCENES[name]()
    network, both = read(shape)
    broken = replace(network, bias=network.bias * (1 + 2.0**-20))
    apart = scene(broken, shape if isinstance(shape, Shape) else Polygonal(shape), WINDOW)
    seen = []
    for least in (10**9, 0):
        monkeypatch.setattr(walked, "COMPILE_AFTER", least)
        proofs = prove_by_walking(network, both), prove_by_walking(broken, apart)
        seen.append([replace(proof, seconds=0.0) for proof in proofs])
    assert seen[0] == seen[1]
    assert seen[0][0].verdict == "equal"
    assert seen[0][1].verdict == "different"


@pytest.mark.parametrize("name", SCENES)
def test_a_walk_ends_in_what_its_wiring_says_from_scratch(name: str) -> None:
    """All sums along the way were added up; at infinity they are what the gates' inputs say."""
    network, both = read(SCENES[name]())
    walker = walked._Walker.of(network, both)
    wiring = wired(network, both)
    size, gates = len(wiring.reader_start) - 1, len(wiring.bias)
    view = View.of(both, 0)
    corners = places_of(both.borders.corners.points)
    for line in range(len(both.lines)):
        along = crossings_along(view.forms, line)
        walker.marks(line, along, walked._sides(view.forms, line, corners))
        fired = np.array(walker.state.fired).reshape(4, size)
        sums = np.array(walker.state.sums).reshape(4, gates)
        for copy in range(4):
            expected = np.array(wiring.bias)
            for unit in np.flatnonzero(fired[copy]).tolist():
                readers = slice(wiring.reader_start[unit], wiring.reader_start[unit + 1])
                np.add.at(expected, wiring.reader_gate[readers], wiring.reader_weight[readers])
            assert (sums[copy] == expected).all()
            assert (fired[copy, size - gates :] == (expected >= 0)).all()
        assert not np.any(walker.state.queued)
        assert not np.any(walker.state.touched)
        # At the far end no polygon is, on either side or on the line.
        assert not fired[:, len(wiring.literal_unit) : size - gates].any()


TREES: list[Shape] = [
    Union((Box(0, 0, 2, 2), Box(1, 1, 3, 3))),
    Intersection((Box(0, 0, 2, 2), HalfPlane(1, 1, -2))),
    Difference((Box(0, 0, 4, 4), Box(1, 1, 2, 2), HalfPlane(-1, 0, 0.5))),
    SymmetricDifference((Box(0, 0, 2, 2), Box(1, 1, 3, 3), HalfPlane(0, 1, -1), Box(0, 1, 3, 2))),
    Complement(Union((Box(0, 0, 1, 1), Complement(HalfPlane(1, -1, 0))))),
    Polygonal(shapely.Polygon([(0, 0), (4, 0), (0, 4)])),
]


@pytest.mark.parametrize("shape", TREES, ids=lambda shape: type(shape).__name__)
def test_a_tree_says_what_its_shape_does(shape: Shape) -> None:
    """On a grid that holds corners, edges and the points between, against the oracle's trees."""
    tree = read_tree(shape)
    for x in range(-2, 11):
        for y in range(-2, 11):
            point = Fraction(x, 2), Fraction(y, 2)
            inputs = [shape_says(Polygonal(polygon), point) for polygon in tree.polygons]
            inputs += [shape_says(half_plane, point) for half_plane in tree.half_planes]
            assert tree.truth(inputs) == shape_says(shape, point)


def test_one_box_in_many_places_is_one_primitive() -> None:
    box = Box(0, 0, 1, 1)
    assert len(read_tree(SymmetricDifference((box, box, box))).polygons) == 1
    assert prove_by_walking(*read(SymmetricDifference((box, box, box)))).verdict == "equal"


def test_curves_are_not_straight() -> None:
    disc = Circle((0, 0), 1)
    assert not is_straight(regions.compile(disc), Box(0, 0, 1, 1))
    assert not is_straight(regions.compile(Box(0, 0, 1, 1)), Union((disc, Box(0, 0, 1, 1))))
    with pytest.raises(ValueError, match="curve"):
        read_tree(Union((disc, Box(0, 0, 1, 1))))


def without_points(shape: Shape, taken: Shape) -> Proof:
    """The proof of a network of one shape against that shape without another."""
    network = regions.compile(shape)
    spec = as_spec(Difference((shape, taken)))
    return prove_by_walking(network, scene(network, spec.shape, spec.window))


def test_a_slit_is_a_boundary_and_a_point_too() -> None:
    """A boolean may leave out a segment or a point: both sides of it are alike, and it differs."""
    square = Box(0, 0, 4, 4)
    slit = Intersection((HalfPlane(1, 0, -2), HalfPlane(-1, 0, 2)))
    proof = without_points(square, slit)
    assert proof.verdict == "equal except on the boundary"
    assert proof.witness is not None
    assert proof.witness.dimension == 1
    point = Intersection((slit, HalfPlane(0, 1, -1), HalfPlane(0, -1, 1)))
    proof = without_points(square, point)
    assert proof.verdict == "equal except on the boundary"
    assert proof.witness is not None
    assert proof.witness.exact == (2, 1)
    assert proof.witness.dimension == 0


def test_points_inside_that_a_network_lacks_are_no_boundary() -> None:
    square = as_spec(Box(0, 0, 4, 4))
    slit = Intersection((HalfPlane(1, 0, -2), HalfPlane(-1, 0, 2)))
    point = Intersection((slit, HalfPlane(0, 1, -1), HalfPlane(0, -1, 1)))
    for taken, dimension in ((slit, 1), (point, 0)):
        network = regions.compile(Difference((square.shape, taken)))
        proof = prove_by_walking(network, scene(network, square.shape, square.window))
        assert proof.verdict == "different"
        assert proof.witness is not None
        assert proof.witness.dimension == dimension
        assert proof.witness.cell


def test_a_vertex_may_lie_on_a_boundary_that_its_first_line_does_not_see() -> None:
    """Along the line through a reflex corner, and beside it, all is inside."""
    corner = shapely.Polygon([(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)])
    sides = [HalfPlane(s, s * t, -2 * s * (1 + t)) for s in (1, -1) for t in (1, -1)]
    shape = Intersection((Complement(Intersection(tuple(sides))), Polygonal(corner)))
    network, _ = read(shape)
    both = scene(network, Polygonal(corner), WINDOW)
    assert abs(both.lines[0][0]) == abs(both.lines[0][1])
    proof = prove_by_walking(network, both)
    assert proof.verdict == "equal except on the boundary"
    assert proof.witness is not None
    assert proof.witness.exact == (2, 2)


def test_one_region_is_proved() -> None:
    network, both = read(Box(0, 0, 1, 1))
    outputs = (*network.outputs, Output("other", 0))
    with pytest.raises(NetworkError, match="several regions"):
        prove_by_walking(replace(network, outputs=outputs), both)


def test_a_difference_that_is_none_is_a_fault_of_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the steps mark is judged anew; a mark without a difference does not pass."""
    network, both = read(Box(0, 0, 1, 1))
    plain = walked._Walker.marks

    def marks(self: walked._Walker, line: int, *rest: object) -> object:
        edges, vertices = plain(self, line, *rest)  # type: ignore[arg-type]
        edges[0] |= walked.LEFT_DIFFERS
        return edges, vertices

    monkeypatch.setattr(walked._Walker, "marks", marks)
    with pytest.raises(AssertionError, match="a difference that is none"):
        prove_by_walking(network, both)


def test_constant_separators_fire_everywhere_or_nowhere() -> None:
    network, _ = read(Box(0, 0, 1, 1))
    weights, bias = network.weights.copy(), network.bias.copy()
    spec = as_spec(Box(0, 0, 1, 1))
    for value in (1.0, -1.0):
        weights[0], bias[0] = 0, value
        constant = replace(network, weights=weights, bias=bias, sources=None)
        both = scene(constant, spec.shape, spec.window)
        assert both.separator_line[0] == -1
        proof = prove_by_walking(constant, both)
        assert proof.verdict == "different"
        assert proof.witness is not None
        assert proof.witness.network == (value > 0)


def test_at_first_nothing_fires_but_what_needs_no_input() -> None:
    network, both = read(Complement(Box(0, 0, 1, 1)))
    wiring = wired(network, both)
    state = room(wiring)
    size = len(wiring.reader_start) - 1
    fired = np.array(state.fired).reshape(4, size)
    assert fired[:, wiring.shape].all()
    assert not fired[:, : len(wiring.literal_unit) + 1].any()
