"""One hidden layer: weights that are right on every cell, or a proof that can be checked by hand.

The checks here share nothing with what they check but the enumeration of cells, which has tests of
its own: sides are cross products in rational numbers, membership is the parity of crossings.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from regions.compiler import cells
from regions.compiler.edges import polygons_by_edges
from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.one_layer import Obstruction, OneLayer, Undecided, decide
from regions.compiler.separation import Multipliers, Task, Weights, balanced, null_vector, separate
from regions.compiler.separators import SeparatorPool
from regions.compiler.translate import frame_points, translate
from regions.compiler.truth import evaluate_formula, exact_line, separators_used
from regions.geometry.arrangement import Line, arrangement
from regions.geometry.frame import Frame, choose_frame
from regions.network.names import Label
from regions.shape.model import Box, Circle, Complement, HalfPlane, Intersection, Shape, Spec, Union
from regions.shape.source import Source, as_spec
from tests.conftest import SHAPES
from tests.strategies import box_overlays

Exact = tuple[Fraction, Fraction]
Answer = OneLayer | Obstruction | Undecided


def asked(source: Source, **options: Any) -> Answer:
    """The answer over the lines of the shape's own edges."""
    spec = as_spec(source)
    frame = choose_frame(frame_points(spec.shape))
    formula, separators = translate(spec.shape, "shape", frame, polygons_by_edges)
    return decide(formula, separators, frame, **options)


def unbounded(shape: Shape) -> Spec:
    return Spec("shape", shape, window=(-9.0, -9.0, 9.0, 9.0))


def exact_edges(geometry: shapely.Geometry) -> list[tuple[Exact, Exact]]:
    """The directed edges of a polygon's rings, interior on the left."""
    oriented = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(geometry)))
    rings = [[(Fraction(x), Fraction(y)) for x, y in ring.coords] for ring in oriented]
    return [edge for ring in rings for edge in pairwise(ring) if edge[0] != edge[1]]


def cross(start: Exact, end: Exact, p: Exact) -> Fraction:
    """Positive where p lies to the left of start -> end."""
    return (end[0] - start[0]) * (p[1] - start[1]) - (end[1] - start[1]) * (p[0] - start[0])


def contains(edges: list[tuple[Exact, Exact]], p: Exact) -> bool:
    """Whether p lies on an edge, or a ray to the right of it crosses an odd number of them."""
    odd = False
    for start, end in edges:
        side = cross(start, end, p)
        box = [sorted(axis) for axis in zip(start, end, strict=True)]
        if side == 0 and all(low <= c <= high for c, (low, high) in zip(p, box, strict=True)):
            return True
        if (start[1] <= p[1]) != (end[1] <= p[1]):
            odd ^= (side > 0) == (end[1] > start[1])
    return odd


def primitive(start: Exact, end: Exact) -> Line:
    """The oriented line through two points, in integers without a common divisor."""
    a, b = start[1] - end[1], end[0] - start[0]
    values = (a, b, -a * start[0] - b * start[1])
    scale = math.lcm(*(value.denominator for value in values))
    whole = [int(value * scale) for value in values]
    divisor = math.gcd(*whole)
    return whole[0] // divisor, whole[1] // divisor, whole[2] // divisor


def undirected(line: Line) -> Line:
    """One triple for both directions of a primitive line."""
    return max(line, (-line[0], -line[1], -line[2]))


def height(line: Line, p: Exact) -> Fraction:
    return line[0] * p[0] + line[1] * p[1] + line[2]


def read_lines(answer: OneLayer) -> list[Line]:
    """The lines that the unit reads, from the points through which they were drawn."""
    sources = [answer.separators.sources[i].tolist() for i in answer.inputs]
    ends = [[(Fraction(x), Fraction(y)) for x, y in source] for source in sources]
    return [primitive(start, end) for start, end in ends]


