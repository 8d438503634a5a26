"""The best neighbours of each product, by each kind of evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommendations.ml.interactions import Bools, Floats, Interactions, Ints, Sparse
from recommendations.ml.item_models import Association, associations
from recommendations.ml.snapshots import Snapshot

KEPT = 50
STRICT_SUPPORT, STRICT_LIFT = 4, 1.5
RELAXED_SUPPORT, RELAXED_LIFT = 2, 1.0


@dataclass(frozen=True)
class Beside:
    """What goes with one product, best first; 0 in `supports` where a model generalises."""

    item: int
    items: Ints
    scores: Floats
    supports: Ints


def basket_rules(purchases: Interactions) -> Association:
    """All that `together` chooses from."""
    return associations(purchases, least_support=RELAXED_SUPPORT, least_lift=RELAXED_LIFT)


def together(rules: Association, live: Bools, *, is_strict: bool) -> Iterator[Beside]:
    """From baskets: confidence times the logarithm of lift, so that what is in every basket does not lead."""
    scores = rules.confidences * np.log2(1 + rules.lifts)
    if is_strict:
        scores = scores * ((rules.supports >= STRICT_SUPPORT) & (rules.lifts >= STRICT_LIFT))
    for item in range(len(rules.indptr) - 1):
        row = slice(rules.indptr[item], rules.indptr[item + 1])
        yield from best(item, rules.indices[row], scores[row], supports=rules.supports[row], live=live)


def collaborative(snapshot: Snapshot) -> Iterator[Beside]:
    """From the item model; for products that nobody met yet, from the factors of their texts."""
    live, n_items = snapshot.catalogue.is_live, snapshot.histories.n_items
    met = np.bincount(snapshot.histories.indices, minlength=n_items) > 0
    dense = snapshot.weights.neighbours() if snapshot.weights is not None else None
    for item in range(n_items):
        if not met[item]:
            yield from by_factors(snapshot, item)
        elif dense is not None:
            yield from best(item, np.arange(n_items), dense[item], live=live)
        elif snapshot.alike is not None:
            row = snapshot.alike[item]
            yield from best(item, row.indices, row.data, live=live)


def by_factors(snapshot: Snapshot, item: int) -> Iterator[Beside]:
    """Cosines of the products' factors."""
    if snapshot.factors is None or not snapshot.catalogue.vectors[item].any():
        return
    factors = snapshot.factors.products
    norms = np.maximum(np.linalg.norm(factors, axis=1), 1e-9)
    cosines = (factors @ factors[item]) / norms / norms[item]
    cosines[item] = 0
    yield from best(item, np.arange(len(factors)), cosines, live=snapshot.catalogue.is_live)


def following(matrix: Sparse, live: Bools) -> Iterator[Beside]:
    """From the order in which things are bought; the same product again is a repurchase, not a neighbour."""
    for item in range(matrix.shape[0]):
        row = matrix[item]
        others = row.indices != item
        yield from best(item, row.indices[others], row.data[others], live=live)


def best(
    item: int, items: Ints, scores: Floats, *, live: Bools, supports: Ints | None = None
) -> Iterator[Beside]:
    """One entry, or none where nothing speaks for any."""
    supports = np.zeros(len(items), np.int64) if supports is None else supports
    kept = np.flatnonzero((scores > 0) & live[items])
    chosen = kept[np.lexsort((items[kept], -scores[kept]))][:KEPT]
    if len(chosen):
        yield Beside(item, items[chosen], scores[chosen], supports[chosen])
