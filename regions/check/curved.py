"""The proof for curved shapes: a network with separators of any degree against the CSG tree.

Both are functions of the signs of polynomials, the atoms: the borders of the shape's primitives,
and the network's separators. Each separator is read as the border that it is, or is the rounding
of (`curves/reading.py`). Then

1. network and shape are compared over all signs that the atoms can have: if they agree, they
   agree in every point of the plane;
2. otherwise the window is divided into boxes, and the plane beyond it too, until in each box
   network and shape agree, for certain in spite of rounding, or a point shows that they do not
   (`curves/subdivision.py`).

The reference is the tree's own definition (`curves/definition.py`): no polygon for a circle, and
nothing of the compiler.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from fractions import Fraction

from regions.check.curves.agreement import Agreement
from regions.check.curves.charts import charts, unit_area
from regions.check.curves.question import Question
from regions.check.curves.search import Differences, Search
from regions.check.curves.subdivision import Budget, Findings, Subdivision
from regions.check.proof import Proof, Verdict
from regions.geometry.directions import DIRECTION_ERROR
from regions.network.model import Network
from regions.shape.model import Bounds, Spec

TOLERANCE = 2.0**-20
"""Part of the shape's area that may be left undecided, about 1e-6."""

BOXES = 2**20
"""Boxes that are looked at within the window before the rest is left undecided."""

BOXES_BEYOND = 2**17
"""Likewise in each of the four parts of the plane beyond."""

CELLS = 2**27
"""Boxes times units and atoms, at most: what takes a few minutes."""


def prove_curved(network: Network, spec: Spec, tolerance: float = TOLERANCE) -> Proof:
    """Prove that a network's region is a shape, whatever the degree of their borders.

    With the separators read as said, and turned ellipses by a rational direction within 2^-120
    radians of theirs, the verdict is about every point of the plane; `distance` bounds how far a
    separator's curve lies from what it is read as. If the plane beyond the window could not be
    decided, `window_only` is set. `faces`, `edges` and `vertices` count the combinations of
    atoms' signs that were compared: with none, one, or several zeros. `tiles` counts boxes.

    A verdict of `equal except within an undecided area` says that no difference was found, and
    that all there may be lie within boxes of that area. It does not say that there are none. So
    with `equal except on the boundary`, where some area is undecided: outside of it.

    Args:
        network: Of one region.
        spec: The shape.
        tolerance: Part of the shape's area within the window that may be left undecided.

    Raises:
        NetworkError: The network has several regions.
    """
    begin = time.perf_counter()
    network.output()
    question, differences = Question.of(network, spec), Differences()
    agreement = Agreement(question)
    found: list[Findings] = []
    if not agreement.everywhere():
        found = list(_divided(agreement, differences, question, spec.window, tolerance))
    verdict, undecided = _concluded(question, differences, found[:1], spec.window)
    return Proof(
        verdict=verdict,
        lines=len(question.borders),
        curves=question.curves,
        faces=agreement.counts.faces,
        edges=agreement.counts.edges,
        vertices=agreement.counts.vertices,
        tiles=max(1, sum(f.boxes for f in found)),
        distance=_distance(question),
        undecided=undecided,
        window_only=verdict != "different" and any(f.open or f.strips for f in found[1:]),
        seconds=time.perf_counter() - begin,
        witness=differences.witness or differences.on_boundary,
    )


def _divided(
    agreement: Agreement,
    differences: Differences,
    question: Question,
    window: Bounds,
    tolerance: float,
) -> Iterator[Findings]:
    """The window, and if no witness was found there, the plane beyond."""
    inside, *beyond = charts(question.atoms, window)
    points = question.definition.bases.items()
    bases = {atom: inside.from_user(point) for atom, point in points}
    search, most = Search(question, inside, bases, differences), CELLS // question.width
    yield Subdivision(agreement, search, Budget(min(BOXES, most), tolerance)).run()
    for chart in beyond:
        if differences.witness is None:
            search = Search(question, chart, {}, differences)
            yield Subdivision(agreement, search, Budget(min(BOXES_BEYOND, most), None)).run()


def _concluded(
    question: Question, differences: Differences, window: list[Findings], bounds: Bounds
) -> tuple[Verdict, float]:
    """The verdict, and the area within the window that is left open."""
    if differences.witness is not None:
        return "different", 0.0
    undecided = _up(sum((_undecided(question, f, bounds) for f in window), Fraction(0)))
    if differences.some_on_boundary:
        return "equal except on the boundary", undecided
    return "equal except within an undecided area" if undecided else "equal", undecided


def _undecided(question: Question, found: Findings, window: Bounds) -> Fraction:
    """Area of the boxes and strips that are left open."""
    strips = question.twins.areas[sorted(found.strips)].tolist()
    return found.open * unit_area(window) + sum(map(Fraction, strips))


def _distance(question: Question) -> float:
    """Between separators and what they are read as, and between that and the shape's own curves.

    The second is so for turned ellipses and for cubic curves.
    """
    definition = question.definition
    turned = [float(max(c.radii)) for c in definition.conics if c.turned]
    read = max(question.reading.distance, DIRECTION_ERROR * max(turned, default=0.0))
    return read + definition.deviation


def _up(area: Fraction) -> float:
    """A double that is not smaller."""
    nearest = float(area)
    return nearest if nearest >= area else math.nextafter(nearest, math.inf)
