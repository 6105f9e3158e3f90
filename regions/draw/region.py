"""The picture of a network: its decision region, the reference's outline, its separators."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, page, style
from regions.draw.boxes import Box
from regions.draw.inline import show_in_notebooks
from regions.draw.labels import CLEARANCE, Pair, place_arrows, place_labels
from regions.draw.layout import PAGE, Layout
from regions.draw.lines import Bounds, View, ZeroSet, zero_sets
from regions.draw.outline import outline_paths
from regions.draw.palette import unit_color
from regions.draw.text import drawable, fitted, text_size, without_shared_prefix
from regions.network.model import Bools, Floats, Network
from regions.network.raster import Grid, rasterize

if TYPE_CHECKING:
    import shapely
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMED = 20
"""Up to so many separators get arrows and names; with more, the page is full."""

WHOLE_LINES = 120
"""Beyond so many separators only edges are drawn, not their lines: a shape with hundreds of edges
would disappear under a grey of lines."""

FAINTEST, THINNEST = 0.25, 0.5
"""Opacity and width in points that lines keep, however many there are."""

LONGEST_NAME = 110.0
"""Points of a name along its line, a third of the canvas; longer ones lose their middle."""

LONGEST_KEY = 110.0
"""Points of a region's name in the key."""

MOST_KEYS = 12
"""Regions named in the key, which has no room for more."""

OVERSAMPLING = 2
"""Samples a pixel of the picture, each way: smooth edges instead of ragged ones."""

RASTER_WORK = 2**27
"""Most samples times units of a picture's raster, about 2 s. Larger networks get fewer samples."""

LEAST_SAMPLES = 400
"""Samples along the longer side that even the largest network gets."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A point, and what the key says of it."""

    point: Pair
    label: str


def plot(
    net: Network,
    ax: Axes | None = None,
    *,
    window: Bounds | None = None,
    outline: shapely.Geometry | None = None,
    title: str | None = None,
) -> Axes:
    """Draw a network on Axes: region, outline, lines with an arrow to the 1-side, names.

    Args:
        net: The network.
        ax: Where to draw. Gets equal axes and the window as limits; names are placed for its
            present size. By default a `figure` of its own, to be had as `ax.figure`.
        window: `(xmin, ymin, xmax, ymax)`; by default the network's own.
        outline: What the region should be, to be drawn as a line.
        title: Shown as it is.

    Returns:
        The Axes drawn on: `ax` itself, where given.

    Raises:
        ValueError: There is no window, or it has no area.
    """
    if ax is None:
        return figure(net, window=window, outline=outline, title=title).axes[0]
    window = _window(net, window)
    _draw(ax, net, _view_of(ax, window), outline)
    ax.set_xlabel("x", **style.TEXT)
    ax.set_ylabel("y", **style.TEXT)
    if title is not None:
        ax.set_title(drawable(title), **style.TEXT)
    return ax


def figure(
    net: Network,
    *,
    window: Bounds | None = None,
    outline: shapely.Geometry | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    marked: Marked | None = None,
    below: float = 0.0,
    page_size: Pair = (PAGE, PAGE),
) -> Figure:
    """The picture as a Figure, of 6 x 6 inches unless told otherwise, with a key; for `save`.

    Args:
        net: The network.
        window: `(xmin, ymin, xmax, ymax)`; by default the network's own.
        outline: What the region should be, to be drawn as a line.
        title: First line; long ones lose their middle.
        subtitle: Second line, smaller: `10 units, depth 3, IoU 1`, say.
        marked: A point that the key names; one beyond the window is pointed at from the frame.
        below: Printed points by which the figure is higher, for whatever else is to stand there.
        page_size: Width and height in printed points.

    Raises:
        ValueError: There is no window, or it has no area.
    """
    window = _window(net, window)
    arrows = net.n_separators <= NAMED
    titles = (title, subtitle)
    drawn = _figure(net, window, outline, titles, marked, below, page_size, arrows)
    if arrows and not any(line.get_label() == artists.ARROW for line in drawn.axes[0].lines):
        # No arrow found a place: the key shall not speak of them.
        drawn = _figure(net, window, outline, titles, marked, below, page_size, arrows=False)
    show_in_notebooks(drawn)
    return drawn


