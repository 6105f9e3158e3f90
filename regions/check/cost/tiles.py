"""What the proof in tiles costs (`check/tiled.py`): how many tiles it makes.

A map takes an even share of tiles for each line. Four things make tiles small, and many.

* **Edges that bend little**, as on a circle of n of them: the lines of the next ones stay close by.
  The line of the k-th next edge of length l, at turns of t each, is `l * t * k^2 / 2` away, and a
  tile that holds no more than 2 of them on each side is no taller. That makes 0.035 n^2 tiles for
  the circle; 573,159 were counted for 4,000 edges.
* **Slanted edges side by side** are parted only by tiles as small as their distance: of edges of
  length L in all, spread evenly, by `L^2 / area` tiles, but for a factor. Edges along the axes are
  parted by single cuts. Edges that are crowded in a small part of the hull are dearer than that.
* **Lines that are one but for rounding**, such as those of the tips of a slanted comb's teeth, run
  side by side as far as they go, and are looked at together.
* **Gates that no single input decides** depend on all of them everywhere, so that all crossings of
  their lines matter. Such is the gate of a network with one hidden layer.
"""

from __future__ import annotations

import numpy as np
import shapely

from regions.geometry.frame import lattice_step
from regions.network.model import Floats, Gates, Network
from regions.shape.model import Box, Polygonal

TILE = 5e-5
"""Seconds: 5e-5 on maps of 1,000 to 67,000 edges, 2e-5 where many small tiles are alike."""

TILES_A_LINE = 1.5
"""For each edge and each separator of a map: 1.2 to 1.4 were counted."""

NEIGHBOURS = 2
"""Edges on each side of one that can meet a tile with it: tiles are halved down to 6 lines."""

TILES_A_RUN = 0.03
"""The most for an edge, times k^3, where k edges together turn by less than a radian: lines that no
tile parts are looked at together. 40 edges nearly on a line took up to 1.5 seconds, 80 up to 22."""

TILES_SIDE_BY_SIDE = 0.6
"""For each unit of L^2 / area: 0.4 to 0.7 were counted on spirals, fans and stars."""

TILES_A_TWIN = 13
"""As much as 6.5e-4 seconds, for each two lines that are one but for rounding: combs of 100 and 250
teeth took 7 and 38 seconds."""

ROUNDED = 2.0**30
"""Angles and offsets are told apart by one in so many."""

TILES_A_CROSSING = 5
"""As much as 1e-4 to 2.6e-4 seconds, for each two lines that one undecided gate reads."""


def seconds_in_tiles(network: Network, shape: Polygonal | Box) -> float:
    """About how long the proof in tiles takes."""
    crossings, twins = _entangled(network.gates) / 2, _twins(shape)
    more = TILES_A_CROSSING * crossings + TILES_A_TWIN * twins
    return TILE * (expected_tiles(network, shape) + more)


def expected_tiles(network: Network, shape: Polygonal | Box) -> float:
    """About how many tiles are made, if each gate has inputs that decide it alone."""
    steps = edge_vectors(shape)
    even = TILES_A_LINE * (len(steps) + network.n_separators)
    return even + _bending_little(steps) + TILES_SIDE_BY_SIDE * _side_by_side(steps, shape)


def edge_vectors(shape: Polygonal | Box) -> Floats:
    """`(e, 2)` from each edge's begin to its end, ring by ring."""
    begin, end = _ends(shape)
    steps: Floats = end - begin
    return steps


def _ends(shape: Polygonal | Box) -> tuple[Floats, Floats]:
    """`(e, 2)` where edges begin, and where they end."""
    geometry = _box(shape) if isinstance(shape, Box) else shape.geometry
    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    return points[:-1][same], points[1:][same]


def _box(box: Box) -> shapely.Polygon:
    return shapely.box(box.xmin, box.ymin, box.xmax, box.ymax)


def _bending_little(steps: Floats) -> float:
    """Sum of the edges' lengths, each over the side of the largest tile that it may share."""
    course = np.arctan2(steps[:, 1], steps[:, 0])
    turns = np.abs((np.roll(course, -1) - course + np.pi) % (2 * np.pi) - np.pi)
    near = np.pad(turns, (NEIGHBOURS, NEIGHBOURS - 1), mode="wrap")
    turn = np.convolve(near, np.ones(2 * NEIGHBOURS), mode="valid") / (2 * NEIGHBOURS)
    # A tile that is long and low along a level edge is no taller than the edge is in it.
    slope = np.min(np.abs(steps), axis=1) / np.max(np.abs(steps), axis=1)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        parts = np.nan_to_num(2 * slope / (turn * NEIGHBOURS**2), nan=0.0)
    turned = np.cumsum(turns)
    run = np.searchsorted(turned, turned + 1) - np.arange(len(turned))
    return float(np.minimum(parts, TILES_A_RUN * run**3.0).sum())


def _side_by_side(steps: Floats, shape: Polygonal | Box) -> float:
    """L^2 / area, where an edge along an axis has no length, and the area is the hull's."""
    geometry = _box(shape) if isinstance(shape, Box) else shape.geometry
    xmin, ymin, xmax, ymax = geometry.bounds
    extent = max(xmax - xmin, ymax - ymin)
    length = 2 * np.minimum(*np.abs(steps / extent).T).sum()
    hull = shapely.transform(shapely.convex_hull(geometry), lambda points: points / extent)
    return float(length**2 / max(hull.area, np.finfo(np.float64).tiny))


def _twins(shape: Polygonal | Box) -> int:
    """Pairs of slanted edges whose lines are one but for rounding; on a lattice there are none."""
    begin, end = _ends(shape)
    if lattice_step(begin) is not None:
        return 0
    center = begin.mean(axis=0)
    scale = np.abs(begin - center).max()
    steps, away = (end - begin) / scale, (begin - center) / scale
    slanted = (steps != 0).all(axis=1)
    steps, away = steps[slanted], away[slanted]
    length = np.hypot(*steps.T)
    steps = steps * (np.sign(steps[:, 0]) / length)[:, np.newaxis]
    offset = steps[:, 0] * away[:, 1] - steps[:, 1] * away[:, 0]
    keys = np.rint(np.column_stack([steps[:, 1], offset]) * ROUNDED) @ np.array([1, 1j])
    _, counts = np.unique(keys, return_counts=True)
    return int((counts[counts > 1] ** 2).sum())


def _entangled(gates: Gates) -> int:
    """Sum of the squared numbers of inputs, over the gates that no single input decides.

    AND and OR are decided by one input, and so is what is fused of them: `a AND (b OR c)` by a.
    """
    full = np.flatnonzero(np.diff(gates.start))
    begin, count = gates.start[full], np.diff(gates.start)[full]
    if not len(full):
        return 0
    most = np.add.reduceat(np.maximum(gates.weights, 0), begin)
    least = np.add.reduceat(np.minimum(gates.weights, 0), begin)
    largest = np.maximum.reduceat(np.abs(gates.weights), begin)
    bias = gates.bias[full]
    undecided = np.minimum(most + bias, -least - bias) > largest
    return int((count[undecided] ** 2).sum())
