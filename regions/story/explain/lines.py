"""The first layer: how each line's inequality, and so its neuron, is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from regions.geometry.polynomials import Point
from regions.network.model import monomials
from regions.story.explain.curves import curve_steps
from regions.story.explain.document import (
    Block,
    Command,
    Heading,
    Name,
    Span,
    Spans,
    Steps,
    counted,
    para,
)
from regions.story.explain.formula import (
    ZERO,
    Formula,
    Heaviside,
    Letter,
    Product,
    Relation,
    Sum,
    X,
    Y,
    compared,
    inserted,
    monomial,
    number,
    polynomial_sum,
    relation,
    roughly,
    scaled,
    vector,
    weighted,
)
from regions.story.explain.reading import Reading, letters, own_coordinates, value_at
from regions.story.explain.sides import side_point
from regions.story.explain.units import Units

P, Q, D, N, C = Letter("P"), Letter("Q"), Letter("d"), Letter("n"), Letter("c")

MOST_WEIGHTS = 5
"""Features of a separator whose weights are listed apart from its inequality."""


def lines(units: Units) -> Iterator[Block]:
    """Each separator, or the first of each kind where they are many."""
    network = units.network
    shown = [units.reading(i) for i in units.explained_separators]
    yield from _method(units, shown)
    for reading in shown:
        yield Heading(3, (*_heading(units, reading.index),))
        yield Steps(tuple(_steps(units, reading)))
    left = set(range(network.n_separators)) - set(units.explained_separators)
    if left:
        yield para(
            f"The other {len(left):,} are found in the same way: ",
            f"{_by_kind(units, left)}. ",
            "All their weights stand in the file that ",
            Command("regions compile SPEC -o net.json"),
            " writes.",
        )


def _by_kind(units: Units, left: set[int]) -> str:
    kinds = Counter(units.kind(unit) for unit in sorted(left))
    return ", ".join(f"{count:,} called {kind}" for kind, count in kinds.items())


def _heading(units: Units, unit: int) -> Iterator[Span]:
    yield units.symbol(unit)
    yield ": "
    yield Name(units.names[unit])


def _method(units: Units, shown: list[Reading]) -> Iterator[Block]:
    """What all the calculations below have in common, said once."""
    border = "line" if max(map(sum, units.network.features)) == 1 else "line or curve"
    if units.network.size > 1:
        yield para(
            f"The first layer has {counted(units.network.n_separators, 'neuron')}. Each one "
            f"answers 1 on one side of a {border}, the {border} included, and 0 on the other side."
        )
    if any(reading.ends for reading in shown):
        direction = vector(Letter("d", 1), Letter("d", 2))
        yield para(
            "A line through two points ", P, " and ", Q, " has the direction ",
            relation(D, "=", weighted([(1, Q), (-1, P)]), "=", direction),
            ". The vector ",
            relation(N, "=", vector(scaled(-1, Letter("d", 2)), Letter("d", 1))),
            " is perpendicular to it. So the line has the equation ",
            relation(
                weighted([(1, _times(Letter("n", 1), X)), (1, _times(Letter("n", 2), Y)), (1, C)]),
                "=",
                ZERO,
            ),
            ", and inserting ", P, " gives ", C, ". Any multiple of ", N, " serves "
            "as well: one with handy numbers is taken, with the sign for which the expression is "
            "positive on the side where the neuron is to answer 1. A point beside the line, "
            "inserted, confirms the side.",
        )  # fmt: skip
    yield from _notes(units, shown)


def _times(first: Formula, second: Formula) -> Formula:
    return Product((first, second))


def _notes(units: Units, shown: list[Reading]) -> Iterator[Block]:
    network = units.network
    if any(not reading.neat for reading in shown) and not own_coordinates(network):
        yield para(
            "Where no short numbers are found, the inequality is given as the network stores it, "
            "over ",
            relation(Letter("u"), "=", _normalised(units, 0)),
            " and ",
            relation(Letter("v"), "=", _normalised(units, 1)),
            ".",
        )
    if units.rounded:
        yield para(
            "The network stores doubles. These round a number such as 0.1, or a square root, by "
            "about one part in ten to the sixteenth; below stand the short numbers of the spec, "
            "where there are any."
        )
    elif not own_coordinates(network) and any(reading.neat for reading in shown):
        yield para(
            "Inequalities in short numbers are stored multiplied by a positive number, which "
            "changes no answer."
        )


def _normalised(units: Units, axis: int) -> Formula:
    """`(x - 3) / 16` as a product."""
    network = units.network
    shift = Fraction(network.center[axis])
    factor = Fraction(2) ** network.exponent
    return scaled(factor, weighted([(1, (X, Y)[axis]), (-shift, None)]))


def _steps(units: Units, reading: Reading) -> Iterator[tuple[str, Spans]]:
    if reading.ends is not None:
        yield from _through(reading, *reading.ends)
    elif reading.neat and reading.polynomial.degree == 2:
        yield from curve_steps(reading.polynomial, reading.exact)
    else:
        yield from _given(units, reading)
    yield "inequality", (_inequality(units, reading),)
    point = side_point(units, reading)
    if point is not None:
        yield "check", tuple(_check(units, reading, point))
    yield "neuron", tuple(_neuron(units, reading))


def _through(reading: Reading, p: Point, q: Point) -> Iterator[tuple[str, Spans]]:
    """Direction, normal and constant of the line through two points."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    normal = (-dy, dx)
    a, b = (reading.polynomial.coefficient(m) for m in monomials(1))
    c = reading.polynomial.coefficient((0, 0))
    factor = normal[0] / a if a else normal[1] / b
    yield "points", (relation(P, "=", vector(*p)), ", ", relation(Q, "=", vector(*q)))
    yield (
        "direction",
        (relation(D, "=", vector(_minus(q[0], p[0]), _minus(q[1], p[1])), "=", vector(dx, dy)),),
    )
    found = relation(N, "=", vector(*normal))
    shorter = scaled(factor, vector(a, b))
    short = Relation(found.first, (*found.rest, ("=", shorter))) if factor != 1 else found
    yield "normal", (short, *(("; we take ", vector(a, b)) if factor != 1 else ()))
    without = weighted([(a, X), (b, Y), (1, C)])
    at_p = weighted([(a, number(p[0])), (b, number(p[1])), (1, C)])
    yield (
        "equation",
        (relation(without, "=", ZERO), "; ", P, " gives ", relation(at_p, "=", ZERO), ", so ",
         relation(C, "=", number(c))),
    )  # fmt: skip


