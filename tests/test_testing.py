"""assert_region: it passes what is right, and says of what is wrong where."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import regions
from regions.check.picture import LEGEND
from regions.check.proof import Proof, Witness
from regions.network.exact import exact_outputs
from regions.network.model import Network, Output
from regions.network.raster import Grid
from regions.shape.model import Box, Circle, Expectation, Polygonal, Spec
from regions.testing import assert_region, proof_difference
from tests.conftest import ROOT, SHAPES
from tests.oracle import boundary, contains, inside
from tests.strategies import box_overlays

pytest_plugins = "pytester"

GRID = Grid((-10, -10, 18, 18), 56, 56)
"""Around all lattice overlays; pixel centres are multiples of 1/4, which are printed exactly."""


def moved(network: Network, separator: int, amount: float) -> Network:
    bias = network.bias.copy()
    bias[separator % network.n_separators] += amount * 2.0**network.exponent
    return replace(network, bias=bias)


def failure(*arguments: object, **options: object) -> str:
    with pytest.raises(AssertionError) as caught:
        assert_region(*arguments, **options)  # type: ignore[arg-type]
    return str(caught.value)


def test_whatever_can_be_compiled_can_be_asserted(tmp_path: Path) -> None:
    path = tmp_path / "box.yaml"
    path.write_text("shape: {box: [0, 0, 2, 1]}")
    polygon = shapely.box(0, 0, 2, 1)
    foreign = SimpleNamespace(__geo_interface__=shapely.geometry.mapping(polygon))
    spec = Spec("box", Box(0, 0, 2, 1), (-1.0, -1.0, 3.0, 2.0))
    forms = (polygon, foreign, Box(0, 0, 2, 1), Polygonal(polygon), spec, path, str(path))
    coarse = Grid((-1.0, -1.0, 3.0, 2.0), 40, 30)
    higher = regions.compile(Box(0, 0, 2, 1.5), "parts")
    said = failure(higher, spec, grid=coarse)
    for form in forms:
        assert_region(form, spec, grid=coarse)
        assert failure(higher, form, grid=coarse).replace("region:", "box:") == said


@settings(max_examples=50)
@given(box_overlays, st.integers(0, 99), st.sampled_from([-1.5, -0.5, 0.25, 1.0]))
def test_a_moved_separator_is_told_with_a_point_that_shows_it(
    geometry: shapely.Geometry, separator: int, amount: float
) -> None:
    """Passed only if the exact oracle, too, sees no pixel centre that differs."""
    network = moved(regions.compile(geometry, "edges"), separator, amount)
    x, y = np.meshgrid(GRID.xs, GRID.ys)
    centers = np.column_stack([x.ravel(), y.ravel()])
    differ = network.inside(centers) != inside(geometry, centers)
    if not differ.any():
        assert_region(network, geometry, grid=GRID, prove=False)
        return
    said = failure(network, geometry, grid=GRID)
    assert f"{differ.sum()} of {len(centers)} pixels differ" in said
    told = re.search(r"says (\d) at \((.*), (.*)\), which is (inside|outside) the shape", said)
    assert told is not None
    point = [[float(told[2]), float(told[3])]]
    assert network.inside(point) == [told[1] == "1"]
    assert inside(geometry, point) == [told[4] == "inside"]
    assert network.inside(point) != inside(geometry, point)
    rows = said.split("\n")[3:]
    assert set("".join(rows)) & set("+-")


corners = st.tuples(*[st.integers(-6, 6)] * 2, *[st.integers(1, 5)] * 2)


@settings(max_examples=25)
@given(st.lists(corners, min_size=1, max_size=3), st.integers(0, 99), st.sampled_from([-1, 0, 1]))
def test_what_no_pixel_shows_is_proved(
    boxes: list[tuple[int, int, int, int]], separator: int, way: int
) -> None:
    """Slivers of 2^-30, against all cells of the lines: these are parallel to the axes."""
    geometry = shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes])
    network = moved(regions.compile(geometry, "edges"), separator, way * 2.0**-30)
    assert_region(network, geometry, grid=GRID, prove=False)
    kinds = differences(network, geometry)
    assert way or not kinds
    for points, counts in ("strict", kinds), ("ignore", kinds - {"border"}):
        if counts:
            said = failure(network, geometry, grid=GRID, boundary=points)
            assert said.startswith("region: ")
            assert set(said.partition(LEGEND)[2]) & set("+-")
        else:
            assert_region(network, geometry, grid=GRID, boundary=points)


def differences(network: Network, geometry: shapely.Geometry) -> set[str]:
    """Whether they differ at a point of any cell, on the shape's border or off it; exactly."""
    center, scale = network.center, Fraction(2) ** network.exponent
    lines: tuple[set[Fraction], set[Fraction]] = set(), set()
    for weights, bias in zip(network.weights.tolist(), network.bias.tolist(), strict=True):
        [axis] = np.flatnonzero(weights)
        at = -Fraction(bias) / Fraction(weights[axis]) / scale + Fraction(center[axis])
        lines[axis].add(at)
    for axis, found in enumerate(lines):
        found.update(map(Fraction, shapely.get_coordinates(geometry)[:, axis].tolist()))
    points = [(x, y) for x in between(lines[0]) for y in between(lines[1])]
    fired = [exact_outputs(network, x, y)[network.output().unit] for x, y in points]
    wrong = [p for p, a, b in zip(points, fired, contains(geometry, points), strict=True) if a != b]
    edges = [[Fraction(c) for c in edge] for edge in boundary(geometry).reshape(-1, 4).tolist()]
    return {"border" if on_border(edges, *point) else "off" for point in wrong}


