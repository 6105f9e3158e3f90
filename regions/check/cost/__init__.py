"""How long a proof may take, told from sizes alone, before it is begun.

Each way of `check/prove.py` has a count that its time goes by: tiles, combinations of signs, boxes.
How the counts grow follows from what the ways do; the seconds for each were measured, on one core
of a common machine. They are guesses: within a factor of 4 on maps, on shapes made to be dear and
on booleans of random shapes, and far too low where curves nearly coincide. No geometry is computed,
and the work is linear: milliseconds for 100,000 edges.
"""

from __future__ import annotations

from regions.check.cost.signs import Sizes, seconds_by_signs
from regions.check.cost.tiles import seconds_in_tiles
from regions.network.model import Network
from regions.shape.model import Box, Polygonal, Spec

QUICK = 1.0
"""Seconds up to which a proof is made unasked: about the time of a raster check."""

START = 0.01
"""Seconds that any proof takes."""


def predicted_seconds(network: Network, spec: Spec) -> float:
    """About how long `regions.prove` will take; rather too much than too little.

    It does not know the machine, nor whether the network is right: to search for a difference may
    take less, or more.

    Args:
        network: Of one region.
        spec: The shape.
    """
    straight = not network.weights[:, 2:].any()
    match spec.shape:
        case Polygonal() | Box() if straight:
            return START + seconds_in_tiles(network, spec.shape)
        case _:
            return START + seconds_by_signs(Sizes.of(network, spec.shape))
