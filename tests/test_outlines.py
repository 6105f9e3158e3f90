"""Paths as polygons, their bounds, and the centres of arcs."""

from __future__ import annotations

import functools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

import regions
from regions.check.compare import verify
from regions.check.membership import Membership
from regions.errors import InputError
from regions.geometry.arcs import centred
from regions.geometry.monotone import segment_bounds
from regions.geometry.segments import Arc, Contour, Cubic, Line, Quadratic
from regions.network.raster import Grid
from regions.shape.load import loads
from regions.shape.model import (
    Bounds,
    Box,
    Circle,
    Intersection,
    Path,
    Polygonal,
    SymmetricDifference,
    Union,
)
from regions.shape.outlines import filled, flattened_path
from regions.shape.reference import reference
from tests import winding
from tests.conftest import shared
from tests.paths import closed_contours, drawings, paths

PARTS = np.linspace(0, 1, 201)

WINDOW = (-1.0, -2.0, 1.5, 1.0)


def sampled(contour: Contour) -> np.ndarray:
    """Points of all segments, by the definition of each."""
    return np.concatenate([winding.beside(segment, PARTS)[0] for segment in contour])


def inside(points: np.ndarray, window: Bounds) -> np.ndarray:
    return ((points > window[:2]) & (points < window[2:])).all(axis=1)


@given(closed_contours())
def test_bounds_are_tight(contour: Contour) -> None:
    points = sampled(contour)
    box = np.array(segment_bounds([contour])).reshape(2, 2)
    size = np.abs(box).max() + np.ptp(box)
    assert (points >= box[0] - 1e-13 * size).all()
    assert (points <= box[1] + 1e-13 * size).all()
    # A curve leaves its samples by a step's sagitta at most.
    assert np.abs(points.min(axis=0) - box[0]).max() <= 2e-3 * size
    assert np.abs(points.max(axis=0) - box[1]).max() <= 2e-3 * size


def test_bounds_of_known_curves() -> None:
    cases: list[tuple[Contour, Bounds]] = [
        ((Quadratic((0, 0), (1, 2), (2, 0)), Line((2, 0), (0, 0))), (0, 0, 2, 1)),
        ((Cubic((0, 0), (-4, 4), (4, 4), (0, 0)),), (-2 / math.sqrt(3), 0, 2 / math.sqrt(3), 3)),
        ((Arc((1, 0), (0, 1), (1, 0), (0, 1), True, False), Line((0, 1), (1, 0))), (-1, -1, 1, 1)),
        ((Arc((1, 0), (0, 1), (1, 0), (0, 1), True, True), Line((0, 1), (1, 0))), (0, 0, 2, 2)),
        ((Arc((3, 0), (0, 2), (3, 0), (0, 2), False, True), Line((0, 2), (3, 0))), (0, 0, 3, 2)),
    ]
    for contour, box in cases:
        assert segment_bounds([contour]) == pytest.approx(box, abs=1e-14)


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("large", [True, False])
@pytest.mark.parametrize("second", [(-0.3, 1.1), (0.3, -1.1)])
def test_arcs_reach_their_ends(left: bool, large: bool, second: tuple[float, float]) -> None:
    arc = Arc((1.0, 2.0), (1.7, 2.9), (1.4, 0.2), second, large, left)
    found = centred(arc)
    for angle, end in ((found.begin, arc.start), (found.begin + found.sweep, arc.end)):
        spot = np.array(found.center) + math.cos(angle) * np.array(arc.first)
        assert spot + math.sin(angle) * np.array(second) == pytest.approx(end, abs=1e-14)
    assert (abs(found.sweep) > math.pi) == large
    turns_left = found.sweep * (arc.first[0] * second[1] - arc.first[1] * second[0]) > 0
    assert turns_left == left


