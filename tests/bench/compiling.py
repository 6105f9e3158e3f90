"""Compiling: time and units against edges, for the strategies that take any polygon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import shapely

import regions
from tests.bench.measure import Plan, Turns, Way, in_turn
from tests.bench.subjects import edges

STRATEGIES = ("edges", "auto", "parts")


@dataclass(frozen=True)
class CompileRow:
    """One map.

    Attributes:
        name: The map.
        edges: Of all its rings.
        units: For each strategy that was tried.
        turns: Of the same.
    """

    name: str
    edges: int
    units: Mapping[str, int]
    turns: Turns


class Last:
    """Compiles at each call, and keeps the last network."""

    network: regions.Network

    def __init__(self, work: Callable[[], regions.Network]) -> None:
        self.work = work

    def __call__(self) -> None:
        self.network = self.work()


def compiling(
    maps: Iterable[tuple[str, shapely.Geometry]], parts: int, plan: Plan
) -> Iterator[CompileRow]:
    """Each map by each strategy in turn; `parts` up to so many edges."""
    few = Plan(plan.most, 1, plan.budget)
    for name, region in maps:
        count = edges(region)
        tried = [each for each in STRATEGIES if each != "parts" or count <= parts]
        made = {strategy: Last(partial(regions.compile, region, strategy)) for strategy in tried}
        turns = in_turn({strategy: Way.plain(last) for strategy, last in made.items()}, few)
        units = {strategy: last.network.size for strategy, last in made.items()}
        yield CompileRow(name, count, units, turns)
