"""The proof for curved shapes: right networks are proved, wrong ones refuted by a point."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import regions
from regions.check import curved
from regions.check.curved import prove_curved
from regions.check.proof import Proof
from regions.network.layers import gates_from_rows
from regions.network.model import Monomial, Network, Output
from regions.network.names import Names
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Complement,
    Difference,
    Ellipse,
    HalfPlane,
    Intersection,
    Polygonal,
    Shape,
    Spec,
    SymmetricDifference,
    Union,
    bottom_up,
    operands,
)
from tests.conftest import SHAPES
from tests.pointwise import Point, UnsureError, network_says, separator_value, shape_says
from tests.strategies import csg_trees, lengths, points

WINDOW = (-12.0, -11.0, 13.0, 12.0)

STRAIGHT = (Polygonal, Box, HalfPlane)
DEAR = {"clover", "gear_svg", "word"}
"""The word takes a minute; its letters are like the paths of `tests/test_paths.py`. The others are
proved by strategy `auto` in `tests/test_prove.py`."""

CURVED = [
    path.stem
    for path in sorted(SHAPES.glob("*.yaml"))
    if path.stem not in DEAR
    and any(
        not operands(node) and not isinstance(node, STRAIGHT)
        for node in bottom_up(regions.load(path).shape)
    )
]

MONOMIALS = ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2))


def spec_of(shape: Shape, window: tuple[float, float, float, float] = WINDOW) -> Spec:
    return Spec("trial", shape, window)


def proved(shape: Shape, strategy: str = "edges") -> Proof:
    spec = spec_of(shape)
    return prove_curved(regions.compile(spec, strategy), spec)


def network_of(
    separators: list[dict[Monomial, float]],
    gates: list[tuple[list[int], list[int], float]],
    center: tuple[float, float] = (0.0, 0.0),
    exponent: int = 0,
) -> Network:
    """A network by hand; the monomial (0, 0) stands for the bias, the last unit is the output."""
    features = sorted({m for s in separators for m in s} | {(1, 0), (0, 1)} - {(0, 0)})
    features = sorted(features, key=lambda m: (sum(m), -m[0]))
    features = [m for m in features if m != (0, 0)]
    size = len(separators) + len(gates)
    return Network(
        center=center,
        exponent=exponent,
        features=tuple(features),
        weights=np.array([[s.get(m, 0.0) for m in features] for s in separators]),
        bias=np.array([s.get((0, 0), 0.0) for s in separators]),
        gates=gates_from_rows(gates),
        names=Names.of([f"unit {i}" for i in range(size)]),
        outputs=(Output("trial", size - 1),),
    )


def disc(radius: float, sign: int = 1) -> dict[Monomial, float]:
    return {(2, 0): -sign, (0, 2): -sign, (0, 0): sign * radius**2}


QUARTIC: dict[Monomial, float] = {(4, 0): -1, (2, 2): -2, (0, 4): -1, (2, 0): 10, (0, 2): 10}
RING_OF_ONE = network_of([QUARTIC | {(0, 0): -9.0}], [([0], [1], -0.5)])
"""`(x^2 + y^2 - 1) (9 - x^2 - y^2) >= 0`, multiplied out."""


def exact(point: tuple[float, float]) -> Point:
    return Fraction(point[0]), Fraction(point[1])


def check_witness(proof: Proof, network: Network, shape: Shape) -> None:
    """A witness must differ by plain rational evaluation, and say truly what each side says."""
    witness = proof.witness
    assert witness is not None
    assert witness.network != witness.shape
    assert network_says(network, witness.exact) == witness.network
    assert shape_says(shape, witness.exact) == witness.shape


# What is right


@pytest.mark.parametrize("name", CURVED)
def test_the_gallery_in_parts_is_proved(name: str) -> None:
    spec = regions.load(SHAPES / f"{name}.yaml")
    proof = prove_curved(regions.compile(spec, "parts"), spec)
    assert proof.verdict == "equal", str(proof)
    assert (proof.undecided, proof.witness, proof.window_only) == (0, None, False)


def test_the_ring_and_the_lens_are_proved_over_two_atoms() -> None:
    for name in ("war_zone_b", "lens"):
        spec = regions.load(SHAPES / f"{name}.yaml")
        proof = prove_curved(regions.compile(spec), spec)
        assert str(proof).startswith("PROVED equal: 2 curves, 4 faces, 4 edges, 1 vertex, ")
        assert proof.distance == 0


boat = shapely.Polygon([(-4, 0.1), (4.1, 0), (2.2, 3.3), (0.4, 0.7), (-2, 3)])

RIGHT = {
    "annulus": Annulus((0.1, 0.3), 1.1, 3.7),
    "turned ellipse": Ellipse((0.1, 0.2), (3.3, 1.7), 33),
    "ellipse by a quarter": Ellipse((0.1, 0.2), (3.3, 1.7), -90),
    "ellipse by nearly half a turn": Ellipse((0.1, 0.2), (3.3, 1.7), 180.0000001),
    "ellipse by next to nothing": Ellipse((0.1, 0.2), (3.3, 1.7), 1e-270),
    "thin ellipse": Ellipse((1.1, 0.2), (9.0, 0.001), 77),
    "circle minus box": Difference((Circle((0.1, 0.2), 3), Box(0, 0, 2.1, 2.2))),
    "circle and polygon": Union((Circle((0.1, 0.2), 1.7), Polygonal(boat))),
    "polygon minus circles": Difference((Polygonal(boat), Circle((0, 1), 0.5), Circle((1, 1), 1))),
    "complement": Complement(Circle((0.1, 0.2), 1.7)),
    "cut by a half-plane": Intersection((Circle((0.1, 0.2), 3), HalfPlane(0.3, 0.7, -0.1))),
    "a small circle far off": Union((Circle((0.1, 0.2), 1e-4), Box(-9, -9, -8, 4.1))),
    "discs that touch": Union(tuple(Circle((2.0 * i, 0), 1) for i in range(-3, 4))),
    "many discs": Union(tuple(Circle((i * 0.7, (i * i) % 7 - 3), 1.3) for i in range(-9, 10))),
    "one in the other": SymmetricDifference(tuple(Circle((0, 0.1), 1 + r / 9) for r in range(15))),
    "lines at right angles in a point": Union(
        (
            Polygonal(shapely.Polygon([(0, 0), (5, 0), (5, 5)])),
            Polygonal(shapely.Polygon([(0, 0), (-5, 0), (-5, -5)])),
            Polygonal(shapely.Polygon([(0, 0), (0, -5), (3, -5)])),
            *(Circle((i - 5.5, 0.25), 0.5) for i in range(12)),
        )
    ),
    "nothing": Intersection((Circle((-5, 0), 1), Circle((5, 0), 1))),
}


@pytest.mark.parametrize("strategy", ["edges", "parts"])
@pytest.mark.parametrize("name", RIGHT)
def test_compiled_networks_are_proved(name: str, strategy: str) -> None:
    proof = proved(RIGHT[name], strategy)
    assert proof.verdict == "equal", str(proof)
    assert not proof.window_only
    # The tips of a thin ellipse are moved far by what its coefficients lose.
    assert proof.distance < (1e-6 if name == "thin ellipse" else 1e-12)


@given(csg_trees)
@settings(max_examples=40)
def test_compiled_trees_are_never_refuted(shape: Shape) -> None:
    """They are equal, or left open in strips of rounding where vertices nearly lie on lines."""
    for strategy in ("edges", "parts"):
        proof = proved(shape, strategy)
        assert proof.verdict in ("equal", "equal except within an undecided area"), str(proof)
        assert proof.undecided < 1e-9
        assert not proof.window_only


def test_a_country_without_a_disc_is_proved() -> None:
    lesotho = regions.load(SHAPES / "south_africa.yaml").shape
    parts = [node for node in bottom_up(lesotho) if isinstance(node, Polygonal)]
    hole = max(
        (ring for p in shapely.get_parts(parts[0].geometry) for ring in p.interiors),
        key=lambda ring: ring.length,
    )
    shape = Difference((Polygonal(shapely.Polygon(hole)), Circle((28.2, -29.5), 0.7)))
    spec = Spec("trial", shape, (26.0, -31.5, 31.0, -28.0))
    proof = prove_curved(regions.compile(spec, "edges"), spec)
    assert proof.verdict == "equal", str(proof)


@given(points, lengths, lengths, st.floats(0, 360))
@settings(max_examples=30)
def test_the_distance_is_a_bound(
    center: tuple[float, float], first: float, second: float, angle: float
) -> None:
    """The separator changes sign within the stated distance, on lines across the ellipse."""
    ellipse = Ellipse(center, (first, second), angle)
    spec = spec_of(Union((ellipse, Box(-90, -80, -70, -60.3))))
    network = regions.compile(spec)
    proof = prove_curved(network, spec)
    assert proof.verdict == "equal"
    conic = int(np.flatnonzero(network.weights[:, 2:].any(axis=1))[0])
    for turn in np.arange(0, 6.2, 0.7):
        p, q = first * np.cos(turn), second * np.sin(turn)
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        out = np.array([p * c - q * s, p * s + q * c])
        step = out / np.hypot(*out) * (proof.distance + 1e-14)
        inner, outer = (exact(out + np.array(center) + k * step) for k in (-1, 1))
        assert separator_value(network, conic, inner) > 0
        assert separator_value(network, conic, outer) < 0


# What is right, and written in another way


def test_a_ring_of_one_separator_is_proved() -> None:
    """It is a product of the ring's own atoms."""
    proof = prove_curved(RING_OF_ONE, spec_of(Annulus((0, 0), 1, 3)))
    assert proof.verdict == "equal", str(proof)
    assert (proof.lines, proof.undecided, proof.window_only) == (2, 0, False)
    assert proof.tiles > 1


