"""What the ranker is told of a customer and a product: a row for each candidate, a column a feature."""

from collections.abc import Iterator

import numpy as np

from recommendations.ml.candidates import Block, Candidates
from recommendations.ml.interactions import Floats, Ints
from recommendations.ml.snapshots import CustomerFacts, ItemFacts, Snapshot

# Each feature and the group under which its contribution is shown.
FEATURES = {
    "collaborative": "taste",
    "collaborative_fresh": "taste",
    "collaborative_share": "taste",
    "collaborative_fresh_share": "taste",
    "people_like_you": "people",
    "people_like_you_share": "people",
    "people_ever": "people",
    "together": "together",
    "together_last": "together",
    "next": "next",
    "next_share": "next",
    "next_ever": "next",
    "content": "content",
    "content_last": "content",
    "text_factors": "content",
    "text_factors_share": "content",
    "shelf_share": "content",
    "is_bought": "habit",
    "own_orders": "habit",
    "own_share": "habit",
    "own_units": "habit",
    "own_last": "habit",
    "own_first": "habit",
    "own_due": "habit",
    "buyers_3": "popularity",
    "buyers_7": "popularity",
    "buyers_14": "popularity",
    "buyers_30": "popularity",
    "buyers_60": "popularity",
    "buyers_120": "popularity",
    "buyers_ever": "popularity",
    "buyers_country": "popularity",
    "baskets_14": "popularity",
    "baskets_30": "popularity",
    "trend": "popularity",
    "season": "season",
    "age": "freshness",
    "silence": "freshness",
    "repeat_rate": "repurchase",
    "returning": "repurchase",
    "price": "price",
    "price_fit": "price",
    "quantity": "price",
    "quantity_fit": "price",
    "customer_orders": "customer",
    "customer_products": "customer",
    "customer_basket": "customer",
    "customer_repeats": "customer",
    "customer_tenure": "customer",
    "customer_recency": "customer",
    "customer_gap": "customer",
    "customer_due": "customer",
    "customer_quantity": "customer",
}
# "language_model": what it says of shoppers with little history comes on top of the trees' score.
GROUPS = (*dict.fromkeys(FEATURES.values()), "base", "language_model")
# A shop's history grows while it learns: days beyond these, and counts instead of shares, would say when.
LONGEST_DAYS = {"age": 90, "silence": 60, "own_first": 150, "customer_tenure": 150}
TOP_PRODUCTS = 50
SHARED = ("collaborative", "collaborative_fresh", "people_like_you", "next", "text_factors")


def features(snapshot: Snapshot, block: Block, candidates: Candidates) -> Floats:
    """Candidates by FEATURES, float32; NaN where nothing is known."""
    customers = block.customers[candidates.rows]
    columns: dict[str, Floats] = {
        **model_columns(block, candidates),
        **dict(own_columns(snapshot, customers, candidates.items)),
        **item_columns(snapshot.items, candidates.items),
        **customer_columns(snapshot.customers, customers),
        **dict(fit_columns(snapshot, customers, candidates.items)),
    }
    columns["own_share"] = columns["own_orders"] / np.maximum(columns["customer_orders"], 1)
    columns["own_due"] = columns["own_last"] / cycle(columns)
    columns |= {name: np.minimum(columns[name], days) for name, days in LONGEST_DAYS.items()}
    return np.stack([columns[name].astype(np.float32) for name in FEATURES], axis=1)


def cycle(columns: dict[str, Floats]) -> Floats:
    """Usual days between two orders of this product by this customer; NaN before the second."""
    repeats = np.where(columns["own_orders"] > 1, columns["own_orders"] - 1, np.nan)
    days: Floats = np.maximum((columns["own_first"] - columns["own_last"]) / repeats, 1)
    return days


def model_columns(block: Block, candidates: Candidates) -> dict[str, Floats]:
    """Each model's score, and for some its share of the customer's best: customers differ in scale."""
    rows, items = candidates.rows, candidates.items
    columns = {name: scores[rows, items] for name, scores in block.scores.items()}
    for name in SHARED:
        best = np.maximum(block.scores[name].max(axis=1), 1e-9)
        columns[f"{name}_share"] = columns[name] / best[rows]
    return columns


