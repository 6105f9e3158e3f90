"""Paths as networks: against roots of polynomials, on their borders, and the size they come to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import regions
from regions.check.curved import prove_curved
from regions.check.membership import Membership
from regions.geometry.contours import deviation
from regions.geometry.segments import Line, Pair, Quadratic, control_points
from regions.shape.bounds import default_window
from regions.shape.model import Path, Spec
from regions.shape.path_data import path_contours
from tests import winding
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
