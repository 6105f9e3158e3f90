"""Views of a network: what they show is true, and their words can be read."""

from __future__ import annotations

import dataclasses
import itertools
import re
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

import regions
from regions.check.compare import verify
from regions.compiler import build
from regions.compiler import compile as compile_network
from regions.draw.cells import MOST_SEPARATORS, cells
from regions.draw.faces import faces, place
from regions.draw.legend import LETTERS
from regions.draw.lines import View, zero_sets
from regions.draw.media import MEDIA, MediumName
from regions.draw.mosaic import MOST, choose, in_order
from regions.draw.palette import unit_color
from regions.draw.rasters import firing, sums
from regions.draw.region import figure
from regions.draw.says import gate_lines, separator_lines
from regions.draw.style import NAME_SIZE
from regions.draw.text import drawable, text_size
from regions.draw.themes import darkened
from regions.draw.ticks import MINUS
from regions.draw.units import units
from regions.draw.wrap import filled, wrapped
from regions.errors import InputError
from regions.network.exact import exact_outputs
from regions.network.layers import gates_from_rows
from regions.network.model import Network, Output, monomials
from regions.network.names import Names
from regions.network.raster import Grid
from regions.shape.load import loads
from regions.story.views import Subject, ViewName, picture, view
from tests.conftest import SHAPES
from tests.pictures import faults
from tests.test_draw import annulus, house

SEVERAL = ["war_zone_a", "war_zone_b", "star", "two_islands"]
CELLS = ["war_zone_a", "star", "keyhole", "crescent"]
MEDIUM_NAMES: tuple[MediumName, ...] = ("print", "slide")


@cache
def subject(name: str) -> Subject:
    spec = regions.load(SHAPES / f"{name}.yaml")
    made = build(spec, "parts" if name == "war_zone_a" else "edges")
    return Subject(
        spec, made.network, made, verify(made.network, spec, Grid.fitting(spec.window, 60))
    )


@cache
def drawn_view(name: str, view_name: ViewName, medium: MediumName) -> Figure:
    return view(subject(name), view_name, MEDIA[medium])


def polygon_of(corners: int) -> Network:
    turns = 2 * np.pi * np.arange(corners) / corners
    return compile_network(shapely.Polygon(np.stack([np.cos(turns), np.sin(turns)], axis=1)))


def shown_units(network: Network, drawn: Figure) -> dict[int, np.ndarray]:
    """The image of each unit whose picture is on the sheet, in the order of the pictures."""
    images = [ax.images[0].get_array() for ax in drawn.axes if ax.images]
    chosen = choose(network, network.size)
    return dict(zip((*chosen.separators, *chosen.gates), images, strict=True))


def overlapping(drawn: Figure) -> list[str]:
    """Faults among words that are not turned: the box of a turned one covers more than it does."""
    for text in drawn.findobj(Text):
        if text.get_rotation() % 90:
            text.set_visible(False)
    return faults(drawn)


