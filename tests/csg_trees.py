"""`python -m tests.csg_trees [--count N] [--seed N]`: random trees of all words of the language.

Each document is compiled by one strategy after the other, and its network asked at random points,
on a lattice, at vertices, on borders and on both sides of them. What is right is read from the
document by `tests/interpreter.py`. The program's own membership is asked as a third voice.
Documents that show a mismatch are named as they are found; a table by word comes last.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

import regions
from regions.check.membership import Membership
from regions.errors import SpecError
from regions.geometry.polynomials import Polynomial
from regions.network.model import Network
from regions.shape.load import loads
from regions.shape.model import (
    Algebraic,
    Annulus,
    Box,
    Circle,
    Ellipse,
    HalfPlane,
    Path,
    Polygonal,
    Shape,
    bottom_up,
    operands,
)
from tests import winding
from tests.documents import WINDOW, random_document
from tests.interpreter import Interpreter

Floats = NDArray[np.float64]

STRATEGIES = ("edges", "parts", "auto", "cover")

SMALL = 40
"""Most edges of a shape that is covered."""

KINDS = ("random", "lattice", "beside", "on")
"""Of points: anywhere, on a lattice, beside a border, on one."""

EXTENT = WINDOW[2] - WINDOW[0]


@dataclass
class Tally:
    """What was found of one document.

    Attributes:
        seed: Of the document.
        strategy: What compiled it; or "refused", and why.
        words: Its shape keys and modifiers.
        exact: Whether the network is.
        points: By kind.
        undecided: By kind, points too near to a border to tell.
        wrong: Points where the network differs from the document.
        voices: Points where the program's own membership differs from it.
    """

    seed: int
    strategy: str
    words: frozenset[str]
    exact: bool = False
    points: Counter[str] = field(default_factory=Counter)
    undecided: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[float, float, str]] = field(default_factory=list)
    voices: list[tuple[float, float, str]] = field(default_factory=list)


def judge(seed: int) -> Tally:
    """One random document, compiled and asked."""
    document = random_document(seed)
    words = frozenset(_words(document))
    try:
        spec = loads(json.dumps(document))
    except SpecError as error:
        return Tally(seed, f"refused: {error.problems[0].message}", words)
    strategy = STRATEGIES[seed % 4]
    if strategy == "cover" and _edges(spec.shape) > SMALL:
        strategy = "edges"
    network = regions.compile(spec, strategy)
    tally = Tally(seed, strategy, words, network.exact)
    random = np.random.default_rng(seed)
    groups = _points(spec.shape, network, random)
    points = np.concatenate(groups)
    kinds = np.repeat(KINDS, [len(group) for group in groups])
    truth = Interpreter(document).truth(points, network.exact)
    tally.points.update(kinds.tolist())
    tally.undecided.update(kinds[truth == 0].tolist())
    wrong = (truth != 0) & (network.inside(points) != (truth > 0))
    tally.wrong += _listed(points, kinds, wrong)
    member, known = Membership.of(spec.shape)(points)
    tally.voices += _listed(points, kinds, (truth != 0) & known & (member != (truth > 0)))
    return tally


def _listed(points: Floats, kinds: Any, chosen: Any) -> list[tuple[float, float, str]]:
    return [(*points[i].tolist(), str(kinds[i])) for i in np.flatnonzero(chosen)]


def _words(value: Any) -> Iterator[str]:
    match value:
        case dict():
            yield from value
            for each in value.values():
                yield from _words(each)
        case list():
            for each in value:
                yield from _words(each)


def _edges(shape: Shape) -> int:
    """Of the polygons and paths of a shape."""
    total = 0
    for node in bottom_up(shape):
        match node:
            case Polygonal(geometry):
                total += int(shapely.get_num_coordinates(geometry))
            case Path(contours):
                total += 2 * sum(map(len, contours))
            case _:
                total += 1
    return total


def _points(shape: Shape, network: Network, random: np.random.Generator) -> list[Floats]:
    """As many groups as there are `KINDS`."""
    anywhere = random.uniform(WINDOW[0] / 1.5, WINDOW[2] / 1.5, (80, 2))
    lattice = random.integers(-18, 19, (40, 2)) / 2
    leaves = [node for node in bottom_up(shape) if not operands(node)]
    chosen = random.permutation(len(leaves))[:12]
    borders = [_border(leaves[i], random) for i in chosen]
    border = np.concatenate([*borders, _changes(network, random)])
    border = border[(np.abs(border) < WINDOW[2]).all(axis=1)]
    beside = [border + sign * _steps(len(border), random) for sign in (1, -1)]
    return [anywhere, lattice, np.concatenate(beside), border]


def _steps(count: int, random: np.random.Generator) -> Floats:
    """1e-3 to 1e-9 of the extent, in any direction."""
    size = EXTENT * 10.0 ** -random.integers(3, 10, count)
    angle = random.uniform(0, 2 * math.pi, count)
    return np.stack([size * np.cos(angle), size * np.sin(angle)], axis=1)


def _changes(network: Network, random: np.random.Generator) -> Floats:
    """Where the network's answer changes on the way between random points, by halving."""
    ends = random.uniform(WINDOW[0] / 2, WINDOW[2] / 2, (2, 40, 2))
    there, here = ends[:, network.inside(ends[0]) != network.inside(ends[1])]
    if not len(here):
        return here
    inside = network.inside(here)
    for _ in range(50):
        middle = (here + there) / 2
        same = (network.inside(middle) == inside)[:, np.newaxis]
        here, there = np.where(same, middle, here), np.where(same, there, middle)
    return here


