"""Whether a question is about any of the intents that are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from support.ml.calibration import best_and_lead

Floats = npt.NDArray[np.float32]
# Of the questions that are in scope, this share stays; the more, the fewer unknown ones are noticed.
KEPT = 0.91
FEWEST = 30  # examples of either side that a model is fitted on
NEAREST = 3


@dataclass(frozen=True)
class ScopeModel:
    """A logistic model on `scope_features`; at `threshold` the share `KEPT` of what is known is kept."""

    coefficients: tuple[float, ...]
    intercept: float
    threshold: float

    def probabilities(self, features: Floats) -> Floats:
        found: Floats = expit(features @ np.array(self.coefficients) + self.intercept).astype(np.float32)
        return found

    def as_dict(self) -> dict[str, Any]:
        return vars(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "ScopeModel":
        return cls(tuple(kept["coefficients"]), kept["intercept"], kept["threshold"])


# Where examples are too few to learn from: half the chance where the best intent's score is 0.35, alone.
UNTAUGHT = ScopeModel((10.0, 0.0, 0.0, 0.0), -3.5, 0.5)


def scope_features(scores: Floats, nearest: Floats) -> Floats:
    """The best score, its lead, the likeness of the nearest example and of the nearest few."""
    return np.column_stack([best_and_lead(scores), nearest])


def nearest_likeness(cosines: Floats) -> Floats:
    """Of each row the largest cosine and the mean of the largest few; shape (rows, 2)."""
    count = min(NEAREST, cosines.shape[1])
    largest = np.partition(cosines, -count, axis=1)[:, -count:]
    return np.column_stack([largest.max(axis=1), largest.mean(axis=1)])


def fit_scope(known: Floats, unknown: Floats) -> ScopeModel:
    """Both sides weigh the same, however many there are."""
    from sklearn.linear_model import LogisticRegression  # only training needs it, and it loads slowly

    if min(len(known), len(unknown)) < FEWEST:
        return UNTAUGHT
    rows = np.vstack([known, unknown])
    is_known = np.arange(len(rows)) < len(known)
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    fitted = LogisticRegression(class_weight="balanced").fit((rows - mean) / scale, is_known)
    coefficients = fitted.coef_[0] / scale
    model = ScopeModel(
        tuple(map(float, coefficients)), float(fitted.intercept_[0] - coefficients @ mean), 0.0
    )
    threshold = float(np.quantile(model.probabilities(known), 1 - KEPT))
    return ScopeModel(model.coefficients, model.intercept, threshold)
