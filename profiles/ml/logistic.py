"""Logistic regression on standardised columns, with an interval for each probability."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize
from scipy.special import expit

Floats = npt.NDArray[np.float64]
RIDGE = 10.0
Z_95 = 1.959964


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


def level_shift(logits: Floats, outcomes: npt.NDArray[np.bool_]) -> float:
    """What has to be added to the logits for their mean probability to be the share of outcomes."""
    share = float(np.clip(outcomes.mean(), 1e-4, 1 - 1e-4))
    return float(brentq(lambda shift: expit(logits + shift).mean() - share, -20, 20))


def fit_logistic(
    matrix: Floats, outcomes: npt.NDArray[np.bool_], *, weights: Floats | None = None, ridge: float = RIDGE
) -> LogisticModel:
    """Maximum a posteriori under a normal prior on all but the intercept."""
    weights = np.ones(len(matrix)) if weights is None else weights
    mean, scale = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), 1e-9)
    rows = np.column_stack([np.ones(len(matrix)), (matrix - mean) / scale])
    penalty = np.r_[1e-6, np.full(matrix.shape[1], ridge)]
    signs = outcomes.astype(float)

    def loss(coefficients: Floats) -> tuple[float, Floats]:
        logits = rows @ coefficients
        value = -(weights * (signs * logits - np.logaddexp(0, logits))).sum()
        gradient = rows.T @ (weights * (expit(logits) - signs)) + penalty * coefficients
        return value + (penalty * coefficients**2).sum() / 2, gradient

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    shares = expit(rows @ found)
    hessian = (rows * (weights * shares * (1 - shares))[:, None]).T @ rows + np.diag(penalty)
    return LogisticModel(mean, scale, found, np.linalg.inv(hessian))
