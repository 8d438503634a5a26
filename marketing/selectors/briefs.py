from django.db.models import Q, QuerySet
from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Product, Promotion
from marketing.models import Brief

FOUND = 12


def briefs() -> QuerySet[Brief]:
    """Those that were not put away, with what became of them, the newest first."""
    rows = Brief.objects.open().with_counts().order_by("-created_at", "-pk")
    return rows.select_related("author", "segment__category", "customer", "shelf")


def products_called(words: str) -> QuerySet[Product]:
    """Products that can be bought and whose number or title has these words; the newest first."""
    if not words.strip():
        return Product.objects.none()
    matching = Q(sku__iexact=words.strip())
    titles = Q()
    for each in words.split():
        titles &= Q(title__icontains=each) | Q(**{"translations__zh-hans__title__icontains": each})
    return Product.objects.buyable().filter(matching | titles)[:FOUND]


def offers_now() -> QuerySet[Promotion]:
    return Promotion.objects.running(timezone.now())


def customer_called(number: str) -> Customer | None:
    """By the shop's number or the e-mail."""
    people = Customer.objects.current()
    return people.filter(Q(external_id=number) | Q(email__iexact=number)).order_by("pk").first()
