"""What the merchant decides: words that mean other words, and products that come first."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F, Value
from django.db.models.functions import Lower, StrIndex

from ecommerce_ai.shop.models.catalog import ProductQuerySet
from recommendations.models import SearchPin, Synonym
from recommendations.selectors.search.reasons import Found
from recommendations.selectors.search.results import SearchOptions

MAX_SYNONYMS = 50


def synonyms_in(query: str, *, with_drafts: bool) -> list[tuple[str, str]]:
    """Pairs (words in the query, what they mean) that the merchant wrote down."""
    chosen = Synonym.objects.all() if with_drafts else Synonym.objects.live()
    text = Value(query.lower())
    pairs = list(
        chosen.annotate(place=StrIndex(text, Lower("words")))
        .filter(place__gt=0)
        .values_list("words", "means")[:MAX_SYNONYMS]
    )
    backwards = (
        chosen.filter(is_two_way=True).annotate(place=StrIndex(text, Lower("means"))).filter(place__gt=0)
    )
    return pairs + list(backwards.values_list(F("means"), F("words"))[:MAX_SYNONYMS])


def pinned(
    query: str, found: Sequence[Found], products: ProductQuerySet, options: SearchOptions
) -> list[Found]:
    """The results with each pinned product at its place; only what can be bought now."""
    pins = SearchPin.objects.all() if options.with_drafts else SearchPin.objects.live()
    places = dict(
        pins.filter(query__iexact=query, product__in=products.order_by())
        .order_by("position", "pk")
        .values_list("product", "position")
    )
    if not places:
        return list(found)
    known = {hit.product_id: hit for hit in found}
    ordered = [hit for hit in found if hit.product_id not in places]
    for product_id, position in places.items():
        hit = replace(known.get(product_id, Found(product_id, 1.0)), is_pinned=True)
        ordered.insert(position - 1, hit)
    return ordered
