from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Product
from recommendations.models import ProductVector
from recommendations.selectors.nearest import nearest_vectors, similarity
from recommendations.selectors.reasons import Cause, sentence
from recommendations.selectors.results import Reason, Recommendation


def similar_products(product: Product, limit: int) -> list[Recommendation]:
    """Buyable products most like this one; the newest of its shelf while it or all others have no vector."""
    own = ProductVector.objects.filter(product=product).values_list("embedding", flat=True).first()
    if own is None:
        return shelf_neighbours(product, limit)
    reason = Reason(
        code="similar",
        text=sentence(Cause("similar"), product),
        evidence={"sku": product.sku},
    )
    nearest = [
        Recommendation(product=row.product, score=similarity(row), reason=reason)
        for row in nearest_vectors(own, limit=limit, excluding=Q(product=product))
    ]
    return nearest or shelf_neighbours(product, limit)


def shelf_neighbours(product: Product, limit: int) -> list[Recommendation]:
    """Others from the same shelf, the latest first."""
    if product.category_id is None:
        return []
    neighbours = (
        Product.objects.buyable()
        .filter(category=product.category_id)
        .exclude(pk=product.pk)
        .select_related("category")
        .order_by("-pk")[:limit]
    )
    reason = Reason(code="same_shelf", text=_("From the same shelf"), evidence={"sku": product.sku})
    return [Recommendation(product=neighbour, score=0.0, reason=reason) for neighbour in neighbours]
