"""What training left for serving: a customer's ranking and the neighbours of products, by primary keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer
from recommendations.models import CustomerRanking, ItemNeighbours

RANKER = "ranker"  # the name of the runs whose rankings serve


@dataclass(frozen=True)
class RankedProduct:
    """A product, the lists that proposed it, and what each group of facts added to its score."""

    product_id: int
    score: float
    sources: tuple[str, ...]
    contributions: dict[str, float]


@dataclass(frozen=True)
class StoredRanking:
    """One customer's products, best first, as one run of the ranker scored them."""

    run_id: int
    items: tuple[RankedProduct, ...]
    computed_at: datetime


@dataclass(frozen=True)
class Neighbour:
    """A product that goes with another; `support` counts the baskets or customers behind it."""

    product_id: int
    score: float
    support: int


def stored_ranking(customer: Customer | None, *, run: ModelRun | None = None) -> StoredRanking | None:
    """Of the live run, or of `run` (a shadow); None for whoever has no history yet. One query."""
    if customer is None:
        return None
    rankings = CustomerRanking.objects.filter(customer=customer).select_related("run")
    chosen = rankings.filter(run=run) if run else rankings.live().filter(run__name=RANKER)
    row = chosen.first()
    return unpacked(row) if row else None


def unpacked(row: CustomerRanking) -> StoredRanking:
    """The arrays of a row as values with names."""
    names, groups = row.run.parameters["sources"], row.run.parameters["groups"]
    parts = np.frombuffer(bytes(row.contributions), np.float32).reshape(len(row.product_ids), len(groups))
    items = zip(row.product_ids, row.scores, row.sources, parts.tolist(), strict=True)
    return StoredRanking(
        run_id=row.run_id,
        items=tuple(
            RankedProduct(
                product_id=product_id,
                score=score,
                sources=tuple(name for bit, name in enumerate(names) if bits >> bit & 1),
                contributions=dict(zip(groups, added, strict=True)),
            )
            for product_id, score, bits, added in items
        ),
        computed_at=row.computed_at,
    )


def neighbours(
    product_ids: Iterable[int], kind: ItemNeighbours.Kind, *, limit: int = 50
) -> dict[int, tuple[Neighbour, ...]]:
    """The first `limit` neighbours of each of these products that has any, best first. One query."""
    rows = ItemNeighbours.objects.filter(product__in=list(product_ids), kind=kind)
    return {
        row.product_id: tuple(
            Neighbour(*parts)
            for parts in list(zip(row.product_ids, row.scores, row.supports, strict=True))[:limit]
        )
        for row in rows
    }
