"""The author's expectations, checked against the network itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from regions.network.model import Network
from regions.shape.model import Expectation


def broken_expectations(network: Network, expect: Expectation, area: float) -> Iterator[str]:
    """What a spec expects and its network does not do, in words.

    Args:
        network: Of one region.
        expect: From the spec.
        area: The network's area within the window.
    """
    yield from _misplaced(network, expect.inside, True)
    yield from _misplaced(network, expect.outside, False)
    if expect.area is not None and not abs(area - expect.area) <= expect.area_tolerance:
        yield (f"the area is {area:.9g}, not {expect.area:.9g} within {expect.area_tolerance:.3g}")
    if expect.max_size is not None and network.size > expect.max_size:
        yield f"the network has {network.size} units, more than {expect.max_size}"


def _misplaced(network: Network, points: NDArray[np.float64], inside: bool) -> Iterator[str]:
    wrong = points[network.inside(points) != inside] if len(points) else points
    for x, y in wrong.tolist():
        yield f"({x:.9g}, {y:.9g}) is {'outside' if inside else 'inside'} the region"
