"""Whether a network's region is a shape, decided for every point of the plane.

A polygon against separators that are lines is compared exactly, in tiles (`check/tiled.py`).
Everything else goes by the signs of its borders' polynomials, and by intervals where these do not
tell (`check/curved.py`).
"""

from __future__ import annotations

from regions.check.curved import TOLERANCE, prove_curved
from regions.check.lines import scene
from regions.check.proof import Proof
from regions.check.tiled import prove_in_tiles
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
    straight = not network.weights[:, 2:].any()
    match spec.shape:
        case Polygonal() | Box() if straight:
            return prove_in_tiles(network, scene(network, spec.shape, spec.window))
        case _:
            return prove_curved(network, spec, tolerance)
