"""Zero sets of separators within a window: exact clipping of lines, contours of curves.

All results are on the *canvas*: the window in printed points (1/72 inch), where arrows and letters
have their size. Both axes have one scale, so directions are those of the plane.

    (0, height) +-----------+ (width, height)
                |  canvas   |
         (0, 0) +-----------+ (width, 0)       (0, 0) is the window's (xmin, ymin)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from regions.network.evaluate import feature_values
from regions.network.model import Bools, Floats, Ints, Network

Bounds: TypeAlias = tuple[float, float, float, float]

CELL = 1.0
"""Points between samples of a curve's contour: the sagitta of a 5-point circle is then 1/40 point,
far below a line's width. Curves smaller than a cell may be missed."""


SNAP = 2.0**-40
"""Part of the canvas within which an end point is put on the border: far above a rounding, far
below anything visible."""

FINE_CURVES = 200
"""With more curves the cells grow, so that the work in all stays within about a second."""


@dataclass(frozen=True, slots=True)
class View:
    """A window and its size on paper.

    Attributes:
        window: `(xmin, ymin, xmax, ymax)` in the user's coordinates.
        scale: Printed points in one of the user's units, on both axes.
    """

    window: Bounds
    scale: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the canvas in points."""
        xmin, ymin, xmax, ymax = self.window
        return (xmax - xmin) * self.scale, (ymax - ymin) * self.scale

    def to_canvas(self, points: Floats) -> Floats:
        """`(..., 2)` user's coordinates to points on the canvas."""
        canvas: Floats = (points - np.array(self.window[:2])) * self.scale
        return canvas

    def to_window(self, canvas: Floats) -> Floats:
        """`(..., 2)` points on the canvas to the user's coordinates."""
        points: Floats = canvas / self.scale + np.array(self.window[:2])
        return points


@dataclass(frozen=True, eq=False)
class ZeroSet:
    """Where one separator changes, as far as it is visible.

    Attributes:
        separator: Its number in the network.
        paths: Polylines `(n, 2)` on the canvas; one of two points for a line.
        straight: Whether it is a line.
    """

    separator: int
    paths: tuple[Floats, ...]
    straight: bool


def zero_sets(network: Network, view: View, wanted: Ints) -> list[ZeroSet]:
    """The visible zero sets of some separators, in their order.

    Those whose sign is the same in all of the window have none.
    """
    straight = is_straight(network)[wanted]
    w, c = canvas_lines(network, view)
    lines = wanted[straight]
    segments = clip(w[lines], c[lines], view.size)
    found = [
        ZeroSet(int(i), (segment,), True)
        for i, segment in zip(lines, segments, strict=True)
        if not np.isnan(segment).any()
    ]
    curved = wanted[~straight & network.weights[wanted].any(axis=1)]
    found += [ZeroSet(i, paths, False) for i, paths in _contours(network, view, curved) if paths]
    return sorted(found, key=lambda zero_set: zero_set.separator)


def is_straight(network: Network) -> Bools:
    """`(n_separators,)` bool: whether each separator's zero set is a line."""
    present: Bools = network.weights != 0
    straight: Bools = (present[:, :2].sum(axis=1) > 0) & (present[:, 2:].sum(axis=1) == 0)
    return straight


def canvas_lines(network: Network, view: View) -> tuple[Floats, Floats]:
    """The separators' linear parts on the canvas: `w . p + c`, w `(n, 2)` of length 1, c `(n,)`.

    With u = u0 + p * s / scale for the window's lower left corner u0 and s = 2^exponent, the
    pre-activation `w . u + b` is a positive multiple of `w . p + (w . u0 + b) * scale / s`.
    Measured from the corner, no digits are lost far from the origin.
    """
    unit = 2.0**network.exponent
    corner = (np.array(view.window[:2]) - np.array(network.center)) * unit
    w = network.weights[:, :2]
    c = (w[:, 0] * corner[0] + w[:, 1] * corner[1] + network.bias) * (view.scale / unit)
    length = np.hypot(w[:, 0], w[:, 1])
    length[length == 0] = 1.0
    return w / length[:, np.newaxis], c / length


