"""Where arrows and names go: along their lines, clear of each other.

Greedy: the shortest visible line chooses first, since it has the fewest places. A place costs its
distance from the best one, and more where other lines run through it; overlaps are not allowed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from regions.draw.boxes import Box
from regions.draw.lines import View, ZeroSet, preactivation, uphill
from regions.draw.style import ARROW_HALF_WIDTH, ARROW_LENGTH
from regions.network.model import Floats, Ints, Network

Pair: TypeAlias = tuple[float, float]
Size: TypeAlias = tuple[float, float]

STEP = 6.0
"""Points between the places tried along a line."""

CURVE_STEP = 2.0
"""The same along a curve, finer: its top should be among the places."""

MARGIN = 2.0
"""Points kept free between a name and the frame; an arrow may start right at it."""

GAPS = (2.5, 5.0, 9.0, 14.0)
"""Points between a line and its name; the larger ones are for names inside a tight curve."""

CROSSED = 40.0
OWN_CURVE = 200.0
OTHER_SIDE = 60.0
"""What it costs, in points of distance, to lie on another line, on the own curve, or on the
1-side, where the arrow is."""

STEEP = 90.0
"""What it costs a curve's name to stand upright."""

TOP = 6.0
"""What it costs a curve's name to stand at the bottom: of two level places, the upper."""

UPRIGHT = 2.0**-3
"""Sine of the angle from the vertical, 7 degrees, within which text reads upwards."""

