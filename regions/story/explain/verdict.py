"""The check of the solution, and whether there is a smaller one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from regions.check.proof import Proof
from regions.check.verification import Verification
from regions.compiler import build
from regions.compiler.demands import least_units
from regions.compiler.refusal import NotCompilableError
from regions.compiler.strategies import Build
from regions.network.exact import exact_values
from regions.network.model import Network
from regions.shape.model import Spec
from regions.story.explain.document import (
    Block,
    Command,
    Paragraph,
    Span,
    Spans,
    Table,
    counted,
    in_words,
    joined,
    para,
)
from regions.story.explain.formula import Heaviside, brief, number, relation, vector
from regions.story.explain.reading import as_written, value_at
from regions.story.explain.units import Units

INSERTED_INSIDE = 2
INSERTED_OUTSIDE = 1
"""Points of the spec's `expect` that are inserted."""

MOST_UNITS = 24
"""Neurons whose answers at these points are tabulated."""

COMPARED = 4096
"""Neurons up to which the smallest network is looked for."""


def check(units: Units, spec: Spec, found: Verification) -> Iterator[Block]:
    """What the raster check and the proof found, and a few points inserted."""
    report = found.report
    said = f"Network and region were compared at the centres of {report.pixels:,} pixels. "
    if report.band:
        said += f"{report.band:,} of these lie within rounding of a border and were left out. "
    if report.mismatched:
        said += f"They differ at {report.mismatched:,} of them."
    else:
        said += "At all others they agree." if report.band else "At all of them they agree."
    yield para(said)
    if found.proof is not None:
        yield para(*_proved(found.proof))
    elif found.too_long is not None:
        yield para("A proof for all points takes longer; ", Command("regions verify --prove SPEC"),
                   " makes it.")  # fmt: skip
    for failure in report.failures:
        yield para(f"The spec expects something else: {failure}.")
    yield from _points(units, spec)


def _proved(proof: Proof) -> Iterator[Span]:
    lines, curves = proof.lines - proof.curves, proof.curves
    drawn = [counted(lines, "line")] * bool(lines) + [counted(curves, "curve")] * bool(curves)
    where = "in the window" if proof.window_only else "in the plane"
    if proof.holds("ignore"):
        yield f"That they agree at every point {where}"
        yield {
            "equal": "",
            "equal except on the boundary": ", except on the boundary of the region,",
            "equal except within an undecided area": f", except in an area of {proof.undecided:.2g}"
            " that was left open,",
        }.get(proof.verdict, "")
        yield " has been proved: "
    else:
        yield "A proof shows that they differ: "
    pieces = f"{counted(proof.faces, 'face')}, {counted(proof.edges, 'edge')} and "
    pieces += counted(proof.vertices, "vertex", "vertices")
    if curves:
        yield f"it examines {' and '.join(drawn)}, with {pieces}."
    else:
        yield f"{' and '.join(drawn)} divide{'s' * (lines == 1)} the plane into {pieces}. "
        yield "On each of these neither answer changes, so one point of each was enough."
    if proof.witness is not None:
        x, y = proof.witness.exact
        yield " At the point "
        yield vector(x, y)
        yield f" the network answers {int(proof.witness.network)}, and the point is "
        yield "inside." if proof.witness.shape else "outside."


def _points(units: Units, spec: Spec) -> Iterator[Block]:
    """Some points that the spec names, inserted into every neuron."""
    inside, outside = spec.expect.inside.tolist(), spec.expect.outside.tolist()
    chosen = [*inside[:INSERTED_INSIDE], *outside[:INSERTED_OUTSIDE]]
    network = units.network
    if not chosen or network.size > MOST_UNITS:
        return
    points = [(as_written(x), as_written(y)) for x, y in chosen]
    values = [exact_values(network, Fraction(x), Fraction(y)) for x, y in chosen]
    points_shown: list[Spans] = [(vector(*point),) for point in points]
    rows = [
        (
            units.called(unit),
            *((_answer(units, unit, point, value[unit]),) for point, value in
              zip(points, values, strict=True)),
        )
        for unit in range(network.size)
    ]  # fmt: skip
    yield Paragraph(
        ("The spec itself names points and where they lie. Insert ", *joined(points_shown), ":")
    )
    yield Table((("neuron",), *points_shown), tuple(rows))
    said = [value[network.output().unit] >= 0 for value in values]
    within = [p for p, is_in in zip(points_shown, said, strict=True) if is_in]
    beyond = [p for p, is_in in zip(points_shown, said, strict=True) if not is_in]
    parts: list[Spans] = []
    for which, word in ((within, "inside"), (beyond, "outside")):
        if which:
            parts.append((*joined(which), f" {'is' if len(which) == 1 else 'are'} {word}"))
    wanted = [True] * len(inside[:INSERTED_INSIDE]) + [False] * len(outside[:INSERTED_OUTSIDE])
    wrong = [p for p, is_in, due in zip(points_shown, said, wanted, strict=True) if is_in != due]
    agrees: Spans = (
        (", but the spec says otherwise of ", *joined(wrong), ".")
        if wrong
        else (", as the spec says.",)
    )
    yield Paragraph(("So ", *joined(parts), *agrees))


def _answer(units: Units, unit: int, point: tuple[Fraction, Fraction], stored: Fraction) -> Span:
    """`H(4) = 1`, with the neuron's sum as it is explained."""
    fires = number(int(stored >= 0))
    if unit >= units.network.n_separators:
        return relation(Heaviside(number(stored)), "=", fires)
    reading = units.reading(unit)
    value = value_at(units.network, reading, point)
    return relation(Heaviside(brief(value)), "=", fires)


def smaller(units: Units, spec: Spec) -> Iterator[Block]:
    """The smallest network that is known, and a bound below which there is none."""
    network = units.network
    if network.size > COMPARED:
        yield para(
            "Whether fewer neurons suffice is not looked for here, as it takes long: ",
            Command("regions show --compare SPEC"), " does it.",
        )  # fmt: skip
        return
    try:
        best = build(spec)
    except NotCompilableError:
        return
    least = least_units(spec.shape)
    here = f"This network has {counted(network.size, 'neuron')}. "
    if best.network.size < network.size:
        yield para(
            here, f"{counted(best.network.size, 'neuron').capitalize()} suffice: ",
            Command(f"--strategy {best.strategy}"), _how(best),
            *_bound(network, best.network.size, least),
        )  # fmt: skip
    else:
        yield para(here, "No strategy of the program finds a smaller one.",
                   *_bound(network, network.size, least))  # fmt: skip


def _how(best: Build) -> str:
    network = best.network
    gates = counted(network.n_gates, "gate")
    first = counted(network.n_separators, "neuron")
    return f" makes do with {first} in the first layer and {gates}."


def _bound(network: Network, size: int, least: int | None) -> Iterator[Span]:
    """How small an exact network can be at all, where that is known."""
    if least is None or not network.n_separators:
        return
    border = "line" if len(network.features) == 2 else "line or curve"
    if least == size:
        drawn = "lines" if len(network.features) == 2 else "lines and conics"
        yield f" With {drawn} in the first layer fewer are impossible: "
        yield f"each {border} of the border needs a neuron of its own"
        yield ", and a gate has to join their answers." if least > 1 else "."
    else:
        yield f" Any network that draws no other {border}s than the border's needs at least "
        yield f"{in_words(least)}."
