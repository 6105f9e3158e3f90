"""Paths as regions over the signs of their lines and conics, read from their pieces.

Where the contours are known to be simple and apart (`geometry/chords.py`) each part is a region of
its own, and holes of one or two pieces are too; other paths are one winding number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

import numpy as np

from regions.check.curves.atoms import AtomTable, Literal, Literals
from regions.check.curves.signs import Signs, Truth
from regions.check.curves.winding import Ellipse, Lenses, Lune, Side, Winding
from regions.geometry.chords import chorded_parts, closed_side, is_bare, is_ellipse
from regions.geometry.levels import Level, crossings, most_turns
from regions.geometry.outline import Fill, Loop, Part
from regions.geometry.pieces import HALVED, Chord, Piece
from regions.geometry.polynomials import Point, exact, line_through
from regions.network.model import Bools, Floats, Ints

Region: TypeAlias = Winding | Lune | Ellipse


@dataclass(frozen=True, eq=False)
class Filled:
    """A path.

    Attributes:
        parts: Regions; a point belongs to the path if it is in all regions of one part.
        curves: The conics on which its curves lie, each with a rational point on it.
        borders: The atoms on whose curves its border lies.
        vertices: `(n, 2)` the ends of its pieces.
        rounding: How far these may be from the curves: they are where curves were halved.
    """

    parts: tuple[tuple[Region, ...], ...]
    curves: Mapping[Literal, Point]
    borders: Ints
    vertices: Floats
    rounding: float

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to it."""
        nowhere = np.zeros(signs.shape[1], dtype=np.bool_)
        said = (reduce(Truth.__and__, [r.truth(signs) for r in part]) for part in self.parts)
        return reduce(Truth.__or__, said, Truth(nowhere, nowhere))


def filled(loops: Sequence[Loop], fill: Fill, table: AtomTable) -> Filled:
    """Read a path, given as closed chains of pieces; its atoms are added to the table."""
    reader, parts = _Reader(table), list[tuple[Region, ...]]()
    found = chorded_parts(loops, fill)
    if found is None:
        chains = [tuple(loops)]
        parts.append((reader.winding(loops, fill),))
    else:
        chains = [(part.exterior, *part.holes) for part in found]
        parts += [tuple(reader.part(part)) for part in found]
    pieces = [piece for chain in chains for loop in chain for piece in loop]
    vertices = {piece.start for piece in pieces}
    halved = vertices - {piece.start for loop in loops for piece in loop}
    size = max((abs(c) for vertex in halved for c in vertex), default=0.0)
    arcs = [piece for loop in loops for piece in loop if not isinstance(piece, Chord)]
    # Of arcs on one ellipse it is the first whose ends lie on it exactly.
    curves = {table.add(arc.curve): exact(arc.start) for arc in reversed(arcs)}
    straight = {reader.line(piece).atom for piece in pieces if isinstance(piece, Chord)}
    return Filled(
        parts=tuple(parts),
        curves=curves,
        borders=np.array([*straight, *(atom for atom, _ in curves)], dtype=np.int64),
        vertices=np.array(sorted(vertices)).reshape(-1, 2),
        rounding=HALVED * size,
    )


class _Reader:
    """Adds the atoms of loops to a table."""

    def __init__(self, table: AtomTable) -> None:
        self._add = table.add

    def part(self, part: Part) -> Iterator[Region]:
        """Regions that a part is the common part of."""
        ringed = [hole for hole in part.holes if not is_bare(hole)]
        if not ringed and is_bare(part.exterior):
            yield self._bare(part.exterior, outside=False)
        else:
            yield self.winding([part.exterior, *ringed], None)
        for hole in part.holes:
            if is_bare(hole):
                yield self._bare(hole, outside=True)

    def _bare(self, loop: Loop, outside: bool) -> Region:
        arc = loop[0]
        if is_ellipse(loop) and not isinstance(arc, Chord):
            curve = -arc.curve if outside else arc.curve
            return Ellipse(Literals.of([self._add(curve)]))
        base = closed_side(loop)
        curved = [i for i, piece in enumerate(loop) if not isinstance(piece, Chord)]
        return Lune(
            line=Literals.of([self.line(loop[base])]),
            left=_column([i == base for i in curved]),
            lenses=self._lenses(loop),
            outside=outside,
        )

    def winding(self, loops: Sequence[Loop], fill: Fill | None) -> Winding:
        """Read loops; for `fill` see `Winding`."""
        found = crossings(loops)
        pieces = [crossing.piece for crossing in found]
        ends = [(c.start, c.end) if c.rises else (c.end, c.start) for c in found]
        curved = [i for i, piece in enumerate(pieces) if not isinstance(piece, Chord)]
        return Winding(
            left=Literals.of(map(self.line, pieces)),
            low=self._side([low for low, _ in ends]),
            high=self._side([high for _, high in ends]),
            rises=_column([crossing.rises for crossing in found]),
            curved=np.array(curved, dtype=np.int64),
            lenses=self._lenses(pieces),
            fill=fill,
            most=most_turns(loops),
        )

    def line(self, piece: Piece) -> Literal:
        """The line of a piece's chord, positive on its left."""
        return self._add(line_through(exact(piece.start), exact(piece.end)))

    def _lenses(self, pieces: Sequence[Piece]) -> Lenses:
        arcs = [piece for piece in pieces if not isinstance(piece, Chord)]
        fences = [(i, arc.fence) for i, arc in enumerate(arcs) if arc.fence is not None]
        return Lenses(
            inner=Literals.of(self._add(arc.curve) for arc in arcs),
            outward=_column([arc.turn > 0 for arc in arcs]),
            fence=Literals.of(self._add(fence) for _, fence in fences),
            fenced=np.array([i for i, _ in fences], dtype=np.int64),
        )

    def _side(self, levels: Sequence[Level]) -> Side:
        literals = Literals.of(self._add(level.line) for level in levels)
        return Side(literals, _column([level.strict for level in levels]))


def _column(values: Sequence[bool]) -> Bools:
    return np.array(values, dtype=np.bool_).reshape(-1, 1)
