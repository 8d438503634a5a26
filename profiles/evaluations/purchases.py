"""`manage.py evaluate profiles`: who buys in the days after a cut, by what was known before it."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression

from ecommerce_ai.measurement import Evaluation, evaluation
from profiles.evaluations.intervals import resampled
from profiles.ml.buyer_features import buyer_features, design
from profiles.ml.order_counts import fit_order_counts
from profiles.ml.orders import Floats, Orders, orders_after
from profiles.ml.purchases import TooLittle, fit_purchases

CUT, DAYS = "2011-08-01", 30
BINS = 10
RFM = ["recency", "orders", "spent"]


@evaluation("profiles")
def purchases(folder: Path, options: dict[str, str]) -> Evaluation:
    """AUC and calibration of buying within the days, and the error of predicted orders, beside baselines."""
    orders = read_orders(folder / "orders.csv.gz")
    days = int(options.get("days", DAYS))
    cut = day_of(options.get("cut", CUT))
    past = orders.before(cut)
    features = buyer_features(past, cut)
    counts = orders_after(orders, features.index, cut, days)
    bought = counts > 0
    model = fit_purchases(past, cut, days=days)
    if isinstance(model, TooLittle):
        raise ValueError(f"{model.have} buyers are too few: at least {model.need} are needed.")
    served = model.probabilities(design(features))
    expected = fit_order_counts(past, cut, days=days).predict(design(features))
    rivals = {
        "rfm logistic regression": rfm_regression(past, features, cut, days),
        "bought last month": last_month(features),
    }
    last_period = orders_after(past, features.index, cut - days, days)
    return Evaluation(
        dataset=folder.name,
        n=len(features),
        metrics={
            "auc": resampled(lambda at: auc(bought[at], served[at]), len(features)),
            "auc_gain_over_rfm": resampled(
                lambda at: (
                    auc(bought[at], served[at]) - auc(bought[at], rivals["rfm logistic regression"][at])
                ),
                len(features),
            ),
            "calibration_error": resampled(
                lambda at: calibration_error(bought[at], served[at]), len(features)
            ),
            "orders_mae": resampled(lambda at: float(np.abs(expected - counts)[at].mean()), len(features)),
        },
        baselines={
            **{
                name: {"auc": auc(bought, scores), "calibration_error": calibration_error(bought, scores)}
                for name, scores in rivals.items()
            },
            "same as last period": {"orders_mae": float(np.abs(last_period - counts).mean())},
            "nobody buys": {"orders_mae": float(counts.mean())},
        },
    )


def read_orders(path: Path) -> Orders:
    """Online Retail's columns; sales as the importer takes them, cancellations by their C, no guests."""
    lines = pd.read_csv(path, dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str})
    lines = lines[lines["CustomerID"].notna()]
    is_back = lines["InvoiceNo"].str.startswith("C")
    lines = lines[is_back | ((lines["Quantity"] > 0) & (lines["UnitPrice"] > 0))]
    lines = lines.assign(
        order=lines["InvoiceNo"],
        product=lines["StockCode"],
        quantity=lines["Quantity"],
        price=lines["UnitPrice"],
        customer=pd.factorize(lines["CustomerID"])[0],
        amount=lines["Quantity"] * lines["UnitPrice"],
    )
    heads = (
        lines.groupby("order")
        .agg(customer=("customer", "first"), at=("InvoiceDate", "first"), amount=("amount", "sum"))
        .reset_index()
    )
    return Orders.of(
        heads.assign(at=pd.to_datetime(heads["at"], utc=True)),
        lines[["order", "product", "quantity", "price"]],
    )


def day_of(date: str) -> float:
    return float(pd.Timestamp(date, tz="UTC").timestamp() / 86_400)


def rfm_regression(past: Orders, features: pd.DataFrame, cut: float, days: int) -> Floats:
    """Recency, frequency and spending in logarithms, trained on the last full period before the cut."""
    known = buyer_features(past, cut - days)
    outcomes = orders_after(past, known.index, cut - days, days) > 0
    model = LogisticRegression(max_iter=1000).fit(np.log1p(known[RFM]), outcomes)
    scores: Floats = model.predict_proba(np.log1p(features[RFM]))[:, 1]
    return scores


def last_month(features: pd.DataFrame) -> Floats:
    return (features["orders_30"] > 0).to_numpy().astype(np.float64)


def auc(outcomes: npt.NDArray[np.bool_], scores: Floats) -> float:
    """The share of pairs in the right order, ties half (Mann & Whitney 1947); NaN where there is no pair."""
    hits, misses = int(outcomes.sum()), int((~outcomes).sum())
    above = rankdata(scores)[outcomes].sum() - hits * (hits + 1) / 2
    return float(above / (hits * misses)) if hits and misses else float("nan")


def calibration_error(outcomes: npt.NDArray[np.bool_], scores: Floats) -> float:
    """Expected calibration error over ten bins of equal width (Guo et al., ICML 2017)."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    sizes = np.bincount(bins, minlength=BINS)
    gaps = np.abs(np.bincount(bins, outcomes, BINS) - np.bincount(bins, scores, BINS))
    return float(gaps.sum() / max(sizes.sum(), 1))
