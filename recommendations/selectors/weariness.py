"""What a shopper was shown too often of late, and what everybody knows already."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from ecommerce_ai.shop.models import Customer
from recommendations.models import Impression, PopularProduct

REMEMBERED = timedelta(days=3)
LAST_LISTS = 20


def tired_of(customer: Customer, *, after_shown: int) -> set[int]:
    """Products that stood in at least this many of the shopper's last lists."""
    lists = (
        Impression.objects.served()
        .filter(customer=customer)
        .since(timezone.now() - REMEMBERED)
        .order_by("-served_at")
        .values_list("product_ids", flat=True)[:LAST_LISTS]
    )
    counts = Counter(product for shown in lists for product in shown)
    return {product for product, count in counts.items() if count >= after_shown}


def popularity_of(product_ids: Collection[int]) -> dict[int, float]:
    """1 for the best seller, falling to 0 with its rank; products without a rank are not in it."""
    ranks = PopularProduct.objects.filter(product__in=list(product_ids)).values_list("product", "rank")
    return {product: 1 / rank**0.5 for product, rank in ranks}
