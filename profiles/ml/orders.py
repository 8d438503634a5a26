"""What buyers ordered and when. Times are days since 1970."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
EPOCH = pd.Timestamp(0, tz="UTC")
POPULAR_DAYS = 30


@dataclass(frozen=True)
class Orders:
    """`frame`: one row per sale or cancellation, sorted: `customer`, `day`, `amount` (negative: taken back),
    and of its products how many they are (`goods`), of how many pieces (`units`) at what mean `price`.
    `lines`: one row per product of a sale: `customer`, `product`, `day`, and `previous`, the day when this
    customer bought it before (-inf: never)."""

    frame: pd.DataFrame
    lines: pd.DataFrame

    @classmethod
    def of(cls, heads: pd.DataFrame, lines: pd.DataFrame) -> "Orders":
        """Of `heads` (order, customer, at, amount) and `lines` (order, product, quantity, price); `at` are
        aware times."""
        days = ((heads["at"] - EPOCH) / pd.Timedelta(days=1)).to_numpy(np.float64)
        frame = heads[["order", "customer"]].assign(day=days, amount=heads["amount"].to_numpy(np.float64))
        of_order = lines.groupby("order")
        baskets = pd.DataFrame(
            {
                "goods": of_order["product"].nunique(),
                "units": of_order["quantity"].sum(),
                "price": of_order["price"].mean(),
            }
        )
        frame = frame.join(baskets.astype(np.float64), on="order").fillna(dict.fromkeys(baskets, 0.0))
        sold = lines[["order", "product"]].drop_duplicates().merge(frame[frame["amount"] >= 0], on="order")
        sold = sold.sort_values(["customer", "product", "day"], ignore_index=True)
        previous = sold.groupby(["customer", "product"])["day"].shift().fillna(-np.inf)
        return cls(
            frame.drop(columns="order").sort_values(["customer", "day"], ignore_index=True),
            sold[["customer", "product", "day"]].assign(previous=previous),
        )

    @property
    def sales(self) -> pd.DataFrame:
        return self.frame[self.frame["amount"] >= 0]

    @property
    def first_day(self) -> float:
        return float(self.sales["day"].min())

    def of_customers(self, customers: Collection[int]) -> "Orders":
        keys = set(customers)
        return Orders(
            self.frame[self.frame["customer"].isin(keys)], self.lines[self.lines["customer"].isin(keys)]
        )

    def before(self, day: float) -> "Orders":
        return Orders(self.frame[self.frame["day"] < day], self.lines[self.lines["day"] < day])

    def stock(self, cut: float) -> pd.DataFrame:
        """By product, before `cut`: `first_day`, and in how many orders of the last days (`recent`)."""
        by_product = self.lines[self.lines["day"] < cut].groupby("product")["day"]
        found = pd.DataFrame({"first_day": by_product.min()})
        recent = self.lines[(self.lines["day"] >= cut - POPULAR_DAYS) & (self.lines["day"] < cut)]
        found["recent"] = recent.groupby("product").size().reindex(found.index).fillna(0.0)
        return found


def orders_after(orders: Orders, customers: pd.Index, cut: float, days: int) -> Floats:
    """How many orders each of `customers` made in the `days` after `cut`."""
    sales = orders.sales
    after = sales[(sales["day"] >= cut) & (sales["day"] < cut + days)].groupby("customer").size()
    return after.reindex(customers).fillna(0).to_numpy().astype(np.float64)
