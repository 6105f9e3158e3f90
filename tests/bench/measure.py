"""Ways to do the same work, timed in turn: each round all of them, so that drift hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Spread(NamedTuple):
    """The least, the median and the greatest of some numbers."""

    low: float
    mid: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        found = sorted(values)
        return cls(found[0], statistics.median(found), found[-1])

    def times(self, factor: float) -> Spread:
        """In another unit; the factor is positive."""
        return Spread(*(factor * value for value in self))


@dataclass(frozen=True)
class Plan:
    """How often things are timed.

    Attributes:
        most: Rounds of what is quick.
        least: Rounds of what is slow.
        budget: Seconds that one way may take in all its rounds, where it has more than the least.
    """

    most: int
    least: int
    budget: float

    def rounds(self, once: float) -> int:
        """How many rounds a way gets that takes `once` seconds."""
        return max(self.least, min(self.most, int(self.budget / max(once, 1e-9))))


@dataclass(frozen=True)
class Way:
    """One way to do the work.

    Attributes:
        work: What is timed; gets what `before` returns.
        before: Makes what is used up by one call; not timed.
        part: How much of the work is done; times are scaled up to the whole.
    """

    work: Callable[[Any], object]
    before: Callable[[], Any] = lambda: None
    part: float = 1.0

    @classmethod
    def plain(cls, work: Callable[[], object], part: float = 1.0) -> Way:
        """A way that needs nothing beforehand."""
        return cls(lambda _: work(), part=part)

    def seconds(self) -> float:
        """Of one call, for the whole work."""
        given = self.before()
        begin = time.perf_counter()
        self.work(given)
        return (time.perf_counter() - begin) / self.part


@dataclass(frozen=True)
class Turns:
    """Seconds of each way, round by round; slow ways have no times in the later rounds."""

    times: Mapping[str, tuple[float, ...]]
    scaled: frozenset[str] = frozenset()
    """Ways that were asked for a part only."""

    def seconds(self, way: str) -> Spread:
        return Spread.of(self.times[way])

    def ratio(self, way: str, to: str) -> Spread:
        """Of two times in the same round, over the rounds in which both were taken."""
        pairs = zip(self.times[way], self.times[to], strict=False)
        return Spread.of(one / other for one, other in pairs)


def in_turn(ways: Mapping[str, Way], plan: Plan) -> Turns:
    """Time some ways in turn, after a first call of each that does not count.

    A first call loads code and fills caches; how long it takes says how many rounds follow.
    """
    rounds = {name: plan.rounds(way.seconds() * way.part) for name, way in ways.items()}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(max(rounds.values())):
        for name, way in ways.items():
            if number < rounds[name]:
                times[name].append(way.seconds())
    frozen = {name: tuple(taken) for name, taken in times.items()}
    return Turns(frozen, frozenset(name for name, way in ways.items() if way.part < 1))