def test_arcs_that_are_almost_half_an_ellipse() -> None:
    """An ulp in the end point moves the centre by 1e-8: as it should."""
    exact = centred(Arc((1.0, 0.0), (-1.0, 0.0), (1.0, 0.0), (0.0, 1.0), False, True))
    assert (exact.center, exact.sweep) == ((0.0, 0.0), math.pi)
    short = -1.0 + 2.0**-53
    less = centred(Arc((1.0, 0.0), (short, 0.0), (1.0, 0.0), (0.0, 1.0), False, True))
    height = math.sqrt(2.0**-53 - 2.0**-108)
    assert less.center == pytest.approx((2.0**-54, -height), rel=1e-14)
    grown = centred(Arc((3.0, 0.0), (-3.0, 0.0), (1.0, 0.0), (0.0, 0.5), False, True))
    assert (grown.center, grown.first, grown.second) == ((0.0, 0.0), (3.0, 0.0), (0.0, 1.5))


def test_arcs_of_ellipses_far_too_small_or_large() -> None:
    """Ratios that are no doubles: grown to half a circle, or as straight as its chord."""
    tiny = centred(Arc((0.0, 0.0), (2.0, 0.0), (1e-200, 0.0), (0.0, 1e-200), False, True))
    assert (tiny.center, tiny.first, tiny.second) == ((1.0, 0.0), (1.0, 0.0), (0.0, 1.0))
    huge = Arc((0.0, 0.0), (1e-30, 0.0), (1e150, 0.0), (0.0, 1e150), False, True)
    assert centred(huge).sweep == pytest.approx(1e-180)
    box = segment_bounds([(huge, Line((1e-30, 0.0), (0.0, 0.0)))])
    assert box == pytest.approx((0.0, 0.0, 1e-30, 0.0), abs=1e-43)


def test_arcs_that_are_none_are_refused() -> None:
    back = Line((1.0, 0.0), (0.0, 0.0))
    same = Arc((0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), False, True)
    flat = Arc((0.0, 0.0), (1.0, 0.0), (0.1, 0.3), (0.2, 0.6), False, True)
    with pytest.raises(regions.SpecError, match="two arcs for a whole ellipse"):
        Path(((same,),))
    with pytest.raises(regions.SpecError, match="parallel; use a line"):
        Path(((flat, back),))


@given(closed_contours())
@settings(max_examples=30)
def test_curves_in_the_window_are_near_their_chords(contour: Contour) -> None:
    """With the even-odd rule all of a contour is border that is not run along twice."""
    path = Path((contour,), "evenodd")
    geometry, error = flattened_path(path, WINDOW, 1e-3)
    assert error <= 1e-3 + 1e-12
    points = sampled(contour)
    points = points[inside(points, WINDOW)]
    sides = [Membership.of(path)(points + step) for step in ((3e-3, 3e-3), (-3e-3, -3e-3))]
    border = (sides[0][0] != sides[1][0]) & sides[0][1] & sides[1][1]
    away = shapely.distance(shapely.boundary(geometry), shapely.points(points[border]))
    # Sides are asked 4e-3 away, where another border may lie between.
    assert not border.any() or away.max() <= 3e-3 * math.sqrt(2) + error


@given(paths)
@settings(max_examples=30)
def test_polygons_agree_with_membership(path: Path) -> None:
    """In the window, farther from the border than the error: whatever crosses or touches."""
    found = reference(path, WINDOW, 1e-3)
    points = np.random.default_rng(2).uniform(WINDOW[:2], WINDOW[2:], (300, 2))
    far = ~shapely.dwithin(found.curved, shapely.points(points), found.flattening)
    far &= ~shapely.dwithin(found.straight, shapely.points(points), 1e-12)
    answer, certain = Membership.of(path)(points)
    assert certain.all()
    assert (answer == shapely.intersects_xy(found.region, *points.T))[far].all()


def test_edges_that_round_to_ever_new_crossings_are_noded() -> None:
    """Corners almost on one line: `shapely.node` gives up on these."""
    rng = np.random.default_rng(4)
    along = rng.uniform(0, 1, 30)
    points = np.stack([along, along * 0.3 + rng.normal(0, 1e-16, 30)], axis=1)
    edges = np.stack([points, np.roll(points, -1, axis=0)], axis=1)
    with pytest.raises(shapely.GEOSException, match="noding"):
        shapely.node(shapely.multilinestrings(shapely.linestrings(edges)))
    assert filled(edges, "evenodd").area < 1e-14