@pytest.mark.parametrize("name", ["war_zone_a", "war_zone_b", "star"])
def test_each_unit_is_coloured_where_it_fires(name: str) -> None:
    spec, network = subject(name).spec, subject(name).network
    drawn = units(network, spec.window, MEDIA["slide"])
    for unit, image in shown_units(network, drawn).items():
        grid = Grid(spec.window, image.shape[1], image.shape[0])
        for row, column in itertools.product(
            range(3, grid.height, grid.height // 4), range(3, grid.width, grid.width // 4)
        ):
            fires = network.trace((grid.xs[column], grid.ys[row]))[unit].output
            assert (image[row, column, 3] > 0) == fires
            if fires:
                assert to_hex(image[row, column, :3] / 255) == unit_color(unit)


@pytest.mark.parametrize("net", [house(), annulus()])
def test_shades_are_the_units_sums(net: Network) -> None:
    grid = Grid.fitting(net.window, 9)
    order = in_order(net).tolist()
    said, fired = sums(net, order, grid), firing(net, order, grid)
    for row, column in itertools.product(range(0, grid.height, 2), range(0, grid.width, 2)):
        told = net.trace((grid.xs[column], grid.ys[row]))
        assert [told[unit].preactivation for unit in order] == said[:, row, column].tolist()
        assert [told[unit].output for unit in order] == fired[:, row, column].tolist()
    drawn = units(net, net.window, MEDIA["slide"], shade=True)
    for unit, image in shown_units(net, drawn).items():
        colors = image[..., :3].reshape(-1, 3)
        grid = Grid(net.window, image.shape[1], image.shape[0])
        blue = (colors == colors[firing(net, [unit], grid).ravel().argmax()]).all(axis=1)
        assert (blue == firing(net, [unit], grid).ravel()).all()


def test_units_come_layer_by_layer_and_the_output_last() -> None:
    network = subject("checkers").network
    order = in_order(network)
    assert sorted(order.tolist()) == list(range(network.size))
    assert order[-1] == network.output().unit
    assert (np.diff(network.levels[order[:-1]]) >= 0).all()


@given(st.integers(3, 90), st.integers(4, 60))
def test_units_are_shown_or_counted(corners: int, room: int) -> None:
    network = polygon_of(corners)
    chosen = choose(network, room)
    kept = [*chosen.separators, *chosen.gates]
    assert len(set(kept)) == len(kept)
    assert len(kept) + chosen.more_separators + chosen.more_gates == network.size
    assert len(kept) + bool(chosen.more_separators) + bool(chosen.more_gates) <= room
    assert network.output().unit in kept


@pytest.mark.parametrize("medium", MEDIUM_NAMES)
def test_of_a_large_network_the_title_says_how_many_units_are_shown(medium: MediumName) -> None:
    network = polygon_of(100)
    drawn = units(network, (-1, -1, 1, 1), MEDIA[medium], title="disc")
    shown = sum(1 for ax in drawn.axes if ax.images)
    texts = [text.get_text() for text in drawn.texts]
    assert shown <= MOST
    assert texts[0] == f"disc: {shown} of its {network.size} units"
    assert f"{network.n_separators - shown + network.n_gates} more" in texts
    assert not faults(drawn)


@pytest.mark.parametrize("medium", MEDIUM_NAMES)
@pytest.mark.parametrize("name", SEVERAL)
def test_words_of_units_can_be_read(name: str, medium: MediumName) -> None:
    assert not faults(drawn_view(name, "units", medium))


@pytest.mark.parametrize("medium", MEDIUM_NAMES)
@pytest.mark.parametrize("name", CELLS)
def test_words_of_cells_can_be_read(name: str, medium: MediumName) -> None:
    assert not overlapping(drawn_view(name, "cells", medium))


@pytest.mark.parametrize("name", ["war_zone_a", "war_zone_b", "word"])
def test_words_of_a_region_on_a_slide_can_be_read(name: str) -> None:
    drawn = drawn_view(name, "region", "slide")
    assert (drawn.get_size_inches() * 72).tolist() == [480, 270]
    assert not overlapping(drawn)


def test_letters_that_the_font_lacks_are_replaced_on_a_slide() -> None:
    """Warnings are errors: measuring such a letter is one."""
    spec = loads("{name: 日本, shape: {box: [0, 0, 1, 1]}}")
    drawn = picture(spec, "region", slide=True)
    assert "��" in {text.get_text() for text in drawn.findobj(Text)}


def test_any_name_fits_beside_and_above_pictures() -> None:
    named = dataclasses.replace(
        house(), outputs=tuple(Output(f"{'region ' * 20}{i}", 7 + i) for i in range(3))
    )
    title = "a very long title " * 20
    for draw in (units, cells):
        assert not overlapping(draw(named, named.window, MEDIA["slide"], title=title))
    page = MEDIA["slide"].width, MEDIA["slide"].height or 0.0
    assert not overlapping(figure(named, title=title, subtitle=title, page_size=page))


@pytest.mark.parametrize("medium", MEDIUM_NAMES)
@pytest.mark.parametrize("name", CELLS)
def test_every_digit_is_true_where_it_stands(name: str, medium: MediumName) -> None:
    network = subject(name).network
    count = network.n_separators
    ax, *others = drawn_view(name, "cells", medium).axes
    written = [text for text in ax.texts if not isinstance(text, Annotation)]
    digits = [text for text in written if text.get_text() in "01"]
    assert digits
    assert len(digits) % count == 0
    for i, text in enumerate(digits):
        assert signs(network, text)[i % count] == (text.get_text() == "1")
    letters = [text for text in written if text not in digits]
    assert [text.get_text() for text in letters] == list(LETTERS[: len(letters)])
    listed = [text.get_text() == "1" for plain in others for text in plain.texts]
    assert listed == [sign for text in letters for sign in signs(network, text)]


def signs(network: Network, text: Text) -> list[bool]:
    """What the separators say where a word stands, exactly."""
    x, y = map(Fraction, text.get_position())
    return exact_outputs(network, x, y)[: network.n_separators]


@pytest.mark.parametrize("name", ["war_zone_a", "star"])
def test_cells_of_lines_are_counted_as_shapely_does(name: str) -> None:
    network, window = subject(name).network, subject(name).spec.window
    window_view = View(window, 1.0)
    paths = [z.paths[0] for z in zero_sets(network, window_view, np.arange(network.n_separators))]
    frame = shapely.box(0, 0, *window_view.size).exterior
    # Lines reach a little beyond the frame, so that they surely cut it.
    longer = [(p - p.mean(axis=0)) * 1.001 + p.mean(axis=0) for p in paths]
    noded = shapely.union_all([frame, *map(shapely.LineString, longer)])
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts([noded])))
    expected = sum(frame.envelope.buffer(1e-9).contains(pieces))
    title = drawn_view(name, "cells", "print").texts[-2].get_text()
    assert title == f"{subject(name).spec.name}: {expected} cells"


