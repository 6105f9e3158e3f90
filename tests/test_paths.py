"""Paths as networks: against roots of polynomials, on their borders, and the size they come to."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import regions
from regions.check.curved import prove_curved
from regions.check.membership import Membership
from regions.compiler.winding import MOST_PIECES
from regions.errors import SpecError
from regions.geometry.contours import deviation, path_loops
from regions.geometry.outline import parts
from regions.geometry.segments import Arc, Line, Pair, Quadratic, control_points
from regions.shape.bounds import default_window
from regions.shape.model import Path, Spec
from regions.shape.path_data import path_contours
from tests import winding
from tests.conftest import shared
from tests.paths import extent, paths


def drawn(data: str, fill: str = "nonzero") -> Path:
    return Path(path_contours(data), fill)


def network_of(path: Path, strategy: str = "edges") -> regions.Network:
    return regions.compile(Spec("path", path, (-16, -16, 16, 16)), strategy)


def trial_points(path: Path, seed: int, count: int = 300) -> np.ndarray:
    """At random, and close to both sides of every segment."""
    rng = np.random.default_rng(seed)
    size = extent(path)
    corners = np.array([p for c in path.contours for s in c for p in control_points(s)])
    found = [rng.uniform(corners.min(0) - size / 8, corners.max(0) + size / 8, (count, 2))]
    for contour in path.contours:
        for segment in contour:
            at, normal = winding.beside(segment, rng.uniform(0.02, 0.98, 3))
            found += [at + sign * size * 10.0**-e * normal for e in (3, 6, 9) for sign in (-1, 1)]
    points = np.concatenate(found)
    return points[np.isfinite(points).all(axis=1)]


def differing(path: Path, network: regions.Network, points: np.ndarray) -> np.ndarray:
    """The points of which the roots are sure and the network says something else.

    But for those that may lie between a cubic curve and its conics.
    """
    wanted, sure = winding.inside(path, points)
    wrong = points[sure & (wanted != network.inside(points))]
    near = Membership.of(path).truth(wrong, deviation(path.contours) + 1e-12 * extent(path))
    return wrong[near.known]


def test_contours_that_are_too_entangled_are_not_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rings = " ".join(f"M {r} 0 A {r} {r} 0 0 1 {-r} 0 A {r} {r} 0 0 1 {r} 0 Z" for r in range(1, 9))
    loops, _ = path_loops(path_contours(rings))
    found = parts(loops, "evenodd")
    assert found is not None
    assert len(found) == 4
    monkeypatch.setattr("regions.geometry.outline.MOST_PAIRS", 20)
    assert parts(loops, "evenodd") is None


@given(paths, st.integers(0, 2**32 - 1), st.sampled_from(["edges", "parts"]))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_any_path_is_its_network(path: Path, seed: int, strategy: str) -> None:
    assume(extent(path) > 0.1)
    network = network_of(path, strategy)
    assert differing(path, network, trial_points(path, seed)).tolist() == []


DRAWINGS = {
    "disc": "M 0 0 a 2 2 0 0 0 4 0 a 2 2 0 0 0 -4 0 z",
    "half disc": "M 0 0 h 4 a 2 2 0 0 1 -4 0 z",
    "half disc, clockwise": "M 0 0 a 2 2 0 0 0 4 0 z",
    "lens": "M 0 0 q 2 -2 4 0 q -2 2 -4 0 z",
    "moon": "M 0 0 a 2 2 0 0 1 4 0 q -2 1 -4 0 z",
    "moon, clockwise": "M 0 0 q 2 1 4 0 a 2 2 0 0 0 -4 0 z",
    "plate with a lens": "M -1 -3 h 6 v 6 h -6 z M 0 0 q 2 2 4 0 q -2 -2 -4 0 z",
    "plate with half a disc": "M -1 -3 h 6 v 6 h -6 z M 0 0 a 2 2 0 0 0 4 0 z",
    "ring": "M -4 0 a 4 4 0 0 1 8 0 a 4 4 0 0 1 -8 0 z M -2 0 a 2 2 0 0 0 4 0 a 2 2 0 0 0 -4 0 z",
    "rounded corner": "M 0 0 h 4 v 2 q 0 2 -2 2 h -2 z",
    "bite": "M 0 0 h 4 v 4 q -2 -3 -4 0 z",
    "sharp bites": "M 0 0 q 2 1 4 0 q -1 2 0 4 q -2 -1 -4 0 q 1 -2 0 -4 z",
    "three quarters": "M 0 0 L 4 0 A 4 4 0 1 1 0 -4 z",
    "wide arc on a short chord": "M 0 0 h 1 a 4 4 0 1 1 -1 0 z",
}
"""With whole numbers: nothing is rounded but what arcs' centres may need."""


