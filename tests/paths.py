"""Paths for tests: drawn at random, and read from SVG path data."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

import shapely
from fontTools.pens.basePen import AbstractPen
from fontTools.svgLib.path import parse_path
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


def contours(data: str) -> tuple[Contour, ...]:
    """SVG path data as fontTools reads it, in doubles; what is left open is closed by a line."""
    pen = _Pen()
    parse_path(data, pen)
    pen.endPath()
    return tuple(pen.contours)


class _Pen(AbstractPen):
    """Collects segments; fontTools hands arcs to pens that know `arcTo`."""

    def __init__(self) -> None:
        self.contours: list[Contour] = []
        self.open: list[Segment] = []
        self.start: Pair = (0.0, 0.0)
        self.here: Pair = (0.0, 0.0)

    def _add(self, segment: Segment) -> None:
        self.open.append(segment)
        self.here = segment.end

    def moveTo(self, pt: Pair) -> None:  # noqa: N802
        self.endPath()
        self.start = self.here = _floats(pt)

    def lineTo(self, pt: Pair) -> None:  # noqa: N802
        if _floats(pt) != self.here:
            self._add(Line(self.here, _floats(pt)))

    def qCurveTo(self, *points: Pair | None) -> None:  # noqa: N802
        control, end = (_floats(point) for point in points if point is not None)
        self._add(Quadratic(self.here, control, end))

    def curveTo(self, *points: Pair) -> None:  # noqa: N802
        first, second, end = map(_floats, points)
        self._add(Cubic(self.here, first, second, end))

    def arcTo(  # noqa: N802
        self, rx: float, ry: float, rotation: float, large: bool, sweep: bool, end: Pair
    ) -> None:
        c, s = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
        if _floats(end) != self.here:
            half = (rx * c, rx * s), (-ry * s, ry * c)
            self._add(Arc(self.here, _floats(end), *half, bool(large), bool(sweep)))

    def closePath(self) -> None:  # noqa: N802
        self.lineTo(self.start)
        self.endPath()
        self.here = self.start

    def endPath(self) -> None:  # noqa: N802
        self.lineTo(self.start)
        if self.open:
            self.contours.append(tuple(self.open))
        self.open = []

    def addComponent(self, glyphName: str, transformation: Any) -> None:  # noqa: N802
        raise NotImplementedError


def _floats(pair: Any) -> Pair:
    x, y = pair
    return float(x), float(y)


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