def test_of_a_narrow_picture_the_cells_are_not_counted_for_certain() -> None:
    spec = loads("{name: a, window: [0, 0, 1, 1000], shape: {box: [0.2, 10, 0.8, 900]}}")
    title = picture(spec, "cells").texts[-2].get_text()
    assert re.fullmatch("a: at least [1-9] cells?", title)


def test_two_parts_with_the_same_signs_are_two_cells() -> None:
    fired = np.zeros((2, 20, 30), dtype=np.bool_)
    fired[0, :, 10:20] = True
    found = faces(fired, convex=False)
    assert sorted(face.mask.sum() for face in found) == [200, 200, 200]
    assert len(faces(fired, convex=True)) == 2


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_words_are_placed_inside_their_cell(h: int, w: int, high: int, wide: int) -> None:
    fired = np.zeros((1, 32, 32), dtype=np.bool_)
    fired[0, 1 : 1 + h, 1 : 1 + w] = True
    inside = next(face for face in faces(fired, convex=True) if face.fires == (True,))
    found = place(inside, [(high, wide)])
    assert (found is not None) == (high <= h and wide <= w)
    if found is not None:
        _, row, column = found
        assert abs(row - (1 + h / 2)) <= 1
        assert abs(column - (1 + w / 2)) <= max(1, (w - wide) / 2)
        assert row - high / 2 >= 1
        assert row + high / 2 <= 1 + h


def test_too_many_separators_and_none_are_refused() -> None:
    with pytest.raises(InputError, match=r"13 separators .* up to 12: use the view `units`"):
        cells(polygon_of(MOST_SEPARATORS + 1), (-1, -1, 1, 1), MEDIA["print"])
    nowhere = Network(
        center=(0.0, 0.0),
        exponent=0,
        features=monomials(1),
        weights=np.zeros((0, 2)),
        bias=np.zeros(0),
        gates=gates_from_rows([([], [], -0.5)]),
        names=Names.of(["never"]),
        outputs=(Output("never", 0),),
    )
    with pytest.raises(InputError, match="without separators the plane is one cell"):
        cells(nowhere, (-1, -1, 1, 1), MEDIA["print"])
    assert not faults(units(nowhere, (-1, -1, 1, 1), MEDIA["print"]))


