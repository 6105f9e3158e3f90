"""The table of curves: what it judges, and that it sees what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

import regions
from regions.check.compare import verify
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.bounds import default_window
from regions.shape.model import Bounds, Box, Difference, Shape
from tests.conftest import shared
from tests.curve_table import FILES, Row, coarse, row, total, whole
from tests.paths import Drawing, drawings


def some(file: str) -> list[Drawing]:
    return list(drawings(shared(file), every=60))


def window(drawing: Drawing) -> Bounds:
    found = default_window(whole(drawing))
    assert found is not None
    return found


def polygon(shape: Shape) -> Network:
    """A network that is off by up to 1e-4 of the extent."""
    return regions.compile(coarse(shape), "edges")


@pytest.mark.parametrize("file", FILES.values())
def test_networks_of_curves_are_right_on_both_sides_of_all_curves(file: str) -> None:
    for drawing in some(file):
        network = regions.compile(whole(drawing), "edges")
        found = row(drawing, lambda _, made=network: made, points=500)
        assert (found.wrong, found.near_wrong) == (0, 0), drawing.name
        assert found.excused == 0 or found.cubics > 0
        assert verify(network, whole(drawing), Grid.fitting(window(drawing), 101)).ok


@pytest.mark.parametrize("file", FILES.values())
def test_a_polygon_is_wrong_beside_curves_alone(file: str) -> None:
    rows = [row(drawing, polygon, points=500) for drawing in some(file)]
    found = total(rows)
    assert found.wrong <= 2
    assert found.points >= 500 * len(rows) - found.skipped
    assert found.skipped < 0.01 * (found.points + found.near)
    # At a ten-thousandth, or nearer, a chord lies between half of the points and their curve.
    assert 0.05 * found.near < found.near_wrong + found.excused < 0.5 * found.near
    for each in rows:
        assert (each.near_wrong > 0) == (each.curves > 0)
        assert (each.excused > 0) == (each.cubics > 0)


def test_a_network_that_says_the_opposite_is_always_wrong() -> None:
    def opposite(shape: Shape) -> Network:
        return regions.compile(Difference((Box(-1e4, -1e4, 1e4, 1e4), coarse(shape))), "edges")

    (drawing, *_) = some(FILES["icons"])
    found = row(drawing, opposite, points=200)
    assert found.wrong == found.points


def test_totals_are_sums_and_the_largest_depth() -> None:
    one = Row(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1.5)
    two = replace(one, depth=9, seconds=0.5)
    assert total([one, two]) == Row(2, 4, 6, 9, 10, 12, 14, 16, 18, 20, 22, 2.0)
