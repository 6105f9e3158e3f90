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

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regions.check.curves.atoms import Literals
from regions.check.curves.signs import Signs, Truth, at_least_zero, positive
from regions.geometry.outline import Fill
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
class Lenses:
    """What lies between curves and their chords.

    Attributes:
        inner: Of each curve: positive on its inner side.
        outward: `(c, 1)` whether it turns left.
        fence: Of each curve that needs one: at least 0 where its lens is.
        fenced: `(f,)` which curves these are.
    """

    inner: Literals
    outward: Bools
    fence: Literals
    fenced: Ints

    def number(self, signs: Signs, left: Truth, on_left: bool = True) -> tuple[Ints, Ints]:
        """How many turn left of those in whose lens a point is, less those that turn right.

        Args:
            signs: `(k, m)` of all atoms.
            left: `(c, m)` whether points lie on the left of each curve's chord.
            on_left: Whether points on a curve count as on its left, so that they are part of an
                outward lens and not of an inward one; else as on its right.
        """
        inner = self.inner.signs(signs)
        closed, opened = at_least_zero(inner), positive(inner)
        whole = self.outward == on_left
        must = np.where(whole, closed.must, opened.must)
        may = np.where(whole, closed.may, opened.may)
        fences = at_least_zero(self.fence.signs(signs))
        must[self.fenced] &= fences.must
        may[self.fenced] &= fences.may
        within = Truth(must, may)
        return _difference([(within & ~left, self.outward)], [(within & left, ~self.outward)])


@dataclass(frozen=True, eq=False)
class Winding:
    """The winding number of some loops, and what it says.

    Attributes:
        left: Of each chord: positive on its left.
        low: At the height of its lower end, or above.
        high: At the height of its higher end, or above.
        rises: `(n, 1)` whether it goes up.
        curved: `(c,)` the chords under curves.
        lenses: Of these.
        fill: Which winding numbers count; None if those from 1 on, and points on the left of the
            pieces are all that is to be looked at.
        most: An odd bound of the winding number.
    """

    left: Literals
    low: Side
    high: Side
    rises: Bools
    curved: Ints
    lenses: Lenses
    fill: Fill | None
    most: int

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to the region."""
        if self.fill is None:
            low, high = self._number(signs, on_left=True)
            return Truth(low >= 1, high >= 1)
        higher, lower = (self._number(signs, on_left) for on_left in (True, False))
        if self.fill == "evenodd":
            return _odd_between(lower, higher, self.most)
        return _not_zero(higher) | _not_zero(lower)

    def _number(self, signs: Signs, on_left: bool) -> tuple[Ints, Ints]:
        """Bounds of the winding number, points of each piece taken for its left or its right."""
        sides = self.left.signs(signs)
        left = at_least_zero(sides) if on_left else positive(sides)
        between = self.low.truth(signs) & ~self.high.truth(signs)
        chords = _difference([(between & left, self.rises)], [(between & ~left, ~self.rises)])
        under = Truth(left.must[self.curved], left.may[self.curved])
        lenses = self.lenses.number(signs, under, on_left)
        return chords[0] + lenses[0], chords[1] + lenses[1]


@dataclass(frozen=True, eq=False)
class Lune:
    """What two pieces on one chord enclose, or its outside.

    Attributes:
        line: The chord's: at least 0 on the left of the pieces with `left`.
        left: `(c, 1)` of the curved pieces.
        lenses: Of these.
        outside: Whether the region is the outside, whose border the pieces are.
    """

    line: Literals
    left: Bools
    lenses: Lenses
    outside: bool

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to the region."""
        side = at_least_zero(self.line.signs(signs))
        other = ~side
        left = Truth(
            np.where(self.left, side.must, other.must), np.where(self.left, side.may, other.may)
        )
        low, high = self.lenses.number(signs, left)
        least = 0 if self.outside else 1
        return Truth(low >= least, high >= least)


@dataclass(frozen=True, eq=False)
class Ellipse:
    """A whole ellipse, or its outside."""

    literals: Literals

    def truth(self, signs: Signs) -> Truth:
        """Whether points belong to the region."""
        return at_least_zero(self.literals.signs(signs)).all()


def _difference(
    more: Sequence[tuple[Truth, Bools]], less: Sequence[tuple[Truth, Bools]]
) -> tuple[Ints, Ints]:
    """Bounds of how many of some chosen truths hold, less how many of others: `(m,)` each."""
    least_more, most_more = _count(more)
    least_less, most_less = _count(less)
    return least_more - most_less, most_more - least_less


def _not_zero(number: tuple[Ints, Ints]) -> Truth:
    low, high = number
    return Truth((low >= 1) | (high <= -1), (low != high) | (low != 0))


def _odd_between(lower: tuple[Ints, Ints], higher: tuple[Ints, Ints], most: int) -> Truth:
    """Whether an odd number lies from one to another, both within bounds.

    Args:
        lower: At least and at most.
        higher: Likewise.
        most: Odd; no number beyond it, on either side, counts. None occurs, nor is the first one
            larger than the second, but where the signs that are looked at are those of no point.
    """
    must = _has_odd(np.maximum(lower[1], -most), np.minimum(higher[0], most))
    may = _has_odd(np.maximum(lower[0], -most), np.minimum(higher[1], most))
    return Truth(must, may)


def _has_odd(low: Ints, high: Ints) -> Bools:
    """Whether there is an odd number from one to another; there is none if the second is less."""
    found: Bools = (low < high) | ((low == high) & (low % 2 == 1))
    return found


def _count(terms: Sequence[tuple[Truth, Bools]]) -> tuple[Ints, Ints]:
    """How many of the chosen are true, at least and at most: `(m,)`."""
    least = sum((truth.must & chosen).sum(axis=0) for truth, chosen in terms)
    most = sum((truth.may & chosen).sum(axis=0) for truth, chosen in terms)
    return np.asarray(least), np.asarray(most)
