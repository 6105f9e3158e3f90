"""Shapes, and how networks differ from them, drawn on matplotlib Axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regions.check.compare import window_grid
from regions.check.overlay import overlay
from regions.draw import artists, style
from regions.draw.geometry import add_geometry, frame, own_figure
from regions.draw.text import drawable
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.reference import reference
from regions.shape.source import Source, as_spec
from regions.tolerances import FLATTENING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PIXELS = 1000
"""Along the longer side of a window, more than Axes usually have: curves are drawn so finely."""

Corner: TypeAlias = Literal["upper right", "upper left", "lower right", "lower left"]

DIFFERENCES = ("network only", "shape only", "both")


def plot_shape(
    source: Source,
    ax: Axes | None = None,
    *,
    window: tuple[float, float, float, float] | None = None,
    title: str | None = None,
) -> Axes:
    """Draw a shape as Shapely sees it, filled and outlined; nothing is compiled.

    Args:
        source: The shape: whatever `regions.compile` takes.
        ax: Where to draw. Gets equal axes and the window as limits. By default a figure of its own,
            to be had as `ax.figure`.
        window: `(xmin, ymin, xmax, ymax)`; by default the spec's own.
        title: Shown as it is.

    Returns:
        The Axes drawn on: `ax` itself, where given.

    Raises:
        SpecError: The shape is refused.
        ValueError: The window has no area.
    """
    spec = as_spec(source)
    bounds = Grid(window or spec.window, 1, 1).bounds
    longer = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    region = reference(spec.shape, bounds, FLATTENING * longer / PIXELS).region
    ax = own_figure().axes[0] if ax is None else ax
    add_geometry(ax, region, bounds)
    _finish(ax, bounds, title)
    return ax


def plot_difference(
    net: Network,
    source: Source,
    ax: Axes | None = None,
    *,
    grid: Grid | None = None,
    title: str | None = None,
) -> Axes:
    """Draw where a network and a shape agree and where they differ, pixel by pixel.

    A key in the quietest corner names the colours that occur; it is the Axes' legend.
    A ring marks the first pixel that differs, from the top: it may be too small to be seen. Pixels
    of the band, on which `regions.verify` does not judge, are drawn as the network answers.

    Args:
        net: Of one region.
        source: The shape: whatever `regions.compile` takes.
        ax: Where to draw. Gets equal axes and the grid's bounds as limits. By default a figure of
            its own, to be had as `ax.figure`.
        grid: Where to compare; by default as `regions.verify` does.
        title: Shown as it is; by default how many pixels differ.

    Returns:
        The Axes drawn on: `ax` itself, where given.

    Raises:
        NetworkError: The network has several regions.
        InputError: As `regions.verify`.
    """
    net.output()
    spec = as_spec(source)
    seen = overlay(net, spec.shape, grid or window_grid(spec))
    labels = np.select([seen.spill, seen.missed, seen.actual], [0, 1, 2], -1).astype(np.int32)
    ax = own_figure().axes[0] if ax is None else ax
    artists.add_region(ax, seen.grid, labels, style.DIFFERENCE_COLORS)
    key = [
        artists.region_handle(color, label, style.DIFFERENCE_COLORS)
        for color, label in enumerate(DIFFERENCES)
        if (labels == color).any()
    ]
    if seen.witness is not None:
        artists.add_mark(ax, seen.witness.point, style.MARK_COLOR, hollow=True)
        key.append(artists.mark_handle("first pixel that differs", hollow=True))
    counted = int((seen.spill | seen.missed).sum())
    _finish(ax, seen.grid.bounds, title or f"{counted:,} of {labels.size:,} pixels differ")
    if key:
        ax.legend(handles=key, loc=_quietest(labels), fontsize=style.KEY_SIZE, framealpha=1.0)
    return ax


def _quietest(labels: NDArray[np.int32]) -> Corner:
    """The corner with the fewest pixels that differ, then with the fewest that are filled."""
    height, width = (max(1, side // 2) for side in labels.shape)
    corners: dict[Corner, NDArray[np.int32]] = {
        "upper right": labels[:height, -width:],
        "upper left": labels[:height, :width],
        "lower right": labels[-height:, -width:],
        "lower left": labels[-height:, :width],
    }
    differ = {corner: int(np.isin(part, (0, 1)).sum()) for corner, part in corners.items()}
    filled = {corner: int((part >= 0).sum()) for corner, part in corners.items()}
    return min(corners, key=lambda corner: (differ[corner], filled[corner]))


def _finish(ax: Axes, window: tuple[float, float, float, float], title: str | None) -> None:
    frame(ax, window)
    if title is not None:
        ax.set_title(drawable(title), **style.TEXT)
