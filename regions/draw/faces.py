"""Cells: where the same separators fire, found on a grid, and places in them for words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from regions.network.model import Bools, Ints

SPECK = 6
"""Pixels: smaller parts of a cell between curves are where the grid cuts its thin tip."""

Place: TypeAlias = tuple[int, float, float]
"""Which of several rectangles, and the row and column of its middle."""


@dataclass(frozen=True, eq=False)
class Face:
    """A connected part of the plane in which the same separators fire.

    Attributes:
        fires: For each separator.
        corner: Row and column of `mask` on the grid.
        mask: `(h, w)` its pixels, without empty rows and columns at the border.
    """

    fires: tuple[bool, ...]
    corner: tuple[int, int]
    mask: Bools


def faces(fired: Bools, convex: bool) -> list[Face]:
    """The cells, from the top down and from left to right.

    Args:
        fired: `(k, height, width)` whether each separator fires at the centres of pixels.
        convex: Whether all separators are half-planes: what has the same signs is then connected,
            also where the grid sees parts of it only.
    """
    codes = np.zeros(fired.shape[1:], dtype=np.int64)
    for i, fires in enumerate(fired):
        codes |= fires.astype(np.int64) << i
    found = []
    for code in np.unique(codes).tolist():
        signs = tuple(bool(code >> i & 1) for i in range(len(fired)))
        corner, mask = _cropped(codes == code)
        parts = [mask] if convex else _connected(mask)
        for part in parts:
            (row, column), cropped = _cropped(part)
            found.append(Face(signs, (corner[0] + row, corner[1] + column), cropped))
    return sorted(found, key=lambda face: face.corner)


def _cropped(mask: Bools) -> tuple[tuple[int, int], Bools]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left = int(rows[0]), int(columns[0])
    return (top, left), mask[top : rows[-1] + 1, left : columns[-1] + 1]


def _connected(mask: Bools) -> list[Bools]:
    """Parts that hang together by sides or corners of pixels, without specks."""
    from scipy.ndimage import label

    numbers: Ints
    numbers, _ = label(mask, structure=np.ones((3, 3)))
    sizes = np.bincount(numbers.ravel())[1:]
    return [numbers == i + 1 for i in np.flatnonzero(sizes >= SPECK).tolist()]


def place(face: Face, sizes: Sequence[tuple[int, int]]) -> Place | None:
    """The first of some rectangles that fits into a cell, as deep inside as it can be.

    Args:
        face: The cell.
        sizes: Heights and widths of the rectangles, in pixels.

    Returns:
        None where none fits.
    """
    total = np.zeros((face.mask.shape[0] + 1, face.mask.shape[1] + 1), dtype=np.int64)
    total[1:, 1:] = face.mask.cumsum(axis=0).cumsum(axis=1)
    for which, (height, width) in enumerate(sizes):
        best = None
        for growth, free in _free(total, height, width):
            best = growth, free
        if best is not None:
            growth, free = best
            row, column = _middle(free)
            return (
                which,
                face.corner[0] + row + growth + height / 2,
                face.corner[1] + column + growth + width / 2,
            )
    return None


def _free(total: Ints, height: int, width: int) -> Iterator[tuple[int, Bools]]:
    """Margins a rectangle can have in the cell, ascending, and the corners where it has them."""
    growth, step = 0, 1
    while (free := _fits(total, height + 2 * growth, width + 2 * growth)).any():
        yield growth, free
        growth, step = growth + step, 2 * step
    # The last step was too far: halve it until the margin is known.
    growth -= step // 2
    step //= 4
    while step:
        if (free := _fits(total, height + 2 * (growth + step), width + 2 * (growth + step))).any():
            growth += step
            yield growth, free
        step //= 2


def _fits(total: Ints, height: int, width: int) -> Bools:
    """Upper left corners of the rectangles of a size that lie in the cell."""
    if height >= total.shape[0] or width >= total.shape[1]:
        return np.zeros((0, 0), dtype=np.bool_)
    lower, upper = total[height:], total[:-height]
    covered = lower[:, width:] - lower[:, :-width] - upper[:, width:] + upper[:, :-width]
    fits: Bools = covered == height * width
    return fits


def _middle(free: Bools) -> tuple[int, int]:
    """Of several places the one nearest to the middle of all."""
    rows, columns = np.nonzero(free)
    away = (rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2
    nearest = int(away.argmin())
    return int(rows[nearest]), int(columns[nearest])
