"""The proof by walking along every line of one arrangement.

On each line network and shape are compared in all its vertices and edges, and in the faces on both
sides of these: so in every face, edge and vertex that there is. Nothing is evaluated anew from one
to the next; what changes at a crossing is added up (`check/steps.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check import steps
from regions.check.cost.walk import COMPILE_AFTER
from regions.check.lines import Scene
from regions.check.order import Crossings, crossings_along
from regions.check.pinpoint import Triple, around, judged, on_the_plane, witness
from regions.check.proof import Proof, Verdict, Witness
from regions.check.signs import Forms, Places, places_of, signs_at
from regions.check.steps import DIFFERS, LEFT_DIFFERS, MIXED, RIGHT_DIFFERS, State, Wiring
from regions.check.views import View
from regions.check.wiring import as_lists, room, wired
from regions.geometry.compiled import compiled
from regions.network.model import Network
from regions.network.tiles import Remainder
from regions.progress import announced, track

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Place:
    """A stretch of a line, or the vertex in which it begins, where network and shape differ.

    Attributes:
        line: Which line.
        across: A line that crosses it where the stretch begins; -1 if none does.
        way: 1 if the stretch runs in the direction (b, -a) from there, or -1.
        rank: Places off the shape's boundary come first, of these faces before edges and vertices.
    """

    line: int
    across: int
    way: int
    rank: int


FACE, EDGE, VERTEX, BORDER_EDGE, BORDER_VERTEX = 5, 4, 3, 2, 1
"""Ranks."""


def prove_by_walking(network: Network, scene: Scene) -> Proof:
    """Compare a network of one region with a straight shape in all cells of their arrangement.

    Time grows with the square of the lines; memory with the lines.

    Args:
        network: Of one region.
        scene: The network and the shape, as lines.

    Raises:
        NetworkError: The network has several regions.
    """
    begin = time.perf_counter()
    walker = _Walker.of(network, scene)
    rest = on_the_plane(network, scene)
    forms, corners = View.of(scene, 0).forms, places_of(scene.borders.corners.points)
    edges, vertices = 0, 0
    worst: _Place | None = None
    for line in track(_by_direction(forms).tolist(), len(scene.lines), "proving"):
        along = crossings_along(forms, line)
        marks = walker.marks(line, along, _sides(forms, line, corners))
        edges += len(along.start)
        vertices += int(np.count_nonzero(along.least > line))
        for place in _places(line, along, *marks):
            worst = _worse(place, worst, scene, rest)
    verdict, found = _concluded(scene, rest, worst)
    return Proof(
        verdict=verdict,
        lines=len(scene.lines),
        faces=1 + edges - vertices,
        edges=edges,
        vertices=vertices,
        distance=scene.distance,
        seconds=time.perf_counter() - begin,
        witness=found,
    )


@dataclass(frozen=True, eq=False)
class _Walker:
    """Network and shape as a circuit, and what it said on the last line.

    Attributes:
        wiring: Arrays, or lists for functions that are not compiled.
        state: Likewise.
        compiled: Which of the two.
    """

    wiring: Wiring
    state: State
    compiled: bool

    @classmethod
    def of(cls, network: Network, scene: Scene) -> _Walker:
        """One for all lines of a scene, compiled if they are many."""
        wiring = wired(network, scene)
        state = room(wiring)
        if len(scene.lines) ** 2 >= COMPILE_AFTER:
            return cls(wiring, state, True)
        return cls(as_lists(wiring), as_lists(state), False)

    def marks(self, line: int, along: Crossings, corners: Ints) -> tuple[Ints, Ints]:
        """Walk along a line: the marks of its edges, and of its vertices."""
        points = len(along.start) - 1
        signs = [along.before.astype(np.int64), along.after.astype(np.int64)]
        given = [*signs, along.lines, along.start, corners]
        edges, vertices = np.zeros(points + 1, dtype=np.int64), np.zeros(points, dtype=np.int64)
        if self.compiled:
            _compiled()(self.wiring, self.state, line, *given, edges, vertices)
            return edges, vertices
        lists = [part.tolist() for part in (*given, edges, vertices)]
        steps.walk(self.wiring, self.state, line, *lists)
        return np.array(lists[-2], dtype=np.int64), np.array(lists[-1], dtype=np.int64)


@cache
def _compiled() -> Callable[..., None]:
    with announced("compiling the proof"):
        walk: Callable[..., None] = compiled(steps, inline=True, called=steps.CALLED)["walk"]
    return walk


def _by_direction(forms: Forms) -> Ints:
    """The lines in the order in which they are turned: so few signs differ where the next begins.

    The directions are those of `check/order.py`, and rounding does no harm.
    """
    a, b, _ = np.nan_to_num(forms.near).T
    order: Ints = np.argsort((np.arctan2(-a, b) + np.pi / 4) % np.pi, kind="stable")
    return order


def _sides(forms: Forms, line: int, corners: Places) -> Ints:
    """`(v,)` the sign of a line in each corner."""
    return signs_at(forms.take(np.full(len(corners.near), line)), corners).astype(np.int64)


def _places(line: int, along: Crossings, edges: Ints, vertices: Ints) -> Iterator[_Place]:
    """Where the marks tell of a difference; a vertex is told of on the first line through it."""
    for i in np.flatnonzero(edges & (LEFT_DIFFERS | RIGHT_DIFFERS | DIFFERS)).tolist():
        rank = BORDER_EDGE if edges[i] & MIXED else EDGE
        rank = FACE if edges[i] & (LEFT_DIFFERS | RIGHT_DIFFERS) else rank
        if i > 0:
            yield _Place(line, int(along.lines[along.start[i - 1]]), along.way, rank)
        else:
            yield _Place(line, int(along.lines[0]) if len(along.lines) else -1, -along.way, rank)
    for i in np.flatnonzero(vertices & DIFFERS).tolist():
        if along.least[i] > line:
            rank = BORDER_VERTEX if vertices[i] & MIXED else VERTEX
            yield _Place(line, int(along.least[i]), along.way, rank)


def _worse(place: _Place, worst: _Place | None, scene: Scene, rest: Remainder) -> _Place:
    """The one of higher rank.

    A vertex about which a line sees the same everywhere may lie on the boundary all the same.
    """
    if worst is not None and place.rank <= worst.rank:
        return worst
    if place.rank == VERTEX and judged(scene, rest, _points(scene, place)[0]).border:
        place = replace(place, rank=BORDER_VERTEX)
        return place if worst is None else worst
    return place


def _points(scene: Scene, place: _Place) -> list[Triple]:
    """A point of the vertex, of the stretch, and of the faces on both its sides."""
    a, b, c = scene.lines[place.line]
    across = scene.lines[place.across] if place.across >= 0 else (-b, a, 0)
    return list(around(scene, 0, (a, b, c), across, place.way))


def _concluded(
    scene: Scene, rest: Remainder, worst: _Place | None
) -> tuple[Verdict, Witness | None]:
    """The verdict, and the point where network and shape differ."""
    if worst is None:
        return "equal", None
    points = _points(scene, worst)
    if worst.rank in (VERTEX, BORDER_VERTEX):
        points = points[:1]
    found = [(judged(scene, rest, point), point) for point in points]
    judgement, point = max(found, key=lambda pair: pair[0].rank)
    if judgement.network == judgement.shape or judgement.border != (worst.rank <= BORDER_EDGE):
        raise AssertionError("the walk found a difference that is none")
    verdict: Verdict = "equal except on the boundary" if judgement.border else "different"
    return verdict, witness(scene, point, judgement)
