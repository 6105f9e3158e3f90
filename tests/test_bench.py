"""The benchmarks' machinery on one small shape; how long anything takes is not judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely

from regions.network.raster import Grid, plain
from tests.bench import curves, measure, points, rasters, report, scaling, tables
from tests.bench.__main__ import PAGE
from tests.bench.compiling import STRATEGIES, CompileRow, compiling
from tests.bench.learned import iou
from tests.bench.measure import Plan, Spread, Turns, Way, in_turn
from tests.bench.memory import peak
from tests.bench.peers import RASTERS, Fill, Peer
from tests.bench.points import READY, SHAPELY, PointRow
from tests.bench.rasters import OURS, RasterRow
from tests.bench.scale import QUICK
from tests.bench.subjects import Subject, drawn, mapped, six, subjects
from tests.conftest import ROOT, SHAPES

ONCE = Plan(most=1, least=1, budget=0.0)
HOLED = shapely.box(0, 0, 16, 12).difference(shapely.box(3, 3, 9, 8))


@cache
def holed() -> Subject:
    """A hole, and pixel centres that stay off the border."""
    return mapped("holed", HOLED)


class Clock:
    """Time that passes only where it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        self.log = ""
        monkeypatch.setattr(measure.time, "perf_counter", lambda: self.now)

    def takes(self, name: str, *seconds: float) -> Callable[[], None]:
        """Work that takes each of the times in turn, and the last one from then on."""
        left = list(seconds)

        def work() -> None:
            self.log += name
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return work


def test_ways_take_turns_after_a_call_that_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    ways = {
        "a": Way.plain(clock.takes("a", 1, 2, 4, 6)),
        "b": Way.plain(clock.takes("b", 9, 1, 2, 3)),
    }
    turns = in_turn(ways, Plan(most=3, least=2, budget=10))
    assert clock.log == "ab" + "ab" + "ab" + "a"
    assert turns.times == {"a": (2, 4, 6), "b": (1, 2)}
    assert turns.seconds("a") == Spread(2, 4, 6)


def test_ratios_are_of_one_round() -> None:
    turns = Turns({"ours": (1.0, 4.0, 9.0), "theirs": (2.0, 2.0, 3.0), "slow": (10.0,)})
    assert turns.ratio("ours", "theirs") == Spread(0.5, 2.0, 3.0)
    assert turns.ratio("ours", "slow") == Spread(0.1, 0.1, 0.1)
    assert Spread.of([3, 1, 2, 10]) == Spread(1, 2.5, 10)
    assert Spread(1, 2, 3).times(1000) == Spread(1000, 2000, 3000)


def test_what_comes_before_is_not_timed_and_a_part_is_scaled_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(monkeypatch)
    made = Way(lambda given: given(), lambda: clock.takes("w", 2))
    costly = Way(made.work, lambda: clock.takes("b", 5)() or clock.takes("w", 2))
    assert made.seconds() == costly.seconds() == 2
    assert replace(made, part=0.25).seconds() == 8
    assert in_turn({"p": replace(made, part=0.25), "w": made}, ONCE).scaled == {"p"}


def test_what_is_slow_gets_fewer_rounds() -> None:
    plan = Plan(most=7, least=3, budget=2.0)
    assert [plan.rounds(once) for once in (0.0, 0.1, 0.4, 0.5, 60.0)] == [7, 7, 5, 4, 3]


def flipped(count: int) -> Callable[[shapely.Geometry, Grid], Fill]:
    """A peer that is right but for its first pixels."""

    def ready(_: shapely.Geometry, grid: Grid) -> Fill:
        mask = plain(holed().network, grid).astype(np.uint8)
        mask.flat[:count] ^= 1
        return lambda: mask

    return ready


def unreachable(_: shapely.Geometry, __: Grid) -> Fill:
    raise AssertionError("it is not installed, or too slow")


STUBS = (
    Peer("right", "numpy", flipped(0), "right"),
    Peer("wrong", "numpy", flipped(5), "wrong"),
    Peer("slow", "numpy", unreachable, "too slow for anything", work=1.0),
    Peer("absent", "no_such_module", unreachable, "not there"),
)


@cache
def raster_rows() -> tuple[RasterRow, ...]:
    return tuple(rasters.rasters([holed()], STUBS, (16, 32), ONCE))


def test_rasters_are_timed_and_compared() -> None:
    rows = raster_rows()
    assert [(row.side, row.pixels, row.edges) for row in rows] == [(16, 192, 8), (32, 768, 8)]
    assert all(set(row.turns.times) == {OURS, rasters.TWO, "right", "wrong"} for row in rows)
    [row] = rasters.wrong([holed()], STUBS, 32)
    assert row.wrong == {"right": 0, "wrong": 5}
    text = report.wrong_section([row], STUBS, 32)
    assert "Off on some straight shape: wrong." in text
    assert "None is off." in report.wrong_section([replace(row, wrong={"right": 0})], STUBS, 32)


