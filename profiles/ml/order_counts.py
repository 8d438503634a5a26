"""How many orders come in the days after a moment: the number that errs least on average, the median."""

from dataclasses import dataclass

import lightgbm
import numpy as np

from profiles.ml.orders import Floats, Orders
from profiles.ml.purchases import training_windows

ROUNDS = 150
PARAMETERS = {
    "objective": "l1",
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_data_in_leaf": 60,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True)
class OrderCounts:
    booster: lightgbm.Booster

    def predict(self, matrix: Floats) -> Floats:
        """Never negative, not rounded; shape (rows,)."""
        found: Floats = np.maximum(self.booster.predict(matrix), 0.0)
        return found


def fit_order_counts(orders: Orders, cut: float, *, days: int) -> OrderCounts:
    """Of what was known before `cut` alone."""
    windows = training_windows(orders.before(cut), cut, days)
    data = lightgbm.Dataset(
        np.concatenate(windows.matrices), np.concatenate(windows.counts), weight=windows.weights
    )
    return OrderCounts(lightgbm.train(PARAMETERS, data, num_boost_round=ROUNDS))
