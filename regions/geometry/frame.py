"""The network's coordinates: `u = (x - center) * 2^exponent`, exact at every given point."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.errors import Problem, SpecError
from regions.tolerances import LATTICE_BITS

Points = NDArray[np.float64]
Rationals: TypeAlias = tuple[Fraction, Fraction, Fraction]

SMALLEST = 2.0**-500
"""Least extent of a shape: the product of two coordinates must not underflow."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the network's coordinates have their origin and unit.

    Attributes:
        center: In the user's coordinates.
        exponent: `u = (x - center) * 2^exponent`.
    """

    center: tuple[float, float] = (0.0, 0.0)
    exponent: int = 0

    def to_unit(self, points: Points) -> Points:
        """`(..., 2)` user's coordinates to the network's, in the network's own two roundings."""
        shifted: Points = np.ldexp(points - np.array(self.center), self.exponent)
        # Turns -0.0 into 0.0, which would otherwise make equal points differ in their bytes.
        return shifted + 0.0

    def from_unit(self, points: Points) -> Points:
        """`(..., 2)` back in the user's coordinates: exactly, for points that were not rounded."""
        restored: Points = np.ldexp(points, -self.exponent) + np.array(self.center)
        return restored

    def between(self, row: tuple[float, float, float], other: Frame) -> Rationals:
        """`a*u + b*v + c` of this frame's coordinates as exact coefficients of another's."""
        a, b, c = map(Fraction, row)
        scale = Fraction(2) ** (self.exponent - other.exponent)
        ahead = [Fraction(o) - Fraction(s) for o, s in zip(other.center, self.center, strict=True)]
        shift = (a * ahead[0] + b * ahead[1]) * Fraction(2) ** self.exponent
        return a * scale, b * scale, c + shift


def choose_frame(points: Points) -> Frame:
    """The frame for a shape, such that no given point is rounded by it.

    Raises:
        SpecError: The points are so small, or so far apart in size, that a double cannot hold them
            in one frame.

    Points on a lattice of small dyadic numbers keep the user's coordinates. Otherwise each axis is
    centred on a multiple of a power of two, provided that every difference comes out exact, and
    both are scaled by one power of two, so that |u| is at most 1.

    An axis whose values reach beyond three times its least keeps the centre 0: that costs at most a
    factor of 3 in |u|, while a small value minus a large centre would be rounded. Elsewhere
    |x - center| <= |x| times a small factor, and the difference of two multiples of ulp(x) of about
    that size is a double.

    Args:
        points: `(n, 2)` finite vertices, corners and centres; may be empty.
    """
    if len(points) == 0 or lattice_step(points) is not None:
        return Frame()
    center = (_axis_center(points[:, 0]), _axis_center(points[:, 1]))
    reach = float(np.abs(points - np.array(center)).max())
    frame = Frame(center, -math.frexp(reach)[1])
    if reach < SMALLEST or not _keeps(frame, points):
        message = "the coordinates are too small, or too far apart in size, for one network"
        raise SpecError([Problem(f"{message}; use another unit of length")])
    return frame


def _keeps(frame: Frame, points: Points) -> bool:
    """Whether every point comes back from the frame as it was."""
    return bool((frame.from_unit(frame.to_unit(points)) == points).all())


def _axis_center(values: NDArray[np.float64]) -> float:
    low, high = float(values.min()), float(values.max())
    least, most = sorted((abs(low), abs(high)))
    if low <= 0 <= high or most > 3 * least or low == high:
        return 0.0
    grid = 2.0 ** math.floor(math.log2(high - low))
    center = round((low / 2 + high / 2) / grid) * grid
    return center if exact_difference(values, center) else 0.0


def exact_difference(values: NDArray[np.float64], center: float) -> bool:
    """Whether `values - center` is free of rounding: the error term of Knuth's TwoSum is 0."""
    difference = values - center
    back = difference - values
    error = (values - (difference - back)) + (-center - back)
    return bool((error == 0).all())


def lattice_step(points: Points) -> int | None:
    """The least s >= 0 such that all `points * 2^s` are integers of at most 24 bits, or None."""
    largest = float(np.abs(points).max(initial=0.0))
    if largest > 2**LATTICE_BITS or not _whole(points * 2.0**LATTICE_BITS):
        return None
    for step in range(LATTICE_BITS + 1):
        if math.ldexp(largest, step) > 2**LATTICE_BITS:
            return None
        if _whole(points * 2.0**step):
            return step
    return None


def _whole(points: Points) -> bool:
    """Whether all coordinates are integers."""
    return bool((points == np.rint(points)).all())
