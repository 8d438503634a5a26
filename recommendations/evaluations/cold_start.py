"""Products hidden from training: who finds those that customers went on to buy?"""

import numpy as np
from sklearn.cluster import KMeans

from recommendations.evaluations.baselines import recent_buyers
from recommendations.evaluations.orders import Orders
from recommendations.ml.candidates import content_scores
from recommendations.ml.interactions import Bools, Floats, Ints, histories
from recommendations.ml.ranking_metrics import list_ndcg
from recommendations.ml.snapshots import TASTE_HALF_LIFE_DAYS

HIDDEN_SHARE = 0.1
SHELVES = 60
DEPTH = 10


def cold_start(orders: Orders, *, seed: int = 0) -> dict[str, Floats]:
    """nDCG@10 of each customer among the hidden products alone, by method; the ideal knows what they bought.

    A tenth of the products loses its sales before the cut. `factors` and `content` see their texts;
    `shelf_popularity` gives each the mean of the buyers of its shelf's other products. The file has no
    shelves, so they are clusters of the texts.
    """
    from recommendations.ml.factorisation import factorise  # loads torch

    hidden = np.sort(hidden_products(orders, seed))
    is_hidden = np.isin(np.arange(orders.interactions.n_items), hidden)
    known = orders.without(is_hidden)
    rows = histories(known.interactions, known.cut).recent(TASTE_HALF_LIFE_DAYS)
    customers = np.array([who for who in buyers_of(orders, hidden) if rows[who].nnz], np.int64)
    vectors = orders.catalogue.vectors
    trained = factorise(rows, vectors)
    factors, biases = trained.newcomers(vectors[hidden])
    scores = {
        "factors": trained.customers[customers] @ factors.T + biases,
        "content": content_scores(rows[customers], vectors)[:, hidden],
        "shelf_popularity": np.tile(shelf_popularity(known, is_hidden)[hidden], (len(customers), 1)),
    }
    relevant = [np.intersect1d(orders.relevant[who], hidden) for who in customers]
    return {
        name: list_ndcg(list(hidden[np.argsort(-table, axis=1, kind="stable")]), relevant, depth=DEPTH)
        for name, table in scores.items()
    }


def hidden_products(orders: Orders, seed: int) -> Ints:
    sold = np.flatnonzero(orders.sold)
    return np.random.default_rng(seed).choice(sold, size=int(len(sold) * HIDDEN_SHARE), replace=False)


def buyers_of(orders: Orders, hidden: Ints) -> list[int]:
    return [who for who, items in orders.relevant.items() if np.isin(items, hidden).any()]


def shelf_popularity(orders: Orders, is_hidden: Bools) -> Floats:
    """Of each product the mean of the recent buyers of its shelf's products that are not hidden."""
    count = min(SHELVES, len(is_hidden))
    shelves = KMeans(count, n_init=1, random_state=0).fit(orders.catalogue.vectors).labels_
    seen = orders.sold & ~is_hidden
    buyers = np.bincount(shelves[seen], weights=recent_buyers(orders)[seen], minlength=count)
    means: Floats = buyers / np.maximum(np.bincount(shelves[seen], minlength=count), 1)
    found: Floats = means[shelves]
    return found