def mistakes(answer: OneLayer, geometry: shapely.Geometry) -> list[Exact]:
    """Points, one for every cell of all lines in question, where the unit is wrong."""
    edges = exact_edges(geometry)
    read = read_lines(answer)
    every = {undirected(line) for line in [primitive(*edge) for edge in edges] + read}
    cells = arrangement(sorted(every))
    points = [cells.point(cell) for cell in range(len(cells.signs))]

    def fires(p: Exact) -> bool:
        weighed = zip(read, answer.weights, strict=True)
        return sum(w for line, w in weighed if height(line, p) >= 0) >= answer.threshold

    return [p for p in points if fires(p) != contains(edges, p)]


def check_proof(answer: Obstruction, geometry: shapely.Geometry) -> None:
    """Half-planes of all edges; witnesses where they are said to be; equal sums on both sides."""
    edges = exact_edges(geometry)
    assert {primitive(*edge) for edge in edges} <= set(answer.half_planes)
    totals = {inside: [0] * (1 + len(answer.half_planes)) for inside in (True, False)}
    for witness in answer.witnesses:
        assert contains(edges, witness.exact) == witness.inside
        assert witness.multiplier > 0
        fires = [height(line, witness.exact) >= 0 for line in answer.half_planes]
        counted = [witness.multiplier * fired for fired in (True, *fires)]
        totals[witness.inside] = list(map(sum, zip(totals[witness.inside], counted, strict=True)))
    assert totals[True] == totals[False]
    assert totals[True][0] > 0


def check_opposite_ways(answer: Obstruction) -> None:
    """One line lies between first and third, and between second and fourth, the other way round."""
    sides = [[height(line, w.exact) > 0 for line in answer.half_planes] for w in answer.witnesses]
    assert [(w.dimension, w.inside) for w in answer.witnesses] == [(2, True)] * 2 + [(2, False)] * 2
    entered, left, before, behind = (
        dict(zip(answer.half_planes, side, strict=True)) for side in sides
    )
    crossed = [line for line in answer.half_planes if entered[line] != before[line]]
    assert crossed == [line for line in answer.half_planes if left[line] != behind[line]]
    assert len({undirected(line) for line in crossed}) == 1
    assert all(entered[line] != left[line] for line in crossed)


def regular(count: int) -> Polygon:
    angles = 2 * np.pi * np.arange(count) / count
    return Polygon(np.rint(1e6 * np.stack([np.cos(angles), np.sin(angles)], axis=1)))


SQUARE = Polygon([(0, 0), (6, 0), (6, 6), (0, 6)])
HOLE = Polygon([(2, 2), (4, 2), (4, 4), (2, 4)])
EAVES = Polygon([(1, 0), (5, 0), (5, 4), (6, 4), (3, 8), (0, 4), (1, 4)])
L = Polygon([(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)])
PLUS = shapely.union(shapely.box(1, 0, 2, 3), shapely.box(0, 1, 3, 2))
U = SQUARE.difference(shapely.box(2, 2, 4, 6))
H = SQUARE.difference(MultiPolygon([shapely.box(2, 0, 4, 2), shapely.box(2, 4, 4, 6)]))
Z = Polygon([(0, 0), (4, 0), (4, 2), (6, 2), (6, 4), (2, 4), (2, 2), (0, 2)])
UPWARD = Polygon([(0, 0), (6, 0), (3, 6)])
DOWNWARD = Polygon([(3, -2), (6, 4), (0, 4)])
HEXAGRAM = UPWARD.union(DOWNWARD)
TIPS = [(0, 4), (-5, 1), (-4, -8), (4, -8), (5, 1)]
NOTCHES = [(-1, 1), (-2, -2), (0, -4), (2, -2), (1, 1)]
PENTAGRAM = Polygon([point for both in zip(TIPS, NOTCHES, strict=True) for point in both])
TWO_SQUARES = MultiPolygon(
    [
        Polygon([(0, 0), (4, 1), (3, 5), (-1, 4)]),
        Polygon([(10, 3), (13, 5), (11, 8), (8, 6)]),
    ]
)

