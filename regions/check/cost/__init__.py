"""How long a proof may take, told from sizes alone, before it is begun.

Each way of `check/prove.py` has a count that its time goes by: pairs of lines, tiles, combinations
of signs, boxes. How the counts grow follows from what the ways do; the seconds for each were
measured, on one core of a common machine. They are guesses: within a factor of 4 on maps, on shapes
made to be dear and on booleans of random shapes, and far too low where curves nearly coincide. No
geometry is computed, and the work is linear: milliseconds for 100,000 edges.
"""

from __future__ import annotations

import shapely

from regions.check.cost.signs import Sizes, seconds_by_signs
from regions.check.cost.tiles import seconds_in_tiles
from regions.check.cost.walk import seconds_walking
from regions.check.tree import is_straight
from regions.network.model import Network
from regions.shape.model import Box, HalfPlane, Polygonal, Shape, Spec, bottom_up

QUICK = 1.0
"""Seconds up to which a proof is made unasked: about the time of a raster check."""

START = 0.01
"""Seconds that any proof takes."""

UNNOTICED = 0.1
"""Seconds that nobody waits for. So long the walk is preferred, since its counts are those of the
whole arrangement."""


def predicted_seconds(network: Network, spec: Spec) -> float:
    """About how long `regions.prove` will take; rather too much than too little.

    It does not know the machine, nor whether the network is right: to search for a difference may
    take less, or more.

    Args:
        network: Of one region.
        spec: The shape.
    """
    if not is_straight(network, spec.shape):
        return START + seconds_by_signs(Sizes.of(network, spec.shape))
    lines = max(network.n_separators, _edges(spec.shape))
    match spec.shape:
        case Polygonal() | Box() if sooner_in_tiles(network, spec.shape, lines):
            return START + seconds_in_tiles(network, spec.shape)
        case _:
            return START + seconds_walking(lines)


def sooner_in_tiles(network: Network, polygon: Polygonal | Box, lines: int) -> bool:
    """Whether the proof of a polygon goes by tiles, and not along so many lines."""
    walking = seconds_walking(lines)
    return walking > UNNOTICED and seconds_in_tiles(network, polygon) < walking


def _edges(shape: Shape) -> int:
    """About how many straight edges a shape has."""
    count = 0
    for node in bottom_up(shape):
        match node:
            case Polygonal(geometry):
                count += int(shapely.get_num_coordinates(geometry))
            case Box():
                count += 4
            case HalfPlane():
                count += 1
    return count
