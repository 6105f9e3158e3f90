"""Points: ours with an index made beforehand or within, against prepared Shapely and a path."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from regions.network.model import Bools, Floats, Network
from regions.network.pruned.points import looked_up
from tests.bench.measure import Plan, Turns, Way, in_turn
from tests.bench.peers import by_path
from tests.bench.subjects import Subject

READY, BUILT, TWO, SHAPELY, PATH = "ready", "built", "two threads", "shapely", "matplotlib"

OUTSIDE = (0.0, 0.05, 0.9)
"""Parts of the points that lie outside the shape's bounds."""

PILOT, MORE = 64, 4
"""How many points are tried first, and how many times as many then."""

TRIAL = 0.1
"""Part of the patience from which a trial tells how long a point takes: calls have a price, too."""

PATH_WORK = 5e8
"""Edges times points up to which Matplotlib's path is asked, of points within the bounds: it looks
at every edge, whatever the point."""


def ours_points(network: Network, points: Floats, index: bool | None, threads: int) -> Bools:
    """The network's answers for points, `(n, 2)`.

    The one place that knows how an index and threads are asked for. `index` is as for
    `Network.inside`, which chooses the number of threads itself; only the index takes it from here.
    """
    found = looked_up(network, 0, points, threads) if index else None
    return network.inside(points, index=index) if found is None else found


def fresh(network: Network) -> Network:
    """The same network, without whatever it has made for itself."""
    return dataclasses.replace(network)


@dataclass(frozen=True)
class PointRow:
    """One shape and one cloud of points.

    Attributes:
        name: The shape.
        edges: Its border pieces.
        curved: Whether the others had a polygon in place of the shape.
        count: Of points.
        outside: Part of them outside the shape's bounds.
        turns: Of those among `READY`, `BUILT`, `TWO`, `SHAPELY` and `PATH` that were asked.
    """

    name: str
    edges: int
    curved: bool
    count: int
    outside: float
    turns: Turns

    def per_point(self, way: str) -> float:
        """Median nanoseconds."""
        return 1e9 * self.turns.seconds(way).mid / self.count


def cloud(bounds: tuple[float, ...], count: int, outside: float) -> Floats:
    """Uniform in the bounds, or in a box around them of which they are all but a part `outside`."""
    low, high = np.array(bounds[:2]), np.array(bounds[2:])
    middle, half = (low + high) / 2, (high - low) / 2 / np.sqrt(1 - outside)
    return np.random.default_rng(0).uniform(middle - half, middle + half, (count, 2))


def affordable(answer: Callable[[Floats], object], points: Floats, patience: float) -> Floats:
    """As many of the points as are answered in time, by how long a few of them take."""
    few = PILOT
    answer(points[:few])  # The first call makes what is kept.
    while True:
        begin = time.perf_counter()
        answer(points[:few])
        taken = time.perf_counter() - begin
        if few >= len(points) or taken >= TRIAL * patience:
            return points[: max(few, int(few * patience / taken))]
        few *= MORE


def points(
    subjects: Iterable[Subject], counts: Sequence[int], plan: Plan, patience: float
) -> Iterator[PointRow]:
    """The first number of points with some outside, too; the others within the bounds only."""
    for subject in subjects:
        shapely.prepare(subject.region)
        for count in counts:
            for outside in OUTSIDE if count == counts[0] else OUTSIDE[:1]:
                asked = cloud(subject.region.bounds, count, outside)
                few = plan if count == counts[0] else dataclasses.replace(plan, most=plan.least)
                path = not outside and subject.corners * count <= PATH_WORK
                turns = in_turn(_ways(subject, asked, patience, path), few)
                name, edges, curved = subject.name, subject.edges, subject.curved
                yield PointRow(name, edges, curved, count, outside, turns)


def _ways(subject: Subject, points: Floats, patience: float, path: bool) -> dict[str, Way]:
    network, region = subject.network, subject.region

    def asked(answer: Callable[[Floats], object]) -> Way:
        some = affordable(answer, points, patience)
        return Way.plain(lambda: answer(some), len(some) / len(points))

    ways = {
        READY: Way.plain(lambda: ours_points(network, points, True, 1)),
        BUILT: Way(lambda net: ours_points(net, points, True, 1), lambda: fresh(network)),
        TWO: Way.plain(lambda: ours_points(network, points, True, 2)),
        SHAPELY: asked(_by_shapely(region)),
    }
    if path:
        rings = shapely.get_rings(shapely.get_parts(region))
        ways[PATH] = asked(by_path(map(shapely.get_coordinates, rings)))
    return ways


def _by_shapely(region: shapely.Geometry) -> Callable[[Floats], object]:
    return lambda some: shapely.intersects_xy(region, some[:, 0], some[:, 1])
