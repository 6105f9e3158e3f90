"""`python -m tests.proofs`: what is proved of the gallery and of real shapes, and how fast.

Each shape is compiled, and its network proved to be the shape on the whole plane. Lines appear as
they are finished, and a sum for each group. The exit code is 1 if a proof does not say what it
should: `equal`, or `different` of conics that are off by 1e-9.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import shapely

import regions
from regions.check.proof import Proof, Verdict
from regions.shape.model import Annulus, Circle, Intersection, Shape, Spec
from regions.shape.source import as_spec
from tests import adversaries
from tests.conftest import SHAPES, SHARED
from tests.oracle import boundary
from tests.table import features, records

CORNERS = 2000
"""Of the two polygons that stand for many: as many edges."""

LARGE = (
    *("large/estonia_10m", "holes/indonesian_seas_50m"),
    *("holes/ocean_50m", "large/canada_10m"),
)

OFF = 1e-9
"""Part by which radii are too large where a proof must refute."""

COLUMNS = (
    *("edges", "lines", "faces", "of cells", "vertices"),
    *("tiles", "distance", "undecided", "seconds"),
)
HEAD = f"{'shape':46}{'strategy':9}" + "".join(f"{column:>11}" for column in COLUMNS) + "  verdict"


@dataclass(frozen=True, eq=False)
class Subject:
    """A network to compile, and a shape that it is proved to be.

    Attributes:
        name: Heads the line.
        compiled: What the network is made of.
        strategy: How.
        spec: What it is compared with.
        wanted: What the proof should say.
    """

    name: str
    compiled: Spec
    strategy: str
    spec: Spec
    wanted: Verdict = "equal"

    @property
    def edges(self) -> int:
        """Of a polygon as it is written; 0 for any other shape."""
        geometry = getattr(self.spec.shape, "geometry", None)
        return 0 if geometry is None else len(boundary(geometry))


@dataclass(frozen=True)
class Row:
    """What was found of a subject: the proof, and the seconds it took with reading the lines."""

    subject: Subject
    proof: Proof
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the proof says what it should, of the whole plane."""
        return self.proof.verdict == self.subject.wanted and not self.proof.window_only


def polygon(name: str, geometry: shapely.Geometry) -> Subject:
    return of_spec(name, as_spec(geometry))


def of_spec(name: str, spec: Spec, strategy: str = "edges") -> Subject:
    return Subject(name, spec, strategy, spec)


def gallery() -> Iterator[Subject]:
    for path in sorted(SHAPES.glob("*.yaml")):
        for strategy in ("edges", "auto"):
            yield of_spec(path.stem, regions.load(path), strategy)


def curves() -> Iterator[Subject]:
    """The annulus and the lens, and networks of which all radii are a little too large."""
    for name in ("war_zone_b", "lens"):
        spec = regions.load(SHAPES / f"{name}.yaml")
        larger = replace(spec, shape=grown(spec.shape, 1 + OFF))
        yield of_spec(name, spec)
        yield Subject(f"{name}, off by {OFF:g}", larger, "edges", spec, "different")


def grown(shape: Shape, factor: float) -> Shape:
    match shape:
        case Circle():
            return replace(shape, radius=shape.radius * factor)
        case Annulus():
            return replace(shape, inner=shape.inner * factor, outer=shape.outer * factor)
        case Intersection():
            operands = tuple(grown(operand, factor) for operand in shape.operands)
            return replace(shape, operands=operands)
    raise TypeError(type(shape).__name__)


def single_countries() -> Iterator[Subject]:
    for path in sorted(SHARED.glob("countries/*_50m.geojson")):
        found = list(features(path))
        if len(found) == 1:
            yield polygon(path.stem, found[0][1])


def countries(file: str) -> Iterator[Subject]:
    """The valid ones of a map."""
    for name, geometry in features(SHARED / f"countries/{file}.geojson"):
        if geometry.is_valid:
            yield polygon(name, geometry)


def earcut() -> Iterator[Subject]:
    return (polygon(*record) for record in records(SHARED / "earcut/earcut.jsonl"))


def jts_validity() -> Iterator[Subject]:
    """Those that the authors call valid."""
    for case in _cases("jts/validity.jsonl"):
        if case["jts_valid"]:
            yield from _polygonal(case["name"], case["wkt"])


