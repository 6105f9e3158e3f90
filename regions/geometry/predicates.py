"""Orientation, decided exactly: a floating-point filter, and rationals where it cannot tell."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_EPSILON = 2.0**-53
_FILTER = (3 + 16 * _EPSILON) * _EPSILON
"""Shewchuk (1997), "Adaptive precision floating-point arithmetic", the bound A of orient2d."""

_UNDERFLOW = 2.0**-1000
"""Added to the filter's bound: products this small may have lost bits to underflow."""


def orientation(a: Points, b: Points, c: Points) -> NDArray[np.int8]:
    """Side of c relative to the directed line from a to b, exactly: `(n,)` of -1, 0, 1.

    1 where c lies to the left (a, b, c turn counter-clockwise), 0 where the three are collinear.

    Args:
        a: `(n, 2)` finite doubles.
        b: `(n, 2)`.
        c: `(n, 2)`.
    """
    left = (a[:, 0] - c[:, 0]) * (b[:, 1] - c[:, 1])
    right = (a[:, 1] - c[:, 1]) * (b[:, 0] - c[:, 0])
    determinant = left - right
    bound = _FILTER * (np.abs(left) + np.abs(right)) + _UNDERFLOW
    signs = np.sign(determinant).astype(np.int8)
    unsure = np.flatnonzero(~(np.abs(determinant) > bound))
    if len(unsure):
        signs[unsure] = _exact_orientations(np.concatenate([a, b, c], axis=1)[unsure])
    return signs


def _exact_orientations(points: NDArray[np.float64]) -> NDArray[np.int8]:
    """The signs for `(n, 6)` coordinates in Python's integers, times one power of two for all."""
    mantissa, exponent = np.frexp(points)
    shift = (exponent - exponent.min()).astype(object)
    ax, ay, bx, by, cx, cy = ((mantissa * 2.0**53).astype(np.int64).astype(object) << shift).T
    left, right = (ax - cx) * (by - cy), (ay - cy) * (bx - cx)
    signs: NDArray[np.int8] = (left > right).astype(np.int8) - (left < right).astype(np.int8)
    return signs


def turn(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> int:
    """`orientation` of one triple of finite points: -1, 0 or 1, exactly."""
    left = (ax - cx) * (by - cy)
    right = (ay - cy) * (bx - cx)
    determinant = left - right
    if abs(determinant) > _FILTER * (abs(left) + abs(right)) + _UNDERFLOW:
        return 1 if determinant > 0 else -1
    return _exact_orientation(ax, ay, bx, by, cx, cy)


def _exact_orientation(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> int:
    """The sign in rational arithmetic: doubles are exact rationals."""
    x, y = Fraction(cx), Fraction(cy)
    left = (Fraction(ax) - x) * (Fraction(by) - y)
    right = (Fraction(ay) - y) * (Fraction(bx) - x)
    return (left > right) - (left < right)
