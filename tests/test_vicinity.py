"""The sieve before the band: what lies near a line always passes it, and most else does not."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regions.check.vicinity import FARTHEST, SLICE, may_be_within

SMALL = 1e-3


def beside(lines: shapely.Geometry, rng: np.random.Generator, width: float) -> np.ndarray:
    """Points on the lines, pushed aside by at most a width."""
    along = shapely.line_interpolate_point(lines, rng.random(300), normalized=True)
    turn = rng.uniform(0, 2 * np.pi, 300)
    push = 0.999 * width * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return shapely.get_coordinates(along) + push


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.5, 1.0, 3.0, 1e6]))
def test_what_is_near_passes(seed: int, far: float) -> None:
    """Also of lines that come from afar, along an axis, and of parts that are points."""
    rng = np.random.default_rng(seed)
    ends = rng.uniform(-far, far, (12, 2, 2))
    ends[0, :, 0], ends[1, :, 1] = ends[0, 0, 0], ends[1, 0, 1]
    ends[2, 1] = ends[2, 0]
    lines = shapely.MultiLineString(ends.tolist())
    near = beside(lines, rng, SMALL)
    points = np.concatenate([near[np.abs(near).max(axis=1) < 1], rng.uniform(-1, 1, (3000, 2))])
    found = may_be_within(lines, points, SMALL)
    assert found[shapely.dwithin(lines, shapely.points(points), SMALL)].all()


@pytest.mark.parametrize("corners", [100, 3 * SLICE])
def test_most_of_what_is_far_does_not(corners: int) -> None:
    x, y = 1e4, -1e4
    circle = shapely.Point(x, y).buffer(1, corners // 4).exterior
    low, high = (x - 2, y - 2), (x + 2, y + 2)
    points = np.random.default_rng(5).uniform(low, high, (20_000, 2))
    found = may_be_within(circle, points, SMALL)
    assert 0.02 < found.mean() < 0.08
    shapely.prepare(circle)
    places = shapely.points(points)
    assert found[shapely.dwithin(circle, places, SMALL)].all()
    assert not found[~shapely.dwithin(circle, places, 0.05)].any()


def test_what_cannot_be_sieved_passes() -> None:
    points = np.random.default_rng(6).uniform(-1, 1, (100, 2))
    line = shapely.LineString([(-9, 0), (9, 0)])
    for lines, width, chosen in (
        (line, 0.5, points),
        (shapely.LineString([(0, 9), (8 * FARTHEST, 9)]), SMALL, points),
        (line, SMALL, np.zeros((100, 2))),
    ):
        assert may_be_within(lines, chosen, width).all()
    assert not may_be_within(shapely.MultiLineString(), points, 0.5).any()
