"""The parts of a path with chords that bound valid polygons."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from regions.geometry.outline import Fill, Loop, Part, parts
from regions.geometry.pieces import Chord, EllipseArc, Piece
from regions.geometry.segments import Pair

HALVINGS = 24
"""Rounds of halving before it is given up; each brings a curve's chords four times as near."""

FULL = 2 * math.pi - 1e-9
"""Radians: pieces of one ellipse that turn so far are all of it."""


def chorded_parts(loops: Sequence[Loop], fill: Fill) -> list[Part] | None:
    """The parts of a path, curves halved until the chords are rings of valid polygons.

    Bare contours need no chords, or only one, if they are holes, or if there are no others.

    Returns:
        None if contours meet themselves or one another, or if chords of any length do.
    """
    found = parts(loops, fill)
    chorded = [_chorded(part) for part in found or ()]
    kept = [part for part in chorded if part is not None]
    return None if found is None or len(kept) < len(found) else kept


def is_bare(loop: Loop) -> bool:
    """Whether a contour is a whole ellipse, or of two pieces."""
    return len(loop) == 2 or is_ellipse(loop)


def is_ellipse(loop: Loop) -> bool:
    """Whether a contour is a whole ellipse."""
    arcs = [piece for piece in loop if isinstance(piece, EllipseArc)]
    if len(arcs) < len(loop) or sum(abs(arc.sweep) for arc in arcs) < FULL:
        return False
    return len({arc.curve.primitive()[0] for arc in arcs}) == 1


def closed_side(loop: Loop) -> int:
    """Of which of two pieces, 0 or 1, the chord's line is to belong to the left side.

    The chords are one line in both directions. It belongs to the left of a straight piece; or else
    to the side of a lens, since the pieces' ends belong to the region.
    """
    first, second = loop
    if isinstance(first, Chord) or isinstance(second, Chord):
        return int(isinstance(second, Chord))
    return int(first.turn > 0)


def _chorded(part: Part) -> Part | None:
    bare = [hole for hole in part.holes if is_bare(hole)]
    if len(bare) == len(part.holes) and is_bare(part.exterior):
        return part
    ringed = tuple(hole for hole in part.holes if not is_bare(hole))
    found = _with_valid_chords(Part(part.exterior, ringed))
    return None if found is None else Part(found.exterior, (*found.holes, *bare))


def _with_valid_chords(part: Part) -> Part | None:
    """The part, curves halved until its chords bound a valid polygon; None if they never do.

    The curves of a part do not meet. Nor do their chords, if they are short enough, and then they
    go round the same way.
    """
    for _ in range(HALVINGS):
        turned = [_turn(part.exterior) > 0, *(_turn(hole) < 0 for hole in part.holes)]
        if all(turned) and shapely.is_valid(chord_polygon(part)):
            return part
        loops = (part.exterior, *part.holes)
        clashing = {id(piece) for piece in _clashing(loops, turned)}
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


def _turn(loop: Loop) -> int:
    """Whether the chords go round to the left, 1, or to the right, -1; 0 if they are no ring."""
    ring = _ring(loop)
    if len(ring) < 3:
        return 0
    return 1 if shapely.is_ccw(shapely.LinearRing(ring)) else -1


def _clashing(loops: tuple[Loop, ...], turned: list[bool]) -> Iterator[Piece]:
    """The pieces of rings that go the wrong way, and those whose chords meet others'."""
    for loop, right in zip(loops, turned, strict=True):
        if not right:
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
