"""Valid polygons that are hard for a compiler of polygons: deep, thin, degenerate, badly scaled.

Each function draws one kind, of any size, the same for the same arguments. `adversaries` is the
list that tests go through, small enough to judge each at many points.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Geometry = shapely.Polygon | shapely.MultiPolygon


@dataclass(frozen=True, eq=False)
class Adversary:
    """A polygon that is hard.

    Attributes:
        name: What it is called in a test's parameters.
        geometry: Valid.
        lattice: All vertices lie on a lattice of few bits, so a network for it must be exact.
    """

    name: str
    geometry: Geometry
    lattice: bool


def adversaries() -> list[Adversary]:
    """One or two of each kind, up to some 800 edges."""
    lattice = [Adversary(name, draw(), True) for name, draw in _LATTICE.items()]
    return lattice + [Adversary(name, draw(), False) for name, draw in _OTHERS.items()]


def thicken(path: Floats, half: float) -> shapely.Polygon:
    """The band about a rectilinear path that turns left or right or goes straight on, never back.

    Args:
        path: `(n, 2)` corners, each step parallel to an axis.
        half: Half of the band's thickness.
    """
    step = np.sign(np.diff(path, axis=0))
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1)
    straight = (normal[:-1] == normal[1:]).all(axis=1)[:, np.newaxis]
    corners = np.where(straight, normal[1:], normal[:-1] + normal[1:])
    off = half * np.concatenate([normal[:1], corners, normal[-1:]])
    return shapely.Polygon(np.concatenate([path + off, (path - off)[::-1]]))


def square_spiral(turns: int) -> shapely.Polygon:
    """A rectilinear arm that winds outwards; `8 * turns + 4` edges."""
    lengths = np.repeat(np.arange(1, 2 * turns + 2), 2)[: 4 * turns + 1]
    directions = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)])[np.arange(len(lengths)) % 4]
    steps = 4.0 * lengths[:, np.newaxis] * directions
    return thicken(np.concatenate([[(0.0, 0.0)], np.cumsum(steps, axis=0)]), 1.0)


def round_spiral(turns: int, per_turn: int = 36) -> shapely.Polygon:
    """A band of constant thickness around a spiral of Archimedes."""
    turn = np.arange(turns * per_turn + 1) / per_turn
    arm = np.exp(2j * np.pi * turn)
    both = np.concatenate([(turn + 1.5) * arm, ((turn + 1.0) * arm)[::-1]])
    return shapely.Polygon(_pairs(both))


def hilbert(level: int) -> shapely.Polygon:
    """The band about Hilbert's curve: deep, and straight runs of collinear vertices."""
    path = np.zeros((1, 2))
    for k in range(level):
        turned = path[:, ::-1]
        side, up = 2**k, np.array([0, 2**k])
        last = np.array([2 * side - 1, side - 1]) - turned
        path = np.concatenate([turned, path + up, path + side, last])
    return thicken(4 * path, 1.0)


def comb(teeth: int) -> shapely.Polygon:
    """Equal teeth: all tips on one line, all gaps on another; `4 * teeth` edges."""
    x = np.repeat(np.arange(2 * teeth), 2)
    profile = np.stack([x, np.tile([0, 10, 10, 0], teeth)], axis=1)
    return shapely.Polygon([*profile.tolist(), (2 * teeth - 1, -1), (0, -1)])


