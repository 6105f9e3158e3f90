"""Points worth a look near a small box: between curves that nearly coincide, and on them.

Two curves may be 1e-12 apart, and a box much larger. So curves are crossed along a line through
the box: where along it each atom is 0 is found by Newton's method in rationals, and the points
between two of them are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from regions.geometry.polynomials import Point, Polynomial

_STEPS = 6
"""Of Newton's method: from 5 right bits to 160, each step doubling them."""

_GRID = 200
"""Bits behind the point that are kept: gaps of 2^-100 of the window are still seen."""

_FARTHEST = 16
"""Times a box's size within which a curve counts as near."""


def probes(
    middle: Point, half: Fraction, atoms: Sequence[Polynomial], bases: Sequence[Point | None]
) -> Iterator[Point]:
    """Rational points near a box, in the coordinates of its chart.

    Args:
        middle: Of the box.
        half: Half its side.
        atoms: Those that may be 0 in it.
        bases: For each of them, if it is an ellipse, a rational point on it, else None.
    """
    for atom in atoms:
        yield from _between(middle, half, atom, atoms)
    for atom, base in zip(atoms, bases, strict=True):
        yield from _on(middle, atom, base)
    lines = [atom for atom in atoms if atom.degree == 1]
    for i, first in enumerate(lines):
        yield from (point for second in lines[:i] for point in _crossing(first, second))


def _between(
    middle: Point, half: Fraction, across: Polynomial, atoms: Sequence[Polynomial]
) -> Iterator[Point]:
    """Points on a line across one atom's curve, between the places where atoms are 0."""
    normal = _gradient(across, middle)
    if not any(normal):
        return
    scale = half / max(map(abs, normal))
    dx, dy = (_rounded(scale * part, _GRID) for part in normal)
    roots = sorted({root for atom in atoms for root in _roots(middle, (dx, dy), atom)})
    for low, high in pairwise(roots):
        place = (low + high) / 2
        yield middle[0] + place * dx, middle[1] + place * dy


def _roots(middle: Point, step: Point, atom: Polynomial) -> Iterator[Fraction]:
    """Where an atom is 0 along a line, near the place where Newton's method begins."""
    place = Fraction(0)
    for _ in range(_STEPS):
        point = middle[0] + place * step[0], middle[1] + place * step[1]
        gradient = _gradient(atom, point)
        slope = gradient[0] * step[0] + gradient[1] * step[1]
        if slope == 0:
            return
        before, place = place, _rounded(place - atom(*point) / slope, _GRID)
        if abs(place) > _FARTHEST:
            return
        if place == before:
            break  # A line's after one step; every further one would end there, too.
    yield place


def _on(middle: Point, atom: Polynomial, base: Point | None) -> Iterator[Point]:
    """A rational point on a line or an ellipse, near a point.

    On an ellipse with the rational point B, the line from B through any rational point meets it
    again in a rational point: along `B + t d` the polynomial is `t (slope + t bend)`.
    """
    if atom.degree == 1:
        a, b = _gradient(atom, middle)
        part = atom(*middle) / (a * a + b * b)
        yield middle[0] - part * a, middle[1] - part * b
    elif base is not None and base != middle:
        dx, dy = middle[0] - base[0], middle[1] - base[1]
        a, b = _gradient(atom, base)
        slope = a * dx + b * dy
        t = -slope / (atom(*middle) - slope)
        yield base[0] + t * dx, base[1] + t * dy


def _crossing(first: Polynomial, second: Polynomial) -> Iterator[Point]:
    """Where two lines cross, unless they are parallel."""
    (a, b, c), (d, e, f) = (
        [line.coefficient(m) for m in ((1, 0), (0, 1), (0, 0))] for line in (first, second)
    )
    determinant = a * e - b * d
    if determinant:
        yield (b * f - c * e) / determinant, (c * d - a * f) / determinant


def _gradient(atom: Polynomial, point: Point) -> Point:
    by_x, by_y = atom.gradient
    return by_x(*point), by_y(*point)


def _rounded(value: Fraction, bits: int) -> Fraction:
    return Fraction(round(value * 2**bits), 2**bits)
