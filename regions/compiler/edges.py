"""Strategy `edges`: Peterson's formula, in which each edge of the polygon stands once.

A polygon is the AND of its rings; an exterior is the AND of two chains, a hole, whose outside
counts, the OR of two; the chains are split down to edges by `geometry/peterson.py`. No separator is
negated and no line is added, but for the caps of needles: one separator for each edge, and a gate
wherever an AND of edges meets an OR.
"""

from __future__ import annotations

import numpy as np
import shapely

from regions.compiler.boundary import boundary_separators
from regions.compiler.caps import add_cap, needles
from regions.compiler.formula import FormulaBuilder, Kind, Label, literal
from regions.compiler.separators import SeparatorPool
from regions.geometry.frame import Points, lattice_step
from regions.geometry.peterson import Ints, SplitTree, split_tree
from regions.geometry.rings import BoundaryEdges


def polygon_by_edges(
    polygon: shapely.Polygon, path: str, builder: FormulaBuilder, pool: SeparatorPool
) -> int:
    """Add one valid polygon, in the user's coordinates; returns its signal.

    Args:
        polygon: With or without holes; no empty parts.
        path: First part of the names of its units.
        builder: Receives the gates.
        pool: Receives the separators.
    """
    boundary, separators = boundary_separators(polygon, path, pool)
    literals = [literal(separator) for separator in separators]
    exact = lattice_step(boundary.vertices) is not None
    tips = [] if exact else needles(boundary).tolist()
    inputs: list[int] = []
    for number, edges in enumerate(_rings(boundary)):
        ring = boundary.vertices[boundary.line_start[edges]]
        tree = split_tree(ring, hole=number > 0, exact=exact)
        own = [tip - edges.start for tip in tips if edges.start <= tip < edges.stop]
        caps = _caps(ring, tree, own, f"{path}.ring[{number}]" if number else path, pool)
        if number == 0:
            inputs = _ring(tree, literals[edges], caps, path, builder)
        else:
            label = Label(f"{path}.ring", number)
            hole = _ring(tree, literals[edges], caps, str(label), builder)
            inputs.append(builder.disjunction(hole, label))
    return builder.conjunction(inputs, Label(path))


def _rings(boundary: BoundaryEdges) -> list[slice]:
    """The straight edges of each ring."""
    starts = np.flatnonzero(np.diff(boundary.line_ring, prepend=-1)).tolist()
    ends = [*starts[1:], len(boundary.line_ring)]
    return [slice(start, end) for start, end in zip(starts, ends, strict=True)]


def _caps(
    ring: Points, tree: SplitTree, tips: list[int], path: str, pool: SeparatorPool
) -> dict[int, list[int]]:
    """Caps on needles, by the row of the tree that is split at the tip.

    A cap must have the whole chain on its inner side, rays included: what the row's AND stands for
    lies in their hull.
    """
    found: dict[int, list[int]] = {}
    for number, tip in enumerate(tips):
        row = int(np.flatnonzero((tree.vertex % len(ring) == tip) | (tree.lo == tip))[0])
        chain = ring[np.arange(tree.lo[row], tree.hi[row] + 1) % len(ring)]
        rays = np.stack([chain[0] - chain[1], chain[-1] - chain[-2]]) if row else np.empty((0, 2))
        away = np.concatenate([chain - ring[tip], rays])
        ahead, behind = ring[(tip + 1) % len(ring)] - ring[tip], ring[tip - 1] - ring[tip]
        inward = ahead / np.abs(ahead).max() + behind / np.abs(behind).max()
        away = away[(away != 0).any(axis=1)]
        cap = add_cap(ring[tip], away, inward, Label(f"{path}.cap", number), pool)
        if cap is not None:
            found.setdefault(row, []).append(cap)
    return found


def _ring(
    tree: SplitTree,
    literals: list[int],
    caps: dict[int, list[int]],
    path: str,
    builder: FormulaBuilder,
) -> list[int]:
    """Add a ring's gates, each before its readers; returns the inputs of the topmost."""
    gate = _gate_of(tree)
    inputs = _inputs(tree, gate, len(literals))
    capped: dict[int, list[int]] = {}
    for row, added in caps.items():
        capped.setdefault(int(gate[row]), []).extend(added)
    signals: dict[int, int] = {}
    name = f"{path}.gate"
    for number, row in enumerate(reversed(inputs)):
        found = [signals[i] if i >= 0 else literals[~i] for i in inputs[row]]
        found += capped.get(row, ())
        if row == 0:
            return found
        kind: Kind = "and" if tree.conjunction[row] else "or"
        signals[row] = builder.gate(kind, found, Label(name, number))
    raise AssertionError("row 0 is the ring")


def _gate_of(tree: SplitTree) -> Ints:
    """`(s,)` the row whose gate each row belongs to: a like parent's, by pointer jumping."""
    rows = np.arange(len(tree.parent))
    alike = tree.conjunction == tree.conjunction[tree.parent]
    gate = np.where(alike & (rows > 0), tree.parent, rows)
    while (gate[gate] != gate).any():
        gate = gate[gate]
    return gate


def _inputs(tree: SplitTree, gate: Ints, count: int) -> dict[int, list[int]]:
    """What each gate reads, in the order of the ring: rows of gates, and ~k for edge k."""
    first = np.flatnonzero(tree.vertex - tree.lo == 1)
    second = np.flatnonzero(tree.hi - tree.vertex == 1)
    below = np.flatnonzero(gate == np.arange(len(gate)))[1:]
    place = np.concatenate([tree.lo[first], tree.vertex[second], tree.lo[below]])
    reader = gate[np.concatenate([first, second, tree.parent[below]])]
    edges = ~(place[: len(first) + len(second)] % count)
    order = np.lexsort((place, reader))
    nodes = np.concatenate([edges, below])[order].tolist()
    starts = np.flatnonzero(np.diff(reader[order], prepend=-1))
    ends = [*starts[1:].tolist(), len(nodes)]
    found = zip(reader[order][starts].tolist(), starts.tolist(), ends, strict=True)
    return {row: nodes[start:end] for row, start, end in found}
