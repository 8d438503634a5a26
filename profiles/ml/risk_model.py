"""How likely an order is fraud, learnt from earlier ones; and how unusual it is, where nobody told yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from profiles.ml.past import Floats

if TYPE_CHECKING:
    from lightgbm import Booster  # brings scikit-learn: seconds that only a whole assessment waits for

ROUNDS, SEEDS = 250, (1, 2, 3)
LEAST_FRAUDS = 20
MANY_ROWS = 50_000
COMPARED = 5_000
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.03,
    "num_leaves": 16,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "deterministic": True,
    "verbose": -1,
}


@dataclass(frozen=True)
class RiskModel:
    """Boosted trees, averaged over a few seeds: single ones differ where frauds are few."""

    columns: tuple[str, ...]
    boosters: tuple["Booster", ...]

    def probabilities(self, features: pd.DataFrame) -> Floats:
        matrix = features[list(self.columns)].to_numpy(np.float64)
        found: Floats = np.mean([booster.predict(matrix) for booster in self.boosters], axis=0)
        return found


def fit_risk(features: pd.DataFrame, fraud: Floats) -> RiskModel:
    """Of orders whose outcome is known: `fraud` 0 or 1, shape (rows,)."""
    import lightgbm

    data = lightgbm.Dataset(features.to_numpy(np.float64), fraud, params={"verbose": -1})
    # Threads that wait for each other at every split cost more than they bring where rows are few.
    parameters = PARAMETERS | {"num_threads": 1 if len(features) < MANY_ROWS else 2}
    boosters = tuple(lightgbm.train(parameters | {"seed": seed}, data, ROUNDS) for seed in SEEDS)
    return RiskModel(tuple(features.columns), boosters)


def unusualness(known: pd.DataFrame, asked: pd.DataFrame) -> Floats:
    """For each row of `asked`, the share of known ones that are less isolated, 0 to 1 (isolation forest;
    Liu, Ting & Zhou, ICDM 2008).

    Needs no labels: reputation is left out. Of many known rows a sample stands for all.
    """
    from sklearn.ensemble import IsolationForest

    told = [name for name in known.columns if "fraud" not in name]
    sample = known[told].sample(min(COMPARED, len(known)), random_state=1)
    usual, unknown = (rows[told].fillna(-1.0).to_numpy(np.float32) for rows in (sample, asked))
    forest = IsolationForest(n_estimators=100, max_samples=min(512, len(usual)), random_state=1)
    isolation = np.sort(-forest.fit(usual).score_samples(usual))
    found: Floats = np.searchsorted(isolation, -forest.score_samples(unknown)) / len(isolation)
    return found
