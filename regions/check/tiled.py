"""The proof in tiles, for shapes with more lines than one arrangement can take.

The plane is divided (`check/division.py`) until on each tile the network is constant and no edge
of the shape meets it, or so few lines are left that all cells they make are compared
(`check/local.py`, `check/strands.py`). It is never asked whether a tile lies inside the shape: that
the network changes exactly where the shape does is seen everywhere, and since both are compared at
one point outside, it follows that they are equal.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from regions.check.division import Tiles, divided
from regions.check.lines import Scene
from regions.check.local import Close
from regions.check.pinpoint import Triple, around, judged, on_the_plane, witness
from regions.check.proof import Proof, Verdict, Witness
from regions.check.signs import places_of
from regions.check.strands import Suspect, Tally, compared
from regions.check.views import CHARTS, View, root
from regions.network.model import Network
from regions.network.tiles import Remainder
from regions.progress import measured

LOAD = 2**18
"""Separators and edges of tiles that are divided together: some 300 MB."""

PAIRS = 2**21
"""Pairs of lines on tiles that are looked at closely together."""


class _Look(NamedTuple):
    """Tiles that are looked at closely, if any, and how many there are without anything left."""

    close: Close | None
    empty: int


class _Difference(NamedTuple):
    """Where network and shape differ, and whether only on the shape's border."""

    witness: Witness
    bordering: bool


def prove_in_tiles(network: Network, scene: Scene) -> Proof:
    """Compare a network of one region with a polygon, exactly, on the whole plane.

    A difference off the shape's border ends the search: then the proof counts what was compared
    until then.

    Args:
        network: Of one region.
        scene: The network and the polygon, as lines.

    Raises:
        NetworkError: The network has several regions.
        ValueError: The shape is not one polygon: the jumps across its edges are all that counts.
    """
    begin = time.perf_counter()
    if not scene.tree.single:
        raise ValueError("only one polygon is proved in tiles")
    rest = on_the_plane(network, scene)
    tally, difference = Tally(), _far_off(scene, rest)
    looks = measured(_looks(rest, scene), "proving")
    while (difference is None or difference.bordering) and (look := next(looks, None)):
        tally = tally.plus(Tally(look.empty, look.empty))
        if look.close is not None:
            found, suspects = compared(look.close)
            tally = tally.plus(found)
            for suspect in suspects:
                if difference is None or not suspect.bordering:
                    difference = _pinpointed(scene, rest, look.close, suspect)
    return Proof(
        verdict=_verdict(difference),
        lines=len(scene.lines),
        faces=tally.faces,
        edges=tally.edges,
        vertices=tally.vertices,
        tiles=tally.tiles,
        distance=scene.distance,
        seconds=time.perf_counter() - begin,
        witness=None if difference is None else difference.witness,
    )


def _verdict(difference: _Difference | None) -> Verdict:
    if difference is None:
        return "equal"
    return "equal except on the boundary" if difference.bordering else "different"


def _far_off(scene: Scene, rest: Remainder) -> _Difference | None:
    """Whether network and shape differ at a corner of the first tile, outside the shape."""
    (x, p), (y, q) = (value.as_integer_ratio() for value in root(scene, 0)[2:].tolist())
    return _differs(scene, rest, [(x * q, y * p, p * q)])


def _pinpointed(scene: Scene, rest: Remainder, close: Close, suspect: Suspect) -> _Difference:
    """The difference beside a suspect strand."""
    [line] = close.view.forms.exact(np.array([suspect.line])).tolist()
    [across] = close.forms.exact(np.array([suspect.across])).tolist()
    way = 1 if suspect.forward else -1
    difference = _differs(scene, rest, around(scene, close.view.chart, line, across, way))
    if difference is None or difference.bordering > suspect.bordering:
        raise AssertionError("a suspect strand without a difference beside it")
    return difference


def _differs(scene: Scene, rest: Remainder, points: Iterable[Triple]) -> _Difference | None:
    """The clearest difference at some points, if there is any."""
    found = [(judged(scene, rest, point), point) for point in points]
    judgement, point = max(found, key=lambda pair: pair[0].rank)
    if judgement.network == judgement.shape:
        return None
    return _Difference(witness(scene, point, judgement), judgement.border)


def _looks(rest: Remainder, scene: Scene) -> Iterator[tuple[_Look, float]]:
    """Divide the plane; with each look the part of the work that was done before it."""
    corners = places_of(scene.borders.corners.points)
    for chart in reversed(range(len(CHARTS))):
        view = View.of(scene, chart)
        stack = [Tiles.first(rest, view)]
        while stack:
            done = 0.0 if chart else 1 - sum(float(tiles.share.sum()) for tiles in stack)
            tiles = stack.pop()
            last = tiles.are_last(view)
            if last.any():
                few = tiles.take(last)
                for part in few.parts(few.load**2 + 1, PAIRS):
                    yield _Look(Close(part, view, corners, scene.borders.ends), 0), done
            if not last.all():
                tiles, empty = divided(tiles.take(~last), view)
                yield _Look(None, empty), done
                stack += tiles.parts(tiles.load, LOAD)
