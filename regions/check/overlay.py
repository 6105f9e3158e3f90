"""A network and a shape on one grid: where they agree, where not, where it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from regions.check.band import Band
from regions.check.proof import Witness
from regions.errors import InputError, Problem
from regions.network.model import Bools, Network
from regions.network.raster import Grid, rasterize
from regions.shape.model import Shape
from regions.shape.reference import reference
from regions.tolerances import FLATTENING

MOST_BAND = 0.1
"""Part of a pixel that the band may take on each side of a border."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """What network and reference say at each pixel centre, `(height, width)` arrays.

    Attributes:
        grid: The pixels.
        actual: Whether the network's region contains the centre.
        wanted: Whether the shape does.
        band: Whether the centre lies near a border, where this is not judged.
        around: All points near a border.
        area: The reference's area on the grid.
    """

    grid: Grid
    actual: Bools
    wanted: Bools
    band: Bools
    around: Band
    area: float

    @property
    def spill(self) -> Bools:
        """Pixels that only the network covers."""
        return self.actual & ~self.wanted & ~self.band

    @property
    def missed(self) -> Bools:
        """Pixels that only the shape covers."""
        return self.wanted & ~self.actual & ~self.band

    @property
    def witness(self) -> Witness | None:
        """The first pixel centre, in reading order, at which they differ."""
        rows, columns = np.nonzero(self.spill | self.missed)
        if not len(rows):
            return None
        row, column = rows[0], columns[0]
        x, y = float(self.grid.xs[column]), float(self.grid.ys[row])
        answers = bool(self.actual[row, column]), bool(self.wanted[row, column])
        return Witness((Fraction(x), Fraction(y)), (x, y), 2, *answers)


def overlay(network: Network, shape: Shape, grid: Grid) -> Overlay:
    """Evaluate a network of one region, and its shape's reference, at every pixel centre.

    Raises:
        InputError: Rounding or flattening would hide a tenth of a pixel or more.
    """
    expected = reference(shape, grid.bounds, FLATTENING * min(grid.pixel))
    around = Band.around(shape, expected, grid.bounds)
    _require_fine(around.width + expected.flattening, grid)
    centres = np.stack(np.meshgrid(grid.xs, grid.ys), axis=-1)
    truth = around.truth(centres.reshape(-1, 2))
    return Overlay(
        grid=grid,
        actual=rasterize(network, grid).astype(np.bool_),
        wanted=truth.must.reshape(centres.shape[:2]),
        band=~truth.known.reshape(centres.shape[:2]),
        around=around,
        area=float(expected.region.area),
    )


def _require_fine(width: float, grid: Grid) -> None:
    """Raise InputError where the reference is too coarse, or the band too wide."""
    if width > MOST_BAND * min(grid.pixel):
        message = "coordinates or curves are too large for pixels of this size to be compared"
        raise InputError([Problem(f"{message}; choose a larger window")])
