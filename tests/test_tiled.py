"""The proof in tiles, against all cells of the whole arrangement, and on shapes that need it."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

import regions
from regions.check import division, local, strands, tiled
from regions.check.division import Tiles, divided
from regions.check.lines import Scene, scene
from regions.check.local import Close
from regions.check.proof import Proof, Verdict
from regions.check.signs import places_of
from regions.check.strands import Suspect, compared
from regions.check.tiled import prove_in_tiles
from regions.check.views import CHARTS, FAR, NEAR, View
from regions.check.walked import prove_by_walking
from regions.errors import NetworkError
from regions.geometry.arrangement import arrangement, integer_line
from regions.network.model import Gates, Network, Output
from regions.network.names import Names
from regions.network.tiles import FIRES, propagate, whole
from regions.shape.model import Box, Union
from regions.shape.source import as_spec
from tests import adversaries as adverse
from tests import oracle
from tests.cells import judge, network_holds
from tests.conftest import shared

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Geometry = shapely.Polygon | shapely.MultiPolygon


def read(network: Network, geometry: Geometry) -> Scene:
    spec = as_spec(geometry)
    return scene(network, spec.shape, spec.window)


WALKED = 300
"""Lines up to which the walk over one arrangement is asked for its verdict too."""


def assert_verdict(verdict: Verdict, network: Network, geometry: Geometry) -> Proof:
    """The proof in tiles has a verdict, and the witness that belongs to it; so has the walk."""
    both = read(network, geometry)
    proof = prove_in_tiles(network, both)
    walk = [prove_by_walking(network, both)] if len(both.lines) <= WALKED else []
    for found in (proof, *walk):
        assert found.verdict == verdict
        if verdict == "equal":
            assert found.witness is None
        else:
            assert_witness(found, network, geometry, both)
    return proof


def on_edge(edge: Floats, point: tuple[Fraction, Fraction]) -> bool:
    (ax, ay), (bx, by) = ([Fraction(c) for c in end] for end in edge.tolist())
    x, y = point
    on_line = (bx - ax) * (y - ay) == (x - ax) * (by - ay)
    return on_line and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)


def assert_witness(proof: Proof, network: Network, geometry: Geometry, both: Scene) -> None:
    """What the witness says of network and shape is so, in rational arithmetic."""
    found = proof.witness
    assert found is not None
    assert found.network != found.shape
    assert oracle.contains(geometry, [found.exact]) == [found.shape]
    center, unit = both.frame.center, Fraction(2) ** both.frame.exponent
    u, v = ((c - Fraction(o)) * unit for c, o in zip(found.exact, center, strict=True))
    values = [a * u + b * v + c for a, b, c in both.lines]
    signs = np.array([(value > 0) - (value < 0) for value in values])
    sides = np.where(both.separator_line < 0, 1, signs[both.separator_line])
    fires = sides * both.separator_side >= 0
    assert network_holds(network, fires[:, np.newaxis]).tolist() == [found.network]
    assert found.dimension == max(0, 2 - np.count_nonzero(signs == 0))
    edges = oracle.boundary(geometry)
    bordering = any(on_edge(edge, found.exact) for edge in edges)
    assert bordering == (proof.verdict == "equal except on the boundary")


def added(
    network: Network, lines: Floats, rows: list[tuple[list[int], list[int], float]]
) -> Network:
    """A network with more separators behind its own, and more gates, the last of them its output.

    Args:
        network: Any.
        lines: `(k, 3)` weights and biases, in its own coordinates.
        rows: Inputs, weights and bias of each gate, as units of the new network.
    """
    count, more, gates = network.n_separators, len(lines), network.gates
    inputs = [*shifted(gates.inputs, count, more), *(i for row in rows for i in row[0])]
    lengths = np.append(np.diff(gates.start), [len(row[0]) for row in rows]).astype(np.int64)
    size = network.size + more + len(rows)
    return replace(
        network,
        weights=np.concatenate([network.weights, lines[:, :2]]),
        bias=np.append(network.bias, lines[:, 2]),
        gates=Gates(
            start=np.append(0, np.cumsum(lengths)),
            inputs=np.array(inputs, dtype=np.int64),
            weights=np.append(gates.weights, [w for row in rows for w in row[1]]),
            bias=np.append(gates.bias, [row[2] for row in rows]),
        ),
        names=Names.of([f"unit {i}" for i in range(size)]),
        outputs=(Output("region", size - 1),),
        sources=None,
    )


def shifted(units: NDArray[np.int64], count: int, more: int) -> list[int]:
    found: list[int] = np.where(units < count, units, units + more).tolist()
    return found


def where_all_fire(network: Network, lines: list[tuple[float, float, float]], sign: int) -> Network:
    """The network with all points on which some new separators fire added, or taken away (-1)."""
    count, more = network.n_separators, len(lines)
    [output] = shifted(np.array([network.output().unit]), count, more)
    both = list(range(count, count + more)), [1] * more, 0.5 - more
    last = [output, network.size + more], [1, sign], -0.5
    return added(network, np.array(lines), [both, last])


def mutant(network: Network, rng: np.random.Generator) -> Network:
    """A network with one number taken away from right, or one separator's border given away."""
    gates, kind = network.gates, rng.integers(8)
    weights, bias = network.weights.copy(), network.bias.copy()
    heavy, offset, inputs = gates.weights.copy(), gates.bias.copy(), gates.inputs.copy()
    term, other = rng.integers(len(inputs), size=2)
    gate, separator = rng.integers(len(gates)), rng.integers(len(bias))
    reader = np.repeat(np.arange(len(gates)), np.diff(gates.start)) + network.n_separators
    match kind:
        case 0:
            heavy[term] *= -1
        case 1:
            heavy[term] = 0
        case 2:
            offset[gate] += rng.choice([-1, 1])
        case 3:
            if inputs[term] < reader[other] and inputs[other] < reader[term]:
                inputs[[term, other]] = inputs[[other, term]]
        case 4:
            bias[separator] += rng.choice([-1, 1]) * rng.choice([1e-6, 1e-3, 0.5])
        case 5:
            weights[separator], bias[separator] = rng.integers(1, 4, 2), rng.integers(-2, 3)
        case _:
            # H(z) becomes NOT H(-z), which is 0 on the line.
            weights[separator] *= -1
            bias[separator] *= -1
            np.add.at(offset, reader[inputs == separator] - len(bias), heavy[inputs == separator])
            heavy[inputs == separator] *= -1
    gates = Gates(gates.start, inputs, heavy, offset)
    return replace(network, weights=weights, bias=bias, gates=gates)


