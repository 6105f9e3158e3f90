"""A layout's axes, titles and key, put on a figure."""

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
    (x, y), (width, height) = layout.corner, layout.size
    ax = figure.add_axes((x / PAGE, y / PAGE, width / PAGE, height / PAGE))
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
    for text, size, (x, y) in layout.title_lines:
        color = style.TEXT_COLOR if size == style.TITLE_SIZE else style.QUIET_COLOR
        figure.text(x / PAGE, y / PAGE, text, size=size, color=color, ha="center", **style.TEXT)
    if key:
        _add_key(figure, layout, key)


def _add_key(figure: Figure, layout: Layout, key: Sequence[Artist]) -> None:
    x, y = layout.key_top
    legend = figure.legend(
        handles=list(key),
        loc="upper center",
        bbox_to_anchor=(x / PAGE, y / PAGE),
        ncols=layout.key_columns,
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
