"""A product's own number, or its whole title."""

from ecommerce_ai.shop.models.catalog import ProductQuerySet
from recommendations.ml.search.analysis import lexemes_of
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
