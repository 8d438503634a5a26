"""What could be meant by the letters typed so far."""

from django.db.models import Q

from ecommerce_ai.shop.models import Category, Product
from recommendations.selectors.search.results import Suggestions

MIN_LENGTH = 2
SHELVES = 3


def suggestions(prefix: str, language: str, limit: int = 5) -> Suggestions:
    """Up to `limit` queries and products and a few shelves, in the reader's language where it is told."""
    text = " ".join(prefix.split())
    if len(text) < MIN_LENGTH:
        return Suggestions()
    shelves = Category.objects.filter(
        Q(name__icontains=text) | Q(**{f"translations__{language}__name__icontains": text})
    )
    products = Product.objects.buyable().filter(
        Q(title__icontains=text) | Q(**{f"translations__{language}__title__icontains": text})
    )
    return Suggestions((), tuple(shelves[:SHELVES]), tuple(products.order_by("title")[:limit]))
