"""What a document asks for in few words is bounded, however it asks; what people write is not."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regions.errors import SpecError
from regions.geometry.crossings import crossings
from regions.geometry.extent import extent
from regions.geometry.polynomials import X, Y
from regions.shape import effort
from regions.shape.effort import MAX_EFFORT, Effort, Exhausted
from regions.shape.load import loads
from regions.shape.polygons import MAX_CROSSINGS, polygonal
from tests.conftest import SHAPES

BOX = {"box": [0, 0, 1, 1]}
CURVE = {"polynomial": "(x^2 + y^2 - 1)^3 <= x^2*y^3"}
POLAND = {"geojson": "data/poland.geojson"}
CHAIN = {"path": "M 0 0" + " h 1 v 1" * 20 + " z"}
TANGLED = {"polygon": [[k * 7919 % 101, k * 104729 % 97] for k in range(30)], "repair": True}
REGULAR = {"regular": {"sides": 100, "radius": 9}}


def read(shape: Any) -> None:
    loads(json.dumps({"window": [-9, -9, 9, 9], "shape": shape}), folder=SHAPES)


@pytest.mark.parametrize(
    "shape",
    [
        {"union": [REGULAR] * 9},
        {"union": [{"star": {"points": 60, "outer": 9, "inner": 8}}] * 9},
        {"union": [BOX | {"repeat": {"columns": 50, "step": [2, 0]}}] * 9},
        {"union": [BOX, BOX], "around": {"count": 200}},
        CURVE | {"around": {"count": 50}},
        CHAIN | {"around": {"count": 50}},
        {"offset": {"shape": REGULAR, "by": 1}},
        {"offset": {"shape": REGULAR, "by": -1}},
        {"union": [{"text": "@" * 40}] * 9},
        {"union": [POLAND] * 200},
        {"union": [POLAND | {"rotate": 10}] * 40},
        {"union": [{"svg": "data/gear.svg"}] * 300},
        {"union": [TANGLED] * 9},
    ],
    ids=lambda shape: json.dumps(shape)[:50],
)
def test_what_is_too_much_together_is_refused_once(
    shape: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effort, "MAX_EFFORT", 2_000)
    with pytest.raises(SpecError) as caught:
        read(shape)
    (problem,) = caught.value.problems
    assert "with this, copies, moved shapes" in problem.message
    assert problem.line == 1


@pytest.mark.parametrize(
    "shape",
    [
        BOX | {"repeat": {"columns": 20, "rows": 100, "step": [2, 2]}},
        REGULAR | {"around": {"count": 300, "center": [90, 0]}},
        {"offset": {"shape": POLAND, "by": 1}},
        {"union": [POLAND | {"rotate": 10}, *[POLAND] * 100]},
        {"text": "regions " * 20},
        {"union": [{"svg": "data/gear.svg"}] * 100},
    ],
    ids=lambda shape: json.dumps(shape)[:50],
)
def test_what_people_write_is_not_too_much(shape: Any) -> None:
    read(shape)


def test_what_is_written_out_gives_leave_for_as_much() -> None:
    spent = Effort()
    spent.spend(MAX_EFFORT)
    spent.allow(100)
    spent.spend(10)
    with pytest.raises(SpecError, match=f"{MAX_EFFORT + 10:,} points"):
        spent.spend(1)
    with pytest.raises(Exhausted):
        spent.spend(1)


# Files -------------------------------------------------------------------------------------------


def test_a_file_that_is_named_again_keeps_its_place_in_the_document() -> None:
    both = {"union": [POLAND | {"name": "one"}, POLAND, {"svg": "data/gear.svg", "name": "g"}]}
    spec = loads(json.dumps({"shape": both}), folder=SHAPES)
    assert [node.name for node in spec.shape.operands] == ["one", "Poland", "g"]  # type: ignore[union-attr]


def test_a_broken_file_is_a_problem_wherever_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("<svg>", encoding="utf-8")
    text = json.dumps({"shape": {"union": [{"svg": "a.svg"}, {"svg": "a.svg"}]}})
    with pytest.raises(SpecError) as caught:
        loads(text, folder=tmp_path)
    first, second = caught.value.problems
    assert first.message == second.message
    assert (first.path, second.path) == ("shape.union[0].svg", "shape.union[1].svg")


# Repairs -----------------------------------------------------------------------------------------


def tangle(count: int) -> shapely.Polygon:
    rng = np.random.default_rng(1)
    return shapely.Polygon(rng.integers(-999, 999, (count, 2)))


@pytest.mark.parametrize("count", [3, 10, 40])
def test_crossings_are_those_of_all_pairs(count: int) -> None:
    ring = shapely.get_coordinates(tangle(count))
    edges = [shapely.LineString(ring[k : k + 2]) for k in range(count)]
    slow = sum(a.crosses(b) for i, a in enumerate(edges) for b in edges[:i])
    assert crossings(tangle(count), 10**6) == slow


def test_sides_that_touch_do_not_count_and_few_that_overlap() -> None:
    triangle = shapely.Polygon([(0, 0), (1, 0), (0, 1)])
    assert crossings(shapely.MultiPolygon([triangle] * 3), 10**6) == 0
    assert crossings(shapely.MultiPolygon([triangle] * 20), 10**6) == 3 * (20 * 19 // 2 - 20)
    spike = shapely.Polygon([(0, 0), (4, 0), (4, 2), (9, 2), (4, 2), (4, 4)])
    touching = [shapely.box(k, k, k + 1, k + 1) for k in range(9)]
    assert crossings(spike, 10) == 0
    assert crossings(shapely.MultiPolygon(touching), 10) == 0


def test_a_tangle_is_not_repaired() -> None:
    assert crossings(tangle(2_000), MAX_CROSSINGS) > MAX_CROSSINGS
    with pytest.raises(SpecError, match="the sides cross or overlap more than 500 times"):
        polygonal(tangle(2_000), repair=True)
    with pytest.raises(SpecError, match="the sides cross or overlap more than 500 times"):
        polygonal(shapely.MultiPolygon([tangle(3)] * 100), repair=True)
    assert polygonal(tangle(40), repair=True).geometry.is_valid


# The box of an ellipse ---------------------------------------------------------------------------

WHOLE = st.integers(-50, 50)


@given(WHOLE, WHOLE, WHOLE, WHOLE, WHOLE, st.integers(1, 99))
def test_the_box_of_an_ellipse_is_the_smallest(
    a: int, b: int, c: int, d: int, x: int, size: int
) -> None:
    """Of an affine image of a disc, `p^2 + q^2 <= size`, the largest x is known otherwise."""
    p, q = a * (X - x) + b * Y, c * (X - x) + d * Y
    found = extent(size - p * p - q * q)
    determinant = a * d - b * c
    if determinant == 0:
        assert found is None
        return
    assert found is not None
    xmin, ymin, xmax, ymax = found
    wide = Fraction(size * (b * b + d * d), determinant**2)
    high = Fraction(size * (a * a + c * c), determinant**2)
    for low, top, middle, square in ((xmin, xmax, x, wide), (ymin, ymax, 0, high)):
        assert (Fraction(top) - middle) ** 2 >= square
        assert (middle - Fraction(low)) ** 2 >= square
        assert top - low == pytest.approx(2 * float(square) ** 0.5, rel=1e-12)


def test_ellipses_without_a_box() -> None:
    assert extent(-1 - X * X - Y * Y) is None
    assert extent(1 + X * X + Y * Y) is None
    assert extent(1 - X * X + Y * Y) is None
    assert extent(1 - X * X) is None
    assert extent(10**700 - X * X - Y * Y) is None
    xmin, ymin, xmax, ymax = extent(-X * X - Y * Y) or (0, 0, 0, 0)
    assert xmin <= 0 < xmax <= 1e-300
    assert ymin <= 0 < ymax <= 1e-300