def _figure(
    net: Network,
    window: Bounds,
    outline: shapely.Geometry | None,
    titles: tuple[str | None, str | None],
    marked: Marked | None,
    below: float,
    page_size: Pair,
    arrows: bool,
) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with style.context():
        inches = [side / style.POINTS_PER_INCH for side in (page_size[0], page_size[1] + below)]
        fig = Figure(figsize=(inches[0], inches[1]), dpi=style.PNG_DPI)
        FigureCanvasAgg(fig)
        key = _key(net, outline, arrows)
        if marked is not None:
            key.append(artists.mark_handle(marked.label, _placed(window, marked.point)[1]))
        labels = [str(entry.get_label()) for entry in key]
        layout = Layout.fit(page_size, window, *titles, labels)
        ax = page.add_axes(fig, layout)
        _draw(ax, net, View(window, layout.axes.scale), outline, marked)
        page.add_texts(fig, layout, key)
    return fig


def _window(net: Network, window: Bounds | None) -> Bounds:
    """The window asked for, else the network's own, checked."""
    chosen = net.window if window is None else window
    if chosen is None:
        raise ValueError(
            "the network has no window of its own; give one: window=(xmin, ymin, xmax, ymax)"
        )
    return Grid(chosen, 1, 1).bounds


def _view_of(ax: Axes, window: Bounds) -> View:
    """Give Axes of the user's equal axes over a window, and see how large that comes out."""
    _set_limits(ax, window)
    ax.apply_aspect()
    points = ax.get_window_extent().width * style.POINTS_PER_INCH / ax.figure.dpi
    return View(window, points / (window[2] - window[0]))


def _set_limits(ax: Axes, window: Bounds) -> None:
    ax.set_aspect("equal", adjustable="box")
    ax.set_xlim(window[0], window[2])
    ax.set_ylim(window[1], window[3])


def _draw(
    ax: Axes,
    net: Network,
    view: View,
    outline: shapely.Geometry | None,
    marked: Marked | None = None,
) -> None:
    _draw_region(ax, net, view)
    if outline is not None:
        artists.add_outline(ax, outline_paths(outline, view.window))
    draw_lines(ax, net, view, [] if marked is None else [mark_box(view, marked.point)])
    if marked is not None:
        place, towards = _placed(view.window, marked.point)
        artists.add_mark(ax, place, style.MARK_COLOR, towards=towards)
    # Last: images and lines would change the limits.
    _set_limits(ax, view.window)


def _draw_region(ax: Axes, net: Network, view: View) -> None:
    pixels = max(view.size) * ax.figure.dpi / style.POINTS_PER_INCH
    affordable = math.sqrt(RASTER_WORK / max(1, net.size))
    samples = max(LEAST_SAMPLES, min(OVERSAMPLING * pixels, affordable))
    grid = Grid.fitting(view.window, round(samples))
    answer = rasterize(net, grid)
    labels = answer.astype(np.int32) - 1 if answer.dtype == np.bool_ else answer
    artists.add_region(ax, grid, labels.astype(np.int32))


def draw_lines(
    ax: Axes, net: Network, view: View, kept: Sequence[Box] = (), named: bool = True
) -> None:
    """All separators: with arrows and names, or faintly where they are many."""
    if net.n_separators > NAMED:
        _draw_faintly(ax, net, view)
        return
    visible = zero_sets(net, view, np.arange(net.n_separators))
    names = dict(enumerate(separator_names(net))) if named else {}
    draw_separators(ax, net, view, visible, names, kept)


