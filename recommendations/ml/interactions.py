"""What happened between customers and products, as columns. Pure numpy and scipy."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.floating[Any]]
Bools = npt.NDArray[np.bool_]
Sparse = Any  # scipy.sparse.csr_matrix of float32: scipy ships no types

GUEST = -1
NO_BASKET = -1


@dataclass(frozen=True)
class Interactions:
    """Columns of one length, oldest first: a row for each line of an order and each event about a product.

    `customers` and `items` are codes from 0 (a guest is -1), `baskets` number the orders (-1: an event),
    `days` count from one fixed midnight, `strengths` say how much a row tells of taste: 1 for a purchase.
    """

    customers: Ints
    items: Ints
    baskets: Ints
    days: Floats
    quantities: Floats
    prices: Floats
    strengths: Floats
    n_customers: int
    n_items: int

    def __len__(self) -> int:
        return len(self.days)

    def where(self, chosen: Bools) -> Self:
        columns = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("n_customers", "n_items")
        }
        return type(self)(
            **{name: column[chosen] for name, column in columns.items()},
            n_customers=self.n_customers,
            n_items=self.n_items,
        )

    def before(self, day: float) -> Self:
        return self.where(self.days < day)

    def between(self, first_day: float, end_day: float) -> Self:
        """From the first day until the end, which is not part of it."""
        return self.where((self.days >= first_day) & (self.days < end_day))

    @cached_property
    def purchases(self) -> Self:
        """Rows of orders, guests' among them."""
        return self.where(self.baskets != NO_BASKET)

    @cached_property
    def known(self) -> Self:
        """Rows of customers, without the guests."""
        return self.where(self.customers != GUEST)


@dataclass(frozen=True)
class Catalogue:
    """What is known besides what happened: unit vectors of products (zero where there is none yet), their
    shelves and the customers' countries as codes (-1: unknown), and which products may be proposed."""

    vectors: Floats
    shelves: Ints
    countries: Ints
    is_live: Bools


@dataclass(frozen=True)
class Histories:
    """Every pair of a customer and a product that met, in rows of customers (CSR order); ages in days."""

    indptr: Ints
    indices: Ints
    orders: Floats
    units: Floats
    strengths: Floats
    since_last: Floats
    since_first: Floats
    n_items: int

    @property
    def n_customers(self) -> int:
        return len(self.indptr) - 1

    @cached_property
    def customers(self) -> Ints:
        """The customer of each pair."""
        return np.repeat(np.arange(self.n_customers), np.diff(self.indptr))

    @cached_property
    def lengths(self) -> Ints:
        """How many different products each customer met."""
        return np.diff(self.indptr)

    def matrix(self, values: Floats) -> Sparse:
        """Customers by items with one value for each pair."""
        shape = (self.n_customers, self.n_items)
        return sp.csr_matrix((values.astype(np.float32), self.indices, self.indptr), shape=shape, copy=True)

    def recent(self, half_life_days: float) -> Sparse:
        """Strength of each pair, halved with every half-life since it was last seen."""
        return self.matrix(self.strengths * 0.5 ** (self.since_last / half_life_days))

    @cached_property
    def bought(self) -> Sparse:
        """1 where the customer bought the product."""
        chosen = self.matrix((self.orders > 0).astype(np.float32))
        chosen.eliminate_zeros()
        return chosen


def histories(interactions: Interactions, day: float) -> Histories:
    """The pairs that met before `day`; guests have none."""
    past = interactions.before(day).known
    keys, pairs = np.unique(past.customers * past.n_items + past.items, return_inverse=True)
    is_order = past.baskets != NO_BASKET
    counts = np.bincount(keys // past.n_items, minlength=past.n_customers)
    return Histories(
        indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        indices=(keys % past.n_items).astype(np.int64),
        orders=distinct_orders(pairs[is_order], past.baskets[is_order], len(keys)),
        units=np.bincount(pairs, weights=past.quantities * is_order, minlength=len(keys)).astype(np.float32),
        strengths=grouped_maximum(past.strengths, pairs, len(keys)),
        since_last=(day - grouped_maximum(past.days, pairs, len(keys))).astype(np.float32),
        since_first=(day + grouped_maximum(-past.days, pairs, len(keys))).astype(np.float32),
        n_items=past.n_items,
    )


def distinct_orders(pairs: Ints, baskets: Ints, n_pairs: int) -> Floats:
    """In how many baskets each pair met; a basket may hold several lines of one product."""
    n_baskets = int(baskets.max(initial=0)) + 1
    seen = np.unique(pairs * n_baskets + baskets)
    return np.bincount(seen // n_baskets, minlength=n_pairs).astype(np.float32)


def grouped_maximum(values: Any, groups: Ints, n_groups: int) -> Any:
    found = np.full(n_groups, -np.inf, dtype=np.float64)
    np.maximum.at(found, groups, values)
    return found


def basket_matrix(purchases: Interactions) -> Sparse:
    """Baskets by items, 1 where a basket holds the product; only baskets of these rows, in rising order."""
    codes, rows = np.unique(purchases.baskets, return_inverse=True)
    keys = np.unique(rows.astype(np.int64) * purchases.n_items + purchases.items)
    ones = np.ones(len(keys), np.float32)
    pairs = (keys // purchases.n_items, keys % purchases.n_items)
    return sp.csr_matrix((ones, pairs), shape=(len(codes), purchases.n_items))
