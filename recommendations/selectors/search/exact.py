"""A product's own number, its whole title, or a title with all that was typed as one phrase."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Product
from ecommerce_ai.shop.models.catalog import ProductQuerySet
from ecommerce_ai.text_analysis import lexemes_of
from recommendations.models import SearchDocument
from recommendations.selectors.search.candidates import TsQuery, every_lexeme

LIMIT = 10


def exact_hits(query: str, products: ProductQuerySet) -> list[int]:
    """The key of the product of this very number, else those of this very title (in any language)."""
    if numbered := list(products.filter(sku__in=[query, query.upper()]).values_list("pk", flat=True)[:LIMIT]):
        return numbered
    lexemes = lexemes_of(query, "en")
    if not lexemes:
        return []
    words = SearchDocument.objects.filter(words=TsQuery(every_lexeme(lexemes, field="A")))
    titled = products.filter(pk__in=words.values("pk")[:1000], title__iexact=query)
    return list(titled.order_by("-pk").values_list("pk", flat=True)[:LIMIT])


def phrase_hits(query: str, product_ids: Collection[int]) -> set[int]:
    """Those of the products whose title, in the shop's or the reader's language, says the whole query.

    A single word is no phrase; in scripts without spaces two characters are.
    """
    if len(query) < 2 or (query.isascii() and " " not in query):
        return set()
    local_title = f"translations__{get_language()}__title__icontains"
    titled = Product.objects.filter(Q(title__icontains=query) | Q(**{local_title: query}))
    return set(titled.filter(pk__in=product_ids).values_list("pk", flat=True))
