"""What is known of each buyer at a moment; nothing reads an order at or after it."""

import numpy as np
import pandas as pd

from profiles.ml.orders import Floats, Orders

WINDOWS = (15, 30, 60, 90)
BREADTH_WINDOWS = (30, 60, 90)
HALF_LIVES = (10, 20, 40, 60, 120)
FADING = 40
NEVER_DAYS = 400.0
TRUNCATED = 90.0


def buyer_features(
    orders: Orders, cut: float, *, first_day: float | None = None, stock: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row for each customer who bought before `cut`, by customer: non-negative numbers, NaN unknown.

    `first_day` (when the shop's records begin) and `stock` are given where these are not all of its orders.
    """
    past = orders.before(cut)
    sales = past.sales
    by_customer = sales.groupby("customer")
    first, last = by_customer["day"].min(), by_customer["day"].max()
    found = pd.DataFrame({"recency": cut - last, "tenure": cut - first, "orders": by_customer.size()})
    found["spent"] = by_customer["amount"].sum()
    found["average"] = found["spent"] / found["orders"]
    found["last_amount"] = by_customer["amount"].last()
    return (
        found.join(recent_activity(sales, cut))
        .join(rhythm(sales, cut, found))
        .join(cohort(first, past.first_day if first_day is None else first_day, cut, last))
        .join(growth(sales, cut, found))
        .join(taken_back(past, cut, found))
        .join(breadth(past, cut, found))
        .join(assortment(past, cut, past.stock(cut) if stock is None else stock))
    )


def recent_activity(sales: pd.DataFrame, cut: float) -> pd.DataFrame:
    """Orders and spending of the last days; orders, spending and goods that fade."""
    columns = {}
    for days in WINDOWS:
        recent = sales[sales["day"] >= cut - days].groupby("customer")
        columns[f"orders_{days}"] = recent.size()
        columns[f"spent_{days}"] = recent["amount"].sum()
    for days in HALF_LIVES:
        columns[f"faded_{days}"] = faded(sales, cut, days)
    columns["faded_spent"] = faded(sales, cut, FADING, sales["amount"])
    columns["faded_goods"] = faded(sales, cut, FADING, sales["goods"])
    return pd.DataFrame(columns).fillna(0.0)


def faded(sales: pd.DataFrame, cut: float, half_life: float, what: pd.Series | float = 1.0) -> pd.Series:
    weights = 0.5 ** ((cut - sales["day"]) / half_life) * what
    return weights.groupby(sales["customer"]).sum()


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


def growth(sales: pd.DataFrame, cut: float, found: pd.DataFrame) -> pd.DataFrame:
    """The last order against the usual one, and two months against the two before."""
    ages = cut - sales["day"]
    late, early = (
        sales[(ages > begin) & (ages <= begin + 60)].groupby("customer")["amount"].sum() for begin in (0, 60)
    )
    usual = found["average"] + 1
    return pd.DataFrame(
        {
            "last_to_usual": (found["last_amount"] + 1) / usual,
            "growth": late.reindex(found.index).fillna(0).add(usual)
            / early.reindex(found.index).fillna(0).add(usual),
        }
    )


def taken_back(past: Orders, cut: float, found: pd.DataFrame) -> pd.DataFrame:
    """Cancellations: how many, how much, and how long ago; whoever deals with one is still there."""
    backs = past.frame[past.frame["amount"] < 0].groupby("customer")
    told = pd.DataFrame({"cancellations": backs.size(), "cancelled": -backs["amount"].sum()})
    told = told.reindex(found.index).fillna(0.0)
    told["cancelled_share"] = told["cancellations"] / found["orders"]
    told["since_cancelled"] = (cut - backs["day"].max()).reindex(found.index).fillna(NEVER_DAYS)
    told["since_contact"] = np.minimum(told["since_cancelled"], found["recency"])
    return told


def breadth(past: Orders, cut: float, found: pd.DataFrame) -> pd.DataFrame:
    """How many products they buy, ever, of late and in an order, how many of them again, and in what
    quantity and price."""
    lines, sales = past.lines, past.sales
    kinds = {"products": lines["previous"] == -np.inf}
    for days in BREADTH_WINDOWS:
        kinds[f"products_{days}"] = (lines["day"] >= cut - days) & (lines["previous"] < cut - days)
    told = pd.DataFrame(kinds).groupby(lines["customer"]).sum().reindex(found.index).fillna(0.0).astype(float)
    of_buyer = sales.groupby("customer")
    goods = of_buyer["goods"]
    told["goods_usual"], told["goods_last"], told["goods_most"] = goods.mean(), goods.last(), goods.max()
    told["again"] = goods.sum() / told["products"].clip(lower=1)
    told["pieces"] = of_buyer["units"].sum() / goods.sum().clip(lower=1)
    told["price"] = of_buyer["price"].median()
    return told


def assortment(past: Orders, cut: float, stock: pd.DataFrame) -> pd.DataFrame:
    """Whether what they buy is what the shop sells now: logarithms of recent orders and of age, averaged."""
    recent = np.log1p(past.lines["product"].map(stock["recent"]).fillna(0.0))
    age = np.log1p((cut - past.lines["product"].map(stock["first_day"])).fillna(0.0))
    told = pd.DataFrame({"goods_sold_now": recent, "goods_age": age})
    return told.groupby(past.lines["customer"]).mean()


def design(features: pd.DataFrame) -> Floats:
    """Logarithms with unknown rhythms at typical values and a column that says so; shape (rows, columns)."""
    logs: pd.DataFrame = features.clip(lower=0).apply(np.log1p)
    for column, typical in (("gap_mean", 5.0), ("gap_median", 5.0), ("gap_spread", 4.0), ("overdue", 0.0)):
        logs[f"no_{column}"] = logs[column].isna().astype(float)
        logs[column] = logs[column].fillna(typical)
    matrix: Floats = logs.fillna(0.0).to_numpy(np.float64)
    return matrix
