"""The picture of a witness: where it lies, its cell close up, and what the units say there.

+-------------------------+
|   the usual picture,    |
|   the witness marked    |
+------------+------------+
|  close up  |  answers   |
|            |  units     |
+------------+------------+
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from regions.check.closeup import Closeup, closeup
from regions.check.compare import Report
from regions.check.excerpt import Excerpt, excerpt
from regions.check.proof import DIMENSIONS, Proof, Verdict, Witness
from regions.draw import artists, style
from regions.draw.layout import PAGE
from regions.draw.lines import View, zero_sets
from regions.draw.look import Look
from regions.draw.page import add_key
from regions.draw.panels import (
    LEADING,
    ROW,
    Panel,
    add_head,
    add_mark,
    add_note,
    add_panel,
    add_path,
    on_sheet,
    write,
)
from regions.draw.region import Marked, draw_separators, mark_box
from regions.draw.text import fitted, without_shared_prefix
from regions.network.model import Network
from regions.shape.model import Spec
from regions.story.render import outline, region_picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIDE = 194.0
"""Of the close-up. All lengths are points."""

EDGE, BETWEEN = 18.0, 16.0
"""Kept free left and right, and between close-up and words."""

HEAD, FOOT = 22.0, 70.0
"""Above and below the close-up, for its own words and its key."""

KEY_BELOW = 30.0
"""From the close-up down to its key."""

LINE = LEADING * style.KEY_SIZE
FIRES, VALUE = 34.0, 54.0
"""Widths of the columns beside the units' names."""

MOST_LETTERS = 8
"""Of a value with five digits; longer ones get three."""

SAMPLES = 400
"""Of the close-up, each way: about one a pixel of the picture."""

NAMED = 6
"""Up to so many separators have arrows and names in the close-up."""

LONGEST_NAME = 80.0
"""Points of a name there."""

LEAST_FRAME, MOST_FRAME = 12.0, 150.0
"""What the close-up shows is framed above where it has such a size there."""

INDENT = "       "
"""Before the lines of the trace, below those of the proof."""

LONGEST_FRACTION = 22
"""Letters of a coordinate that is given as a fraction, too."""

CELL_WIDTH = 1.6
"""Of the cell's outline."""

Row: TypeAlias = tuple[str, ...]
"""A line of words, or three: a row of the table."""


def render_proved(
    spec: Spec, network: Network, report: Report, proof: Proof, path: Path, look: Look
) -> None:
    """Write the picture to a PNG, SVG or PDF file: with the witness, if there is one.

    Args:
        spec: The shape.
        network: A network of one region, compiled or not.
        report: Of the raster check.
        proof: Of the two.
        path: Written whole or not at all.
        look: Colours and size; the medium is print.

    Raises:
        OutputError: The suffix is unknown, or the file cannot be written.
    """
    witness = proof.witness
    if witness is None:
        drawn = region_picture(spec, network, report, outline(spec))
    else:
        drawn = witness_picture(spec, network, report, witness, proof.verdict)
    look.save(drawn, path)


def traced(network: Network, proof: Proof) -> list[str]:
    """What the units say at the witness, a line each; nothing if there is none."""
    if proof.witness is None:
        return []
    return [INDENT + line for line in str(excerpt(network, proof.witness)).splitlines()]


def witness_picture(
    spec: Spec, network: Network, report: Report, witness: Witness, verdict: Verdict
) -> Figure:
    """The usual picture with the witness marked, its cell close up, and what each unit says.

    Args:
        spec: The shape.
        network: A network of one region.
        report: Of the raster check.
        witness: Where the two differ.
        verdict: Of their proof.
    """
    seen = closeup(network, spec, witness)
    told = [*_answers(spec, witness, verdict), *_table(network, excerpt(network, witness))]
    below = ROW * math.ceil(max(HEAD + SIDE + FOOT, HEAD + (len(told) + 1) * LINE) / ROW)
    marked = Marked(witness.point, "witness: they differ here")
    figure = region_picture(spec, network, report, outline(spec), marked, below)
    top = below - HEAD
    with style.context():
        panel = add_panel(
            figure, (EDGE, top - SIDE), SIDE / (2 * seen.half), seen.grid(SAMPLES).bounds
        )
        _draw_closeup(panel, network, seen)
        _add_key(panel, seen)
        scale = _scale_above(figure, spec)
        add_head(panel, _extent(seen))
        add_note(panel, [f"{seen.side:.3g} wide, {_times(SIDE / seen.side / scale)}"])
        _write(figure, told, top)
        if LEAST_FRAME <= scale * seen.side <= MOST_FRAME:
            _add_frame(figure, View(spec.window, scale), seen)
    return figure


