"""Strategy `cover`: a polygon as the OR of ANDs of its own edges, with overlap: three layers.

Each term is the AND of some half-planes to the left of edges. No line is added and none negated:
where `parts` needs a diagonal for each piece more, a cover lets the pieces run on beyond it, as far
as the edges allow. For polygons of up to some hundred edges this takes the fewest units of all
forms with three layers: one an edge, one a term, and the OR.

A union of closed convex sets with an inside is known by its inside. So it is right if it is right
on all faces of the arrangement of the edges' lines: `faces.py` finds these, `covering.py` few terms
for them.

A term's sides may meet far away at a narrow angle, and where weights are rounded it would reach out
beyond such a corner. A corner sharper than `SLIVER` gets a cap, the line through it parallel to the
axis that the corner's cone crosses: it only cuts off what rounding adds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import numpy as np
import shapely

from regions.compiler.boundary import boundary_separators
from regions.compiler.covering import cover
from regions.compiler.faces import polygon_faces
from regions.compiler.formula import FormulaBuilder, literal
from regions.compiler.refusal import NotCompilableError
from regions.compiler.separators import SeparatorPool
from regions.errors import Problem
from regions.geometry.arrangement import Line
from regions.geometry.frame import lattice_step
from regions.geometry.rings import boundary_edges
from regions.network.names import Label, names_of
from regions.shape.model import LARGEST, Polygonal, Shape, bottom_up
from regions.tolerances import SLIVER

COVER_EDGES = 300
"""Most straight edges of all polygons of a shape for which covers are looked for: that takes up to
four seconds and 250 MB; 200 edges take one second, 100 a quarter."""


_TOO_MANY = (
    f"the polygons have more than {COVER_EDGES} straight edges, up to which a cover is looked for; "
    "use strategy edges, or parts for three layers"
)


def refuse_many_edges(shape: Shape) -> None:
    """Raise NotCompilableError for a shape whose covers would take too long."""
    count = 0
    for node in bottom_up(shape):
        if isinstance(node, Polygonal):
            count += len(boundary_edges(node.geometry).line_start)
    if count > COVER_EDGES:
        raise NotCompilableError([Problem(_TOO_MANY)])


def polygon_by_cover(
    polygon: shapely.Polygon, path: str, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add one valid polygon, in the user's coordinates; returns its signal.

    Args:
        polygon: With or without holes; no empty parts.
        path: First part of the names of its units.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    boundary, separators = boundary_separators(polygon, [path], pool)
    faces = polygon_faces(boundary)
    # Edges on one line that face one way are one half-plane: any of their separators will do.
    literals = dict(zip(faces.plane.tolist(), map(literal, separators.tolist()), strict=True))
    terms = cover(faces.inside, faces.outside)
    caps = _Caps(path, pool, needed=lattice_step(boundary.vertices) is None)
    nodes = []
    for number, term in enumerate(terms):
        inputs = [literals[plane] for plane in term] + caps.of([faces.lines[i] for i in term])
        label = Label(f"{path}.term", number) if len(terms) > 1 else Label(path)
        nodes.append(builder.conjunction(inputs, label))
    return builder.disjunction(nodes, Label(path))


class _Caps:
    """Adds the caps of terms."""

    def __init__(self, path: str, pool: SeparatorPool, needed: bool) -> None:
        self._path = path
        self._pool = pool
        self._needed = needed
        self._count = 0

    def of(self, term: list[Line]) -> list[int]:
        """The literals of a term's caps; none where weights are exact."""
        return [self._add(cap) for cap in _sharp_corners(term)] if self._needed else []

    def _add(self, cap: tuple[float, float, float]) -> int:
        label = Label(f"{self._path}.cap", self._count)
        self._count += 1
        line = np.array([cap])
        # Parallel to an axis, through a double: exact, though the corner may have been rounded.
        [separator] = self._pool.add_caps(line[:, :2], line[:, 2], names_of([label]), exact=True)
        return literal(separator)


def _sharp_corners(term: list[Line]) -> Iterator[tuple[float, float, float]]:
    """The caps `(w0, w1, b)` on the corners of a convex polygon that are sharper than `SLIVER`.

    Corners where no shape may reach have none: a bias need not hold them.

    Args:
        term: The lines of its sides, positive inside.
    """
    for first, second in combinations(term, 2):
        (a, b, c), (d, e, f) = first, second
        sine, cosine = a * e - b * d, a * d + b * e
        # The angle inside is the one between the lines where these face each other.
        if sine != 0 and abs(sine) < -Fraction(SLIVER) * cosine:
            x, y = Fraction(b * f - c * e, sine), Fraction(c * d - a * f, sine)
            inside = all(line[0] * x + line[1] * y + line[2] >= 0 for line in term)
            if inside and max(abs(x), abs(y)) < LARGEST:
                yield _cap(x, y, (b, -a) if sine < 0 else (-b, a))


def _cap(x: Fraction, y: Fraction, inward: tuple[int, int]) -> tuple[float, float, float]:
    """The line through a corner, or an ulp outside it, with what lies inwards on its inner side."""
    if abs(inward[0]) >= abs(inward[1]):
        sign = 1.0 if inward[0] > 0 else -1.0
        return sign, 0.0, _at_least(-Fraction(sign) * x)
    sign = 1.0 if inward[1] > 0 else -1.0
    return 0.0, sign, _at_least(-Fraction(sign) * y)


def _at_least(value: Fraction) -> float:
    rounded = float(value)
    return rounded if rounded >= value else math.nextafter(rounded, math.inf)
