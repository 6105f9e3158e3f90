"""The page: one function a section, each with what its columns say."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench import rasters, scaling
from tests.bench.compiling import STRATEGIES, CompileRow
from tests.bench.learned import COMPILED, FITTED, HIDDEN, SIDE, LearnedRow
from tests.bench.machine import machine, versions
from tests.bench.measure import Turns
from tests.bench.memory import MEBIBYTE, MemoryRow
from tests.bench.peers import Peer
from tests.bench.points import BUILT, PATH, READY, SHAPELY, TWO, PointRow
from tests.bench.rasters import RasterRow, WrongRow
from tests.bench.scale import Scale
from tests.bench.starts import StartRow
from tests.bench.subjects import FINEST
from tests.bench.tables import NONE, number, spread, table

FIRST = "<!-- Written by `make bench`, pictures and all: edit tests/bench/, not this page. -->"
PICTURES = "pictures/bench"


def head(scale: Scale, left_out: Sequence[str], quick: bool) -> str:
    plan = scale.plan
    text = f"""{FIRST}
# Benchmarks

What compiling and evaluating cost next to what others take, all measured by `make bench` in one
process (memory and starts: in processes of their own), on a machine with {machine()}.
{versions()}.

Everybody is timed in turn, round by round: up to {plan.most} rounds, {plan.least} where a call is
slow (compiling: fewer, learning: one), after a first call that does not count. **Ratios are our
time divided by theirs in the same round**: below 1 we are faster. `0.31 (0.29 to 0.34)` is the
median with the least and the greatest of the rounds, of ratios and of times alike. `-` was too slow
to be asked; where `~` stands the other was asked for as much as takes {scale.patience:g} s, and
its time scaled up.
"""
    if quick:
        text += "\n**A quick run on tiny sizes: it shows that the script runs, nothing else.**\n"
    if left_out:
        text += "\nLeft out: " + "; ".join(left_out) + ".\n"
    return text


def raster_section(rows: Sequence[RasterRow], peers: Sequence[Peer]) -> str:
    notes = "".join(f"* **{peer.name}**: {peer.note}.\n" for peer in peers)
    missing = dict.fromkeys(peer.name for peer in peers if not peer.installed)
    absent = f"\nNot installed, so not measured: {', '.join(missing)}.\n" if missing else ""
    return f"""## Rasters

`regions.rasterize` on one thread against

{notes}{absent}
What depends only on the shape and on the grid is made beforehand on both sides: our network with
its stream, their vertices in pixels, the list of all centres. That `rasterio` is usually called
with Shapely's geometries, and converts them each time, is why it stands here twice. Curves are
polygons for the others, within an eighth of a pixel at {FINEST}.

* **edges**: border pieces of the shape; **corners**: edges of the polygon that the others get.
* **units**: threshold units of our network.
* **ours, ms**: the median on one thread.
* **two threads**: our time on two divided by that on one.

The longer side of the window has as many pixels as the heading says.

{"".join(_side(rows, peers, side) for side in sorted({row.side for row in rows}))}"""


def _side(rows: Sequence[RasterRow], peers: Sequence[Peer], side: int) -> str:
    names = [peer.name for peer in peers]
    heads = ["shape", "edges", "corners", "units", "pixels", "ours, ms", "two threads", *names]
    lines = []
    for row in (row for row in rows if row.side == side):
        mine = number(1000 * row.turns.seconds(rasters.OURS).mid)
        two = ratio(row.turns, rasters.TWO, rasters.OURS)
        theirs = [ratio(row.turns, rasters.OURS, name) for name in names]
        counts = [f"{count:,}" for count in (row.edges, row.corners, row.units, row.pixels)]
        lines.append([row.name, *counts, mine, two, *theirs])
    return f"### {side}\n\n{table(heads, lines)}\n"


def ratio(turns: Turns, way: str, to: str) -> str:
    """A cell; marked where one of both was scaled up."""
    if way not in turns.times or to not in turns.times:
        return NONE
    return spread(turns.ratio(way, to), "~" if turns.scaled & {way, to} else "")


def wrong_section(rows: Sequence[WrongRow], peers: Sequence[Peer], side: int) -> str:
    names = [peer.name for peer in peers]
    lines = [
        [
            row.name + (" (curved)" if row.curved else ""),
            f"{row.pixels:,}",
            *(f"{row.wrong[name]:,}" if name in row.wrong else NONE for name in names),
        ]
        for row in rows
    ]
    inexact = [name for name in names if any(row.wrong.get(name) for row in rows if not row.curved)]
    verdict = "Off on some straight shape: " + ", ".join(inexact) if inexact else "None is off"
    return f"""### Who is exact

At {side} pixels: how many pixels each of them gives another value than we do. Ours are those of
the closed shape: of the doubles in the document where the network is exact, else with separators
within a few 2^-53 of the extent from their edges. **Pixels whose centre lies on the border are
counted**: a closed shape contains them, and a rule that gives each pixel to one of two neighbours
does not. Curved shapes were polygons for the others, so a few of their pixels differ for that
reason alone. {verdict}.

