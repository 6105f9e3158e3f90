"""The author's expectations, checked against the network itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Network
from regions.shape.model import Expectation


@dataclass(frozen=True)
class Unmet:
    """An expectation that does not hold.

    Attributes:
        message: What is found in its place, in words.
        path: Where it stands under the document's `expect`.
        point: The point that is misplaced, if it is about one.
    """

    message: str
    path: tuple[str | int, ...]
    point: tuple[float, float] | None = None

    def __str__(self) -> str:
        return self.message


def broken_expectations(network: Network, expect: Expectation, area: float) -> Iterator[Unmet]:
    """What a spec expects and its network does not do.

    Args:
        network: Of one region.
        expect: From the spec.
        area: The network's area within the window.
    """
    yield from _misplaced(network, expect.inside, True)
    yield from _misplaced(network, expect.outside, False)
    if expect.area is not None and not abs(area - expect.area) <= expect.area_tolerance:
        wanted = f"not {expect.area:.9g} within {expect.area_tolerance:.3g}"
        yield Unmet(f"the area is {area:.9g}, {wanted}", ("area",))
    if expect.max_size is not None and network.size > expect.max_size:
        said = f"the network has {network.size} units, more than {expect.max_size}"
        yield Unmet(said, ("size", "max"))


def _misplaced(network: Network, points: NDArray[np.float64], inside: bool) -> Iterator[Unmet]:
    key = "inside" if inside else "outside"
    wrong = network.inside(points) != inside if len(points) else np.zeros(0, dtype=np.bool_)
    for i in np.flatnonzero(wrong).tolist():
        x, y = points[i].tolist()
        said = f"({x:.9g}, {y:.9g}) is {'outside' if inside else 'inside'} the region"
        yield Unmet(said, (key, i), (x, y))
