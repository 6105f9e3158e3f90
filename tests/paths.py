"""Paths for tests: drawn at random, and read from SVG path data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File

import shapely
from hypothesis import strategies as st

from regions.geometry.outline import Fill
from regions.geometry.segments import (
    Arc,
    Contour,
    Cubic,
    Line,
    Pair,
    Quadratic,
    Segment,
    control_points,
)
from regions.shape.model import Path
from regions.shape.path_data import path_contours


@dataclass(frozen=True, eq=False)
class Drawing:
    """A glyph or an icon: what its paths fill together.

    Attributes:
        name: As in the file.
        paths: As given: y runs down in icons, up in glyphs.
        outline: The same region, flattened elsewhere, within `tolerance` of each curve.
        tolerance: In the drawing's units.
    """

    name: str
    paths: tuple[Path, ...]
    outline: shapely.Geometry
    tolerance: float


def drawings(file: File, every: int = 1) -> Iterator[Drawing]:
    """One of so many records of a file; its paths without an area are left out."""
    for line in file.read_text(encoding="utf-8").splitlines()[::every]:
        record = json.loads(line)
        paths = [_path(each["d"], each["fill_rule"]) for each in record["svg"]["paths"]]
        found = tuple(path for path in paths if path is not None)
        if found:
            outline = shapely.from_wkt(record["wkt"])
            yield Drawing(record["name"], found, outline, record["tol"])


def _path(data: str, fill: Fill) -> Path | None:
    found = path_contours(data)
    return Path(found, fill) if found else None


coordinates = st.one_of(
    st.integers(-4, 4).map(float), st.floats(-4, 4).map(lambda x: round(x, 2) + 0.0)
)
points = st.tuples(coordinates, coordinates)


@st.composite
def _segments(draw: st.DrawFn, start: Pair, end: Pair) -> Segment:
    """A segment of any sort between two points: curves may have loops, cusps and no area."""
    match draw(st.sampled_from(["line", "quadratic", "cubic", "arc"])):
        case "quadratic":
            return Quadratic(start, draw(points), end)
        case "cubic":
            return Cubic(start, draw(points), draw(points), end)
        case "arc" if start != end:
            first, second = draw(points), draw(points)
            area = first[0] * second[1] - first[1] * second[0]
            if abs(area) > 0.01:
                return Arc(start, end, first, second, draw(st.booleans()), draw(st.booleans()))
    return Line(start, end)


@st.composite
def closed_contours(draw: st.DrawFn) -> Contour:
    """A chain of one to five segments."""
    stops = draw(st.lists(points, min_size=1, max_size=5))
    ends = zip(stops, [*stops[1:], stops[0]], strict=True)
    return tuple(draw(_segments(start, end)) for start, end in ends)


paths: st.SearchStrategy[Path] = st.builds(
    Path,
    st.lists(closed_contours(), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["nonzero", "evenodd"]),
)
"""Contours that cross and touch themselves and one another as they like."""


def extent(path: Path) -> float:
    """The longer side of the box about its control points and the ends of its arcs."""
    points = [
        pair for contour in path.contours for each in contour for pair in control_points(each)
    ]
    return max(max(axis) - min(axis) for axis in zip(*points, strict=True))
