"""A file of order lines in the columns of "Online Retail", split at a day."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from ecommerce_ai.inference.registry import get_encoder
from recommendations.ml.interactions import Bools, Catalogue, Floats, Interactions, Ints, histories

GOODS = r"^\d{5}"
EPOCH = pd.Timestamp("2000-01-01")


@dataclass(frozen=True)
class Orders:
    """Goods that were sold, at a price, and not taken back; titles are those used most before the cut."""

    interactions: Interactions
    catalogue: Catalogue
    cut: float
    days: float

    @cached_property
    def bought(self) -> Bools:
        """Customers by items: what each bought before the cut."""
        found: Bools = np.greater(histories(self.interactions, self.cut).bought.toarray(), 0)
        return found

    @cached_property
    def relevant(self) -> dict[int, Ints]:
        """Of each customer known before the cut, what they bought in the days after it."""
        window = self.interactions.between(self.cut, self.cut + self.days).known
        keys = np.unique(window.customers * window.n_items + window.items)
        customers, items = keys // window.n_items, keys % window.n_items
        is_known = np.asarray(self.bought.any(axis=1))
        return {int(who): items[customers == who] for who in np.unique(customers) if is_known[who]}

    @cached_property
    def relevant_new(self) -> dict[int, Ints]:
        """The same without what they had bought before; customers who bought nothing new are left out."""
        fresh = {who: items[~self.bought[who, items]] for who, items in self.relevant.items()}
        return {who: items for who, items in fresh.items() if len(items)}

    @cached_property
    def sold(self) -> Bools:
        """Which products were sold before the cut: the catalogue on that day."""
        counts = np.bincount(self.interactions.before(self.cut).items, minlength=self.interactions.n_items)
        return counts > 0

    def without(self, hidden: Bools) -> "Orders":
        """As if the hidden products had never been sold before the cut."""
        rows = self.interactions
        kept = ~(hidden[rows.items] & (rows.days < self.cut))
        return replace(self, interactions=rows.where(kept))


def load_orders(folder: Path, *, cut: str | None, days: int) -> Orders:
    """Read `orders.csv.gz`; without a cut its last days are the future. Codes are one in either case."""
    table = goods(folder / "orders.csv.gz")
    moment = days_since_epoch(pd.to_datetime(table["InvoiceDate"]))
    first_day = float((pd.Timestamp(cut) - EPOCH).days) if cut else float(np.floor(moment.max())) + 1 - days
    items, skus = pd.factorize(table["StockCode"], sort=True)
    customers, numbers = pd.factorize(table["CustomerID"], sort=True)
    interactions = Interactions(
        customers=customers.astype(np.int64),
        items=items.astype(np.int64),
        baskets=pd.factorize(table["InvoiceNo"])[0].astype(np.int64),
        days=moment,
        quantities=table["Quantity"].to_numpy(np.float32),
        prices=table["UnitPrice"].to_numpy(np.float32),
        strengths=np.ones(len(table), np.float32),
        n_customers=len(numbers),
        n_items=len(skus),
    )
    past = table[moment < first_day].assign(item=items[moment < first_day])
    return Orders(
        interactions=interactions.where(moment < first_day + days),
        catalogue=Catalogue(
            vectors=title_vectors(past, len(skus)),
            shelves=np.full(len(skus), -1),
            countries=country_codes(table, customers, len(numbers)),
            is_live=np.ones(len(skus), np.bool_),
        ),
        cut=first_day,
        days=days,
    )


def goods(path: Path) -> pd.DataFrame:
    """Lines of goods, oldest first: no cancellations, no postage, no corrections."""
    names = ("InvoiceNo", "StockCode", "CustomerID", "Description", "Country")
    table = pd.read_csv(path, dtype=dict.fromkeys(names, "str"))
    is_sale = (table["Quantity"] > 0) & (table["UnitPrice"] > 0) & ~table["InvoiceNo"].str.startswith("C")
    table = table[is_sale & table["StockCode"].str.match(GOODS)]
    return table.assign(StockCode=table["StockCode"].str.upper()).sort_values("InvoiceDate", kind="stable")


def days_since_epoch(moments: "pd.Series[pd.Timestamp]") -> Floats:
    found: Floats = ((moments - EPOCH) / pd.Timedelta(days=1)).to_numpy(np.float64)
    return found


def title_vectors(past: pd.DataFrame, n_items: int) -> Floats:
    """The encoder's vector of each product's most used title; zero where it has none yet."""
    encoder = get_encoder()
    vectors = np.zeros((n_items, encoder.dimensions), np.float32)
    titled = past.dropna(subset=["Description"])
    counts = titled.groupby(["item", "Description"]).size().reset_index(name="lines")
    titles = counts.sort_values(["item", "lines"]).drop_duplicates("item", keep="last")
    if len(titles):
        texts = [str(title).strip().capitalize() for title in titles["Description"]]
        vectors[titles["item"].to_numpy()] = encoder.encode_documents(texts)
    return vectors


def country_codes(table: pd.DataFrame, customers: Ints, n_customers: int) -> Ints:
    codes = pd.factorize(table["Country"])[0]
    found = np.full(n_customers, -1)
    found[customers[customers >= 0]] = codes[customers >= 0]
    return found
