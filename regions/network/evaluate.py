"""The forward pass in fixed order: the one meaning every other evaluator must reproduce.

The pre-activation of a separator is `((w0*f0 + w1*f1) + w2*f2 + ...) + b`, from left to right in
IEEE doubles, one rounding an operation: no matrix product (BLAS reorders sums with the batch size)
and no fused multiply-add. Zero weights beyond x and y are skipped: adding a zero product to a
finite sum changes no sign. Gates add integers, exact in any order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regions.errors import InputError, Problem
from regions.network.layers import segment_reduce
from regions.network.model import Bools, Floats, GateBlock, Monomial, Network
from regions.progress import track

CHUNK_BYTES = 2**25
"""Working memory of the forward pass; 32 MB keeps chunks near the caches."""

LEAST_CHUNK = 16
"""Points in a chunk of even the largest network: vectors of one point waste the time in between."""


def as_points(points: ArrayLike) -> tuple[Floats, Floats]:
    """`(n, 2)` finite coordinates as two arrays.

    Raises:
        InputError: Another shape, or a coordinate that is NaN or infinite: no region holds such a
            point, yet `NOT H(NaN)` would be 1.
    """
    array = np.asarray(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2:
        raise InputError([Problem(f"points must have the shape (n, 2), not {array.shape}")])
    if not np.isfinite(array).all():
        raise InputError([Problem("points must be finite; remove NaN and infinity first")])
    return array[:, 0], array[:, 1]


def fires(network: Network, x: Floats, y: Floats) -> Bools:
    """Whether each finite point lies in each region: `(n, k)`."""
    units = [output.unit for output in network.outputs]
    result = np.empty((len(x), len(units)), dtype=np.bool_)
    chunks = _chunks(network, len(x))
    for chunk in track(chunks, len(chunks), "evaluating"):
        result[chunk] = activations(network, x[chunk], y[chunk])[units].T
    return result


def activations(network: Network, x: Floats, y: Floats) -> Bools:
    """The outputs of all units at each finite point: `(size, n)`. Memory grows with both."""
    fired = np.empty((network.size, len(x)), dtype=np.bool_)
    fired[: network.n_separators] = preactivations(network, x, y) >= 0
    for block in network.schedule:
        fired[block.units] = gate_sums(block, fired) >= 0
    return fired


def preactivations(network: Network, x: Floats, y: Floats) -> Floats:
    """The pre-activations of all separators at each finite point: `(n_separators, n)`.

    Raises:
        InputError: A point so far out that a sum overflows.
    """
    features = feature_values(network, x, y)
    weights = network.weights
    _refuse_overflow(network, features)
    z: Floats = weights[:, 0:1] * features[0] + weights[:, 1:2] * features[1]
    for j in range(2, len(features)):
        rows = np.flatnonzero(weights[:, j])
        z[rows] += weights[rows, j, np.newaxis] * features[j]
    z += network.bias[:, np.newaxis]
    return z


def feature_values(network: Network, x: Floats, y: Floats) -> list[Floats]:
    """Layer 0: the monomials of the normalised points; infinite where they overflow."""
    scale = 2.0**network.exponent
    with np.errstate(over="ignore", invalid="ignore"):
        u = (x - network.center[0]) * scale
        v = (y - network.center[1]) * scale
        return [_monomial(u, v, feature) for feature in network.features]


def _refuse_overflow(network: Network, features: list[Floats]) -> None:
    """Raise InputError where a sum could overflow: NOT H(NaN) would be 1."""
    with np.errstate(over="ignore", invalid="ignore"):
        largest = np.array([np.abs(feature).max(initial=0.0) for feature in features])
        bound = (np.abs(network.weights) * largest).sum(axis=1) + np.abs(network.bias)
    if not np.isfinite(bound).all():
        message = "a point lies so far out that its features overflow; leave it out"
        raise InputError([Problem(message)])


def _monomial(u: Floats, v: Floats, monomial: Monomial) -> Floats:
    """`u^i * v^j`, each power by repeated multiplication from the left."""
    powers = [_power(base, n) for base, n in zip((u, v), monomial, strict=True) if n]
    return powers[0] if len(powers) == 1 else powers[0] * powers[1]


def _power(base: Floats, exponent: int) -> Floats:
    result = base
    for _ in range(exponent - 1):
        result = result * base
    return result


def gate_sums(block: GateBlock, fired: Bools) -> Floats:
    """The pre-activations of a block of gates, given all units' outputs `(size, n)`: `(k, n)`."""
    terms = fired[block.inputs] * block.weights
    sums: Floats = segment_reduce(np.add, terms, block.start, 0) + block.bias
    return sums


def _chunks(network: Network, count: int) -> list[slice]:
    """Slices of points whose working arrays stay within `CHUNK_BYTES`."""
    per_point = 8 * (2 * network.n_separators + network.n_gates + len(network.gates.inputs))
    step = max(LEAST_CHUNK, CHUNK_BYTES // (per_point + 8))
    return [slice(begin, min(begin + step, count)) for begin in range(0, count, step)]
