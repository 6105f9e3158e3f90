"""The worked solution, section by section; `__init__` says what each one is."""

from __future__ import annotations

from collections.abc import Iterator

from regions.check.proof import Boundary
from regions.check.verification import verify_and_prove
from regions.compiler.strategies import Build
from regions.network.model import Network
from regions.shape.model import Spec
from regions.story.explain.document import Block, Command, Document, Heading, Name, counted, para
from regions.story.explain.formula import Letter
from regions.story.explain.gates import gates
from regions.story.explain.lines import lines
from regions.story.explain.matrices import matrices
from regions.story.explain.task import task
from regions.story.explain.units import Units, separators_title
from regions.story.explain.verdict import check, smaller

CHECKED = 10_000
"""Neurons of a network that is compared with its region here, which then takes seconds."""


def solution(spec: Spec, network: Network, made: Build | None) -> Document:
    """All of it.

    Args:
        spec: The region.
        network: A network of one region for it, compiled or not.
        made: The stages that made the network, None for one that was read from a file.

    Raises:
        InputError: Network and region cannot be compared: see `regions.verify`.
    """
    return tuple(_blocks(spec, network, made))


def _blocks(spec: Spec, network: Network, made: Build | None) -> Iterator[Block]:
    units = Units(network)
    sections = iter(range(1, 10))
    yield Heading(1, ("A network for ", Name(spec.name)))
    yield _section(sections, "The region")
    planned = made is not None and network.n_gates and network.n_separators
    strategy = made.strategy if made is not None and planned else None
    yield from task(spec, strategy)
    if network.n_separators:
        yield _section(sections, separators_title(network))
        yield from _numbering(units)
        yield from lines(units)
    if network.n_gates and network.n_separators:
        yield _section(sections, "The gates")
        yield from gates(units)
    yield _section(sections, "The whole network")
    yield from matrices(units)
    yield _section(sections, "The check")
    if network.size > CHECKED:
        yield para("A network of this size is checked by ", Command("regions verify SPEC"), ".")
    else:
        boundary: Boundary = "ignore" if made is None else "strict"
        yield from check(units, spec, verify_and_prove(network, spec, boundary=boundary))
    yield _section(sections, "Can it be smaller?")
    yield from smaller(units, spec)


def _section(numbers: Iterator[int], title: str) -> Heading:
    return Heading(2, (f"{next(numbers)}. {title}",))


def _numbering(units: Units) -> Iterator[Block]:
    network = units.network
    if network.size == 1:
        yield para("The network has one neuron; its answer is called ", Letter("h", 1), ".")
        return
    yield para(
        f"The network has {counted(network.size, 'neuron')}. Their answers are called ",
        Letter("h", 1), " to ", Letter("h", network.size), "; each neuron also has a name.",
        *units.note,
    )  # fmt: skip
