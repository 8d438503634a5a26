"""A product's own number, its whole title, or a title with all that was typed as one phrase."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Product
from ecommerce_ai.shop.models.catalog import ProductQuerySet
from recommendations.ml.search.documents import quoted, title_mark
from recommendations.models import SearchDocument
from recommendations.selectors.search.lexemes import TsQuery

LIMIT = 10
MAX_TITLED = 1000


def exact_hits(query: str, products: ProductQuerySet) -> list[int]:
    """The key of the product of this very number, else those of this very title (in any language)."""
    if numbered := list(products.filter(sku__in=[query, query.upper()]).values_list("pk", flat=True)[:LIMIT]):
        return numbered
    titled = SearchDocument.objects.filter(words=TsQuery(quoted(title_mark(query))))
    found = products.filter(pk__in=titled.values("pk")[:MAX_TITLED]).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:LIMIT])


def phrase_hits(query: str, product_ids: Collection[int]) -> set[int]:
    """Those of the products whose title, in the shop's or the reader's language, says the whole query.

    A single word is no phrase; in scripts without spaces two characters are.
    """
    if len(query) < 2 or (query.isascii() and " " not in query):
        return set()
    local_title = f"translations__{get_language()}__title__icontains"
    titled = Product.objects.filter(Q(title__icontains=query) | Q(**{local_title: query}))
    return set(titled.filter(pk__in=product_ids).values_list("pk", flat=True))