def own_columns(snapshot: Snapshot, customers: Ints, items: Ints) -> Iterator[tuple[str, Floats]]:
    """What the customer did with this very product; NaN where nothing."""
    pairs = snapshot.histories
    positions = pair_positions(snapshot, customers, items)
    is_met = positions >= 0
    is_bought = is_met & (pairs.orders[positions] > 0)
    yield "is_bought", is_bought.astype(np.float32)
    yield "own_orders", np.where(is_bought, pairs.orders[positions], 0)
    yield "own_units", np.where(is_bought, pairs.units[positions], np.nan)
    yield "own_last", np.where(is_met, pairs.since_last[positions], np.nan)
    yield "own_first", np.where(is_met, pairs.since_first[positions], np.nan)


def pair_positions(snapshot: Snapshot, customers: Ints, items: Ints) -> Ints:
    """Where each pair stands in the histories; -1 for pairs that never met."""
    pairs = snapshot.histories
    known = pairs.customers * pairs.n_items + pairs.indices
    wanted = customers * pairs.n_items + items
    found = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    return np.where(known[found] == wanted, found, -1)


def item_columns(items: ItemFacts, chosen: Ints) -> dict[str, Floats]:
    columns = {
        **{f"buyers_{days}": relative(buyers) for days, buyers in items.buyers.items()},
        **{f"baskets_{days}": relative(baskets) for days, baskets in items.baskets.items()},
        "buyers_ever": relative(items.buyers_ever),
        "trend": (items.buyers[14] + 1) / (items.buyers[60] + 4),
        "season": items.season,
        "age": items.age,
        "silence": items.silence,
        "repeat_rate": items.repeat_rate,
        "returning": items.returning,
        "price": items.price,
        "quantity": items.quantity,
    }
    return {name: column[chosen] for name, column in columns.items()}


def relative(counts: Floats) -> Floats:
    """Counts beside those of the products that do best: comparable between a small and a grown shop."""
    best = np.sort(counts)[-TOP_PRODUCTS:].mean() if len(counts) else 1.0
    found: Floats = counts / max(float(best), 1.0)
    return found


def customer_columns(customers: CustomerFacts, chosen: Ints) -> dict[str, Floats]:
    gap = (customers.tenure - customers.recency) / np.maximum(customers.orders - 1, 1)
    columns = {
        "customer_orders": customers.orders,
        "customer_products": customers.products,
        "customer_basket": customers.lines / np.maximum(customers.orders, 1),
        "customer_repeats": 1 - customers.products / np.maximum(customers.lines, 1),
        "customer_tenure": customers.tenure,
        "customer_recency": customers.recency,
        "customer_gap": gap,
        "customer_due": customers.recency / np.maximum(gap, 1),
        "customer_quantity": customers.quantity,
    }
    return {name: column[chosen] for name, column in columns.items()}


def fit_columns(snapshot: Snapshot, customers: Ints, items: Ints) -> Iterator[tuple[str, Floats]]:
    """How product and customer suit each other: price, size of a line, country, shelf."""
    item, who, catalogue = snapshot.items, snapshot.customers, snapshot.catalogue
    yield "price_fit", np.log((item.price[items] + 0.05) / (who.price[customers] + 0.05))
    yield "quantity_fit", np.log((item.quantity[items] + 1) / (who.quantity[customers] + 1))
    countries = catalogue.countries[customers]
    buyers = np.asarray(snapshot.by_country[np.maximum(countries, 0), items]).ravel()
    yield "buyers_country", np.where(countries >= 0, buyers, np.nan)
    shelves = catalogue.shelves[items]
    share = np.asarray(snapshot.shelf_taste[customers, np.maximum(shelves, 0)]).ravel()
    yield "shelf_share", np.where(shelves >= 0, share, np.nan)
