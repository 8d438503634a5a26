from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, QuerySet, When
from django.utils import timezone
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Category, Customer, Product, Question, Review
from ecommerce_ai.storefront.delivery import delivery_window
from ecommerce_ai.storefront.selectors.cards import (
    ProductCard,
    Rating,
    old_prices,
    product_cards,
    served_cards,
)
from ecommerce_ai.storefront.selectors.navigation import breadcrumb
from ecommerce_ai.storefront.vocabulary import facts
from recommendations.models import Slot
from recommendations.selectors import recently_viewed
from recommendations.services import serve

SHELF_SIZE, TOGETHER = 12, 3
REVIEWS_SHOWN = 6
QUESTIONS_SHOWN = 10


@dataclass(frozen=True)
class RatingBar:
    stars: int
    count: int


@dataclass(frozen=True)
class ProductPage:
    product: Product
    breadcrumb: list[Category]
    old_price: Decimal | None
    delivery: tuple[date, date]
    facts: list[tuple[str, str]]
    rating: Rating | None
    rating_bars: list[RatingBar]
    reviews: "Page[Review]"
    questions: list[Question]
    together: list[ProductCard]
    similar: list[ProductCard]
    recent: list[ProductCard]


def product_page(
    product: Product, *, customer: Customer | None, review_page: str, is_counted: bool = True
) -> ProductPage:
    """`is_counted`: whether what is shown beside the product is remembered as impressions."""
    bars = rating_bars(product)
    return ProductPage(
        product=product,
        breadcrumb=breadcrumb(product.category),
        old_price=old_prices([product]).get(product.pk),
        delivery=delivery_window(timezone.localdate(), working_days=settings.SHOP_DELIVERY_DAYS),
        facts=facts(product.attributes, product.translations),
        rating=rating_of(bars),
        rating_bars=bars,
        reviews=Paginator(reviews_of(product), REVIEWS_SHOWN).get_page(review_page),
        questions=answers_about(product),
        together=beside(Slot.BOUGHT_TOGETHER, product, customer, limit=TOGETHER, is_counted=is_counted),
        similar=beside(Slot.SIMILAR, product, customer, limit=SHELF_SIZE, is_counted=is_counted),
        recent=product_cards(recently_viewed(customer, limit=SHELF_SIZE, excluding=product)),
    )


def beside(
    slot: Slot, product: Product, customer: Customer | None, *, limit: int, is_counted: bool
) -> list[ProductCard]:
    """What belongs next to a product, as far as there is anything: the page has other shelves."""
    served = serve(
        slot, customer=customer, limit=limit, about=[product], is_counted=is_counted, is_filled=False
    )
    return served_cards(served, with_reasons=False)


def reviews_of(product: Product) -> QuerySet[Review]:
    """Shown reviews: those the reader can read first, then the newest."""
    return product.reviews.approved().order_by(other_language_last(), "-created_at", "-id")


def answers_about(product: Product) -> list[Question]:
    asked = product.questions.approved().answered()
    return list(asked.order_by(other_language_last(), "-created_at", "-id")[:QUESTIONS_SHOWN])


def other_language_last() -> Case:
    base = (get_language() or "en").partition("-")[0]
    return Case(When(language__startswith=base, then=0), default=1)


def rating_bars(product: Product) -> list[RatingBar]:
    """How many shown reviews gave five stars, four, and so on down."""
    counts = dict(product.reviews.approved().order_by().values_list("rating").annotate(Count("id")))
    return [RatingBar(stars, counts.get(stars, 0)) for stars in range(5, 0, -1)]


def rating_of(bars: list[RatingBar]) -> Rating | None:
    count = sum(bar.count for bar in bars)
    return Rating(sum(bar.stars * bar.count for bar in bars) / count, count) if count else None