REPRESENTABLE = {
    "triangle": (regular(3), 3, 3),
    "square": (SQUARE, 4, 4),
    "pentagon": (regular(5), 5, 5),
    "polygon of 24 sides": (regular(24), 24, 24),
    "triangle with eaves": (EAVES, 8, 6),
    "L": (L, 8, 6),
    "plus": (PLUS, 8, 8),
    "U": (U, 10, 7),
    "H": (H, 10, 8),
    "square with a square hole": (SQUARE.difference(HOLE), 12, 8),
    "hexagram": (HEXAGRAM, 6, 6),
    "pentagram": (PENTAGRAM, 5, 5),
}
"""Shapes with the total of the least weights that are known, and the number of their lines."""


@pytest.mark.parametrize(("shape", "total", "lines"), REPRESENTABLE.values(), ids=REPRESENTABLE)
def test_shapes_that_one_hidden_layer_represents(shape: Polygon, total: int, lines: int) -> None:
    answer = asked(shape)
    assert isinstance(answer, OneLayer)
    assert mistakes(answer, shape) == []
    assert answer.total <= total
    assert len(answer.inputs) == len(answer.weights) == lines


def test_a_mistake_would_be_seen() -> None:
    """The check above is not blind: an L with all weights 1 is wrong, so is another threshold."""
    answer = asked(L)
    assert isinstance(answer, OneLayer)
    assert mistakes(replace(answer, weights=(1,) * 6, threshold=6), L)
    assert mistakes(replace(answer, threshold=answer.threshold - 1), L)
    assert mistakes(replace(answer, threshold=answer.threshold + 1), L)


@pytest.mark.parametrize("shape", [Z, shapely.transform(Z, lambda p: p[:, ::-1] * 0.1 + 1e6)])
def test_edges_on_one_line_that_face_opposite_ways(shape: Polygon) -> None:
    answer = asked(shape)
    assert isinstance(answer, Obstruction)
    assert answer.whatever_lines
    check_proof(answer, shape)
    check_opposite_ways(answer)
    assert "whatever lines are added" in answer.reason


@pytest.mark.parametrize("vertex_pairs", [False, True])
def test_a_star_of_ten_lines_is_not_representable(vertex_pairs: bool) -> None:
    spec = as_spec(SHAPES / "star.yaml")
    shape = spec.shape.geometry  # type: ignore[union-attr]
    answer = asked(spec, vertex_pairs=vertex_pairs)
    assert isinstance(answer, Obstruction)
    assert not answer.whatever_lines
    check_proof(answer, shape)
    assert len({undirected(line) for line in answer.half_planes}) == (45 if vertex_pairs else 10)
    if vertex_pairs:
        vertices = [start for start, _ in exact_edges(shape)]
        pairs = {primitive(p, q) for p, q in permutations(vertices, 2)}
        assert set(answer.half_planes) == pairs


def test_a_false_proof_would_be_seen() -> None:
    shape = as_spec(SHAPES / "star.yaml").shape.geometry  # type: ignore[union-attr]
    answer = asked(shape)
    assert isinstance(answer, Obstruction)
    first, *others = answer.witnesses
    for wrong in (
        (replace(first, multiplier=first.multiplier + 1), *others),
        (replace(first, inside=False), *others),
        (replace(first, exact=(Fraction(0), Fraction(0))), *others),
        (),
    ):
        with pytest.raises(AssertionError):
            check_proof(replace(answer, witnesses=wrong), shape)


def test_two_squares_need_lines_through_pairs_of_vertices() -> None:
    alone = asked(TWO_SQUARES)
    assert isinstance(alone, Obstruction)
    check_proof(alone, TWO_SQUARES)
    assert "are inside" in alone.reason
    answer = asked(TWO_SQUARES, vertex_pairs=True)
    assert isinstance(answer, OneLayer)
    assert mistakes(answer, TWO_SQUARES) == []
    added = [i for i in answer.inputs if answer.separators.names[i].startswith("line[")]
    assert added
    assert len(answer.separators.names) == len(answer.separators.coefficients) == 8 + len(added)
    # On a lattice the coefficients are exact: they are the line's own.
    assert answer.separators.exact
    for line, i in zip(read_lines(answer), answer.inputs, strict=True):
        assert answer.separators.coefficients[i].tolist() == [line[0], line[1], 0, 0, 0, line[2]]


