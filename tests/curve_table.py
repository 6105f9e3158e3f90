"""`python -m tests.curve_table [--every N] [--points N]`: glyphs and icons as networks of curves.

Each drawing is compiled as it is, and as the polygon that misses its curves by 1e-4 of the extent.
The network of curves is judged by the roots of polynomials (`tests/winding.py`), at random points,
on chords, and on both sides of every curve and chord. Lines appear as they are finished, then
totals and medians.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, fields
from functools import partial

import numpy as np
import shapely

import regions
from regions.check.membership import Membership
from regions.geometry.monotone import monotone_pieces
from regions.geometry.segments import Cubic, Line, Segment
from regions.geometry.winding import winding_numbers
from regions.network.model import Network
from regions.shape.bounds import bounds, default_window
from regions.shape.model import Polygonal, Shape, Union
from regions.shape.reference import reference
from tests import winding
from tests.conftest import SHARED
from tests.paths import Drawing, drawings

POINTS = 20_000
"""Random points in the bounds and a little around."""

OFFSETS = 10.0 ** -np.arange(3, 10)
"""Distances from a curve or a chord at which both sides are judged, as parts of the extent."""

PARTS = np.array([0.07, 0.38, 0.61, 0.94])
"""Of a curve's parameter, where this is done."""

CLOSE = 1e-12
"""Part of the extent: points as near as that to a curve are left out, such as those that another
curve passes. So are points of whose number the rays do not agree."""

TOLERANCE = 2.0**-20
"""Part of the extent by which cubic curves may be missed: points as near to one are excused."""

COARSE = 1e-4
"""Part of the extent by which the polygon may miss the curves."""

FILES = {"DejaVu glyphs": "glyphs/dejavu_sans.jsonl", "icons": "svg/icons.jsonl"}

Compile = Callable[[Shape], Network]


@dataclass(frozen=True)
class Row:
    """What was found of one drawing, or of several together.

    Attributes:
        curves: Segments that are not straight.
        cubics: How many of them are cubics.
        units: Of the network of curves.
        depth: Its layers.
        chords: Units of the polygon's network; 0 if it was not compiled.
        points: Random points.
        wrong: At how many of them the network is wrong.
        near: Points beside curves and chords.
        near_wrong: At how many of them the network is wrong.
        excused: Points of both sorts at which it is wrong, and that lie so near to a cubic curve
            that it may be.
        skipped: Points of both sorts that were left out.
        seconds: To compile the network of curves.
    """

    curves: int
    cubics: int
    units: int
    depth: int
    chords: int
    points: int
    wrong: int
    near: int
    near_wrong: int
    excused: int
    skipped: int
    seconds: float


COLUMNS = tuple(field.name.replace("_", " ") for field in fields(Row))


def row(
    drawing: Drawing, compiled: Compile, points: int = POINTS, polygon: Compile | None = None
) -> Row:
    """Compile a drawing and judge its network.

    Args:
        drawing: Of one or more paths.
        compiled: Makes the network that is judged.
        points: How many random points.
        polygon: Makes a network of the polygon; None leaves it out.
    """
    shape = whole(drawing)
    begin = time.perf_counter()
    network = compiled(shape)
    seconds = time.perf_counter() - begin
    curves = [each for each in segments(drawing) if not isinstance(each, Line)]
    anywhere = judged(network, drawing, around(shape, points))
    near = judged(network, drawing, beside(drawing, extent(shape)))
    return Row(
        curves=len(curves),
        cubics=sum(isinstance(each, Cubic) for each in curves),
        units=network.size,
        depth=network.depth,
        chords=polygon(coarse(shape)).size if polygon else 0,
        points=anywhere.judged,
        wrong=anywhere.wrong,
        near=near.judged,
        near_wrong=near.wrong,
        excused=anywhere.excused + near.excused,
        skipped=anywhere.skipped + near.skipped,
        seconds=seconds,
    )


@dataclass(frozen=True)
class Count:
    """Points that were judged, those at which a network is wrong, excused or not, and the rest."""

    judged: int
    wrong: int
    excused: int
    skipped: int


