"""A diagram drawn: boxes, wires, numbers and circles."""

from __future__ import annotations

import math

import numpy as np

from regions.draw import style
from regions.draw.panels import Panel, add_word, write
from regions.draw.wiring.layout import Layout, Place
from regions.draw.wiring.measure import CIRCLE, LINE, NAME, SHEETS, SIDE, SMALL, STACK

HEAD_LINE = 15.0
"""Height of the words above the columns; all lengths are points."""

DESCENT = 0.36
"""From a letter's middle down to its baseline, in letter sizes."""

CORNER = 3.5
"""Radius of a box's corners."""

FRAME, FILL = 1.2, 0.09
"""Width of a box's frame, and the opacity of its inside."""

WIRE_WIDTH, MORE, MOST_WIDTH = 0.9, 0.7, 6.0
"""Of one connection, what is added for twice as many, and of any number of them."""

WIRE_ALPHA = 0.8

CIRCLES, BOX, SHEET = "_circles", "_box", "_sheet"
"""Labels of hollow circles, boxes, and sheets behind a group's, by which they are found again."""


class Drawing:
    """A layout on a panel, its upper left corner at a point."""

    def __init__(self, panel: Panel, layout: Layout, corner: tuple[float, float]) -> None:
        self.panel, self.layout, self.corner = panel, layout, corner

    def draw(self) -> None:
        """Wires first, boxes over them, numbers on top."""
        self._draw_wires()
        for node in range(len(self.layout.places)):
            self._draw_node(node)
        self._draw_circles()
        for tag in self.layout.tags:
            source = self.layout.nodes[tag.source]
            color = style.QUIET_COLOR if source.form == "input" else source.color
            at = np.array(self._at(*tag.at))
            add_word(self.panel, at, tag.text, color, SMALL, halo=0.0)
        for head, middle in zip(self.layout.chart.heads, self.layout.heads, strict=True):
            self._write(middle, -HEAD_LINE + SMALL / 2 - 1.0, head, SMALL, style.QUIET_COLOR)

    def _at(self, x: float, down: float) -> tuple[float, float]:
        return self.corner[0] + x, self.corner[1] - down

    def _write(
        self, x: float, middle: float, text: str, size: float, color: str, side: str = "center"
    ) -> None:
        at = self._at(x, middle + DESCENT * size)
        write(self.panel.figure, at, text, size, color, side)

    def _draw_wires(self) -> None:
        from matplotlib.collections import PathCollection
        from matplotlib.path import Path

        paths, widths, colors = [], [], []
        for start, bent, end, source, count, gap in self.layout.strokes:
            half = (bent[0] - start[0]) / 2
            points = [
                start,
                (start[0] + half, start[1]),
                (bent[0] - half, bent[1]),
                bent,
                end,
            ]
            codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO]
            if gap:
                points[4:4] = [(x, bent[1]) for x in gap]
                codes[4:4] = [Path.LINETO, Path.MOVETO]
            paths.append(Path([self._at(*point) for point in points], codes))
            widths.append(min(MOST_WIDTH, WIRE_WIDTH + MORE * math.log2(count)))
            colors.append(self.layout.nodes[source].color)
        self.panel.ax.add_collection(
            PathCollection(
                paths,
                facecolors="none",
                edgecolors=colors,
                linewidths=widths,
                alpha=WIRE_ALPHA,
                zorder=style.Z_LINE,
            ),
            autolim=False,
        )

    def _draw_node(self, number: int) -> None:
        node, place = self.layout.nodes[number], self.layout.places[number]
        if node.form == "group":
            for back in range(SHEETS, 0, -1):
                self._draw_frame(place, node.color, STACK * back)
        if node.form != "output":
            self._draw_frame(place, node.color, 0.0)
        quiet = style.QUIET_COLOR if node.form in ("output", "input") else style.TEXT_COLOR
        if node.flat:
            self._write(place.left + SIDE, place.middle, node.head, NAME, node.color, "left")
            at, top = place.left + self.layout.beside, LINE * (len(node.lines) - 1) / 2
            for row, line in enumerate(node.lines):
                level = place.middle - top + LINE * row
                self._write(at, level, line, SMALL, quiet, "left")
            return
        middle = place.left + place.width / 2
        level = place.middle - LINE * len(node.lines) / 2
        name_color = style.TEXT_COLOR if node.form in ("input", "output", "group") else node.color
        self._write(middle, level, node.head, NAME, name_color)
        for row, line in enumerate(node.lines, 1):
            self._write(middle, level + LINE * row, line, SMALL, quiet)

    def _draw_frame(self, place: Place, color: str, shift: float) -> None:
        from matplotlib.patches import FancyBboxPatch

        left, bottom = self._at(place.left + shift, place.middle + place.height / 2 - shift)
        for face, edge in (((style.HALO_COLOR, 1.0), "none"), ((color, FILL), color)):
            patch = FancyBboxPatch(
                (left, bottom),
                place.width,
                place.height,
                boxstyle=f"round,pad=0,rounding_size={CORNER}",
                facecolor=face,
                edgecolor=edge,
                linewidth=FRAME,
                label=SHEET if shift else BOX,
            )
            self.panel.ax.add_patch(patch).set_zorder(style.Z_OUTLINE)

    def _draw_circles(self) -> None:
        if not self.layout.circles:
            return
        points = np.array([self._at(*at) for at in self.layout.circles])
        self.panel.ax.plot(
            *points.T,
            linestyle="none",
            marker="o",
            markersize=CIRCLE,
            markerfacecolor=style.HALO_COLOR,
            markeredgecolor=style.TEXT_COLOR,
            markeredgewidth=0.9,
            zorder=style.Z_ARROW,
            scalex=False,
            scaley=False,
            label=CIRCLES,
        )