def test_a_factor_that_is_never_0_changes_nothing() -> None:
    """`(4 - x^2 - y^2) (1 + x^2)` is the circle alone."""
    quartic: dict[Monomial, float] = {(2, 0): 3, (0, 2): -1, (4, 0): -1, (2, 2): -1, (0, 0): 4}
    spec = spec_of(Circle((0, 0), 2))
    proof = prove_curved(network_of([quartic], [([0], [1], -0.5)]), spec)
    assert proof.verdict == "equal", str(proof)
    assert (proof.lines, proof.tiles) == (1, 1)


def test_a_square_of_the_border_is_the_border_alone() -> None:
    """`-(4 - x^2 - y^2)^2 >= 0` on the circle and nowhere else."""
    square: dict[Monomial, float] = {(4, 0): -1, (2, 2): -2, (0, 4): -1, (2, 0): 8, (0, 2): 8}
    edge = square | {(0, 0): -16.0}
    inside = network_of([disc(2, -1), edge], [([0], [-1], 0.5), ([1, 2], [1, 1], -0.5)])
    proof = prove_curved(inside, spec_of(Circle((0, 0), 2)))
    assert proof.verdict == "equal", str(proof)


def test_strips_instead_of_lines_are_proved() -> None:
    """`1 - x^2 >= 0` is two sides of a box."""
    strips: list[dict[Monomial, float]] = [{(2, 0): -1, (0, 0): 1}, {(0, 2): -1, (0, 0): 4}]
    network = network_of(strips, [([0, 1], [1, 1], -1.5)])
    proof = prove_curved(network, spec_of(Box(-1, -2, 1, 2)))
    assert proof.verdict == "equal", str(proof)


