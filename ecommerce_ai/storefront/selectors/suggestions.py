from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Category, Product

SHELVES = 3
PRODUCTS = 5
MIN_LENGTH = 2


@dataclass(frozen=True)
class Suggestions:
    shelves: list[Category]
    products: list[Product]


def suggestions(text: str) -> Suggestions:
    """Shelves and products whose name holds what was typed so far, in either language."""
    if len(text) < MIN_LENGTH:
        return Suggestions([], [])
    language = get_language()
    shelves = Category.objects.filter(
        Q(name__icontains=text) | Q(**{f"translations__{language}__name__icontains": text})
    )
    products = Product.objects.buyable().filter(
        Q(title__icontains=text) | Q(**{f"translations__{language}__title__icontains": text})
    )
    return Suggestions(list(shelves[:SHELVES]), list(products.order_by("title")[:PRODUCTS]))
