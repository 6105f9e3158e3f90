"""One point, inserted into every neuron: `regions explain SPEC --at X,Y`."""

from __future__ import annotations

from collections.abc import Iterator

from regions.geometry.polynomials import Point
from regions.network.exact import exact_values
from regions.network.model import Network
from regions.shape.model import Spec
from regions.story.explain.document import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Name,
    Paragraph,
    Span,
    counted,
    para,
)
from regions.story.explain.formula import (
    ZERO,
    Letter,
    compared,
    inserted,
    number,
    relation,
    roughly,
    vector,
)
from regions.story.explain.reading import own_coordinates, to_network, value_at
from regions.story.explain.reasons import deciding
from regions.story.explain.sums import Gate, answers_sum
from regions.story.explain.units import Units, separators_title

SHOWN = 40
"""Neurons that are shown of a large network."""


def trace(spec: Spec, network: Network, point: Point) -> Document:
    """What each neuron says at a point, in exact numbers, and the answer.

    Args:
        spec: Gives the name.
        network: Of one region.
        point: In the user's coordinates.
    """
    return tuple(_Trace(Units(network), spec.name, point).blocks())


class _Trace:
    def __init__(self, units: Units, name: str, point: Point) -> None:
        self.units, self.name, self.point = units, name, point
        self.values = exact_values(units.network, *point)
        self.output = units.network.output().unit

    def blocks(self) -> Iterator[Block]:
        network = self.units.network
        yield Heading(1, (Name(self.name), " at the point ", vector(*self.point)))
        chosen, why = self._chosen()
        separators = [unit for unit in chosen if unit < network.n_separators]
        gates = [unit for unit in chosen if unit >= network.n_separators]
        yield from self._opening(len(chosen), why)
        if separators:
            yield Heading(2, (separators_title(network),))
            yield Items(tuple(Item(tuple(self._separator(unit))) for unit in separators))
        if gates:
            yield Heading(2, ("The gates",))
            yield Items(tuple(Item(tuple(self._gate(unit))) for unit in gates))
        yield Heading(2, ("The answer",))
        yield from self._answer()

    def _chosen(self) -> tuple[list[int], str]:
        """The units that are shown, and a sentence on those that are not."""
        network = self.units.network
        if network.size <= SHOWN:
            return list(range(network.size)), ""
        needed = deciding(network, [value >= 0 for value in self.values], self.output)
        shown = sorted(needed[:SHOWN])
        told = f"{counted(len(needed), 'neuron').capitalize()} decide the answer, whatever the "
        told += f"other {network.size - len(needed):,} say"
        if len(needed) > SHOWN:
            told += f"; {len(shown)} of these are shown"
        return shown, told + ". "

    def _opening(self, shown: int, why: str) -> Iterator[Block]:
        x, y = self.point
        yield para(
            why,
            "Insert ", relation(Letter("x"), "=", number(x)), " and ",
            relation(Letter("y"), "=", number(y)), " into each neuron, in order. ",
            "A neuron answers 1 where its sum is at least 0.", *self.units.note,
        )  # fmt: skip
        network = self.units.network
        if not own_coordinates(network):
            u, v = to_network(network, self.point)
            if any(not self.units.reading(i).neat for i in self._listed_separators()):
                yield para(
                    "Neurons without short numbers read ",
                    relation(Letter("u"), "=", number(u)), " and ",
                    relation(Letter("v"), "=", number(v)), ".",
                )  # fmt: skip

    def _listed_separators(self) -> list[int]:
        chosen, _ = self._chosen()
        return [unit for unit in chosen if unit < self.units.network.n_separators]

    def _separator(self, unit: int) -> Iterator[Span]:
        """`edge[1] (h_2): -4*2 - 3*5 + 36 = 13 >= 0, so 1`."""
        reading = self.units.reading(unit)
        value = value_at(self.units.network, reading, self.point)
        fires = self.values[unit] >= 0
        yield from self.units.called(unit)
        yield ": "
        if reading.neat:
            total = inserted(reading.polynomial, self.point)
            yield compared(total, value)
        else:
            yield "the sum is about "
            yield relation(roughly(value), ">=" if value >= 0 else "<", ZERO)
        if fires != (value >= 0):
            yield "; as stored, with rounded weights, its sum is "
            yield roughly(self.values[unit])
            yield ", so its answer is "
        else:
            yield ", so "
        yield relation(self.units.symbol(unit), "=", number(int(fires)))
        if value == 0:
            yield "; the point lies exactly on this " + ("line" if reading.is_line else "curve")

    def _gate(self, unit: int) -> Iterator[Span]:
        gate, value = Gate.of(self.units.network, unit), self.values[unit]
        answers = [(weight, self.values[source] >= 0) for source, weight in gate.weights.items()]
        yield from self.units.called(unit)
        yield ": "
        yield compared(answers_sum(answers, gate.bias), value)
        yield ", so "
        yield relation(self.units.symbol(unit), "=", number(int(value >= 0)))

    def _answer(self) -> Iterator[Block]:
        inside = self.values[self.output] >= 0
        yield Paragraph(
            (
                "The network answers ",
                relation(self.units.symbol(self.output), "=", number(int(inside))),
                ": the point ",
                vector(*self.point),
                f" is {'inside' if inside else 'outside'}.",
            )
        )
