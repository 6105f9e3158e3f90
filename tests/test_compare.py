"""The raster check: it passes what is right, and fails what is wrong."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

import regions
from regions.check.compare import verify
from regions.check.notebook import BAD, GOOD
from regions.check.proof import Proof, Witness
from regions.errors import InputError
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Ellipse,
    Expectation,
    Intersection,
    Polygonal,
    Shape,
    Spec,
    Union,
)
from regions.shape.reference import reference
from tests.strategies import csg_trees

WINDOW = (-12.0, -11.0, 13.0, 12.0)


def spec_of(shape: Shape, **more: object) -> Spec:
    return Spec("trial", shape, WINDOW, **more)  # type: ignore[arg-type]


@given(csg_trees)
@settings(max_examples=100)
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
    """Only what rounding may decide is left out: pixels whose centre lies on a border."""
    assert verify(regions.compile(Box(0, 0, 3, 3)), spec_of(Box(0, 0, 3, 3))).band == 0
    ring = spec_of(Annulus((0, 0), 4, 8))
    grid = Grid((-8.1, -8.1, 8.1, 8.1), 81, 81)
    report = verify(regions.compile(ring), ring, grid)
    assert report.band_width < 1e-10
    x, y = np.meshgrid(grid.xs, grid.ys)
    away = np.minimum(*(np.abs(np.hypot(x, y) - radius) for radius in (4, 8)))
    assert report.band == (away < 1e-9).sum() > 4


@pytest.mark.parametrize("change", [2e-6, -2e-6])
def test_a_curve_that_is_off_by_less_than_its_flattening_is_seen(change: float) -> None:
    """The centre of one pixel lies between the two circles."""
    radius, pixel = 8.0, 0.01
    x, y = radius + change / 2 - 100.5 * pixel, -100.5 * pixel
    grid = Grid((x, y, x + 201 * pixel, y + 201 * pixel), 201, 201)
    spec = spec_of(Circle((0, 0), radius))
    assert reference(spec.shape, grid.bounds, pixel / 64).flattening > 4 * abs(change)
    assert verify(regions.compile(spec), spec, grid).ok
    report = verify(regions.compile(Circle((0, 0), radius + change)), spec, grid)
    assert (report.mismatched, report.band) == (1, 0)


@pytest.mark.parametrize("size", [2.0**40, 2.0**53])
def test_a_shape_far_larger_than_its_window_is_compared_as_far_as_doubles_reach(
    size: float,
) -> None:
    """A network has its origin in the middle of its shape: there, doubles are coarse."""
    spec = Spec("needle", Polygonal(shapely.Polygon([(0, 0), (4, size), (0, 4)])), (4, -3.9, 5, 5))
    if size < 2.0**50:
        report = verify(regions.compile(spec), spec, Grid.fitting(spec.window, 16))
        assert (report.mismatched, report.band_width > 2.0**-11) == (0, True)
    else:
        with pytest.raises(InputError, match="choose a larger window"):
            verify(regions.compile(spec), spec, Grid.fitting(spec.window, 16))


def test_pixels_on_slanted_edges_are_in_the_band() -> None:
    """Off the lattice neither program knows on which side such a centre lies."""
    count = 200
    triangle = Polygonal(shapely.Polygon([(0.1, 0.1), (0.7, 0.3), (0.2, 0.9)]))
    step = 0.6 / count, 0.2 / count
    bounds = (0.1 - step[0] / 2, 0.1 - step[1] / 2, 0.7 - step[0] / 2, 0.3 - step[1] / 2)
    spec = Spec("slanted", triangle, bounds)
    report = verify(regions.compile(triangle), spec, Grid(bounds, count, count))
    assert report.ok
    assert report.band >= count


def test_straight_borders_keep_their_narrow_band() -> None:
    """A curve elsewhere does not widen the band of an edge.

    A column of pixel centres stands at x = 0.0005, the edge a millionth beyond.
    """
    shape = Union((Box(-5, -5, 0.000501, 5), Circle((8, 0), 2)))
    spec = Spec("both", shape, (-6.0, -6.0, 12.0, 12.0))
    network = regions.compile(shape)
    right = list(network.names).index("region.box.right")
    moved = shifted(network, right, -2e-6 * 2.0**network.exponent)
    grid = Grid((-6, -6, 12, 12), 18_000, 9)
    assert verify(network, spec, grid).ok
    assert not verify(moved, spec, grid).ok


def test_the_grid_chooses_what_is_compared() -> None:
    """Not the spec's window, which may be smaller or elsewhere."""
    spec = Spec("corner", Box(0, 0, 4, 4), (0.0, 0.0, 2.0, 2.0))
    report = verify(regions.compile(spec), spec, Grid((-1, -1, 5, 5), 60, 60))
    assert report.ok
    assert report.area == 16


def test_small_and_turned_curves() -> None:
    small = spec_of(Circle((0, 0), 0.05))
    report = verify(regions.compile(small), small)
    assert report.ok
    assert report.area == pytest.approx(np.pi * 0.05**2, rel=1e-5)
    for angle in (-30.0, 360e12 + 30, 1e18):
        turned = spec_of(Ellipse((1, 1), (5, 2), angle))
        assert verify(regions.compile(turned), turned).ok


def test_huge_curves_are_flattened_where_they_are_seen() -> None:
    """A window on a millionth of a circle: its polygon is fine there and coarse elsewhere."""
    huge = Spec("horizon", Circle((0, -1e7), 1e7), (-10.0, -10.0, 10.0, 10.0))
    report = verify(regions.compile(huge), huge)
    assert report.ok
    assert report.area == pytest.approx(200, abs=0.1)
    assert report.band < 1000


def test_what_cannot_be_compared_is_refused() -> None:
    """Nothing decided is no agreement."""
    beyond = Spec("beyond", Circle((1e15, 0), 1e15), (-1.0, -1.0, 1.0, 1.0))
    with pytest.raises(regions.InputError, match="too large for pixels"):
        verify(regions.compile(beyond), beyond)


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
    assert report.empty
    assert "no pixel inside" in str(report)


def test_what_can_be_compiled_can_be_verified(tmp_path: Path) -> None:
    polygon = shapely.box(0, 0, 2, 1)
    path = tmp_path / "box.yaml"
    path.write_text("shape: {box: [0, 0, 2, 1]}")
    for source in (polygon, Box(0, 0, 2, 1), path, str(path), Polygonal(polygon)):
        assert verify(regions.compile(source), source).ok


def test_reports_show_themselves_in_notebooks() -> None:
    """Their text as it stands; names may hold what HTML would read as a tag."""
    spec = Spec("a <b> & c", Box(0, 0, 4, 4), WINDOW)
    good, bad = (verify(regions.compile(Box(0, 0, 4, y)), spec) for y in (4, 3))
    for report, colour in ((good, GOOD), (bad, BAD)):
        shown = report._repr_html_()
        assert shown.startswith("<pre ")
        assert html.unescape(re.sub("<.*?>", "", shown)) == str(report)
        assert f"solid {colour}" in shown


def test_proofs_show_themselves_in_notebooks() -> None:
    point = Witness((Fraction(1), Fraction(1, 3)), (1.0, 1 / 3), 2, True, False)
    bad, good = Proof("different", 4, 9, 12, 4, witness=point), Proof("equal", 4, 9, 12, 4)
    for proof, colour in ((good, GOOD), (bad, BAD)):
        assert html.unescape(re.sub("<.*?>", "", proof._repr_html_())) == str(proof)
        assert f"solid {colour}" in proof._repr_html_()
