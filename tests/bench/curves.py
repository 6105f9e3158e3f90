"""Three pictures, all with logarithms on both axes; curves have their names at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regions.draw import style
from regions.draw.geometry import own_figure
from regions.draw.palette import unit_color
from regions.draw.save import save
from tests.bench import scaling
from tests.bench.compiling import STRATEGIES, CompileRow
from tests.bench.peers import RASTERIO
from tests.bench.points import READY, SHAPELY, PointRow
from tests.bench.rasters import OURS, RasterRow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INCHES = 7.2, 4.6
BOX = 0.1, 0.12, 0.66, 0.85
"""Where the axes stand, left, bottom, width and height: names stand on the right."""

LINE = 1.6
LABEL = 11.0
"""Points from one name to the next."""

GAP = 16.0
"""Points from the last end of a curve to the names."""

SHOWN = ("war zone a", "Poland", "Estonia", "Canada", "six Canadas")
"""Curves of rasters: all shapes would hide each other."""


@dataclass(frozen=True)
class Curve:
    """One line of a picture.

    Attributes:
        name: At its end.
        color: Its number in the palette.
        xs, ys: Positive.
        dashed: For others than ours.
    """

    name: str
    color: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    dashed: bool = False


def draw_rasters(rows: Sequence[RasterRow], path: Path) -> None:
    named = scaling.by_name(rows)
    shown = [name for name in SHOWN if name in named]
    curves = []
    for color, name in enumerate(shown):
        for way, dashed in ((OURS, False), (RASTERIO, True)):
            found = [row for row in named[name] if way in row.turns.times]
            xs = tuple(float(row.pixels) for row in found)
            ys = tuple(1000 * row.turns.seconds(way).mid for row in found)
            title = f"{name}, rasterio" if dashed else name
            curves.append(Curve(title, color, xs, ys, dashed))
    labels = "pixels of the raster", "milliseconds, one thread"
    _draw(curves, *labels, path)


def draw_points(rows: Sequence[PointRow], path: Path) -> None:
    found = scaling.straight(rows)
    xs = tuple(float(row.edges) for row in found)
    curves = [
        Curve(name, color, xs, tuple(row.per_point(way) for row in found), dashed)
        for color, (way, name, dashed) in enumerate(
            ((READY, "ours", False), (SHAPELY, "Shapely, prepared", True))
        )
    ]
    _draw(curves, "edges of the shape", "nanoseconds a point", path)


def draw_compiling(rows: Sequence[CompileRow], path: Path) -> None:
    curves = []
    for color, strategy in enumerate(STRATEGIES):
        found = [row for row in rows if strategy in row.turns.times]
        xs = tuple(float(row.edges) for row in found)
        ys = tuple(1000 * row.turns.seconds(strategy).mid for row in found)
        curves.append(Curve(strategy, color, xs, ys))
    _draw(curves, "edges of the map", "milliseconds of compiling", path)


def _draw(curves: Sequence[Curve], across: str, up: str, path: Path) -> None:
    figure = chart([curve for curve in curves if curve.xs], across, up)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(figure, path)


def chart(curves: Sequence[Curve], across: str, up: str) -> Figure:
    """A figure with logarithmic axes, lines between measured points, and names on the right."""
    from matplotlib.ticker import NullFormatter

    figure = own_figure(*INCHES)
    with style.context():
        [ax] = figure.axes
        ax.set_position(BOX)
        ax.set(xscale="log", yscale="log")
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(lambda value, _: plainly(value))
            axis.set_minor_formatter(NullFormatter())
        ax.set_xlabel(across, fontsize=style.AXIS_SIZE, **style.TEXT)
        ax.set_ylabel(up, fontsize=style.AXIS_SIZE, **style.TEXT)
        ax.grid(which="major", color=style.FRAME_COLOR, linewidth=0.4, alpha=0.5)
        ax.spines[["top", "right"]].set_visible(False)
        for curve in curves:
            ax.plot(
                curve.xs,
                curve.ys,
                color=unit_color(curve.color),
                linestyle="--" if curve.dashed else "-",
                linewidth=LINE,
                marker="o",
                markersize=3.5,
            )
        ax.autoscale_view()
        _name(ax, curves)
    return figure


def plainly(value: float) -> str:
    """A power of ten for an axis: 1,000,000 or 0.01."""
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _name(ax: Axes, curves: Sequence[Curve]) -> None:
    """All names in one column on the right, in the order of the curves' ends, with leaders."""
    points = ax.figure.dpi / style.POINTS_PER_INCH
    ends = [ax.transData.transform((curve.xs[-1], curve.ys[-1])) / points for curve in curves]
    order = sorted(range(len(curves)), key=lambda i: float(ends[i][1]))
    heights = apart([float(ends[i][1]) for i in order], LABEL)
    column = max(float(end[0]) for end in ends) + GAP
    for i, height in zip(order, heights, strict=True):
        curve = curves[i]
        color = unit_color(curve.color)
        leader = {"arrowstyle": "-", "color": color, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 2.5}
        ax.annotate(
            curve.name,
            (curve.xs[-1], curve.ys[-1]),
            xytext=(column - ends[i][0], height - ends[i][1]),
            textcoords="offset points",
            va="center",
            color=color,
            fontsize=style.NAME_SIZE,
            # From the middle of the name's left side.
            arrowprops={**leader, "relpos": (0.0, 0.5)},
            **style.TEXT,
        )


def apart(wanted: Sequence[float], least: float) -> list[float]:
    """Ascending numbers moved apart until they differ by `least`: runs around their middles."""
    runs: list[list[float]] = []
    for value in wanted:
        runs.append([value])
        while len(runs) > 1 and _placed(runs[-1], least)[0] - _placed(runs[-2], least)[-1] < least:
            last = runs.pop()
            runs[-1] += last
    return [place for run in runs for place in _placed(run, least)]


def _placed(run: Sequence[float], least: float) -> list[float]:
    first = sum(run) / len(run) - least * (len(run) - 1) / 2
    return [first + least * i for i in range(len(run))]
