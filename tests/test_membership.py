"""Points of shapes by their definition: against roots of polynomials, rationals and distances."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from regions.check.band import MANY, Band
from regions.check.membership import Membership
from regions.geometry.monotone import segment_bounds, straight_pieces
from regions.geometry.segments import Arc, Line, Quadratic
from regions.geometry.winding import winding_numbers
from regions.shape.model import (
    Annulus,
    Box,
    Circle,
    Difference,
    Ellipse,
    Path,
    Polygonal,
    Shape,
)
from regions.shape.reference import reference
from tests import winding
from tests.conftest import shared
from tests.paths import drawings, extent, paths
from tests.pointwise import UnsureError, shape_says
from tests.strategies import csg_trees

OFFSETS = np.array([1e-3, 1e-6, 1e-9])
FILES = ("glyphs/dejavu_sans.jsonl", "svg/icons.jsonl")

Points = np.ndarray


def spread(path: Path, count: int) -> Points:
    """Random points in the path's bounds and a little around.

    Half of them at the height of a point where a segment begins or a curve turns back, but on no
    level line: there the border belongs to the path, which the roots do not tell.
    """
    random = np.random.default_rng(5)
    box = np.array(segment_bounds(path.contours)).reshape(2, 2)
    margin = 0.05 * np.ptp(box, axis=0) + 0.01
    points = random.uniform(box[0] - margin, box[1] + margin, (count, 2))
    segments = [segment for contour in path.contours for segment in contour]
    level = {s.start[1] for s in segments if s.start[1] == s.end[1] and not isinstance(s, Arc)}
    heights = {segment.start[1] for segment in segments} | set(box[:, 1].tolist())
    if heights - level:
        points[::2, 1] = random.choice(sorted(heights - level), len(points[::2]))
    return points


def beside(path: Path) -> Points:
    """Points on both sides of every curve, at parts of the extent."""
    away = extent(path) * np.concatenate([OFFSETS, -OFFSETS])[:, np.newaxis, np.newaxis]
    found = []
    for contour in path.contours:
        for segment in contour:
            on, normal = winding.beside(segment, np.array([0.013, 0.31, 0.5, 0.77]))
            found.append((on + away * normal).reshape(-1, 2))
    every = np.concatenate(found)
    return every[np.isfinite(every).all(axis=1)]


def mistakes(path: Path, points: Points) -> Points:
    """Where membership and the roots are sure, and differ."""
    answer, certain = Membership.of(path)(points)
    wanted, sure = winding.inside(path, points)
    return points[(answer != wanted) & certain & sure]


@given(paths)
@settings(max_examples=60)
def test_random_paths_agree_with_roots(path: Path) -> None:
    """Contours that cross, cusps, loops, contours without an area."""
    assert not len(mistakes(path, spread(path, 200)))
    assert not len(mistakes(path, beside(path)))


@pytest.mark.parametrize("file", FILES)
def test_real_paths_agree_with_roots(file: str) -> None:
    asked = told = 0
    for drawing in drawings(shared(file), every=15):
        for path in drawing.paths:
            for points in (spread(path, 300), beside(path)):
                assert not len(mistakes(path, points)), drawing.name
                asked += len(points)
                told += int(Membership.of(path)(points)[1].sum())
    assert asked > 5_000
    assert told > 0.999 * asked


@given(csg_trees)
@settings(max_examples=40)
def test_trees_agree_with_rationals(shape: Shape) -> None:
    """Nothing is left open, neither on lattice points nor on borders."""
    random = np.random.default_rng(3)
    points = np.concatenate([random.integers(-9, 10, (12, 2)), random.uniform(-12, 12, (8, 2))])
    answer, certain = Membership.of(shape)(points)
    assert certain.all()
    for point, said in zip(points.tolist(), answer.tolist(), strict=True):
        try:
            assert shape_says(shape, (Fraction(point[0]), Fraction(point[1]))) == said
        except UnsureError:
            continue


def test_borders_belong_to_what_is_closed() -> None:
    """Rational points of circles, edges and corners; and what a difference leaves out."""
    disc = Circle((0, 0), 5)
    ring = Annulus((0, 0), 5, 13)
    points = np.array([[3.0, 4], [-4, 3], [5, 0], [12, -5], [0, 0], [3, np.nextafter(4, 5)]])
    assert Membership.of(disc)(points)[0].tolist() == [True, True, True, False, True, False]
    assert Membership.of(ring)(points)[0].tolist() == [True, True, True, True, False, True]
    rest = Difference((Box(-9, -9, 9, 9), disc))
    assert Membership.of(rest)(points)[0].tolist() == [False, False, False, False, False, True]
    slanted = Polygonal(shapely.Polygon([(0.1, 0.1), (0.7, 0.3), (0.2, 0.9)]))
    corners = shapely.get_coordinates(slanted.geometry)
    assert Membership.of(slanted)(corners)[0].all()


def test_edges_of_paths_are_told_exactly() -> None:
    """A square, and in it a smaller one wound the other way: both borders belong to it."""
    outer = [(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)]
    inner = [(2.0, 2.0), (2.0, 6.0), (6.0, 6.0), (6.0, 2.0)]
    rings = [
        tuple(map(Line, ring, [*ring[1:], ring[0]])) for ring in (outer, inner, inner[::-1], outer)
    ]
    on = np.array([[0.0, 3], [8, 3], [3, 0], [3, 8], [2, 3], [6, 3], [3, 2], [3, 6]])
    nudged = np.concatenate([np.nextafter(on, 4), np.nextafter(on, [[-1, 3]] * 2 + [[9, 3]] * 6)])
    for contours, fill in ((rings[:2], "nonzero"), ((rings[0], rings[2]), "evenodd")):
        answer, certain = Membership.of(Path(tuple(contours), fill))(on)  # type: ignore[arg-type]
        assert certain.all()
        assert answer.all()
        answer, certain = Membership.of(Path(tuple(contours), fill))(nudged)  # type: ignore[arg-type]
        assert certain.all()
        hole = ((nudged > 2) & (nudged < 6)).all(axis=1)
        within = ((nudged >= 0) & (nudged <= 8)).all(axis=1)
        assert (answer == within & ~hole).all()
    # Wound twice and back: the contours bound nothing there.
    back = Path((rings[0], rings[1], rings[2]), "nonzero")
    answer, certain = Membership.of(back)(on)
    assert answer.all()
    assert certain.all()
    crossed = Path((rings[1], rings[2]), "nonzero")
    answer, certain = Membership.of(crossed)(on)
    assert not answer.any()
    assert certain.all()


def test_numbers_on_both_sides_of_an_edge() -> None:
    """Right and left of it, or above and below; in a corner nothing is said."""
    corners = np.array([(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)])
    square = straight_pieces(np.stack([corners, np.roll(corners, -1, axis=0)], axis=1))
    points = np.array([[8.0, 3], [0, 3], [3, 0], [3, 8], [8, 0], [3, 3]])
    found = winding_numbers([square], points)
    assert found.on.tolist() == [True] * 5 + [False]
    assert found.near.tolist() == [False] * 4 + [True, False]
    assert found.number[[0, 1, 2, 3, 5]].tolist() == [0, 1, 1, 0, 1]
    assert found.other[[0, 1, 2, 3, 5]].tolist() == [1, 0, 0, 1, 1]


def full_circle(radius: float) -> Path:
    ends = ((radius, 0.0), (-radius, 0.0))
    half = (radius, 0.0), (0.0, radius)
    return Path(
        ((Arc(*ends, *half, False, True), Arc(ends[1], ends[0], *half, False, True)),), "nonzero"
    )


ROUND = [Circle((1, 1), 2), Ellipse((1, 1), (2, 2 + 1e-12), 30), full_circle(2.0)]


@pytest.mark.parametrize("shape", ROUND, ids=lambda s: type(s).__name__)
def test_a_margin_leaves_open_what_is_near_a_border(shape: Shape) -> None:
    """Of a circle: nearer than the margin always, farther than twice the margin never."""
    center = np.array([1.0, 1.0]) if isinstance(shape, Circle | Ellipse) else np.zeros(2)
    turn = np.linspace(0, 2 * np.pi, 360)
    unit = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    margin = 1e-5
    for away, open_ in ((-2.0, False), (-0.9, True), (0.0, True), (0.9, True), (2.0, False)):
        truth = Membership.of(shape).truth(center + (2 + away * margin) * unit, margin)
        assert (truth.known != open_).all()
        if not open_:
            assert (truth.must == (away < 0)).all()


def test_a_margin_reaches_from_edges_too() -> None:
    box, square = Box(0, 0, 4, 4), Polygonal(shapely.box(0, 0, 4, 4))
    points = np.array([[1e-5, 1], [1, -1e-5], [4, 4], [4 + 1e-5, 2], [1e-3, 1], [2, 2], [-1e-3, 9]])
    for shape in (box, square):
        truth = Membership.of(shape).truth(points, 1e-4)
        assert truth.known.tolist() == [False] * 4 + [True] * 3
        assert truth.must.tolist() == [False] * 4 + [True, True, False]


def test_far_from_the_origin_and_very_large() -> None:
    """A parabola's lens of extent 1 near (1e6, 1e6), and an arc of a circle of radius 1e9."""
    x = 1e6
    lens = Path(((Quadratic((x, x), (x + 0.5, x + 1), (x + 1, x)), Line((x + 1, x), (x, x))),))
    height = np.array([0.499999, 0.500001])
    points = np.stack([np.full(2, x + 0.5), x + height], axis=1)
    answer, certain = Membership.of(lens)(points)
    assert (answer.tolist(), certain.all()) == ([True, False], True)
    flat = Arc((0.0, 0.0), (1.0, 0.0), (1e9, 0.0), (0.0, 1e9), False, False)
    bow = Path(((flat, Line((1.0, 0.0), (0.0, 0.0))),))
    sagitta = 1.25e-10
    points = np.array([[0.5, sagitta * 0.99], [0.5, sagitta * 1.01], [0.5, 0.0], [0.5, -1e-12]])
    answer, certain = Membership.of(bow)(points)
    assert (answer.tolist(), certain.all()) == ([True, False, True, False], True)


def test_what_is_no_point_is_refused() -> None:
    member = Membership.of(Box(0, 0, 1, 1))
    for points in ([[0.0, np.nan]], [[np.inf, 0.0]], [0.0, 1.0], [[0.0, 1.0, 2.0]]):
        with pytest.raises(ValueError, match="finite and"):
            member(np.array(points))
    assert [len(each) for each in member(np.empty((0, 2)))] == [0, 0]


@given(csg_trees)
@settings(max_examples=10)
def test_many_points_are_told_like_few(shape: Shape) -> None:
    """Of many, those far from all borders are not looked at one by one."""
    window = (-9.0, -9.0, 9.0, 9.0)
    band = Band.around(shape, reference(shape, window, 0.01), window)
    points = np.random.default_rng(1).uniform(-9, 9, (MANY + 1, 2))
    border = shapely.get_coordinates([band.reference.straight, band.reference.curved])[:200]
    points[: len(border)] = border
    whole, parts = band.truth(points), [band.truth(part) for part in np.array_split(points, 4)]
    assert np.array_equal(whole.must, np.concatenate([part.must for part in parts]))
    assert np.array_equal(whole.may, np.concatenate([part.may for part in parts]))
