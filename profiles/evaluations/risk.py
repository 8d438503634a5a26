"""`manage.py evaluate risk`: which of the later orders are fraud, by a model of the earlier ones."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from profiles.evaluations.intervals import Measure, resampled
from profiles.ml.past import Floats
from profiles.ml.risk_features import risk_features
from profiles.ml.risk_model import fit_risk

A_DAY = 100
RESAMPLES = 100


@evaluation("risk")
def risk(folder: Path, options: dict[str, str]) -> Evaluation:
    """AUC, average precision and precision among the 100 riskiest orders of each day.

    What was reported of the test period counts from seven days after an order on, as it would in service;
    under `frozen/` nothing of it ever does.
    """
    train, test = (read_orders(folder / f"{part}.csv.gz") for part in ("train", "test"))
    both = pd.concat([train, test], ignore_index=True)
    is_test = np.arange(len(both)) >= len(train)
    fraud = both["fraud"].to_numpy(np.float64)
    features = risk_features(both)
    model = fit_risk(features[~is_test], fraud[~is_test])
    frozen = risk_features(both.assign(fraud=both["fraud"].where(~is_test)))[is_test]
    outcome, days = fraud[is_test], np.floor(test["day"].to_numpy(np.float64))
    served = {"": model.probabilities(features[is_test]), "frozen/": model.probabilities(frozen)}
    rivals = baselines(raw_columns(train), train["fraud"].to_numpy(np.float64), raw_columns(test))
    return Evaluation(
        dataset=folder.name,
        n=len(test),
        metrics={
            part + name: interval_of(measure, outcome, scores, days)
            for part, scores in served.items()
            for name, measure in MEASURES.items()
        },
        baselines={
            rival: {name: measure(outcome, scores, days) for name, measure in MEASURES.items()}
            for rival, scores in rivals.items()
        },
    )


def read_orders(path: Path) -> pd.DataFrame:
    """order_id, customer_id, ordered_at, amount, ship_to, fraud, in any order of time."""
    rows = pd.read_csv(path, dtype={"order_id": str, "customer_id": str, "ship_to": str})
    times = pd.to_datetime(rows["ordered_at"], utc=True, format="ISO8601")
    return pd.DataFrame(
        {
            "customer": rows["customer_id"].fillna(""),
            "place": rows["ship_to"].fillna(""),
            "day": (times - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1),
            "amount": rows["amount"].astype(float),
            "fraud": rows["fraud"].astype(float),
        }
    )


def raw_columns(orders: pd.DataFrame) -> Floats:
    """What a row itself says: amount, hour, weekday, and the numbers of customer and place as they stand."""
    days = orders["day"].to_numpy(np.float64)
    keys = [pd.util.hash_array(orders[name].to_numpy(object)) % 100_003 for name in ("customer", "place")]
    return np.column_stack([orders["amount"], (days % 1) * 24, np.floor(days) % 7, *keys]).astype(np.float64)


def baselines(train: Floats, fraud: Floats, test: Floats) -> dict[str, Floats]:
    regression = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    forest = RandomForestClassifier(200, min_samples_leaf=5, n_jobs=2, random_state=1)
    return {
        "logistic regression on raw columns": regression.fit(train, fraud).predict_proba(test)[:, 1],
        "random forest on raw columns": forest.fit(train, fraud).predict_proba(test)[:, 1],
    }


def auc(fraud: Floats, scores: Floats, days: Floats) -> float:
    return float(roc_auc_score(fraud, scores))


def average_precision(fraud: Floats, scores: Floats, days: Floats) -> float:
    return float(average_precision_score(fraud, scores))


def precision_of_days(fraud: Floats, scores: Floats, days: Floats) -> float:
    """Mean over days of the share of fraud among the 100 riskiest orders of the day."""
    ranked = pd.DataFrame({"day": days, "score": scores, "fraud": fraud}).sort_values(
        "score", ascending=False
    )
    return float(ranked.groupby("day").head(A_DAY).groupby("day")["fraud"].mean().mean())


MEASURES: dict[str, Callable[[Floats, Floats, Floats], float]] = {
    "auc": auc,
    "average_precision": average_precision,
    "precision@100_a_day": precision_of_days,
}


def interval_of(
    measure: Callable[[Floats, Floats, Floats], float], fraud: Floats, scores: Floats, days: Floats
) -> Metric:
    on_sample: Measure = lambda at: measure(fraud[at], scores[at], days[at])  # noqa: E731
    return resampled(on_sample, len(fraud), rounds=RESAMPLES)
