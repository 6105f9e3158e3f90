"""Paths as formulas: the polygon of the chords, and a lens for every curve.

Winding numbers add up: that of the chords' polygon, plus the lenses that bulge outwards, less those
that cut in, is the winding number of the curves themselves, also where lenses overlap one another
or the polygon. Where it can be only 0 or 1 (`outline.py`) the region is `polygon + outward - inward
>= 1`, one gate. On a chord its separator fires, for the polygon and for the lens alike: there is no
seam. Paths whose contours meet are left to `winding.py`.

Of a contour with two pieces no polygon is left, only lenses on one line; of a whole ellipse no
chord either, only its conic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeAlias

import numpy as np
import shapely

from regions.compiler.boundary import half_planes
from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.lenses import LensMaker, Tally
from regions.compiler.separators import SeparatorPool
from regions.compiler.winding import filled
from regions.geometry.chords import chord_polygon, chorded_parts, closed_side, is_bare, is_ellipse
from regions.geometry.contours import path_loops
from regions.geometry.frame import Points, lattice_step
from regions.geometry.outline import Loop, Part
from regions.geometry.pieces import Chord
from regions.geometry.rings import boundary_edges
from regions.geometry.segments import Contour, Pair, control_points
from regions.network.names import Label, names_of
from regions.shape.model import Path

Polygons: TypeAlias = shapely.Polygon | shapely.MultiPolygon

PolygonStrategy: TypeAlias = Callable[
    [Polygons, Sequence[str], FormulaBuilder, SeparatorPool], list[int]
]
"""Adds polygons, each under a name of its own, and returns their signals."""


def add_path(
    path: Path, name: str, polygons: PolygonStrategy, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add a path; returns the signal of its region.

    Args:
        path: Any.
        name: First part of the names of its units.
        polygons: How the polygons of its chords become formulas.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    loops, _ = path_loops(path.contours)
    found = chorded_parts(loops, path.fill)
    if found is None:
        return filled(loops, path.fill, name, builder, pool)
    compiler, several = _Compiler(polygons, builder, pool), len(found) > 1
    signals = [
        compiler.part(part, f"{name}.part[{i}]" if several else name)
        for i, part in enumerate(found)
    ]
    return builder.disjunction(signals, Label(name))


def path_points(contours: Iterable[Contour]) -> Points:
    """`(n, 2)` the points the frame must not round: all control points."""
    return np.array(
        [p for contour in contours for segment in contour for p in control_points(segment)]
    )


class _Compiler:
    """Adds parts, whose chords have been seen to."""

    def __init__(
        self, polygons: PolygonStrategy, builder: FormulaBuilder, pool: SeparatorPool
    ) -> None:
        self._polygons = polygons
        self._builder = builder
        self._pool = pool

    def part(self, part: Part, name: str) -> int:
        """A region without gaps: the ringed contours together, and each bare one for itself."""
        lenses = LensMaker(name, self._builder, self._pool)
        bare = [hole for hole in part.holes if is_bare(hole)]
        if len(bare) == len(part.holes) and is_bare(part.exterior):
            inputs = [self._bare(part.exterior, lenses, f"{name}.lenses")]
        else:
            ringed = Part(part.exterior, tuple(h for h in part.holes if h not in bare))
            inputs = [self._ringed(ringed, lenses, f"{name}.outline" if bare else name)]
        inputs += [
            self._bare(hole, lenses, f"{name}.hole[{i}]", closed_outside=True)
            for i, hole in enumerate(bare)
        ]
        return self._builder.conjunction(inputs, Label(name))

    def _ringed(self, part: Part, lenses: LensMaker, name: str) -> int:
        """The polygon of the chords, and the lenses."""
        polygon = chord_polygon(part)
        tally = Tally()
        loops = (part.exterior, *part.holes)
        curved = any(not isinstance(piece, Chord) for loop in loops for piece in loop)
        own = f"{name}.chords" if curved else name
        tally.more += self._polygons(polygon, [own], self._builder, self._pool)
        if curved:
            sides = self._sides(polygon, f"{own}.edge")
            pieces = list(chain(*loops))
            ends = self._pool.frame.to_unit(np.array([[p.start, p.end] for p in pieces]))
            for piece, (start, end) in zip(pieces, ends.tolist(), strict=True):
                lenses.add(piece, sides[tuple(start), tuple(end)], tally)
        return tally.at_least(1, self._builder, Label(name))

    def _sides(self, polygon: shapely.Polygon, name: str) -> dict[tuple[Pair, Pair], int]:
        """The signal of the left side of each chord: the polygon's own separators.

        The keys are the chords' ends in the frame's coordinates.
        """
        frame, pool = self._pool.frame, self._pool
        boundary = boundary_edges(shapely.transform(polygon, frame.to_unit))
        vertices = boundary.vertices
        ends = np.stack([boundary.line_start, boundary.line_end], axis=1)
        sides = []
        for number, line in enumerate(frame.from_unit(vertices[ends])):
            found = pool.drawn_through(line)
            sides.append(self._line(line, f"{name}[{number}]") if found is None else literal(found))
        pairs = zip(vertices[boundary.start].tolist(), vertices[boundary.end].tolist(), strict=True)
        keys = [(tuple(start), tuple(end)) for start, end in pairs]
        return dict(zip(keys, (sides[line] for line in boundary.line.tolist()), strict=True))

    def _bare(self, loop: Loop, lenses: LensMaker, name: str, closed_outside: bool = False) -> int:
        """A whole ellipse, or what two pieces enclose; or for a hole its outside.

        The two chords lie on one line, and one separator serves both.
        """
        arc = loop[0]
        if is_ellipse(loop) and not isinstance(arc, Chord):
            return lenses.outside(arc) if closed_outside else lenses.inside(arc)
        base = closed_side(loop)
        side = self._line(np.array([loop[base].start, loop[base].end]), f"{name}.chord")
        tally = Tally()
        for i, piece in enumerate(loop):
            lenses.add(piece, side ^ (i != base), tally)
        return tally.at_least(0 if closed_outside else 1, self._builder, Label(name))

    def _line(self, ends: Points, name: str) -> int:
        """The signal of the left side of a line through two points."""
        unit = self._pool.frame.to_unit(ends)
        weights, bias, exactly = half_planes(unit[:1], unit[1:], lattice_step(unit))
        names = names_of([Label(name)])
        numbers = self._pool.add_lines(weights, bias, ends[np.newaxis], names, exactly)
        return literal(int(numbers[0]))