def nested_comb(level: int, teeth: int = 3) -> shapely.Polygon:
    """A comb whose teeth are combs, and so on: depth that no balance takes away."""
    boxes = [shapely.box(0, 0, 8**level, 1)]
    spines = [(0, 0, 1, 0)]
    for k in range(level, 0, -1):
        length, grown = 8 ** (k - 1), []
        for x, y, dx, dy in spines:
            for place in (8**k * (i + 1) // (teeth + 1) for i in range(teeth)):
                # The tooth leaves the spine to its left, or upwards from a horizontal one.
                root = (x + place * dx + dy, y + place * dy + dx)
                tip = (root[0] + (dx == 1) + length * dy, root[1] + (dy == 1) + length * dx)
                boxes.append(shapely.box(*root, *tip))
                grown.append((*root, dy, dx))
        spines = grown
    return shapely.union_all(boxes)


def zigzag(bends: int) -> shapely.Polygon:
    """A zigzag of constant thickness: two families of parallel edges."""
    x = np.arange(bends + 2)
    top = np.stack([x, 10 * (x % 2)], axis=1)
    return shapely.Polygon(np.concatenate([top, (top - (0, 2))[::-1]]))


def sawtooth(teeth: int) -> shapely.Polygon:
    """Rises straight up, falls aslant."""
    x = np.repeat(np.arange(teeth + 1), 2)[:-1]
    profile = np.stack([x, np.append(np.tile([0, 5], teeth), 0)], axis=1)
    return shapely.Polygon([*profile.tolist(), (teeth, -1), (0, -1)])


def koch(level: int) -> shapely.Polygon:
    """The snowflake; `3 * 4**level` edges."""
    ring = np.array([0, 1, 0.5 + math.sqrt(0.75) * 1j, 0])
    for _ in range(level):
        third = np.diff(ring) / 3
        tip = third * np.exp(-1j * np.pi / 3)
        a = ring[:-1]
        parts = np.stack([a, a + third, a + third + tip, a + 2 * third], axis=1)
        ring = np.append(parts.ravel(), ring[-1])
    return shapely.Polygon(_pairs(ring))


def star_shaped(corners: int, seed: int) -> shapely.Polygon:
    """Random distances in rising directions."""
    rng = np.random.default_rng(seed)
    angle = 2 * np.pi * (np.arange(corners) + 0.9 * rng.random(corners)) / corners
    return shapely.Polygon(_pairs(rng.uniform(0.2, 1, corners) * np.exp(1j * angle)))


def regular_star(points: int, step: int) -> shapely.Polygon:
    """The outline of the star {points/step}: its edges lie on lines in pairs, but for rounding."""
    inner = math.cos(math.pi * step / points) / math.cos(math.pi * (step - 1) / points)
    angle = np.pi * np.arange(2 * points) / points
    return shapely.Polygon(_pairs(np.tile([1, inner], points) * np.exp(1j * angle)))


def spikes(count: int, base: float, tip: float, angle: float) -> shapely.Polygon:
    """A disc with spikes (base < tip), or with slits cut into it (base > tip), as sharp as asked.

    Args:
        count: How many.
        base: Radius at which they begin.
        tip: Radius at which they end.
        angle: Between their two sides, in radians.
    """
    direction = np.exp(1j * (0.3 + 2 * np.pi * np.arange(count) / count))
    aside = 0.5j * angle * abs(tip - base)
    spike = np.stack([base - aside, np.full((), tip), base + aside])
    return shapely.Polygon(_pairs((direction[:, np.newaxis] * spike).ravel()))


def ulp_needles(count: int, seed: int) -> shapely.MultiPolygon:
    """Triangles, side by side, whose middle vertex lies one to three ulps off the longest side."""
    rng = np.random.default_rng(seed)
    found: list[shapely.Polygon] = []
    while len(found) < count:
        tip, end = rng.uniform(
            [(2 * len(found), 0), (2 * len(found), 3)],
            [(2 * len(found) + 1, 1), (2 * len(found) + 1, 4)],
        )
        middle = tip + rng.uniform(0.2, 0.8) * (end - tip)
        triangle = shapely.Polygon([tip, end, _nudged(middle, rng)])
        found += [triangle] if triangle.is_valid and triangle.area > 0 else []
    return shapely.MultiPolygon(found)


def slivers(count: int, seed: int, width: float = 1e-12) -> shapely.MultiPolygon:
    """Long parallelograms, side by side, as wide as asked."""
    rng = np.random.default_rng(seed)
    start = rng.uniform(0, 1, (count, 2)) + 2.0 * np.arange(count)[:, np.newaxis] * (1, 0)
    along = rng.uniform((0, 3), (1, 4), (count, 2))
    aside = width * along[:, ::-1] * (1, -1)
    rings = np.stack([start, start + aside, start + aside + along, start + along], axis=1)
    return shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])


