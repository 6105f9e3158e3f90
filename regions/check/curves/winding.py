"""What a path says: winding numbers, counted over the signs of lines and conics.

The winding number of a closed chain of convex pieces is that of its chords, plus 1 in the lens of
every piece that turns left, less 1 in that of every piece that turns right. That of the chords is
counted along a ray: a chord that rises counts 1 for a point on its left, between the heights of its
ends; one that falls counts -1 for a point on its right.

The border belongs to the region: a point on a piece is taken to be on its left, and then on its
right, which gives the higher and the lower winding number about it. By the nonzero rule either will
do; by the even-odd rule an odd number from the lower to the higher one, since where borders cross
or run along each other both may be even, with one between. Where the contours are known to be
simple and apart (`geometry/outline.py`) the region lies on the left of all of them, and only that
side is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from regions.check.curves.atoms import AtomTable, Literal, Literals
from regions.check.curves.signs import Signs, Truth, at_least_zero, positive
from regions.geometry.levels import Level, crossings
from regions.geometry.outline import Fill, Loop, parts
from regions.geometry.pieces import Chord, exact
from regions.geometry.polynomials import Point, line_through
from regions.network.model import Bools, Ints


@dataclass(frozen=True, eq=False)
class Side:
    """Half-planes that are closed, or open where `strict` says so.

    Attributes:
        literals: `(n,)`.
        strict: `(n, 1)`.
    """

    literals: Literals
    strict: Bools

    def truth(self, signs: Signs) -> Truth:
        """`(n, m)` whether points lie in them."""
        own = self.literals.signs(signs)
        closed, opened = at_least_zero(own), positive(own)
        return Truth(
            np.where(self.strict, opened.must, closed.must),
            np.where(self.strict, opened.may, closed.may),
        )


@dataclass(frozen=True, eq=False)
class Winding:
    """The winding number of some loops, and what it says.

    Attributes:
        left: Of each chord: positive on its left.
        low: At the height of its lower end, or above.
        high: At the height of its higher end, or above.
        rises: `(n, 1)` whether it goes up.
        curved: `(c,)` the chords under curves.
        inner: Of each curve: positive on its inner side.
        outward: `(c, 1)` whether it turns left.
        fence: Of each curve that needs one: at least 0 where its lens is.
        fenced: `(f,)` which curves these are.
        border: The atoms on whose curves its pieces lie.
        fill: Which winding numbers count; None if those from 1 on, and points on the left of the
            pieces are all that is to be looked at.
    """

    left: Literals
    low: Side
    high: Side
    rises: Bools
    curved: Ints
    inner: Literals
    outward: Bools
    fence: Literals
    fenced: Ints
    border: Ints
    fill: Fill | None

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to the region."""
        if self.fill is None:
            low, high = self._number(signs, at_least_zero)
            return Truth(low >= 1, high >= 1)
        higher, lower = self._number(signs, at_least_zero), self._number(signs, positive)
        if self.fill == "evenodd":
            return _odd_between(lower, higher)
        return _not_zero(higher) | _not_zero(lower)

    def _number(self, signs: Signs, on: Callable[[Signs], Truth]) -> tuple[Ints, Ints]:
        """Bounds of the winding number of points that lie on no piece.

        Args:
            signs: `(k, m)` of all atoms.
            on: On which side of each piece its own points count: `at_least_zero` for its left,
                `positive` for its right.
        """
        left = on(self.left.signs(signs))
        between = self.low.truth(signs) & ~self.high.truth(signs)
        up, down = between & left, between & ~left
        beyond = _chosen(left, self.curved)
        inner = self.inner.signs(signs)
        # A curve's own points are part of an outward lens as seen from its left, and of an inward
        # one as seen from its right.
        closed, opened = at_least_zero(inner), positive(inner)
        whole = self.outward if on is at_least_zero else ~self.outward
        within = Truth(
            np.where(whole, closed.must, opened.must), np.where(whole, closed.may, opened.may)
        )
        fences = at_least_zero(self.fence.signs(signs))
        within.must[self.fenced] &= fences.must
        within.may[self.fenced] &= fences.may
        more, less = within & ~beyond, within & beyond
        added = _count([(up, self.rises), (more, self.outward)])
        taken = _count([(down, ~self.rises), (less, ~self.outward)])
        return added[0] - taken[1], added[1] - taken[0]