def small_shape(seed: int) -> Geometry:
    """Polygons of few lines: lattices, tenths, holes, parts that touch, corners of any doubles."""
    rng = np.random.default_rng(seed)
    match seed % 6:
        case 0:
            return adverse.untangled(int(rng.integers(3, 9)), 6, seed)
        case 1:
            return adverse.star_shaped(int(rng.integers(3, 9)), seed)
        case 2:
            return adverse.polyomino(3, seed)
        case 3:
            return adverse.tenths(adverse.untangled(int(rng.integers(3, 9)), 6, seed))
        case 4:
            hole = shapely.box(1, 1, *rng.integers(2, 6, 2))
            return shapely.difference(shapely.box(0, 0, 5, 5), hole)
        case _:
            frame = shapely.difference(shapely.box(0, 0, 3, 2), shapely.box(1, 0.5, 2, 1))
            return adverse.rotated(frame, float(rng.uniform(0, 90)))


SMALL = 54


@cache
def small_case(seed: int) -> tuple[Network, Geometry, Verdict]:
    rng = np.random.default_rng(seed)
    geometry = small_shape(seed)
    network = regions.compile(geometry, "parts" if seed % 4 == 0 else "edges")
    network = mutant(network, rng) if seed % 5 else network
    return network, geometry, judge(network, as_spec(geometry)).verdict