def clip(w: Floats, c: Floats, size: tuple[float, float]) -> Floats:
    """The parts of lines `w . p + c = 0` in the rectangle from (0, 0) to `size`.

    After Liang and Barsky (1984): the line is `foot + t * d`, and each axis allows an interval
    of t. `d` is w turned clockwise, so the 1-side lies to the left.

    Args:
        w: `(n, 2)` normals of length 1; (0, 0) for no line.
        c: `(n,)`.
        size: Width and height.

    Returns:
        `(n, 2, 2)` end points in the direction of d, on the rectangle's border; NaN for a line
        that misses the rectangle or meets it in a single point.
    """
    foot = -c[:, np.newaxis] * w
    d = np.stack([w[:, 1], -w[:, 0]], axis=1)
    far = np.array(size)
    with np.errstate(divide="ignore", invalid="ignore"):
        bounds = np.stack([(0.0 - foot) / d, (far - foot) / d])
    parallel = d == 0
    within = (foot >= 0) & (foot <= far)
    entry = np.where(parallel, np.where(within, -np.inf, np.inf), bounds.min(axis=0)).max(axis=1)
    leave = np.where(parallel, np.where(within, np.inf, -np.inf), bounds.max(axis=0)).min(axis=1)
    seen = (entry < leave) & w.any(axis=1)
    t = np.where(seen[:, np.newaxis], np.stack([entry, leave], axis=1), np.nan)[:, :, np.newaxis]
    ends: Floats = np.clip(foot[:, np.newaxis] + t * d[:, np.newaxis], 0.0, far)
    # A rounding may leave an end inside; the nearer border is where it belongs.
    border = np.where(ends < far / 2, 0.0, far)
    return np.where(np.abs(ends - border) < SNAP * far.max(), border, ends)


def _contours(
    network: Network, view: View, separators: Ints
) -> list[tuple[int, tuple[Floats, ...]]]:
    """Level 0 of pre-activations sampled on a grid over the canvas."""
    if len(separators) == 0:
        return []
    from contourpy import contour_generator

    cell = CELL * max(1.0, (len(separators) / FINE_CURVES) ** 0.5)
    xs, ys = (np.linspace(0.0, side, max(2, round(side / cell) + 1)) for side in view.size)
    x, y = np.meshgrid(xs, ys)
    features = _features(network, view, np.stack([x.ravel(), y.ravel()], axis=1))
    found = []
    for i in separators.tolist():
        z = _weighted(network, i, features).reshape(x.shape)
        lines = contour_generator(xs, ys, z).lines(0.0)
        found.append((i, tuple(np.asarray(line) for line in lines if len(line) > 1)))
    return found


def preactivation(network: Network, separator: int, view: View, canvas: Floats) -> Floats:
    """One separator's pre-activation at `(n, 2)` points on the canvas."""
    return _weighted(network, separator, _features(network, view, canvas))


def _features(network: Network, view: View, canvas: Floats) -> list[Floats]:
    points = view.to_window(canvas)
    return feature_values(network, points[:, 0], points[:, 1])


def _weighted(network: Network, separator: int, features: list[Floats]) -> Floats:
    total = network.weights[separator, 0] * features[0]
    for weight, feature in zip(network.weights[separator, 1:], features[1:], strict=True):
        total = total + weight * feature
    z: Floats = total + network.bias[separator]
    return z


def uphill(network: Network, separator: int, view: View, canvas: Floats) -> Floats:
    """Unit vectors `(n, 2)` towards the 1-side at points of the zero set; NaN where there is none.

    The gradient in u; for a picture, powers need not be multiplied in the fixed order.
    """
    u = (view.to_window(canvas) - np.array(network.center)) * 2.0**network.exponent
    gradient = np.zeros_like(u)
    for weight, (i, j) in zip(network.weights[separator], network.features, strict=True):
        if weight and i:
            gradient[:, 0] += weight * i * u[:, 0] ** (i - 1) * u[:, 1] ** j
        if weight and j:
            gradient[:, 1] += weight * j * u[:, 0] ** i * u[:, 1] ** (j - 1)
    length = np.hypot(gradient[:, 0], gradient[:, 1])
    length[length == 0] = np.nan
    direction: Floats = gradient / length[:, np.newaxis]
    return direction
