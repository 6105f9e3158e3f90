"""Small pictures of all units: where each of them fires, and what it says.

    +--------+  +--------+  +--------+
    | name   |  | name   |  | name   |
    | picture|  | picture|  | picture|
    | sum    |  | sum    |  | words  |
    +--------+  +--------+  +--------+

A unit has its colour, the same as in all other views; units come layer by layer, the output last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, style
from regions.draw.labels import Pair
from regions.draw.lines import Bounds
from regions.draw.media import Medium
from regions.draw.mosaic import HEAD, LINE, Chosen, Mosaic, choose, on_slide, printed
from regions.draw.outline import outline_paths
from regions.draw.palette import unit_color
from regions.draw.panels import GAP, Panel, add_panel, add_path, paper, write
from regions.draw.rasters import rasters
from regions.draw.says import gate_lines, separator_lines
from regions.draw.shades import add_shades
from regions.draw.text import fitted, without_shared_prefix
from regions.network.model import Network

if TYPE_CHECKING:
    import shapely
    from matplotlib.figure import Figure

EDGE = 14.0
"""Above the title and below the last picture. All lengths are points."""

TITLE_LINE, SUBTITLE_LINE, SECTION = 17.0, 14.0, 22.0
"""Heights of lines that stand above pictures."""

OUTLINE_WIDTH = 0.6
"""Of the shape's border, which is only for orientation."""

OUTPUT_FRAME = 1.6
"""Width of the frame of a unit that is an output."""

FIRING = "coloured where a unit fires; thick frame: an output"
BORDER = "; thin line: border of the shape"
SHADED = "blue where a unit's sum is at least 0 and it fires, orange below; the paler, the nearer 0"


@dataclass(frozen=True)
class Tile:
    """One small picture.

    Attributes:
        unit: Its number; None for a picture that says how many units are left out.
        head: What stands above.
        notes: Lines below.
    """

    unit: int | None
    head: str
    notes: tuple[str, ...]


def units(
    network: Network,
    window: Bounds,
    medium: Medium,
    *,
    outline: shapely.Geometry | None = None,
    title: str = "",
    shade: bool = False,
) -> Figure:
    """A picture for each unit: where it fires, its name, and its sum or its words.

    Args:
        network: Of more than 60 units the first separators are shown and the gates nearest to the
            output, and the others counted.
        window: `(xmin, ymin, xmax, ymax)`.
        medium: What it is made for; on a slide as many units are shown as there is room for.
        outline: What the region should be, to be drawn as a thin line.
        title: Name of the whole.
        shade: Whether pictures show the units' sums, and not only their signs.
    """
    size = window[2] - window[0], window[3] - window[1]
    top = EDGE + TITLE_LINE + SUBTITLE_LINE
    if medium.height is None:
        mosaic = printed(medium.width, size, network.size)
    else:
        mosaic = on_slide(medium, top, size, network.size)
    chosen = choose(network, mosaic.room)
    names = _short_names(network)
    first = _separator_tiles(network, chosen, names, mosaic)
    last = _gate_tiles(network, chosen, names, mosaic)
    if medium.height is None and len(first) + len(last) > mosaic.columns:
        sections = [("separators: layer 1", first), (_gates_heading(network), last)]
    else:
        sections = [("", first + last)]
    picture = mosaic.scale * size[1]
    height = medium.height or top + EDGE + _height(sections, mosaic, picture)
    figure = paper((medium.width, height))
    _add_titles(figure, medium.width, height, title, network, chosen, shade, outline is not None)
    panels = _add_sections(figure, sections, mosaic, window, height - top)
    _fill(panels, network, outline, shade)
    return figure


def _short_names(network: Network) -> list[str]:
    """Names without what all share, nor the output's own before those of its parts."""
    names = without_shared_prefix(list(network.names))
    whole = network.names[network.outputs[0].unit] + "."
    shorter = [name.removeprefix(whole) for name in names]
    return shorter if len(set(shorter)) == len(names) else names


def _gates_heading(network: Network) -> str:
    """`gates: layers 2 to 5`."""
    deepest = int(network.levels.max())
    return "gates: layer 2" if deepest <= 2 else f"gates: layers 2 to {deepest}, in this order"


def _separator_tiles(
    network: Network, chosen: Chosen, names: Sequence[str], mosaic: Mosaic
) -> list[Tile]:
    tiles = []
    for unit in chosen.separators:
        lines = separator_lines(network, unit, style.NAME_SIZE, mosaic.cell, mosaic.lines)
        tiles.append(Tile(unit, names[unit], tuple(lines)))
    if chosen.more_separators:
        tiles.append(_left_out(chosen.more_separators, "separator"))
    return tiles


def _gate_tiles(
    network: Network, chosen: Chosen, names: Sequence[str], mosaic: Mosaic
) -> list[Tile]:
    tiles = [_left_out(chosen.more_gates, "gate")] if chosen.more_gates else []
    for unit in chosen.gates:
        gate = unit - network.n_separators
        lines = gate_lines(network, gate, names, style.NAME_SIZE, mosaic.cell, mosaic.lines)
        tiles.append(Tile(unit, names[unit], tuple(lines)))
    return tiles


