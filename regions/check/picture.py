"""A difference drawn with characters: what a failing test can print.

x 0 to 8, y 0 to 8: # both, + the network only, - the shape only
................
..######++......    a character stands for 2 * step rows and step columns of pixels, since
..######++......    it is about twice as high as wide
..------........
"""

from __future__ import annotations

import numpy as np

from regions.check.overlay import Overlay, overlay
from regions.check.proof import Witness
from regions.network.model import Bools, Ints, Network
from regions.network.raster import Grid
from regions.shape.model import Spec

ROWS, COLUMNS = 20, 40
"""Characters of a picture, at most."""

SURROUNDINGS = 1.5
"""Width of a picture over the width of what it shows."""

LEGEND = "# both, + the network only, - the shape only"


def picture(seen: Overlay, marked: Witness | None = None) -> str:
    """The pixels around those that differ, or all of them if none does.

    A character shows a difference where any of its pixels differs, else what most of them are to
    the network.

    Args:
        seen: Network and shape on a grid.
        marked: A point on that grid, shown as a difference whatever its pixel is.
    """
    rows, columns = _edges(seen.spill | seen.missed)
    more, less = (_counted(mask, rows, columns) for mask in (seen.spill, seen.missed))
    inside = _counted(seen.actual, rows, columns) > _counted(~seen.actual, rows, columns)
    drawn = np.where(inside, "#", ".")
    drawn[(more > 0) & (more >= less)] = "+"
    drawn[less > more] = "-"
    if marked is not None:
        row, column = _pixel(seen.grid, marked.point)
        at = np.searchsorted(rows, row, "right") - 1, np.searchsorted(columns, column, "right") - 1
        drawn[at] = "+" if marked.network else "-"
    lines = ["".join(line) for line in drawn.tolist()]
    return "\n".join([f"{_extent(seen.grid, rows, columns)}: {LEGEND}", *lines])


def around(network: Network, spec: Spec, witness: Witness) -> str:
    """The witness's cell, if it has one, and what lies about it, on a grid of its own."""
    return picture(overlay(network, spec.shape, _grid_around(witness, spec)), witness)


_CONTEXT = 2.0**-4
"""Part of the window around a witness whose cell has no width, or that has none."""

_FINEST = 2.0**-36
"""Least width of a picture over the largest coordinate: 40 pixels of it are far wider than the
band, and what is smaller shows as the marked character."""


def _grid_around(witness: Witness, spec: Spec) -> Grid:
    """A square about a witness that shows all of the cell that it has, a pixel for each column."""
    xmin, ymin, xmax, ymax = spec.window
    x, y = witness.point
    away = [max(abs(a - x), abs(b - y)) for a, b in witness.cell]
    half = SURROUNDINGS * max(away, default=0.0) or _CONTEXT * max(xmax - xmin, ymax - ymin)
    half = max(half, _FINEST * max(abs(x), abs(y)))
    return Grid((x - half, y - half, x + half, y + half), COLUMNS, 2 * ROWS)


def _edges(differ: Bools) -> tuple[Ints, Ints]:
    """Where the characters' rows and columns of pixels begin, and where the last ones end."""
    rows, columns = _box(differ), _box(differ.T)
    longer = SURROUNDINGS * max(high - low for low, high in (rows, columns))
    step = int(np.ceil(min(longer, max(differ.shape)) / COLUMNS))
    height, width = differ.shape
    return _spaced(rows, 2 * step, ROWS, height), _spaced(columns, step, COLUMNS, width)


def _box(differ: Bools) -> tuple[int, int]:
    """From the first row that holds one to behind the last; all rows if there is none."""
    found = np.flatnonzero(differ.any(axis=1))
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, len(differ))


def _spaced(shown: tuple[int, int], step: int, most: int, length: int) -> Ints:
    """Edges of at most `most` steps, with `shown` in their middle if the grid's end allows it."""
    side = step * most
    start = min(max(0, (sum(shown) - side) // 2), max(0, length - side))
    stop = min(start + side, length)
    return np.append(np.arange(start, stop, step), stop)


def _counted(mask: Bools, rows: Ints, columns: Ints) -> Ints:
    """How many of each character's pixels are set."""
    part = mask[: rows[-1], : columns[-1]].astype(np.int64)
    counts: Ints = np.add.reduceat(np.add.reduceat(part, rows[:-1]), columns[:-1], axis=1)
    return counts


def _pixel(grid: Grid, point: tuple[float, float]) -> tuple[int, int]:
    """Row and column of the pixel that contains a point of the grid."""
    width, height = grid.pixel
    row = int((grid.bounds[3] - point[1]) / height)
    column = int((point[0] - grid.bounds[0]) / width)
    return min(row, grid.height - 1), min(column, grid.width - 1)


def _extent(grid: Grid, rows: Ints, columns: Ints) -> str:
    """The part of the plane that is shown, with digits down to a pixel."""
    width, height = grid.pixel
    digits = -int(np.floor(np.log10(min(width, height))))
    left, right = (round(grid.bounds[0] + int(edge) * width, digits) for edge in columns[[0, -1]])
    top, bottom = (round(grid.bounds[3] - int(edge) * height, digits) for edge in rows[[0, -1]])
    return f"x {left:.15g} to {right:.15g}, y {bottom:.15g} to {top:.15g}"
