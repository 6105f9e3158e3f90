"""A compiled network as a classifier of scikit-learn; needs `pip install region-designer[sklearn]`.

So a network stands beside trained models: in a `Pipeline`'s last step, in `cross_val_score`, in
`DecisionBoundaryDisplay`. It learns nothing from data; `fit` only looks at them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d, validate_data

from regions.compiler import AUTO
from regions.compiler import compile as compile_network
from regions.network.model import Bools, Floats, Network
from regions.shape.source import Source

Labels: TypeAlias = NDArray[Any]

OUTSIDE = "outside"
"""Class of the points that lie in none of several regions."""


class RegionClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Classifies points of the plane by the region that contains them.

    Args:
        region: A Network, or whatever `regions.compile` takes: that is compiled by `fit`.
        labels: Class of the points outside, then of each region, in the order of the network's
            outputs; no two alike. By default 0 and 1 for one region; for several `"outside"` and
            the regions' names.
        strategy: With which a shape is compiled.

    Attributes:
        network_: The network that answers.
        classes_: `(k,)` the labels, sorted, whether or not the data had them all.
        n_features_in_: 2: x and y.
    """

    def __init__(
        self,
        region: Network | Source,
        *,
        labels: Sequence[Any] | None = None,
        strategy: str = AUTO,
    ) -> None:
        self.region = region
        self.labels = labels
        self.strategy = strategy

    def fit(self, X: ArrayLike, y: ArrayLike) -> RegionClassifier:
        """Compile the shape, if it is one, and check that the data fit the network.

        Args:
            X: `(n, 2)` points.
            y: `(n,)` labels. The network does not learn from them.

        Raises:
            ValueError: X is not `(n, 2)` or not finite, y has a label that is none of the
                network's, or `labels` does not name the outside and each region once.
            SpecError: The shape is refused.
        """
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self._require_plane()
        chosen = self.region
        self.network_ = (
            chosen if isinstance(chosen, Network) else compile_network(chosen, self.strategy)
        )
        self._labels = _labels_of(self.network_, self.labels)
        self.classes_ = np.unique(self._labels)
        _require_known(column_or_1d(y), self.classes_)
        return self

    def predict(self, X: ArrayLike) -> Labels:
        """The label of each point, `(n, 2)`: of the first region that contains it, or outside.

        Raises:
            NotFittedError: `fit` was not called.
            ValueError: X is not `(n, 2)`, or not finite.
        """
        check_is_fitted(self)
        points = validate_data(self, X, reset=False, dtype=np.float64)
        predicted: Labels = self._labels[self.network_.label(points) + 1]
        return predicted

    def decision_function(self, X: ArrayLike) -> Floats:
        """`predict` in numbers: +1 for the predicted class, -1 for every other.

        There is nothing in between: a threshold network says inside or outside, and not how far. A
        sum before the last threshold counts conditions that hold; it is no distance.

        Returns:
            `(n,)` for two classes, +1 where it is `classes_[1]`; `(n, k)` for more.

        Raises:
            NotFittedError: `fit` was not called.
            ValueError: X is not `(n, 2)`, or not finite.
        """
        chosen: Bools = self.predict(X)[:, np.newaxis] == self.classes_
        signs = np.where(chosen, 1.0, -1.0)
        return signs[:, 1] if len(self.classes_) == 2 else signs

    def _require_plane(self) -> None:
        if self.n_features_in_ != 2:
            raise ValueError(
                f"X has {self.n_features_in_} features, but regions lie in the plane; "
                "give 2 features, x and y"
            )


def _labels_of(network: Network, labels: Sequence[Any] | None) -> Labels:
    """`(regions + 1,)` labels: of the outside, then of each region."""
    names = [output.name for output in network.outputs]
    if labels is None:
        labels = (0, 1) if len(names) == 1 else (OUTSIDE, *names)
    array = np.asarray(labels)
    if array.shape != (len(names) + 1,) or len(np.unique(array)) != len(array):
        wanted = ", ".join([OUTSIDE, *names])
        raise ValueError(f"labels must be {len(names) + 1} different values, for {wanted}")
    return array


def _require_known(y: Labels, classes: Labels) -> None:
    unknown = sorted(set(y.tolist()) - set(classes.tolist()), key=str)
    if unknown:
        known = ", ".join(map(repr, classes.tolist()))
        found = ", ".join(map(repr, unknown[:5]))
        raise ValueError(
            f"y has labels that the network does not give: {found}; it gives {known}: "
            "name others by labels=(outside, first region, ...)"
        )
