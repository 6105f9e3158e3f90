"""What a unit may name: coordinates, or units that stand above it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from regions.text.algebra.expression import Comparison, Mention
from regions.text.algebra.tokens import COORDINATES
from regions.text.places import shortened

LISTED = 8
"""Names listed in a message where none is near."""

Fault: TypeAlias = tuple[int, str]
"""At which character of a unit's text something is wrong, and what; what would be right."""

Units: TypeAlias = Mapping[str, Comparison | None]
"""What each unit says, in the order of the document; None where that could not be read."""


def misnamed(unit: str, units: Units, above: Collection[str]) -> Iterator[Fault]:
    """What is wrong with the names in a unit's text, given the units above it."""
    comparison = units[unit]
    assert comparison is not None
    coordinates = [m for m in comparison.mentions if m.is_coordinate]
    others = [m for m in comparison.mentions if not m.is_coordinate]
    for mention in others:
        if mention.name not in above:
            yield mention.offset, _unknown(unit, mention, units, above)
    read = [mention for mention in others if mention.name in units]
    if coordinates and read:
        both = f"the coordinate {coordinates[0].name} and the unit {shortened(read[0].name)}"
        advice = "a unit reads one kind: give what reads coordinates a unit of its own above"
        yield max(coordinates[0], read[0]).offset, f"this reads {both}; {advice}"


def _unknown(unit: str, mention: Mention, units: Units, above: Collection[str]) -> str:
    """What is wrong with a name that no unit above has."""
    name = shortened(mention.name)
    if mention.name == unit:
        return f"{name} reads itself; a unit reads only units above it"
    if mention.name in units:
        if unit in _read_by(mention.name, units):
            return f"this is a cycle: {name} reads {shortened(unit)} in turn; a unit reads only up"
        return f"{name} stands below {shortened(unit)}, which reads it; move it up"
    if set(mention.name) <= set(COORDINATES):
        return f"no unit is called {name}; did you mean {'*'.join(mention.name)}?"
    known = {other.casefold(): other for other in reversed([*COORDINATES, *above])}
    close = difflib.get_close_matches(mention.name.casefold(), known, n=1)
    if close:
        return f"no unit is called {name}; did you mean {shortened(known[close[0]])}?"
    listed = ", ".join(map(shortened, [*COORDINATES, *above][-LISTED:]))
    return f"no unit is called {name}; what can be read here is {listed}"


def _read_by(unit: str, units: Units) -> set[str]:
    """All units that a unit reads, directly or through others."""
    found: set[str] = set()
    ahead = [unit]
    while ahead:
        comparison = units.get(ahead.pop())
        for mention in comparison.mentions if comparison else ():
            if not mention.is_coordinate and mention.name not in found:
                found.add(mention.name)
                ahead.append(mention.name)
    return found
