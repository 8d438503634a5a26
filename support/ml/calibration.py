"""How sure a choice among intents is, learned from choices about examples that the model had not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_softmax, softmax

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
FEWEST = 20  # right and wrong choices each, below which the softmax alone speaks


@dataclass(frozen=True)
class Calibration:
    """Softmax at a temperature; the chance of the first from its score and its lead (Platt) where learned."""

    temperature: float
    first: tuple[float, float, float] | None

    def probabilities(self, scores: Floats) -> Floats:
        """Rows add up to one; shape of `scores`."""
        found = softmax(scores * self.temperature, axis=1)
        if self.first is None or scores.shape[1] < 2:
            return np.asarray(found, np.float32)
        rows, best = np.arange(len(scores)), scores.argmax(axis=1)
        others = found.copy()
        others[rows, best] = 0
        score, lead, level = self.first
        chance = expit(best_and_lead(scores) @ np.array([score, lead]) + level)
        # The first stays first: what is taken from it goes to the others in their proportions.
        chance = np.maximum(chance, 1 / (1 + others.sum(axis=1) / np.maximum(others.max(axis=1), 1e-12)))
        found = others / np.maximum(others.sum(axis=1, keepdims=True), 1e-12) * (1 - chance)[:, None]
        found[rows, best] = chance
        return np.asarray(found, np.float32)

    def as_dict(self) -> dict[str, Any]:
        return vars(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Calibration":
        return cls(kept["temperature"], tuple(kept["first"]) if kept["first"] else None)


def best_and_lead(scores: Floats) -> Floats:
    """The best score of each row and how far the second is behind; shape (rows, 2)."""
    if scores.shape[1] < 2:
        return np.column_stack([scores[:, 0], scores[:, 0]])
    top = -np.sort(np.partition(-scores, 1, axis=1)[:, :2], axis=1)
    return np.column_stack([top[:, 0], top[:, 0] - top[:, 1]])


def fit_calibration(scores: Floats, labels: Ints) -> Calibration:
    """`scores`: of examples by a model that did not see them."""
    from sklearn.linear_model import LogisticRegression  # only training needs it, and it loads slowly

    is_right = scores.argmax(axis=1) == labels
    temperature = fit_temperature(scores, labels)
    if min(is_right.sum(), (~is_right).sum()) < FEWEST:
        return Calibration(temperature, None)
    fitted = LogisticRegression(C=100.0).fit(best_and_lead(scores), is_right)
    score, lead = map(float, fitted.coef_[0])
    return Calibration(temperature, (score, lead, float(fitted.intercept_[0])))


def fit_temperature(scores: Floats, labels: Ints) -> float:
    """What makes the softmax of the scores least surprised by the labels."""
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(labels))

    def surprise(log_temperature: float) -> float:
        return -float(log_softmax(scores * np.exp(log_temperature), axis=1)[rows, labels].mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(0, 5), method="bounded").x))