def test_the_same_circle_in_other_coordinates_is_proved() -> None:
    """With the centre at (2, 1) and the unit 1/4: u^2 + v^2 <= 1/4 is a circle of radius 2."""
    inner: dict[Monomial, float] = {(2, 0): -3, (0, 2): -3, (0, 0): 0.75}
    network = network_of([inner], [], center=(2.0, 1.0), exponent=-2)
    assert prove_curved(network, spec_of(Circle((2, 1), 2))).verdict == "equal"
    other = prove_curved(network, spec_of(Circle((2, 1), 2.5)))
    check_witness(other, network, Circle((2, 1), 2.5))


# What is wrong


STRICT = {
    "disc": (Circle((0, 0), 1.5), [disc(1.5, -1)], [([0], [-1], 0.5)]),
    "ring": (Annulus((0, 0), 1, 3), [disc(3), disc(1)], [([0, 1], [1, -1], -0.5)]),
    "box": (
        Box(-1, -2, 1, 2),
        [{(2, 0): 1.0, (0, 0): -1.0}, {(0, 2): 1.0, (0, 0): -4.0}],
        [([0, 1], [-1, -1], 0.5)],
    ),
    "half-plane and disc": (
        Union((HalfPlane(1, 2, -9), Circle((0, 0), 2))),
        [{(1, 0): -1.0, (0, 1): -2.0, (0, 0): 9.0}, disc(2)],
        [([0, 1], [-1, 1], 0.5)],
    ),
    "ellipse": (
        Ellipse((0.5, 0), (2, 1), 90),
        [{(2, 0): 4.0, (1, 0): -4.0, (0, 2): 1.0, (0, 0): -3.0}],
        [([0], [-1], 0.5)],
    ),
}


