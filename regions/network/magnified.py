"""A network under a magnifying glass: about any point, however fine, without losing digits.

In the user's coordinates the doubles around a point are too far apart for what differs in an ulp.
So the separators are written over `t = (x - center) * 2^exponent` in rationals, and only then
rounded: near t = 0 their signs are right at any magnification.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from regions.geometry.polynomials import Point, Polynomial, X, Y
from regions.network.evaluate import feature_values
from regions.network.model import Bools, Floats, Monomial, Network, monomials
from regions.network.raster import Grid
from regions.network.tiles import FIRES, OPEN, SILENT, States, propagate, reduced

POINTS = 2**14
"""Pixels that are evaluated together: some MB for each hundred units that are left."""

SAFE = 1 + 2.0**-40
"""A factor beyond the roundings of a sum of absolute values."""


def magnified(network: Network, center: Point, exponent: int) -> Network:
    """The same function of `t = (x - center) * 2^exponent`, each coefficient rounded once.

    Args:
        network: Any.
        center: In the user's coordinates.
        exponent: Any whole number.
    """
    scale = Fraction(2) ** network.exponent
    step = scale / Fraction(2) ** exponent
    u, v = (
        step * t + scale * (c - Fraction(m))
        for t, c, m in zip((X, Y), center, network.center, strict=True)
    )
    taken = [Polynomial(((m, Fraction(1)),)).composed(u, v).terms for m in network.features]
    wanted = monomials(max(i + j for i, j in network.features))
    column = {monomial: k for k, monomial in enumerate(wanted)}
    weights = np.zeros((network.n_separators, len(wanted)))
    bias = np.empty(network.n_separators)
    for i, (row, constant) in enumerate(
        zip(network.weights.tolist(), network.bias.tolist(), strict=True)
    ):
        total = {(0, 0): Fraction(constant)}
        for weight, terms in zip(row, taken, strict=True):
            if weight:
                _add(total, Fraction(weight), terms)
        bias[i] = total.pop((0, 0))
        for monomial, value in total.items():
            weights[i, column[monomial]] = value
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=wanted,
        weights=weights,
        bias=bias,
        gates=network.gates,
        names=network.names,
        outputs=network.outputs,
    )


def _add(
    total: dict[Monomial, Fraction],
    factor: Fraction,
    terms: tuple[tuple[Monomial, Fraction], ...],
) -> None:
    for monomial, value in terms:
        total[monomial] = total.get(monomial, Fraction(0)) + factor * value


def distances(network: Network) -> Floats:
    """`(n_separators,)` about how far each zero set lies from (0, 0), infinite where it has none.

    That of the tangent: for a line it is the distance, for a curve near by it is about that.
    """
    slope = np.hypot(network.weights[:, 0], network.weights[:, 1])
    away = np.full(len(slope), np.inf)
    np.divide(np.abs(network.bias), slope, out=away, where=slope > 0)
    return away


def region_near(network: Network, grid: Grid) -> Bools:
    """`(height, width)` a network's only region on a grid about (0, 0).

    As `rasterize`, but the separators that have one sign on all of the grid are told first, and
    what no longer depends on them is left out: in a close look that is nearly all of a large
    network.
    """
    rest = reduced(network, _constant(network, grid.bounds))
    x, y = (part.ravel() for part in np.meshgrid(grid.xs, grid.ys))
    fired = np.empty(len(x), dtype=np.bool_)
    for begin in range(0, len(x), POINTS):
        part = slice(begin, begin + POINTS)
        features = feature_values(network, x[part], y[part])
        total = np.zeros((rest.n_separators, len(x[part])))
        for weights, feature in zip(network.weights[rest.separators].T, features, strict=True):
            total += weights[:, np.newaxis] * feature
        fires = total + network.bias[rest.separators, np.newaxis] >= 0
        known = np.where(fires, FIRES, SILENT).astype(np.int8)
        fired[part] = rest.answers(propagate(rest, known))[0, 0] == FIRES
    mask: Bools = fired.reshape(grid.height, grid.width)
    return mask


def _constant(network: Network, bounds: tuple[float, float, float, float]) -> States:
    """`(n_separators,)` what each separator says on all of a box about (0, 0), or `OPEN`."""
    across, upright = (max(abs(bounds[k]), abs(bounds[k + 2])) for k in (0, 1))
    most = np.array([across**i * upright**j for i, j in network.features])
    reach = np.abs(network.weights) @ most * SAFE
    fires = np.where(network.bias >= 0, FIRES, SILENT)
    return np.where(np.abs(network.bias) > reach, fires, OPEN).astype(np.int8)
