"""Which single units would put a network's answer right at a point, if they answered otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from regions.network.model import Network


def repairs(network: Network, fired: Sequence[bool], region: int) -> list[int]:
    """The units whose flip alone changes a region's unit, that unit itself left out.

    A flipped unit's readers are computed again, and of those that change theirs in turn, upwards.

    Args:
        network: Any network.
        fired: What each unit answers at the point.
        region: The region's unit.
    """
    effects = _Effects(network, fired)
    return [unit for unit in range(region) if effects.reach(unit, region)]


class _Effects:
    """What depends on what, at one point."""

    def __init__(self, network: Network, fired: Sequence[bool]) -> None:
        self.fired = fired
        self.sums = [0.0] * network.n_separators + network.gates.bias.tolist()
        self.readers: list[list[tuple[int, int]]] = [[] for _ in range(network.size)]
        for gate in range(network.n_gates):
            row, reader = network.gates.row(gate), network.n_separators + gate
            inputs, weights = network.gates.inputs[row], network.gates.weights[row]
            for unit, weight in zip(inputs.tolist(), weights.tolist(), strict=True):
                self.readers[unit].append((reader, weight))
                self.sums[reader] += weight * fired[unit]

    def reach(self, start: int, region: int) -> bool:
        """Whether the flip of a unit flips the region's unit."""
        changes = {start: 0}
        ahead = [start]
        while ahead:
            # Units stand after what they read, so the least is settled first.
            unit = heappop(ahead)
            after = self.sums[unit] + changes[unit] >= 0
            if unit != start and after == self.fired[unit]:
                continue
            if unit == region:
                return True
            step = -1 if self.fired[unit] else 1
            for reader, weight in self.readers[unit]:
                if reader not in changes:
                    changes[reader] = 0
                    heappush(ahead, reader)
                changes[reader] += weight * step
        return False