@pytest.mark.parametrize("name", STRICT)
def test_a_missing_border_is_told_apart(name: str) -> None:
    """NOT H(-q) has no border where H(q) has one."""
    shape, separators, gates = STRICT[name]
    network = network_of(separators, gates)
    proof = prove_curved(network, spec_of(shape))
    assert proof.verdict == "equal except on the boundary", str(proof)
    assert (proof.undecided, proof.window_only) == (0, False)
    assert not proof.holds("strict")
    assert proof.holds("ignore")
    assert proof.witness is not None
    assert proof.witness.dimension < 2
    check_witness(proof, network, shape)


@pytest.mark.parametrize("radii", [(3.3, 1.7), (33.0, 17.0)])
def test_a_missing_border_without_rational_points_is_told_apart(
    radii: tuple[float, float],
) -> None:
    """A turned ellipse has none that we know; that it is crossed is proved all the same, and what
    reaches out of the window is known then.
    """
    shape = Difference((Ellipse((0.1, 0.2), radii, 33), Circle((40, 40), 1)))
    right = regions.compile(spec_of(shape))
    signs = np.array([[-1], [1]])
    strict = replace(
        right,
        weights=signs * right.weights,
        bias=signs[:, 0] * right.bias,
        gates=gates_from_rows([([0, 1], [-1, -1], 0.5)]),
    )
    proof = prove_curved(strict, spec_of(shape))
    assert proof.verdict == "equal except on the boundary", str(proof)
    assert (proof.undecided, proof.window_only) == (0, False)


def test_a_hair_outside_the_shape_is_no_boundary() -> None:
    """The shape, and a circle around it one point thick."""
    hair = [disc(1), disc(2), disc(2, -1)]
    network = network_of(hair, [([1, 2], [1, 1], -1.5), ([0, 3], [1, 1], -0.5)])
    shape = Circle((0, 0), 1)
    proof = prove_curved(network, spec_of(Union((shape, Box(5, 5, 6, 6)))))
    assert proof.verdict == "different"
    thin = prove_curved(
        network, spec_of(Union((shape, Intersection((shape, Annulus((0, 0), 2, 3))))))
    )
    assert thin.verdict == "different", str(thin)
    check_witness(thin, network, shape)
    assert thin.witness is not None
    assert thin.witness.dimension == 1


