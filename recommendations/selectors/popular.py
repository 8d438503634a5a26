"""The end of every chain: what sells, then what is new. Needs no visitor and no model."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Category, Product
from recommendations.selectors.goods import products_by_key
from recommendations.selectors.results import Reason, Recommendation
from recommendations.selectors.statements import row_of

# $1 what is left out, $2 shelves (NULL: all), $3 how many.
POPULAR = """
SELECT json_agg(json_build_array(product_id, score, rank, window_days)) FROM (
  SELECT r.product_id, r.score, r.rank, r.window_days
  FROM recommendations_popularproduct r JOIN shop_product p ON p.id = r.product_id
  WHERE p.is_live AND (p.stock IS NULL OR p.stock > 0) AND p.id <> ALL ($1)
    AND ($2 IS NULL OR p.category_id = ANY ($2))
  ORDER BY r.window_days, r.rank LIMIT $3) ranked
"""


def popular_products(
    limit: int, *, excluding: Collection[int] = (), on_shelf: Category | None = None
) -> list[Recommendation]:
    """Buyable products that people looked at and bought of late, best first."""
    shelves = list(Category.objects.under(on_shelf).values_list("pk", flat=True)) if on_shelf else None
    values = (list(excluding), shelves, limit)
    ranked = row_of("recommendations_popular", POPULAR, "bigint[], bigint[], int", *values)[0] or []
    products = products_by_key(product for product, *_ in ranked)
    return [
        Recommendation(
            product=products[product],
            score=score,
            reason=Reason(code="popular", text=_("Popular now"), evidence={"rank": rank, "days": days}),
        )
        for product, score, rank, days in ranked
        if product in products
    ]


def trending_products(limit: int, *, category: Category | None = None) -> list[Recommendation]:
    """What sells of late on one shelf, or in the whole shop; other goods of the shelf do not fill it up."""
    return popular_products(limit, on_shelf=category)


def newest_products(limit: int, *, excluding: Collection[int] = ()) -> list[Recommendation]:
    """Buyable products, the latest first."""
    products = (
        Product.objects.buyable().exclude(pk__in=excluding).select_related("category").order_by("-pk")[:limit]
    )
    return [
        Recommendation(
            product=product,
            score=0.0,
            reason=Reason(
                code="new", text=_("New in the shop"), evidence={"since": product.created_at.isoformat()}
            ),
        )
        for product in products
    ]


def filled(
    chosen: list[Recommendation], limit: int, *, excluding: Collection[int] = ()
) -> list[Recommendation]:
    """The chosen ones, filled up with popular, then new ones: never empty in a shop with goods."""
    for more in (popular_products, newest_products):
        if len(chosen) >= limit:
            break
        taken = {*excluding, *(item.product.pk for item in chosen)}
        chosen = chosen + more(limit - len(chosen), excluding=taken)
    return chosen[:limit]
