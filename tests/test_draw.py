"""Pictures: the same bytes for the same input, true arrows, names that do not collide."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.compiler import compile as compile_network
from regions.compiler.demands import edge_count
from regions.draw import figure, plot, save
from regions.draw.boxes import Box
from regions.draw.labels import place_arrows, place_labels, reading_direction
from regions.draw.lines import View, canvas_lines, clip, is_straight, preactivation, zero_sets
from regions.draw.outline import outline_paths
from regions.draw.region import NAMED, separator_names
from regions.draw.style import NAME_SIZE, context
from regions.draw.text import (
    ELLIPSIS,
    REPLACEMENT,
    drawable,
    fitted,
    text_size,
    without_shared_prefix,
)
from regions.draw.ticks import MINUS, ticks
from regions.errors import InputError, OutputError
from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output, monomials
from regions.network.names import Names
from tests.conftest import SHAPES

CANVAS = 340.0
"""Points of a picture's longer side, about what a figure gives its axes."""

HOUSE = [
    ("house.roof.edge[0]", (0, 4), (6, 4)),
    ("house.roof.edge[1]", (6, 4), (3, 8)),
    ("house.roof.edge[2]", (3, 8), (0, 4)),
    ("house.walls.bottom", (1, 0), (5, 0)),
    ("house.walls.right", (5, 0), (5, 4)),
    ("house.walls.top", (5, 4), (1, 4)),
    ("house.walls.left", (1, 4), (1, 0)),
]


def house(window: tuple[float, float, float, float] | None = (-1, -1, 7, 9)) -> Network:
    """The textbook's house by hand: 7 separators, an AND for the roof and the walls, an OR."""
    start = np.array([a for _, a, _ in HOUSE], dtype=float)
    end = np.array([b for _, _, b in HOUSE], dtype=float)
    d = end - start
    weights = np.stack([-d[:, 1], d[:, 0]], axis=1)
    rows = [([0, 1, 2], [1] * 3, -2.5), ([3, 4, 5, 6], [1] * 4, -3.5), ([7, 8], [1, 1], -0.5)]
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(1),
        weights=weights,
        bias=-(weights * start).sum(axis=1),
        gates=gates_from_rows(rows),
        names=Names.of([name for name, _, _ in HOUSE] + ["house.roof", "house.walls", "house"]),
        outputs=(Output("house", 9),),
        window=window,
        sources=np.stack([start, end], axis=1),
    )


def annulus() -> Network:
    """Inside the outer circle AND outside the inner."""
    return Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(2),
        weights=np.array([[0.0, 0, -1, 0, -1], [0, 0, 1, 0, 1]]),
        bias=np.array([9.0, -1]),
        gates=gates_from_rows([([0, 1], [1, 1], -1.5)]),
        names=Names.of(["ring.outer", "ring.inner", "ring"]),
        outputs=(Output("ring", 2),),
        window=(-4, -4, 4, 4),
    )


def renamed(net: Network, name: str) -> Network:
    return dataclasses.replace(net, names=Names.of([f"{name} {i}" for i in range(net.size)]))


def few_borders(path: Path) -> bool:
    """Whether a spec's picture carries names: told without compiling it, as tests are collected.

    The leaf's cubic curves are several conics each.
    """
    return path.stem != "leaf" and edge_count(regions.load(path).shape) <= NAMED


SMALL = ["house", "annulus", *(p.stem for p in sorted(SHAPES.glob("*.yaml")) if few_borders(p))]
"""The specs under shapes/ whose pictures carry names, and two networks by hand."""


@cache
def small_network(name: str) -> Network:
    by_hand = {"house": house, "annulus": annulus}
    return by_hand[name]() if name in by_hand else compile_network(SHAPES / f"{name}.yaml")


@pytest.fixture
def net(request: pytest.FixtureRequest) -> Network:
    network = small_network(request.param)
    assert network.n_separators <= NAMED
    return network


