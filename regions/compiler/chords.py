"""Chords fine enough to be the boundary of a valid polygon."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from regions.geometry.outline import Loop, Part
from regions.geometry.pieces import Chord, Piece
from regions.geometry.segments import Pair

HALVINGS = 24
"""Rounds of halving before it is given up; each brings a curve's chords four times as near."""


def with_valid_chords(part: Part) -> Part | None:
    """The part, curves halved until its chords bound a valid polygon; None if they never do.

    The curves of a part do not meet. Nor do their chords, if they are short enough.
    """
    for _ in range(HALVINGS):
        loops = (part.exterior, *part.holes)
        if min(map(len, loops)) > 2 and shapely.is_valid(chord_polygon(part)):
            return part
        clashing = {id(piece) for piece in _clashing(loops)}
        halved = [_halved(loop, clashing) for loop in loops]
        if halved == list(loops):
            return None
        part = Part(halved[0], tuple(halved[1:]))
    return None


def chord_polygon(part: Part) -> shapely.Polygon:
    """The polygon of a part's chords."""
    return shapely.Polygon(_ring(part.exterior), [_ring(hole) for hole in part.holes])


def _ring(loop: Loop) -> list[Pair]:
    return [piece.start for piece in loop]


def _clashing(loops: tuple[Loop, ...]) -> Iterator[object]:
    """The pieces whose chords meet others', or make no ring with them."""
    for loop in loops:
        if len(loop) < 3:
            yield from loop
    pieces = [piece for loop in loops for piece in loop]
    chords = shapely.linestrings(np.array([[piece.start, piece.end] for piece in pieces]))
    for i, j in shapely.STRtree(chords).query(chords, predicate="intersects").T.tolist():
        if i < j and not _joined(chords[i], chords[j]):
            yield from (pieces[i], pieces[j])


def _joined(first: shapely.LineString, second: shapely.LineString) -> bool:
    """Whether two chords have no more in common than an end of both."""
    return bool(shapely.touches(first, second)) and bool({*first.coords} & {*second.coords})


def _halved(loop: Loop, chosen: set[int]) -> Loop:
    found: list[Piece] = []
    for piece in loop:
        if id(piece) in chosen and not isinstance(piece, Chord):
            found += piece.halves()
        else:
            found.append(piece)
    return tuple(found)
