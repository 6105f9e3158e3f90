"""`python -m tests.table [--quick] [--strategy NAME]`: sizes, times and mismatches of real shapes.

Every network is judged twice: by Shapely, which may be an ulp off, and by the exact oracle. Groups
of shapes have one line. Nothing is asserted; lines appear as they are finished, progress on stderr.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

import regions
from regions.geometry.rings import boundary_edges
from regions.shape.model import Polygonal, Spec
from regions.shape.reference import reference
from regions.shape.source import as_spec
from tests import adversaries, oracle
from tests.conftest import SHAPES, SHARED
from tests.oracle import Floats

POINTS = 50_000
QUICK = 2_000
FEW = 5_000
"""Points for the drawn shapes, where the sizes and times are of interest."""

PATIENCE = 60.0
"""Seconds that one network may be evaluated for one sort of points; fewer points beyond."""

OFFSETS = 10.0 ** -np.arange(3, 10)
"""Distances from an edge at which both its sides are judged, as parts of the extent."""

COLUMNS = (
    *("edges", "units", "u/edge", "depth", "seconds"),
    *("points", "shapely", "exact", "near", "shapely", "exact", "vertices", "outside"),
)
HEAD = f"{'shape':30}" + "".join(f"{column:>11}" for column in COLUMNS)


@dataclass(frozen=True, eq=False)
class Subject:
    """Something to compile, and the polygon that it must be within its window.

    Attributes:
        name: Heads the line.
        spec: What is compiled.
        geometry: What it is compared with; None where it has curves.
        points: How many points of each sort.
        vertices: Whether all vertices of the polygon belong to it.
    """

    name: str
    spec: Spec
    geometry: shapely.Geometry | None
    points: int = POINTS
    vertices: bool = True


@dataclass(frozen=True)
class Tally:
    """Mismatches of a network at some points.

    Attributes:
        points: How many were asked.
        shapely: How many Shapely answers otherwise.
        exact: How many the oracle answers otherwise.
    """

    points: int = 0
    shapely: int = 0
    exact: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.points + other.points, self.shapely + other.shapely, self.exact + other.exact
        )


@dataclass(frozen=True)
class Row:
    """What was found of one subject.

    Attributes:
        edges: Maximal straight edges; 0 with curves.
        units: Threshold units.
        depth: Layers.
        seconds: Best of three compilations, without the check that the polygon is valid.
        anywhere: At random points in the bounds and a little around.
        near: On both sides of edges.
        own: At the polygon's own vertices, all of which belong to it.
    """

    edges: int
    units: int
    depth: int
    seconds: float
    anywhere: Tally
    near: Tally
    own: Tally


def polygon(name: str, geometry: shapely.Geometry, points: int = POINTS) -> Subject:
    return Subject(name, as_spec(geometry), geometry, points)


def specs() -> Iterator[Subject]:
    for path in sorted(SHAPES.glob("*.yaml")):
        spec = regions.load(path)
        found = reference(spec.shape, spec.window, 1e-3 * (spec.window[2] - spec.window[0]))
        straight = found.region if found.flattening == 0 else None
        # Elsewhere vertices are crossings that Shapely has rounded, or belong to what is taken off.
        yield Subject(path.stem, spec, straight, vertices=isinstance(spec.shape, Polygonal))


def features(path: Path) -> Iterator[tuple[str, shapely.Geometry]]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        name = (feature["properties"] or {}).get("name") or path.stem
        yield name, shapely.geometry.shape(feature["geometry"])


def records(path: Path) -> Iterator[tuple[str, shapely.Geometry]]:
    """The valid polygons of a file with one WKT a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["valid"] and (geometry := shapely.from_wkt(record["wkt"])).area > 0:
            yield record["name"], geometry


def maps() -> Iterator[Subject]:
    for path in sorted(SHARED.glob("countries/*_50m.geojson")):
        found = list(features(path))
        if len(found) == 1:
            yield polygon(path.stem, found[0][1])
    for name in ("holes/indonesian_seas_50m", "holes/ocean_50m", "large/canada_10m"):
        path = SHARED / f"{name}.geojson"
        yield from (polygon(path.stem, geometry) for _, geometry in features(path))


