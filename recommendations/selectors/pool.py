"""The candidates for one shopper, from every source: what can be bought, with vectors, in few statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, HalfVectorField

from recommendations.ml.documents import Vectors
from recommendations.models import DIMENSIONS, ItemNeighbours, ProductVector
from recommendations.selectors.nearest import MAX_SCANNED
from recommendations.selectors.shopper import Deed, VectorBytes, as_vector

NEAREST = 60
FROM_RANKING = 80
COMPANIONS = 8
COLUMNS = ("product_id", "product__category__path", "product__brand", "product__created_at")


@dataclass(frozen=True)
class Candidate:
    """A buyable product with what rules and reasons ask of it."""

    product_id: int
    shelf: str
    brand: str
    created_at: datetime
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Companion:
    """A candidate that baskets put beside something the shopper dealt with; `strength` 0 to 1."""

    product_id: int
    of_product_id: int
    strength: float


def candidates_near(
    vector: Vectors, *, limit: int = NEAREST, excluding: Collection[int] = ()
) -> list[Candidate]:
    """Nearest first, by the HNSW index."""
    half = Cast("embedding", HalfVectorField(dimensions=DIMENSIONS))
    rows = ProductVector.objects.buyable().exclude(product__in=list(excluding))
    nearest = rows.annotate(distance=CosineDistance(half, vector)).order_by("distance")
    return [as_candidate(*row) for row in columns(nearest)[:limit]]


def prepare_scans(connection: BaseDatabaseWrapper) -> None:
    """On a new connection, for good, what `filtered_scan` sets for each scan at the cost of three answers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('hnsw.iterative_scan', 'strict_order', false),"
            " set_config('hnsw.ef_search', %s, false), set_config('hnsw.max_scan_tuples', %s, false)",
            [str(NEAREST), str(MAX_SCANNED)],
        )


def candidates_of(product_ids: Iterable[int]) -> list[Candidate]:
    """These products, as far as they can be bought."""
    rows = ProductVector.objects.buyable().filter(product__in=list(product_ids))
    return [as_candidate(*row) for row in columns(rows)]


def columns(rows: QuerySet[ProductVector]) -> QuerySet[ProductVector, tuple[Any, ...]]:
    return rows.values_list(*COLUMNS, VectorBytes("embedding"))


def as_candidate(
    product_id: int, shelf: str | None, brand: str, created_at: datetime, sent: bytes
) -> Candidate:
    return Candidate(product_id, shelf or "", brand, created_at, as_vector(bytes(sent)))


def companions_of(deeds: Sequence[Deed], *, kinds: Sequence[ItemNeighbours.Kind]) -> list[Companion]:
    """What goes with the things the shopper dealt with last; the best of each list has strength 1."""
    rows = ItemNeighbours.objects.filter(
        product__in=[deed.product_id for deed in deeds], kind__in=kinds
    ).values_list("product", f"product_ids__0_{COMPANIONS}", f"scores__0_{COMPANIONS}")
    return [
        Companion(beside, of_product, score / scores[0])
        for of_product, products, scores in rows
        for beside, score in zip(products, scores, strict=True)
        if scores[0] > 0
    ]