def view_of(net: Network) -> View:
    assert net.window is not None
    xmin, ymin, xmax, ymax = net.window
    return View(net.window, CANVAS / max(xmax - xmin, ymax - ymin))


def test_there_are_about_a_dozen_small_shapes() -> None:
    assert len(SMALL) >= 12


@pytest.mark.parametrize("net", SMALL, indirect=True)
def test_every_visible_separator_has_an_arrow_and_a_name(net: Network) -> None:
    view = view_of(net)
    visible = zero_sets(net, view, np.arange(net.n_separators))
    sizes = [text_size(name, NAME_SIZE) for name in separator_names(net)]
    arrows = place_arrows(net, view, visible, sizes)
    labels = place_labels(net, view, visible, sizes, arrows)
    numbers = [zero_set.separator for zero_set in visible]
    assert sorted(arrow.separator for arrow in arrows) == numbers
    assert sorted(label.separator for label in labels) == numbers


@pytest.mark.parametrize("net", SMALL, indirect=True)
def test_arrows_run_from_the_zero_set_to_the_one_side(net: Network) -> None:
    view = view_of(net)
    visible = zero_sets(net, view, np.arange(net.n_separators))
    sizes = [text_size(name, NAME_SIZE) for name in separator_names(net)]
    for arrow in place_arrows(net, view, visible, sizes):
        base, head = (view.to_window(np.array([p])) for p in (arrow.base, arrow.head))
        trace = net.trace((float(head[0, 0]), float(head[0, 1])))
        assert trace[arrow.separator].output
        tail = view.to_window(2 * view.to_canvas(base) - view.to_canvas(head))
        back = net.trace((float(tail[0, 0]), float(tail[0, 1])))
        assert not back[arrow.separator].output


@pytest.mark.parametrize("net", SMALL, indirect=True)
def test_names_and_arrows_do_not_overlap_and_lie_in_the_window(net: Network) -> None:
    view = view_of(net)
    visible = zero_sets(net, view, np.arange(net.n_separators))
    sizes = [text_size(name, NAME_SIZE) for name in separator_names(net)]
    arrows = place_arrows(net, view, visible, sizes)
    labels = place_labels(net, view, visible, sizes, arrows)
    boxes = [box.box for box in (*arrows, *labels)]
    areas = [shapely.Polygon(box.corners()) for box in boxes]
    for i, area in enumerate(areas):
        assert all(not area.intersects(other) for other in areas[:i])
    for label in labels:
        assert label.box.within(view.size, 0.0)


@given(
    st.tuples(*[st.floats(-1, 1, width=32)] * 2).filter(lambda w: np.hypot(*w) > 0.01),
    st.floats(-300, 300),
)
def test_lines_are_clipped_as_shapely_clips_them(normal: tuple[float, float], c: float) -> None:
    w = np.array([normal]) / np.hypot(*normal)
    size = (340.0, 120.0)
    clipped = clip(w, np.array([c]), size)[0]
    foot, along = -c * w[0], np.array([w[0, 1], -w[0, 0]])
    line = shapely.LineString([foot - 1e4 * along, foot + 1e4 * along])
    expected = shapely.intersection(line, shapely.box(0, 0, *size))
    if np.isnan(clipped).any():
        # Shapely may see a corner that the line misses by a rounding.
        assert expected.length < 1e-6
        return
    assert shapely.LineString(clipped).length == pytest.approx(expected.length, abs=1e-6)
    assert np.abs(clipped @ w[0] + c).max() < 1e-9
    on_border = (clipped == 0) | (clipped == np.array(size))
    assert on_border.any(axis=1).all()


def test_clipping_keeps_lines_along_the_border_and_drops_corners() -> None:
    root = np.sqrt(0.5)
    w = np.array([[1.0, 0.0], [root, root], [0.0, 0.0], [0.0, -1.0]])
    c = np.array([0.0, 0.0, 1.0, 20.0])
    clipped = clip(w, c, (10.0, 20.0))
    assert clipped[0].tolist() == [[0, 20], [0, 0]]
    assert np.isnan(clipped[1]).all()
    assert np.isnan(clipped[2]).all()
    assert clipped[3].tolist() == [[0, 20], [10, 20]] or clipped[3].tolist() == [[10, 20], [0, 20]]


