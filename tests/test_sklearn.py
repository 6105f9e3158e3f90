"""The classifier for scikit-learn: the network's own answers, and the library's conventions."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely

import regions
from regions.errors import SpecError
from regions.network.model import Network, Output
from tests.conftest import SHAPES

pytest.importorskip("sklearn")

from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.inspection import DecisionBoundaryDisplay
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import check_estimator

from regions.sklearn import RegionClassifier

HOUSE = SHAPES / "war_zone_a.yaml"


@cache
def house() -> Network:
    return regions.compile(HOUSE, "parts")


@cache
def parts() -> Network:
    """Two regions that overlap: the roof, and the whole house."""
    names = list(house().names)
    roof = Output("roof", names.index("war zone a.roof"))
    return dataclasses.replace(house(), outputs=(roof, Output("house", house().outputs[0].unit)))


def points(count: int = 10_000) -> np.ndarray:
    """Random ones, and the corners of the house, which belong to it."""
    free = np.random.default_rng(5).uniform((-1, -1), (7, 9), (count, 2))
    return np.concatenate([free, [[0, 4], [6, 4], [3, 8], [1, 0], [5, 0]]])


def answers(net: Network) -> np.ndarray:
    return net.inside(points()).astype(int)


@pytest.mark.parametrize("source", ["network", "path", "spec", "shape"])
def test_it_says_what_the_network_says(source: str) -> None:
    made: dict[str, Any] = {
        "network": house(),
        "path": HOUSE,
        "spec": regions.load(HOUSE),
        "shape": regions.load(HOUSE).shape,
    }
    model = RegionClassifier(made[source]).fit(points(), answers(house()))
    assert (model.predict(points()) == house().inside(points())).all()
    assert model.score(points(), answers(house())) == 1.0
    assert (model.classes_.tolist(), model.n_features_in_) == ([0, 1], 2)


def test_the_strategy_is_the_compilers() -> None:
    model = RegionClassifier(HOUSE, strategy="parts").fit(points(), answers(house()))
    assert model.network_.size == house().size
    assert RegionClassifier(HOUSE).fit(points(), answers(house())).network_.size < house().size


def test_nothing_is_learned() -> None:
    """Labels that are all wrong change no answer, and the score says so."""
    wrong = 1 - answers(house())
    model = RegionClassifier(house()).fit(points(), wrong)
    assert (model.predict(points()) == answers(house())).all()
    assert model.score(points(), wrong) == 0.0


def test_several_regions_are_classes() -> None:
    """The first region that holds a point counts, as for `label`."""
    names = np.array(["outside", "roof", "house"])
    y = names[parts().label(points()) + 1]
    model = RegionClassifier(parts()).fit(points(), y)
    assert model.classes_.tolist() == ["house", "outside", "roof"]
    assert (model.predict(points()) == y).all()
    assert np.count_nonzero(confusion_matrix(y, model.predict(points()))) == 3


@pytest.mark.parametrize("labels", [(False, True), (-1, 1), ("out", "in"), ("a", "b")])
def test_labels_of_ones_own(labels: tuple[Any, Any]) -> None:
    y = np.array(labels)[answers(house())]
    model = RegionClassifier(house(), labels=labels).fit(points(), y)
    assert (model.predict(points()) == y).all()
    assert model.classes_.tolist() == sorted(labels)


@pytest.mark.parametrize("labels", [None, ("b", "a")])
def test_decisions_of_one_region(labels: tuple[str, str] | None) -> None:
    """Plus and minus one, and the positive ones are of the second class, whichever that is."""
    y = np.array(labels or (0, 1))[answers(house())]
    model = RegionClassifier(house(), labels=labels).fit(points(), y)
    decided = model.decision_function(points())
    assert set(decided.tolist()) == {-1.0, 1.0}
    assert (model.classes_[(decided > 0).astype(int)] == y).all()


def test_decisions_of_several_regions() -> None:
    y = np.array(["outside", "roof", "house"])[parts().label(points()) + 1]
    model = RegionClassifier(parts()).fit(points(), y)
    decided = model.decision_function(points())
    assert decided.shape == (len(y), 3)
    assert ((decided == 1).sum(axis=1) == 1).all()
    assert (model.classes_[decided.argmax(axis=1)] == y).all()


@pytest.mark.parametrize("method", ["predict", "decision_function"])
def test_the_boundary_is_displayed(method: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    model = RegionClassifier(house()).fit(points(), answers(house()))
    display = DecisionBoundaryDisplay.from_estimator(
        model, points(), response_method=method, grid_resolution=50, ax=figure.subplots()
    )
    figure.canvas.draw()
    grid = np.stack([display.xx0.ravel(), display.xx1.ravel()], axis=1)
    inside = house().inside(grid).reshape(display.xx0.shape)
    assert 0 < inside.sum() < inside.size
    wanted = inside.astype(float) if method == "predict" else np.where(inside, 1.0, -1.0)
    assert (np.squeeze(display.response) == wanted).all()


@pytest.mark.parametrize("strategy", ["auto", "edges"])
def test_clones_and_pickles_answer_the_same(strategy: str) -> None:
    for source in (house(), HOUSE, shapely.box(0, 0, 3, 3)):
        model = RegionClassifier(source, strategy=strategy).fit(points(), answers(house()))
        copied = clone(model)
        with pytest.raises(NotFittedError):
            copied.predict(points())
        again = pickle.loads(pickle.dumps(model))
        for other in (copied.fit(points(), answers(house())), again):
            assert (other.predict(points()) == model.predict(points())).all()
            assert other.get_params()["strategy"] == strategy


def test_it_works_where_models_work() -> None:
    X, y = points(), answers(house())
    shifted = make_pipeline(FunctionTransformer(lambda X: X - 10), RegionClassifier(house()))
    assert shifted.fit(X + 10, y).score(X + 10, y) == pytest.approx(1.0, abs=1e-3)
    assert cross_val_score(RegionClassifier(HOUSE), X, y, cv=3).tolist() == [1.0, 1.0, 1.0]


def test_any_order_and_any_batch() -> None:
    X = points(500)
    model = RegionClassifier(house()).fit(points(), answers(house()))
    order = np.random.default_rng(1).permutation(len(X))
    assert (model.predict(X[order]) == model.predict(X)[order]).all()
    assert [model.predict(x[np.newaxis])[0] for x in X[:40]] == model.predict(X[:40]).tolist()


@pytest.mark.parametrize(
    ("arguments", "X", "y", "said"),
    [
        ({}, np.zeros((2, 3)), [0, 1], "X has 3 features, .*; give 2 features, x and y"),
        ({}, [[0, np.nan], [1, 1]], [0, 1], "NaN"),
        ({}, np.zeros((2, 2)), ["in", "out"], "'in', 'out'; it gives 0, 1: .*labels="),
        ({}, np.zeros((2, 2)), [0.5, 1.5], "continuous"),
        ({"labels": (0, 1, 2)}, np.zeros((2, 2)), [0, 1], "2 different values, for outside, war"),
        ({"labels": (1, 1)}, np.zeros((2, 2)), [0, 1], "2 different values"),
        ({"strategy": "best"}, np.zeros((2, 2)), [0, 1], "unknown strategy"),
    ],
)
def test_what_does_not_fit_is_refused(arguments: Any, X: Any, y: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        RegionClassifier(HOUSE, **arguments).fit(X, y)


def test_a_refused_shape_is_refused_by_fit() -> None:
    model = RegionClassifier(SHAPES / "no such file.yaml")
    with pytest.raises(SpecError):
        model.fit(points(), answers(house()))


def test_points_that_do_not_fit_are_refused() -> None:
    model = RegionClassifier(house()).fit(points(), answers(house()))
    for method in (model.predict, model.decision_function):
        with pytest.raises(ValueError, match="X has 3 features"):
            method(np.zeros((1, 3)))
        with pytest.raises(ValueError, match="infinity"):
            method([[np.inf, 0]])


LEARNING = {
    "check_classifiers_train": "asks that a classifier gets better on data of its own",
    "check_classifiers_one_label": "asks that it takes over the only label that it is shown",
}
"""Checks of scikit-learn that ask for learning."""

REASONS = ("but regions lie in the plane; give 2 features", "labels that the network does not give")
"""What else refuses a check: most come with data of three and more features, or with labels of
their own."""

PASSED = {
    *("check_complex_data", "check_decision_proba_consistency", "check_estimator_cloneable"),
    *("check_estimator_repr", "check_estimator_sparse_array", "check_estimators_unfitted"),
    *("check_fit1d", "check_fit_check_is_fitted", "check_fit_idempotent", "check_n_features_in"),
    *("check_get_params_invariance", "check_no_attributes_set_in_init", "check_set_params"),
    *("check_requires_y_none", "check_supervised_y_no_nan", "check_valid_tag_types"),
    *("check_classifiers_regression_target", "check_estimators_empty_data_messages"),
}


@pytest.mark.filterwarnings("ignore")
def test_the_librarys_own_checks() -> None:
    """Each passes, or it fails for a reason that is ours."""
    results = check_estimator(RegionClassifier(house()), on_fail=None, on_skip=None)
    unexplained = [
        result["check_name"]
        for result in results
        if result["status"] == "failed"
        and result["check_name"] not in LEARNING
        and not any(reason in text for text in told(result["exception"]) for reason in REASONS)
    ]
    assert unexplained == []
    assert {r["check_name"] for r in results if r["status"] == "passed"} >= PASSED


def told(error: BaseException | None) -> Iterator[str]:
    """An error's message, and those of the errors behind it."""
    while error is not None:
        yield str(error)
        error = error.__cause__ or error.__context__
