"""Signs of linear forms at points, exactly: doubles with error bounds, and integers beyond them.

A form (A, B, C) stands for `A*p + B*q + C`. A place is a point in homogeneous coordinates (P, Q, R)
with R > 0: it stands for (P / R, Q / R). Where two forms vanish they have the place
`form x form`, up to its sign. All that is asked is the sign of `form . place`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Signs: TypeAlias = NDArray[np.int8]
Objects: TypeAlias = NDArray[Any]
Exact: TypeAlias = Callable[[Ints], Objects]
"""Rows asked for, `(k,)`, to their three integers, `(k, 3)`."""

FILTER = 2.0**-49
"""Error of a sum of three products relative to the sum of their sizes. In units of 2^-53: 1 for
each of two rounded factors, 1 for the product, 2 for the sums: 5 in all; three times that."""

CROSS = 2.0**-50
"""The same for a sum of two products of rounded coefficients: 4 in all; twice that."""

UNDERFLOW = 2.0**-1000
"""Added to bounds: products this small may have lost bits to underflow."""

OVERFLOW = 2.0**500
"""Coefficients beyond this are left to the integers: a product of two must not overflow."""


@dataclass(frozen=True, eq=False)
class Forms:
    """Linear forms, each up to a positive factor.

    Attributes:
        near: `(n, 3)` the coefficients, each rounded once, or NaN: left to the integers. Products
            of three of them must not overflow.
        exact: The same in integers, some rows at a time, in a unit of their own.
    """

    near: Floats
    exact: Exact

    def take(self, rows: Ints) -> Forms:
        """Some of them, as often as they stand in `rows`."""
        return Forms(self.near[rows], lambda some: self.exact(rows[some]))


@dataclass(frozen=True, eq=False)
class Places:
    """Points in homogeneous coordinates, the third positive, each up to a positive factor.

    Attributes:
        near: `(n, 3)` doubles.
        error: `(n, 3)` bounds on their errors; or one for all.
        exact: The same in integers, some rows at a time, in a unit of their own.
    """

    near: Floats
    error: Floats
    exact: Exact

    def take(self, rows: Ints) -> Places:
        """Some of them, as often as they stand in `rows`."""
        return Places(self.near[rows], self.error[rows], lambda some: self.exact(rows[some]))


def forms_of(table: Floats) -> Forms:
    """Forms whose coefficients are doubles, `(n, 3)`."""
    return Forms(table, lambda rows: whole(table[rows]))


def joined(first: Forms, second: Forms) -> Forms:
    """One list of forms after another."""
    count = len(first.near)

    def exact(rows: Ints) -> Objects:
        found = np.empty((len(rows), 3), dtype=object)
        early = rows < count
        found[early] = first.exact(rows[early])
        found[~early] = second.exact(rows[~early] - count)
        return found

    return Forms(np.concatenate([first.near, second.near]), exact)


def places_of(points: Floats) -> Places:
    """Points whose coordinates are doubles, `(n, 2)`."""
    near = np.column_stack([points, np.ones(len(points))])
    return Places(near, np.zeros_like(near), lambda rows: whole(near[rows]))


def whole(table: Floats) -> Objects:
    """Finite doubles times one power of two that makes them integers."""
    mantissa, exponent = np.frexp(table)
    filled = table != 0
    shift = np.where(filled, exponent - exponent[filled].min(initial=0), 0)
    integers: Objects = (mantissa * 2.0**53).astype(np.int64).astype(object) << shift.astype(object)
    return integers


def signs_at(forms: Forms, places: Places) -> Signs:
    """`(n,)` the sign of each form at the place in the same row: 1, -1, or 0, exactly."""
    terms = forms.near * places.near
    value = terms[:, 0] + terms[:, 1] + terms[:, 2]
    size, off = np.abs(terms), np.abs(forms.near) * places.error
    bound = FILTER * (size[:, 0] + size[:, 1] + size[:, 2]) + UNDERFLOW
    bound += 2 * (off[:, 0] + off[:, 1] + off[:, 2])
    return _decided(value, bound, lambda rows: _dot(forms.exact(rows), places.exact(rows)))


def turns(first: Forms, second: Forms) -> Signs:
    """`(n,)` the sign of `A1*B2 - A2*B1`: which way the second is turned; 0 where parallel."""
    (a, b, _), (d, e, _) = first.near.T, second.near.T
    left, right = a * e, b * d
    bound = CROSS * (np.abs(left) + np.abs(right)) + UNDERFLOW
    # A coefficient is 0 only if it is exactly 0.
    bound[((a == 0) | (e == 0)) & ((b == 0) | (d == 0))] = -1

    def exact(rows: Ints) -> Objects:
        p, q = first.exact(rows), second.exact(rows)
        turn: Objects = p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]
        return turn

    return _decided(left - right, bound, exact)


def crossings(first: Forms, second: Forms, turn: Signs) -> Places:
    """`(n,)` where two forms vanish, given their `turns`, `(n,)`.

    Where these are 0 there is no such place, and nothing may be asked about it.
    """
    p, q = first.near, second.near
    left = p[:, (1, 2, 0)] * q[:, (2, 0, 1)]
    right = p[:, (2, 0, 1)] * q[:, (1, 2, 0)]
    error = CROSS * (np.abs(left) + np.abs(right)) + UNDERFLOW
    direction = turn[:, np.newaxis]

    def exact(rows: Ints) -> Objects:
        (a, b, c), (d, e, f) = first.exact(rows).T, second.exact(rows).T
        found = np.column_stack([b * f - c * e, c * d - a * f, a * e - b * d])
        places: Objects = found * turn[rows, np.newaxis].astype(object)
        return places

    return Places((left - right) * direction, error, exact)


def _decided(value: Floats, bound: Floats, exact: Callable[[Ints], Objects]) -> Signs:
    """The signs of values, those within their error bound decided by exact ones."""
    signs = _sign(value)
    unsure = np.flatnonzero(~(np.abs(value) > bound))
    if len(unsure):
        signs[unsure] = _sign(exact(unsure))
    return signs


def _sign(values: NDArray[Any]) -> Signs:
    """Of doubles or integers; 0 for NaN."""
    signs: Signs = (values > 0).astype(np.int8) - (values < 0).astype(np.int8)
    return signs


def _dot(p: Objects, q: Objects) -> Objects:
    product = p * q
    total: Objects = product[:, 0] + product[:, 1] + product[:, 2]
    return total
