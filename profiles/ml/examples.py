"""A label that somebody defined by examples: logistic regression that scikit-learn can cross-validate."""

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin

from profiles.ml.logistic import Floats, LogisticModel, fit_logistic

__all__ = ["ExampleModel", "Floats"]
# Few examples and hundreds of columns: held tightly to the average.
RIDGE = 30.0


class ExampleModel(ClassifierMixin, BaseEstimator):
    """The names are scikit-learn's."""

    model: LogisticModel

    def fit(self, X: Floats, y: npt.NDArray[np.bool_]) -> "ExampleModel":  # noqa: N803
        self.classes_ = np.array([False, True])
        self.model = fit_logistic(X, y, ridge=RIDGE)
        return self

    def predict(self, X: Floats) -> npt.NDArray[np.bool_]:  # noqa: N803
        found: npt.NDArray[np.bool_] = self.model.probabilities(X) >= 0.5
        return found

    def predict_proba(self, X: Floats) -> Floats:  # noqa: N803
        likely = self.model.probabilities(X)
        return np.column_stack([1 - likely, likely])

    def with_interval(self, matrix: Floats) -> tuple[Floats, Floats, Floats]:
        """Probability, low and high of each row."""
        spread = self.model.intervals(matrix)
        return self.model.probabilities(matrix), spread[:, 0], spread[:, 1]
