"""Plots of shapes and of differences: what is drawn, on whose Axes, and nothing else touched."""

from __future__ import annotations

import dataclasses
import io
import pickle
from functools import cache

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

import regions
from regions.draw import style
from regions.draw.geometry import add_geometry
from regions.errors import InputError, NetworkError, SpecError
from regions.network.model import Network, Output
from regions.shape import Box, Circle, Complement, Difference
from tests.conftest import SHAPES

HOUSE = SHAPES / "war_zone_a.yaml"


@cache
def house() -> Network:
    return regions.compile(HOUSE)


@cache
def broken() -> Network:
    """The house, its left wall moved out by one half."""
    bias = house().bias.copy()
    bias[list(house().names).index("war zone a.walls.left")] += 0.5
    return dataclasses.replace(house(), bias=bias)


def axes(width: float = 4, height: float = 4) -> Axes:
    figure = Figure(figsize=(width, height), dpi=100)
    FigureCanvasAgg(figure)
    return figure.subplots()


def color_at(ax: Axes, x: float, y: float) -> tuple[int, ...]:
    """What is drawn at a point of the Axes, as RGB bytes."""
    ax.figure.canvas.draw()
    pixels = np.asarray(ax.figure.canvas.buffer_rgba())
    column, row = ax.transData.transform((x, y))
    return tuple(pixels[len(pixels) - 1 - int(row), int(column), :3].tolist())


def filled(color: str) -> tuple[int, ...]:
    """A region's colour on white paper."""
    alpha = style.REGION_ALPHA
    return tuple(round(255 * (1 - alpha + alpha * part)) for part in to_rgb(color))


def nearly(seen: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) <= 2


WHITE = (255, 255, 255)


def test_a_shape_is_filled_and_its_holes_are_not() -> None:
    ring = Difference((Box(-3, -3, 3, 3), Box(-2, -2, 2, 2)))
    ax = regions.plot_shape(ring, axes())
    assert nearly(color_at(ax, 2.5, 0), filled(style.REGION_COLORS[0]))
    assert color_at(ax, 0, 0) == WHITE


def test_holes_stay_empty_whichever_way_they_run() -> None:
    for hole in ([(1, 1), (3, 1), (3, 3), (1, 3)], [(1, 1), (1, 3), (3, 3), (3, 1)]):
        square = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [hole])
        ax = axes()
        add_geometry(ax, square, (0, 0, 4, 4))
        ax.set(xlim=(0, 4), ylim=(0, 4))
        assert color_at(ax, 2, 2) == WHITE
        assert nearly(color_at(ax, 0.5, 2), filled(style.REGION_COLORS[0]))


def test_a_shape_is_drawn_where_the_network_is() -> None:
    """The same pixels are filled, away from lines."""
    ax = regions.plot_shape(HOUSE, axes())
    for x, y in ((0.6, 1), (3, 5), (1.4, 3.5), (0.6, 3.5), (5.6, 4.2), (3, 8.6)):
        inside = bool(house().inside([[x, y]])[0])
        assert (color_at(ax, x, y) == WHITE) is not inside


def test_unbounded_shapes_are_drawn_in_their_window() -> None:
    spec = regions.Spec("all but a disc", Complement(Circle((0, 0), 1)), (-2, -2, 2, 2))
    ax = regions.plot_shape(spec, axes())
    assert color_at(ax, 0, 0) == WHITE
    assert color_at(ax, 1.5, 1.5) != WHITE
    with pytest.raises(SpecError, match="unbounded"):
        regions.plot_shape(spec.shape)


def test_a_window_beside_the_shape_shows_nothing() -> None:
    ax = regions.plot_shape(Box(0, 0, 1, 1), axes(), window=(5, 5, 6, 6))
    assert color_at(ax, 5.5, 5.5) == WHITE
    with pytest.raises(InputError, match="bounds"):
        regions.plot_shape(Box(0, 0, 1, 1), axes(), window=(0, 0, 0, 1))


def test_differences_have_their_colours() -> None:
    ax = regions.plot_difference(broken(), HOUSE, axes())
    for (x, y), color in (((0.75, 2), 0), ((3, 2), 2)):
        assert nearly(color_at(ax, x, y), filled(style.DIFFERENCE_COLORS[color]))
    assert color_at(ax, 0.25, 2) == WHITE
    smaller = regions.plot_difference(house(), Box(0, 0, 5, 4), axes())
    assert nearly(color_at(smaller, 0.5, 2), filled(style.DIFFERENCE_COLORS[1]))