def judged(network: Network, drawing: Drawing, points: np.ndarray) -> Count:
    """Compare a network with the roots of polynomials."""
    wanted, sure = np.zeros(len(points), dtype=np.bool_), np.ones(len(points), dtype=np.bool_)
    size = extent(whole(drawing))
    for path in drawing.paths:
        inside, known = winding.inside(path, points)
        wanted |= inside
        sure &= known & Membership.of(path).truth(points, CLOSE * size).known
    cubics = tuple(each for each in segments(drawing) if isinstance(each, Cubic))
    excuse = winding_numbers(monotone_pieces([cubics]), points, TOLERANCE * size).near
    wrong = (network.inside(points) != wanted) & sure
    parts = sure, wrong & ~excuse, wrong & excuse, ~sure
    return Count(*(int(part.sum()) for part in parts))


def whole(drawing: Drawing) -> Shape:
    """What its paths fill together."""
    return drawing.paths[0] if len(drawing.paths) == 1 else Union(drawing.paths)


def segments(drawing: Drawing) -> list[Segment]:
    return [each for path in drawing.paths for contour in path.contours for each in contour]


def extent(shape: Shape) -> float:
    box = bounds(shape)
    assert box is not None
    return max(box[2] - box[0], box[3] - box[1])


def around(shape: Shape, count: int) -> np.ndarray:
    """`(count, 2)` random points in the bounds, grown by a tenth on each side."""
    window = default_window(shape)
    assert window is not None
    return np.random.default_rng(17).uniform(window[:2], window[2:], (count, 2))


def beside(drawing: Drawing, size: float) -> np.ndarray:
    """Points on both sides of every curve, line and chord at each of `OFFSETS`; and on chords."""
    away = size * np.concatenate([[0.0], OFFSETS, -OFFSETS])[:, np.newaxis, np.newaxis]
    bent = [each for each in segments(drawing) if not isinstance(each, Line)]
    chords = [Line(each.start, each.end) for each in bent if each.start != each.end]
    found = [(winding.beside(each, PARTS), away[1:]) for each in segments(drawing)]
    found += [(winding.beside(each, PARTS), away) for each in chords]
    points = np.concatenate([(on + off * normal).reshape(-1, 2) for (on, normal), off in found])
    return points[np.isfinite(points).all(axis=1)]


def coarse(shape: Shape) -> Polygonal:
    """The polygon that misses the curves by `COARSE` of the extent at most (Douglas, Peucker)."""
    window = default_window(shape)
    assert window is not None
    fine = reference(shape, window, COARSE * extent(shape) / 100).region
    return Polygonal(shapely.make_valid(shapely.simplify(fine, COARSE * extent(shape))))


def total(rows: Sequence[Row]) -> Row:
    """Sums; of depths the largest."""
    sums = [sum(values) for values in zip(*map(astuple, rows), strict=True)]
    sums[COLUMNS.index("depth")] = max(row.depth for row in rows)
    return Row(*sums)


def line(name: str, values: Iterable[object]) -> str:
    cells = [f"{v:.3f}" if isinstance(v, float) else f"{v:,}" for v in values]
    return f"{name:24}" + "".join(f"{cell:>11}" for cell in cells)


def table(every: int, points: int, strategy: str, workers: int) -> Iterator[str]:
    """The lines of the table."""
    compiled = partial(regions.compile, strategy=strategy)
    work = partial(row, compiled=compiled, points=points, polygon=compiled)
    yield f"{'':24}" + "".join(f"{column:>11}" for column in COLUMNS)
    with ProcessPoolExecutor(workers) as pool:
        for title, file in FILES.items():
            found = list(drawings(SHARED / file, every))
            rows = []
            for drawing, each in zip(found, pool.map(work, found), strict=True):
                rows.append(each)
                yield line(drawing.name, astuple(each))
            yield line(f"{title} ({len(rows)})", astuple(total(rows)))
            yield line("    median", map(statistics.median, zip(*map(astuple, rows), strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description="glyphs and icons as networks of curves")
    parser.add_argument("--every", type=int, default=1, help="one drawing of so many")
    parser.add_argument("--points", type=int, default=POINTS, help="random points for each")
    parser.add_argument("--strategy", default="auto")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    options = parser.parse_args()
    for each in table(options.every, options.points, options.strategy, options.workers):
        print(each, flush=True)


if __name__ == "__main__":
    main()
