from dataclasses import dataclass

from django.utils import timezone

from ecommerce_ai.shop.models import Category, Customer, Event, Product, Promotion
from ecommerce_ai.storefront.selectors.cards import ProductCard, product_cards, ranked_cards
from recommendations.selectors import recently_viewed, recommended_for, similar_products

SHELF_SIZE = 12
IMPERSONAL = {"popular", "new"}


@dataclass(frozen=True)
class HomePage:
    """The shelves of the front page; for somebody new all but `popular` and `promotion` are empty."""

    promotion: Promotion | None
    promotion_shelf: Category | None
    for_you: list[ProductCard]
    looked_at: Product | None
    because: list[ProductCard]
    recent: list[ProductCard]
    popular: list[ProductCard]


def home_page(customer: Customer | None) -> HomePage:
    looked_at = last_viewed(customer) if customer else None
    because = similar_products(looked_at, limit=SHELF_SIZE) if looked_at else []
    promotion = running_promotion()
    return HomePage(
        promotion=promotion,
        promotion_shelf=promotion.categories.first() if promotion else None,
        for_you=personal_cards(customer) if customer else [],
        looked_at=looked_at,
        because=ranked_cards(because, with_reasons=False),
        recent=product_cards(recently_viewed(customer, limit=SHELF_SIZE)),
        popular=popular_cards(),
    )


def personal_cards(customer: Customer) -> list[ProductCard]:
    """Nothing where all we could say is what everybody buys."""
    ranked = recommended_for(customer, limit=SHELF_SIZE)
    return ranked_cards(ranked) if any(item.reason.code not in IMPERSONAL for item in ranked) else []


def last_viewed(customer: Customer) -> Product | None:
    event = (
        Event.objects.named(Event.Name.VIEW_ITEM)
        .filter(customer=customer, product__is_live=True)
        .select_related("product")
        .first()
    )
    return event.product if event else None


def running_promotion() -> Promotion | None:
    """The newest offer that holds now and needs no code."""
    return Promotion.objects.running(timezone.now()).filter(code=None).order_by("-starts_at").first()


def popular_cards() -> list[ProductCard]:
    """What others like, for pages that found nothing of their own."""
    return ranked_cards(recommended_for(None, limit=SHELF_SIZE), with_reasons=False)
