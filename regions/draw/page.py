"""A layout's axes, titles and key, put on a figure: at its top, if that is higher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regions.draw import style
from regions.draw.labels import Pair
from regions.draw.layout import Layout, Side

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def add_axes(figure: Figure, layout: Layout) -> Axes:
    """The axes with their ticks and labels; the limits come with what is drawn."""
    axes = layout.axes
    corner = _placed(figure, layout, axes.corner)
    width, height = axes.size[0] / layout.page[0], axes.size[1] / _height(figure)
    ax = figure.add_axes((*corner, width, height))
    ax.set_xticks(axes.across.positions, axes.across.labels, **style.TEXT)
    ax.set_yticks(axes.upright.positions, axes.upright.labels, **style.TEXT)
    ax.tick_params(
        labelsize=style.TICK_SIZE,
        length=style.TICK_LENGTH,
        width=style.FRAME_WIDTH,
        color=style.FRAME_COLOR,
        labelcolor=style.QUIET_COLOR,
    )
    for spine in ax.spines.values():
        spine.set(color=style.FRAME_COLOR, linewidth=style.FRAME_WIDTH)
    text = {"size": style.AXIS_SIZE, "color": style.TEXT_COLOR, **style.TEXT}
    ax.set_xlabel(axes.across.quantity, **text)
    ax.set_ylabel(axes.upright.quantity, **text)
    return ax


def add_texts(figure: Figure, layout: Layout, key: Sequence[Artist]) -> None:
    """The titles and the key."""
    for line in layout.lines:
        x, y = _placed(figure, layout, line.at)
        color = style.TEXT_COLOR if line.size == style.TITLE_SIZE else style.QUIET_COLOR
        figure.text(x, y, line.text, size=line.size, color=color, ha=line.side, **style.TEXT)
    if key:
        place = layout.key
        add_key(figure, _placed(figure, layout, place.at), key, place.columns, place.side)


def _height(figure: Figure) -> float:
    return float(figure.get_figheight()) * style.POINTS_PER_INCH


def _placed(figure: Figure, layout: Layout, at: Pair) -> Pair:
    """A point of the page as parts of the figure's width and height."""
    high = _height(figure)
    return at[0] / layout.page[0], (at[1] + high - layout.page[1]) / high


def add_key(
    figure: Figure, top: Pair, key: Sequence[Artist], columns: int, side: Side = "center"
) -> None:
    """What colours and signs mean, below a point that is given in parts of the figure.

    The point is the middle of the key's upper edge, or that edge's left end.
    """
    legend = figure.legend(
        handles=list(key),
        loc="upper left" if side == "left" else "upper center",
        bbox_to_anchor=top,
        ncols=columns,
        frameon=False,
        fontsize=style.KEY_SIZE,
        labelcolor=style.QUIET_COLOR,
        handlelength=1.8,
        columnspacing=1.6,
        borderpad=0.0,
        borderaxespad=0.0,
    )
    for text in legend.get_texts():
        text.set(**style.TEXT)
