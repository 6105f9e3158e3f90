"""Networks and shapes as exact lines: what a separator is read as, and how far it is from that."""

from __future__ import annotations

import dataclasses
import itertools
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.check.lines import Scene, scene
from regions.check.reading import READING
from regions.geometry.arrangement import Line
from regions.geometry.frame import Frame
from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output
from regions.network.names import Names
from regions.shape import Box
from regions.shape.source import as_spec
from tests.adversaries import star_shaped
from tests.conftest import SHAPES
from tests.pointwise import separator_value
from tests.test_real_data import countries

OFF_LATTICE = [star_shaped(40, seed) for seed in range(6)]


def scene_of(network: Network, geometry: shapely.Geometry) -> Scene:
    spec = as_spec(geometry)
    return scene(network, spec.shape, spec.window)


def sides(found: Scene, line: int) -> list[int]:
    """On which side of a line each corner lies, in rational arithmetic."""
    a, b, c = found.lines[line]
    points = found.borders.corners.points.tolist()
    values = [a * Fraction(x) + b * Fraction(y) + c for x, y in points]
    return [(value > 0) - (value < 0) for value in values]


@pytest.mark.parametrize("strategy", ["edges", "parts"])
@pytest.mark.parametrize("hints", [True, False])
def test_separators_are_read_as_lines_through_corners(strategy: str, hints: bool) -> None:
    """With the hint of the points that they were drawn through, or without."""
    for polygon in OFF_LATTICE:
        network = regions.compile(polygon, strategy)
        given = network if hints else dataclasses.replace(network, sources=None)
        found = scene_of(given, polygon)
        through = [sides(found, line).count(0) for line in found.separator_line.tolist()]
        assert min(through) >= 2
        assert set(found.edge_line.tolist()) <= set(found.separator_line.tolist())
        assert 0 < found.distance < READING * 3


def test_the_distance_is_one() -> None:
    """Within the window no point of a line is farther from its separator, and some are as far."""
    for polygon in OFF_LATTICE:
        network = regions.compile(polygon, "edges")
        spec = as_spec(polygon)
        found, box = scene_of(network, polygon), shapely.box(*spec.window)
        most = Fraction(0)
        for separator, (p, q) in enumerate(network.sources.tolist()):
            ends = [Fraction(c) for c in p], [Fraction(c) for c in q]
            long = shapely.LineString([*np.array([p, q]), *np.array([p, q])])
            direction = np.array(q) - np.array(p)
            reach = 10 * direction / np.hypot(*direction)
            long = shapely.LineString([np.array(p) - reach, np.array(q) + reach])
            for end in shapely.get_coordinates(shapely.intersection(long, box)).tolist():
                # The point of the exact line that is nearest in the direction of its longer side.
                axis = int(abs(direction[1]) > abs(direction[0]))
                t = (Fraction(end[axis]) - ends[0][axis]) / (ends[1][axis] - ends[0][axis])
                x, y = (a + t * (b - a) for a, b in zip(*ends, strict=True))
                value = separator_value(network, separator, (x, y))
                size = np.hypot(*network.weights[separator, :2]) * 2.0**network.exponent
                most = max(most, abs(value) / Fraction(float(size)))
        assert float(most) <= found.distance <= 3 * float(most)


def test_a_shifted_separator_is_taken_as_it_stands() -> None:
    """The points it was drawn through no longer speak for it."""
    network = regions.compile(OFF_LATTICE[0], "edges")
    bias = network.bias.copy()
    bias[3] += 2.0**-30
    shifted = scene_of(dataclasses.replace(network, bias=bias), OFF_LATTICE[0])
    line = shifted.separator_line[3]
    assert 0 not in sides(shifted, line)
    a, b, c = shifted.lines[line]
    exact = [Fraction(float(n)) for n in (*network.weights[3], bias[3])]
    assert a * exact[1] == b * exact[0]
    assert a * exact[2] == c * exact[0]


@pytest.mark.parametrize("hints", [True, False])
@pytest.mark.parametrize("axis", [0, 1])
def test_a_separator_along_an_axis_is_not_turned(axis: int, hints: bool) -> None:
    """Two corners that are an ulp off its level are no line for it, whatever a hint says."""
    off = 1 + 2.0**-52
    ring = np.array([(0, 1), (0.3, -1), (4, off), (2, 3)])[:, :: 1 - 2 * axis]
    network = regions.compile(shapely.Polygon(ring), "edges")
    weights, bias, sources = network.weights.copy(), network.bias.copy(), network.sources.copy()
    scale = 2.0**network.exponent
    weights[0] = np.eye(2)[1 - axis]
    bias[0] = -(1 - network.center[1 - axis]) * scale
    sources[0] = ring[[0, 2]]
    level = dataclasses.replace(
        network, weights=weights, bias=bias, sources=sources if hints else None
    )
    found = scene_of(level, shapely.Polygon(ring))
    a, b, c = found.lines[found.separator_line[0]]
    assert (a, b)[axis] == 0
    assert Fraction(-c, (a, b)[1 - axis]) == Fraction(float(-bias[0]))


