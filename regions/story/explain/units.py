"""The neurons of a network as a page refers to them: h_1, h_2, ... and short names."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from regions.draw.text import without_shared_prefix
from regions.network.model import Network
from regions.story.explain.document import Name, Spans
from regions.story.explain.formula import Letter
from regions.story.explain.reading import Reading, read

EXPLAINED = 40
"""Neurons of a kind that are explained one by one."""

OF_EACH_KIND = 3
"""Of more of them, so many of each kind."""


class Units:
    """Symbols, names and readings of a network's units; names without what all of them share.

    Attributes:
        network: Any network.
        names: `(size,)` short names.
        left_out: The parts of a name that all names begin with and that are left out.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.names = without_shared_prefix(network.names)
        self.left_out = _shared(network, self.names)
        self._readings: dict[int, Reading] = {}

    def symbol(self, unit: int) -> Letter:
        """`h_1` for the first unit."""
        return Letter("h", unit + 1)

    @property
    def note(self) -> Spans:
        """That something is left out of the names, if something is."""
        if not self.left_out:
            return ()
        shared = Name(self.left_out.rstrip("."))
        return " The first part of the names, ", shared, ", is left out where more follows."

    def called(self, unit: int) -> Spans:
        """`roof (h_8)`."""
        return Name(self.names[unit]), " (", self.symbol(unit), ")"

    def reading(self, separator: int) -> Reading:
        """A separator's inequality; read once."""
        if separator not in self._readings:
            self._readings[separator] = read(self.network, separator)
        return self._readings[separator]

    @cached_property
    def explained_separators(self) -> list[int]:
        """All if they are few, else the first of each kind."""
        return self._first(range(self.network.n_separators))

    @cached_property
    def explained_gates(self) -> list[int]:
        """Unit numbers: all if they are few, else the first of each kind."""
        return self._first(range(self.network.n_separators, self.network.size))

    @cached_property
    def rounded(self) -> bool:
        """Whether an explained separator is not exactly the one that is stored."""
        return any(not self.reading(i).exact for i in self.explained_separators)

    def kind(self, unit: int) -> str:
        """The last word of a unit's name without its number: `edge`, `diagonal`, `part`."""
        return self.network.names.label(unit).prefix.rpartition(".")[2].partition("[")[0]

    def _first(self, units: range) -> list[int]:
        if len(units) <= EXPLAINED:
            return list(units)
        seen: Counter[str] = Counter()
        found = []
        for unit in units:
            kind = self.kind(unit)
            seen[kind] += 1
            if seen[kind] <= OF_EACH_KIND:
                found.append(unit)
            if len(found) == EXPLAINED:
                break
        return found


def separators_title(network: Network) -> str:
    """What the first layer draws."""
    return "The lines" if max(map(sum, network.features)) == 1 else "The lines and curves"


def _shared(network: Network, names: list[str]) -> str:
    pairs = zip(network.names, names, strict=True)
    return next((name.removesuffix(short) for name, short in pairs if name != short), "")