def between(lines: set[Fraction]) -> list[Fraction]:
    """The lines, a place in every gap, and one on each side."""
    ordered = sorted(lines)
    gaps = [(a + b) / 2 for a, b in pairwise(ordered)]
    return [ordered[0] - 1, *ordered, *gaps, ordered[-1] + 1]


def on_border(edges: list[list[Fraction]], x: Fraction, y: Fraction) -> bool:
    """Whether a point lies on an edge that is parallel to an axis."""
    return any(
        min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by)
        for ax, ay, bx, by in edges
    )


def test_by_default_only_what_is_quick_is_proved() -> None:
    """Regular polygons of some edges, and of many, whose proof takes a second."""
    for sides, proved in (100, True), (1000, False):
        turns = 2 * np.pi * np.arange(sides) / sides
        polygon = shapely.Polygon(
            np.round(2.0**20 * np.column_stack([np.cos(turns), np.sin(turns)]))
        )
        grid = Grid.fitting(polygon.bounds, 50)
        network = moved(regions.compile(polygon, "edges"), 7, -1e-3)
        assert network.n_separators == sides
        assert_region(network, polygon, grid=grid, prove=False)
        assert "DISPROVED different" in failure(network, polygon, grid=grid, prove=True)
        if proved:
            assert "DISPROVED different" in failure(network, polygon, grid=grid)
        else:
            assert_region(network, polygon, grid=grid)


def test_a_failed_proof_is_the_same_text_in_every_run() -> None:
    """The open house: no pixel centre shows it, and its boundary may be let off."""
    house = regions.load(SHAPES / "war_zone_a.yaml").shape
    network = regions.load_network(ROOT / "tests" / "answers" / "emil.yaml")
    said = failure(network, house, grid=GRID)
    assert failure(network, house, grid=GRID) == said
    head, witness, _, *rows = said.split("\n")
    assert head.startswith("region: PROVED equal except on the boundary: 6 lines, ")
    told = re.fullmatch(r" +says 0 at \((.*), (.*)\), which is inside the shape", witness)
    assert told is not None
    outline = shapely.Polygon(HOUSE).exterior
    assert outline.distance(shapely.Point(float(told[1]), float(told[2]))) < 1e-8
    assert "".join(rows).count("-") == 1
    assert set("".join(rows)) == {"#", ".", "-"}
    assert_region(network, house, grid=GRID, boundary="ignore")


