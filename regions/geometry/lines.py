"""Lines as oriented coefficients `(w0, w1, b)`: the half-plane `w0*x + w1*y + b >= 0`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regions.geometry.frame import Points

Vector = NDArray[np.float64]


def normals(start: Points, end: Points) -> Points:
    """`(n, 2)` weights of the half-planes to the left of the directed lines start -> end.

    For d = end - start, `w = (-d.y, d.x)` gives `w . (x - start) = d x (x - start)`, the cross
    product, positive on the left. No unit normals: a root would round. A line parallel to an axis
    gets a weight of 1, so that all edges on it have the same coefficients.
    """
    d = end - start
    w = np.stack([-d[:, 1], d[:, 0]], axis=1) + 0.0
    parallel = (d == 0).any(axis=1)
    w[parallel] = np.sign(w[parallel])
    return w


def heights(w: Points, points: Points) -> Vector:
    """`w . points` row by row, in the order of the forward pass: `(w0*x) + (w1*y)`."""
    height: Vector = w[:, 0] * points[:, 0] + w[:, 1] * points[:, 1]
    return height


def primitive(w: Points, start: Points, step: int) -> tuple[Points, Vector]:
    """Integer coefficients of lines through lattice points, reduced, exactly.

    Args:
        w: `(n, 2)` normals of lines through points of the lattice.
        start: `(n, 2)` a point on each line.
        step: `lattice_step` of the points: they are multiples of `2^-step`.

    Returns:
        `(n, 2)` weights and `(n,)` bias: integers without a common divisor, in the same direction.
        Differences of points have 25 bits and the bias 51, so nothing is rounded.
    """
    scale = 2.0**step
    normal = np.rint(w * scale).astype(np.int64)
    normal //= np.gcd(normal[:, 0], normal[:, 1])[:, np.newaxis]
    # The bias in multiples of 2^-step; the power of two that makes it whole goes to all three.
    bias = -(normal * np.rint(start * scale).astype(np.int64)).sum(axis=1)
    common = np.gcd(np.abs(bias), 2**step)
    factor = 2**step // common
    return (normal * factor[:, np.newaxis]).astype(np.float64), (bias // common).astype(np.float64)


def through(start: Points, end: Points, step: int | None) -> tuple[Points, Vector, bool]:
    """Half-planes to the left of lines through pairs of points, both of which they contain.

    Args:
        start: `(n, 2)`.
        end: `(n, 2)`.
        step: `lattice_step` of the points, and of any others at which the lines have to be exact.

    Returns:
        `(n, 2)` weights, `(n,)` bias, and whether they are exact. Where they are rounded, the bias
        is `-min(fl(w . start), fl(w . end))` in the forward pass's order, so that both end points
        evaluate to at least 0.
    """
    w = normals(start, end)
    if step is not None:
        weights, bias = primitive(w, start, step)
        return weights, bias, True
    # A line parallel to an axis has a weight of 1 and a coordinate for its bias.
    exact = bool((w == 0).any(axis=1).all())
    return w, -np.minimum(heights(w, start), heights(w, end)), exact
