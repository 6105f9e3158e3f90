"""A point beside each line, which shows on what side its neuron answers 1."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from regions.geometry.polynomials import Point
from regions.story.explain.conics import center
from regions.story.explain.reading import Reading, as_written, own_coordinates, value_at
from regions.story.explain.units import EXPLAINED, Units

HANDY = ((0, 0), (1, 0), (0, 1), (1, 1), (-1, 0), (0, -1), (2, 3), (-3, 2))
"""Points that are easily inserted, tried last."""


def side_point(units: Units, reading: Reading) -> Point | None:
    """A point at which the inequality is clearly decided, or None if none of those tried is.

    The centre of a curve; else a corner of a part that the line bounds, on the part's side.
    """
    wanted = _wanted_side(units, reading.index)
    beside: Point | None = None
    for point in _candidates(units, reading):
        value = value_at(units.network, reading, point)
        if value and (value > 0) == wanted:
            return point
        if value and beside is None:
            beside = point
    return beside


def _candidates(units: Units, reading: Reading) -> Iterator[Point]:
    middle = None if reading.is_line or not reading.neat else center(reading.polynomial)
    if middle is not None:
        yield middle
    for sibling in _siblings(units, reading.index):
        yield from units.reading(sibling).ends or ()
    network = units.network
    if not reading.neat and not own_coordinates(network):
        x, y = map(as_written, network.center)
        yield x, y
    yield from ((Fraction(x), Fraction(y)) for x, y in HANDY)


def _first_reader(units: Units, separator: int) -> int | None:
    """Where a separator first stands among the gates' inputs."""
    places = np.flatnonzero(units.network.gates.inputs == separator)
    return int(places[0]) if len(places) else None


def _wanted_side(units: Units, separator: int) -> bool:
    """Whether the gate that reads a separator first wants it to fire."""
    place = _first_reader(units, separator)
    return place is None or bool(units.network.gates.weights[place] > 0)


def _siblings(units: Units, separator: int) -> list[int]:
    """The separators that the same gate reads, a few."""
    place = _first_reader(units, separator)
    if place is None:
        return []
    gates = units.network.gates
    gate = int(np.searchsorted(gates.start, place, side="right")) - 1
    inputs = gates.inputs[gates.row(gate)].tolist()
    return [u for u in inputs if u < units.network.n_separators and u != separator][:EXPLAINED]