def test_who_is_absent_is_said_and_has_no_column() -> None:
    text = report.raster_section(raster_rows(), STUBS)
    assert "Not installed, so not measured: absent." in text
    heads = next(line for line in text.splitlines() if line.startswith("| shape"))
    assert "right" in heads
    assert "absent" not in heads
    assert "slow" not in heads
    assert "Not installed" not in report.raster_section(raster_rows(), STUBS[:2])


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
@pytest.mark.parametrize("peer", RASTERS, ids=lambda peer: peer.name)
def test_peers_fill_the_shape(peer: Peer) -> None:
    """They may differ within a pixel of the border: so holes are holes, and rows run down."""
    if not peer.installed:
        pytest.skip(f"{peer.module} is not installed")
    grid = Grid.fitting((-1, -2, 19, 14), 60)
    lake = shapely.box(0.1, 0.2, 16, 12).difference(shapely.Point(8, 7).buffer(4.3))
    islands = shapely.MultiPolygon([shapely.Point(8, 7).buffer(2.2), lake])
    x, y = np.meshgrid(grid.xs, grid.ys)
    inside = shapely.intersects_xy(islands, x, y)
    away = shapely.distance(shapely.points(x, y), islands.boundary) > np.hypot(*grid.pixel)
    filled = np.asarray(peer.ready(islands, grid)()) != 0
    assert (inside & away).any()
    assert (filled == inside)[away].all()


def test_points_are_asked_of_all_sides() -> None:
    rows = list(points.points([holed()], (600, 900), ONCE, patience=60.0))
    assert [(row.count, row.outside) for row in rows] == [
        *((600, outside) for outside in points.OUTSIDE),
        (900, 0.0),
    ]
    ways = {points.READY, points.BUILT, points.TWO, points.SHAPELY, points.PATH}
    for row in rows:
        assert set(row.turns.times) == (ways - {points.PATH} if row.outside else ways)
        assert not row.turns.scaled
    # Without patience, the others are asked a few.
    [row, *_] = points.points([holed()], (600,), ONCE, patience=0.0)
    assert set(row.turns.times) == ways
    assert row.turns.scaled == {points.SHAPELY, points.PATH}
    assert "~" in report.point_section([row])


@pytest.mark.parametrize("outside", points.OUTSIDE)
def test_clouds_have_their_points_outside(outside: float) -> None:
    x, y = points.cloud((2, -1, 5, 7), 20_000, outside).T
    out = (x < 2) | (x > 5) | (y < -1) | (y > 7)
    assert out.mean() == pytest.approx(outside, abs=0.01)


def test_networks_are_fresh() -> None:
    network = holed().network
    assert network.streams
    fresh = points.fresh(network)
    assert "streams" not in vars(fresh)
    asked = points.cloud(HOLED.bounds, 500, 0.05)
    for index in (True, False, None):
        found = points.ours_points(fresh, asked, index, 1)
        assert (found == shapely.intersects_xy(HOLED, *asked.T)).all()


def row(name: str, edges: int, seconds: float, side: int = 0) -> RasterRow:
    return RasterRow(name, edges, edges, edges, side, side**2, Turns({OURS: (seconds,)}))


def cloud_row(name: str, edges: int, seconds: float) -> PointRow:
    turns = Turns({READY: (seconds,), SHAPELY: (2 * seconds,)})
    return PointRow(name, edges, False, 1_000_000, 0.0, turns)


def test_what_does_not_scale_is_named() -> None:
    # Per pixel: 1000 ns, 250 ns, then 300 ns.
    seen = [row("a", 4, 1e-4, 10), row("a", 4, 1e-4, 20), row("a", 4, 4.8e-4, 40)]
    assert scaling.dearer_pixels(seen) == ["a from 20 to 40: 250 to 300 ns"]
    assert scaling.dearer_pixels(seen[:2]) == []
    clouds = [cloud_row("c", 1000, 3e-3), cloud_row("a", 10, 2e-3), cloud_row("b", 100, 2.1e-3)]
    [said] = scaling.dearer_points(clouds)
    assert said.startswith("from b (100 edges) to c (1,000): 2.10 to 3.00 ns, 1.4 times")
    text = report.scaling_section(seen, clouds)
    assert said in text
    assert "a from 20 to 40" in text
    assert "It is flat everywhere" in report.scaling_section(seen, clouds[1:])