def test_added_lines_off_the_lattice_fire_at_their_own_vertices() -> None:
    shape = shapely.transform(TWO_SQUARES, lambda p: p * 0.1 + np.array([21.3, 52.7]))
    answer = asked(shape, vertex_pairs=True)
    assert isinstance(answer, OneLayer)
    assert mistakes(answer, shape) == []
    assert not answer.separators.exact
    frame = choose_frame(shapely.get_coordinates(shape))
    added = range(8, len(answer.separators.names))
    assert len(added) > 0
    for i in added:
        w0, w1, *_, bias = answer.separators.coefficients[i]
        for x, y in frame.to_unit(answer.separators.sources[i]):
            assert 0 <= (w0 * x + w1 * y) + bias < 1e-14


@settings(max_examples=30)
@given(box_overlays, st.booleans())
def test_random_shapes(shape: MultiPolygon, slanted: bool) -> None:
    """Holes, touching rings, collinear edges; whatever the answer is, it can be checked."""
    if len(shapely.get_coordinates(shape)) > 24:
        return
    if slanted:
        shape = shapely.transform(shape, lambda p: p @ np.array([[0.3, 0.1], [-0.1, 0.3]]))
    if not shape.is_valid:
        return
    match asked(shape):
        case OneLayer() as answer:
            assert mistakes(answer, shape) == []
        case Obstruction() as answer:
            check_proof(answer, shape)
            if answer.whatever_lines:
                check_opposite_ways(answer)
        case Undecided(reason):
            pytest.fail(reason)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=5, max_size=12))
def test_random_stars(arms: list[tuple[int, int]]) -> None:
    """Star-shaped polygons with few common lines."""
    angles = 2 * np.pi * (np.arange(len(arms)) + [turn / 20 for turn, _ in arms]) / len(arms)
    radii = np.array([radius for _, radius in arms])
    ring = np.rint(100 * radii[:, np.newaxis] * np.stack([np.cos(angles), np.sin(angles)], axis=1))
    shape = Polygon(ring)
    if not shape.is_valid:
        return
    match asked(shape):
        case OneLayer() as answer:
            assert mistakes(answer, shape) == []
        case Obstruction() as answer:
            check_proof(answer, shape)
        case Undecided(reason):
            pytest.fail(reason)


def test_the_answer_is_always_the_same() -> None:
    first, second = (asked(TWO_SQUARES, vertex_pairs=True) for _ in range(2))
    assert isinstance(first, OneLayer)
    assert isinstance(second, OneLayer)
    assert (first.inputs, first.weights) == (second.inputs, second.weights)
    proofs = [asked(SHAPES / "star.yaml") for _ in range(2)]
    assert isinstance(proofs[0], Obstruction)
    assert isinstance(proofs[1], Obstruction)
    assert proofs[0].witnesses == proofs[1].witnesses


def test_half_planes_off_the_origin() -> None:
    """Lines without source points are read from their coefficients, in whatever frame."""
    triangle = [HalfPlane(3, 1, -1.6e6), HalfPlane(-1, 2, 0.7), HalfPlane(-1, -4, 2.5e6)]
    spec = as_spec(Intersection((*triangle, Box(5e5 + 0.1, 5e4, 5e5 + 9.7, 5e5))))
    frame = Frame((500000.0, 250000.0), -18)
    formula, separators = translate(spec.shape, "shape", frame, polygons_by_edges)
    for i, plane in enumerate(triangle):
        line = exact_line(separators, frame, i)
        assert [Fraction(line[k], line[0]) for k in (1, 2)] == [
            Fraction(c) / Fraction(plane.a) for c in (plane.b, plane.c)
        ]
        assert line[0] * plane.a > 0
    answer = decide(formula, separators, frame)
    assert isinstance(answer, OneLayer)
    assert set(answer.weights) == {1}
    assert answer.threshold == len(answer.weights)