def _not_zero(number: tuple[Ints, Ints]) -> Truth:
    low, high = number
    return Truth((low >= 1) | (high <= -1), (low != high) | (low != 0))


def _odd_between(lower: tuple[Ints, Ints], higher: tuple[Ints, Ints]) -> Truth:
    """Whether an odd number lies from one to another that is no less, both within bounds."""
    must: Bools = (higher[0] > lower[1]) | ((higher[0] == lower[1]) & (lower[1] % 2 == 1))
    for low, high in (lower, higher):
        must = must | ((low == high) & (low % 2 == 1))
    may = (higher[1] > lower[0]) | ((higher[1] == lower[0]) & (lower[0] % 2 == 1))
    return Truth(must, may)


def _count(terms: Sequence[tuple[Truth, Bools]]) -> tuple[Ints, Ints]:
    """How many of the chosen are true, at least and at most: `(m,)`."""
    least = sum((truth.must & chosen).sum(axis=0) for truth, chosen in terms)
    most = sum((truth.may & chosen).sum(axis=0) for truth, chosen in terms)
    return np.asarray(least), np.asarray(most)


def _chosen(truth: Truth, rows: Ints) -> Truth:
    return Truth(truth.must[rows], truth.may[rows])


@dataclass(frozen=True, eq=False)
class Filled:
    """A path: what its windings say, one for each of its parts.

    Attributes:
        windings: Of chains that have nothing in common.
        curves: The conics on which its curves lie, each with a rational point on it.
    """

    windings: tuple[Winding, ...]
    curves: Mapping[Literal, Point]

    @property
    def borders(self) -> Ints:
        """The atoms on whose curves its border lies."""
        none = np.empty(0, dtype=np.int64)
        return np.concatenate([none, *(winding.border for winding in self.windings)])

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to it."""
        nowhere = np.zeros(signs.shape[1], dtype=np.bool_)
        said = (winding.truth(signs) for winding in self.windings)
        return reduce(Truth.__or__, said, Truth(nowhere, nowhere))


def filled(loops: Sequence[Loop], fill: Fill, table: AtomTable) -> Filled:
    """Read a path, given as closed chains of pieces; its atoms are added to the table."""
    found = parts(loops, fill)
    chains = [(part.exterior, *part.holes) for part in found or ()]
    windings = (
        [winding(loops, fill, table)]
        if found is None
        else [winding(chain, None, table) for chain in chains]
    )
    arcs = [piece for loop in loops for piece in loop if not isinstance(piece, Chord)]
    curves = {table.add(arc.curve): exact(arc.start) for arc in arcs}
    return Filled(tuple(windings), curves)


def winding(loops: Sequence[Loop], fill: Fill | None, table: AtomTable) -> Winding:
    """Read loops; their atoms are added to the table. For `fill` see `Winding`."""
    add = table.add
    found = crossings(loops)
    pieces = [crossing.piece for crossing in found]
    ends = [(c.start, c.end) if c.rises else (c.end, c.start) for c in found]
    curved = [i for i, piece in enumerate(pieces) if not isinstance(piece, Chord)]
    arcs = [piece for piece in pieces if not isinstance(piece, Chord)]
    left = [add(line_through(exact(p.start), exact(p.end))) for p in pieces]
    inner = [add(arc.curve) for arc in arcs]
    fences = [(i, add(arc.fence)) for i, arc in enumerate(arcs) if arc.fence is not None]
    straight = [left[i].atom for i, piece in enumerate(pieces) if isinstance(piece, Chord)]
    return Winding(
        left=Literals.of(left),
        low=_side([low for low, _ in ends], table),
        high=_side([high for _, high in ends], table),
        rises=_column([crossing.rises for crossing in found]),
        curved=np.array(curved, dtype=np.int64),
        inner=Literals.of(inner),
        outward=_column([arc.turn > 0 for arc in arcs]),
        fence=Literals.of(fence for _, fence in fences),
        fenced=np.array([i for i, _ in fences], dtype=np.int64),
        border=np.array(straight + [literal.atom for literal in inner], dtype=np.int64),
        fill=fill,
    )


def _side(levels: Sequence[Level], table: AtomTable) -> Side:
    literals: list[Literal] = [table.add(level.line) for level in levels]
    return Side(Literals.of(literals), _column([level.strict for level in levels]))


def _column(values: Sequence[bool]) -> Bools:
    return np.array(values, dtype=np.bool_).reshape(-1, 1)