def _left_out(count: int, noun: str) -> Tile:
    return Tile(None, f"{count:,} more", (noun if count == 1 else f"{noun}s", "not shown"))


def _rows(tiles: Sequence[Tile], mosaic: Mosaic) -> list[Sequence[Tile]]:
    return [tiles[i : i + mosaic.columns] for i in range(0, len(tiles), mosaic.columns)]


def _row_height(row: Sequence[Tile], mosaic: Mosaic, picture: float) -> float:
    lines = max((len(tile.notes) for tile in row if tile.unit is not None), default=0)
    return HEAD + picture + lines * LINE + mosaic.below


def _height(sections: Sequence[tuple[str, list[Tile]]], mosaic: Mosaic, picture: float) -> float:
    """Of all sections together."""
    rows = [row for _, tiles in sections for row in _rows(tiles, mosaic)]
    headings = sum(SECTION for heading, tiles in sections if heading and tiles)
    return headings + sum(_row_height(row, mosaic, picture) for row in rows)


def _add_titles(
    figure: Figure,
    width: float,
    height: float,
    title: str,
    network: Network,
    chosen: Chosen,
    shade: bool,
    outlined: bool,
) -> None:
    """What the sheet shows, and how many units it leaves out."""
    shown = len(chosen.separators) + len(chosen.gates)
    counted = f"{shown} of its {network.size:,} units"
    if shown == network.size:
        counted = f"its {shown} units" if shown > 1 else "its only unit"
    head = f"{title}: {counted}" if title else counted
    told = SHADED if shade else FIRING + BORDER * outlined
    level = height - EDGE - style.TITLE_SIZE + 3.0
    text = fitted(head, style.TITLE_SIZE, width - 2 * EDGE)
    write(figure, (width / 2, level), text, style.TITLE_SIZE, style.TEXT_COLOR)
    text = fitted(told, style.KEY_SIZE, width - 2 * EDGE)
    write(figure, (width / 2, level - SUBTITLE_LINE), text, style.KEY_SIZE)


def _add_sections(
    figure: Figure,
    sections: Sequence[tuple[str, list[Tile]]],
    mosaic: Mosaic,
    window: Bounds,
    level: float,
) -> list[tuple[Panel, Tile]]:
    """All frames with their words, from a level downwards."""
    placed = []
    picture = mosaic.scale * (window[3] - window[1])
    for heading, tiles in sections:
        if heading and tiles:
            at = mosaic.left, level - SECTION + 8.0
            write(figure, at, heading, style.AXIS_SIZE, style.TEXT_COLOR, "left")
            level -= SECTION
        for row in _rows(tiles, mosaic):
            for column, tile in enumerate(row):
                corner = mosaic.left + column * (mosaic.cell + mosaic.gap), level - HEAD - picture
                placed.append((_add_tile(figure, tile, corner, mosaic, window), tile))
            level -= _row_height(row, mosaic, picture)
    return placed


def _add_tile(figure: Figure, tile: Tile, corner: Pair, mosaic: Mosaic, window: Bounds) -> Panel:
    """A frame in the middle of its cell, with the words above and below."""
    x, y = corner
    middle = x + mosaic.cell / 2
    width = mosaic.scale * (window[2] - window[0])
    panel = add_panel(figure, (middle - width / 2, y), mosaic.scale, window)
    if tile.unit is None:
        panel.ax.set_axis_off()
        for row, line in enumerate((tile.head, *tile.notes)):
            level = y + panel.view.size[1] / 2 + (0.5 - row) * LINE
            write(figure, (middle, level), line, style.KEY_SIZE)
        return panel
    head = fitted(tile.head, style.NAME_SIZE, mosaic.cell)
    above = y + panel.view.size[1] + GAP / 2
    write(figure, (middle, above), head, style.NAME_SIZE, unit_color(tile.unit))
    for row, line in enumerate(tile.notes):
        below = y - (row + 1) * LINE + 1.0
        write(figure, (middle, below), line, style.NAME_SIZE)
    return panel


def _fill(
    panels: Sequence[tuple[Panel, Tile]],
    network: Network,
    outline: shapely.Geometry | None,
    shade: bool,
) -> None:
    """Draw what each unit says into its frame."""
    view = panels[0][0].view
    shown = [tile.unit for _, tile in panels if tile.unit is not None]
    said = rasters(network, shown, view, shade)
    border = [] if outline is None else outline_paths(outline, view.window)
    outputs = {output.unit for output in network.outputs}
    for panel, tile in panels:
        if tile.unit is None:
            continue
        grid, values = said[tile.unit]
        if shade:
            add_shades(panel, grid, values)
        else:
            labels = values.astype(np.int32) - 1
            artists.add_region(panel.ax, grid, labels, [unit_color(tile.unit)])
        for path in border:
            add_path(panel, path, style.OUTLINE_COLOR, OUTLINE_WIDTH)
        if tile.unit in outputs:
            panel.ax.spines[:].set(color=style.TEXT_COLOR, linewidth=OUTPUT_FRAME)
        # Last: images would change the limits.
        panel.ax.set(xlim=view.window[::2], ylim=view.window[1::2])
