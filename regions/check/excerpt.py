"""What the units say at a witness, and of a large network those that decide."""

from __future__ import annotations

from dataclasses import dataclass

from regions.check.proof import Witness
from regions.check.repair import repairs
from regions.network.model import Network
from regions.network.trace import UnitTrace

LISTED = 20
"""Units that are listed."""


@dataclass(frozen=True)
class Excerpt:
    """Some units of the exact trace of a witness, in network order, the region's own last.

    Attributes:
        units: All of them if they are few, else those whose flip alone would change the region's,
            and that one.
        left_out: How many are not listed.
        complete: Whether none of these would change the region's alone.
        answer: What the region says with its weights as they are stored.
        network: What it says by the proof. The two may differ in a cell that is narrower than
            what a separator was rounded by.
    """

    units: tuple[UnitTrace, ...]
    left_out: int
    complete: bool
    answer: bool
    network: bool

    def __str__(self) -> str:
        width = max(len(unit.name) for unit in self.units)
        told = [f"{u.name:{width}}  {u.preactivation:>13.6g}  {u.output:d}" for u in self.units]
        return "\n".join([*told, *self.notes])

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the list, a line each."""
        found = []
        if self.left_out:
            alone = "; none decides alone" if self.complete else ""
            found.append(f"and {self.left_out:,} more{alone}")
        if self.answer != self.network:
            found.append(f"as stored it says {self.answer:d}: this is within rounding")
        return tuple(found)


def excerpt(network: Network, witness: Witness) -> Excerpt:
    """What a reader looks at first.

    Args:
        network: Of one region.
        witness: A point.
    """
    region = network.output().unit
    trace = witness.trace(network)
    kept, complete = list(range(network.size)), True
    if network.size > LISTED:
        deciding = repairs(network, [unit.output for unit in trace], region)
        kept, complete = [*deciding[: LISTED - 1], region], len(deciding) < LISTED
    return Excerpt(
        units=tuple(trace[unit] for unit in kept),
        left_out=network.size - len(kept),
        complete=complete,
        answer=trace[region].output,
        network=witness.network,
    )