def test_of_very_many_curves_each_is_drawn_with_fewer_corners(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = (0.0, 0.0, 40.0, 4.0)
    shape = Union(tuple(Circle((4.0 * k + 2, 2.0), 1.0) for k in range(8)))
    fine = reference(shape, window, 1e-2)
    monkeypatch.setattr("regions.shape.reference.MANY_CURVES", 1)
    coarse = reference(shape, window, 1e-2)
    corners = [shapely.get_num_coordinates(drawn.region) for drawn in (fine, coarse)]
    assert corners[0] > 4 * corners[1]
    assert fine.flattening < coarse.flattening <= 1e-2
    assert abs(fine.region.area - 8 * math.pi) < 2e-4


@pytest.mark.parametrize("operation", [Intersection, SymmetricDifference])
def test_many_operands_are_combined_as_one_after_another(operation: type) -> None:
    window = (-9.0, -9.0, 9.0, 9.0)
    for count in range(2, 8):
        boxes = [Box(-1.0 - k, -2.0, 3.0 - k, 2.0 + k) for k in range(count)]
        one = "intersection" if operation is Intersection else "symmetric_difference"
        wanted = functools.reduce(
            getattr(shapely, one), (shapely.box(b.xmin, b.ymin, b.xmax, b.ymax) for b in boxes)
        )
        region = reference(operation(tuple(boxes)), window, 1e-3).region
        assert shapely.symmetric_difference(region, wanted).area == 0


def test_polygons_that_only_touch_are_combined_further() -> None:
    """What they have in common, points and lines, GEOS does not intersect with the next two."""
    bent = Polygonal(shapely.Polygon([(0, 0), (4, 0), (4, 1)]))
    corner = Polygonal(shapely.Polygon([(0, 0), (4, 0), (0, 4)]))
    house = Polygonal(shapely.Polygon([(0, 4), (6, 4), (3, 8)]).union(shapely.box(1, 0, 5, 4)))
    for far in (Box(41, 0, 415, 1), Box(4, 0, 415, 1)):
        shape = Intersection((bent, far, house, corner))
        assert reference(shape, (-1.0, -4.0, 500.0, 9.0), 1e-3).region.area == 0


def test_an_arc_of_a_very_flat_ellipse_takes_no_memory_and_tells_its_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sagitta is that of a circle of the larger half-axis: chords never become fine enough."""
    spec = loads("shape: {path: M 0 0 h 4 a 9007199254740993 2 0 0 1 -4 0 z}")
    assert isinstance(spec.shape, Path)
    monkeypatch.setattr("regions.shape.outlines.MOST_CHORDS", 2**10)
    region, error = flattened_path(spec.shape, spec.window, 1e-34)
    assert error > 1e-34
    assert shapely.get_num_coordinates(region) < 2**12
    with pytest.raises(InputError, match="choose a larger window"):
        verify(regions.compile(spec), spec, Grid.fitting(spec.window, 48))


def test_chords_are_fine_where_the_window_is() -> None:
    circle = (
        Arc((8.0, 0.0), (-8.0, 0.0), (8.0, 0.0), (0.0, 8.0), False, True),
        Arc((-8.0, 0.0), (8.0, 0.0), (8.0, 0.0), (0.0, 8.0), False, True),
    )
    whole, error = flattened_path(Path((circle,)), (-9.0, -9.0, 9.0, 9.0), 1e-3)
    part, same = flattened_path(Path((circle,)), (7.9, -0.1, 8.1, 0.1), 1e-3)
    assert max(error, same) < 8 * 2.0**-18
    assert whole.area == pytest.approx(64 * math.pi, rel=1e-5)
    assert shapely.get_num_coordinates(part) < shapely.get_num_coordinates(whole) / 10
    assert shapely.boundary(part).distance(shapely.Point(8, 0)) < error


@pytest.mark.parametrize("file", ["glyphs/dejavu_sans.jsonl", "svg/icons.jsonl"])
def test_real_paths_have_the_outlines_others_drew(file: str) -> None:
    for drawing in drawings(shared(file), every=24):
        found = [reference(path, (-1e4, -1e4, 1e4, 1e4), 1e-3).region for path in drawing.paths]
        ours, theirs = shapely.union_all(found), drawing.outline
        apart = shapely.symmetric_difference(ours, theirs)
        kept = shapely.buffer(apart, -0.6 * drawing.tolerance)
        assert kept.is_empty, drawing.name
