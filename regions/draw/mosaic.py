"""How many small pictures a sheet has room for, how large they are, and which units they show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regions.draw.media import Medium
from regions.network.model import Ints, Network

MOST = 60
"""Units of which each has a picture; of a larger network they would be too many to be looked at."""

SUMMARY = 40
"""Pictures that show a larger network."""

MARGIN, GAP = 18.0, 14.0
"""Left and right of all pictures, and between them. All lengths are points."""

HEAD, LINE = 12.5, 11.0
"""Of the name above a picture, and of each line below it."""

BELOW = 13.0
"""From the last line below a row of pictures to the next row."""

LARGEST, LEAST = 170.0, 32.0
"""Longer and shorter side of a picture, at most and at least."""

MOST_CELL = 260.0
"""Width of the words below a picture, and of the only picture, at most."""

SLIDE_MARGIN, SLIDE_GAP, SLIDE_BELOW = 12.0, 9.0, 4.0
LEAST_CELL = 68.0
"""Width that words need on a slide."""


@dataclass(frozen=True, slots=True)
class Mosaic:
    """The pictures' arrangement.

    Attributes:
        columns: Pictures side by side.
        left: Of the first picture's cell.
        cell: Width of a picture with its words.
        gap: From one cell to the next.
        scale: Points in one unit of the window.
        lines: Lines of words that a picture has at most below it.
        below: Free space below those.
        room: Pictures that the sheet has room for.
    """

    columns: int
    left: float
    cell: float
    gap: float
    scale: float
    lines: int
    below: float
    room: int


@dataclass(frozen=True)
class Chosen:
    """The units that are shown, and how many are left out.

    Attributes:
        separators: The first ones.
        gates: Those of the last layers, in the same order as in the network, outputs at the end.
        more_separators: How many are left out after the first.
        more_gates: How many others there are.
    """

    separators: tuple[int, ...]
    gates: tuple[int, ...]
    more_separators: int
    more_gates: int


def in_order(network: Network) -> Ints:
    """`(size,)` all units layer by layer; those that are outputs last."""
    last = np.zeros(network.size, dtype=np.bool_)
    last[[output.unit for output in network.outputs]] = True
    order: Ints = np.lexsort((np.arange(network.size), network.levels, last))
    return order


def choose(network: Network, room: int) -> Chosen:
    """The units to be shown in so many pictures, one for those of a kind that are left out."""
    order = in_order(network)
    separators = order[order < network.n_separators].tolist()
    gates = order[order >= network.n_separators]
    if network.size <= room:
        return Chosen(tuple(separators), tuple(gates.tolist()), 0, 0)
    last = min(len(gates), max(room // 2, room - len(separators)))
    first = min(len(separators), room - last)
    first -= first < len(separators)
    last -= last < len(gates)
    kept = _telling(network, gates, last)
    return Chosen(
        tuple(separators[:first]), tuple(kept), len(separators) - first, len(gates) - last
    )


def _telling(network: Network, gates: Ints, count: int) -> list[int]:
    """Outputs first, then gates of the last layers, those of many inputs first; in their order."""
    fan_in = np.diff(network.gates.start)[gates - network.n_separators]
    is_output = np.isin(gates, [output.unit for output in network.outputs])
    best = np.lexsort((gates, -fan_in, -network.levels[gates], ~is_output))
    kept: list[int] = gates[np.sort(best[:count])].tolist()
    return kept


def printed(width: float, size: Sequence[float], count: int) -> Mosaic:
    """Pictures on a sheet that may be as high as it likes.

    Args:
        width: Of the sheet.
        size: Width and height of the window.
        count: Units.
    """
    columns = 3 if size[0] >= 2 * size[1] or count <= 3 else 4 if count <= 16 else 5
    columns = min(columns, count)
    cell = min((width - 2 * MARGIN - (columns - 1) * GAP) / columns, MOST_CELL)
    largest = LARGEST if count > 1 else MOST_CELL
    scale = min(min(cell, largest) / size[0], min(1.25 * cell, largest) / size[1])
    left = (width - columns * cell - (columns - 1) * GAP) / 2
    room = MOST if count <= MOST else SUMMARY
    return Mosaic(columns, left, cell, GAP, scale, 3, BELOW, room)


def on_slide(medium: Medium, top: float, size: Sequence[float], count: int) -> Mosaic:
    """The arrangement with the largest pictures on a sheet of fixed height; at least one fits.

    Args:
        medium: A sheet.
        top: Height that is taken above the pictures.
        size: Width and height of the window.
        count: Units; where there is no room for all, as many as have pictures of the least size.
    """
    height = (medium.height or 0.0) - top - SLIDE_MARGIN
    least = min(LEAST / min(size), 2 * LEAST / max(size))
    for room in range(min(count, MOST), 1, -1):
        found = [
            _tiled(medium.width, height, size, room, c, n) for c in range(1, 9) for n in (2, 1)
        ]
        best = max(found, key=lambda mosaic: mosaic.scale)
        if best.scale >= least:
            return best
    return _tiled(medium.width, height, size, 1, 1, 2)


def _tiled(
    width: float, height: float, size: Sequence[float], room: int, columns: int, lines: int
) -> Mosaic:
    """So many pictures in so many columns; of scale 0 where words do not fit."""
    cell = (width - 2 * SLIDE_MARGIN - (columns - 1) * SLIDE_GAP) / columns
    rows = math.ceil(room / columns)
    high = height / rows - HEAD - lines * LINE - SLIDE_BELOW
    scale = min(min(cell, LARGEST) / size[0], min(high, LARGEST) / size[1])
    fits = cell >= LEAST_CELL and high > 0
    return Mosaic(
        columns, SLIDE_MARGIN, cell, SLIDE_GAP, scale if fits else 0.0, lines, SLIDE_BELOW, room
    )