def _minus(a: Fraction, b: Fraction) -> Formula:
    return Sum((number(a), Product((number(-1), number(b)))))


def _given(units: Units, reading: Reading) -> Iterator[tuple[str, Spans]]:
    """A separator that is not drawn through two known points."""
    if reading.polynomial.degree == 0:
        yield "line", ("none: the sum is the same at every point",)
    elif not reading.is_line:
        yield "curve", (f"given by a polynomial of degree {reading.polynomial.degree}",)
    elif reading.neat:
        a, b = (reading.polynomial.coefficient(m) for m in monomials(1))
        yield "line", ("given by its inequality; ", relation(N, "=", vector(a, b)),
                       " points to its side")  # fmt: skip
    else:
        drawn = units.network.sources
        points = [] if drawn is None else drawn[reading.index].tolist()
        if np.isfinite(points).all() and points:
            p, q = [vector(*(roughly(Fraction(c)) for c in point)) for point in points]
            yield "line", ("through about ", p, " and ", q)
        else:
            yield "line", ("given by its inequality, whose numbers have many digits",)


def _inequality(units: Units, reading: Reading) -> Formula:
    total = polynomial_sum(reading.polynomial, letters(units.network, reading))
    return relation(total, ">=", ZERO)


def _check(units: Units, reading: Reading, point: Point) -> Iterator[Span]:
    value = value_at(units.network, reading, point)
    fires = value > 0
    yield vector(*point)
    yield " gives "
    if reading.neat:
        yield compared(inserted(reading.polynomial, point), value, strictly=True)
    else:
        yield "about "
        yield relation(roughly(value), ">" if fires else "<", ZERO)
    yield f", so the neuron answers {int(fires)} there"


def _neuron(units: Units, reading: Reading) -> Iterator[Span]:
    over = letters(units.network, reading)
    total = polynomial_sum(reading.polynomial, over)
    yield relation(units.symbol(reading.index), "=", Heaviside(total))
    degree = max(1, reading.polynomial.degree)
    features = [m for m in monomials(degree) if m in units.network.features]
    if len(features) <= MOST_WEIGHTS and reading.neat:
        yield ": weights "
        yield vector(*(reading.polynomial.coefficient(m) for m in features))
        if len(features) > 2:
            yield " for "
            yield vector(*(monomial(m, over) or number(1) for m in features))
        yield ", bias "
        yield number(reading.polynomial.coefficient((0, 0)))
