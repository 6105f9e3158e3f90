"""Few ANDs of half-planes whose OR is a region, given by its faces: a covering problem.

A **term** is a set of half-planes. It shuts out a face outside if the face does not lie in all of
them, and covers a face inside if that does. Terms have to shut out all faces outside, and together
cover all inside. So some faces may share a term exactly if the half-planes common to them shut out
the outside, and a term is grown face by face, as long as they do.

This is the minimisation of two-level logic: growing is the "expand" of Espresso, and like there a
cover is improved by dropping some terms and filling the gap anew. Brayton, Hachtel, McMullen,
Sangiovanni-Vincentelli, "Logic minimization algorithms for VLSI synthesis" (1984). The least number
of terms is not promised: on coasts it is 3 to 15 per cent above a lower bound.
"""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

from regions.progress import track

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
"""Sets of half-planes, packed into the bits of the last axis."""

DROPPED = 8
"""Terms that are dropped at once: with 5, covers of coasts come out one per cent larger, with 12
hardly smaller."""

ROUNDS = 2
"""How often each term in turn is dropped with those most like it. Two rounds save 8 per cent of the
terms, a third would save half a per cent more."""

HARDEST = 32
"""Faces outside that are looked at first: those that a term hardly shuts out tell most about what
it can share."""


def cover(inside: Bools, outside: Bools) -> list[list[int]]:
    """Terms that cover the faces inside and no face outside, each as ascending half-planes.

    No term can be left out, and no half-plane of a term.

    Args:
        inside: `(i, n)` of each face inside, the half-planes that it lies in; at least one face.
        outside: `(o, n)` of each face outside, the half-planes that it does not lie in.

    Raises:
        ValueError: A face outside lies in all half-planes in which some face inside does.
    """
    inside, outside = _padded(inside), _padded(outside)
    search = _Search(inside, outside)
    terms = search.fill(inside[:0])
    trials = ROUNDS * len(terms)
    for number in track(range(trials), trials, "looking for a cover"):
        filled = search.fill(_without(terms, number % len(terms)))
        # An equal number is taken too: it leads on to other covers.
        if len(filled) <= len(terms):
            terms = filled
    slim = np.array([_needed(term, outside) for term in terms])
    slim = slim[_irredundant(search.covered(slim))]
    return sorted(np.flatnonzero(term).tolist() for term in slim)


class _Search:
    """Grows terms. The choices are pseudo-random, and the same on every machine."""

    def __init__(self, inside: Bools, outside: Bools) -> None:
        self._inside, self._outside = inside, outside
        self._faces, self._missing = _packed(inside), _packed(~inside)
        self._beyond = _packed(outside)
        self._random = Random(1984)

    def covered(self, terms: Bools) -> Bools:
        """`(t, i)` whether each of `(t, n)` terms covers each face inside."""
        return ~_common(_packed(terms), self._missing)

    def fill(self, terms: Bools) -> Bools:
        """Add terms until all faces inside are covered, then leave out what is not needed.

        Args:
            terms: `(t, n)` the half-planes of each term.
        """
        rows = list(terms)
        left = np.flatnonzero(~self.covered(terms).any(axis=0))
        while len(left):
            rows.append(self._grown(left))
            left = left[~self.covered(rows[-1][np.newaxis])[0, left]]
        filled = np.array(rows)
        needed: Bools = filled[_irredundant(self.covered(filled))]
        return needed

    def _grown(self, left: Ints) -> Bools:
        """A term for one of the faces left and for as many others as it admits, those left first.

        A face that is not admitted once never will be, and one that is covered stays covered.
        """
        term: Bools = self._inside[self._pick(left)].copy()
        times = self._outside[:, term].sum(axis=1)
        if not times.all():
            raise ValueError("a face outside lies in all half-planes of a face inside")
        faces = np.arange(len(self._inside))
        while True:
            faces = faces[~self.covered(term[np.newaxis])[0, faces]]
            faces = self._admitted(term, times, faces)
            if len(faces) == 0:
                return term
            first = faces[np.isin(faces, left, assume_unique=True)]
            chosen = self._inside[self._pick(first if len(first) else faces)]
            times -= self._outside[:, term & ~chosen].sum(axis=1)
            term &= chosen

    def _admitted(self, term: Bools, times: Ints, faces: Ints) -> Ints:
        """Those of some faces that could share a term with what lies in all its half-planes.

        Args:
            term: `(n,)` the half-planes.
            times: `(o,)` how many of these shut out each face outside.
            faces: `(f,)`.
        """
        hardest = np.argsort(times, kind="stable")[:HARDEST]
        common = self._faces[faces] & _packed(term[np.newaxis])
        likely = np.flatnonzero(_common(common, self._beyond[hardest]).all(axis=1))
        return faces[likely[_common(common[likely], self._beyond).all(axis=1)]]

    def _pick(self, numbers: Ints) -> int:
        # Of all of Python's generators, this method alone promises the same numbers for ever.
        return int(numbers[int(self._random.random() * len(numbers))])


def _padded(sets: Bools) -> Bools:
    """`(m, n)` sets with columns added, so that they fill whole words."""
    return np.pad(sets, ((0, 0), (0, -sets.shape[1] % 64)))


def _packed(sets: Bools) -> Words:
    """`(m, n)` sets as `(m, n / 64)` words."""
    return np.packbits(sets, axis=1).view(np.uint64)


def _common(first: Words, second: Words) -> Bools:
    """`(a, b)` whether each of one list of sets has an element in common with each of another."""
    common = np.zeros((len(first), len(second)), dtype=np.bool_)
    for left, right in zip(first.T, second.T, strict=True):
        common |= (left[:, np.newaxis] & right) != 0
    return common


def _irredundant(covered: Bools) -> Bools:
    """`(t,)` terms without which a face would be left open; small terms are left out first."""
    needed = np.ones(len(covered), dtype=np.bool_)
    times = covered.sum(axis=0)
    for term in np.argsort(covered.sum(axis=1), kind="stable"):
        if (times[covered[term]] > 1).all():
            needed[term] = False
            times -= covered[term]
    return needed


def _without(terms: Bools, number: int) -> Bools:
    """The terms but for some: one, and those with the most half-planes in common with it."""
    common = (terms & terms[number]).sum(axis=1)
    common[number] = terms.shape[1] + 1
    kept: Bools = np.delete(terms, np.argsort(-common, kind="stable")[:DROPPED], axis=0)
    return kept


def _needed(term: Bools, outside: Bools) -> Bools:
    """Half-planes of a term that shut out the outside, none of which can be left out.

    Greedily the one that shuts out the most; then those that came to be superfluous are dropped.
    """
    chosen: list[int] = []
    left = outside
    while len(left):
        best = int(np.argmax((left & term).sum(axis=0)))
        chosen.append(best)
        left = left[~left[:, best]]
    needed = np.zeros(len(term), dtype=np.bool_)
    needed[chosen] = True
    for plane in chosen:
        needed[plane] = False
        needed[plane] = not outside[:, needed].any(axis=1).all()
    return needed
