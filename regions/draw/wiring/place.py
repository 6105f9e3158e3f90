"""Where the boxes of a diagram stand and the wires run.

Columns are as wide as their boxes; between them wires bend, and run level through a lane before
each column, where their weights stand: a number never meets another wire.

    box  )      .---- 4 --[ box ]
          `----'
           bend   lane
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regions.draw.text import text_size
from regions.draw.wiring.even import spread
from regions.draw.wiring.layout import Layout, Place, Point, Stroke, Tag
from regions.draw.wiring.measure import (
    CIRCLE,
    NAME_WIDTHS,
    SIDE,
    SMALL,
    TAG_FREE,
    beside_names,
    box_height,
    box_width,
    fitted_words,
    lane,
    overhang,
    spacing,
)
from regions.draw.wiring.model import Chart, Node
from regions.draw.wiring.routes import Routes, routes

WAYPOINT = 6.0
"""Height kept free for a wire that passes a column; all lengths are points."""

LEAST_GAP, GAP = 2.0, 9.0
"""Between boxes of a column."""

MOST_APART = 90.0
"""Between two inputs."""

LEAST_BEND, BEND_PER_WIRE, WIDE_BEND = 14.0, 0.5, 40.0
"""Wires need width to be told apart, up to a limit."""

COMFORT, MOST_BEND = 22.0, 110.0
"""What a bend should have beyond the least, and what it has at most."""

ROUNDS = 10
"""In which boxes move towards what they are joined to."""


@dataclass(frozen=True)
class Plan:
    """A chart, measured: what it needs before it gets its places."""

    chart: Chart
    nodes: tuple[Node, ...]
    routes: Routes
    beside: float
    spacing: tuple[float, ...]
    heights: tuple[float, ...]
    widths: tuple[float, ...]
    lanes: tuple[float, ...]
    bends: tuple[float, ...]

    @property
    def width(self) -> float:
        """The least it can be laid out in."""
        return self._middles(self.bends)[1]

    @property
    def wide(self) -> float:
        """What it should have."""
        return self.width + COMFORT * (len(self.bends) - 1)

    @property
    def height(self) -> float:
        """The least it can be laid out in."""
        return self._high(LEAST_GAP)

    def layout(self, width: float, height: float | None = None) -> Layout:
        """All places, in some width and height; the height of the content where none is given.

        It may come out narrower, but never smaller than it needs.
        """
        spare = max(0.0, width - self.width) / max(1, len(self.bends) - 1)
        bends = [min(MOST_BEND, bend + spare) if bend else 0.0 for bend in self.bends]
        gap = GAP
        while height is not None and gap > LEAST_GAP and self._high(gap) > height:
            gap -= 0.5
        middles, whole = self._middles(bends)
        down = self._downwards(gap)
        places = tuple(
            Place(middles[node.column] - wide / 2, down[v], wide, self.heights[v] - overhang(node))
            for v, node in enumerate(self.nodes)
            for wide in (self.widths[node.column],)
        )
        strokes, tags, circles = self._wires(middles, down)
        size = whole, self._high(gap)
        parts = tuple(middles), tuple(strokes), tuple(tags), tuple(circles)
        return Layout(self.chart, self.nodes, size, places, self.beside, *parts)

    def _middles(self, bends: Sequence[float]) -> tuple[list[float], float]:
        """The middle of each column, and the right end; heads do not meet either."""
        middles: list[float] = []
        right, head_right = 0.0, -SIDE
        for column, wide in enumerate(self.widths):
            head = text_size(self.chart.heads[column], SMALL)[0] / 2
            by_boxes = right + bends[column] + self.lanes[column] + wide / 2
            middle = max(by_boxes, head_right + SIDE + head)
            middles.append(middle)
            right, head_right = middle + wide / 2, middle + head
        return middles, max(right, head_right)

    def _high(self, gap: float) -> float:
        """Of the highest column."""
        return max(
            sum(self.heights[v] for v in column) + gap * (len(column) - 1)
            for column in self.routes.columns
        )

    def _downwards(self, gap: float) -> list[float]:
        """The middle of each vertex, near those it is joined to."""
        columns, high = self.routes.columns, self._high(gap)
        beside = self._neighbours()
        down = [high / 2] * len(self.heights)
        for number in range(ROUNDS):
            for column in columns if number % 2 else columns[::-1]:
                wanted = [_mean([down[n] for n in beside[v]], down[v]) for v in column]
                heights = [self.heights[v] for v in column]
                apart = gap
                if column is columns[0] and len(column) > 1:
                    # Inputs that all units read would stand close together in the middle.
                    free = (high - sum(heights)) / (len(column) + 1)
                    apart = max(gap, min(free, MOST_APART))
                found = spread(wanted, heights, apart, high)
                for v, middle in zip(column, found, strict=True):
                    down[v] = middle
        return down

    def _neighbours(self) -> list[list[int]]:
        """What draws each vertex up or down."""
        found: list[list[int]] = [[] for _ in self.heights]
        for source, target in self.routes.joins:
            found[source].append(target)
            if self.routes.tells(self.chart, (source, target)):
                found[target].append(source)
        return found

    def _wires(
        self, middles: Sequence[float], down: Sequence[float]
    ) -> tuple[list[Stroke], list[Tag], list[Point]]:
        strokes: list[Stroke] = []
        tags: list[Tag] = []
        circles: list[Point] = []
        ports = self._ports(down)
        for (source, target), connections in self.routes.joins.items():
            before, here = self.routes.column[source], self.routes.column[target]
            left, level = middles[here] - self.widths[here] / 2, ports[source, target]
            start = middles[before] + self.widths[before] / 2, down[source]
            bent = left - self.lanes[here], level
            origin = self.routes.origin[source]
            wire = self.routes.wires.get((source, target))
            if wire is None:
                end = left + self.widths[here], level
                strokes.append(Stroke(start, bent, end, origin, connections))
                continue
            right = left
            if wire.negative:
                right -= CIRCLE
                circles.append((left - CIRCLE / 2, level))
            gap = None
            if wire.label:
                middle = (bent[0] + right) / 2
                free = text_size(wire.label, SMALL)[0] / 2 + TAG_FREE
                gap = middle - free, middle + free
                tags.append(Tag((middle, level), wire.label, origin))
            strokes.append(Stroke(start, bent, (left, level), origin, connections, gap))
        return strokes, tags, circles

    def _ports(self, down: Sequence[float]) -> dict[tuple[int, int], float]:
        """Where each wire ends, in the order in which the wires come."""
        entering: dict[int, list[int]] = {}
        for source, target in self.routes.joins:
            entering.setdefault(target, []).append(source)
        found = {}
        for target, sources in entering.items():
            sources.sort(key=lambda source: (down[source], source))
            step = self.spacing[target] if target < len(self.nodes) else 0.0
            for number, source in enumerate(sources):
                found[source, target] = down[target] + (number - (len(sources) - 1) / 2) * step
        return found


def planned(chart: Chart, name_widths: Sequence[float] = NAME_WIDTHS) -> Plan:
    """Measure a chart; see `NAME_WIDTHS`."""
    nodes = fitted_words(chart.nodes, name_widths)
    found = routes(chart)
    beside = beside_names(nodes)
    entering = [found.entering(v) for v in range(len(nodes))]
    heights = [
        box_height(node, wires) + overhang(node)
        for node, wires in zip(nodes, entering, strict=True)
    ]
    heights += [WAYPOINT] * (len(found.column) - len(nodes))
    columns = range(len(chart.heads))
    inside = [[v for v, node in enumerate(nodes) if node.column == c] for c in columns]
    joins = [found.column[target] for _, target in found.joins]
    return Plan(
        chart=chart,
        nodes=nodes,
        routes=found,
        beside=beside,
        spacing=tuple(map(spacing, entering)),
        heights=tuple(heights),
        widths=tuple(max(box_width(nodes[v], beside) for v in column) for column in inside),
        lanes=tuple(max(lane(entering[v]) for v in inside[c]) if c else 0.0 for c in columns),
        bends=tuple(
            min(WIDE_BEND, LEAST_BEND + BEND_PER_WIRE * joins.count(c)) if c else 0.0
            for c in columns
        ),
    )


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default
