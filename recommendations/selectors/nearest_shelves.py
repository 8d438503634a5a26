"""Shelves by the meaning of their names."""

from django.db.models import Min
from pgvector.django import CosineDistance

from ecommerce_ai.inference.registry import EncoderUnavailable, encode_query
from ecommerce_ai.shop.models import Category
from recommendations.models import ShelfVector

TIMEOUT_S = 0.5


def nearest_shelves(query: str, limit: int = 3) -> list[Category]:
    """Shelves with goods whose names come closest to the words, nearest first; none without an encoder."""
    try:
        vector = encode_query(query, timeout_s=TIMEOUT_S)
    except EncoderUnavailable:
        return []
    distance = CosineDistance("products__vector__shelf__embedding", vector)
    nearest = ShelfVector.objects.order_by(CosineDistance("embedding", vector))[: 2 * limit]
    near = Category.objects.filter(
        products__is_live=True, products__vector__shelf__in=list(nearest.values_list("pk", flat=True))
    )
    return list(near.annotate(distance=Min(distance)).order_by("distance", "pk")[:limit])
