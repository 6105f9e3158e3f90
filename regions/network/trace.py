"""What every unit says at one point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from regions.network.evaluate import activations, as_points, feature_values, gate_sums
from regions.network.evaluate import preactivations as separator_sums
from regions.network.model import Network, feature_name


@dataclass(frozen=True, slots=True)
class UnitTrace:
    """One unit at one point: its name, its pre-activation, and `H` of that."""

    name: str
    preactivation: float
    output: bool


@dataclass(frozen=True)
class Trace(Sequence[UnitTrace]):
    """All units at one point, in network order.

    Attributes:
        point: In the user's coordinates.
        features: Layer 0, by name.
        units: One for each unit.
        regions: The answer for each region.
    """

    point: tuple[float, float]
    features: dict[str, float]
    units: tuple[UnitTrace, ...]
    regions: dict[str, bool]

    def __len__(self) -> int:
        return len(self.units)

    def __getitem__(self, unit: int) -> UnitTrace:  # type: ignore[override]
        return self.units[unit]

    def __iter__(self) -> Iterator[UnitTrace]:
        return iter(self.units)

    def __str__(self) -> str:
        width = max(len(unit.name) for unit in self.units)
        rows = [
            f"{unit.name:{width}}  {unit.preactivation:>24.17g}  {unit.output:d}" for unit in self
        ]
        return "\n".join(rows)


def trace(network: Network, point: tuple[float, float]) -> Trace:
    """Evaluate one finite point and keep every intermediate value.

    Raises:
        InputError: The point is not a finite pair.
    """
    x, y = as_points([point])
    fired = activations(network, x, y)
    sums = np.empty(network.size)
    sums[: network.n_separators] = separator_sums(network, x, y)[:, 0]
    for block in network.schedule:
        sums[block.units] = gate_sums(block, fired)[:, 0]
    names = map(feature_name, network.features)
    values = (float(value[0]) for value in feature_values(network, x, y))
    return Trace(
        point=(float(x[0]), float(y[0])),
        features=dict(zip(names, values, strict=True)),
        units=tuple(
            UnitTrace(name, float(z), bool(h))
            for name, z, h in zip(network.names, sums, fired[:, 0], strict=True)
        ),
        regions={o.name: bool(fired[o.unit, 0]) for o in network.outputs},
    )
