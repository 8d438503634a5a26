from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Category, Customer, Product, Promotion
from ecommerce_ai.storefront.selectors.cards import ProductCard, product_cards, ranked_cards, served_cards
from marketing.models import Channel
from marketing.services.showing import Shown, show
from recommendations.models import Slot
from recommendations.selectors import recently_viewed, recommended_for
from recommendations.services import serve

SHELF_SIZE = 12
IMPERSONAL = {"popular", "new"}


@dataclass(frozen=True)
class HomePage:
    """The shelves of the front page; for somebody new all but `popular` and `promotion` are empty.

    `banner` and `line` are of campaigns: in the place of the promotion, and over `for_you`.
    """

    banner: Shown | None
    line: Shown | None
    promotion: Promotion | None
    promotion_shelf: Category | None
    for_you: list[ProductCard]
    looked_at: Product | None
    because: list[ProductCard]
    recent: list[ProductCard]
    popular: list[ProductCard]


def home_page(customer: Customer | None, *, is_counted: bool = True) -> HomePage:
    """`is_counted`: whether what is shown is remembered as impressions."""
    recent = recently_viewed(customer, limit=SHELF_SIZE)
    looked_at = recent[0] if recent else None
    promotion = running_promotion()
    language = get_language() or ""
    return HomePage(
        banner=show(Channel.BANNER, customer, language, is_counted=is_counted),
        line=show(Channel.BLURB, customer, language, is_counted=is_counted),
        promotion=promotion,
        promotion_shelf=promotion.categories.first() if promotion else None,
        for_you=personal_cards(customer, is_counted=is_counted) if customer else [],
        looked_at=looked_at,
        because=like_it(looked_at, customer, is_counted=is_counted) if looked_at else [],
        recent=product_cards(recent),
        popular=trending_cards(customer, is_counted=is_counted),
    )


def personal_cards(customer: Customer, *, is_counted: bool) -> list[ProductCard]:
    """Nothing where all we could say is what everybody buys."""
    served = serve(Slot.FOR_YOU, customer=customer, limit=SHELF_SIZE, is_counted=is_counted)
    is_personal = any(item.reason.code not in IMPERSONAL for item in served.items)
    return served_cards(served, is_refusable=True) if is_personal else []


def like_it(product: Product, customer: Customer | None, *, is_counted: bool) -> list[ProductCard]:
    served = serve(Slot.SIMILAR, customer=customer, limit=SHELF_SIZE, about=[product], is_counted=is_counted)
    return served_cards(served, with_reasons=False)


def trending_cards(customer: Customer | None, *, is_counted: bool) -> list[ProductCard]:
    served = serve(Slot.TRENDING, customer=customer, limit=SHELF_SIZE, is_counted=is_counted)
    return served_cards(served, with_reasons=False)


def running_promotion() -> Promotion | None:
    """The newest offer that holds now and needs no code."""
    return Promotion.objects.running(timezone.now()).filter(code=None).order_by("-starts_at").first()


def popular_cards() -> list[ProductCard]:
    """What others like, for pages that found nothing of their own."""
    return ranked_cards(recommended_for(None, limit=SHELF_SIZE), with_reasons=False)