def test_a_separator_along_an_axis_is_read_through_corners_on_one_level() -> None:
    """Of three corners near it, the two that lie farthest apart are not level."""
    off = 1 + 2.0**-52
    ring = [(0, 1), (1, 0.3), (2, 1), (3, 0.3), (4, off), (4, 3), (0, 3)]
    polygon = shapely.Polygon(ring)
    network = Network(
        center=(0, 0),
        exponent=0,
        features=((1, 0), (0, 1)),
        weights=np.array([[0.0, 3.0]]),
        bias=np.array([-3 * (1 - 2.0**-52)]),
        gates=gates_from_rows([([0], [1], -0.5)]),
        names=Names.of(["level", "region"]),
        outputs=(Output("region", 1),),
    )
    found = scene_of(network, polygon)
    assert found.lines[found.separator_line[0]] == (0, 1, -1)
    assert found.distance > 0


def test_foreign_coordinates() -> None:
    """A lattice network in another frame is read as the same lines, in the user's coordinates."""
    polygon = shapely.Polygon([(0, 0), (6, 0), (6, 4), (2, 3)])
    network = regions.compile(polygon, "edges")
    scale = 2.0**-3
    moved = dataclasses.replace(
        network,
        center=(0.3, 0.1),
        exponent=3,
        weights=network.weights * scale,
        bias=network.bias + network.weights @ np.array([0.3, 0.1]),
    )
    here, there = scene_of(network, polygon), scene_of(moved, polygon)
    assert there.frame == Frame()
    assert set(here.lines) == set(there.lines)
    assert here.distance == 0
    assert 0 < there.distance < 1e-15


@given(st.lists(st.integers(-5, 5), min_size=3, max_size=3), st.integers(0, 5))
def test_lines_between_frames_are_exact(coefficients: list[int], seed: int) -> None:
    """The same values at the same points, in the user's coordinates and in a network's."""
    a, b, c = coefficients
    network = regions.compile(OFF_LATTICE[seed], "edges")
    frame = Frame(network.center, network.exponent)
    there = Frame().between((a, b, c), frame)
    back = frame.between((1.0, -3.0, 0.5), Frame())
    for x, y in shapely.get_coordinates(OFF_LATTICE[seed]).tolist():
        u, v = map(Fraction, frame.to_unit(np.array([x, y])).tolist())
        x, y = Fraction(x), Fraction(y)
        assert there[0] * u + there[1] * v + there[2] == a * x + b * y + c
        assert back[0] * x + back[1] * y + back[2] == u - 3 * v + Fraction(1, 2)


def test_real_countries_are_read_whole() -> None:
    for name, country in itertools.islice(countries("world_110m"), 8):
        network = regions.compile(country, "edges")
        found = scene_of(network, country)
        assert len(found.lines) <= network.n_separators, name
        assert (found.coefficients[:, :2].max(axis=1) <= 1).all()


def test_constant_separators_have_no_line() -> None:
    network = regions.compile(Box(0, 0, 1, 1), "edges")
    weights, bias = network.weights.copy(), network.bias.copy()
    weights[0], bias[0] = 0.0, -1.0
    weights[1], bias[1] = 0.0, 0.0
    found = scene_of(
        dataclasses.replace(network, weights=weights, bias=bias), shapely.box(0, 0, 1, 1)
    )
    assert found.separator_line[:2].tolist() == [-1, -1]
    assert found.separator_side[:2].tolist() == [-1, 1]


def test_curves_are_refused() -> None:
    circle = regions.load(SHAPES / "war_zone_b.yaml")
    with pytest.raises(ValueError, match="curve"):
        scene(regions.compile(circle), circle.shape, circle.window)
    with pytest.raises(ValueError, match="curve"):
        scene(regions.compile(Box(0, 0, 1, 1)), circle.shape, circle.window)


def test_the_exact_line_of_corners() -> None:
    found = scene_of(regions.compile(shapely.box(0, 0, 2, 1)), shapely.box(0, 0, 2, 1))
    lines: set[Line] = set(found.lines)
    assert lines == {(0, 1, 0), (0, 1, -1), (1, 0, 0), (1, 0, -2)}
