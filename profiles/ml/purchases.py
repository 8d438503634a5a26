"""Who buys again soon: what is known of buyers at a moment, and a calibrated model of the days after it.

Times are days since 1970; nothing reads an order at or after the moment that it describes.
"""

import io
from collections.abc import Collection
from dataclasses import dataclass, replace

import lightgbm
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit

from profiles.ml.logistic import LogisticModel, fit_logistic, level_shift, npz_of

Floats = npt.NDArray[np.float64]
WINDOWS = (15, 30, 60, 90)
HALF_LIVES = (20, 60)
TRUNCATED = 90.0
EPOCH = pd.Timestamp(0, tz="UTC")
# Training moments: this many days apart, the first after this much history; older ones weigh less.
STEP, LEAST_HISTORY, WEIGHT_HALF_LIFE, SHIFT_HALF_LIFE = 10, 30, 60.0, 15.0
MOST_WINDOWS = 18
RIDGE, TREE_ROUNDS = 3.0, 150
TREES = {
    "objective": "binary",
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
class Orders:
    """One row per sale or cancellation, sorted: `customer`, `day`, `amount` (negative: taken back)."""

    frame: pd.DataFrame

    @classmethod
    def of(cls, customer: npt.ArrayLike, at: pd.Series, amount: npt.ArrayLike) -> "Orders":
        """`at`: aware times."""
        days = (at - EPOCH) / pd.Timedelta(days=1)
        frame = pd.DataFrame({"customer": customer, "day": days.to_numpy(), "amount": amount})
        return cls(frame.astype({"amount": float}).sort_values(["customer", "day"], ignore_index=True))

    @property
    def sales(self) -> pd.DataFrame:
        return self.frame[self.frame["amount"] >= 0]

    @property
    def first_day(self) -> float:
        return float(self.sales["day"].min())

    def of_customers(self, customers: Collection[int]) -> "Orders":
        return Orders(self.frame[self.frame["customer"].isin(set(customers))])

    def before(self, day: float) -> "Orders":
        return Orders(self.frame[self.frame["day"] < day])


def buyer_features(orders: Orders, cut: float, *, first_day: float | None = None) -> pd.DataFrame:
    """One row for each customer who bought before `cut`, by customer: non-negative numbers, NaN unknown.

    `first_day`: when the shop's records begin, where these are not all of its orders.
    """
    past = orders.before(cut)
    sales = past.sales
    by_customer = sales.groupby("customer")
    first, last = by_customer["day"].min(), by_customer["day"].max()
    found = pd.DataFrame({"recency": cut - last, "tenure": cut - first, "orders": by_customer.size()})
    found["spent"] = by_customer["amount"].sum()
    found["average"] = found["spent"] / found["orders"]
    found["last_amount"] = by_customer["amount"].last()
    backs = past.frame[past.frame["amount"] < 0].groupby("customer").size()
    found["cancellations"] = backs.reindex(found.index).fillna(0)
    return (
        found.join(recent_activity(sales, cut))
        .join(rhythm(sales, cut, found))
        .join(cohort(first, past.first_day if first_day is None else first_day, cut, last))
    )


def recent_activity(sales: pd.DataFrame, cut: float) -> pd.DataFrame:
    """Orders and spending of the last days, and orders that fade."""
    columns = {}
    for days in WINDOWS:
        recent = sales[sales["day"] >= cut - days].groupby("customer")
        columns[f"orders_{days}"] = recent.size()
        columns[f"spent_{days}"] = recent["amount"].sum()
    for days in HALF_LIVES:
        faded = 0.5 ** ((cut - sales["day"]) / days)
        columns[f"faded_{days}"] = faded.groupby(sales["customer"]).sum()
    return pd.DataFrame(columns).fillna(0.0)


def rhythm(sales: pd.DataFrame, cut: float, found: pd.DataFrame) -> pd.DataFrame:
    """How often they come, and how long they are overdue by their own rhythm."""
    days = sales.assign(date=np.floor(sales["day"])).drop_duplicates(["customer", "date"])
    months = sales.assign(month=np.floor((cut - sales["day"]) / 30)).drop_duplicates(["customer", "month"])
    visits = days.groupby("customer").size()
    gaps = days.groupby("customer")["date"].diff().groupby(days["customer"])
    told = pd.DataFrame({"days_bought": visits, "months_bought": months.groupby("customer").size()})
    told["gap_mean"], told["gap_median"], told["gap_spread"] = gaps.mean(), gaps.median(), gaps.std()
    told["overdue"] = found["recency"] / told["gap_mean"]
    told["rate"] = visits / (found["tenure"] + 30)
    told["idle_share"] = found["recency"] / (found["tenure"] + 1)
    return told


def cohort(first: pd.Series, first_day: float, cut: float, last: pd.Series) -> pd.DataFrame:
    """Whoever was there when the records begin is no newcomer, however short their history looks."""
    since_start = first - first_day
    was_there = (since_start < 30).astype(float)
    return pd.DataFrame(
        {
            "since_start": since_start.clip(upper=TRUNCATED),
            "was_there": was_there,
            "idle_if_there": was_there * (cut - last),
        }
    )


def design(features: pd.DataFrame) -> Floats:
    """Logarithms with unknown rhythms at typical values and a column that says so; shape (rows, columns)."""
    logs: pd.DataFrame = features.clip(lower=0).apply(np.log1p)
    for column, typical in (("gap_mean", 5.0), ("gap_median", 5.0), ("gap_spread", 4.0), ("overdue", 0.0)):
        logs[f"no_{column}"] = logs[column].isna().astype(float)
        logs[column] = logs[column].fillna(typical)
    matrix: Floats = logs.to_numpy(np.float64)
    return matrix


def orders_after(orders: Orders, customers: pd.Index, cut: float, days: int) -> Floats:
    """How many orders each of `customers` made in the `days` after `cut`."""
    sales = orders.sales
    after = sales[(sales["day"] >= cut) & (sales["day"] < cut + days)].groupby("customer").size()
    return after.reindex(customers).fillna(0).to_numpy().astype(np.float64)


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
    trees: lightgbm.Booster
    shift: float = 0.0

    def logits(self, matrix: Floats) -> Floats:
        raw = np.asarray(self.trees.predict(matrix, raw_score=True), np.float64)
        return (self.regression.logits(matrix) + raw) / 2 + self.shift

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
        """An npz file; the trees in their library's own text format."""
        return npz_of(**vars(self.regression), trees=self.trees.model_to_string(), shift=self.shift)

    @classmethod
    def from_bytes(cls, content: bytes) -> "PurchaseModel":
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            trees = lightgbm.Booster(model_str=str(kept["trees"]))
            return cls(LogisticModel.of_arrays(kept), trees, float(kept["shift"]))


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
    data = lightgbm.Dataset(matrix, outcomes.astype(float), weight=windows.weights)
    model = PurchaseModel(regression, lightgbm.train(TREES, data, TREE_ROUNDS))
    pairs = zip(windows.matrices, windows.counts, strict=True)
    shifts = [model.level_shift(rows, counts > 0) for rows, counts in pairs]
    weights = 0.5 ** (np.array(windows.ages) / SHIFT_HALF_LIFE)
    return replace(model, shift=float(weights @ shifts / weights.sum()))
