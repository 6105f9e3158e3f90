"""A layout's axes, titles and key, put on a figure: at its top, if that is higher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regions.draw import style
from regions.draw.layout import PAGE, Layout

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def add_axes(figure: Figure, layout: Layout) -> Axes:
    """The axes with their ticks and labels; the limits come with what is drawn."""
    width, height = layout.size
    high = _height(figure)
    ax = figure.add_axes((*_placed(figure, layout.corner), width / PAGE, height / high))
    ax.set_xticks(layout.across.positions, layout.across.labels, **style.TEXT)
    ax.set_yticks(layout.upright.positions, layout.upright.labels, **style.TEXT)
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
    ax.set_xlabel(layout.across.quantity, **text)
    ax.set_ylabel(layout.upright.quantity, **text)
    return ax


def add_texts(figure: Figure, layout: Layout, key: Sequence[Artist]) -> None:
    """The titles above the axes and the key below."""
    for text, size, at in layout.title_lines:
        x, y = _placed(figure, at)
        color = style.TEXT_COLOR if size == style.TITLE_SIZE else style.QUIET_COLOR
        figure.text(x, y, text, size=size, color=color, ha="center", **style.TEXT)
    if key:
        add_key(figure, _placed(figure, layout.key_top), key, layout.key_columns)


def _height(figure: Figure) -> float:
    return float(figure.get_figheight()) * style.POINTS_PER_INCH


def _placed(figure: Figure, at: tuple[float, float]) -> tuple[float, float]:
    """A point of the page as parts of the figure's width and height."""
    high = _height(figure)
    return at[0] / PAGE, (at[1] + high - PAGE) / high


def add_key(figure: Figure, top: tuple[float, float], key: Sequence[Artist], columns: int) -> None:
    """What colours and signs mean, below a point that is given in parts of the figure."""
    legend = figure.legend(
        handles=list(key),
        loc="upper center",
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
