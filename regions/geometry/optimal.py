"""The least number of convex pieces of a ring, cut along diagonals: dynamic programming.

Keil, "Decomposing a polygon into simpler components" (1985); Keil and Snoeyink, "On the time bound
for convex decomposition of simple polygons" (2002). For vertices i < k that see each other, let the
**pocket** be the part of the polygon between the diagonal ik and the vertices i..k. The piece that
lies along ik in the pocket shows a **chain** of sides from i to k. What counts of a chain is

* the number of diagonals drawn in the pocket, ik itself not among them;
* its first and its last side, with which the piece has to go on convexly beyond ik.

Drawing ik too costs one diagonal and leaves the other side free to go on as it likes. So only
chains with the least number of diagonals matter, and of these, those whose sides do not turn out
further than another's. A chain over ik is put together at an inner vertex j from a chain, or a
side, over ij and one over jk. All diagonals have a reflex end; where i is reflex, the chain over jk
is a side, as the triangles of the piece may fan out from i; otherwise k is reflex, and the other
one is a side.

Of partitions with equally few pieces, the one with the shortest diagonals in all is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from regions.geometry.diagonals import Diagonals, diagonals
from regions.geometry.frame import Points
from regions.geometry.predicates import orientation

OPTIMAL_VERTICES = 200
"""Largest ring taken. Coasts of that size need 0.3 s, rings whose vertices nearly all see each
other 1.3 s; rings with long rows of vertices that are collinear but for rounding 5 s, most of it
for deciding these by rational arithmetic. The table of turns takes n^3 bytes."""


class _Chain(NamedTuple):
    """Sides of one piece from vertex i to k, convex at its inner vertices.

    Attributes:
        drawn: Number of diagonals needed in the pocket, among the sides and beyond them.
        length: Their length in all.
        first: Vertex after i.
        last: Vertex before k.
        inner: Vertex at which the chain was put together; -1 for a single side.
        left: From i to there.
        right: From there to k.
    """

    drawn: int
    length: float
    first: int
    last: int
    inner: int = -1
    left: _Chain | None = None
    right: _Chain | None = None


def optimal_pieces(ring: Points) -> list[list[int]] | None:
    """Cut a simple ring into as few convex pieces as diagonals between its vertices allow.

    Args:
        ring: `(n, 2)` distinct vertices, counter-clockwise; collinear ones allowed.

    Returns:
        The vertices around each piece, counter-clockwise; corners of 180 degrees are among them.
        None where there is no such partition: then the ring is not simple.
    """
    reflex = orientation(np.roll(ring, 1, axis=0), ring, np.roll(ring, -1, axis=0)) < 0
    if not reflex.any():
        return [list(range(len(ring)))]
    # The whole ring is the pocket of its last edge; some end of that has to be reflex.
    shift = int(np.argmax(reflex))
    turned = np.roll(ring, -shift, axis=0)
    pieces = _Search(turned, diagonals(turned)).pieces()
    return pieces and [[(vertex + shift) % len(ring) for vertex in piece] for piece in pieces]


class _Search:
    """The chains over all pockets, from the smallest up.

    Attributes:
        options: By pocket (i, k): how a piece may run from i to k, on one side or a chain.
        drawn: The chain behind each diagonal, if it is drawn.
    """

    def __init__(self, ring: Points, found: Diagonals) -> None:
        self.options: dict[tuple[int, int], list[_Chain]] = {}
        self.drawn: dict[tuple[int, int], _Chain] = {}
        self._ring = ring.tolist()
        self._reflex = found.reflex.tolist()
        self._sides = found.sides
        self._into = [np.flatnonzero(row).tolist() for row in np.tril(found.sides)]
        self._out = [np.flatnonzero(row).tolist() for row in np.triu(found.sides)]
        # At (a * n + b) * n + c: whether a piece on the left of a, b, c is convex at b.
        self._convex = (found.turns >= 0).tobytes()
        first, last = np.nonzero(np.triu(found.visible))
        order = np.argsort(last - first, kind="stable")
        for i, k in zip(first[order].tolist(), last[order].tolist(), strict=True):
            self._add(i, k)

    def pieces(self) -> list[list[int]] | None:
        """The vertices around each piece of the best partition."""
        base = (0, len(self._ring) - 1)
        if base not in self.drawn:
            return None
        pieces = []
        pockets = [base]
        while pockets:
            i, k = pockets.pop()
            piece = [i, *_ends(self.drawn[i, k], k)]
            pockets += [side for side in pairwise(piece) if side in self.drawn]
            pieces.append(piece)
        return pieces

    def _add(self, i: int, k: int) -> None:
        """Find what may be drawn over a pocket; smaller ones have been added."""
        if k - i == 1:
            self.options[i, k] = [_Chain(0, 0.0, k, i)]
            return
        chains = self._chains(i, k)
        self.options[i, k] = chains
        if chains and self._sides[i, k]:
            best = min(chains, key=lambda chain: chain.length)
            length = best.length + math.dist(self._ring[i], self._ring[k])
            self.drawn[i, k] = best
            self.options[i, k] = [_Chain(best.drawn + 1, length, k, i), *chains]

    def _chains(self, i: int, k: int) -> list[_Chain]:
        """The chains over a pocket that another one does not make superfluous."""
        kept: list[_Chain] = []
        for j, left, right in self._pairs(i, k):
            drawn = left.drawn + right.drawn
            if not kept or drawn <= kept[0].drawn:
                length = left.length + right.length
                chain = _Chain(drawn, length, left.first, right.last, j, left, right)
                kept = _keep(kept, chain)
        return kept

    def _pairs(self, i: int, k: int) -> Iterator[tuple[int, _Chain, _Chain]]:
        """Chains that meet in an inner vertex: one of the two is a side.

        With the edge from k to i they are convex at all three. Nothing is asked more often, so the
        table is read here, and first what one of the two alone decides.
        """
        n, convex = len(self._ring), self._convex
        square, at_i, at_k = n * n, (k * n + i) * n, k * n + i
        if self._reflex[i]:
            for j in self._into[k]:
                if lefts := self.options.get((i, j)):
                    right = self.options[j, k][0]
                    if convex[right.last * square + at_k]:
                        at_j = j * n + right.first
                        for left in lefts:
                            if convex[at_i + left.first] and convex[left.last * square + at_j]:
                                yield j, left, right
        else:
            for j in self._out[i]:
                if rights := self.options.get((j, k)):
                    left = self.options[i, j][0]
                    if convex[at_i + left.first]:
                        at_j = (left.last * n + j) * n
                        for right in rights:
                            if convex[at_j + right.first] and convex[right.last * square + at_k]:
                                yield j, left, right


def _keep(kept: list[_Chain], new: _Chain) -> list[_Chain]:
    """The best chains, one more considered, of as many diagonals or fewer."""
    if kept and new.drawn < kept[0].drawn:
        return [new]
    if any(_serves(chain, new) for chain in kept):
        return kept
    return [chain for chain in kept if not _serves(new, chain)] + [new]


def _serves(chain: _Chain, other: _Chain) -> bool:
    """Whether a chain is as short as another, and turns out no further at either end."""
    shorter = chain.length <= other.length
    return shorter and chain.first >= other.first and chain.last <= other.last


def _ends(chain: _Chain, k: int) -> Iterator[int]:
    """The vertices in which the sides of a chain to k end, in order."""
    rest = [(chain, k)]
    while rest:
        chain, end = rest.pop()
        if chain.left is None or chain.right is None:
            yield end
        else:
            rest += [(chain.right, end), (chain.left, chain.inner)]