def drawn() -> Iterator[Subject]:
    yield polygon("round spiral, 100 turns", adversaries.round_spiral(100), FEW)
    yield polygon("square spiral, 1000 turns", adversaries.square_spiral(1000), FEW)
    yield polygon("comb, 50,000 edges", adversaries.comb(12_500), FEW)
    yield polygon("sawtooth, 50,000 edges", adversaries.sawtooth(25_000), FEW)
    yield polygon("nested comb, 6 levels", adversaries.nested_comb(6, 4), FEW)
    yield polygon("hilbert, level 7", adversaries.hilbert(7), FEW)
    yield polygon("koch, level 7", adversaries.koch(7), FEW)


def groups() -> Iterator[tuple[str, list[Subject]]]:
    countries = ("africa_50m", "world_110m")
    sources = [(name, features(SHARED / f"countries/{name}.geojson")) for name in countries]
    sources += [("earcut fixtures", records(SHARED / "earcut/earcut.jsonl"))]
    sources += [("DejaVu glyphs", records(SHARED / "glyphs/dejavu_sans.jsonl"))]
    for name, found in sources:
        yield name, [polygon(each, geometry) for each, geometry in found]


def near_edges(geometry: shapely.Geometry, count: int, rng: np.random.Generator) -> Floats:
    """Points at each of `OFFSETS` to both sides of every edge, or a sample of so many."""
    edges = oracle.boundary(geometry)
    edges = edges[(edges[:, 0] != edges[:, 1]).any(axis=1)]
    sides = np.concatenate([OFFSETS, -OFFSETS])
    total = len(edges) * len(sides)
    chosen = np.arange(total) if total <= count else rng.choice(total, count, replace=False)
    edge, side = edges[chosen // len(sides)], sides[chosen % len(sides), np.newaxis]
    along = edge[:, 1] - edge[:, 0]
    normal = along[:, ::-1] * (-1, 1) / np.hypot(along[:, 0], along[:, 1])[:, np.newaxis]
    on = edge[:, 0] + rng.random((len(edge), 1)) * along
    return on + oracle.extent(geometry) * side * normal


def around(box: tuple[float, ...], count: int, rng: np.random.Generator) -> Floats:
    """Random points in a box grown by a twentieth on each side."""
    low, high = np.array(box[:2]), np.array(box[2:])
    return rng.uniform(low - (high - low) / 20, high + (high - low) / 20, (count, 2))


def feasible(network: regions.Network, points: Floats, rng: np.random.Generator) -> Floats:
    """As many of the points, at random, as can be evaluated within `PATIENCE`."""
    network.inside(points[:1])
    sample = points[:32]
    spent = seconds(lambda: network.inside(sample))
    count = int(PATIENCE / spent * len(sample)) if spent > 0 else len(points)
    return points if count >= len(points) else rng.choice(points, count, replace=False)


def judge(network: regions.Network, geometry: shapely.Geometry, points: Floats) -> Tally:
    answers = network.inside(points)
    theirs = shapely.intersects_xy(geometry, *points.T)
    wrong = answers != oracle.inside(geometry, points)
    return Tally(len(points), int((answers != theirs).sum()), int(wrong.sum()))


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def straight_edges(geometry: shapely.Geometry) -> int:
    return sum(len(boundary_edges(part).line_start) for part in shapely.get_parts(geometry))


def row(subject: Subject, strategy: str, quick: bool) -> Row:
    network = regions.compile(subject.spec, strategy)
    rounds = range(1 if quick else 3)
    spent = min(seconds(lambda: regions.compile(subject.spec, strategy)) for _ in rounds)
    geometry = subject.geometry
    if geometry is None:
        return Row(0, network.size, network.depth, spent, Tally(), Tally(), Tally())
    shapely.prepare(geometry)
    rng = np.random.default_rng(11)
    count = min(subject.points, QUICK) if quick else subject.points
    anywhere = feasible(network, within(subject, around(geometry.bounds, count, rng)), rng)
    near = feasible(network, within(subject, near_edges(geometry, count, rng)), rng)
    vertices = shapely.get_coordinates(geometry) if subject.vertices else np.empty((0, 2))
    if quick or subject.points == FEW:
        vertices = vertices[:: max(1, len(vertices) // count)]
    return Row(
        edges=straight_edges(geometry),
        units=network.size,
        depth=network.depth,
        seconds=spent,
        anywhere=judge(network, geometry, anywhere),
        near=judge(network, geometry, near),
        own=judge(network, geometry, vertices) if len(vertices) else Tally(),
    )


def within(subject: Subject, points: Floats) -> Floats:
    """Those in the window of a spec that Shapely has clipped to it."""
    if isinstance(subject.spec.shape, Polygonal):
        return points
    xmin, ymin, xmax, ymax = subject.spec.window
    x, y = points.T
    return points[(xmin < x) & (x < xmax) & (ymin < y) & (y < ymax)]


def line(name: str, found: Row) -> str:
    ratio = f"{found.units / found.edges:.3f}" if found.edges else "-"
    cells = [found.edges or "-", found.units, ratio, found.depth, f"{found.seconds:.4f}"]
    for tally in (found.anywhere, found.near):
        cells += [tally.points, tally.shapely, tally.exact] if tally.points else ["-"] * 3
    cells += [found.own.points, found.own.exact] if found.own.points else ["-"] * 2
    return f"{name:30}" + "".join(f"{_cell(cell):>11}" for cell in cells)


def group_lines(name: str, found: Sequence[Row]) -> str:
    """The sums in one line, and below it how the shapes spread."""
    total = Row(
        edges=sum(row.edges for row in found),
        units=sum(row.units for row in found),
        depth=max(row.depth for row in found),
        seconds=sum(row.seconds for row in found),
        anywhere=sum((row.anywhere for row in found), Tally()),
        near=sum((row.near for row in found), Tally()),
        own=sum((row.own for row in found), Tally()),
    )
    spreads = {
        "edges": [row.edges for row in found],
        "units": [row.units for row in found],
        "u/edge": [round(row.units / row.edges, 3) for row in found],
        "depth": [row.depth for row in found],
        "ms": [round(1000 * row.seconds, 1) for row in found],
    }
    told = [
        f"{what} {min(values)}/{statistics.median(values):.4g}/{max(values)}"
        for what, values in spreads.items()
    ]
    below = "    least/median/most: " + ", ".join(told)
    return line(f"{name} ({len(found)} shapes)", total) + "\n" + below


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def rows(subjects: Iterable[Subject], strategy: str, quick: bool) -> Iterator[tuple[str, Row]]:
    """A row for each subject that the strategy takes; what it says of the others."""
    for subject in subjects:
        begin = time.perf_counter()
        try:
            yield subject.name, row(subject, strategy, quick)
        except regions.InputError as error:
            print(f"{subject.name:30} refused: {error}", flush=True)
        spent = time.perf_counter() - begin
        print(f"{subject.name}: {spent:.1f} s", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="sizes, times and mismatches of real shapes")
    parser.add_argument("--strategy", default="auto")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} points, one compilation")
    options = parser.parse_args()
    strategy, quick = options.strategy, options.quick
    first = as_spec(adversaries.star_shaped(500, 0))
    cold, warm = (seconds(lambda: regions.compile(first, strategy)) for _ in range(2))
    print(f"strategy {strategy}; first compilation of all {cold:.2f} s, again {warm:.3f} s")
    print(HEAD, flush=True)
    for subjects in (specs, maps, drawn):
        for name, found in rows(subjects(), strategy, quick):
            print(line(name, found), flush=True)
    for name, members in groups():
        print(group_lines(name, [found for _, found in rows(members, strategy, quick)]), flush=True)


if __name__ == "__main__":
    main()
