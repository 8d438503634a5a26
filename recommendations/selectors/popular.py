"""The end of every chain: what sells, then what is new. Needs no visitor and no model."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Category, Product
from recommendations.models import PopularProduct
from recommendations.selectors.results import Reason, Recommendation


def popular_products(
    limit: int, *, excluding: Collection[int] = (), on_shelf: Category | None = None
) -> list[Recommendation]:
    """Buyable products that people looked at and bought of late, best first."""
    buyable = Product.objects.buyable().order_by()
    rows = (
        PopularProduct.objects.filter(product__in=buyable.on_shelf(on_shelf) if on_shelf else buyable)
        .exclude(product__in=excluding)
        .select_related("product", "product__category")
        .order_by("window_days", "rank")[:limit]
    )
    return [
        Recommendation(
            product=row.product,
            score=row.score,
            reason=Reason(
                code="popular", text=_("Popular now"), evidence={"rank": row.rank, "days": row.window_days}
            ),
        )
        for row in rows
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
