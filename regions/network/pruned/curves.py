"""A kernel that evaluates a curve at one point, for rasters and for indexes.

Compiled by Numba, as `pruning.py`.
"""

from __future__ import annotations

from typing import Any


def power(base: float, exponent: int) -> float:
    """By repeated multiplication from the left."""
    result: float = 1.0
    for _ in range(exponent):
        result *= base
    return result


def curve(
    u: float,
    v: float,
    literal: int,
    lines: Any,
    first: Any,
    feature: Any,
    terms: Any,
    monomials: Any,
) -> float:
    """The pre-activation of a curve, as the forward pass computes it.

    Args:
        u: The point's first coordinate, normalised.
        v: The second.
        literal: The curve's row in `lines`.
        lines: As for `pruning.prune`, and all that follows.
        first: Likewise.
        feature: Likewise.
        terms: Likewise, `weight`.
        monomials: `(m, 2)` exponents.
    """
    z: float = lines[literal, 0] * u + lines[literal, 1] * v
    for k in range(first[literal], first[literal + 1]):
        i, j = monomials[feature[k], 0], monomials[feature[k], 1]
        # A power of 0 is 1.0, and times 1.0 changes no bit.
        z += terms[k] * (power(u, i) * power(v, j))
    z += lines[literal, 2]
    return z


CALLEES_FIRST = (power, curve)
