"""Strategy `auto`: the smallest network of all strategies, and what was compared.

Strategies that cannot win are spared. For a shape that is one polygon, or several, bounds on their
networks follow from the one that `edges` gives:

* Each of the distinct lines that carry its edges needs a separator of its own, and several
  separators need a gate. Lines that rounding cannot tell apart may share one, and count once.
* A cover in more than one term has two gates: the OR takes in one AND, not two.
* A convex partition has at least one piece for each polygon, and one for each two reflex vertices,
  less the holes: a diagonal serves two such vertices at most, and makes a piece of its own unless
  it joins two rings. Every piece is a unit. In Peterson's formula a reflex vertex is an OR.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from regions.compiler.demands import distinguishable
from regions.compiler.refusal import NotCompilableError
from regions.compiler.strategies import NAMED, Build, Compared, Draft, compiled
from regions.errors import Problem
from regions.shape.model import Polygonal, Spec

ORDER = ("edges", "one-layer", "cover", "parts")
"""`edges` first: it gives the bounds."""


def smallest(spec: Spec, max_depth: int | None = None) -> Build:
    """The network with the fewest units within a depth; of equals the shallowest.

    Raises:
        NotCompilableError: No strategy stays within the depth.
        SpecError: The shape cannot be compiled at all.
    """
    draft = Draft(spec)
    found: dict[str, Compared] = {}
    best: Build | None = None
    for name in ORDER:
        least = 0 if best is None else _least_size(name, best)
        if best is not None and least >= best.network.size:
            reason = f"at least {least:,} units, so not tried"
            found[name] = Compared(name, None, None, reason, spared=True)
            continue
        try:
            made = compiled(draft, name)
        except NotCompilableError as refusal:
            reason = "; ".join(problem.message for problem in refusal.problems)
            found[name] = Compared(name, None, None, reason)
            continue
        deep = max_depth is not None and made.network.depth > max_depth
        too_deep = f"depth {made.network.depth} exceeds {max_depth}" if deep else ""
        found[name] = replace(Compared.of(made), reason=too_deep)
        if not deep and (best is None or _rank(made) < _rank(best)):
            best = made
    if best is None:
        raise _too_deep(found.values(), max_depth)
    return replace(best, compared=tuple(found[name] for name in NAMED))


def _rank(made: Build) -> tuple[int, int]:
    return made.network.size, made.network.depth


def _too_deep(found: Iterable[Compared], max_depth: int | None) -> NotCompilableError:
    depths = ", ".join(f"{c.strategy} {c.depth}" for c in found if c.depth is not None)
    said = f"no network has a depth of {max_depth} or less; the strategies need: {depths}"
    return NotCompilableError([Problem(f"{said}; allow more")])


def _least_size(name: str, best: Build) -> int:
    """Fewest units that a strategy could give, as far as is known; see the head of this file."""
    shape = best.spec.shape
    if not isinstance(shape, Polygonal) or best.strategy != "edges":
        return 0
    network = best.network
    lines = network.n_separators - best.n_caps
    if not network.exact:
        lines = distinguishable(network.weights, network.bias) - best.n_caps
    match name:
        case "one-layer":
            return lines + (lines > 1)
        case "cover":
            return lines + (lines > 1) + (best.network.n_gates > 1)
        case _:
            pieces = _least_pieces(best, shapely.get_parts(shape.geometry))
            return lines + pieces + (pieces > 1)


def _least_pieces(edges: Build, polygons: NDArray[np.object_]) -> int:
    count = len(polygons)
    holes = int(shapely.get_num_interior_rings(polygons).sum())
    formula = edges.formula
    choices = int((np.diff(formula.start) - 1)[formula.needed & formula.disjunction].sum())
    reflex = choices - (count - 1)
    return max(count, count + (reflex + 1) // 2 - holes)
