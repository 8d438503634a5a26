"""What another policy would have earned, from logs of this one.

Sources: self-normalised importance weighting after Swaminathan and Joachims, "The self-normalized estimator
for counterfactual learning" (2015); doubly robust after Dudík, Langford and Li (2011); the effective sample
size after Kish. Rewards are per shown product, weights are target chance / logged chance.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SAMPLES = 1000


@dataclass(frozen=True)
class LoggedRewards:
    """One row per shown product.

    `weights`: the target's chance of it over the logged one. `expected`: what a model expected of the shown
    product. `expected_of_target`: the same, averaged over what the target would show there.
    """

    rewards: Floats
    weights: Floats
    expected: Floats
    expected_of_target: Floats

    def __len__(self) -> int:
        return len(self.rewards)


@dataclass(frozen=True)
class Estimate:
    value: float
    low: float
    high: float


def ipw(rewards: Floats, weights: Floats) -> float:
    """Unbiased, and as noisy as its largest weight."""
    return float(np.mean(rewards * weights))


def snipw(rewards: Floats, weights: Floats) -> float:
    """Weights that add up to one: a little bias for much less noise; 0 where no row supports the target."""
    total = weights.sum()
    return float((rewards * weights).sum() / total) if total > 0 else 0.0


def doubly_robust(logged: LoggedRewards) -> float:
    """The model's value of the target, corrected by the errors that the log shows (self-normalised)."""
    correction = snipw(logged.rewards - logged.expected, logged.weights)
    return float(logged.expected_of_target.mean()) + correction


def effective_sample_size(weights: Floats) -> float:
    """How many rows of equal weight would be as sure as these: (sum w)^2 / sum w^2."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def estimates(logged: LoggedRewards, *, seed: int = 0) -> dict[str, Estimate]:
    """IPW, SNIPW and DR with 95 % bootstrap intervals over rows."""
    methods: dict[str, Callable[[LoggedRewards], float]] = {
        "ipw": lambda rows: ipw(rows.rewards, rows.weights),
        "snipw": lambda rows: snipw(rows.rewards, rows.weights),
        "dr": doubly_robust,
    }
    draws = np.random.default_rng(seed).integers(len(logged), size=(SAMPLES, len(logged)))
    drawn = [sample(logged, rows) for rows in draws]
    return {
        name: interval(method(logged), [method(rows) for rows in drawn]) for name, method in methods.items()
    }


def sample(logged: LoggedRewards, rows: npt.NDArray[np.int64]) -> LoggedRewards:
    return LoggedRewards(
        logged.rewards[rows], logged.weights[rows], logged.expected[rows], logged.expected_of_target[rows]
    )


def interval(value: float, drawn: list[float]) -> Estimate:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