CLEARANCE = 1.0
"""Points kept free around an arrow and a name."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a separator's zero set towards its 1-side; on the canvas."""

    separator: int
    base: Pair
    direction: Pair
    length: float = ARROW_LENGTH

    @property
    def head(self) -> Pair:
        """The arrow's tip."""
        return (
            self.base[0] + self.length * self.direction[0],
            self.base[1] + self.length * self.direction[1],
        )

    @property
    def box(self) -> Box:
        """What the arrow covers."""
        middle = tuple((a + b) / 2 for a, b in zip(self.base, self.head, strict=True))
        half = (self.length / 2, ARROW_HALF_WIDTH + CLEARANCE)
        return Box((middle[0], middle[1]), half, self.direction)


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a separator's zero set; on the canvas.

    Attributes:
        separator: Whose name it is.
        anchor: The point of the zero set it belongs to.
        box: What the name covers; its axis is the direction of reading.
    """

    separator: int
    anchor: Pair
    box: Box

    @property
    def angle(self) -> float:
        """Degrees from the x-axis, above -90 and up to a little over 90."""
        return math.degrees(math.atan2(self.box.axis[1], self.box.axis[0]))


@dataclass(frozen=True, eq=False)
class Places:
    """Points along one zero set, `(m, 2)`, unit vectors to the 1-side, and what each costs."""

    points: Floats
    uphill: Floats
    cost: Floats


class Crossings:
    """How many zero sets run through a box."""

    def __init__(self, zero_sets: Iterable[ZeroSet]) -> None:
        nothing = (-1, np.empty((0, 2, 2)))
        pieces = [nothing] + [
            (zero_set.separator, np.stack([path[:-1], path[1:]], axis=1))
            for zero_set in zero_sets
            for path in zero_set.paths
        ]
        self.segments = np.concatenate([segments for _, segments in pieces])
        self.owner: Ints = np.repeat([i for i, _ in pieces], [len(s) for _, s in pieces])
        self._low, self._high = self.segments.min(axis=1), self.segments.max(axis=1)

    def of(self, box: Box) -> set[int]:
        """The separators whose zero sets meet the box."""
        # Curves have thousands of segments, nearly all of them far from the box.
        reach, center = math.hypot(*box.half) + CLEARANCE, np.array(box.center)
        near = ((self._low <= center + reach) & (self._high >= center - reach)).all(axis=1)
        return set(self.owner[near][box.crossed_by(self.segments[near])].tolist())


def places(network: Network, view: View, zero_set: ZeroSet) -> Places:
    """The places tried along a zero set; those without a direction left out."""
    if zero_set.straight:
        points, cost = _along_line(network, view, zero_set)
    else:
        points = np.concatenate([_every(path, CURVE_STEP) for path in zero_set.paths])
        cost = np.zeros(len(points))
    up = uphill(network, zero_set.separator, view, points)
    if not zero_set.straight:
        # Level at the top is best: |up.x| is the sine of the tangent's slope.
        cost = STEEP * np.abs(up[:, 0]) + TOP * (1 - points[:, 1] / view.size[1])
    usable = ~np.isnan(up[:, 0])
    return Places(points[usable], up[usable], cost[usable])


def _along_line(network: Network, view: View, zero_set: ZeroSet) -> tuple[Floats, Floats]:
    """Places on a line; the best is the middle of its source points, or of what is visible."""
    start, end = zero_set.paths[0]
    length = float(np.hypot(*(end - start)))
    best = 0.5
    if network.sources is not None:
        middle = view.to_canvas(network.sources[zero_set.separator]).mean(axis=0)
        t = float((middle - start) @ (end - start)) / length**2
        best = t if 0.0 <= t <= 1.0 else best
    tried = np.append(best, np.linspace(0.0, 1.0, max(3, int(length / STEP))))
    return start + tried[:, np.newaxis] * (end - start), np.abs(tried - best) * length


def _every(path: Floats, step: float) -> Floats:
    """Points along a polyline about `step` apart."""
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    wanted = np.linspace(0.0, walked[-1], max(3, int(walked[-1] / step) + 1))
    return np.stack([np.interp(wanted, walked, path[:, k]) for k in (0, 1)], axis=1)


def place_arrows(
    network: Network,
    view: View,
    zero_sets: Sequence[ZeroSet],
    sizes: Sequence[Size],
    kept: Sequence[Box] = (),
) -> list[Arrow]:
    """At most one arrow for each zero set, its head where the separator fires.

    Args:
        network: The network.
        view: The canvas.
        zero_sets: What gets an arrow.
        sizes: Width and height of each separator's name in points, by separator: an arrow keeps
            clear of where the names of earlier arrows would best stand, right behind them.
        kept: What no arrow may cover.
    """
    crossings = Crossings(zero_sets)
    placed: list[Arrow] = []
    behind: list[Box] = []

    def cost_of(arrow: Arrow) -> float:
        """What it costs that other lines, or the names behind other arrows, are in the way."""
        box = arrow.box
        if not box.within(view.size, -CLEARANCE) or any(box.overlaps(a.box) for a in placed):
            return math.inf
        if any(map(box.overlaps, kept)):
            return math.inf
        name = _beside(arrow.base, arrow.direction, -GAPS[0], sizes[arrow.separator])
        crowded = any(map(box.overlaps, behind)) or any(name.overlaps(a.box) for a in placed)
        return CROSSED * (len(crossings.of(box) - {arrow.separator}) + crowded)

    for zero_set in _shortest_first(zero_sets):
        for length in (ARROW_LENGTH, ARROW_LENGTH / 2):
            best = _best_arrow(network, view, zero_set, length, cost_of)
            if best:
                placed.append(best)
                behind.append(_beside(best.base, best.direction, -GAPS[0], sizes[best.separator]))
                break
    return placed


def _best_arrow(
    network: Network,
    view: View,
    zero_set: ZeroSet,
    length: float,
    cost_of: Callable[[Arrow], float],
) -> Arrow | None:
    """The cheapest arrow of a length whose head fires, if there is one."""
    around = places(network, view, zero_set)
    heads = around.points + length * around.uphill
    fires = preactivation(network, zero_set.separator, view, heads) >= 0
    best, least = None, math.inf
    for k in np.argsort(around.cost, kind="stable").tolist():
        if float(around.cost[k]) >= least:
            break
        base, direction = _pair(around.points[k]), _pair(around.uphill[k])
        arrow = Arrow(zero_set.separator, base, direction, length)
        cost = float(around.cost[k]) + cost_of(arrow) if fires[k] else math.inf
        if cost < least:
            best, least = arrow, cost
    return best


def place_labels(
    network: Network,
    view: View,
    zero_sets: Sequence[ZeroSet],
    sizes: Sequence[Size],
    arrows: Sequence[Arrow],
    kept: Sequence[Box] = (),
) -> list[Label]:
    """At most one name for each zero set, behind its arrow on the 0-side where that is free.

    Args:
        network: The network.
        view: The canvas.
        zero_sets: What to name.
        sizes: Width and height of each separator's name in points, by separator.
        arrows: What the names must not cover.
        kept: Neither.
    """
    crossings = Crossings(zero_sets)
    taken = [*kept, *(arrow.box for arrow in arrows)]
    bases = {arrow.separator: np.array(arrow.base) for arrow in arrows}
    placed: list[Label] = []
    for zero_set in _shortest_first(zero_sets):
        separator = zero_set.separator
        around = places(network, view, zero_set)
        if separator in bases:
            cost = np.hypot(*(around.points - bases[separator]).T)
            around = Places(around.points, around.uphill, cost)
        gaps = GAPS[:1] if zero_set.straight else GAPS
        best, least = None, math.inf
        for cost, label in _candidates(separator, around, gaps, sizes[separator]):
            if cost >= least:
                break
            if not label.box.within(view.size, MARGIN) or any(map(label.box.overlaps, taken)):
                continue
            if _beside_another(label, bases):
                continue
            crossing = crossings.of(label.box)
            own = separator in crossing
            cost += CROSSED * (len(crossing) - own) + OWN_CURVE * own
            if cost < least:
                best, least = label, cost
        if best:
            placed.append(best)
            taken.append(best.box)
    return placed


def _beside_another(label: Label, bases: Mapping[int, Floats]) -> bool:
    """Whether a reader would take the name for that of another arrow: it stands nearer to it."""
    if label.separator not in bases:
        return False
    away = {i: math.dist(base, label.box.center) for i, base in bases.items()}
    return min(away, key=away.__getitem__) != label.separator


def _candidates(
    separator: int, around: Places, gaps: Sequence[float], size: Size
) -> Iterator[tuple[float, Label]]:
    """Names at all places, gaps and sides, the cheapest first."""
    options = [
        (float(around.cost[k]) + gap + (OTHER_SIDE if side > 0 else 0.0), k, side * gap)
        for k in range(len(around.cost))
        for gap in gaps
        for side in (-1, 1)
    ]
    for cost, k, gap in sorted(options):
        anchor, up = _pair(around.points[k]), _pair(around.uphill[k])
        yield cost, Label(separator, anchor, _beside(anchor, up, gap, size))


def _beside(anchor: Pair, up: Pair, gap: float, size: Size) -> Box:
    """The box of a name, `gap` away from its anchor: on the 1-side, or the 0-side if negative."""
    away = math.copysign(abs(gap) + size[1] / 2, gap)
    center = (anchor[0] + away * up[0], anchor[1] + away * up[1])
    half = (size[0] / 2 + CLEARANCE, size[1] / 2 + CLEARANCE)
    return Box(center, half, reading_direction(up))


def reading_direction(up: Pair) -> Pair:
    """The direction along a line in which text reads from left to right.

    Text that stands upright, or all but, reads upwards.
    """
    x, y = up[1] + 0.0, 0.0 - up[0]
    steep = abs(x) <= UPRIGHT
    return (x, y) if (y > 0 if steep else x > 0) else (0.0 - x, 0.0 - y)


def _shortest_first(zero_sets: Sequence[ZeroSet]) -> list[ZeroSet]:
    def length(zero_set: ZeroSet) -> float:
        return sum(float(np.hypot(*np.diff(path, axis=0).T).sum()) for path in zero_set.paths)

    return sorted(zero_sets, key=length)


def _pair(point: Floats) -> Pair:
    return float(point[0]), float(point[1])
