"""Where a polygonal chain may be split: the vertices on the hull of Peterson's formula.

A chain v[lo], ..., v[hi] stands for the **bi-infinite** chain whose end edges are extended to rays;
what it bounds is the side to its left. It is split in a vertex on the boundary of the convex hull
of all of it, rays included: extending both edges of such a vertex leaves the hull, so the two parts
are chains of the same kind which meet nowhere else. Where the hull's boundary turns left, the
region is the AND of the two parts, where it turns right, their OR.

Dobkin, Guibas, Hershberger, Snoeyink, "An efficient algorithm for finding the CSG representation of
a simple polygon" (1988; Algorithmica 1993). The hull of the finite vertices alone is wrong.

All decisions are signs of cross products, and exact. The functions run as they stand, on floats or
on integers, and compiled (`geometry/compiled.py`). Their arguments:

    x, y     coordinates of the vertices
    lo, hi   first and last vertex of a chain; hi is at least lo + 2
    error    `FILTER`, or 0 where differences and products of coordinates are exact
"""

from __future__ import annotations

from collections.abc import Sequence

from regions.geometry.expansions import cross_sign

FILTER = 2.0**-50
"""Error of a computed cross product of two differences, relative to the sum of its two products. In
units of 2^-53: 1 for each difference, 1 for each product, 1 for their difference, 4 in all; twice
that for the terms of second order."""


def split(x: Sequence[float], y: Sequence[float], lo: int, hi: int, error: float) -> int:
    """The vertex nearest the middle in which the chain lo..hi may be split, negative for an OR."""
    side = _side(x, y, lo, hi, error)
    if side == 0:
        return _split_strip(x, y, lo, hi, error)
    twice = lo + hi
    first = _farthest(x, y, lo + 1, hi - 1, lo, lo + 1, side, twice, error)
    if 2 * first >= twice:
        return side * first
    last = _farthest(x, y, first, hi - 1, hi, hi - 1, -side, twice, error)
    if 2 * last <= twice:
        return side * last
    return side * _nearest(x, y, first, last, side, twice, error)


def hull(x: Sequence[float], y: Sequence[float], lo: int, hi: int, error: float) -> list[int]:
    """All vertices in which the chain lo..hi may be split, ascending, negative for an OR.

    Between the two rays the hull's boundary is followed from vertex to vertex, as in gift wrapping:
    the next one is that beyond whose line, seen from the last, no other lies.
    """
    side = _side(x, y, lo, hi, error)
    if side == 0:
        return _strip(x, y, lo, hi, 1, error) + _strip(x, y, lo, hi, -1, error)
    at = lo + 1
    for k in range(lo + 2, hi):
        if side * cross(x, y, lo, lo + 1, k, at, error) > 0:
            at = k
    last = at
    for k in range(at + 1, hi):
        if side * cross(x, y, hi, hi - 1, k, last, error) <= 0:
            last = k
    found = [side * at]
    while at < last:
        following = at + 1
        for k in range(at + 2, last + 1):
            if side * cross(x, y, following, at, k, at, error) < 0:
                following = k
        at = following
        found.append(side * at)
    return found


def _strip(
    x: Sequence[float], y: Sequence[float], lo: int, hi: int, side: int, error: float
) -> list[int]:
    """The vertices on one side of a chain whose hull is a strip."""
    at = lo + 1
    for k in range(lo + 2, hi):
        if side * cross(x, y, lo, lo + 1, k, at, error) > 0:
            at = k
    return [side * k for k in range(lo + 1, hi) if cross(x, y, lo, lo + 1, k, at, error) == 0]


def _side(x: Sequence[float], y: Sequence[float], lo: int, hi: int, error: float) -> int:
    """1 where the hull's boundary turns left (AND), -1 where it turns right, 0 for a strip.

    The rays turn towards each other, or away; where they are parallel and point the same way, the
    chain is a U-turn and the order of the rays tells. Rays that point opposite ways leave a strip.
    """
    turn = cross(x, y, lo, lo + 1, hi, hi - 1, error)
    if turn != 0:
        return -turn
    ax, ay = x[lo] - x[lo + 1], y[lo] - y[lo + 1]
    bx, by = x[hi] - x[hi - 1], y[hi] - y[hi - 1]
    if ax < 0 < bx or ax > 0 > bx or ay < 0 < by or ay > 0 > by:
        return 0
    return 1 if cross(x, y, lo, lo + 1, hi, lo + 1, error) < 0 else -1


def _split_strip(x: Sequence[float], y: Sequence[float], lo: int, hi: int, error: float) -> int:
    """The hull is a strip: either side's vertices serve; the one nearer the middle."""
    twice = lo + hi
    left = _farthest(x, y, lo + 1, hi - 1, lo, lo + 1, 1, twice, error)
    right = _farthest(x, y, lo + 1, hi - 1, lo, lo + 1, -1, twice, error)
    return left if abs(2 * left - twice) <= abs(2 * right - twice) else -right


def _nearest(
    x: Sequence[float],
    y: Sequence[float],
    first: int,
    last: int,
    side: int,
    twice: int,
    error: float,
) -> int:
    """The hull vertex nearest the middle, given hull vertices on both sides of it.

    As in Quickhull: the vertex farthest beyond the line of the two is on the hull, and replaces the
    one on its side of the middle.
    """
    best = first if twice - 2 * first <= 2 * last - twice else last
    while last - first > 1:
        k = _farthest(x, y, first, last, first, last, side, twice, error)
        if abs(2 * k - twice) < abs(2 * best - twice):
            best = k
        if side * cross(x, y, first, last, k, first, error) <= 0:
            break
        if 2 * k <= twice:
            first = k
        else:
            last = k
    return best


def _farthest(
    x: Sequence[float],
    y: Sequence[float],
    first: int,
    last: int,
    head: int,
    tail: int,
    side: int,
    twice: int,
    error: float,
) -> int:
    """The vertex v of first..last with the greatest `side * (v[head] - v[tail]) x v`.

    Of several the nearest to the middle, whose double is `twice`.
    """
    best = first
    for k in range(first + 1, last + 1):
        sign = side * cross(x, y, head, tail, k, best, error)
        if sign > 0 or (sign == 0 and abs(2 * k - twice) < abs(2 * best - twice)):
            best = k
    return best


def cross(
    x: Sequence[float], y: Sequence[float], a: int, b: int, c: int, d: int, error: float
) -> int:
    """The sign of `(v[a] - v[b]) x (v[c] - v[d])`, exactly: a filter, then an expansion."""
    left, right = (x[a] - x[b]) * (y[c] - y[d]), (y[a] - y[b]) * (x[c] - x[d])
    cross = left - right
    if abs(cross) > error * (abs(left) + abs(right)):
        return 1 if cross > 0 else -1
    if error == 0 or (left == 0 and right == 0):
        return 0
    return cross_sign(x[a], y[a], x[b], y[b], x[c], y[c], x[d], y[d])


CALLEES_FIRST = (cross, _farthest, _nearest, _side, _split_strip, split, _strip, hull)
"""For the compiler, see `geometry/compiled.py`."""