def test_a_separator_has_one_colour_in_all_views() -> None:
    network = house()
    (ax,) = figure(network).axes
    told = {text.get_text(): text.get_color() for text in ax.texts}
    cell_axes = cells(network, network.window, MEDIA["slide"]).axes[0]
    for axes in (ax, cell_axes):
        colors = [to_hex(lines.get_color()[0]) for lines in axes.collections]
        assert colors == [unit_color(i) for i in range(network.n_separators)]
        arrows = [line for line in axes.lines if line.get_label() == "_arrow"]
        assert {line.get_markerfacecolor() for line in arrows} == set(colors)
    heads = {
        text.get_text(): text.get_color()
        for text in units(network, network.window, MEDIA["slide"]).texts
    }
    for i in range(network.n_separators):
        name = network.names[i].removeprefix("house.")
        assert told[name] == heads[name] == unit_color(i)


VIEWS: tuple[ViewName, ...] = ("region", "units", "cells")


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_can_be_dark(name: ViewName) -> None:
    for shade in (False, True) if name == "units" else (False,):
        drawn = darkened(view(subject("war_zone_b"), name, MEDIA["slide"], shade))
        drawn.canvas.draw()
        pixels = np.asarray(drawn.canvas.buffer_rgba())[..., :3]
        assert np.median(pixels) < 60
        assert pixels.max() > 200


WORDS = st.lists(st.text("abcx ", min_size=1, max_size=12), min_size=1, max_size=9)


@given(WORDS, st.integers(20, 90), st.integers(1, 4))
def test_texts_in_lines_keep_their_width_and_their_words(
    words: list[str], width: int, most: int
) -> None:
    text = drawable(" ".join(words))
    lines = wrapped(text, NAME_SIZE, width, most)
    assert len(lines) <= most
    assert all(text_size(line, NAME_SIZE)[0] <= width for line in lines)
    if not any("…" in line for line in lines):
        assert " ".join(lines) == text


def test_pieces_of_text_stay_together() -> None:
    assert filled(["a", "+ b", "+ c"], 8.0, 22.0, 3) == ["a + b", "+ c"]


@pytest.mark.parametrize("name", ["star", "word"])
@pytest.mark.parametrize("width", [60.0, 100.0, 160.0])
def test_what_a_unit_says_fits_and_is_never_cut_short_silently(name: str, width: float) -> None:
    network = subject(name).network
    names = list(network.names)
    for unit in in_order(network)[:: max(1, network.size // 20)].tolist():
        if unit < network.n_separators:
            lines = separator_lines(network, unit, NAME_SIZE, width, 3)
            said = " ".join(lines)
            assert said.endswith("≥ 0") or said in ("a line", "a conic")
        else:
            lines = gate_lines(network, unit - network.n_separators, names, NAME_SIZE, width, 3)
        assert 0 < len(lines) <= 3
        assert all(text_size(line, NAME_SIZE)[0] <= width for line in lines)


def signed(text: str) -> str:
    return text.replace("-", MINUS)


def test_sums_are_written_as_people_do() -> None:
    network = house()
    assert separator_lines(network, 1, NAME_SIZE, 200.0, 1) == [signed("-4x - 3y + 36 ≥ 0")]
    assert separator_lines(network, 1, NAME_SIZE, 50.0, 2) == [signed("-4x - 3y"), "+ 36 ≥ 0"]
    assert separator_lines(network, 1, NAME_SIZE, 30.0, 1) == ["a line"]
    assert separator_lines(annulus(), 0, NAME_SIZE, 200.0, 1) == [signed("-x² - y² + 9 ≥ 0")]
    short = [name.removeprefix("house.") for name in network.names]
    assert gate_lines(network, 2, short, NAME_SIZE, 200.0, 1) == ["roof OR walls"]
    assert gate_lines(network, 1, short, NAME_SIZE, 100.0, 1) == ["AND of 4 units"]
