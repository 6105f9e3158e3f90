"""Whether a network's region is a shape, decided for every point of the plane.

Where all is straight, network and shape are compared exactly: along all lines of one arrangement
(`check/walked.py`) or, of one polygon, in tiles where that is sooner done (`check/tiled.py`).
Everything else goes by the signs of its borders' polynomials, and by intervals where these do not
tell (`check/curved.py`).
"""

from __future__ import annotations

from regions.check.cost import sooner_in_tiles
from regions.check.curved import TOLERANCE, prove_curved
from regions.check.lines import scene
from regions.check.proof import Proof
from regions.check.tiled import prove_in_tiles
from regions.check.tree import is_straight
from regions.check.walked import prove_by_walking
from regions.network.model import Network
from regions.shape.model import Box, Polygonal
from regions.shape.source import Source, as_spec


def prove(network: Network, spec: Source, tolerance: float = TOLERANCE) -> Proof:
    """Prove that a network's region is a shape, or find a point where it is not.

    Args:
        network: Of one region. Nothing but its weights is trusted.
        spec: The shape: whatever `regions.compile` takes.
        tolerance: Part of the shape's area that may be left undecided, where borders are curved.

    Raises:
        NetworkError: The network has several regions.
        SpecError: The shape or its document is refused.
    """
    network.output()
    spec = as_spec(spec)
    if not is_straight(network, spec.shape):
        return prove_curved(network, spec, tolerance)
    both = scene(network, spec.shape, spec.window)
    match spec.shape:
        case Polygonal() | Box() if sooner_in_tiles(network, spec.shape, len(both.lines)):
            return prove_in_tiles(network, both)
        case _:
            return prove_by_walking(network, both)
