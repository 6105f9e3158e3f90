"""Curves cut where x or y turns back: between these points both only rise or only fall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from regions.geometry.arcs import centred
from regions.geometry.curves import Arcs, Beziers, Curves, Floats, Ints
from regions.geometry.segments import Arc, Contour, Line, Segment

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Monotone:
    """Pieces of curves, monotone in x and in y up to the curves' errors.

    Attributes:
        curves: All of one family.
        curve: `(n,)` the curve of each piece.
        turns: `(n, 2)` the parameters of its lower and of its upper end.
        ends: `(n, 2, 2)` these ends. Where a curve begins and ends they are its own, elsewhere
            computed, and the same for both pieces that meet there.
        winding: `(n,)` 1 if its curve runs upwards, -1 if downwards, 0 if it is level.
        straight: `(n,)` whether it is the straight line between its ends, exactly.
    """

    curves: Curves
    curve: Ints
    turns: Floats
    ends: Floats
    winding: Ints
    straight: Bools

    @property
    def errors(self) -> Floats:
        """`(n,)` by how much, in each coordinate, a computed point may be off."""
        return self.curves.errors[self.curve]


def monotone_pieces(contours: Iterable[Contour]) -> tuple[Monotone, ...]:
    """The monotone pieces of all segments, by family."""
    segments = [segment for contour in contours for segment in contour]
    lines = [segment for segment in segments if isinstance(segment, Line)]
    arcs = [segment for segment in segments if isinstance(segment, Arc)]
    bent = [segment for segment in segments if not isinstance(segment, Line | Arc)]
    ends = np.array([(line.start, line.end) for line in lines]).reshape(-1, 2, 2)
    found = [straight_pieces(ends)]
    if bent:
        found.append(_cut(Beziers.of(bent), bent))
    if arcs:
        found.append(_cut(Arcs(tuple(map(centred, arcs))), arcs))
    return tuple(found)


def straight_pieces(edges: Floats) -> Monotone:
    """Edges as pieces: `(n, 2, 2)` from start to end."""
    start, end = edges[:, :1], edges[:, 1:]
    curves = Beziers(np.concatenate([start, (2 * start + end) / 3, (start + 2 * end) / 3, end], 1))
    every = np.arange(len(edges))
    turns = np.tile([0.0, 1.0], (len(edges), 1))
    return _directed(curves, every, turns, edges, np.ones(len(edges), dtype=np.bool_))


def segment_bounds(contours: Iterable[Contour]) -> tuple[float, float, float, float]:
    """The smallest box that holds all segments, up to rounding: `(xmin, ymin, xmax, ymax)`."""
    ends = np.concatenate([pieces.ends.reshape(-1, 2) for pieces in monotone_pieces(contours)])
    xmin, ymin, xmax, ymax = np.concatenate([ends.min(axis=0), ends.max(axis=0)]).tolist()
    return xmin, ymin, xmax, ymax


def _cut(curves: Curves, segments: Sequence[Segment]) -> Monotone:
    """Each curve at its extrema."""
    spans = curves.spans.tolist()
    marks = [
        [0.0, *sorted(curves.extrema(i), reverse=span < 0), span] for i, span in enumerate(spans)
    ]
    curve = np.repeat(np.arange(len(marks)), [len(along) - 1 for along in marks])
    turns = np.array([pair for along in marks for pair in pairwise(along)])
    ends = np.stack([curves.at(curve, turns[:, 0]), curves.at(curve, turns[:, 1])], axis=1)
    first = np.flatnonzero(np.diff(curve, prepend=-1))
    last = np.flatnonzero(np.diff(curve, append=len(marks)))
    ends[first, 0] = [segment.start for segment in segments]
    ends[last, 1] = [segment.end for segment in segments]
    return _directed(curves, curve, turns, ends, np.zeros(len(curve), dtype=np.bool_))


def _directed(
    curves: Curves, curve: Ints, turns: Floats, ends: Floats, straight: Bools
) -> Monotone:
    """Pieces that run from start to end, turned so that they run upwards."""
    winding = np.sign(ends[:, 1, 1] - ends[:, 0, 1]).astype(np.int64)
    falls = (winding < 0)[:, np.newaxis]
    return Monotone(
        curves=curves,
        curve=curve,
        turns=np.where(falls, turns[:, ::-1], turns),
        ends=np.where(falls[:, np.newaxis], ends[:, ::-1], ends),
        winding=winding,
        straight=straight,
    )