def draw_separators(
    ax: Axes,
    net: Network,
    view: View,
    visible: Sequence[ZeroSet],
    names: Mapping[int, str],
    kept: Sequence[Box],
) -> None:
    """Whole zero sets with arrows and names, each in its unit's colour.

    Args:
        ax: Where they are drawn.
        net: The network.
        view: What the Axes show.
        visible: What is drawn.
        names: Of these separators, by number, as they fit.
        kept: What names and arrows keep clear of.
    """
    for zero_set in visible:
        paths = [view.to_window(path) for path in zero_set.paths]
        artists.add_lines(ax, paths, style.LINE_WIDTH, 1.0, unit_color(zero_set.separator))
    sizes = [text_size(names.get(i, ""), style.NAME_SIZE) for i in range(net.n_separators)]
    arrows = place_arrows(net, view, visible, sizes, kept)
    for arrow in arrows:
        artists.add_arrow(ax, view, arrow, unit_color(arrow.separator))
    for label in place_labels(net, view, visible, sizes, arrows, kept) if names else ():
        artists.add_name(ax, view, label, names[label.separator], unit_color(label.separator))


def mark_box(view: View, point: Pair) -> Box:
    """What a mark covers, on the canvas."""
    x, y = view.to_canvas(np.array(point)).tolist()
    return Box((x, y), (style.MARK_SIZE / 2 + CLEARANCE,) * 2, (1.0, 0.0))


def _placed(window: Bounds, point: Pair) -> tuple[Pair, float | None]:
    """Where a point is marked; on the frame the direction in which it lies beyond, in degrees."""
    xmin, ymin, xmax, ymax = window
    x, y = max(xmin, min(point[0], xmax)), max(ymin, min(point[1], ymax))
    beyond = (x, y) != tuple(point)
    return (x, y), math.degrees(math.atan2(point[1] - y, point[0] - x)) if beyond else None


def _draw_faintly(ax: Axes, net: Network, view: View) -> None:
    """Many separators: the more, the thinner and fainter, so that the region stays visible."""
    whole: Bools = np.ones(net.n_separators, dtype=np.bool_)
    edges: list[Floats] = []
    if net.n_separators > WHOLE_LINES and net.sources is not None:
        whole = np.isnan(net.sources).sum(axis=(1, 2)) > 0
        edges = list(net.sources[~whole])
    paths = edges + _paths(view, zero_sets(net, view, np.flatnonzero(whole)))
    fade = math.sqrt(NAMED / net.n_separators)
    width, alpha = max(THINNEST, style.LINE_WIDTH * fade), max(FAINTEST, fade)
    artists.add_lines(ax, paths, width, alpha)


def _paths(view: View, visible: Sequence[ZeroSet]) -> list[Floats]:
    return [view.to_window(path) for zero_set in visible for path in zero_set.paths]


def separator_names(net: Network) -> list[str]:
    """The separators' names as they are drawn: without what all share, never too long."""
    names = without_shared_prefix([net.names[i] for i in range(net.n_separators)])
    return [fitted(name, style.NAME_SIZE, LONGEST_NAME) for name in names]


def _key(net: Network, outline: shapely.Geometry | None, arrows: bool) -> list[Artist]:
    """What the colours and lines mean."""
    if len(net.outputs) == 1:
        key = [artists.region_handle(0, "network outputs 1")]
    else:
        names = [fitted(o.name, style.KEY_SIZE, LONGEST_KEY) for o in net.outputs]
        key = [artists.region_handle(i, name) for i, name in enumerate(names[:MOST_KEYS])]
    if outline is not None:
        key.append(artists.outline_handle("reference outline"))
    if net.n_separators:
        many = net.n_separators > NAMED
        label = "separator, arrow to its 1-side" if arrows else "separator"
        color = style.LINE_COLOR if many else style.QUIET_COLOR
        key.append(artists.line_handle(label, arrows, color))
    return key
