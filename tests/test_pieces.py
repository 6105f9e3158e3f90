"""Convex pieces of curves: their conics, their hulls, and how far cubics are from them."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regions.geometry.contours import pieces_of
from regions.geometry.cubics import conics_of
from regions.geometry.pieces import Chord, ConicArc, EllipseArc, Piece, ellipse_arc, exact
from regions.geometry.segments import Arc, Cubic, Line, Pair, Quadratic

SMALL = st.integers(-8, 8).map(float)
ANY = st.floats(-10, 10).map(lambda x: round(x, 3))
LATTICE = st.tuples(SMALL, SMALL)
POINT = st.tuples(ANY, ANY)
PARAMETER = st.fractions(0, 1, max_denominator=16)


def on_quadratic(start: Pair, control: Pair, end: Pair, t: Fraction) -> tuple[Fraction, Fraction]:
    s, c, e = exact(start), exact(control), exact(end)
    x, y = ((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t * t * r for p, q, r in zip(s, c, e))  # noqa: B905
    return x, y


def cross(a: Pair, b: Pair) -> float:
    return a[0] * b[1] - a[1] * b[0]


@given(POINT, POINT, POINT, PARAMETER, st.fractions(0, 1, max_denominator=8))
def test_a_parabola_is_zero_on_the_curve_and_positive_within(start, control, end, t, s) -> None:
    arc = ConicArc.of(start, control, end)
    assume(arc is not None)
    x, y = on_quadratic(start, control, end, t)
    assert arc.curve(x, y) == 0
    # Towards the chord, from the curve on.
    (sx, sy), (ex, ey) = exact(start), exact(end)
    foot = sx + t * (ex - sx), sy + t * (ey - sy)
    within = x + s * (foot[0] - x), y + s * (foot[1] - y)
    assert arc.curve(*within) >= 0
    if 0 < t < 1 and s:
        assert arc.curve(*within) > 0
        assert arc.curve(2 * x - within[0], 2 * y - within[1]) < 0


@given(POINT, POINT, POINT, st.floats(0.1, 4))
def test_halves_lie_on_the_same_conic(start, control, end, k) -> None:
    arc = ConicArc.of(start, control, end, k)
    assume(arc is not None)
    size = max(abs(c) for p in arc.hull for c in p)
    assume(abs(cross(*arc.directions)) > 1e-2 * size**2)
    for half in arc.halves():
        assert half.curve is arc.curve
        assert half.turn == arc.turn == math.copysign(1, cross(*half.directions))
        middle = exact(half.halves()[0].end)
        right, up = (float(g(*middle)) for g in arc.curve.gradient)
        assert abs(float(arc.curve(*middle))) <= 1e-12 * size * math.hypot(right, up)
    first, second = arc.halves()
    assert first.end == second.start
    assert math.isclose(first.turning + second.turning, arc.turning, abs_tol=1e-9)


@given(POINT, POINT, POINT, POINT, st.booleans(), st.booleans())
def test_an_arc_runs_through_both_ends_the_way_it_is_asked_to(
    start, end, first, second, large, left
) -> None:
    assume(math.dist(start, end) > 0.1)
    assume(abs(cross(first, second)) > 0.1)
    arc = ellipse_arc(Arc(start, end, first, second, large, left))
    assert arc.curve(*exact(start)) == arc.curve(*exact(end)) == 0
    assert arc.curve(*exact(arc.center)) > 0
    assert (arc.turn > 0) == left == (cross(arc.first, arc.second) * arc.sweep > 0)
    if abs(abs(arc.sweep) - math.pi) > 1e-6:
        assert (abs(arc.sweep) > math.pi) == large
    # An ellipse that is large enough is not enlarged.
    growth = math.hypot(*arc.first) / math.hypot(*first)
    assert growth >= 1 - 1e-12
    if growth > 1 + 1e-9:
        assert math.isclose(abs(arc.sweep), math.pi, abs_tol=1e-6)
    for half in arc.halves():
        assert half.curve is arc.curve
    size = max(map(abs, (*arc.center, *arc.first, *arc.second)))
    for point, at in ((start, arc.begin), (end, arc.begin + arc.sweep)):
        reached = np.array(arc.center) + math.cos(at) * np.array(arc.first)
        reached += math.sin(at) * np.array(arc.second)
        assert np.allclose(reached, point, atol=1e-6 * size)


def drawn(piece: Piece, steps: int = 64) -> np.ndarray:
    """Points along a piece, from its parameters alone."""
    t = np.linspace(0, 1, steps + 1)[:, np.newaxis]
    match piece:
        case Chord(start, end):
            return (1 - t) * np.array(start) + t * np.array(end)
        case ConicArc(start, control, end, k):
            weights = np.hstack([(1 - t) ** 2, 2 * math.sqrt(k) * t * (1 - t), t**2])
            points = weights @ np.array([start, control, end])
            return points / weights.sum(axis=1, keepdims=True)
        case EllipseArc():
            at = piece.begin + piece.sweep * t
            return piece.center + np.cos(at) * piece.first + np.sin(at) * piece.second


@given(POINT, POINT, POINT, POINT, st.sampled_from([1e-1, 1e-2, 1e-3]))
@settings(max_examples=60)
def test_conics_are_as_near_to_a_cubic_as_they_say(start, first, second, end, tolerance) -> None:
    pieces, distance = conics_of(Cubic(start, first, second, end), tolerance)
    assume(pieces)
    assert distance <= tolerance * (1 + 1e-9)
    assert (pieces[0].start, pieces[-1].end) == (start, end)
    assert all(a.end == b.start for a, b in pairwise(pieces))
    t = np.linspace(0, 1, 4097)[:, np.newaxis]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    curve = shapely.LineString(weights @ np.array([start, first, second, end]))
    made = shapely.LineString(np.concatenate([drawn(piece) for piece in pieces]))
    between = 1e-4 + 1e-3 * tolerance
    assert shapely.hausdorff_distance(curve, made) <= distance + between


def test_finer_conics_are_more_but_few() -> None:
    cubic = Cubic((0.0, 0.0), (0.0, 4.0), (6.0, 4.0), (6.0, 1.0))
    counts = [len(conics_of(cubic, 10.0**-e).pieces) for e in (2, 4, 6, 8)]
    assert counts == sorted(counts)
    assert counts[2] <= 24


@given(POINT, POINT, POINT, POINT)
@settings(max_examples=60)
def test_hulls_hold_their_pieces(start, first, second, end) -> None:
    contour = (
        Cubic(start, first, second, end),
        Quadratic(end, first, second),
        Line(second, start),
    )
    for piece in pieces_of(contour, 1e-3)[0]:
        if len(piece.hull) > 2:
            hull = shapely.MultiPoint(piece.hull).convex_hull
            points = shapely.points(drawn(piece))
            assert (shapely.distance(hull, points) <= 1e-9).all()


@given(st.lists(LATTICE, min_size=2, max_size=5), st.data())
def test_pieces_are_a_closed_chain(points, data) -> None:
    kinds = data.draw(st.lists(st.sampled_from("LQCA"), min_size=5, max_size=5))
    contour = []
    for kind, a, b in zip(kinds, points, [*points[1:], points[0]], strict=False):
        controls = data.draw(st.tuples(LATTICE, LATTICE))
        match kind:
            case "L":
                contour.append(Line(a, b))
            case "Q":
                contour.append(Quadratic(a, controls[0], b))
            case "C":
                contour.append(Cubic(a, *controls, b))
            case _ if a != b:
                contour.append(Arc(a, b, (3.0, 1.0), (-1.0, 2.0), False, True))
            case _:
                contour.append(Line(a, b))
    pieces, _ = pieces_of(tuple(contour), 1e-3)
    for piece, after in zip(pieces, [*pieces[1:], *pieces[:1]], strict=True):
        assert piece.start != piece.end == after.start
        assert piece.turning < 2 * math.pi
