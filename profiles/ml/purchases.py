"""Who buys again soon: a calibrated model of the days after a moment, taught by earlier moments."""

import io
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from profiles.ml.buyer_features import buyer_features, design
from profiles.ml.logistic import LogisticModel, fit_logistic, level_shift, npz_of
from profiles.ml.orders import Floats, Orders, orders_after
from profiles.ml.trees import Trees

# Training moments: this many days apart, the first after this much history; older ones weigh less.
STEP, LEAST_HISTORY, WEIGHT_HALF_LIFE, SHIFT_HALF_LIFE = 7, 30, 60.0, 30.0
MOST_WINDOWS = 26
RIDGE, TREE_ROUNDS = 30.0, 300
TREES = {
    "objective": "binary",
    "extra_trees": True,
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 20.0,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
LEAST_BUYERS, LEAST_OUTCOMES = 100, 25


@dataclass(frozen=True)
class Windows:
    """Training moments, the latest first: features, orders that followed, and how much each row weighs."""

    matrices: list[Floats]
    counts: list[Floats]
    ages: list[float]

    @property
    def weights(self) -> Floats:
        parts = [
            np.full(len(c), 0.5 ** (age / WEIGHT_HALF_LIFE))
            for c, age in zip(self.counts, self.ages, strict=True)
        ]
        return np.concatenate(parts)


def training_windows(orders: Orders, cut: float, days: int) -> Windows:
    """Moments before `cut` whose outcome was known at `cut`."""
    moments = np.arange(cut - days, orders.first_day + LEAST_HISTORY, -STEP)[:MOST_WINDOWS]
    matrices, counts = [], []
    for moment in moments:
        features = buyer_features(orders, float(moment))
        matrices.append(design(features))
        counts.append(orders_after(orders, features.index, float(moment), days))
    return Windows(matrices, counts, [float(cut - days - moment) for moment in moments])


@dataclass(frozen=True)
class TooLittle:
    """What is needed to say anything, and what there is."""

    have: int
    need: int


@dataclass(frozen=True)
class PurchaseModel:
    """Halfway, in logits, between a regression, which tells intervals and reasons, and boosted trees."""

    regression: LogisticModel
    trees: Trees
    shift: float = 0.0

    def logits(self, matrix: Floats) -> Floats:
        return (self.regression.logits(matrix) + self.trees.raw_scores(matrix)) / 2 + self.shift

    def probabilities(self, matrix: Floats) -> Floats:
        """Shape (rows,)."""
        found: Floats = expit(self.logits(matrix))
        return found

    def intervals(self, matrix: Floats) -> Floats:
        """Low and high of 95 percent, as wide in logits as the regression's; shape (rows, 2)."""
        around = logit(self.regression.intervals(matrix)) - self.regression.logits(matrix)[:, None]
        found: Floats = expit(self.logits(matrix)[:, None] + around)
        return found

    def contributions(self, matrix: Floats) -> Floats:
        """The regression's; shape (rows, columns)."""
        return self.regression.contributions(matrix)

    def level_shift(self, matrix: Floats, outcomes: npt.NDArray[np.bool_]) -> float:
        return level_shift(self.logits(matrix), outcomes)

    def to_bytes(self) -> bytes:
        """An npz file."""
        return npz_of(**vars(self.regression), **self.trees.arrays(), shift=self.shift)

    @classmethod
    def from_bytes(cls, content: bytes) -> "PurchaseModel":
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            return cls(LogisticModel.of_arrays(kept), Trees.of_arrays(kept), float(kept["shift"]))


def fit_purchases(orders: Orders, cut: float, *, days: int) -> PurchaseModel | TooLittle:
    """A model of buying within `days`, of what was known before `cut` alone.

    Its level follows the latest windows: shops have good and bad months that no feature tells.
    """
    if orders.sales.empty:
        return TooLittle(have=0, need=LEAST_BUYERS)
    windows = training_windows(orders.before(cut), cut, days)
    if not windows.counts or len(windows.counts[0]) < LEAST_BUYERS:
        return TooLittle(have=len(windows.counts[0]) if windows.counts else 0, need=LEAST_BUYERS)
    outcomes = np.concatenate([counts > 0 for counts in windows.counts])
    if outcomes.sum() < LEAST_OUTCOMES:
        return TooLittle(have=int(outcomes.sum()), need=LEAST_OUTCOMES)
    matrix = np.concatenate(windows.matrices)
    regression = fit_logistic(matrix, outcomes, weights=windows.weights, ridge=RIDGE)
    model = PurchaseModel(regression, fit_trees(matrix, outcomes, windows.weights))
    pairs = zip(windows.matrices, windows.counts, strict=True)
    shifts = [model.level_shift(rows, counts > 0) for rows, counts in pairs]
    weights = 0.5 ** (np.array(windows.ages) / SHIFT_HALF_LIFE)
    return replace(model, shift=float(weights @ shifts / weights.sum()))


def fit_trees(matrix: Floats, outcomes: npt.NDArray[np.bool_], weights: Floats) -> Trees:
    import lightgbm  # brings scikit-learn: a second that only those who learn wait for

    data = lightgbm.Dataset(matrix, outcomes.astype(float), weight=weights)
    return Trees.of_booster(lightgbm.train(TREES, data, TREE_ROUNDS))
