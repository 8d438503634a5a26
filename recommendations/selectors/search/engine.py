"""Search by meaning; by words while the encoder is away, and for scripts that it reads badly."""

import re
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from ecommerce_ai.inference.registry import EncoderUnavailable, encode_query
from ecommerce_ai.shop.models import Product
from ecommerce_ai.shop.models.catalog import ProductQuerySet
from recommendations.ml.documents import Vectors
from recommendations.models import ProductVector
from recommendations.selectors.nearest import scan, similarity
from recommendations.selectors.results import Reason, Recommendation
from recommendations.selectors.search.results import Road, SearchOptions, SearchResults
from recommendations.selectors.words import exact_hits, is_without_spaces, matching_pieces, matching_words

TIMEOUT_S = 1.0
MAX_QUERY = 300
# A page never shows more than these: what comes after the two-hundredth product answers no question.
MAX_RESULTS = 200
# Below this cosine, or this share of the best one, nothing is about the query.
LEAST_SIMILARITY = 0.25
LEAST_SHARE = 0.5
SENTENCES = {
    Road.MEANING: gettext_lazy("Close in meaning to your search"),
    Road.WORDS: gettext_lazy("Has the words of your search"),
}
Scored = tuple[int, float]
DEFAULTS = SearchOptions()


def search_products(
    query: str,
    *,
    limit: int = 24,
    offset: int = 0,
    within: ProductQuerySet | None = None,
    options: SearchOptions = DEFAULTS,
) -> SearchResults:
    """Buyable products for what somebody typed, best first; only those of `within` where it is given."""
    query = cleaned(query)
    if not query:
        return SearchResults(query="", items=(), product_ids=(), road=Road.WORDS)
    products = (Product.objects.all() if within is None else within).buyable()
    road, found = ranked(query, products, is_filtered=within is not None)
    found = exact_first(exact_hits(query, products, limit=10), found)
    return SearchResults(
        query=query,
        items=loaded(found[offset : offset + limit], Reason(code=f"search_{road}", text=SENTENCES[road])),
        product_ids=tuple(pk for pk, _ in found),
        road=road,
    )


def cleaned(query: str) -> str:
    """Without control characters and doubled spaces, and not longer than anybody types."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", query).split())[:MAX_QUERY]


def ranked(query: str, products: ProductQuerySet, *, is_filtered: bool) -> tuple[Road, list[Scored]]:
    """By pieces where the script has no spaces, else by meaning, else by words."""
    if is_without_spaces(query) and (found := by_rank(matching_pieces(query, products))):
        return Road.WORDS, found
    try:
        vector = encode_query(query, timeout_s=TIMEOUT_S)
    except EncoderUnavailable:
        return Road.WORDS, by_rank(matching_words(query, products))
    if found := by_meaning(vector, products if is_filtered else None):
        return Road.MEANING, found
    return Road.WORDS, by_rank(matching_words(query, products))


def by_meaning(vector: Vectors, within: ProductQuerySet | None) -> list[Scored]:
    candidates = ProductVector.objects.buyable()
    if within is not None:
        candidates = candidates.filter(product__in=within.order_by())
    rows = scan(candidates.only("pk"), vector, limit=MAX_RESULTS)
    least = max(LEAST_SIMILARITY, LEAST_SHARE * similarity(rows[0])) if rows else 1.0
    return [(row.product_id, similarity(row)) for row in rows if similarity(row) >= least]


def by_rank(products: QuerySet[Product]) -> list[Scored]:
    return [(product.pk, vars(product)["rank"]) for product in products.only("pk")[:MAX_RESULTS]]


def exact_first(exact: Sequence[int], found: list[Scored]) -> list[Scored]:
    """A product's own number or title, typed out, is that product."""
    return [(pk, 1.0) for pk in exact] + [hit for hit in found if hit[0] not in exact]


def loaded(hits: Sequence[Scored], reason: Reason) -> tuple[Recommendation, ...]:
    """The products of one page; one that vanished meanwhile is left out."""
    products = Product.objects.select_related("category").in_bulk([pk for pk, _ in hits])
    return tuple(Recommendation(products[pk], score, reason) for pk, score in hits if pk in products)
