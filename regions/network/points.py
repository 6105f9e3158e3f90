"""What a network says of points: by the forward pass, or by an index where that is sooner done."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regions.network import evaluate
from regions.network.model import Bools, Floats, Ints, Network, first_region


def fires(network: Network, points: ArrayLike, index: bool | None = None) -> Bools:
    """As `Network.fires`."""
    pairs, found = _by_index(network, points, range(len(network.outputs)), index)
    return plain(network, pairs) if found is None else np.stack(found, axis=1)


def inside(network: Network, points: ArrayLike, number: int, index: bool | None = None) -> Bools:
    """As `Network.inside`, for a region's number."""
    pairs, found = _by_index(network, points, range(number, number + 1), index)
    result: Bools = plain(network, pairs)[:, number] if found is None else found[0]
    return result


def label(network: Network, points: ArrayLike, index: bool | None = None) -> Ints:
    """As `Network.label`."""
    pairs, found = _by_index(network, points, range(len(network.outputs)), index)
    if found is None:
        return first_region(plain(network, pairs))
    labels = np.full(len(pairs), -1)
    # The first region that contains a point counts, so it is written last.
    for number in reversed(range(len(found))):
        labels[found[number]] = number
    return labels


def plain(network: Network, points: Floats) -> Bools:
    """`(n, k)` by the forward pass: what the index must reproduce."""
    return evaluate.fires(network, *evaluate.as_points(points))


def _by_index(
    network: Network, points: ArrayLike, numbers: range, index: bool | None
) -> tuple[Floats, list[Bools] | None]:
    """The points as an array, and what the indexes of some regions say; None if they are not asked.

    A network of which a region has no index is left to the forward pass as a whole.
    """
    from regions.network.pruned.choice import index_pays

    array = np.asarray(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0:
        return array, None
    if not (index_pays(network, len(array), numbers) if index is None else index):
        return array, None
    from regions.network.pruned.points import looked_up

    # To Numba an array that cannot be written to is of another type.
    array = np.require(array, requirements=["C", "W"])
    found = []
    for number in numbers:
        answers = looked_up(network, number, array)
        if answers is None:
            return array, None
        found.append(answers)
    return array, found