def staircase(steps: int) -> shapely.Polygon:
    """Corners on two parallel diagonals."""
    i = np.arange(steps)
    corners = np.stack([steps - i, i, steps - i, i + 1], axis=1).reshape(-1, 2)
    return shapely.Polygon([(0, 0), *corners.tolist(), (0, steps)])


def gear(teeth: int) -> shapely.Polygon:
    """A square with teeth on all sides, so placed that lines carry edges of both orientations."""
    side = 2 * teeth
    boxes = [shapely.box(0, 0, side, side)]
    for i in range(0, side, 2):
        boxes += [shapely.box(i, side, i + 1, side + 1), shapely.box(i + 1, -1, i + 2, 0)]
        boxes += [shapely.box(-1, i, 0, i + 1), shapely.box(side, i + 1, side + 1, i + 2)]
    return shapely.union_all(boxes)


def polyomino(size: int, seed: int) -> Geometry:
    """Random cells of a board: holes, islands, and corners that touch."""
    rows, columns = np.nonzero(np.random.default_rng(seed).random((size, size)) < 0.6)
    return shapely.union_all(shapely.box(columns, rows, columns + 1, rows + 1))


def checkerboard(size: int) -> shapely.MultiPolygon:
    """The dark cells: all touch in corners, each line carries edges of both orientations."""
    rows, columns = np.nonzero(np.indices((size, size)).sum(axis=0) % 2 == 0)
    return shapely.MultiPolygon(list(shapely.box(columns, rows, columns + 1, rows + 1)))


def _primitive_directions(reach: int) -> Floats:
    """`(n, 2)` integer vectors without a common divisor, by angle; opposite ones are both there."""
    x, y = np.indices((2 * reach + 1, 2 * reach + 1)).reshape(2, -1) - reach
    primitive = np.gcd(x, y) == 1
    vectors = np.stack([x, y], axis=1)[primitive]
    return vectors[np.argsort(np.arctan2(y[primitive], x[primitive]))].astype(np.float64)


def pinwheel(reach: int) -> shapely.Polygon:
    """Every other edge on a line through the centre, on most lines one edge of each orientation."""
    directions = _primitive_directions(reach)
    return shapely.Polygon(np.stack([4 * directions, 8 * directions], axis=1).reshape(-1, 2))


def fan(reach: int) -> shapely.MultiPolygon:
    """Triangles that all meet in one vertex."""
    directions = 8 * _primitive_directions(reach)
    pairs = zip(directions[::2], directions[1::2], strict=True)
    return shapely.MultiPolygon([shapely.Polygon([(0, 0), a, b]) for a, b in pairs])


def inscribed(level: int) -> shapely.MultiPolygon:
    """The corners that a diamond cuts off a square, the same in the square within, and so on.

    They touch in vertices and on edges, and have their lines in common four by four.
    """
    triangle = np.array([(1, 0), (1, 1), (0, 1)])
    turns = [np.array([(1, 0), (0, 1)]), np.array([(0, 1), (-1, 0)])]
    turns += [-turn for turn in turns]
    corners = [2**k * triangle @ turn for k in range(level) for turn in turns]
    return shapely.MultiPolygon([shapely.Polygon(corner) for corner in corners])


def onion(rings: int) -> shapely.MultiPolygon:
    """Square rings within square rings."""
    return shapely.MultiPolygon(
        [shapely.Polygon(_square(2 * k + 2), [_square(2 * k + 1)]) for k in range(0, 2 * rings, 2)]
    )


def diamond_chain(count: int) -> shapely.Polygon:
    """Holes in a row that touch in vertices, the first one touching a side, and one in a corner."""
    size = 2 * count + 2
    holes = [[(2 * i, 3), (2 * i + 1, 4), (2 * i + 2, 3), (2 * i + 1, 2)] for i in range(count)]
    corner = [(size, 0), (size - 1, 1), (size - 2, 1)]
    return shapely.Polygon([(0, 0), (size, 0), (size, 6), (0, 6)], [*holes, corner])


def long_sides(side: int) -> shapely.Polygon:
    """A square with every lattice point on its sides a vertex: collinear, exactly."""
    i, zero, full = np.arange(side), np.zeros(side), np.full(side, side)
    x = np.concatenate([i, full, side - i, zero])
    return shapely.Polygon(np.stack([x, np.roll(x, side)], axis=1))