def test_one_line_from_both_sides_is_a_region() -> None:
    """It has no face: `H(z) AND H(-z)` is the line itself."""
    answer = asked(unbounded(Intersection((HalfPlane(1, 2, 3), HalfPlane(-1, -2, -3)))))
    assert isinstance(answer, OneLayer)
    assert (answer.weights, answer.threshold) == ((1, 1), 2)


def test_a_weight_may_be_negative() -> None:
    strip = Intersection((HalfPlane(1, 0, 0), Complement(HalfPlane(1, 0, -1))))
    answer = asked(unbounded(strip))
    assert isinstance(answer, OneLayer)
    assert (answer.weights, answer.threshold) == ((1, -1), 1)


def test_circuits() -> None:
    answer = asked(SQUARE)
    assert isinstance(answer, OneLayer)
    circuit = answer.circuit(Label("square"))
    assert circuit.output == 0
    assert circuit.gates == (((~0, ~1, ~2, ~3), (1, 1, 1, 1), 4),)
    assert list(circuit.names) == ["square"]
    alone = asked(unbounded(Union((HalfPlane(1, 0, 0), HalfPlane(1, 0, -1)))))
    assert isinstance(alone, OneLayer)
    circuit = alone.circuit(Label("half"))
    assert (circuit.gates, len(circuit.names), circuit.output) == ((), 0, ~alone.inputs[0])


@pytest.mark.parametrize(("kind", "threshold"), [("and", 0), ("or", 1)])
def test_everything_and_nothing(kind: Any, threshold: int) -> None:
    builder = FormulaBuilder()
    formula = builder.formula(builder.gate(kind, ()))
    answer = decide(formula, SeparatorPool(Frame()).separators(), Frame())
    assert isinstance(answer, OneLayer)
    assert (answer.inputs, answer.weights, answer.threshold) == ((), (), threshold)
    assert answer.circuit(Label("constant")).gates == (((), (), threshold),)


def test_lines_that_do_not_matter_are_dropped() -> None:
    half = HalfPlane(1, 1, 0)
    both = Union((half, Complement(half), HalfPlane(0, 1, 0)))
    answer = asked(unbounded(both))
    assert isinstance(answer, OneLayer)
    assert (answer.weights, answer.threshold) == ((), 0)


def test_curves_are_refused() -> None:
    answer = asked(Union((Circle((0, 0), 1), Box(0, 0, 5, 5))))
    assert answer == Undecided(
        "shape.circle is a curve; one layer is looked for over straight lines only"
    )


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = asked(regular(cells.MOST_LINES + 1))
    assert isinstance(answer, Undecided)
    assert answer.reason == "there are 129 lines; one layer is looked for over 128 at most"
    monkeypatch.setattr(cells, "MOST_PAIR_LINES", 27)
    answer = asked(TWO_SQUARES, vertex_pairs=True)
    assert isinstance(answer, Undecided)
    assert answer.reason.startswith("there are 28 lines, with those through pairs of vertices")
    monkeypatch.setattr(cells, "MOST_PAIR_LINES", 28)
    assert isinstance(asked(TWO_SQUARES, vertex_pairs=True), OneLayer)


def test_many_lines() -> None:
    """A ring of 60 lines: more cells than go into the linear program at once."""
    outer, inner = regular(30), shapely.transform(regular(30), lambda p: np.rint(p * 0.4))
    answer = asked(outer.difference(inner))
    assert isinstance(answer, OneLayer)
    assert len(answer.weights) == 60
    assert set(answer.weights[30:]) == {1}


# What tells vectors apart, without any geometry.


def task_of(vectors: list[tuple[int, ...]], inside: list[bool], hard: bool = True) -> Task:
    rows = np.array(vectors, dtype=np.bool_)
    return Task(rows, np.array(inside), np.full(len(rows), hard), np.ones(len(rows), np.bool_))


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.booleans(), min_size=2**n, max_size=2**n)))
def test_boolean_functions_are_told_apart_or_proved_not_to_be(inside: list[bool]) -> None:
    count = len(inside).bit_length() - 1
    vectors = list(product((0, 1), repeat=count))
    if len(set(inside)) == 1:
        return
    task = task_of(vectors, inside, hard=False)
    match separate(task):
        case Weights(values, threshold):
            sums = [sum(w * h for w, h in zip(values, v, strict=True)) for v in vectors]
            assert [s >= threshold for s in sums] == inside
        case Multipliers() as proof:
            assert balanced(task, proof)
        case None:
            pytest.fail("undecided")


