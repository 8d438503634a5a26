"""Logistic regression on standardised columns, with an interval for each probability."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Floats = npt.NDArray[np.float64]
RIDGE = 10.0
Z_95 = 1.959964
MOST_ROUNDS, LONGEST_STEP, SHORTEST_STEP = 50, 2.0, 1e-6


@dataclass(frozen=True)
class LogisticModel:
    """`coefficients`: the intercept, then one for each standardised column; `covariance` is Laplace's."""

    mean: Floats
    scale: Floats
    coefficients: Floats
    covariance: Floats

    def logits(self, matrix: Floats) -> Floats:
        logits: Floats = self.standard(matrix) @ self.coefficients
        return logits

    def standard(self, matrix: Floats) -> Floats:
        return np.column_stack([np.ones(len(matrix)), (matrix - self.mean) / self.scale])

    def probabilities(self, matrix: Floats) -> Floats:
        """Shape (rows,)."""
        found: Floats = expit(self.logits(matrix))
        return found

    def intervals(self, matrix: Floats) -> Floats:
        """Low and high of 95 percent for each row's probability; shape (rows, 2)."""
        rows = self.standard(matrix)
        spread = Z_95 * np.sqrt(np.einsum("ij,jk,ik->i", rows, self.covariance, rows))
        logits = rows @ self.coefficients
        found: Floats = expit(np.column_stack([logits - spread, logits + spread]))
        return found

    def contributions(self, matrix: Floats) -> Floats:
        """What each column adds to the logit, against the average row; shape (rows, columns)."""
        found: Floats = (self.standard(matrix) * self.coefficients)[:, 1:]
        return found

    def to_bytes(self) -> bytes:
        """An npz file."""
        return npz_of(**vars(self))

    @classmethod
    def from_bytes(cls, content: bytes) -> "LogisticModel":
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            return cls.of_arrays(kept)

    @classmethod
    def of_arrays(cls, kept: Mapping[str, Any]) -> "LogisticModel":
        return cls(kept["mean"], kept["scale"], kept["coefficients"], kept["covariance"])


def npz_of(**arrays: Any) -> bytes:
    kept = io.BytesIO()
    np.savez_compressed(kept, **arrays)
    return kept.getvalue()


def level_shift(logits: Floats, outcomes: npt.NDArray[np.bool_]) -> float:
    """What has to be added to the logits for their mean probability to be the share of outcomes."""
    from scipy.optimize import brentq

    share = float(np.clip(outcomes.mean(), 1e-4, 1 - 1e-4))
    return float(brentq(lambda shift: expit(logits + shift).mean() - share, -20, 20))


def fit_logistic(
    matrix: Floats, outcomes: npt.NDArray[np.bool_], *, weights: Floats | None = None, ridge: float = RIDGE
) -> LogisticModel:
    """Maximum a posteriori under a normal prior on all but the intercept, by Newton's method."""
    weights = np.ones(len(matrix)) if weights is None else weights
    mean, scale = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), 1e-9)
    rows = np.column_stack([np.ones(len(matrix)), (matrix - mean) / scale])
    penalty = np.r_[1e-6, np.full(matrix.shape[1], ridge)]
    signs = outcomes.astype(float)

    found = np.zeros(rows.shape[1])
    for _round in range(MOST_ROUNDS):
        gradient, hessian = slopes(rows, signs, weights, penalty, found)
        step = np.linalg.solve(hessian, gradient)
        # Far from the optimum a full step may overshoot.
        found -= step * min(1.0, LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < SHORTEST_STEP:
            break
    covariance: Floats = np.linalg.inv(slopes(rows, signs, weights, penalty, found)[1]).astype(np.float64)
    return LogisticModel(mean, scale, found, covariance)


def slopes(
    rows: Floats, signs: Floats, weights: Floats, penalty: Floats, coefficients: Floats
) -> tuple[Floats, Floats]:
    """Gradient and Hessian of the negative logarithm of the posterior."""
    shares = expit(rows @ coefficients)
    gradient: Floats = rows.T @ (weights * (shares - signs)) + penalty * coefficients
    hessian: Floats = (rows * (weights * shares * (1 - shares))[:, None]).T @ rows + np.diag(penalty)
    return gradient, hessian