def untangled(corners: int, size: int, seed: int) -> shapely.Polygon:
    """A polygon through random lattice points: its tour made shorter until no two edges cross."""
    while True:
        rng = np.random.default_rng(seed)
        places = rng.choice(size * size, corners, replace=False)
        tour = _shortened(np.stack(np.divmod(places, size), axis=1).astype(np.float64))
        polygon = shapely.Polygon(tour)
        if polygon.is_valid:
            return polygon
        seed += 1000


def _shortened(tour: Floats) -> Floats:
    """Reverse stretches of a tour while that shortens it (2-opt; Croes 1958)."""
    improved = True
    while improved:
        improved = False
        for i in range(len(tour) - 1):
            here, following = tour, np.roll(tour, -1, axis=0)
            old = np.hypot(*(here[i] - following[i])) + np.hypot(*(here - following).T)
            new = np.hypot(*(here[i] - here).T) + np.hypot(*(following[i] - following).T)
            j = i + 1 + int(np.argmax((old - new)[i + 1 :]))
            if old[j] - new[j] > 1e-9:
                tour[i + 1 : j + 1] = tour[i + 1 : j + 1][::-1].copy()
                improved = True
    return tour


def ulp_edges(polygon: shapely.Polygon, seed: int) -> shapely.Polygon:
    """A second vertex one to three ulps beside each, wherever the polygon stays valid."""
    rng = np.random.default_rng(seed)
    ring = shapely.get_coordinates(polygon)[:-1].tolist()
    for i in range(len(ring) - 1, -1, -1):
        longer = [*ring[: i + 1], _nudged(np.array(ring[i]), rng).tolist(), *ring[i + 1 :]]
        ring = longer if shapely.Polygon(longer).is_valid else ring
    return shapely.Polygon(ring)


def densified(polygon: shapely.Polygon, parts: int) -> shapely.Polygon:
    """Points along each side, rounded to doubles: bends of an ulp, both ways."""
    ring = shapely.get_coordinates(polygon)
    along = np.arange(parts)[:, np.newaxis] / parts
    points = ring[:-1, np.newaxis] + along * np.diff(ring, axis=0)[:, np.newaxis]
    return shapely.Polygon(points.reshape(-1, 2))


def buildings(rows: int) -> shapely.MultiPolygon:
    """Houses of 30 m with courtyards, turned, in metres of UTM, rounded to millimetres."""
    outer = np.array([(0, 0), (30, 0), (30, 12.5), (17.25, 12.5), (17.25, 21), (0, 21)])
    court = np.array([(5, 5), (5, 9.375), (11.8, 9.375), (11.8, 5)])
    places = [np.array([40.0 * i, 30.0 * k]) for i in range(rows) for k in range(rows)]
    local = shapely.MultiPolygon([shapely.Polygon(outer + p, [court + p]) for p in places])
    turned, zone = rotated(local, 17.3), np.array([500000, 5400000])
    return shapely.transform(turned, lambda p: np.round(p + zone, 3))