def test_far_from_the_origin_lines_keep_their_place() -> None:
    near = house()
    shift = np.array([500000.0, 5400000.0])
    far = dataclasses.replace(near, center=(500000.0, 5400000.0), sources=near.sources + shift)
    window = (499999.0, 5399999.0, 500007.0, 5400009.0)
    here, there = (
        clip(*canvas_lines(net, view), view.size)
        for net, view in ((near, view_of(near)), (far, View(window, CANVAS / 10)))
    )
    assert np.abs(here - there).max() < 1e-9


def test_a_circle_is_followed_closely() -> None:
    net = annulus()
    view = view_of(net)
    outer = zero_sets(net, view, np.array([0]))[0]
    radius = np.hypot(*view.to_window(np.concatenate(outer.paths)).T)
    # Linear interpolation errs by an eighth of the squared cell over the radius, in points.
    assert np.abs(radius - 3).max() * view.scale < 0.01
    assert not is_straight(net).any()
    at = view.to_canvas(np.array([[0.0, 2.0]]))
    assert preactivation(net, 0, view, at) == pytest.approx(5.0)


def test_plot_draws_on_the_very_axes_and_sets_the_window() -> None:
    from matplotlib.figure import Figure

    given_axes = Figure(figsize=(5, 3)).add_subplot()
    ax = plot(house(), given_axes, outline=shapely.box(1, 0, 5, 4), title="cost: $5 and $6")
    assert ax is given_axes
    assert ax.get_xlim() == (-1, 7)
    assert ax.get_ylim() == (-1, 9)
    assert ax.get_aspect() == 1
    assert ax.get_title() == "cost: $5 and $6"
    assert {text.get_text() for text in ax.texts} >= {"roof.edge[1]", "walls.left"}


def test_plot_without_axes_makes_a_figure_of_its_own(tmp_path: Path) -> None:
    ax = plot(house(), window=(0, 0, 6, 6))
    assert ax.get_xlim() == (0, 6)
    assert tuple(ax.figure.get_size_inches()) == (6, 6)
    ax.figure.savefig(tmp_path / "own.png")


def test_nothing_is_drawn_through_pyplot() -> None:
    code = (
        "import sys, regions.draw\n"
        "assert 'matplotlib' not in sys.modules, 'not lazy'\n"
        "from tests.test_draw import house\n"
        "regions.draw.plot(house())\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    run_python(code)


def test_settings_of_the_user_stay_as_they_were() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    figure(house())
    assert dict(matplotlib.rcParams) == before


def test_a_window_is_needed_and_must_have_an_area() -> None:
    with pytest.raises(ValueError, match=r"window=\(xmin, ymin, xmax, ymax\)"):
        plot(house(window=None))
    with pytest.raises(InputError, match="xmin < xmax"):
        figure(house(), window=(1, 0, 1, 2))


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".PNG"])
def test_the_same_input_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    import matplotlib

    paths = [tmp_path / f"{i}{suffix}" for i in (1, 2)]
    save(figure(house(), title="house"), paths[0])
    # Nor do the user's own settings reach the file.
    with matplotlib.rc_context(
        {"font.size": 20, "lines.antialiased": False, "text.hinting": "none"}
    ):
        save(figure(house(), title="house"), paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == paths


def run_python(code: str, **environment: str) -> None:
    root = Path(__file__).resolve().parents[1]
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
    )


