"""Integer weights that tell two sets of Boolean vectors apart, or the proof that there are none.

Of vectors h, some are inside and some outside. Wanted are integer weights w and a threshold t with
`w . h >= t` on all that are inside and `w . h <= t - 1` on all others, of a small total sum |w|.

By Farkas' lemma (1902) there are none, not even real ones, exactly if there are multipliers, not
all 0, at least 0, with the same total inside and outside and with equal weighted sums of the
vectors on both sides: then the weighted sums of w . h would be equal too, but each of those inside
should be larger than each of those outside.

Linear programs in floating point find candidates. What is returned has been verified in integers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGEST_TOTAL = 2**23 - 1
"""Of the absolute weights: all sums, and the half-integer bias, are then exact in float32."""

BATCH = 400
"""Vectors of either kind that a linear program starts with, and takes in where it fails."""

VIOLATED = 2.0**-20
"""By how much a sum must miss its bound to be taken in. HiGHS keeps its bounds to 1e-7."""

POSITIVE = 2.0**-30
"""Multipliers below this count as 0: those of a basic solution are quotients of integers."""

MOST_PAIRED = 700
"""Vectors of either kind among which two and two are looked for: 250,000 pairs."""

_BLOCK = 4096
"""Vectors that are summed at once."""

_MIXER = 0x9E3779B97F4A7C15
"""Odd, so that its powers modulo 2^64 are never 0."""


@dataclass(frozen=True, eq=False)
class Weights:
    """`values . h >= threshold` exactly on the inside vectors.

    Attributes:
        values: `(n,)` integers; sum of absolute values at most `LARGEST_TOTAL`.
        threshold: An integer.
    """

    values: Ints
    threshold: int


@dataclass(frozen=True)
class Multipliers:
    """Positive integers by the number of a vector: proof that no weights exist."""

    of: dict[int, int]


@dataclass(frozen=True, eq=False)
class Task:
    """The vectors.

    Attributes:
        vectors: `(m, n)` distinct.
        inside: `(m,)`.
        hard: `(m,)` which of them should be looked at first, some of either kind.
        liked: `(m,)` which of them a proof should use where it can.
    """

    vectors: Bools
    inside: Bools
    hard: Bools
    liked: Bools

    def sums(self, weights: Floats) -> Floats:
        """`(m,)` w . h, a block of vectors at a time; exact for integers within the limit."""
        blocks = range(0, len(self.vectors), _BLOCK)
        parts = [self.vectors[i : i + _BLOCK].astype(np.float64) @ weights for i in blocks]
        return np.concatenate(parts)


def separate(task: Task) -> Weights | Multipliers | None:
    """Weights or the proof that there are none; None where neither could be verified.

    Some vectors on each side are needed. Only a part of the vectors goes into the linear programs:
    those that a solution for the others violates are taken in, until it violates none.
    """
    rows = _first_rows(task)
    while True:
        solution = _least_real_weights(task, rows)
        if solution is None:
            return _two_and_two(task) or _multipliers(task, rows)
        violated = _most_violated(task, *solution)
        more = np.setdiff1d(violated, rows)
        if len(more) == 0:
            return _rounded(task, rows, solution[0])
        rows = np.concatenate([rows, more])


def _first_rows(task: Task) -> Ints:
    """Some of the hard vectors of either kind, spread evenly."""
    kinds = [np.flatnonzero(task.hard & kind) for kind in (task.inside, ~task.inside)]
    picks = [np.linspace(0, len(k) - 1, min(BATCH, len(k))).astype(np.int64) for k in kinds]
    return np.concatenate([kind[pick] for kind, pick in zip(kinds, picks, strict=True)])


def _most_violated(task: Task, weights: Floats, threshold: float) -> Ints:
    sums = task.sums(weights)
    lacking = np.where(task.inside, threshold - sums, sums - (threshold - 1))
    found = []
    for kind in (task.inside, ~task.inside):
        bad = np.flatnonzero(kind & (lacking > VIOLATED))
        found.append(bad[np.argsort(-lacking[bad], kind="stable")[:BATCH]])
    return np.concatenate(found)


def _constraints(task: Task, rows: Ints) -> tuple[Floats, Floats]:
    """`A z <= b` for z = (positive parts of w, negative parts of w, t)."""
    sign = np.where(task.inside[rows], -1.0, 1.0)
    vectors = task.vectors[rows].astype(np.float64) * sign[:, np.newaxis]
    matrix = np.concatenate([vectors, -vectors, -sign[:, np.newaxis]], axis=1)
    return matrix, np.where(task.inside[rows], 0.0, -1.0)


def _objective(count: int) -> Floats:
    return np.append(np.ones(2 * count), 0.0)


def _least_real_weights(task: Task, rows: Ints) -> tuple[Floats, float] | None:
    """Weights of the least total that tell some rows apart, and the threshold."""
    from scipy.optimize import linprog

    count = task.vectors.shape[1]
    matrix, bound = _constraints(task, rows)
    limits = [(0, None)] * (2 * count) + [(None, None)]
    found = linprog(_objective(count), matrix, bound, bounds=limits, method="highs-ds")
    if found.x is None:
        return None
    return found.x[:count] - found.x[count:-1], float(found.x[-1])


def _verified(task: Task, values: Ints) -> Weights | None:
    """These weights with their threshold, if some threshold fits all vectors."""
    if np.abs(values).sum() > LARGEST_TOTAL:
        return None
    sums = task.sums(values.astype(np.float64))
    threshold = int(sums[task.inside].min())
    return Weights(values, threshold) if sums[~task.inside].max() < threshold else None


def _rounded(task: Task, rows: Ints, real: Floats) -> Weights | None:
    """Integers near the least multiple of the real weights for which these are right.

    The basic solution of a linear program is itself integer more often than not: then it is the
    least of all.
    """
    part = Task(task.vectors[rows], task.inside[rows], task.hard[rows], task.liked[rows])
    for scale in _scales(real):
        values = np.rint(scale * real).astype(np.int64)
        if _verified(part, values) and (found := _verified(task, values)):
            return found
    return None


def _scales(real: Floats) -> Iterator[float]:
    """Small factors one by one, then larger and larger ones.

    Rounding moves each sum by at most n / 2, and a factor k parts inside from outside by k: beyond
    k = n it succeeds.
    """
    scale, total = 1, float(np.abs(real).sum())
    while scale * total <= LARGEST_TOTAL:
        yield float(scale)
        scale += max(1, scale // 64)


def _multipliers(task: Task, rows: Ints) -> Multipliers | None:
    """A basic solution of the dual program, made exact on the vectors that it uses."""
    from scipy.optimize import linprog

    inside = task.inside[rows]
    matrix = _balance(task, rows).astype(np.float64)
    total = inside.astype(np.float64)[np.newaxis]
    target = np.append(np.zeros(len(matrix)), 1.0)
    cost = np.where(task.liked[rows], 1.0, 2.0)
    found = linprog(cost, A_eq=np.concatenate([matrix, total]), b_eq=target, method="highs-ds")
    if found.x is None:
        return None
    used = rows[found.x > POSITIVE]
    kernel = null_vector(_balance(task, used).astype(object))
    if kernel is None:
        return None
    proof = Multipliers(dict(zip(used.tolist(), kernel, strict=True)))
    return proof if balanced(task, proof) else None


def _two_and_two(task: Task) -> Multipliers | None:
    """Two vectors inside and two outside with the same sum, among the hard ones.

    It is the proof that is easiest to see, and half of the random polygons without weights have
    one. Sums are compared by a number mixed from their entries, and only then entry by entry.
    """
    mixer = np.full(task.vectors.shape[1], _MIXER, np.uint64).cumprod(dtype=np.uint64)
    first, second = (_pairs(task, kind, mixer) for kind in (task.inside, ~task.inside))
    _, i, j = np.intersect1d(first.sums, second.sums, return_indices=True)
    for pair, other in zip(first.rows[i], second.rows[j], strict=True):
        proof = Multipliers(dict.fromkeys((*pair.tolist(), *other.tolist()), 1))
        if balanced(task, proof):
            return proof
    return None


class _Pairs(NamedTuple):
    """`(k, 2)` rows, and `(k,)` mixed sums of both."""

    rows: Ints
    sums: NDArray[np.uint64]


def _pairs(task: Task, kind: Bools, mixer: NDArray[np.uint64]) -> _Pairs:
    rows = np.flatnonzero(task.hard & kind)[:MOST_PAIRED]
    mixed = task.vectors[rows].astype(np.uint64) @ mixer
    i, j = np.triu_indices(len(rows), 1)
    return _Pairs(np.stack([rows[i], rows[j]], axis=1), mixed[i] + mixed[j])


def balanced(task: Task, proof: Multipliers) -> bool:
    """Whether multipliers prove that there are no weights, in integers."""
    rows = list(proof.of)
    values = np.array(list(proof.of.values()), dtype=object)
    balance = (_balance(task, np.array(rows, dtype=np.int64)).astype(object) * values).sum(axis=1)
    return bool(len(rows) and (values > 0).all() and (balance == 0).all())


def _balance(task: Task, rows: Ints) -> Ints:
    """`(n + 1, len(rows))`: multipliers that it takes to 0 are a proof."""
    sign = np.where(task.inside[rows], 1, -1)
    return np.concatenate([(task.vectors[rows] * sign[:, np.newaxis]).T, sign[np.newaxis]])


def null_vector(matrix: NDArray[Any]) -> list[int] | None:
    """The integers without common divisor that a matrix takes to 0; None unless they are unique.

    Up to their sign: the one of them that is freely chosen is positive.

    Args:
        matrix: `(m, n)` Python integers.
    """
    reduced, pivots = _eliminated(matrix)
    free = np.setdiff1d(np.arange(matrix.shape[1]), pivots)
    if len(free) != 1:
        return None
    values = {int(free[0]): reduced[0, pivots[0]] if pivots else 1}
    for row, column in enumerate(pivots):
        values[column] = -reduced[row, free[0]]
    common = math.gcd(*values.values()) * (1 if values[int(free[0])] > 0 else -1)
    return [int(values[column]) // common for column in sorted(values)]


def _eliminated(matrix: NDArray[Any]) -> tuple[NDArray[Any], list[int]]:
    """The reduced matrix, its pivots all equal, and the pivots' columns.

    Bareiss (1968), "Sylvester's identity and multistep integer-preserving Gaussian elimination":
    every division is exact.
    """
    matrix = matrix.copy()
    divisor, pivots = 1, list[int]()
    for column in range(matrix.shape[1]):
        row = len(pivots)
        candidates = row + np.flatnonzero(matrix[row:, column])
        if len(candidates) == 0:
            continue
        matrix[[row, candidates[0]]] = matrix[[candidates[0], row]]
        pivot, above = matrix[row, column], matrix[row].copy()
        matrix = (pivot * matrix - np.outer(matrix[:, column], above)) // divisor
        matrix[row], divisor = above, pivot
        pivots.append(column)
    return matrix, pivots
