"""The units' names, kept as numbers and spelled on demand: 400,000 edges share one prefix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.network.remade import Recipe, remade

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

_NUMBERED = re.compile(r"(.*)\[(0|[1-9][0-9]{0,17})\]", re.DOTALL)


class Label(NamedTuple):
    """What one unit is called: `prefix[number]`, or `prefix` alone where the number is -1."""

    prefix: str
    number: int = -1

    def __str__(self) -> str:
        return self.prefix if self.number < 0 else f"{self.prefix}[{self.number}]"


@dataclass(frozen=True, eq=False)
class Names(Sequence[str]):
    """Names as arrays: a unit is `prefix[number]`, or just `prefix` where its number is -1.

    Attributes:
        prefixes: All prefixes that occur, and maybe more.
        prefix: `(n,)` which of them each unit has.
        number: `(n,)`.
    """

    prefixes: tuple[str, ...]
    prefix: Ints
    number: Ints

    def __post_init__(self) -> None:
        for name in ("prefix", "number"):
            array = np.array(getattr(self, name), dtype=np.int64)
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __reduce__(self) -> Recipe:
        return remade(self)

    @classmethod
    def of(cls, names: Sequence[str]) -> Names:
        """Names given in full, as a file holds them."""
        count = len(names)
        return cls(tuple(names), np.arange(count), np.full(count, -1))

    def __len__(self) -> int:
        return len(self.prefix)

    def __getitem__(self, unit: int) -> str:  # type: ignore[override]
        return str(self.label(unit))

    def __iter__(self) -> Iterator[str]:
        return map(str, self.labels())

    def label(self, unit: int) -> Label:
        """One name in its two parts."""
        return Label(self.prefixes[self.prefix[unit]], int(self.number[unit]))

    def labels(self) -> Iterator[Label]:
        """All names in their two parts."""
        for prefix, number in zip(self.prefix.tolist(), self.number.tolist(), strict=True):
            yield Label(self.prefixes[prefix], number)

    def take(self, units: Ints) -> Names:
        """The names of some units."""
        return Names(self.prefixes, self.prefix[units], self.number[units])

    def renamed(self, unit: int, label: Label) -> Names:
        """The names with another one for one unit."""
        prefix, number = self.prefix.copy(), self.number.copy()
        prefix[unit], number[unit] = len(self.prefixes), label.number
        return Names((*self.prefixes, label.prefix), prefix, number)

    def repeated(self) -> Bools:
        """`(n,)` whether a unit before it is spelled the same, however the spelling is divided."""
        prefix, number = self._divided()
        order = np.lexsort((number, prefix))
        again = (np.diff(prefix[order]) == 0) & (np.diff(number[order]) == 0)
        found = np.zeros(len(self), dtype=np.bool_)
        found[order[1:][again]] = True
        return found

    def _divided(self) -> tuple[Ints, Ints]:
        """Prefixes and numbers that are equal exactly where the spelling is: `a[3]` is a, 3."""
        known: dict[str, int] = {}
        place = [known.setdefault(prefix, len(known)) for prefix in self.prefixes]
        prefix, number = np.array(place, dtype=np.int64)[self.prefix], self.number.copy()
        bracketed = np.array([text.endswith("]") for text in self.prefixes], dtype=np.bool_)
        for unit in np.flatnonzero((number < 0) & bracketed[self.prefix]).tolist():
            if found := _NUMBERED.fullmatch(self.prefixes[self.prefix[unit]]):
                prefix[unit] = known.setdefault(found[1], len(known))
                number[unit] = int(found[2])
        return prefix, number


class NameList:
    """Names under construction."""

    def __init__(self) -> None:
        self._prefixes: dict[str, int] = {}
        self._prefix: list[int] = []
        self._number: list[int] = []

    def __len__(self) -> int:
        return len(self._prefix)

    def append(self, label: Label) -> None:
        """Add one name."""
        self._prefix.append(self._prefixes.setdefault(label.prefix, len(self._prefixes)))
        self._number.append(label.number)

    def extend(self, names: Names) -> None:
        """Add names in bulk."""
        place = np.zeros(len(names.prefixes), dtype=np.int64)
        for used in np.unique(names.prefix).tolist():
            place[used] = self._prefixes.setdefault(names.prefixes[used], len(self._prefixes))
        self._prefix += place[names.prefix].tolist()
        self._number += names.number.tolist()

    def names(self) -> Names:
        """What was added so far."""
        return Names(
            tuple(self._prefixes),
            np.array(self._prefix, dtype=np.int64),
            np.array(self._number, dtype=np.int64),
        )


def names_of(labels: Iterable[Label]) -> Names:
    """Names given one by one."""
    names = NameList()
    for label in labels:
        names.append(label)
    return names.names()