def _border(leaf: Shape, random: np.random.Generator) -> Floats:
    """Vertices of a primitive, and points on its border as doubles allow."""
    match leaf:
        case Polygonal(geometry):
            rings = [shapely.get_coordinates(r) for r in shapely.get_rings(geometry).tolist()]
            return _some(np.concatenate([_along(ring, random) for ring in rings]), random)
        case Box(left, low, right, high):
            ring = np.array([(left, low), (right, low), (right, high), (left, high), (left, low)])
            return _some(_along(ring, random), random)
        case Circle(center, radius):
            return _ellipse(center, (radius, radius), 0, random)
        case Annulus(center, inner, outer):
            both = (_ellipse(center, (r, r), 0, random) for r in (inner, outer))
            return np.concatenate(list(both))
        case Ellipse(center, radii, angle):
            return _ellipse(center, radii, angle, random)
        case HalfPlane(a, b, c):
            foot = -c / (a * a + b * b) * np.array([a, b])
            return foot + np.outer(random.uniform(-9, 9, 4), [-b, a]) / math.hypot(a, b)
        case Algebraic(polynomial):
            return _zeros(polynomial, random)
        case Path(contours):
            segments = [segment for contour in contours for segment in contour]
            chosen = [segments[i] for i in random.permutation(len(segments))[:4]]
            parts = np.array([0.0, 0.5, *random.uniform(0, 1, 2)])
            return np.concatenate([winding.beside(segment, parts)[0] for segment in chosen])
    raise TypeError(type(leaf).__name__)


def _some(points: Floats, random: np.random.Generator) -> Floats:
    return points[random.permutation(len(points))[:10]]


def _along(ring: Floats, random: np.random.Generator) -> Floats:
    """Vertices, middles of edges and other points of them."""
    start, end = ring[:-1], ring[1:]
    part = random.uniform(0, 1, (len(start), 1))
    return np.concatenate([start, (start + end) / 2, start + part * (end - start)])


def _ellipse(center: Any, radii: Any, angle: float, random: np.random.Generator) -> Floats:
    """Four points anywhere, and the ends of the half-axes."""
    turn = np.concatenate([random.uniform(0, 2 * math.pi, 4), np.arange(4) * math.pi / 2])
    lean = math.radians(angle)
    p = radii[0] * np.round(np.cos(turn), 15)
    q = radii[1] * np.round(np.sin(turn), 15)
    x = center[0] + p * math.cos(lean) - q * math.sin(lean)
    y = center[1] + p * math.sin(lean) + q * math.cos(lean)
    return np.stack([x, y], axis=1)


def _zeros(polynomial: Polynomial, random: np.random.Generator) -> Floats:
    """Where a polynomial's sign changes on the way between random points."""

    def positive(points: Floats) -> NDArray[np.bool_]:
        x, y = points.T
        return sum(float(c) * x**i * y**j for (i, j), c in polynomial.terms) >= 0

    ends = random.uniform(WINDOW[0] / 2, WINDOW[2] / 2, (2, 20, 2))
    there, here = ends[:, positive(ends[0]) != positive(ends[1])][:, :6]
    for _ in range(50 if len(here) else 0):
        middle = (here + there) / 2
        same = (positive(middle) == positive(here))[:, np.newaxis]
        here, there = np.where(same, middle, here), np.where(same, there, middle)
    return here


def _line(name: str, tallies: list[Tally]) -> str:
    """Trees, exact ones, points, wrong ones, the third voice's, undecided by kind."""
    points = sum((t.points for t in tallies), Counter())
    undecided = sum((t.undecided for t in tallies), Counter())
    wrong, voices = (sum(len(getattr(t, k)) for t in tallies) for k in ("wrong", "voices"))
    cells = [len(tallies), sum(t.exact for t in tallies), points.total(), wrong, voices]
    cells += [undecided[kind] for kind in KINDS]
    return f"{name:22}" + "".join(f"{cell:>10,}" for cell in cells)


def _table(tallies: list[Tally]) -> Iterator[str]:
    titles = ("trees", "exact", "points", "wrong", "voices", *KINDS)
    yield f"{'':22}" + "".join(f"{title:>10}" for title in titles)
    for strategy in STRATEGIES:
        yield _line(strategy, [t for t in tallies if t.strategy == strategy])
    for word in _KNOWN:
        yield _line(word, [t for t in tallies if word in t.words])
    yield _line("all", tallies)
    points = sum((t.points for t in tallies), Counter())
    yield "points: " + ", ".join(f"{points[kind]:,} {kind}" for kind in KINDS)


_KNOWN = (
    *("polygon", "box", "circle", "ellipse", "annulus", "halfplane", "conic", "polynomial"),
    *("path", "text", "sector", "capsule", "rounded_box", "regular", "star", "hull", "offset"),
    *("union", "intersection", "difference", "symmetric_difference", "complement", "use"),
    *("scale", "mirror", "rotate", "affine", "translate", "repeat", "around"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="random trees against their documents")
    parser.add_argument("--count", type=int, default=2000, help="trees that compile")
    parser.add_argument("--seed", type=int, default=0, help="of the first one")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    options = parser.parse_args()
    begun, kept, refused = time.perf_counter(), [], Counter()  # type: ignore[var-annotated]
    seeds = range(options.seed, options.seed + options.count)
    with ProcessPoolExecutor(options.workers) as pool:
        for tally in pool.map(judge, seeds):
            if tally.strategy.startswith("refused"):
                refused[tally.strategy[:90]] += 1
                continue
            kept.append(tally)
            for name in ("wrong", "voices"):
                if getattr(tally, name):
                    found = getattr(tally, name)
                    print(
                        f"{name}: {tally.seed} {tally.strategy} {len(found)} {found[:3]}",
                        flush=True,
                    )
    for line in _table(kept):
        print(line)
    print(f"{time.perf_counter() - begun:.0f} s; refused: {dict(refused)}")


if __name__ == "__main__":
    main()
