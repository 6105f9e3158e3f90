"""Points of paths: membership against roots of polynomials, and against polygons."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from regions.check.membership import Membership
from regions.geometry.monotone import segment_bounds
from regions.shape.model import Path
from tests import winding
from tests.paths import paths

OFFSETS = np.array([1e-3, 1e-6, 1e-9])


def spread(path: Path, count: int, seed: int = 5) -> np.ndarray:
    """Random points in the path's bounds and a little around."""
    box = np.array(segment_bounds(path.contours)).reshape(2, 2)
    margin = 0.05 * np.ptp(box, axis=0) + 0.01
    return np.random.default_rng(seed).uniform(box[0] - margin, box[1] + margin, (count, 2))


def beside(path: Path, offsets: np.ndarray) -> np.ndarray:
    """Points on both sides of every curve, at parts of the extent."""
    extent = float(np.ptp(np.array(segment_bounds(path.contours)).reshape(2, 2), axis=0).max())
    found = []
    for contour in path.contours:
        for segment in contour:
            on, normal = winding.beside(segment, np.array([0.013, 0.31, 0.5, 0.77]))
            away = extent * np.concatenate([offsets, -offsets])
            found.append((on + away[:, np.newaxis, np.newaxis] * normal).reshape(-1, 2))
    every = np.concatenate(found)
    return every[np.isfinite(every).all(axis=1)]


def compare(path: Path, points: np.ndarray) -> None:
    answer, certain = Membership.of(path)(points)
    wanted, sure = winding.inside(path, points)
    assert (certain & sure).mean() > 0.9
    wrong = (answer != wanted) & certain & sure
    assert not wrong.any(), points[wrong]


@given(paths)
@settings(max_examples=60)
def test_random_paths_agree_with_roots(path: Path) -> None:
    compare(path, spread(path, 200))


@given(paths)
@settings(max_examples=60)
def test_both_sides_of_every_curve_agree_with_roots(path: Path) -> None:
    points = beside(path, OFFSETS)
    answer, certain = Membership.of(path)(points)
    wanted, sure = winding.inside(path, points)
    wrong = (answer != wanted) & certain & sure
    assert not wrong.any(), points[wrong]
