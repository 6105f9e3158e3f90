"""Differences drawn with characters: every one of them is seen, and nothing else looks like one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import regions
from regions.check.band import Band
from regions.check.overlay import Overlay, overlay
from regions.check.picture import COLUMNS, LEGEND, ROWS, around, picture
from regions.check.proof import Witness
from regions.network.model import Network
from regions.network.raster import Grid
from regions.shape.model import Box, Circle, Spec
from regions.shape.reference import Reference
from tests.conftest import SHAPES

HOUSE = SHAPES / "war_zone_a.yaml"

sides = st.tuples(st.integers(1, 130), st.integers(1, 130))


def seen(codes: np.ndarray) -> Overlay:
    """What network (bit 0), shape (bit 1) and band (bit 2) say of each pixel; area is no matter."""
    height, width = codes.shape
    masks = ((codes & bit) > 0 for bit in (1, 2, 4))
    grid = Grid((0, 0, width, height), width, height)
    nothing = Reference(*[shapely.MultiLineString()] * 3, flattening=0.0)
    nowhere = Band(Box(0, 0, width, height), nothing, rounding=0.0, deviation=0.0)
    return Overlay(grid, *masks, around=nowhere, area=0.0)


def drawn(text: str) -> tuple[list[str], list[float]]:
    """The picture's rows, and left, right, bottom and top of the part that they show."""
    head, *rows = text.split("\n")
    assert head.endswith(f": {LEGEND}")
    numbers = head.removesuffix(f": {LEGEND}").replace(",", "").split()
    return rows, [float(numbers[i]) for i in (1, 3, 5, 7)]


@given(sides, st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.002, 0.05, 1.0]))
def test_every_difference_is_shown(size: tuple[int, int], seed: int, part: float) -> None:
    """Block by block, against plain loops over the pixels that the header says are shown."""
    random = np.random.default_rng(seed)
    codes = random.choice([0, 3], size)
    odd = random.random(size) < part
    codes[odd] = random.integers(0, 8, size)[odd]
    trial = seen(codes)
    rows, (left, right, bottom, top) = drawn(picture(trial))
    assert len(rows) <= ROWS
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) <= COLUMNS
    shown = codes[size[0] - int(top) : size[0] - int(bottom), int(left) : int(right)]
    differing = ((codes == 1) | (codes == 2)).sum()
    assert differing == ((shown == 1) | (shown == 2)).sum()
    # The header does not tell the step; that of a grid of one column is seen in its rows only.
    assert rows in [blocks(shown, step) for step in range(1, 5)]


def blocks(shown: np.ndarray, step: int) -> list[str]:
    height, width = shown.shape
    return [
        "".join(
            expected(shown[i : i + 2 * step, j : j + step].ravel().tolist())
            for j in range(0, width, step)
        )
        for i in range(0, height, 2 * step)
    ]


def expected(block: list[int]) -> str:
    spill, missed = block.count(1), block.count(2)
    if spill or missed:
        return "+" if spill >= missed else "-"
    inside = sum(code & 1 for code in block)
    return "#" if 2 * inside > len(block) else "."


def test_a_single_pixel_is_shown_with_what_lies_about_it() -> None:
    codes = np.zeros((512, 512), dtype=np.int64)
    codes[100:400, 100:400] = 3
    codes[399, 250] = 2
    rows, extent = drawn(picture(seen(codes)))
    assert extent == [230, 270, 93, 133]
    assert rows[9:12] == ["#" * 40, "." * 20 + "-" + "." * 19, "." * 40]


def changed(network: Network, unit: str, amount: float) -> Network:
    """The network with one separator moved."""
    bias = network.bias.copy()
    bias[list(network.names).index(unit)] += amount
    return replace(network, bias=bias)


def test_golden() -> None:
    """The house with a wall moved inwards and its roof raised."""
    spec = regions.load(HOUSE)
    network = changed(regions.compile(spec), "war zone a.walls.left", -1.0)
    network = changed(network, "war zone a.roof.edge[1]", 4.0)
    grid = Grid((-1, -1, 7, 9), 80, 100)
    assert picture(overlay(network, spec.shape, grid)) == GOLDEN


GOLDEN = f"""\
x -1 to 7, y -1 to 9: {LEGEND}
..............++...........
.............++++..........
............##+++++........
...........####+++++.......
.........########+++++.....
........##########+++++....
......##############+++++..
.....################+++++.
......----##########...++++
......----##########.......
......----##########.......
......----##########.......
......----##########.......
......----##########.......
......----##########.......
...........................
..........................."""


def witness(
    point: tuple[float, float], dimension: int, network: bool, *cell: tuple[float, float]
) -> Witness:
    x, y = map(Fraction, point)
    return Witness((x, y), point, dimension, network, not network, cell)


@pytest.mark.parametrize("answer", [True, False])
def test_a_witness_on_the_border_is_marked(answer: bool) -> None:
    """No pixel differs there: the point itself is the difference."""
    spec = Spec("box", Box(0, 0, 4, 4), (-1.0, -1.0, 5.0, 5.0))
    network = regions.compile(spec)
    rows, (left, right, bottom, top) = drawn(around(network, spec, witness((4, 2), 0, answer)))
    assert ((left + right) / 2, (bottom + top) / 2) == (4, 2)
    mark = "+" if answer else "-"
    assert "".join(rows).strip("#.") == mark
    assert rows[ROWS // 2][COLUMNS // 2] == mark
    assert all(row.rstrip(".-+") == "#" * (COLUMNS // 2) for row in rows)


def test_the_whole_cell_of_a_witness_is_shown() -> None:
    spec = Spec("box", Box(0, 0, 4, 4), (-1.0, -1.0, 5.0, 5.0))
    network = regions.compile(Box(0, 0, 3, 4))
    cell = (3.0, 0.0), (4.0, 0.0), (4.0, 4.0), (3.0, 4.0)
    text = around(network, spec, witness((3.5, 2), 2, False, *cell))
    rows, (left, right, bottom, top) = drawn(text)
    assert left < 3
    assert right > 4
    assert bottom < 0
    assert top > 4
    assert all("-" in row for row in rows[4:16])
    assert "+" not in "".join(rows)


def test_a_cell_thinner_than_doubles_is_drawn_at_a_size_that_can_be() -> None:
    """Pixels of 2^-52 near (1000, 1000) could not be compared: all would be in the band."""
    spec = Spec("box", Box(0, 0, 1000, 1000), (-1.0, -1.0, 1001.0, 1001.0))
    network = regions.compile(spec)
    near = 1000.0, float(np.nextafter(1000.0, 0.0))
    rows, _ = drawn(around(network, spec, witness(near, 1, True, (1000.0, 1000.0), near)))
    assert "".join(rows).count("+") == 1
    assert {"#", ".", "+"} == set("".join(rows))


def test_the_first_pixel_that_differs_is_the_witness() -> None:
    codes = np.array([[0, 3, 5], [2, 1, 0]])
    found = seen(codes).witness
    assert found is not None
    assert found.point == (0.5, 0.5)
    assert (found.network, found.shape) == (False, True)
    assert seen(np.array([[0, 3, 5, 6]])).witness is None


def test_circles_are_drawn_round() -> None:
    """A character is twice as high as wide: a disc takes twice as many columns as rows."""
    disc = Spec("disc", Circle((0, 0), 2), (-4.0, -4.0, 4.0, 4.0))
    rows, _ = drawn(
        picture(overlay(regions.compile(disc), disc.shape, Grid(disc.window, 400, 400)))
    )
    inside = [row.strip(".") for row in rows if "#" in row]
    assert max(map(len, inside)) == 2 * len(inside) == 20
