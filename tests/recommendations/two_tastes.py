"""A small shop in which half the customers buy the even products and half the odd ones, every ten days."""

import numpy as np

from recommendations.ml.interactions import Catalogue, Interactions

CUSTOMERS, ITEMS, ORDERS, BASKET = 60, 40, 16, 3
EVERY_DAYS = 10.0
LAST_DAY = ORDERS * EVERY_DAYS


def interactions(*, seed: int = 0) -> Interactions:
    """Customer c buys products of c's parity; the last customer never buys."""
    rng = np.random.default_rng(seed)
    rows = [
        (customer, item, order * CUSTOMERS + customer, order * EVERY_DAYS + customer / 100)
        for order in range(ORDERS)
        for customer in range(CUSTOMERS - 1)
        for item in rng.choice(ITEMS // 2, BASKET, replace=False) * 2 + customer % 2
    ]
    customers, items, baskets, days = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(
        customers=customers,
        items=items,
        baskets=baskets,
        days=days.astype(float),
        quantities=np.ones(len(rows), np.float32),
        prices=np.ones(len(rows), np.float32),
        strengths=np.ones(len(rows), np.float32),
        n_customers=CUSTOMERS,
        n_items=ITEMS,
    )


def catalogue() -> Catalogue:
    """Texts tell the two kinds apart, and nothing else."""
    vectors = np.random.default_rng(1).normal(scale=0.1, size=(ITEMS, 8))
    vectors[np.arange(ITEMS), np.arange(ITEMS) % 2] += 1
    return Catalogue(
        vectors=(vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32),
        shelves=np.full(ITEMS, -1),
        countries=np.zeros(CUSTOMERS, np.int64),
        is_live=np.ones(ITEMS, np.bool_),
    )
