"""A path as polygons: its curves as chords, fine where a window shows them, and its fill rule.

The chords are noded and polygonized, and those faces are kept whose winding number the rule takes.
So contours may cross and touch themselves and one another.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.geometry.monotone import Monotone, monotone_pieces, segment_bounds, straight_pieces
from regions.geometry.outline import Fill
from regions.geometry.segments import Line
from regions.geometry.winding import winding_numbers
from regions.shape.curves import CORNER_ROUNDING, FINEST, LEVELS, meets
from regions.shape.model import Bounds, Path

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

MOST_CHORDS = 2**16
"""Chords of one path that are halved at once."""


def flattened_path(
    path: Path, window: Bounds, tolerance: float, finest: float = FINEST
) -> tuple[shapely.Geometry, float]:
    """Polygons with corners on the curves, and how far they may miss these in the window.

    A chord over a step h of the parameter misses a Bezier curve by at most `M h^2 / 8`, where M
    bounds the second derivative (Wang, 1984), and an arc by its sagitta. Where a disc about the
    chord that also holds its curve reaches into the window, chords are halved until that is at
    most the tolerance; elsewhere they stay, and nothing is moved across the window. They stay, too,
    where there would be too many, as of an ellipse a billion times as long as wide.

    Args:
        path: Of any contours.
        window: Where the polygons have to be near the curves.
        tolerance: Largest allowed error of a chord, in the user's units.
        finest: The same as a part of half the path's extent.
    """
    xmin, ymin, xmax, ymax = segment_bounds(path.contours)
    tolerance = min(tolerance, finest * max(xmax - xmin, ymax - ymin) / 2)
    found = [_chords(pieces, window, tolerance) for pieces in monotone_pieces(path.contours)]
    edges = np.concatenate([chords for chords, _ in found])
    error = max(error for _, error in found)
    if any(not isinstance(each, Line) for contour in path.contours for each in contour):
        error += CORNER_ROUNDING * max(map(abs, (xmin, ymin, xmax, ymax)))
    return filled(edges, path.fill), error


def filled(edges: Floats, fill: Fill) -> shapely.Geometry:
    """The region that directed edges enclose, by a fill rule.

    Args:
        edges: `(n, 2, 2)` from start to end; together they form closed contours.
        fill: The rule.
    """
    edges = edges[(edges[:, 0] != edges[:, 1]).any(axis=1)]
    # Unlike `shapely.node` this finds an end where rounding makes new crossings again and again.
    lines = shapely.union_all(shapely.linestrings(edges))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    if not len(faces):
        return shapely.Polygon()
    within = shapely.get_coordinates(shapely.point_on_surface(faces))
    number = winding_numbers([straight_pieces(edges)], within).number
    kept = number != 0 if fill == "nonzero" else number % 2 == 1
    return shapely.union_all(faces[kept])


def _chords(pieces: Monotone, window: Bounds, tolerance: float) -> tuple[Floats, float]:
    """`(m, 2, 2)` chords, each in the direction of its curve, and their error in the window."""
    piece, turns, ends = np.arange(len(pieces.curve)), pieces.turns, pieces.ends
    found, error = [], 0.0
    for level in range(LEVELS):
        miss = pieces.curves.sagitta(pieces.curve[piece], turns[:, 1] - turns[:, 0])
        miss[pieces.straight[piece]] = 0
        near = meets(window, ends[:, 0], ends[:, 1], miss)
        coarse = near & (miss > tolerance) & (level < LEVELS - 1)
        if np.count_nonzero(coarse) > MOST_CHORDS:
            coarse[:] = False
        found.append((piece[~coarse], ends[~coarse]))
        error = max(error, float(miss[near & ~coarse].max(initial=0)))
        if not coarse.any():
            break
        piece, turns, ends = _halved(pieces, piece[coarse], turns[coarse], ends[coarse])
    falls = np.concatenate([pieces.winding[piece] < 0 for piece, _ in found])
    chords = np.concatenate([ends for _, ends in found])
    return np.where(falls[:, np.newaxis, np.newaxis], chords[:, ::-1], chords), error


def _halved(
    pieces: Monotone, piece: Ints, turns: Floats, ends: Floats
) -> tuple[Ints, Floats, Floats]:
    middle = turns.mean(axis=1, keepdims=True)
    here = pieces.curves.at(pieces.curve[piece], middle[:, 0])[:, np.newaxis]
    return (
        np.tile(piece, 2),
        np.concatenate([np.hstack([turns[:, :1], middle]), np.hstack([middle, turns[:, 1:]])]),
        np.concatenate([np.hstack([ends[:, :1], here]), np.hstack([here, ends[:, 1:]])]),
    )