def test_the_least_weights_that_are_known() -> None:
    """Every one of the 104 threshold functions of three inputs is found."""
    vectors = list(product((0, 1), repeat=3))
    functions = [list(f) for f in product((False, True), repeat=8) if len(set(f)) == 2]
    found = [separate(task_of(vectors, inside)) for inside in functions]
    weights = [w for w in found if isinstance(w, Weights)]
    assert len(weights) == 104 - 2
    assert max(np.abs(w.values).sum() for w in weights) == 4


def test_what_is_no_proof() -> None:
    task = task_of([(0, 0), (1, 1), (0, 1), (1, 0)], [True, True, False, False])
    assert balanced(task, Multipliers({0: 1, 1: 1, 2: 1, 3: 1}))
    assert balanced(task, Multipliers({0: 10**30, 1: 10**30, 2: 10**30, 3: 10**30}))
    assert not balanced(task, Multipliers({}))
    assert not balanced(task, Multipliers({0: 0, 1: 0, 2: 0, 3: 0}))
    assert not balanced(task, Multipliers({0: -1, 1: -1, 2: -1, 3: -1}))
    assert not balanced(task, Multipliers({0: 1, 1: 1, 2: 2}))
    assert not balanced(task, Multipliers({0: 10**30 + 1, 1: 10**30, 2: 10**30, 3: 10**30}))


def test_weights_beyond_the_limit_are_not_pretended() -> None:
    """`a AND (b OR (c AND ...))` of 40 inputs asks for Fibonacci's numbers, up to 10^8."""
    count = 40
    vectors, inside = [], []
    for depth in range(count):
        # Decided by the input at this depth, whatever comes behind; those before pass it on.
        before = [k % 2 == 0 for k in range(depth)]
        for value in (False, True):
            decides = value != (depth % 2 == 0) or depth == count - 1
            rest = [not value] * (count - depth - 1)
            if decides:
                vectors.append((*before, value, *rest))
                inside.append(value)
    task = task_of(vectors, inside)
    assert separate(task) is None


@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=1, max_size=4))
def test_null_vectors(rows: list[list[int]]) -> None:
    matrix = np.array(rows, dtype=object)
    vector = null_vector(matrix)
    rank = np.linalg.matrix_rank(matrix.astype(float))
    assert (vector is None) == (rank != 3)
    if vector is not None:
        assert (matrix @ np.array(vector, dtype=object) == 0).all()
        assert math.gcd(*vector) == 1


# Formulas on many points.


@given(st.data())
def test_formulas_are_evaluated_gate_by_gate(data: st.DataObject) -> None:
    count = 4
    builder = FormulaBuilder()
    signals = [literal(k) for k in range(count)]
    points = list(product((False, True), repeat=count))
    truth = {literal(k): [p[k] for p in points] for k in range(count)}
    for _ in range(data.draw(st.integers(0, 6))):
        kind = data.draw(st.sampled_from(("and", "or")))
        some = data.draw(st.lists(st.tuples(st.sampled_from(signals), st.booleans()), max_size=3))
        signal = builder.gate(kind, [s ^ negated for s, negated in some])
        columns = [[v != negated for v in truth[s]] for s, negated in some]
        joined = all if kind == "and" else any
        value = [joined(column[k] for column in columns) for k in range(len(points))]
        if signal & 1 == 0:
            truth[signal] = value
            signals.append(signal)
    root, negated = data.draw(st.sampled_from(signals)), data.draw(st.booleans())
    formula = builder.formula(root ^ negated)
    found = evaluate_formula(formula, np.array(points))
    assert found.tolist() == [v != negated for v in truth[root]]
    used = separators_used(formula)
    for k in set(range(count)) - set(used):
        flipped = np.array(points)
        flipped[:, k] ^= True
        assert (evaluate_formula(formula, flipped) == found).all()
