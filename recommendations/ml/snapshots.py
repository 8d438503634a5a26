"""Everything the candidate models know on one day, learned from what happened before it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp

from recommendations.ml.interactions import (
    Catalogue,
    Floats,
    Histories,
    Interactions,
    Ints,
    Sparse,
    histories,
)
from recommendations.ml.item_models import (
    LARGEST_DENSE,
    ItemWeights,
    basket_similarity,
    customer_similarity,
    item_weights,
    next_order_similarity,
    row_scaled,
    row_sums,
    unit_rows,
)

if TYPE_CHECKING:
    from recommendations.ml.factorisation import Factors

WINDOWS_DAYS = (3, 7, 14, 30, 60, 120)
TASTE_HALF_LIFE_DAYS = 90.0
FRESH_HALF_LIFE_DAYS = 30.0
RECENT_DAYS = 30.0
LAST_ORDER_DAYS = 1.0
YEAR_DAYS = 365.0
COUNTRY_DAYS = 60.0


@dataclass(frozen=True)
class ItemFacts:
    """Columns of one value for each product."""

    buyers: dict[int, Floats]  # different customers within the last days, by window
    buyers_ever: Floats
    baskets: dict[int, Floats]  # orders within the last days, guests' among them
    season: Floats  # different customers in the month that began a year ago; NaN without a year of history
    age: Floats  # days since it was first sold
    silence: Floats  # days since it was last sold: long is out of stock or out of season
    repeat_rate: Floats  # orders for each customer who bought it
    returning: Floats  # share of its customers who bought it again
    price: Floats
    quantity: Floats  # usual units of one line


@dataclass(frozen=True)
class CustomerFacts:
    """Columns of one value for each customer; NaN for customers without an order."""

    orders: Floats
    lines: Floats
    products: Floats
    tenure: Floats  # days since the first order
    recency: Floats  # days since the last one
    price: Floats
    quantity: Floats


@dataclass(frozen=True)
class Snapshot:
    """What is known on `day`: histories, item models, and facts about products and customers."""

    day: float
    histories: Histories
    weights: ItemWeights | None
    alike: Sparse | None  # in place of the weights where there are too many products for them
    factors: "Factors | None"
    together: Sparse
    following: Sparse
    items: ItemFacts
    customers: CustomerFacts
    catalogue: Catalogue
    recent_buyers: Sparse  # customers by items: what was met in the last 30 days
    by_country: Sparse

    @cached_property
    def taste(self) -> Sparse:
        """Customers by items, recent strength: what the models are asked with."""
        return self.histories.recent(TASTE_HALF_LIFE_DAYS)

    @cached_property
    def fresh_taste(self) -> Sparse:
        return self.histories.recent(FRESH_HALF_LIFE_DAYS)

    @cached_property
    def unit_taste(self) -> Sparse:
        return unit_rows(self.taste)

    @cached_property
    def last_visit(self) -> Sparse:
        """Customers by items: 1 for what belongs to the last day on which a customer did anything."""
        pairs = self.histories
        newest = np.full(pairs.n_customers, np.inf)
        np.minimum.at(newest, pairs.customers, pairs.since_last)
        is_last = pairs.since_last <= newest[pairs.customers] + LAST_ORDER_DAYS
        chosen = pairs.matrix(is_last.astype(np.float32))
        chosen.eliminate_zeros()
        return chosen

    @cached_property
    def shelf_taste(self) -> Sparse:
        """Customers by shelves: the share of their recent strength that lies on each."""
        shelves = self.catalogue.shelves
        known = np.flatnonzero(shelves >= 0)
        shape = (len(shelves), int(shelves.max(initial=0)) + 1)
        on_shelf = sp.csr_matrix((np.ones(len(known), np.float32), (known, shelves[known])), shape=shape)
        return row_scaled(self.taste @ on_shelf, 1 / row_sums(self.taste))

    def collaborative(self, rows: Sparse) -> Floats:
        """Customers by items, by whichever item model this catalogue affords."""
        if self.weights is not None:
            return self.weights.scores(rows)
        found: Floats = (rows @ self.alike).toarray()
        return found


def learn(interactions: Interactions, catalogue: Catalogue, day: float) -> Snapshot:
    """Train every candidate model on what happened before `day`, and nothing later."""
    past = interactions.before(day)
    pairs = histories(past, day)
    is_small = past.n_items <= LARGEST_DENSE
    purchases = past.purchases
    return Snapshot(
        day=day,
        histories=pairs,
        weights=item_weights(pairs.matrix(pairs.strengths)) if is_small else None,
        alike=None if is_small else customer_similarity(pairs, TASTE_HALF_LIFE_DAYS),
        factors=text_factors(pairs, catalogue),
        together=basket_similarity(purchases),
        following=next_order_similarity(purchases),
        items=item_facts(purchases, pairs, day),
        customers=customer_facts(purchases, pairs, day),
        catalogue=catalogue,
        by_country=country_buyers(purchases.known, catalogue, day),
        recent_buyers=histories(past.between(day - RECENT_DAYS, day), day).recent(1e9),
    )


def text_factors(pairs: Histories, catalogue: Catalogue) -> "Factors | None":
    """Factors that products without a sale have too; None before anything has a vector or was met."""
    from recommendations.ml.factorisation import factorise  # loads torch: only where something is trained

    if not catalogue.vectors.any() or not len(pairs.indices):
        return None
    return factorise(pairs.recent(TASTE_HALF_LIFE_DAYS), catalogue.vectors)


def item_facts(purchases: Interactions, pairs: Histories, day: float) -> ItemFacts:
    known, n_items = purchases.known, purchases.n_items
    windows = {days: known.between(day - days, day) for days in WINDOWS_DAYS}
    is_ordered = pairs.orders > 0
    buyers_ever = np.bincount(pairs.indices[is_ordered], minlength=n_items)
    orders = np.bincount(pairs.indices, weights=pairs.orders, minlength=n_items)
    again = np.bincount(pairs.indices, weights=pairs.orders > 1, minlength=n_items)
    first, last = span(purchases.items, purchases.days, n_items)
    return ItemFacts(
        buyers={days: distinct(rows.items, rows.customers, n_items) for days, rows in windows.items()},
        buyers_ever=buyers_ever.astype(np.float32),
        baskets={days: baskets_within(purchases, day, days) for days in (14, 30)},
        season=last_years_buyers(known, day),
        age=(day - first).astype(np.float32),
        silence=(day - last).astype(np.float32),
        repeat_rate=((orders + 1) / (buyers_ever + 2)).astype(np.float32),
        returning=((again + 0.5) / (buyers_ever + 5)).astype(np.float32),
        price=grouped_median(purchases.items, purchases.prices, n_items),
        quantity=grouped_median(purchases.items, purchases.quantities, n_items),
    )


def customer_facts(purchases: Interactions, pairs: Histories, day: float) -> CustomerFacts:
    known, count = purchases.known, purchases.n_customers
    first, last = span(known.customers, known.days, count)
    products = np.bincount(pairs.customers, weights=pairs.orders > 0, minlength=count)
    return CustomerFacts(
        orders=distinct(known.customers, known.baskets, count),
        lines=np.bincount(known.customers, minlength=count).astype(np.float32),
        products=products.astype(np.float32),
        tenure=(day - first).astype(np.float32),
        recency=(day - last).astype(np.float32),
        price=grouped_median(known.customers, known.prices, count),
        quantity=grouped_median(known.customers, known.quantities, count),
    )


def baskets_within(purchases: Interactions, day: float, days: float) -> Floats:
    rows = purchases.between(day - days, day)
    return distinct(rows.items, rows.baskets, purchases.n_items)


def last_years_buyers(known: Interactions, day: float) -> Floats:
    if not len(known) or known.days[0] > day - YEAR_DAYS:
        return np.full(known.n_items, np.nan, np.float32)
    rows = known.between(day - YEAR_DAYS, day - YEAR_DAYS + RECENT_DAYS)
    return distinct(rows.items, rows.customers, rows.n_items)


def country_buyers(known: Interactions, catalogue: Catalogue, day: float) -> Sparse:
    """Countries by items: different customers within the last 60 days."""
    rows = known.between(day - COUNTRY_DAYS, day)
    countries = catalogue.countries[rows.customers]
    keys = np.unique((countries * rows.n_customers + rows.customers) * rows.n_items + rows.items)
    keys = keys[keys >= 0]  # an unknown country is -1
    pairs = (keys // (rows.n_items * rows.n_customers), keys % rows.n_items)
    shape = (int(catalogue.countries.max(initial=0)) + 1, rows.n_items)
    return sp.csr_matrix((np.ones(len(keys), np.float32), pairs), shape=shape)


def distinct(groups: Ints, values: Ints, n_groups: int) -> Floats:
    """How many different values each group has."""
    span_of_values = int(values.max(initial=0)) + 1
    keys = np.unique(groups * span_of_values + values)
    return np.bincount(keys // span_of_values, minlength=n_groups).astype(np.float32)


def span(groups: Ints, days: Floats, n_groups: int) -> tuple[Floats, Floats]:
    """First and last day of each group; NaN where it has none."""
    first, last = np.full(n_groups, np.inf), np.full(n_groups, -np.inf)
    np.minimum.at(first, groups, days)
    np.maximum.at(last, groups, days)
    is_empty = ~np.isfinite(first)
    first[is_empty] = last[is_empty] = np.nan
    return first, last


def grouped_median(groups: Ints, values: Floats, n_groups: int) -> Floats:
    """The lower median of each group; NaN where it has none."""
    order = np.lexsort((values, groups))
    counts = np.bincount(groups, minlength=n_groups)
    starts = np.cumsum(counts) - counts
    found = np.full(n_groups, np.nan, np.float32)
    has_any = counts > 0
    found[has_any] = values[order][(starts + (counts - 1) // 2)[has_any]]
    return found