def test_a_png_has_900_pixels_a_side(tmp_path: Path) -> None:
    path = tmp_path / "house.png"
    save(figure(house()), path)
    header = path.read_bytes()[16:24]
    assert [int.from_bytes(header[i : i + 4], "big") for i in (0, 4)] == [900, 900]


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.png.txt", ".png"])
def test_an_unknown_suffix_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.png, \.svg, \.pdf"):
        save(figure(house()), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        save(figure(house()), tmp_path / "missing" / "a.png")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(OutputError, match="directory"):
        save(figure(house()), tmp_path / "folder.png")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


@pytest.mark.parametrize(
    "name",
    [
        "$x$",
        r"\frac{1}{2}$",
        "naïve Größe",
        "村",
        "a\nb\tc",
        "_hidden",
        "x" * 400,
        "العربية",
        "$",
        "%",
    ],
)
def test_any_name_and_title_can_be_drawn(name: str, tmp_path: Path) -> None:
    net = renamed(house(), name)
    regions = tuple(Output(f"{name}{i}", 7 + i) for i in range(2))
    net = dataclasses.replace(net, outputs=regions)
    drawn = figure(net, title=name, subtitle=name)
    for suffix in (".png", ".svg", ".pdf"):
        save(drawn, tmp_path / f"a{suffix}")
    assert len(drawn.legends[0].get_texts()) == 3
    width = drawn.canvas.get_width_height()[0]
    for text in (*drawn.texts, *drawn.legends[0].get_texts()):
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= width


def test_letters_the_font_lacks_are_replaced() -> None:
    assert drawable("a村b") == f"a{REPLACEMENT}b"
    assert drawable(" a\n\tb ") == "a b"


def test_long_texts_lose_their_middle() -> None:
    text = fitted("roof." * 40 + "edge[12]", 8.0, 100.0)
    assert text.startswith("roof.")
    assert text.endswith("edge[12]")
    assert ELLIPSIS in text
    assert text_size(text, 8.0)[0] <= 100
    assert fitted("short", 8.0, 100.0) == "short"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.p.edge[0]", "a.p.edge[1]"], ["edge[0]", "edge[1]"]),
        (["a.p.edge[0]", "a.box.top"], ["p.edge[0]", "box.top"]),
        (["a.p.edge[0]", "a.p", "a"], ["p.edge[0]", "p", "a"]),
        (["a.b", "c.b"], ["a.b", "c.b"]),
        (["slope"], ["slope"]),
        (["a.slope"], ["slope"]),
        ([], []),
    ],
)
def test_names_lose_the_prefix_all_share(names: list[str], expected: list[str]) -> None:
    assert without_shared_prefix(names) == expected


@pytest.mark.parametrize(
    ("low", "high", "spacing", "labels", "quantity"),
    [
        (-1, 7, 1.1, ["0", "2", "4", "6"], "x"),
        (0.1, 0.3, 0.04, ["0.1", "0.15", "0.2", "0.25", "0.3"], "x"),
        (499996, 500028, 9, ["500000", "500010", "500020"], "x"),
        (2e-9, 10e-9, 1.1e-9, ["2", "4", "6", "8", "10"], "x / 10⁻⁹"),
        (500000 - 1e-6, 500000 + 3e-6, 1e-6, ["-1", "0", "1", "2", "3"], "(x - 500000) / 10⁻⁶"),
        (-7000000.5, -6999999.5, 0.3, ["-0.5", "0", "0.5"], "x + 7000000"),
        (0, 3e12, 1e12, ["0", "1", "2", "3"], "x / 10¹²"),
    ],
)
def test_tick_labels_are_short_and_true(
    low: float, high: float, spacing: float, labels: list[str], quantity: str
) -> None:
    found = ticks("x", low, high, spacing)
    assert [label.replace(MINUS, "-") for label in found.labels] == labels
    assert found.quantity.replace(MINUS, "-") == quantity
    assert all(low - spacing / 1e6 <= at <= high + spacing / 1e6 for at in found.positions)


def test_the_cut_at_the_window_is_no_outline() -> None:
    window = (0.0, 0.0, 4.0, 4.0)
    half = shapely.Polygon([(0, 1), (4, 3), (4, 4), (0, 4)])
    paths = outline_paths(half, window)
    assert [path.tolist() for path in paths] == [[[0, 1], [4, 3]]]
    islands = shapely.MultiPolygon([shapely.box(1, 1, 2, 2), shapely.box(2.5, 2.5, 3, 3)])
    holed = shapely.Polygon(
        shapely.box(1, 1, 3, 3).exterior, [shapely.box(1.5, 1.5, 2, 2).exterior]
    )
    assert len(outline_paths(islands, window)) == 2
    assert len(outline_paths(shapely.GeometryCollection([holed, shapely.Point(1, 1)]), window)) == 2
    assert outline_paths(shapely.Polygon(), window) == []


