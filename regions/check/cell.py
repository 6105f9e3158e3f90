"""The cell of an arrangement of lines around a point, as far as a window shows it.

Nothing of the arrangement is computed: the window is cut, line by line, down to what lies with the
point on one side of each of them. Seen from the point, the line that is met first on the way to a
corner bounds the cell. So no line cuts in vain, and there are as many cuts as the cell has sides.

Which lines cut is told by doubles with an error bound, measured from the point: these are good
however small the cell is. What they leave open, and the corners, are rationals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.arrangement import Line, Point
from regions.geometry.quotients import quotient, rounded

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Objects: TypeAlias = NDArray[Any]
Window: TypeAlias = tuple[Fraction, Fraction, Fraction, Fraction]

ERROR = 2.0**-50
"""Of a line's value at a corner, relative to the sum of its absolute terms: 8 roundings of 2^-53,
where there are 3 in a product and 2 in the sum."""

UNDERFLOW = 2.0**-1000
"""Far more than is lost where a term is too small for a double."""


def cell_around(lines: Sequence[Line], point: Point, window: Window) -> tuple[Point, ...]:
    """Corners of the closed cell that contains a point, counter-clockwise.

    Of an edge these are its two ends, of a vertex the point itself.

    Args:
        lines: Any number.
        point: Any, in the lines' coordinates.
        window: `(xmin, ymin, xmax, ymax)`, in the lines' coordinates. Where the point does not lie
            strictly inside, it grows: see `grown`.
    """
    xmin, ymin, xmax, ymax = grown(window, point)
    corners = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax)]
    forms = np.array(lines, dtype=object).reshape(-1, 3)
    weight = math.lcm(point[0].denominator, point[1].denominator)
    values = forms @ np.array(
        [int(point[0] * weight), int(point[1] * weight), weight], dtype=object
    )
    through = np.array(values == 0, dtype=np.bool_)
    for line in forms[through].tolist():
        corners = _cut(_cut(corners, line), [-c for c in line])
    facing = forms[~through] * np.where(values[~through] > 0, 1, -1)[:, np.newaxis]
    seen = _seen(facing, np.abs(values[~through]), weight)
    while (line := _first_met(facing, seen, point, corners)) is not None:
        corners = _cut(corners, facing[line].tolist())
    return tuple(corners)


def grown(window: Window, point: Point) -> Window:
    """The window, its sides moved out twice as far as the point lies beyond it.

    For a point on a side they move out as far as the window is wide or high: of an edge through a
    corner there would be nothing to see but the point.
    """
    xmin, ymin, xmax, ymax = window
    x, y = point
    beyond = max(xmin - x, x - xmax, ymin - y, y - ymax)
    if beyond < 0:
        return window
    more = 2 * beyond or max(xmax - xmin, ymax - ymin)
    return xmin - more, ymin - more, xmax + more, ymax + more


def _seen(forms: Objects, values: Objects, weight: int) -> Floats:
    """`(n, 3)` each line over the larger of |a| and |b|, as seen from the point: (a, b, value).

    A direction too near to an axis for doubles is NaN: then nothing is told but by integers.
    """
    rows = [
        (a / scale, b / scale, quotient(value, weight * scale))
        for (a, b, _), value in zip(forms.tolist(), values.tolist(), strict=True)
        for scale in (max(abs(a), abs(b)),)
    ]
    seen = np.array(rows, dtype=np.float64).reshape(-1, 3)
    direction = seen[:, :2]
    direction[(np.abs(direction) < UNDERFLOW) & (forms[:, :2] != 0)] = np.nan
    return seen


def _first_met(forms: Objects, seen: Floats, point: Point, corners: Sequence[Point]) -> int | None:
    """A line that cuts off a corner, the first on the way there; None if no line cuts."""
    x, y = point
    away = np.array([(rounded(a - x), rounded(b - y)) for a, b in corners]).T
    with np.errstate(invalid="ignore", over="ignore"):
        across = seen[:, :1] * away[0], seen[:, 1:2] * away[1]
        value = seen[:, 2:] + across[0] + across[1]
        bound = ERROR * (seen[:, 2:] + np.abs(across[0]) + np.abs(across[1])) + UNDERFLOW
    cuts = value < -bound
    if cuts.any():
        # The value falls from seen[:, 2] at the point to that at the corner.
        with np.errstate(divide="ignore", invalid="ignore"):
            met = np.where(cuts, seen[:, 2:] / (seen[:, 2:] - value), np.inf)
        return int(met.min(axis=1).argmin())
    for line, corner in np.argwhere(~(np.abs(value) > bound)).tolist():
        if _value(forms[line].tolist(), corners[corner]) < 0:
            return int(line)
    return None


def _cut(corners: Sequence[Point], line: Sequence[int]) -> list[Point]:
    """What of a convex polygon lies where a line is at least 0 (Sutherland and Hodgman, 1974)."""
    values = [_value(line, corner) for corner in corners]
    found: list[Point] = []
    for k, (corner, value) in enumerate(zip(corners, values, strict=True)):
        (x, y), before = corners[k - 1], values[k - 1]
        if before * value < 0:
            part = before / (before - value)
            found.append((x + part * (corner[0] - x), y + part * (corner[1] - y)))
        if value >= 0:
            found.append(corner)
    return list(dict.fromkeys(found))


def _value(line: Sequence[int], corner: Point) -> Fraction:
    a, b, c = line
    return a * corner[0] + b * corner[1] + c
