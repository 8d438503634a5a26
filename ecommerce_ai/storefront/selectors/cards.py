"""Products as cards show them: with rating, old price and reason, in three queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Avg, Count
from django.utils import timezone

from ecommerce_ai.shop.models import PriceChange, Product, Review
from ecommerce_ai.shop.prices import PriceSince, old_price
from recommendations.selectors import Reason, Recommendation
from recommendations.services import Served


@dataclass(frozen=True)
class Rating:
    average: float
    count: int


@dataclass(frozen=True)
class ProductCard:
    product: Product
    rating: Rating | None = None
    old_price: Decimal | None = None
    reason: Reason | None = None
    impression_id: UUID | None = None
    is_refusable: bool = False


def product_cards(products: Iterable[Product]) -> list[ProductCard]:
    return cards_with_reasons([(product, None) for product in products])


def ranked_cards(ranked: Iterable[Recommendation], *, with_reasons: bool = True) -> list[ProductCard]:
    return cards_with_reasons([(item.product, item.reason if with_reasons else None) for item in ranked])


def served_cards(
    served: Served, *, with_reasons: bool = True, is_refusable: bool = False
) -> list[ProductCard]:
    """A list as it was served: clicks on its cards count for its impression."""
    cards = ranked_cards(served.items, with_reasons=with_reasons)
    return [replace(card, impression_id=served.impression_id, is_refusable=is_refusable) for card in cards]


def cards_with_reasons(pairs: Sequence[tuple[Product, Reason | None]]) -> list[ProductCard]:
    products = [product for product, _ in pairs]
    rated, reduced = ratings(products), old_prices(products)
    return [
        ProductCard(product, rated.get(product.pk), reduced.get(product.pk), reason)
        for product, reason in pairs
    ]


def ratings(products: Sequence[Product]) -> dict[int, Rating]:
    """Average and number of shown reviews, by product id."""
    rows = (
        Review.objects.approved()
        .filter(product__in=[product.pk for product in products])
        .order_by()
        .values_list("product_id")
        .annotate(Avg("rating"), Count("id"))
    )
    return {pk: Rating(float(average), count) for pk, average, count in rows}


def old_prices(products: Sequence[Product]) -> dict[int, Decimal]:
    """The price to strike through, by product id, where the price rule allows one."""
    history: dict[int, list[PriceSince]] = defaultdict(list)
    changes = PriceChange.objects.filter(product__in=[product.pk for product in products])
    for pk, price, since in changes.order_by("changed_at", "id").values_list(
        "product_id", "price", "changed_at"
    ):
        history[pk].append(PriceSince(price, since))
    now = timezone.now()
    found = {product.pk: old_price(history[product.pk], price=product.price, now=now) for product in products}
    return {pk: price for pk, price in found.items() if price is not None}
