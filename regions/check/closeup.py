"""A witness seen close up: network and shape on a square about it, at any magnification.

A difference may be narrower than the space between two doubles. So all is written in rationals over
coordinates of its own, `t = (x - center) * 2^exponent`, in which the square reaches from about -1
to 1, and rounded only there: see `network/magnified.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely

from regions.check.curves.atoms import AtomTable
from regions.check.curves.definition import define
from regions.check.curves.signs import MINUS, PLUS, ZERO
from regions.check.proof import Witness
from regions.geometry.polynomials import Point, Polynomial
from regions.network.magnified import distances, magnified, region_near
from regions.network.model import Bools, Floats, Network
from regions.network.raster import Grid
from regions.shape.model import Polygonal, Shape, Spec

MARGIN = Fraction(5, 4)
"""Side of the square over that of the cell."""

THIN = 12
"""Of cells that are longer than so many widths only the part about the witness is shown."""

AROUND = 4
"""Half the side of the square over the distance to the nearest border, where only that is known."""

CONTEXT = 2.0**-5
"""Of the window: the largest such distance that counts."""

CENTER_BITS = 20
"""The square is centred up to so many bits of its side, in numbers that stay short."""

ATOMS = 2**22
"""Atoms of a shape times pixels that are judged together: some 50 MB."""


@dataclass(frozen=True, eq=False)
class Closeup:
    """A square of the plane.

    Attributes:
        center: Of the square, in the user's coordinates.
        exponent: Power of two by which it is magnified.
        half: Half the side of the square, in its own coordinates: from 1/2 to 2.
        network: The network over these coordinates.
        shape: The shape, as it is.
        cell: `(n, 2)` the witness's cell in these coordinates.
        point: `(2,)` the witness in these coordinates.
        whole: Whether it shows all of the cell.
    """

    center: Point
    exponent: int
    half: float
    network: Network
    shape: Shape
    cell: Floats
    point: Floats
    whole: bool

    @property
    def side(self) -> float:
        """Of the square, in the user's units."""
        return math.ldexp(2 * self.half, -self.exponent)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """`(xmin, ymin, xmax, ymax)` in the user's coordinates, rounded."""
        half = Fraction(self.half) / Fraction(2) ** self.exponent
        (x, y) = self.center
        return float(x - half), float(y - half), float(x + half), float(y + half)

    def grid(self, pixels: int) -> Grid:
        """So many pixels each way."""
        return Grid((-self.half, -self.half, self.half, self.half), pixels, pixels)

    def actual(self, pixels: int) -> Bools:
        """`(pixels, pixels)` where the network fires."""
        return region_near(self.network, self.grid(pixels))

    def wanted(self, pixels: int) -> Bools:
        """`(pixels, pixels)` where the shape is."""
        grid = self.grid(pixels)
        match self.shape:
            case Polygonal(geometry):
                return self._odd(geometry, grid)
            case _:
                return self._defined(grid)

    def _odd(self, geometry: shapely.Geometry, grid: Grid) -> Bools:
        """By the parity of edges to the right; what lies on an edge is far below a pixel."""
        rings = shapely.get_rings(shapely.get_parts(geometry))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        height = np.array([self._inner(y, 1) for y in points[:, 1].tolist()], dtype=np.float64)
        edges = np.flatnonzero(ring[:-1] == ring[1:])
        low, high = np.sort([height[edges], height[edges + 1]], axis=0)
        met = edges[(low <= self.half) & (high > -self.half) & (low < high)]
        low, high = np.sort([height[met], height[met + 1]], axis=0)
        lines = [self._crossing(*points[i : i + 2].tolist()) for i in met.tolist()]
        foot, slope = np.array(lines).reshape(-1, 2).T
        mask = np.empty((grid.height, grid.width), dtype=np.bool_)
        for row, y in enumerate(grid.ys.tolist()):
            over = (low <= y) & (y < high)
            crossed = np.sort(foot[over] + slope[over] * y)
            mask[row] = (len(crossed) - np.searchsorted(crossed, grid.xs)) % 2
        return mask

    def _inner(self, value: float, axis: int) -> Fraction:
        """A coordinate of the user's in the square's."""
        return (Fraction(value) - self.center[axis]) * Fraction(2) ** self.exponent

    def _crossing(self, start: Sequence[float], end: Sequence[float]) -> tuple[float, float]:
        """Where an edge meets y = 0 in the square's coordinates, and how x changes with y."""
        x, y = (self._inner(start[axis], axis) for axis in (0, 1))
        slope = (Fraction(end[0]) - Fraction(start[0])) / (Fraction(end[1]) - Fraction(start[1]))
        return float(x - slope * y), float(slope)

    def _defined(self, grid: Grid) -> Bools:
        """By the signs of its borders' polynomials."""
        table = AtomTable()
        definition = define(self.shape, table)
        atoms = [_about(atom, self.center, self.exponent) for atom in table.polynomials]
        rows = max(1, ATOMS // (len(atoms) * grid.width))
        parts = []
        for begin in range(0, grid.height, rows):
            x, y = (p.ravel() for p in np.meshgrid(grid.xs, grid.ys[begin : begin + rows]))
            values = np.array([_values(atom, x, y) for atom in atoms])
            signs = np.where(values > 0, PLUS, np.where(values < 0, MINUS, ZERO)).astype(np.uint8)
            parts.append(definition.truth(signs).must)
        mask: Bools = np.concatenate(parts).reshape(grid.height, grid.width)
        return mask


def closeup(network: Network, spec: Spec, witness: Witness) -> Closeup:
    """The square that shows a witness's cell, or the part about it where the cell is thin.

    Args:
        network: Of one region.
        spec: The shape.
        witness: Where they differ.
    """
    xs, ys = zip(*(witness.cell or (witness.exact,)), strict=True)
    longer = max(max(xs) - min(xs), max(ys) - min(ys))
    room = _width(witness.cell) if len(witness.cell) > 2 else _away(network, spec, witness)
    whole = 0 < longer <= THIN * room
    if whole:
        middle, half = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), MARGIN * longer / 2
    else:
        near = _nearest(witness.cell, witness.exact) if len(witness.cell) > 2 else room
        middle, half = witness.exact, AROUND * near
    exponent = half.denominator.bit_length() - half.numerator.bit_length()
    scale, unit = Fraction(2) ** exponent, Fraction(2) ** (exponent + CENTER_BITS)
    center = round(middle[0] * unit) / unit, round(middle[1] * unit) / unit

    def inner(corners: Sequence[Point]) -> Floats:
        (x, y), rows = center, corners
        found = [(float((a - x) * scale), float((b - y) * scale)) for a, b in rows]
        return np.array(found).reshape(-1, 2)

    return Closeup(
        center=center,
        exponent=exponent,
        half=float(half * scale),
        network=magnified(network, center, exponent),
        shape=spec.shape,
        cell=inner(witness.cell),
        point=inner([witness.exact])[0],
        whole=whole,
    )