{table(["shape", "pixels", *names], lines)}
"""


def point_section(rows: Sequence[PointRow]) -> str:
    heads = ["shape", "edges", "points", "outside", "ours, ns"]
    heads += ["ready / shapely", "built / shapely", "two threads", "ready / matplotlib"]
    lines = [
        [
            row.name,
            f"{row.edges:,}",
            f"{row.count:,}",
            f"{row.outside:.0%}",
            ("~" if READY in row.turns.scaled else "") + number(row.per_point(READY)),
            ratio(row.turns, READY, SHAPELY),
            ratio(row.turns, BUILT, SHAPELY),
            ratio(row.turns, TWO, READY),
            ratio(row.turns, READY, PATH),
        ]
        for row in rows
    ]
    return f"""## Points

`network.inside` on one thread against `shapely.intersects_xy` after `shapely.prepare`, and
Matplotlib's `Path.contains_points` where edges times points are few. Points are uniform in the
shape's bounds, or in a larger box of which these are the middle.

* **outside**: how many of the points lie outside the bounds.
* **ours, ns**: the median for one point, **ready**: with whatever the network keeps for points.
* **built**: the same on a network that has kept nothing yet, and makes it within.
* **two threads**: our time on two threads divided by that on one.

{table(heads, lines)}
"""


def scaling_section(pixels: Sequence[RasterRow], points: Sequence[PointRow]) -> str:
    sides = sorted({row.side for row in pixels})
    lines = [
        [name, f"{found[0].edges:,}", *(number(row.per_pixel) for row in found)]
        for name, found in scaling.by_name(pixels).items()
    ]
    straight = scaling.straight(points)
    each = [
        [
            row.name,
            f"{row.edges:,}",
            number(row.per_point(READY)),
            number(row.per_point(SHAPELY)),
        ]
        for row in straight
    ]
    return f"""## Scaling

Only the border is looked at closely, so the cost of a pixel should fall as the raster grows.
Nanoseconds a pixel, one thread, median:

{table(["shape", "edges", *map(str, sides)], lines)}
{_exceptions("It falls or stays everywhere", "It rises", scaling.dearer_pixels(pixels))}

![Time of a raster against its pixels, ours and rasterio's]({PICTURES}/rasters.png)

The cost of a point should not depend on the edges, as long as what is looked up fits in the caches.
Nanoseconds a point, ready, shapes with straight edges, points within the bounds:

{table(["shape", "edges", "ours, ns", "shapely, ns"], each)}
{_exceptions("It is flat everywhere", "It rises", scaling.dearer_points(points))}

![Time of a point against the edges, ours and Shapely's]({PICTURES}/points.png)
"""


def _exceptions(none: str, some: str, found: Sequence[str]) -> str:
    """Rises below a tenth are not told from noise."""
    if not found:
        return f"{none} (within {scaling.NOISE - 1:.0%}).\n"
    return f"{some} by more than {scaling.NOISE - 1:.0%}:\n\n" + "".join(f"* {x}\n" for x in found)


def compile_section(rows: Sequence[CompileRow]) -> str:
    lines = []
    for row in rows:
        cells = [row.name, f"{row.edges:,}"]
        for strategy in STRATEGIES:
            tried = strategy in row.turns.times
            cells.append(f"{row.units[strategy]:,}" if tried else NONE)
            cells.append(milliseconds(row.turns, strategy) if tried else NONE)
        cells.append(number(1e6 * row.turns.seconds("edges").mid / row.edges))
        lines.append(cells)
    heads = ["map", "edges"]
    heads += [f"{s}, {what}" for s in STRATEGIES for what in ("units", "ms")]
    return f"""## Compiling

`regions.compile` of real maps by growing size: the threshold **units** of the network and the time
in milliseconds, for the strategies `edges`, `auto` (the smallest network of those it tries) and
`parts`; last the microseconds of `edges` for an edge.

{table([*heads, "edges, us an edge"], lines)}
![Time of compiling against the edges, for three strategies]({PICTURES}/compiling.png)
"""


def milliseconds(turns: Turns, way: str) -> str:
    return spread(turns.seconds(way).times(1000))


def learned_section(rows: Sequence[LearnedRow], samples: int) -> str:
    lines = [
        [
            row.name,
            str(row.units),
            milliseconds(row.turns, COMPILED),
            milliseconds(row.turns, FITTED),
            number(row.turns.ratio(FITTED, COMPILED).mid),
            f"{row.iou:.4f}",
        ]
        for row in rows
    ]
    heads = ["shape", "units", "compile, ms", "fit, ms", "fit / compile", "IoU learned"]
    layers = " and ".join(map(str, HIDDEN))
    return f"""## Learning instead

scikit-learn's `MLPClassifier` with two hidden layers of {layers} units, early stopping, fitted to
the exact labels of {samples:,} uniform points. **IoU learned** is the area of the intersection over
that of the union, of what it learned and the shape, on a raster of {SIDE} pixels; a compiled
network has 1.

{table(heads, lines)}
"""


def memory_section(rows: Sequence[MemoryRow]) -> str:
    lines = [[row.step, f"{row.peak / MEBIBYTE:,.0f}"] for row in rows]
    return f"""## Memory

The most that a fresh process has held after each step, in MiB (resident; kernels compiled before).

{table(["step", "peak, MiB"], lines)}
"""


def start_section(rows: Sequence[StartRow]) -> str:
    lines = [[r.name, number(r.cold), spread(r.warm), str(r.kernels)] for r in rows]
    return f"""## Starting

`regions render`, the whole command in a process of its own, in seconds: **cold** with an empty
cache for Numba's kernels, as once on a machine, and **warm** with what that left. **kernels** is
how many were compiled: small rasters wait for none.

{table(["shape", "cold, s", "warm, s", "kernels"], lines)}
"""