@pytest.mark.parametrize("strategy", ["edges", "parts"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_the_border_belongs_to_the_region(name: str, strategy: str) -> None:
    """Vertices, and points of lines and parabolas that are doubles, where weights are exact."""
    path = drawn(DRAWINGS[name])
    network = network_of(path, strategy)
    on: list[Pair] = []
    for contour in path.contours:
        for segment in contour:
            on.append(segment.start)
            if isinstance(segment, Line | Quadratic):
                on += winding.beside(segment, np.arange(1, 16) / 16)[0].tolist()
    if network.exact:
        assert network.inside(on).all(), name
    assert differing(path, network, trial_points(path, 1)).tolist() == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_are_proved(name: str) -> None:
    path = drawn(DRAWINGS[name])
    spec = Spec("path", path, default_window(path))
    proof = prove_curved(regions.compile(spec), spec)
    assert (proof.verdict, proof.window_only) == ("equal", False), str(proof)


def test_a_proof_finds_what_is_wrong() -> None:
    spec, other = (
        Spec("path", path, (-6, -6, 6, 6))
        for path in (drawn(DRAWINGS["bite"]), drawn(DRAWINGS["bite"].replace("-2 -3", "-2 -3.01")))
    )
    proof = prove_curved(regions.compile(other), spec)
    assert proof.verdict == "different"
    witness = np.array([proof.witness.point])
    assert Membership.of(spec.shape)(witness)[0] != regions.compile(other).inside(witness)


@pytest.mark.parametrize(
    ("name", "separators", "gates"),
    [
        ("disc", 1, 0),
        ("half disc", 2, 1),
        ("half disc, clockwise", 2, 1),
        ("lens", 3, 2),
        ("ring", 2, 1),
        ("rounded corner", 6, 2),
    ],
)
def test_what_it_takes(name: str, separators: int, gates: int) -> None:
    network = network_of(drawn(DRAWINGS[name]))
    assert (network.n_separators, network.n_gates) == (separators, gates)


RADII = (8.0, 5.0, 3.0, 1.5)
"""Each disc holds the next square."""

BETWEEN = (9.0, 6.5, 4.0, 2.0, 0.5)


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=4),
    st.sampled_from(["nonzero", "evenodd"]),
)
@settings(max_examples=30)
def test_contours_inside_one_another(kinds: list[tuple[bool, bool]], fill: str) -> None:
    """Squares and discs, turning left or right: by counting those around a point."""
    contours = []
    for radius, (left, round_) in zip(RADII, kinds, strict=False):
        if round_:
            ends = ((-radius, 0.0), (radius, 0.0))
            half = ((radius, 0.0), (0.0, radius))
            contours.append((Arc(*ends, *half, False, left), Arc(*ends[::-1], *half, False, left)))
        else:
            corners = [(-radius, -radius), (radius, -radius), (radius, radius), (-radius, radius)]
            way = corners if left else corners[::-1]
            contours.append(tuple(map(Line, way, [*way[1:], way[0]])))
    path = Path(tuple(contours), fill)
    network = network_of(path)
    assert parts(path_loops(path.contours)[0], path.fill) is not None
    for i in range(len(kinds) + 1):
        number = sum(1 if left else -1 for left, _ in kinds[:i])
        wanted = number != 0 if fill == "nonzero" else number % 2 == 1
        assert network.inside([(BETWEEN[i], 0.25)])[0] == wanted


def test_windings_beyond_one_are_counted() -> None:
    """A pentagram by one line: its middle is wound about twice."""
    tips = [(math.sin(0.8 * math.pi * i), math.cos(0.8 * math.pi * i)) for i in range(5)]
    star = (tuple(map(Line, tips, [*tips[1:], tips[0]])),)
    middle, tip = [(0.0, 0.0)], [(0.0, 0.9)]
    for fill, filled in (("nonzero", True), ("evenodd", False)):
        network = network_of(Path(star, fill))
        assert network.inside(middle)[0] == filled
        assert network.inside(tip)[0]


def test_a_path_that_encloses_nothing_is_empty() -> None:
    there_and_back = Quadratic((0.0, 0.0), (1.0, 1.0), (0.0, 0.0))
    path = Path(((there_and_back,), (Line((3.0, 3.0), (3.0, 3.0)),)))
    network = regions.compile(Spec("path", path, (-1, -1, 1, 1)))
    assert not network.inside([(0.0, 0.0), (0.5, 0.5)]).any()


@pytest.mark.parametrize("character", "&8@ç")
def test_glyphs_are_exact_and_hold_their_borders(character: str) -> None:
    """Font units are whole numbers, so nothing is rounded, and each point of the outline counts."""
    lines = shared("glyphs/dejavu_sans.jsonl").read_text(encoding="utf-8").splitlines()
    glyph = next(r for r in map(json.loads, lines) if r["name"].endswith(f" {character}"))
    path = drawn(glyph["svg"]["paths"][0]["d"])
    network = network_of(path)
    assert network.exact
    assert network.inside([s.start for contour in path.contours for s in contour]).all()


def test_contours_that_meet_have_a_limit() -> None:
    """A zigzag across itself, of one piece too many; apart, the pieces may be more."""
    turns = MOST_PIECES + 1
    zigzag = [(float(i % 7), float(i * i % 11)) for i in range(turns)]
    with pytest.raises(SpecError, match=r"contours of the path path meet .* has 1,025 pieces"):
        network_of(Path((tuple(map(Line, zigzag, [*zigzag[1:], zigzag[0]])),)))
    saw = [(float(i), float(i % 2)) for i in range(turns)] + [(turns / 2, -9.0)]
    assert network_of(Path((tuple(map(Line, saw, [*saw[1:], saw[0]])),))).size > turns


def test_a_circle_of_four_turned_arcs_is_one_separator() -> None:
    """Rounding sets the arcs' centres apart by some 1e-16; the proof tells by how much at most."""
    turn = math.radians(10)
    stops = [(math.cos(turn + i * math.pi / 2), math.sin(turn + i * math.pi / 2)) for i in range(4)]
    half = (stops[0], stops[1])
    arcs = [
        Arc(a, b, *half, False, True) for a, b in zip(stops, [*stops[1:], stops[0]], strict=True)
    ]
    spec = Spec("circle", Path((tuple(arcs),)), (-2, -2, 2, 2))
    network = regions.compile(spec)
    assert network.size == 1
    proof = prove_curved(network, spec)
    assert (proof.verdict, proof.curves) == ("equal", 1)
    assert proof.distance < 1e-10