def test_differences_are_counted_and_named() -> None:
    report = regions.verify(broken(), HOUSE)
    ax = regions.plot_difference(broken(), HOUSE, axes())
    assert ax.get_title() == f"{report.mismatched:,} of {report.pixels:,} pixels differ"
    key = [text.get_text() for text in ax.get_legend().get_texts()]
    assert key == ["network only", "both", "first pixel that differs"]
    (ring,) = (line for line in ax.lines if line.get_marker() == "o")
    x, y = float(ring.get_xdata()[0]), float(ring.get_ydata()[0])
    assert broken().inside([[x, y]])[0] != house().inside([[x, y]])[0]


def test_where_nothing_differs_nothing_is_marked() -> None:
    ax = regions.plot_difference(house(), HOUSE, axes())
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["both"]
    assert ax.get_title().startswith("0 of ")
    assert not ax.lines


def test_a_grid_of_ones_own() -> None:
    grid = regions.Grid((0, 0, 2, 4), 20, 40)
    ax = regions.plot_difference(broken(), HOUSE, axes(), grid=grid)
    assert ax.get_title() == "200 of 800 pixels differ"
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 2), (0, 4))


def test_several_regions_are_refused() -> None:
    names = (Output("a", 0), Output("b", 1))
    with pytest.raises(NetworkError, match="several regions"):
        regions.plot_difference(dataclasses.replace(house(), outputs=names), HOUSE)


def test_plots_keep_to_the_axes_they_are_given() -> None:
    from matplotlib import pyplot as plt

    mpl.get_backend()  # chosen when first asked for
    before = mpl.rcParams.copy()
    figure = Figure(figsize=(8, 3), dpi=100)
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    places = [ax.get_position(original=True).bounds for ax in (left, right)]
    assert regions.plot_shape(HOUSE, ax=left, title="$x$ as it is") is left
    assert regions.plot_difference(house(), HOUSE, ax=right) is right
    figure.canvas.draw()
    assert left.get_title() == "$x$ as it is"
    assert [ax.get_position(original=True).bounds for ax in (left, right)] == places
    assert figure.axes == [left, right]
    assert figure.get_size_inches().tolist() == [8, 3]
    for ax in (left, right):
        assert (ax.get_xlim(), ax.get_ylim()) == ((-1, 7), (-1, 9))
    assert mpl.rcParams == before
    assert plt.get_fignums() == []


def test_plots_make_a_figure_of_their_own() -> None:
    for ax in (regions.plot_shape(HOUSE), regions.plot_difference(house(), HOUSE)):
        assert ax.figure.axes == [ax]
        assert color_at(ax, 3, 2) != WHITE


@pytest.mark.parametrize(
    ("box", "corner"),
    [
        ((2, 2, 4, 4), "upper left"),
        ((-4, 2, -2, 4), "upper right"),
        ((-4, 2, 4, 4), "lower right"),
        ((-4, -4, 4, 4), "upper right"),
    ],
)
def test_the_key_keeps_away_from_differences(
    box: tuple[float, float, float, float], corner: str
) -> None:
    """A network of what lies beyond the window covers nothing: the box is all difference."""
    spec = regions.Spec("box", Box(*box), (-4, -4, 4, 4))
    elsewhere = regions.compile(Box(10, 10, 11, 11))
    ax = regions.plot_difference(elsewhere, spec, axes(6, 6))
    key, whole = ax.get_legend().get_window_extent(), ax.get_window_extent()
    upper, right = key.y0 + key.y1 > whole.y0 + whole.y1, key.x0 + key.x1 > whole.x0 + whole.x1
    assert corner == f"{'upper' if upper else 'lower'} {'right' if right else 'left'}"


@pytest.mark.parametrize("plot", ["plot", "plot_shape", "plot_difference"])
def test_a_plot_of_its_own_shows_itself_in_a_cell(plot: str) -> None:
    """As IPython asks for it, and again after a pickle; Axes of the user's are left as they are."""
    formatters = pytest.importorskip("IPython.core.formatters")
    arguments = {"plot": (house(),), "plot_shape": (HOUSE,), "plot_difference": (house(), HOUSE)}
    draw = getattr(regions, plot)
    ax = draw(*arguments[plot])
    for each in (ax, ax.figure, pickle.loads(pickle.dumps(ax.figure))):
        data, metadata = formatters.DisplayFormatter().format(each)
        size = Image.open(io.BytesIO(data["image/png"])).size
        assert size == tuple(2 * side for side in metadata["image/png"].values())
        assert size[0] == 2 * 6 * 96
    assert not hasattr(draw(*arguments[plot], ax=axes()), "_repr_png_")