@pytest.mark.parametrize("change", [1e-1, 1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize(
    "name", ["annulus", "turned ellipse", "discs that touch", "circle and polygon"]
)
def test_small_changes_of_a_radius_are_seen(name: str, change: float) -> None:
    shape, spec = RIGHT[name], spec_of(RIGHT[name])
    network = regions.compile(spec)
    conic = int(np.flatnonzero(network.weights[:, 2:].any(axis=1))[0])
    bias = network.bias.copy()
    bias[conic] *= 1 + change
    changed = replace(network, bias=bias)
    proof = prove_curved(changed, spec)
    assert proof.verdict == "different", str(proof)
    check_witness(proof, changed, shape)
    assert proof.seconds < 10


def test_a_difference_beyond_the_window_is_seen() -> None:
    """A second disc far outside the window; the window alone would show none."""
    far = {(2, 0): -1.0, (0, 2): -1.0, (1, 0): 2000.0, (0, 0): 1.0 - 1000.0**2}
    network = network_of([disc(2), far], [([0, 1], [1, 1], -0.5)])
    shape = Circle((0, 0), 2)
    proof = prove_curved(network, spec_of(shape))
    assert proof.verdict == "different", str(proof)
    check_witness(proof, network, shape)
    assert proof.witness is not None
    assert proof.witness.cell == ()
    assert abs(proof.witness.point[0] - 1000) < 1


def test_a_face_between_curves_has_no_corners() -> None:
    network = network_of([disc(2.5)], [])
    proof = prove_curved(network, spec_of(Circle((0, 0), 2)))
    assert proof.witness is not None
    assert proof.witness.cell == ()


# Mutations: one thing changed in a network that was right


def mutated(network: Network, rng: random.Random) -> Network:
    gates = network.gates
    kinds = ["bias", "weight", "side", "shift"] + ["gate weight", "gate bias", "input"] * (
        len(gates.inputs) > 0
    )
    i, row = rng.randrange(network.n_separators), rng.choice((-1, 1))
    size = 10.0 ** rng.uniform(-9, -1) * max(np.abs(network.weights[i]).max(), 1e-3)
    bias, weights = network.bias.copy(), network.weights.copy()
    match rng.choice(kinds):
        case "bias":
            bias[i] += row * size
            return replace(network, bias=bias)
        case "weight":
            weights[i, rng.randrange(weights.shape[1])] += row * size
            return replace(network, weights=weights)
        case "shift":
            bias[i] += weights[i, 0] * row * 1e-6
            return replace(network, bias=bias)
        case "side":
            weights[i], bias[i] = -weights[i], -bias[i]
            return replace(network, weights=weights, bias=bias)
        case "gate weight":
            changed = gates.weights.copy()
            changed[rng.randrange(len(changed))] += row
            return replace(network, gates=replace(gates, weights=changed))
        case "gate bias":
            moved = gates.bias.copy()
            moved[rng.randrange(len(moved))] += row
            return replace(network, gates=replace(gates, bias=moved))
        case _:
            inputs = gates.inputs.copy()
            inputs[rng.randrange(len(inputs))] = i
            return replace(network, gates=replace(gates, inputs=inputs))


def near_borders(network: Network, rng: random.Random) -> list[Point]:
    """Random points, and points on both sides of each separator's curve."""
    found = [(rng.uniform(-12, 13), rng.uniform(-11, 12)) for _ in range(40)]
    for i in range(network.n_separators):
        for _ in range(6):
            a, b = ((rng.uniform(-12, 13), rng.uniform(-11, 12)) for _ in range(2))
            for _ in range(30):
                middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                sides = [
                    separator_value(network, i, tuple(map(Fraction, p))) >= 0 for p in (a, middle)
                ]
                a, b = (middle, b) if sides[0] == sides[1] else (a, middle)
            found += [a, b, (a[0] * 1.001, a[1]), (a[0], a[1] * 1.001)]
    return [exact(point) for point in found]


MUTANTS = 50


def test_mutations_are_refuted_or_harmless() -> None:
    """Every witness is right; where none is given, no point near any border tells them apart."""
    rng, verdicts = random.Random(7), Counter[str]()
    shapes = [shape for name, shape in RIGHT.items() if name not in ("nothing", "many discs")]
    for n in range(MUTANTS):
        shape = shapes[n % len(shapes)]
        spec = spec_of(shape)
        network = mutated(regions.compile(spec), rng)
        proof = prove_curved(network, spec)
        verdicts[proof.verdict] += 1
        if proof.witness is not None:
            check_witness(proof, network, shape)
        if proof.verdict != "different":
            differing = [p for p in near_borders(network, rng) if differ(network, shape, p)]
            assert not differing, (n, str(proof), differing[0])
    assert verdicts["different"] > MUTANTS / 2
    assert verdicts["equal"] > 0


def differ(network: Network, shape: Shape, point: Point) -> bool:
    try:
        return network_says(network, point) != shape_says(shape, point)
    except UnsureError:
        return False


# What is left open


TOUCHING = Ellipse((0, 0), (4, 2))
"""The shape; the network adds a smaller ellipse that touches it from within at (0, 2) and (0, -2).

No combination of signs tells that the smaller one lies inside, and no box about (0, 2) is small
enough to: so it stays open."""

TOUCHED = network_of(
    [
        {(2, 0): -1.0, (0, 2): -4.0, (0, 0): 16.0},
        {(2, 0): -4.0, (0, 2): -9.0, (0, 0): 36.0},
    ],
    [([0, 1], [1, 1], -0.5)],
)


def test_an_open_rest_is_small_and_stated() -> None:
    proof = prove_curved(TOUCHED, spec_of(TOUCHING))
    assert proof.verdict == "equal except within an undecided area"
    assert "undecided area at most" in str(proof)
    assert 0 < proof.undecided <= curved.TOLERANCE * 8 * np.pi
    assert proof.holds()
    assert not proof.window_only


def test_the_tolerance_is_a_part_of_the_shape() -> None:
    fine, coarse = (prove_curved(TOUCHED, spec_of(TOUCHING), part) for part in (1e-6, 1e-2))
    assert fine.tiles > coarse.tiles > 1
    assert fine.undecided < coarse.undecided <= 1e-2 * 8 * np.pi


def test_where_work_ends_early_all_the_rest_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With few boxes all of the window is left open."""
    monkeypatch.setattr(curved, "BOXES", 1)
    proof = prove_curved(TOUCHED, spec_of(TOUCHING))
    assert proof.verdict == "equal except within an undecided area"
    assert proof.undecided == 25 * 23


def test_a_small_ellipse_that_looks_out_is_refuted() -> None:
    """The same ellipse, larger by 1e-9 of its height."""
    bias = TOUCHED.bias.copy()
    bias[1] *= 1 + 2e-9
    network = replace(TOUCHED, bias=bias)
    proof = prove_curved(network, spec_of(TOUCHING))
    assert proof.verdict == "different", str(proof)
    check_witness(proof, network, TOUCHING)


def test_what_is_not_decided_beyond_the_window_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curved, "BOXES_BEYOND", 1)
    # Two parabolas that nothing in the shape bounds: y >= x^2 AND y < x^2 - 1.
    network = network_of(
        [disc(1), {(0, 1): 1, (2, 0): -1}, {(0, 1): -1, (2, 0): 1, (0, 0): -1}],
        [([1, 2], [1, 1], -1.5), ([0, 3], [1, 1], -0.5)],
    )
    proof = prove_curved(network, spec_of(Circle((0, 0), 1)))
    assert proof.window_only
    assert "within the window" in str(proof)
    assert proof.to_dict()["window_only"]


def test_several_regions_are_refused() -> None:
    network = network_of([disc(1), disc(2)], [])
    both = replace(network, outputs=(Output("a", 0), Output("b", 1)))
    with pytest.raises(regions.NetworkError, match="several regions"):
        prove_curved(both, spec_of(Circle((0, 0), 1)))
