"""What a recommender has to beat: popularity, habit, and the libraries' models, as scores of products."""

from collections.abc import Callable

import numpy as np

from recommendations.evaluations.orders import Orders
from recommendations.ml.interactions import Floats, Ints, histories
from recommendations.ml.item_models import item_weights
from recommendations.ml.snapshots import distinct

POPULAR_DAYS = 30
FACTORS, ITERATIONS = 64, 15
Scores = Callable[[Ints], Floats]


def baselines(orders: Orders) -> dict[str, Scores]:
    """By name: customers to their scores, customers by items."""
    return {
        "popularity": popularity(orders),
        "own_frequency": own_frequency(orders),
        "als": alternating_least_squares(orders),
        "ease": ease(orders),
    }


def recent_buyers(orders: Orders) -> Floats:
    """Customers of each product in the last 30 days before the cut."""
    rows = orders.interactions.between(orders.cut - POPULAR_DAYS, orders.cut).known
    return distinct(rows.items, rows.customers, rows.n_items)


def popularity(orders: Orders) -> Scores:
    buyers = recent_buyers(orders)
    return lambda customers: np.tile(buyers, (len(customers), 1))


def own_frequency(orders: Orders) -> Scores:
    """How often the customer ordered the product; popularity decides between equals."""
    pairs = histories(orders.interactions, orders.cut)
    counts, buyers = pairs.matrix(pairs.orders), recent_buyers(orders)
    return lambda customers: counts[customers].toarray() + buyers * 1e-6


def alternating_least_squares(orders: Orders) -> Scores:
    """`implicit` as it comes, on who bought what."""
    from implicit.als import AlternatingLeastSquares

    bought = histories(orders.interactions, orders.cut).bought
    model = AlternatingLeastSquares(factors=FACTORS, iterations=ITERATIONS, random_state=0)
    model.fit(bought, show_progress=False)
    return lambda customers: np.asarray(model.user_factors[customers] @ model.item_factors.T)


def ease(orders: Orders) -> Scores:
    bought = histories(orders.interactions, orders.cut).bought
    weights = item_weights(bought)
    return lambda customers: weights.scores(bought[customers])