def _draw_closeup(panel: Panel, network: Network, seen: Closeup) -> None:
    """Both regions, the separators that run there, the cell and the point."""
    grid = seen.grid(SAMPLES)
    labels = seen.actual(SAMPLES) + 2 * seen.wanted(SAMPLES).astype(np.int32) - 1
    artists.add_region(panel.ax, grid, labels, style.DIFFERENCE_COLORS)
    if len(seen.cell):
        add_path(panel, np.concatenate([seen.cell, seen.cell[:1]]), style.OUTLINE_COLOR, CELL_WIDTH)
    point = (float(seen.point[0]), float(seen.point[1]))
    visible = zero_sets(seen.network, panel.view, np.arange(network.n_separators))
    if len(visible) <= NAMED:
        short = _short_names(network)
        names = {
            seen_line.separator: fitted(
                short[network.names[seen_line.separator]], style.NAME_SIZE, LONGEST_NAME
            )
            for seen_line in visible
        }
        kept = [mark_box(panel.view, point)]
        draw_separators(panel.ax, seen.network, panel.view, visible, names, kept)
    else:
        paths = [panel.view.to_window(path) for zero_set in visible for path in zero_set.paths]
        artists.add_lines(panel.ax, paths, style.LINE_WIDTH / 2, alpha=1.0)
    add_mark(panel, point, style.MARK_COLOR)
    # Last: images and lines would change the limits.
    panel.ax.set(xlim=panel.view.window[::2], ylim=panel.view.window[1::2])


def _add_key(panel: Panel, seen: Closeup) -> None:
    key = [
        artists.region_handle(color, label, style.DIFFERENCE_COLORS)
        for color, label in enumerate(("network only", "shape only", "both"))
    ]
    if len(seen.cell) > 1:
        key.append(artists.outline_handle("cell"))
    top = panel.corner[0] + SIDE / 2, panel.corner[1] - KEY_BELOW
    add_key(panel.figure, on_sheet(panel.figure, top), key, columns=2)


def _extent(seen: Closeup) -> str:
    """What of the cell is shown."""
    if seen.whole:
        return "its cell, close up"
    if len(seen.cell) < 2:
        return "close up"
    longer = float(max(np.ptp(seen.cell, axis=0))) / (2 * seen.half)
    return f"close up; its cell is {_number(longer)} times as long"


def _times(factor: float) -> str:
    if factor < 1:
        return f"{_number(1 / factor)} times smaller"
    return f"{_number(factor)} times as large"


def _number(value: float) -> str:
    """Three digits that count, written out up to a billion."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if 100 <= rounded < 1e9 else f"{rounded:.3g}"


def _scale_above(figure: Figure, spec: Spec) -> float:
    """Points in one of the user's units."""
    width: float = figure.axes[0].get_position().width
    return width * PAGE / (spec.window[2] - spec.window[0])


def _add_frame(figure: Figure, view: View, seen: Closeup) -> None:
    """Where the close-up lies in the picture above."""
    xmin, ymin, xmax, ymax = seen.bounds
    corners = [[xmin, ymin], [xmax, ymin], [xmax, ymax], [xmin, ymax], [xmin, ymin]]
    above = Panel(figure, figure.axes[0], view, (0.0, 0.0))
    add_path(above, np.array(corners), style.MARK_COLOR, broken=True)


def _answers(spec: Spec, witness: Witness, verdict: Verdict) -> Iterator[Row]:
    network, shape = ("inside" if says else "outside" for says in (witness.network, witness.shape))
    yield (f"network: {network}, shape: {shape}",)
    for name, exact, near in zip("xy", witness.exact, witness.point, strict=True):
        fraction = str(exact)
        given = exact == near or len(fraction) > LONGEST_FRACTION
        yield (
            f"{name} {'=' if exact == near else '≈'} {near!r}{'' if given else f' = {fraction}'}",
        )
    xmin, ymin, xmax, ymax = spec.window
    x, y = witness.point
    within = xmin <= x <= xmax and ymin <= y <= ymax
    where = {"vertex": "in a vertex", "edge": "on an edge", "face": "in a face"}
    yield (where[DIMENSIONS[witness.dimension]] + ("" if within else ", beyond the window"),)
    yield (f"verdict: {verdict}",)
    yield ()


def _table(network: Network, told: Excerpt) -> Iterator[Row]:
    short = _short_names(network)
    yield "unit", "value", "fires"
    for unit in told.units:
        value = f"{unit.preactivation:.5g}"
        if len(value) > MOST_LETTERS:
            value = f"{unit.preactivation:.3g}"
        yield short[unit.name], value, f"{unit.output:d}"
    for note in told.notes:
        yield (note,)


def _short_names(network: Network) -> dict[str, str]:
    """Each unit's name without what all of them share."""
    names = list(network.names)
    return dict(zip(names, without_shared_prefix(names), strict=True))


def _write(figure: Figure, lines: Sequence[Row], top: float) -> None:
    """Words and table, to the right of the close-up."""
    left, right = EDGE + SIDE + BETWEEN, PAGE - EDGE
    columns = (left, "left"), (right - FIRES, "right"), (right, "right")
    for number, row in enumerate(lines):
        heading = number == 0 or row[:1] == ("unit",)
        color = style.TEXT_COLOR if heading else style.QUIET_COLOR
        width = right - left if len(row) == 1 else right - left - FIRES - VALUE
        level = top - style.KEY_SIZE - number * LINE
        for (x, side), words in zip(columns, row, strict=False):
            text = fitted(words, style.KEY_SIZE, width)
            write(figure, (x, level), text, style.KEY_SIZE, color, side)