def jts_overlay() -> Iterator[Subject]:
    """Both operands and all results of each case, as far as they are polygons."""
    for case in _cases("jts/overlay.jsonl"):
        for part, text in {"a": case["a"], "b": case["b"], **case["expected"]}.items():
            yield from _polygonal(f"{case['name']} {part}", text)


def _cases(file: str) -> Iterator[dict]:
    return map(json.loads, (SHARED / file).read_text(encoding="utf-8").splitlines())


def _polygonal(name: str, text: str) -> Iterator[Subject]:
    geometry = shapely.from_wkt(text)
    if geometry.geom_type in ("Polygon", "MultiPolygon") and geometry.area > 0:
        yield polygon(name, geometry)


def glyphs() -> Iterator[Subject]:
    return (polygon(*record) for record in records(SHARED / "glyphs/dejavu_sans.jsonl"))


def long_rings() -> Iterator[Subject]:
    yield polygon(f"star-shaped, {CORNERS:,} edges", adversaries.star_shaped(CORNERS, 0))
    yield polygon(f"coast, {CORNERS:,} edges", coast(CORNERS))


def coast(corners: int) -> shapely.Polygon:
    """The first stretch of Canada's mainland that a chord closes to a valid polygon."""
    [(_, canada)] = features(SHARED / "large/canada_10m.geojson")
    mainland = max(shapely.get_parts(canada), key=shapely.get_num_coordinates)
    ring = shapely.get_coordinates(mainland.exterior)
    stretches = (shapely.Polygon(ring[i : i + corners]) for i in range(0, len(ring), corners // 4))
    return next(stretch for stretch in stretches if stretch.is_valid)


def large() -> Iterator[Subject]:
    for file in LARGE:
        path = SHARED / f"{file}.geojson"
        yield from (polygon(path.stem, geometry) for _, geometry in features(path))


GROUPS: dict[str, Callable[[], Iterator[Subject]]] = {
    "gallery": gallery,
    "curves": curves,
    "single countries": single_countries,
    "countries at 1:110 million": lambda: countries("world_110m"),
    "countries at 1:50 million": lambda: countries("world_50m"),
    "Africa at 1:50 million": lambda: countries("africa_50m"),
    "earcut": earcut,
    "JTS validity": jts_validity,
    "JTS overlay": jts_overlay,
    "DejaVu glyphs": glyphs,
    "long rings": long_rings,
    "large maps": large,
}


def row(subject: Subject) -> Row:
    network = regions.compile(subject.compiled, subject.strategy)
    begin = time.perf_counter()
    proof = regions.prove(network, subject.spec)
    return Row(subject, proof, time.perf_counter() - begin)


def line(found: Row) -> str:
    subject, proof = found.subject, found.proof
    counts = (proof.lines, proof.faces, proof.edges, proof.vertices, proof.tiles)
    cells = [f"{subject.edges:,}" if subject.edges else "-", *(f"{count:,}" for count in counts)]
    cells += [f"{proof.distance:.1e}", f"{proof.undecided:.1e}", f"{found.seconds:.3f}"]
    told = proof.verdict if found.right else f"{proof.verdict}: WRONG"
    witness = "" if proof.witness is None else f", {proof.witness}"
    head = f"{subject.name[-45:]:46}{subject.strategy:9}"
    return head + "".join(f"{cell:>11}" for cell in cells) + f"  {told}{witness}"


def total(group: str, rows: list[Row]) -> str:
    right, spent = sum(found.right for found in rows), [found.seconds for found in rows]
    counts = (sum(getattr(r.proof, key) for r in rows) for key in ("faces", "edges", "vertices"))
    faces, edges, vertices = (f"{count:,}" for count in counts)
    return (
        f"== {group}: {right} of {len(rows)} as they should be, {faces} faces, {edges} edges, "
        f"{vertices} vertices, {sum(spent):.1f} s, at most {max(spent):.2f} s\n"
    )


def main() -> int:
    print(HEAD)
    right = True
    for group, subjects in GROUPS.items():
        rows = []
        for subject in subjects():
            rows.append(row(subject))
            print(line(rows[-1]), flush=True)
        print(total(group, rows), flush=True)
        right &= all(found.right for found in rows)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
