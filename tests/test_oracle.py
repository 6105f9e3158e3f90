"""The oracle is judged itself: by hand, by plain rationals, and by Shapely off the boundary."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests import oracle
from tests.adversaries import Adversary, adversaries, comb, koch, spikes
from tests.conftest import ROOT

FRAME = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
BOWTIE = shapely.MultiPolygon(
    [shapely.Polygon([(0, 0), (3, -1), (3, 1)]), shapely.box(-2, 0, 0, 2)]
)
THIRDS = shapely.Polygon([(0, 0), (3, 1), (0, 1)])


@pytest.mark.parametrize(
    ("geometry", "within", "outside"),
    [
        (FRAME, [(1, 1), (0, 0), (9, 4.5), (3, 5), (6, 6), (4.5, 3), (4, 6)], [(4, 4), (9.5, 9)]),
        # A ray through vertices, along edges, and past a vertex that it only touches.
        (FRAME, [(1, 3), (1, 6), (1, 0), (7, 6)], [(-1, 0), (-1, 3), (-1, 9), (10, 3), (4, 5)]),
        (BOWTIE, [(0, 0), (-1, 0), (-1, 1), (2, 0), (3, 1)], [(0.5, 1), (-0.5, -0.5), (3.5, 0)]),
        (THIRDS, [(1.5, 0.5), (0, 1), (3, 1)], [(1.5, np.nextafter(0.5, 0)), (3.5, 1), (-1, 0)]),
    ],
)
def test_examples(
    geometry: shapely.Geometry,
    within: list[tuple[float, float]],
    outside: list[tuple[float, float]],
) -> None:
    expected = [True] * len(within) + [False] * len(outside)
    points = [*within, *outside]
    assert oracle.inside(geometry, points).tolist() == expected
    assert oracle.contains(geometry, [(Fraction(x), Fraction(y)) for x, y in points]) == expected


def test_rational_points_on_an_edge() -> None:
    third, least = Fraction(1, 3), Fraction(1, 10**40)
    points = [(Fraction(1), third), (Fraction(1), third - least), (Fraction(1), third + least)]
    assert oracle.contains(THIRDS, points) == [True, False, True]


far = st.floats(-1e6, 1e6, allow_nan=False)
near = st.floats(1, 1 + 2**-48)
tiny = st.one_of(st.floats(-1e-150, 1e-150), st.floats(-1e-161, 1e-161))
whole = st.integers(-4, 4).map(float)
corners = st.one_of(
    *(st.lists(st.tuples(c, c), min_size=3, max_size=9) for c in (far, near, tiny, whole))
)


@given(corners, st.integers(1, 7), st.integers(-2, 2))
def test_doubles_agree_with_rationals(
    ring: list[tuple[float, float]], part: int, ulps: int
) -> None:
    """On and around vertices and edges, of rings that may cross: even-odd, no rounding anywhere."""
    polygon = shapely.Polygon(ring)
    a, b = np.array(ring), np.roll(ring, -1, axis=0)
    on = a + (b - a) * part / 8
    moved = on + ulps * np.spacing(on)[:, ::-1] * (1, 0)
    points = np.concatenate([a, on, moved, (a + b[::-1]) / 2])
    exact = [(Fraction(x), Fraction(y)) for x, y in points.tolist()]
    assert oracle.inside(polygon, points).tolist() == oracle.contains(polygon, exact)


def rounded_point(a: list[float], b: list[float], part: float) -> list[float]:
    """The double nearest to a point of the line from a to b."""
    ends = [(Fraction(start), Fraction(end)) for start, end in zip(a, b, strict=True)]
    return [float(start + Fraction(part) * (end - start)) for start, end in ends]


def test_sides_of_points_that_rounding_took_off_the_line() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.uniform(-1, 1, (2, 4000, 2)) * 2.0 ** rng.integers(-4, 5, (2, 4000, 1))
    lines = list(zip(a.tolist(), b.tolist(), rng.uniform(-2, 3, 4000).tolist(), strict=True))
    p = np.array([rounded_point(*line) for line in lines])
    triples = np.concatenate([a, b, p], axis=1).tolist()
    expected = [oracle._exact_side(*map(Fraction, triple)) for triple in triples]
    assert oracle.sides(a, b, p).tolist() == expected
    # A filter of an eighth lets wrong signs through, so these points do try it.
    assert oracle.sides(a, b, p, error=oracle.FILTER / 8).tolist() != expected


def test_a_lattice_too_fine_for_doubles() -> None:
    """A cross product of 1, of products with 55 bits: the point is not on the edge."""
    polygon = shapely.Polygon([(0, 0), (2**28 - 1, 2**28 - 3), (2**28 - 1, 0)])
    near = 2.0**27 - np.array([(0, 1), (0, 2)])
    exact = [(Fraction(x), Fraction(y)) for x, y in near.tolist()]
    assert oracle.contains(polygon, exact) == [False, True]
    assert oracle.inside(polygon, near).tolist() == [False, True]


def test_lattice_points_are_judged_without_rationals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Differences, products and determinants of small integers are exact in doubles."""
    polygon = shapely.Polygon([(0, 0), (2**24, 2**23 - 1), (5, 2**22)])
    points = np.array([(2**23, 2**22 - 1), (2**23, 2**22), (2**24, 2**23 - 1), (2.0**23, 7)])
    expected = oracle.contains(polygon, [(Fraction(x), Fraction(y)) for x, y in points])

    def refuse(*_: Fraction) -> int:
        raise AssertionError("a rational was needed")

    monkeypatch.setattr(oracle, "_exact_side", refuse)
    assert oracle.inside(polygon, points).tolist() == expected
    with pytest.raises(AssertionError, match="a rational was needed"):
        oracle.inside(THIRDS, [(1.5, 0.5), (0.1, 0.1 / 3)])


