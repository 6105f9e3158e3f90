"""Random trees of all words of the language against their own documents: `tests/csg_trees.py`."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import regions
from regions.shape.load import loads
from tests.csg_trees import judge
from tests.interpreter import Interpreter

SEEDS = (4, 26, 31, 44, 57, 102, 118, 241, 302, 1228, 1390)
"""The last two lost vertices of even-odd paths."""


@pytest.mark.parametrize("seed", SEEDS)
def test_networks_say_what_documents_say(seed: int) -> None:
    tally = judge(seed)
    assert (tally.wrong, tally.voices) == ([], [])
    assert tally.undecided["random"] <= 1
    assert tally.undecided["beside"] <= 20
    assert tally.points.total() > 120


CASES: list[tuple[dict[str, Any], list[tuple[float, float]], list[int]]] = [
    ({"box": [0, 0, 4, 3], "rotate": 90}, [(-3, 0), (-3.1, 0), (-1, 2)], [1, -1, 1]),
    ({"capsule": {"from": [0, 0], "to": [3, 4], "radius": 5}}, [(7, 1), (7.5, 1)], [1, -1]),
    (
        {"sector": {"center": [1, 1], "radius": 2, "from": 270, "to": 90, "inner": 1}},
        [(1, 2), (1, 3), (3, 1), (1, 1), (0, 1), (1, -1)],
        [1, 1, 1, -1, -1, 1],
    ),
    ({"offset": {"shape": {"box": [0, 0, 6, 4]}, "by": -1}}, [(1, 1), (0.5, 2)], [1, -1]),
    ({"offset": {"shape": {"box": [0, 0, 6, 4]}, "by": 5}}, [(-3, 8), (-4, 8)], [1, -1]),
    ({"polynomial": "(x^2 + y^2 - 1)^3 <= x^2*y^3"}, [(1, 0), (1, 1), (1.25, 0)], [1, 1, -1]),
    ({"path": {"d": "M 0 0 H 4 V 4 H 0 Z", "fill": "evenodd"}}, [(4, 2), (5, 2)], [1, -1]),
    ({"complement": {"circle": {"center": [0, 0], "radius": 5}}}, [(3, 4), (4, 4)], [-1, 1]),
    ({"box": [0, 0, 1, 1], "repeat": {"columns": 2, "step": [2, 0]}}, [(2, 1), (1.5, 1)], [1, -1]),
    ({"box": [1, 0, 2, 1], "around": {"count": 4}}, [(-1, 2), (1, -2), (1, 2)], [1, 1, -1]),
]


@pytest.mark.parametrize(("shape", "points", "truth"), CASES)
def test_the_interpreter_knows_what_is_known(
    shape: dict[str, Any], points: list[tuple[float, float]], truth: list[int]
) -> None:
    document = {"window": [-9, -9, 9, 9], "shape": shape}
    found = Interpreter(document).truth(np.array(points, dtype=float), exact=True)
    assert found.tolist() == truth
    network = regions.compile(loads(json.dumps(document)), "edges")
    assert network.exact
    assert network.inside(np.array(points, dtype=float)).tolist() == [t > 0 for t in truth]


EVEN_ODD: list[tuple[str, list[tuple[float, float]], tuple[float, float]]] = [
    (
        "M 0 0 H 2 V 2 H 0 Z M 2 0 H 4 V 2 H 2 Z",
        [(2, 1), (2, 0), (2, 2), (0, 0), (4, 1)],
        (2, 3),
    ),
    (
        "M 0 0 H 4 V 4 H 0 Z M 2 2 H 6 V 6 H 2 Z",
        [(4, 2), (2, 4), (4, 4), (2, 2), (3, 2)],
        (3, 3),
    ),
    ("M 0 0 L 4 4 L 4 0 L 0 4 Z", [(2, 2), (4, 4), (1, 1), (0, 2)], (2, 1)),
    # Tips that turn right, between winding numbers -1 and -2, and 1 and 2.
    (
        "M 4 2 Q -4 1 0 3 Q 1 0.5 -5 2 L -5.5 4 L 5 5 Z",
        [(0, 3), (4, 2), (-5, 2)],
        (-0.0625, 2.875),
    ),
    (
        "M 1.5 1 L -4 4 Q -1 3 -4.5 4 L 1 0 Q -2 -2 3 2 L -6 3.5 Z",
        [(1.5, 1), (3, 2)],
        (1.25, 1.109375),
    ),
]


@pytest.mark.parametrize(("data", "borders", "outside"), EVEN_ODD)
def test_borders_of_even_odd_paths_belong_to_them(
    data: str, borders: list[tuple[float, float]], outside: tuple[float, float]
) -> None:
    """Where borders cross or run along each other, and at tips that turn either way."""
    shape: dict[str, Any] = {"path": {"d": data, "fill": "evenodd"}}
    points = np.array([*borders, outside], dtype=float)
    for turned, (c, s) in {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}.items():
        network = regions.compile(loads(json.dumps({"shape": {**shape, "rotate": turned}})))
        assert network.exact
        found = network.inside(points @ np.array([[c, s], [-s, c]]))
        assert found.tolist() == [True] * len(borders) + [False]


@pytest.mark.parametrize("data", [data for data, _, _ in EVEN_ODD if "Q" not in data])
def test_even_odd_paths_are_proved_with_their_borders(data: str) -> None:
    spec = loads(json.dumps({"shape": {"path": {"d": data, "fill": "evenodd"}}}))
    assert regions.prove(regions.compile(spec, "edges"), spec).verdict == "equal"
