"""What everybody knows already."""

from collections.abc import Collection

from recommendations.models import PopularProduct


def popularity_of(product_ids: Collection[int]) -> dict[int, float]:
    """1 for the best seller, falling to 0 with its rank; products without a rank are not in it."""
    ranks = PopularProduct.objects.filter(product__in=list(product_ids)).values_list("product", "rank")
    return {product: 1 / rank**0.5 for product, rank in ranks}
