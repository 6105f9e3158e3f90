"""The learned alternative: how long a network takes to fit, and how near it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

import numpy as np

import regions
from regions.network.model import Bools, Floats
from regions.network.raster import Grid
from tests.bench.measure import Plan, Turns, Way, in_turn
from tests.conftest import SHAPES

COMPILED, FITTED = "compiled", "fitted"
NAMES = {"war_zone_a": "war zone a", "heart": "heart", "poland": "Poland"}
HIDDEN = (64, 64)
SIDE = 512
ROUNDS = 3


@dataclass(frozen=True)
class LearnedRow:
    """One shape.

    Attributes:
        name: The shape.
        units: Of the compiled network.
        iou: Area of the intersection over that of the union, learned against exact.
        turns: Of `COMPILED` and `FITTED`.
    """

    name: str
    units: int
    iou: float
    turns: Turns


def installed() -> bool:
    return find_spec("sklearn") is not None


def learned(samples: int, plan: Plan) -> Iterator[LearnedRow]:
    """Compile some times, and fit to the labels of uniform points once."""
    few = Plan(min(ROUNDS, plan.most), 1, plan.budget)
    for stem, name in NAMES.items():
        spec = regions.load(SHAPES / f"{stem}.yaml")
        network = regions.compile(spec)
        xmin, ymin, xmax, ymax = spec.window
        drawn = np.random.default_rng(0).uniform((xmin, ymin), (xmax, ymax), (samples, 2))
        model = Model(spec.window)
        fit = partial(model.fit, drawn, network.inside(drawn))
        compiled = in_turn({COMPILED: Way.plain(partial(regions.compile, spec))}, few)
        # Once: it takes a thousand times as long, and there is nothing to warm up.
        turns = Turns({**compiled.times, FITTED: (Way.plain(fit).seconds(),)})
        grid = Grid.fitting(spec.window, SIDE)
        x, y = np.meshgrid(grid.xs, grid.ys)
        centres = np.stack([x.ravel(), y.ravel()], axis=1)
        said = model.predict(centres)
        yield LearnedRow(name, network.size, iou(said, network.inside(centres)), turns)


class Model:
    """scikit-learn's multi-layer perceptron, on coordinates between -1 and 1."""

    def __init__(self, window: tuple[float, float, float, float]) -> None:
        from sklearn.neural_network import MLPClassifier

        low, high = np.array(window[:2]), np.array(window[2:])
        self.middle, self.half = (low + high) / 2, (high - low) / 2
        self.classifier = MLPClassifier(HIDDEN, early_stopping=True, max_iter=500, random_state=0)

    def fit(self, points: Floats, labels: Bools) -> None:
        self.classifier.fit((points - self.middle) / self.half, labels)

    def predict(self, points: Floats) -> Bools:
        answers: Bools = self.classifier.predict((points - self.middle) / self.half)
        return answers


def iou(one: Bools, other: Bools) -> float:
    """1 where both are empty."""
    union = int((one | other).sum())
    return float((one & other).sum() / union) if union else 1.0