def rotated(geometry: Geometry, degrees: float) -> Geometry:
    """Turned about the origin: lines that were one, or parallel, are so but for rounding."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    matrix = np.array([[cosine, sine], [-sine, cosine]])
    return shapely.transform(geometry, lambda p: p @ matrix)


def scaled(geometry: Geometry, factor: float) -> Geometry:
    """Times a factor, each coordinate rounded."""
    return shapely.transform(geometry, lambda p: p * factor)


def tenths(geometry: Geometry) -> Geometry:
    """A lattice polygon on a grid of 0.1, which is no double."""
    return shapely.transform(geometry, lambda p: np.round(p / 10, 1))


def _pairs(z: NDArray[np.complex128]) -> Floats:
    return np.stack([z.real, z.imag], axis=1)


def _square(half: int) -> list[tuple[int, int]]:
    return [(-half, -half), (half, -half), (half, half), (-half, half)]


def _nudged(point: Floats, rng: np.random.Generator) -> Floats:
    """Moved by up to three ulps along each axis, not by none at all; from 0 by those of 1."""
    while not (ulps := rng.integers(-3, 4, 2)).any():
        pass
    return point + ulps * np.spacing(np.where(point == 0, 1.0, point))


_LATTICE: dict[str, Callable[[], Geometry]] = {
    "square spiral": lambda: square_spiral(12),
    "hilbert": lambda: hilbert(4),
    "comb": lambda: comb(40),
    "nested comb": lambda: nested_comb(3),
    "zigzag": lambda: zigzag(60),
    "sawtooth": lambda: sawtooth(60),
    "staircase": lambda: staircase(50),
    "gear": lambda: gear(10),
    "polyomino": lambda: polyomino(10, 0),
    "large polyomino": lambda: polyomino(16, 1),
    "checkerboard": lambda: checkerboard(8),
    "pinwheel": lambda: pinwheel(3),
    "fan": lambda: fan(3),
    "inscribed": lambda: inscribed(6),
    "onion": lambda: onion(8),
    "diamond chain": lambda: diamond_chain(12),
    "long sides": lambda: long_sides(60),
    "untangled": lambda: untangled(40, 12, 0),
    "crowded": lambda: untangled(30, 8, 1),
    "large untangled": lambda: untangled(120, 40, 2),
    "quarters": lambda: scaled(untangled(40, 2**14, 3), 0.25),
}

_OTHERS: dict[str, Callable[[], Geometry]] = {
    "round spiral": lambda: round_spiral(6),
    "turned spiral": lambda: rotated(square_spiral(6), 17.0),
    "turned comb": lambda: rotated(comb(30), 17.0),
    "turned zigzag": lambda: rotated(zigzag(50), 0.001),
    "turned hilbert": lambda: rotated(hilbert(4), 33.0),
    "koch 1": lambda: koch(1),
    "koch 3": lambda: koch(3),
    "koch 4": lambda: koch(4),
    "star-shaped": lambda: star_shaped(100, 0),
    "pentagram": lambda: regular_star(5, 2),
    "star 60/29": lambda: regular_star(60, 29),
    "star 31/3": lambda: regular_star(31, 3),
    "spikes 1e-3": lambda: spikes(12, 0.5, 1, 1e-3),
    "spikes 3e-4": lambda: spikes(12, 0.5, 1, 3e-4),
    "spikes 1e-6": lambda: spikes(12, 0.5, 1, 1e-6),
    "spikes 1e-12": lambda: spikes(12, 0.5, 1, 1e-12),
    "slits 1e-3": lambda: spikes(12, 1, 0.2, 1e-3),
    "slits 1e-12": lambda: spikes(12, 1, 0.2, 1e-12),
    "ulp needles": lambda: ulp_needles(10, 0),
    "slivers": lambda: slivers(10, 0),
    "turned polyomino": lambda: rotated(tenths(polyomino(10, 2)), 17.0),
    "turned cells": lambda: rotated(polyomino(5, 65), 65.0),
    "turned checkerboard": lambda: rotated(tenths(checkerboard(7)), 17.0),
    "ulp edges": lambda: ulp_edges(star_shaped(40, 1), 1),
    "ulp edges on a grid": lambda: ulp_edges(tenths(untangled(40, 12, 4)), 2),
    "densified": lambda: densified(tenths(untangled(25, 20, 5)), 8),
    "densified star": lambda: densified(star_shaped(30, 2), 6),
    "one building": lambda: buildings(1),
    "buildings": lambda: buildings(3),
    "tiny": lambda: scaled(star_shaped(60, 3), 1e-9),
    "huge": lambda: scaled(star_shaped(60, 4), 1e9),
    "huge grid": lambda: scaled(tenths(untangled(40, 12, 6)), 1e9),
    "tenths": lambda: tenths(untangled(60, 15, 7)),
    "crowded tenths": lambda: tenths(untangled(30, 8, 8)),
    "tenths of a pinwheel": lambda: tenths(pinwheel(3)),
    "tenths of a fan": lambda: tenths(fan(2)),
    "tenths of diamonds": lambda: tenths(diamond_chain(10)),
}
