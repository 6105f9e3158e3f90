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

from regions.check.curves.agreement import Agreement, Counts
from regions.check.curves.charts import charts, unit_area
from regions.check.curves.question import Question
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


def prove_curved(network: Network, spec: Spec, tolerance: float = TOLERANCE) -> Proof:
    """Prove that a network's region is a shape, whatever the degree of their borders.

    With the separators read as said, and turned ellipses by a rational direction within 2^-120
    radians of theirs, the verdict is about every point of the plane; `distance` bounds how far a
    separator's curve lies from what it is read as. If the plane beyond the window could not be
    decided, `window_only` is set. `faces`, `edges` and `vertices` count the combinations of
    atoms' signs that were compared: with none, one, or several zeros. `tiles` counts boxes.

    A verdict of `equal except within an undecided area` says that no difference was found, and
    that all there may be lie within boxes of that area. It does not say that there are none.

    Args:
        network: Of one region.
        spec: The shape.
        tolerance: Part of the shape's area within the window that may be left undecided.

    Raises:
        NetworkError: The network has several regions.
    """
    begin = time.perf_counter()
    network.output()
    question = Question.of(network, spec)
    agreement = Agreement(question)
    found: list[Findings] = []
    if not agreement.everywhere():
        found = list(_divided(question, agreement, spec, tolerance))
    return _concluded(question, agreement.counts, found, spec, time.perf_counter() - begin)


def _divided(
    question: Question, agreement: Agreement, spec: Spec, tolerance: float
) -> Iterator[Findings]:
    """The window, and if nothing was found there, the plane beyond."""
    window, *beyond = charts(question.atoms, spec.window)
    bases = {
        conic.literal.atom: window.from_user(conic.vertex) for conic in question.definition.conics
    }
    budget = Budget(BOXES, tolerance)
    found = Subdivision(question, agreement, window, bases, budget).run()
    yield found
    for chart in beyond:
        if found.witness is None:
            known = Findings(differs_on_boundary=found.differs_on_boundary)
            budget = Budget(BOXES_BEYOND, None)
            found = Subdivision(question, agreement, chart, {}, budget, known).run()
            yield found


def _concluded(
    question: Question, counts: Counts, found: list[Findings], spec: Spec, seconds: float
) -> Proof:
    window, beyond = found[:1], found[1:]
    witness = next((f.witness for f in found if f.witness is not None), None)
    on_boundary = next((f.on_boundary for f in found if f.on_boundary is not None), None)
    undecided = sum((_undecided(question, f, spec.window) for f in window), Fraction(0))
    verdict: Verdict = "equal"
    if witness is not None:
        verdict = "different"
    elif any(f.differs_on_boundary for f in found):
        verdict = "equal except on the boundary"
    elif undecided:
        verdict = "equal except within an undecided area"
    return Proof(
        verdict=verdict,
        lines=len(question.atoms),
        faces=counts.faces,
        edges=counts.edges,
        vertices=counts.vertices,
        tiles=max(1, sum(f.boxes for f in found)),
        distance=_distance(question),
        undecided=0.0 if witness is not None else _up(undecided),
        seconds=seconds,
        witness=witness if witness is not None else on_boundary,
        window_only=witness is None and any(f.open or f.strips for f in beyond),
    )


def _undecided(question: Question, found: Findings, window: Bounds) -> Fraction:
    """Area of the boxes and strips that are left open."""
    strips = question.twins.areas[sorted(found.strips)].tolist()
    return found.open * unit_area(window) + sum(map(Fraction, strips))


def _distance(question: Question) -> float:
    """Between separators and what they are read as, and between turned ellipses and theirs."""
    turned = [float(max(c.radii)) for c in question.definition.conics if c.turned]
    return max(question.reading.distance, DIRECTION_ERROR * max(turned, default=0.0))


def _up(area: Fraction) -> float:
    """A double that is not smaller."""
    nearest = float(area)
    return nearest if nearest >= area else math.nextafter(nearest, math.inf)