def page() -> str:
    wrong = list(rasters.wrong([holed()], STUBS, 16))
    asked = list(points.points([holed()], (300,), ONCE, patience=60.0))
    compiled = list(compiling([("holed", HOLED)], 10, ONCE))
    sections = [
        report.head(QUICK, ["what is not there"], quick=True),
        report.raster_section(raster_rows(), STUBS),
        report.wrong_section(wrong, STUBS, 16),
        report.point_section(asked),
        report.scaling_section(raster_rows(), asked),
        report.compile_section(compiled),
    ]
    return "\n".join(sections)


def test_the_page_is_well_formed() -> None:
    text = page()
    assert text.startswith("<!-- Written by `make bench`")
    assert "Left out: what is not there." in text
    found = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert len(found) == 7
    for each in found:
        lines = each.splitlines()
        assert len({len(line) for line in lines}) == 1, "aligned"
        assert len({line.count("|") for line in lines}) == 1
        assert re.fullmatch(r"\| :-+ \|( -+: \|)+", lines[1])
        assert len(lines) > 2
    for before in re.findall(r"(.*)\n\|", re.sub(r"(?m)^\|.*\n(?=\|)", "", text)):
        assert before == "", "a table has an empty line before it"
    assert [int(units.replace(",", "")) for units in re.findall(r"\| holed +\| +([\d,]+)", text)]


def test_the_page_is_there_with_its_pictures() -> None:
    text = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
    assert text.splitlines()[0] == report.FIRST
    pictures = re.findall(r"!\[.+\]\((.+)\)", text)
    assert len(pictures) == 3
    assert all((ROOT / "docs" / picture).is_file() for picture in pictures)


def test_tables() -> None:
    text = tables.table(("a", "b", "none"), [("x", "1", "-"), ("longer", "22,000", "-")])
    assert text.splitlines() == [
        "| a      |      b |",
        "| :----- | -----: |",
        "| x      |      1 |",
        "| longer | 22,000 |",
    ]
    with pytest.raises(ValueError, match="3 cells"):
        tables.table(("a", "b", "c"), [("x", "1")])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((12345.6, "12,346"), (100, "100"), (99.96, "100"), (12.34, "12.3"), (9.996, "10.0")),
        *((1.234, "1.23"), (0.1234, "0.12"), (0.0996, "0.10"), (0.0123, "0.012")),
        (0.0001, "<0.001"),
    ],
)
def test_numbers(value: float, text: str) -> None:
    assert tables.number(value) == text


def test_names_of_curves_stand_apart() -> None:
    assert curves.apart([0, 30, 60], 10) == [0, 30, 60]
    assert curves.apart([0, 2, 50], 10) == [-4, 6, 50]
    # One run reaches the other: all three stand around their middle.
    assert curves.apart([0, 9, 10], 10) == pytest.approx([-11 / 3, 19 / 3, 49 / 3])


def test_pictures_are_the_same_twice(tmp_path: Path) -> None:
    turns = Turns({strategy: (0.1 * i + 0.1,) for i, strategy in enumerate(STRATEGIES)})
    rows = [CompileRow("x", edges, {}, turns) for edges in (10, 1000)]
    for name in ("one", "two"):
        curves.draw_compiling(rows, tmp_path / "new" / f"{name}.png")
    one, two = ((tmp_path / "new" / f"{name}.png").read_bytes() for name in ("one", "two"))
    assert one == two
    assert one.startswith(b"\x89PNG")


def test_what_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tests.bench.subjects.SHARED", tmp_path)
    monkeypatch.setattr("tests.bench.subjects.CANADA", tmp_path / "canada_10m.geojson")
    monkeypatch.setattr("tests.bench.subjects.DRAWN", {"rounded_house": "house"})
    said: list[str] = []
    [house] = subjects(10**6, said.append)
    assert house.curved
    assert house.corners > 100
    assert [line.split(" is left out")[0] for line in said] == [
        *("France", "Estonia", "ocean with holes", "Canada"),
    ]


def test_copies_do_not_touch() -> None:
    copies = six(HOLED)
    assert shapely.get_num_geometries(copies) == 6
    assert shapely.is_valid(copies)
    assert copies.area == 6 * HOLED.area


def test_polygons_stay_as_they_are() -> None:
    letter = drawn(SHAPES / "letter_h.yaml", "H")
    assert not letter.curved
    assert letter.corners == letter.edges == 12


def test_memory_and_overlap() -> None:
    before = peak()
    block = np.ones(2**24)
    assert peak() >= max(before, block.nbytes)
    full, half = np.ones(8, dtype=bool), np.arange(8) < 4
    assert [iou(full, half), iou(half, ~half), iou(full, full), iou(~full, ~full)] == [0.5, 0, 1, 1]