@pytest.mark.parametrize("corners", [8, 14, 16, 18, 20])
def test_names_stand_at_their_own_arrows(corners: int) -> None:
    """Many edges of like length: a name that slid along its line would land at its neighbour's."""
    turns = 2 * np.pi * np.arange(corners) / corners
    polygon = shapely.Polygon(np.stack([np.cos(turns), np.sin(turns)], axis=1))
    axes = plot(compile_network(polygon))
    arrows = {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in axes.lines
        if line.get_label() == "_arrow"
    }
    assert len(arrows) == corners
    assert len(axes.texts) >= corners - 1  # One that finds no place of its own is left out.
    for name in axes.texts:
        edge = int(name.get_text().partition("[")[2].rstrip("]"))
        middle = np.mean([polygon.exterior.coords[edge], polygon.exterior.coords[edge + 1]], axis=0)
        assert np.hypot(*(np.array(name.xy) - middle)) < np.sin(np.pi / corners)


DECIMALS = st.floats(-20, 20).map(lambda x: round(x, 6))


@given(*[st.tuples(DECIMALS, DECIMALS, DECIMALS) for _ in range(2)])
def test_boxes_overlap_as_shapely_says(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> None:
    a, b = (
        Box((x, y), (12.0, 4.0), (float(np.cos(turn)), float(np.sin(turn))))
        for x, y, turn in (first, second)
    )
    areas = [shapely.Polygon(box.corners()) for box in (a, b)]
    if abs(shapely.distance(*areas)) < 1e-9 and shapely.intersection(*areas).area < 1e-9:
        return  # They touch: rounding decides.
    assert a.overlaps(b) == areas[0].intersects(areas[1])
    segment = np.array([[first[:2], second[:2]]])
    assert a.crossed_by(segment).tolist() == [True]


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_names_read_from_left_to_right_or_upwards(degrees: int) -> None:
    turn = np.radians(degrees)
    x, y = reading_direction((float(np.cos(turn)), float(np.sin(turn))))
    assert x > 0.2 or (abs(x) < 0.01 and y > 0)


def test_hundreds_of_separators_are_drawn_faintly() -> None:
    turns = np.linspace(0, 2 * np.pi, 301)[:-1]
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1) * 100
    net = compile_network(shapely.Polygon(ring))
    ax = plot(net)
    assert not ax.texts
    (lines,) = ax.collections
    assert lines.get_alpha() < 0.5
    # Edges end at their corners: whole lines would hide the region.
    assert max(np.hypot(*(path.vertices[-1] - path.vertices[0])) for path in lines.get_paths()) < 3


def test_conics_are_drawn_beside_hundreds_of_edges() -> None:
    count = 150
    net = Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(2),
        weights=np.array([[1.0, 0, 0, 0, 0]] * (count - 1) + [[0, 0, -1, 0, -1]]),
        bias=np.append(np.arange(count - 1.0), 4.0),
        gates=gates_from_rows([]),
        names=Names(("line",), np.zeros(count, dtype=int), np.arange(count)),
        outputs=(Output("disc", count - 1),),
        window=(-4, -4, 4, 4),
        sources=np.full((count, 2, 2), np.nan),
    )
    (lines,) = plot(net).collections
    assert max(len(path.vertices) for path in lines.get_paths()) > 100


def test_the_style_leaves_no_trace() -> None:
    import matplotlib

    before = matplotlib.rcParams["svg.hashsalt"]
    with context():
        assert matplotlib.rcParams["svg.hashsalt"] == "regions"
    assert matplotlib.rcParams["svg.hashsalt"] == before
