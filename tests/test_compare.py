"""The raster check: it passes what is right, and fails what is wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

import regions
from regions.check.compare import verify
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.model import Annulus, Box, Expectation, Intersection, Shape, Spec, Union
from tests.strategies import csg_trees

WINDOW = (-12.0, -11.0, 13.0, 12.0)


def spec_of(shape: Shape, **more: object) -> Spec:
    return Spec("trial", shape, WINDOW, **more)  # type: ignore[arg-type]


@given(csg_trees)
@settings(max_examples=150)
def test_random_trees_agree_with_shapely(shape: Shape) -> None:
    spec = spec_of(shape)
    report = verify(regions.compile(spec), spec, Grid(WINDOW, 150, 140))
    assert report.mismatched == 0
    assert report.band < 0.05 * report.pixels


def shifted(network: Network, separator: int, amount: float) -> Network:
    bias = network.bias.copy()
    bias[separator] += amount
    return replace(network, bias=bias)


def test_a_shifted_separator_is_seen() -> None:
    spec = spec_of(Union((Box(0, 0, 4, 4), Box(2, 2, 8, 6))))
    network = regions.compile(spec)
    assert verify(network, spec).ok
    for separator in range(network.n_separators):
        report = verify(shifted(network, separator, 0.1), spec)
        assert not report.ok
        assert report.verdict == "different"
        assert report.mismatched > 0
        assert report.iou < 1


def test_coverage_and_spill_have_their_sides() -> None:
    spec = spec_of(Box(-5, -5, 5, 5))
    smaller = verify(regions.compile(Box(-5, -5, 0, 5)), spec)
    assert smaller.coverage == pytest.approx(0.5, abs=0.01)
    assert smaller.spill == 0
    assert smaller.iou == smaller.coverage
    larger = verify(regions.compile(Box(-5, -5, 10, 5)), spec)
    assert larger.coverage == 1
    assert larger.spill == pytest.approx(0.5, abs=0.01)
    assert larger.iou == pytest.approx(2 / 3, abs=0.01)
    assert smaller.area == pytest.approx(50, rel=0.01)
    assert larger.area == pytest.approx(150, rel=0.01)


def test_the_band_is_what_it_says() -> None:
    """Polygons leave nothing undecided; curves a 64th of a pixel on both sides."""
    assert verify(regions.compile(Box(0, 0, 3, 3)), spec_of(Box(0, 0, 3, 3))).band == 0
    ring = spec_of(Annulus((0, 0), 4, 8))
    report = verify(regions.compile(ring), ring)
    pixel = 25 / 512
    assert report.band_width < 0.1 * pixel
    length = 2 * np.pi * (4 + 8)
    assert report.band == pytest.approx(2 * report.band_width * length / pixel**2, rel=0.5)


def test_a_pixel_on_a_border_is_left_out() -> None:
    """Squares that touch share a line: it belongs to the closed sets, and to no area."""
    shape = Intersection((Box(0, 0, 1, 2), Box(1, 0, 2, 2)))
    spec = Spec("line", shape, (0.0, 0.0, 2.0, 2.0))
    report = verify(regions.compile(spec), spec, Grid((0, 0, 2, 2), 5, 5))
    assert report.ok
    assert report.band == 5
    assert regions.compile(spec).inside([[1, 1]]).all()


def test_expectations_are_judged_on_the_network() -> None:
    wanted = Expectation(
        inside=np.array([[3.0, 3.0], [9.0, 9.0]]),
        outside=np.array([[1.0, 1.0]]),
        area=16.0,
        area_tolerance=0.1,
        max_size=4,
    )
    spec = spec_of(Box(0, 0, 4, 4), expect=wanted)
    report = verify(regions.compile(spec), spec)
    assert report.mismatched == 0
    assert not report.ok
    assert report.failures == (
        "(9, 9) is outside the region",
        "(1, 1) is inside the region",
        "the network has 5 units, more than 4",
    )
    network = regions.compile(Box(0, 0, 4, 3))
    assert "the area is 12" in " ".join(verify(network, spec).failures)


def test_a_shape_without_a_pixel() -> None:
    spec = Spec("nothing", Intersection((Box(0, 0, 1, 1), Box(3, 3, 4, 4))), WINDOW)
    report = verify(regions.compile(spec), spec)
    assert report.ok
    assert (report.coverage, report.spill, report.iou) == (1, 0, 1)