HOUSE = [(1, 0), (5, 0), (5, 4), (6, 4), (3, 8), (0, 4), (1, 4)]


def test_a_failed_proof_is_told_where_it_cannot_be_drawn() -> None:
    """A circle of 10^15 about the witness; and a proof that shows none."""
    huge = Spec("huge", Circle((1e15, 0), 1e15), (-1e15, -2e15, 3e15, 2e15))
    point = Witness((Fraction(1), Fraction(1)), (1.0, 1.0), 2, True, False, ((0.5, 0.5),))
    proof = Proof("different", 1, 2, 1, 0, seconds=3.0, witness=point)
    network = regions.compile(Box(0, 0, 1, 1))
    head = "huge: DISPROVED different: 1 line, 2 faces, 1 edge, 0 vertices"
    said = proof_difference(network, huge, proof).split("\n")
    assert said[:2] == [head, "       says 1 at (1, 1), which is outside the shape"]
    assert said[2].startswith("no picture of the place: coordinates or curves are too large")
    assert proof_difference(network, huge, replace(proof, witness=None)) == head


def test_broken_expectations_are_told() -> None:
    wanted = Expectation(inside=np.array([[9.0, 9.0]]), max_size=4)
    spec = Spec("box", Box(0, 0, 4, 4), (-1.0, -1.0, 5.0, 5.0), expect=wanted)
    assert failure(Box(0, 0, 4, 4), spec).split("\n") == [
        "FAILED box: equal, IoU 1, 0 of 262144 pixels differ, 0 in the band",
        "       expect: (9, 9) is outside the region",
        "       expect: the network has 5 units, more than 4",
    ]


def test_input_that_cannot_be_used_is_no_failed_assertion() -> None:
    box = Box(0, 0, 1, 1)
    network = regions.compile(box)
    several = replace(network, outputs=(*network.outputs, Output("left", 0)))
    with pytest.raises(regions.NetworkError, match="several regions"):
        assert_region(several, box)
    with pytest.raises(regions.SpecError, match="no such file"):
        assert_region(network, "nowhere.yaml")
    with pytest.raises(TypeError, match="cannot make a shape of int"):
        assert_region(network, 7)  # type: ignore[arg-type]


def test_golden() -> None:
    """The whole message, which is the same in every run."""
    network = moved(regions.compile(SHAPES / "plus.yaml", "parts"), 0, 0.5)
    grid = Grid((-1, -1, 7, 7), 64, 64)
    for _ in range(2):
        assert failure(network, SHAPES / "plus.yaml", grid=grid) == GOLDEN


GOLDEN = """\
FAILED plus: different, IoU 0.952381, 64 of 4096 pixels differ, 0 in the band
       expect: the area is 21, not 20 within 0.02
       says 1 at (2.0625, -0.0625), which is outside the shape
x 0.5 to 5.5, y -1 to 4: # both, + the network only, - the shape only
########################################
########################################
########################################
########################################
########################################
########################################
########################################
########################################
............################............
............################............
............################............
............################............
............################............
............################............
............################............
............################............
............++++++++++++++++............
............++++++++++++++++............
........................................
........................................"""


def test_pytest_shows_the_line_that_asserts(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(
        """
        from regions.shape import Box
        from regions.testing import assert_region

        def test_box():
            assert_region(Box(0, 0, 4, 3), Box(0, 0, 4, 4))
        """
    )
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            ">       assert_region(Box(0, 0, 4, 3), Box(0, 0, 4, 4))",
            "E       AssertionError: FAILED region: different, IoU 0.75*",
            "E       ...----------------------------------...",
            "*.py:5: AssertionError",
        ]
    )
    result.stdout.no_fnmatch_line("*regions/testing.py*")
