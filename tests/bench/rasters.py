"""Rasters: ours on one thread and on two against the others', and who gets which pixels wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from regions.network.pruned import pruned
from regions.network.raster import Grid
from tests.bench.measure import Plan, Turns, Way, in_turn
from tests.bench.peers import Mask, Peer
from tests.bench.subjects import Subject

OURS, TWO = "ours", "two threads"


@dataclass(frozen=True)
class RasterRow:
    """One shape at one size.

    Attributes:
        name: The shape.
        edges: Its border pieces.
        corners: Edges of the polygon that the others get.
        units: Of the network.
        side: Pixels along the longer side.
        pixels: In all.
        turns: Of `OURS`, `TWO` and those peers that were asked.
    """

    name: str
    edges: int
    corners: int
    units: int
    side: int
    pixels: int
    turns: Turns

    @property
    def per_pixel(self) -> float:
        """Median nanoseconds of ours."""
        return 1e9 * self.turns.seconds(OURS).mid / self.pixels


@dataclass(frozen=True)
class WrongRow:
    """Pixels of one shape that the others answer otherwise than we do.

    Attributes:
        name: The shape.
        curved: Whether the others had a polygon in place of the shape.
        pixels: In all.
        wrong: For each peer that was asked.
    """

    name: str
    curved: bool
    pixels: int
    wrong: Mapping[str, int]


def ours(subject: Subject, grid: Grid, threads: int) -> Mask:
    """The network's raster by pruning, whatever it would choose for itself."""
    mask = pruned(subject.network, grid.xs, grid.ys, threads)
    assert mask is not None, "only coordinates that overflow are refused"
    return mask


def rasters(
    subjects: Iterable[Subject], peers: Sequence[Peer], sides: Sequence[int], plan: Plan
) -> Iterator[RasterRow]:
    """Each shape at each size, everybody in turn."""
    for subject in subjects:
        for side in sides:
            grid = Grid.fitting(subject.window, side)
            turns = in_turn(_ways(subject, grid, peers), plan)
            pixels = grid.width * grid.height
            sizes = subject.edges, subject.corners, subject.network.size
            yield RasterRow(subject.name, *sizes, side, pixels, turns)


def _ways(subject: Subject, grid: Grid, peers: Sequence[Peer]) -> dict[str, Way]:
    ways = {
        OURS: Way.plain(lambda: ours(subject, grid, 1)),
        TWO: Way.plain(lambda: ours(subject, grid, 2)),
    }
    for peer in peers:
        if peer.installed and peer.timed(subject.corners, grid.width * grid.height):
            ways[peer.name] = Way.plain(peer.ready(subject.region, grid))
    return ways


def wrong(subjects: Iterable[Subject], peers: Sequence[Peer], side: int) -> Iterator[WrongRow]:
    """Each shape's raster compared bit by bit, pixels on the border included."""
    for subject in subjects:
        grid = Grid.fitting(subject.window, side)
        right = ours(subject, grid, 1)
        pixels = grid.width * grid.height
        counts = {
            peer.name: int(((peer.ready(subject.region, grid)() != 0) != right).sum())
            for peer in peers
            if peer.installed and peer.compared(subject.corners, pixels)
        }
        yield WrongRow(subject.name, subject.curved, pixels, counts)
