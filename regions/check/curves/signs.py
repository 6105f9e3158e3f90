"""Sets of signs, and truths that may be open: what is known of atoms and units over a box.

An atom is a polynomial whose sign counts. Over a box it may take several: a set of signs is a
bit for each of -, 0 and +. A network or a shape over such sets is true, false, or open; over
sets of one sign each, as at a point, it is never open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.geometry.intervals import Bounds
from regions.geometry.polynomials import Point, Polynomial
from regions.network.model import Bools, Network
from regions.network.tiles import FIRES, OPEN, SILENT, propagate, whole

Signs: TypeAlias = NDArray[np.uint8]
"""Sets of signs: sums of `MINUS`, `ZERO` and `PLUS`."""

MINUS, ZERO, PLUS = 1, 2, 4
ANY = MINUS | ZERO | PLUS

OF_SIGN = {-1: MINUS, 0: ZERO, 1: PLUS}


def _product(first: int, second: int) -> int:
    """What products of two signs, one of each set, there are."""
    signs = [[sign for sign, bit in OF_SIGN.items() if bits & bit] for bits in (first, second)]
    return sum({OF_SIGN[a * b] for a in signs[0] for b in signs[1]})


_PRODUCTS: Signs = np.array([_product(a, b) for a in range(8) for b in range(8)], dtype=np.uint8)


def products(first: Signs, second: Signs) -> Signs:
    """The signs of products of independent factors."""
    signs: Signs = _PRODUCTS.take(first << np.uint8(3) | second)
    return signs


def squares(signs: Signs) -> Signs:
    """The signs of squares: both factors have the same sign."""
    return products(signs, signs) & np.uint8(ZERO | PLUS)


def signs_of(bounds: Bounds) -> Signs:
    """The signs that lie within bounds: `(k, m)`."""
    low, high = bounds
    signs: Signs = np.where(low < 0, np.uint8(MINUS), np.uint8(0))
    signs |= np.where((low <= 0) & (high >= 0), np.uint8(ZERO), np.uint8(0))
    signs |= np.where(high > 0, np.uint8(PLUS), np.uint8(0))
    return signs


def exact_signs(polynomials: Iterable[Polynomial], point: Point) -> Signs:
    """`(k, 1)` sets of one sign each: those of polynomials at a point."""
    values = [polynomial(*point) for polynomial in polynomials]
    signs = [OF_SIGN[(value > 0) - (value < 0)] for value in values]
    return np.array(signs, dtype=np.uint8).reshape(-1, 1)


def is_single(signs: Signs) -> Bools:
    """Whether each set holds one sign."""
    single: Bools = (signs & (signs - 1)) == 0
    return single


@dataclass(frozen=True, eq=False)
class Truth:
    """Truths that may be open, as arrays.

    Attributes:
        must: Whether each is true for certain.
        may: Whether it can be true.
    """

    must: Bools
    may: Bools

    @property
    def known(self) -> Bools:
        """Whether each is true or false for certain."""
        known: Bools = self.must == self.may
        return known

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.must & other.must, self.may & other.may)

    def __or__(self, other: Truth) -> Truth:
        return Truth(self.must | other.must, self.may | other.may)

    def __invert__(self) -> Truth:
        return Truth(~self.may, ~self.must)

    def __xor__(self, other: Truth) -> Truth:
        known = self.known & other.known
        odd = self.must ^ other.must
        return Truth(known & odd, ~known | odd)

    def all(self) -> Truth:
        """The conjunction along the first axis."""
        return Truth(np.logical_and.reduce(self.must), np.logical_and.reduce(self.may))

    def any(self) -> Truth:
        """The disjunction along the first axis."""
        return Truth(np.logical_or.reduce(self.must), np.logical_or.reduce(self.may))

    def odd(self) -> Truth:
        """Along the first axis, whether an odd number is true."""
        known = np.logical_and.reduce(self.known)
        odd = np.logical_xor.reduce(self.must)
        return Truth(known & odd, ~known | odd)


def at_least_zero(signs: Signs) -> Truth:
    """Whether atoms are 0 or positive."""
    return Truth((signs & MINUS) == 0, (signs & (ZERO | PLUS)) != 0)


def positive(signs: Signs) -> Truth:
    """Whether atoms are positive."""
    return Truth(signs == PLUS, (signs & PLUS) != 0)


def zero(signs: Signs) -> Truth:
    """Whether atoms are 0."""
    return Truth(signs == ZERO, (signs & ZERO) != 0)


def fires(network: Network, separators: Truth) -> Truth:
    """The network's only region, given its separators' outputs, `(n_separators, m)`: `(m,)`."""
    rest = whole(network, np.array([network.output().unit]))
    known = np.where(separators.must, FIRES, np.where(separators.may, OPEN, SILENT))
    answer = rest.answers(propagate(rest, known.astype(np.int8)))[0, 0]
    return Truth(answer == FIRES, answer != SILENT)