@pytest.mark.parametrize("geometry", [comb(20), koch(3), spikes(6, 0.5, 1, 1e-12)])
def test_chunks_change_nothing(geometry: shapely.Geometry, monkeypatch: pytest.MonkeyPatch) -> None:
    xmin, ymin, xmax, ymax = geometry.bounds
    points = np.random.default_rng(0).uniform((xmin, ymin), (xmax, ymax), (500, 2))
    whole = oracle.inside(geometry, points)
    assert 0 < whole.sum() < len(points)
    monkeypatch.setattr(oracle, "PAIRS", 7)
    assert (oracle.inside(geometry, points) == whole).all()


@pytest.mark.parametrize("adversary", adversaries(), ids=lambda a: a.name)
def test_shapely_agrees_off_the_boundary(adversary: Adversary) -> None:
    geometry = adversary.geometry
    xmin, ymin, xmax, ymax = geometry.bounds
    points = np.random.default_rng(1).uniform((xmin, ymin), (xmax, ymax), (2000, 2))
    differ = oracle.inside(geometry, points) != shapely.intersects_xy(geometry, *points.T)
    assert not oracle.clear(geometry, points[differ]).any()
    assert oracle.inside(geometry, shapely.get_coordinates(geometry)).all()


def test_distances() -> None:
    points = [(4, 1), (1, 2), (0, -2), (12, 13), (4.5, 4)]
    assert oracle.distances(FRAME, points).tolist() == [1, 1, 2, 5, 1]
    assert oracle.distances(THIRDS, [(2.0, 0.0)]) == pytest.approx(2 / np.sqrt(10), rel=1e-15)
    assert oracle.extent(THIRDS) == 3
    beside = np.array([(0.5, 2.0**-37), (0.5, 2.0**-38), (0.5, 2.0**-43)])
    assert oracle.clear(shapely.box(0, 0, 4, 4), beside).tolist() == [True, False, False]
    assert oracle.clear(shapely.box(0, 0, 4, 4), beside, part=0.0).all()


@pytest.mark.parametrize("points", [[1.0, 2.0], [(1.0, 2.0, 3.0)], [(0.0, np.nan)], [(np.inf, 0)]])
def test_bad_points_are_refused(points: list[object]) -> None:
    with pytest.raises(ValueError, match="points must"):
        oracle.inside(FRAME, points)


def test_lines_are_refused() -> None:
    with pytest.raises(TypeError, match="not a LinearRing"):
        oracle.inside(FRAME.exterior, [(0, 0)])


def test_no_points_have_no_answers() -> None:
    assert oracle.inside(FRAME, np.empty((0, 2))).tolist() == []
    assert oracle.distances(FRAME, np.empty((0, 2))).tolist() == []


def test_the_oracle_knows_nothing_of_the_package() -> None:
    code = "import sys, tests.oracle; sys.exit('regions' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
