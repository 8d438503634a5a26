"""The products nearest to a vector, by the HNSW index, whatever filters cut away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, HalfVectorField

from recommendations.ml.documents import Vectors
from recommendations.models import DIMENSIONS, ProductVector

MAX_SCANNED = 20_000


@contextmanager
def filtered_scan(limit: int, *, ef_search: int | None = None) -> Iterator[None]:
    """Inside, an index scan goes on until `limit` rows passed the filters: else these could leave none.

    `ef_search`: how many rows the scan keeps in sight (Malkov & Yashunin, section 4); else `limit`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('hnsw.iterative_scan', 'strict_order', true),"
            " set_config('hnsw.ef_search', %s, true), set_config('hnsw.max_scan_tuples', %s, true)",
            [str(min(max(ef_search or limit, 40), 1000)), str(MAX_SCANNED)],
        )
        yield


def nearest_vectors(vector: Vectors, *, limit: int, excluding: Q | None = None) -> list[ProductVector]:
    """Vectors of buyable products with their products and `distance`, nearest first.

    `excluding` is a condition on ProductVector. One statement beside the one that prepares the scan.
    """
    candidates = ProductVector.objects.buyable().select_related("product", "product__category")
    if excluding is not None:
        candidates = candidates.exclude(excluding)
    return scan(candidates, vector, limit=limit)


def scan(candidates: QuerySet[ProductVector], vector: Vectors, *, limit: int) -> list[ProductVector]:
    # The very expression of the index: half precision, half the memory, the same order but for ties.
    half = Cast("embedding", HalfVectorField(dimensions=DIMENSIONS))
    nearest = candidates.annotate(distance=CosineDistance(half, vector)).order_by("distance")
    with filtered_scan(limit):
        found: list[ProductVector] = list(nearest[:limit])
    # Many equal vectors link to each other alone: what lies behind them no walk through the graph reaches.
    return found if len(found) == limit else list(nearest.order_by(F("distance") + 0.0)[:limit])


def similarity(row: ProductVector) -> float:
    """Cosine of a row that `nearest_vectors` found."""
    return 1.0 - float(row.distance)  # type: ignore[attr-defined]
