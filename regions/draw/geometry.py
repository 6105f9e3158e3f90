"""A geometry drawn as it is: filled, with its outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regions.draw import artists, style
from regions.draw.inline import show_in_notebooks
from regions.draw.lines import Bounds
from regions.draw.outline import outline_paths

if TYPE_CHECKING:
    import shapely
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path


def own_figure(width: float = style.FIGURE_INCHES, height: float = style.FIGURE_INCHES) -> Figure:
    """A figure with Axes that fill it, for a plot that was given none; sizes in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with style.context():
        figure = Figure(figsize=(width, height), dpi=style.PNG_DPI, layout="constrained")
        FigureCanvasAgg(figure)
        ax = figure.subplots()
        ax.tick_params(labelsize=style.TICK_SIZE, color=style.FRAME_COLOR)
        for spine in ax.spines.values():
            spine.set(color=style.FRAME_COLOR, linewidth=style.FRAME_WIDTH)
    show_in_notebooks(figure)
    return figure


def frame(ax: Axes, window: Bounds) -> None:
    """Equal axes over a window, called x and y. Last: what is drawn changes the limits."""
    xmin, ymin, xmax, ymax = window
    ax.set_aspect("equal", adjustable="box")
    ax.set(xlim=(xmin, xmax), ylim=(ymin, ymax))
    ax.set_xlabel("x", **style.TEXT)
    ax.set_ylabel("y", **style.TEXT)


def add_geometry(ax: Axes, region: shapely.Geometry, window: Bounds) -> None:
    """Polygons filled like a network's region, and their outline."""
    from matplotlib.patches import PathPatch

    if not region.is_empty:
        filled = style.REGION_COLORS[0], style.REGION_ALPHA
        path = _compound(region)
        ax.add_patch(PathPatch(path, facecolor=filled, edgecolor="none", zorder=style.Z_REGION))
    artists.add_outline(ax, outline_paths(region, window))


def _compound(region: shapely.Geometry) -> Path:
    """All rings in one path. Holes run the other way round than shells, so they stay empty."""
    import shapely
    from matplotlib.path import Path

    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(region)))
    return Path.make_compound_path(
        *(Path(shapely.get_coordinates(ring), closed=True) for ring in np.asarray(rings))
    )
