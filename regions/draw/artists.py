"""What a picture consists of, as matplotlib artists.

Every colour and size is given, none inherited from the user's settings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regions.draw import style
from regions.draw.labels import Arrow, Label
from regions.draw.lines import View
from regions.network.model import Floats
from regions.network.raster import Grid

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.path import Path

KEY_SCALE = 0.55
"""The arrow in the key relative to those in the picture."""

POINTER = ((1.0, 0.0), (-0.8, 0.5), (-0.8, -0.5), (1.0, 0.0))
"""A triangle that points to the right: longer than wide, since else it would point three ways."""

POINTER_SIZE = 1.9
"""Its length relative to a disc."""


def add_region(
    ax: Axes,
    grid: Grid,
    labels: NDArray[np.int32],
    colors: Sequence[str] = style.REGION_COLORS,
    alpha: float = style.REGION_ALPHA,
) -> None:
    """Areas by their `(height, width)` labels on a grid, -1 for none: the decision regions."""
    from matplotlib.colors import to_rgba_array

    bytes_ = (to_rgba_array(colors) * 255).round().astype(np.uint8)
    image = bytes_[np.maximum(labels, 0) % len(colors)]
    image[..., 3] = np.where(labels >= 0, round(alpha * 255), 0)
    xmin, ymin, xmax, ymax = grid.bounds
    extent = (xmin, xmax, ymin, ymax)
    ax.imshow(image, extent=extent, origin="upper", interpolation="auto", zorder=style.Z_REGION)


def add_outline(ax: Axes, paths: Sequence[Floats]) -> None:
    """The reference's outline, in the user's coordinates."""
    from matplotlib.collections import LineCollection

    ax.add_collection(
        LineCollection(
            list(paths),
            colors=style.OUTLINE_COLOR,
            linewidths=style.OUTLINE_WIDTH,
            capstyle="round",
            joinstyle="round",
            zorder=style.Z_OUTLINE,
        ),
        autolim=False,
    )


def add_lines(
    ax: Axes,
    paths: Sequence[Floats],
    width: float,
    alpha: float,
    color: str = style.LINE_COLOR,
) -> None:
    """Zero sets, in the user's coordinates."""
    from matplotlib.collections import LineCollection

    ax.add_collection(
        LineCollection(
            list(paths),
            colors=color,
            linewidths=width,
            alpha=alpha,
            capstyle="butt",
            zorder=style.Z_LINE,
        ),
        autolim=False,
    )


ARROW = "_arrow"
"""Label of the arrows, by which they are found again; legends pass it over."""


def add_arrow(ax: Axes, view: View, arrow: Arrow, color: str = style.ARROW_COLOR) -> None:
    """An arrow of fixed printed size, however the Axes may be resized later."""
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import Affine2D

    turn = Affine2D().rotate(math.atan2(arrow.direction[1], arrow.direction[0]) - math.pi / 2)
    x, y = view.to_window(np.array(arrow.base))
    ax.plot(
        [x],
        [y],
        linestyle="none",
        marker=MarkerStyle(_arrow_path(), transform=turn),
        # A marker's path is scaled so that it reaches half the marker's size from its origin.
        markersize=2 * arrow.length,
        markerfacecolor=color,
        markeredgecolor=style.HALO_COLOR,
        markeredgewidth=0.5,
        zorder=style.Z_ARROW,
        label=ARROW,
    )


def _arrow_path() -> Path:
    """An arrow from (0, 0) up to (0, 1)."""
    from matplotlib.path import Path

    length = style.ARROW_LENGTH
    stem, wide = style.ARROW_STEM / length, style.ARROW_HALF_WIDTH / length
    neck = 1 - style.ARROW_HEAD / length
    right = [(stem, 0.0), (stem, neck), (wide, neck)]
    left = [(-x, y) for x, y in reversed(right)]
    return Path([*right, (0.0, 1.0), *left, (0.0, 0.0)], closed=True)


def add_mark(
    ax: Axes, point: Sequence[float], color: str, hollow: bool = False, towards: float | None = None
) -> None:
    """A disc, a ring with white inside, or a triangle that points in a direction, in degrees."""
    ax.plot(
        [point[0]],
        [point[1]],
        **_mark(color, hollow, towards),
        linestyle="none",
        clip_on=False,
        scalex=False,
        scaley=False,
        zorder=style.Z_MARK,
    )


def _mark(color: str, hollow: bool = False, towards: float | None = None) -> dict[str, Any]:
    marker, size = ("o", 1.0) if towards is None else _pointer(towards)
    return {
        "marker": marker,
        "markersize": size * style.MARK_SIZE,
        "markerfacecolor": style.HALO_COLOR if hollow else color,
        "markeredgecolor": color if hollow else style.HALO_COLOR,
        "markeredgewidth": 1.7 if hollow else 0.8,
    }


def _pointer(towards: float) -> tuple[Path, float]:
    """The triangle in a direction, and its size relative to a disc.

    Matplotlib fits a path into a square, which a slanted one would fill less.
    """
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    path = Path(POINTER, closed=True).transformed(Affine2D().rotate_deg(towards))
    return path, POINTER_SIZE * float(np.abs(path.vertices).max())


def mark_handle(label: str, towards: float | None = None, hollow: bool = False) -> Artist:
    """The key's entry of a marked point: a disc, a ring, or the triangle that points towards it."""
    from matplotlib.lines import Line2D

    mark = _mark(style.MARK_COLOR, hollow, towards)
    return Line2D([], [], linestyle="none", label=label, **mark)


def add_name(ax: Axes, view: View, label: Label, text: str, color: str) -> None:
    """A name beside its line, with a halo that keeps it readable over others."""
    from matplotlib.patheffects import withStroke

    offset = np.array(label.box.center) - np.array(label.anchor)
    ax.annotate(
        text,
        xy=tuple(view.to_window(np.array(label.anchor)).tolist()),
        xytext=tuple(offset.tolist()),
        textcoords="offset points",
        rotation=label.angle,
        rotation_mode="anchor",
        ha="center",
        va="center",
        size=style.NAME_SIZE,
        color=color,
        path_effects=[withStroke(linewidth=style.HALO_WIDTH, foreground=style.HALO_COLOR)],
        zorder=style.Z_NAME,
        **style.TEXT,
    )


def region_handle(index: int, label: str, colors: Sequence[str] = style.REGION_COLORS) -> Artist:
    """The key's entry of a region: its colour as it looks on the page."""
    from matplotlib.patches import Patch

    color = colors[index % len(colors)], style.REGION_ALPHA
    return Patch(facecolor=color, edgecolor="none", label=label)


def outline_handle(label: str) -> Artist:
    """The key's entry of the outline."""
    from matplotlib.lines import Line2D

    return Line2D([], [], color=style.OUTLINE_COLOR, linewidth=style.OUTLINE_WIDTH, label=label)


def line_handle(label: str, arrow: bool, color: str) -> Artist:
    """The key's entry of the separators, with a small arrow where they have one."""
    from matplotlib.lines import Line2D

    return Line2D(
        [],
        [],
        color=color,
        linewidth=style.LINE_WIDTH,
        marker=_arrow_path() if arrow else "",
        markersize=2 * KEY_SCALE * style.ARROW_LENGTH,
        markerfacecolor=color,
        markeredgecolor=style.HALO_COLOR,
        markeredgewidth=0.3,
        label=label,
    )
