"""A search as it is, beside what the merchant's drafts would make of it."""

from dataclasses import dataclass

from ecommerce_ai.shop.models import Product
from recommendations.models import SearchPin, Synonym
from recommendations.selectors import SearchOptions, SearchSettings, search_products
from recommendations.selectors.search.settings import SHIPPED

SHOWN = 12


@dataclass(frozen=True)
class PlacedProduct:
    """A product at its place; `before` is its place without the drafts, None where it was not shown."""

    product: Product
    place: int
    before: int | None

    @property
    def is_moved(self) -> bool:
        return self.place != self.before


@dataclass(frozen=True)
class SearchPreview:
    now: list[PlacedProduct]
    then: list[PlacedProduct]
    synonyms: list[Synonym]
    pins: list[SearchPin]

    @property
    def changes_something(self) -> bool:
        return [row.product.pk for row in self.now] != [row.product.pk for row in self.then]


def search_preview(query: str, settings: SearchSettings = SHIPPED) -> SearchPreview | None:
    """The list as it is, and as drafts and other settings would make it; None without words."""
    if not (words := " ".join(query.replace("\x00", " ").split())):
        return None
    now = found(words, SearchOptions(is_personal=False))
    then = found(words, SearchOptions(is_personal=False, with_drafts=True, settings=settings))
    return SearchPreview(placed(now, now), placed(then, now), draft_synonyms(words), draft_pins(words))


def found(words: str, options: SearchOptions) -> list[Product]:
    return [item.product for item in search_products(words, limit=SHOWN, options=options).items]


def placed(products: list[Product], before: list[Product]) -> list[PlacedProduct]:
    places = {product.pk: place for place, product in enumerate(before, start=1)}
    return [
        PlacedProduct(product, place, places.get(product.pk))
        for place, product in enumerate(products, start=1)
    ]


def draft_synonyms(words: str) -> list[Synonym]:
    """Drafts of which one side stands in the words."""
    lowered = words.lower()
    drafts = Synonym.objects.filter(is_live=False)
    return [draft for draft in drafts if draft.words.lower() in lowered or draft.means.lower() in lowered]


def draft_pins(words: str) -> list[SearchPin]:
    return list(SearchPin.objects.filter(is_live=False, query__iexact=words).select_related("product"))