def _sides(cell: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(cell, (*cell[1:], cell[0]), strict=True)


def _height(side: tuple[Point, Point], point: Point) -> Fraction:
    """Of a point over a side; its length, a root, is rounded."""
    (x, y), (right, top) = side
    dx, dy = right - x, top - y
    longer = max(abs(dx), abs(dy))
    length = longer * Fraction(math.hypot(dx / longer, dy / longer))
    return abs(dx * (point[1] - y) - dy * (point[0] - x)) / length


def _width(cell: Sequence[Point]) -> Fraction:
    """The least distance of two parallels that hold the cell between them."""
    return min(max(_height(side, corner) for corner in cell) for side in _sides(cell))


def _nearest(cell: Sequence[Point], point: Point) -> Fraction:
    return min(_height(side, point) for side in _sides(cell))


def _away(network: Network, spec: Spec, witness: Witness) -> Fraction:
    """About how far the nearest borders are that do not run through the point.

    In a face that is one of the network and one of the shape: what differs often lies between. In
    no case more than is worth showing.
    """
    own = distances(magnified(network, witness.exact, 0))
    other = _distances_of_shape(spec.shape, witness.exact)
    nearest = [float(d[d > 0].min(initial=np.inf)) for d in (own, other)]
    xmin, ymin, xmax, ymax = spec.window
    most = max(xmax - xmin, ymax - ymin) * CONTEXT
    return Fraction(min(max(nearest) if witness.dimension == 2 else min(nearest), most))


def _distances_of_shape(shape: Shape, point: Point) -> Floats:
    """Of a point from the shape's curves; a polygon's lines are the network's as a rule."""
    if isinstance(shape, Polygonal):
        return np.empty(0)
    table = AtomTable()
    define(shape, table)
    found = []
    for atom in table.polynomials:
        slope = math.hypot(*(float(part(*point)) for part in atom.gradient))
        found.append(abs(float(atom(*point))) / slope if slope else np.inf)
    return np.array(found)


def _about(polynomial: Polynomial, center: Point, exponent: int) -> Polynomial:
    """A polynomial over the square's coordinates, its coefficients near 1 at most."""
    return polynomial.rescaled(Fraction(2) ** -exponent, center).scaled()


def _values(polynomial: Polynomial, x: Floats, y: Floats) -> Floats:
    total = np.zeros_like(x)
    for (i, j), coefficient in polynomial.terms:
        total += float(coefficient) * x**i * y**j
    return total
