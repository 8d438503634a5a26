"""A label that somebody defined by examples: logistic regression, cross-validated by scikit-learn."""

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from profiles.ml.logistic import Floats, LogisticModel, fit_logistic

# Few examples and hundreds of columns: held tightly to the average.
RIDGE = 30.0


class ExampleModel(ClassifierMixin, BaseEstimator):
    """The names are scikit-learn's."""

    model: LogisticModel

    def fit(self, X: Floats, y: npt.NDArray[np.bool_]) -> "ExampleModel":  # noqa: N803
        self.classes_ = np.array([False, True])
        self.model = learnt(X, y)
        return self

    def predict(self, X: Floats) -> npt.NDArray[np.bool_]:  # noqa: N803
        found: npt.NDArray[np.bool_] = self.model.probabilities(X) >= 0.5
        return found

    def predict_proba(self, X: Floats) -> Floats:  # noqa: N803
        likely = self.model.probabilities(X)
        return np.column_stack([1 - likely, likely])


def learnt(matrix: Floats, outcomes: npt.NDArray[np.bool_]) -> LogisticModel:
    return fit_logistic(matrix, outcomes, ridge=RIDGE)


def judged_auc(matrix: Floats, outcomes: npt.NDArray[np.bool_], *, folds: int) -> float:
    """Area under the ROC curve, each row told by a model that did not see it."""
    told = cross_val_predict(ExampleModel(), matrix, outcomes, cv=folds, method="predict_proba")
    return float(roc_auc_score(outcomes, told[:, 1]))