@pytest.mark.parametrize("few", [1, 6, 40])
def test_verdicts_are_those_of_the_whole_arrangement(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However finely the plane is divided, for right networks and for wrong ones."""
    monkeypatch.setattr(division, "FEW", few)
    for seed in range(SMALL):
        network, geometry, verdict = small_case(seed)
        assert_verdict(verdict, network, geometry)


def test_the_small_cases_have_all_verdicts() -> None:
    verdicts = [small_case(seed)[2] for seed in range(SMALL)]
    assert min(map(verdicts.count, set(verdicts))) >= 5
    assert len(set(verdicts)) == 3


@cache
def seas() -> tuple[Network, Geometry]:
    data = json.loads(shared("holes/indonesian_seas_50m.geojson").read_bytes())
    geometry = shapely.from_geojson(json.dumps(data["features"][0]["geometry"]))
    return regions.compile(geometry, "edges"), geometry


def test_a_map_of_3900_vertices_is_proved() -> None:
    network, geometry = seas()
    proof = assert_verdict("equal", network, geometry)
    assert proof.lines == network.n_separators == 3768
    assert proof.tiles > 1000
    assert min(proof.faces, proof.edges, proof.vertices) > 3768
    assert 0 < proof.distance < 2.0**-48 * 48


@pytest.mark.parametrize("seed", range(6))
def test_mutants_of_a_map_are_found(seed: int) -> None:
    network, geometry = seas()
    wrong = mutant(network, np.random.default_rng(seed))
    both = read(wrong, geometry)
    proof = prove_in_tiles(wrong, both)
    assert proof.verdict != "equal"
    assert_witness(proof, wrong, geometry, both)


@pytest.mark.parametrize("case", adverse.adversaries()[::2], ids=lambda case: case.name)
def test_hard_polygons(case: adverse.Adversary) -> None:
    assert_verdict("equal", regions.compile(case.geometry, "edges"), case.geometry)


@pytest.mark.parametrize("name", ["densified", "ulp needles", "turned polyomino", "tenths"])
def test_hard_polygons_in_parts(name: str) -> None:
    """With sides lowered by the compiler, caps, and diagonals that end where no edge bends."""
    [case] = [case for case in adverse.adversaries() if case.name == name]
    assert_verdict("equal", regions.compile(case.geometry, "parts"), case.geometry)


def test_where_two_edges_share_a_separator_a_sliver_differs() -> None:
    """The compiler keeps lines apart that round to the same coefficients; here they are joined."""
    geometry = adverse.koch(4)
    network = regions.compile(geometry, "edges")
    table = np.column_stack([network.weights, network.bias])
    _, first, number = np.unique(table, axis=0, return_index=True, return_inverse=True)
    assert len(first) < network.n_separators
    gates = network.gates
    inputs = np.where(
        gates.inputs < network.n_separators,
        first[number[np.minimum(gates.inputs, network.n_separators - 1)]],
        gates.inputs,
    )
    shared_ = replace(network, gates=replace(gates, inputs=inputs))
    assert_verdict("equal", network, geometry)
    assert_verdict("different", shared_, geometry)


SQUARE = shapely.box(0, 0, 4, 4)


def square() -> Network:
    return regions.compile(SQUARE, "edges")


FAR_OFF = {
    "a wedge": [(1, 0, -1000), (0, 1, -2000)],
    "a wedge to the left": [(-1, 0, -1000), (-1, 1, 0)],
    "a strip": [(1, 2, -3000), (-1, -2, 3001)],
    "a strip towards the corner of a chart": [(1, -1, -3000), (-1, 1, 3001)],
    "a thin strip": [(0, -1, -1e6), (0, 1, 1e6 + 1e-9)],
    "a half-plane": [(0, 1, -1e9)],
    "a sliver that begins far off": [(1, -1, 0), (-1, 1 + 2.0**-30, -1)],
    "a triangle": [(1, 0, -(10.0**8)), (0, 1, 0), (-1, -1, 10.0**8 + 1)],
    "a line": [(0, 1, 77), (0, -1, -77)],
    "a ray": [(1, 1, 77), (-1, -1, -77), (1, 0, -(10.0**5))],
    "a point": [(1, 1, 77), (-1, -1, -77), (1, 0, -(10.0**5)), (-1, 0, 10.0**5)],
}


@pytest.mark.parametrize("name", FAR_OFF)
def test_differences_far_outside_are_found(name: str) -> None:
    """Beyond the first tile, and some of them at no bounded distance."""
    network = where_all_fire(square(), FAR_OFF[name], 1)
    proof = assert_verdict("different", network, SQUARE)
    assert proof.witness is not None
    assert max(map(abs, proof.witness.exact)) > 8
    assert proof.witness.dimension == {"a point": 0, "a line": 1, "a ray": 1}.get(name, 2)


CORNERS = {
    "a corner": [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0)],
    "a point of an edge": [(1, 0, 0), (-1, 0, 0), (1, 1, -2), (-1, -1, 2)],
    "a part of an edge": [(1, 0, 0), (-1, 0, 0), (0, 1, -1), (0, -1, 2)],
    "a point inside": [(1, 0, -1), (-1, 0, 1), (1, 1, -2), (-1, -1, 2)],
    "a segment inside": [(1, 0, -1), (-1, 0, 1), (0, 1, -1), (0, -1, 2)],
}


@pytest.mark.parametrize("name", CORNERS)
def test_points_and_segments_that_are_missing_are_found(name: str) -> None:
    verdict: Verdict = "different" if "inside" in name else "equal except on the boundary"
    proof = assert_verdict(verdict, where_all_fire(square(), CORNERS[name], -1), SQUARE)
    assert proof.witness is not None
    assert proof.witness.dimension == int(name.startswith(("a part", "a segment")))


def test_a_difference_off_the_boundary_counts_more_than_one_on_it() -> None:
    network = where_all_fire(square(), CORNERS["a corner"], -1)
    network = where_all_fire(network, FAR_OFF["a triangle"], 1)
    assert_verdict("different", network, SQUARE)


@pytest.mark.parametrize("bias", [-0.5, 0.5], ids=["never", "always"])
def test_constant_networks(bias: float) -> None:
    network = added(square(), np.empty((0, 3)), [([], [], bias)])
    assert_verdict("different", network, SQUARE)


def test_the_complement_changes_where_the_shape_does() -> None:
    network = square()
    network = added(network, np.empty((0, 3)), [([network.output().unit], [-1], 0.5)])
    assert_verdict("different", network, SQUARE)


def test_separators_beyond_the_range_of_doubles() -> None:
    """One is so far off, one so flat, that their coefficients are left to the integers."""
    far, flat = (1.0, 1.0, -1e300), (1e-290, 1.0, -2.0)
    network = where_all_fire(square(), [far, (-1.0, -1.0, 1e300)], 1)
    assert_verdict("different", network, SQUARE)
    network = where_all_fire(square(), [flat, (-1e-290, -1.0, 2.0), (-1, 0, -1e280)], 1)
    proof = assert_verdict("different", network, SQUARE)
    assert proof.witness is not None
    assert abs(proof.witness.exact[0]) >= 10**280


def test_constant_separators_change_nothing() -> None:
    network = where_all_fire(square(), [(0, 0, -1), (1, 0, 0)], 1)
    assert_verdict("equal", network, SQUARE)


@pytest.mark.parametrize("scale", [2.0**-40, 1.0, 3.0, 2.0**60])
def test_any_unit_of_length(scale: float) -> None:
    geometry = adverse.scaled(adverse.untangled(40, 30, 5), scale)
    network = regions.compile(geometry, "edges")
    assert_verdict("equal", network, geometry)
    bias = network.bias.copy()
    bias[7] += np.abs(network.weights[7]).max() * 2.0**-30
    assert_verdict("different", replace(network, bias=bias), geometry)


def test_a_network_may_say_more_than_its_shape_asks() -> None:
    """A line through no corner, along which nothing changes, is looked at all the same."""
    network, count = square(), square().n_separators
    [output] = shifted(np.array([network.output().unit]), count, 1)
    either = [([output, count], [1, 1], -1.5), ([output, count], [1, -1], -0.5)]
    last = [([network.size + 1, network.size + 2], [1, 1], -0.5)]
    wider = added(network, np.array([(3.0, 1.0, -7.0)]), either + last)
    assert assert_verdict("equal", wider, SQUARE).lines == 5


def first_tiles(network: Network, geometry: Geometry, chart: int = 0) -> tuple[Tiles, View, Scene]:
    both = read(network, geometry)
    view = View.of(both, chart)
    start = whole(network, np.array([network.output().unit]))
    return Tiles.first(start, view), view, both


@pytest.mark.parametrize("seed", range(6))
def test_cells_are_counted_as_they_are(seed: int) -> None:
    """Against the arrangement of the lines and the tile's four sides."""
    network, geometry, _ = small_case(seed)
    tiles, view, both = first_tiles(network, geometry)
    close = Close(tiles, view, places_of(both.borders.corners.points), both.borders.ends)
    tally, _ = compared(close)
    sides = [tuple(row) for row in close.sides.exact(np.arange(4)).tolist()]
    cells = arrangement([*both.lines, *(integer_line(*map(Fraction, side)) for side in sides)])
    inside = (cells.signs[:, -4:] > 0).all(axis=1)
    counts = np.bincount(cells.dimension[inside], minlength=3)
    assert (tally.vertices, tally.edges, tally.faces) == tuple(counts.tolist())


def test_the_charts_cover_the_plane() -> None:
    """Every direction, near and far: some chart's first tile contains the point."""
    angle = np.linspace(0, 2 * np.pi, 1000)
    for radius in (0.0, 1.0, 1.1, 1.106, 1.112, 1.12, 1.2, 3.0, 1e3, 1e12):
        points = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        held = np.zeros(len(points), dtype=np.bool_)
        for chart, (order, signs) in enumerate(CHARTS):
            homogeneous = np.column_stack([points, np.ones(len(points))])
            p, q, r = (homogeneous[:, order] * signs).T
            low, high = (FAR if chart else NEAR).reshape(2, 2)
            with np.errstate(divide="ignore", invalid="ignore"):
                place = np.stack([p / r, q / r], axis=1)
            held |= (r > 0) & ((place >= low) & (place <= high)).all(axis=1)
        assert held.all(), radius


@pytest.mark.parametrize("chart", range(len(CHARTS)))
def test_tiles_keep_the_network_and_the_edges_that_matter(chart: int) -> None:
    """At random points of every tile, after each of some divisions."""
    geometry = adverse.untangled(60, 30, 4)
    network = regions.compile(geometry, "parts")
    tiles, view, both = first_tiles(network, geometry, chart)
    rng, share = np.random.default_rng(chart), 1.0
    for _ in range(9):
        if not len(tiles):
            break
        tiles, _ = divided(tiles, view)
        box = tiles.box
        place = box[:, :2] + rng.random((len(tiles), 2)) * (box[:, 2:] - box[:, :2])
        values = np.column_stack([place, np.ones(len(place))]) @ view.forms.near.T
        fires = values[:, both.separator_line] * both.separator_side >= 0
        rest = tiles.rest
        known = fires[rest.tile[: rest.n_separators], rest.separators]
        states = propagate(rest, known[:, np.newaxis].astype(np.int8))
        found = rest.answers(states)[:, 0, 0] == FIRES
        assert (found == network_holds(network, fires.T)).all()
        assert 0 <= tiles.share.sum() <= share + 2.0**-40
        share = tiles.share.sum()
        if chart == 0:
            kept = set(zip(tiles.edge_tile.tolist(), tiles.edge.tolist(), strict=True))
            ends = both.borders.corners.points[both.borders.ends]
            lines, boxes = shapely.linestrings(ends), shapely.box(*box.T)
            meets = np.argwhere(shapely.intersects(boxes[:, np.newaxis], lines))
            assert set(map(tuple, meets.tolist())) <= kept


def test_memory_is_bounded_without_changing_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    geometry = adverse.untangled(120, 40, 2)
    network = regions.compile(geometry, "edges")
    whole_proof = assert_verdict("equal", network, geometry)
    for module, name, small in (
        (local, "TOGETHER", 7),
        (strands, "WORK", 50),
        (tiled, "LOAD", 40),
        (tiled, "PAIRS", 30),
    ):
        monkeypatch.setattr(module, name, small)
    proof = assert_verdict("equal", network, geometry)
    assert replace(proof, seconds=0) == replace(whole_proof, seconds=0)


@pytest.mark.parametrize("crowd", [0, division.CROWD])
def test_lines_through_one_corner_are_looked_at_closely(
    crowd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of forty and more, no tile around it ever has few; it takes fewer tiles to see that early."""
    monkeypatch.setattr(division, "CROWD", crowd)
    geometry = adverse.fan(4)
    proof = assert_verdict("equal", regions.compile(geometry, "edges"), geometry)
    assert (proof.tiles < 400) == (crowd > 0)


def test_tiles_as_small_as_rounding_are_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """A separator and an edge are few, but no tile around a corner has less than two of each."""
    monkeypatch.setattr(division, "FEW", 2)
    monkeypatch.setattr(division, "PATIENCE", 2.0**20)
    monkeypatch.setattr(division, "CROWD", 0)
    proof = assert_verdict("equal", square(), SQUARE)
    assert proof.tiles > 4 * 40


def test_only_rings_are_proved_in_tiles() -> None:
    box = Box(0, 0, 4, 4)
    both = scene(square(), box, (-1, -1, 5, 5))
    assert prove_in_tiles(square(), both).verdict == "equal"
    with pytest.raises(ValueError, match="only one polygon"):
        prove_in_tiles(square(), scene(square(), Union((box,)), (-1, -1, 5, 5)))


def test_one_region_is_proved() -> None:
    network = square()
    outputs = (*network.outputs, Output("other", 0))
    with pytest.raises(NetworkError, match="several regions"):
        prove_in_tiles(replace(network, outputs=outputs), read(network, SQUARE))


def test_a_suspect_without_a_difference_is_a_fault_of_the_proof() -> None:
    tiles, view, both = first_tiles(square(), SQUARE)
    close = Close(tiles, view, places_of(both.borders.corners.points), both.borders.ends)
    with pytest.raises(AssertionError, match="without a difference"):
        tiled._pinpointed(both, tiles.rest, close, Suspect(0, 1, True, False))
