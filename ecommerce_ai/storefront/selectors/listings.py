"""A list of products that can be narrowed, sorted and paged: a shelf, or what a search found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from ecommerce_ai.shop.models import Category, Product
from ecommerce_ai.storefront.filters import SORTS, Filters, in_order, narrowed
from ecommerce_ai.storefront.selectors.cards import ProductCard, cards_with_reasons
from ecommerce_ai.storefront.selectors.facets import Facet, FacetValue, facets
from recommendations.models import PopularProduct
from recommendations.selectors import Reason, SearchResults

PAGE_SIZE = 24
LAST = 2**31 - 1


@dataclass(frozen=True)
class Listing:
    """One page of products, with everything around it."""

    cards: list[ProductCard]
    page: "Page[Product] | Page[int]"
    facets: list[Facet]
    filters: Filters
    sorts: dict[str, Promise | str] = field(default_factory=lambda: dict(SORTS))

    @property
    def chosen(self) -> list[tuple[Facet, FacetValue]]:
        """What the list is narrowed by, for chips that take it away."""
        return [(facet, value) for facet in self.facets for value in facet.chosen]


def shelf_listing(category: Category, *, filters: Filters, page: str) -> Listing:
    """What lies on the shelf and on those below it, popular first."""
    products = Product.objects.live().on_shelf(category)
    return listing(popular_first(products), filters=filters, page=page)


def found_listing(found: SearchResults, *, filters: Filters, page: str) -> Listing:
    """What a search found, best first, each with why. A page as it was found is not asked for again."""
    pks = list(found.product_ids)
    place = Func(Value(pks, ArrayField(BigIntegerField())), F("pk"), function="array_position")
    products = Product.objects.live().filter(pk__in=pks).order_by(place)
    loaded = {item.product.pk: item for item in found.items}
    current = Paginator(pks, PAGE_SIZE).get_page(page)
    if filters.is_narrowing or filters.sort or not loaded.keys() >= set(current):
        reasons = {pk: item.reason for pk, item in loaded.items()}
        return listing(products, filters=filters, page=page, reasons=reasons)
    cards = cards_with_reasons([(loaded[pk].product, loaded[pk].reason) for pk in current])
    return Listing(cards, current, facets(products, filters), filters)


def listing(
    products: QuerySet[Product], *, filters: Filters, page: str, reasons: Mapping[int, Reason] | None = None
) -> Listing:
    filters = filters.with_attributes(attributes_of(products, filters.attributes))
    shown = in_order(narrowed(products, filters), filters.sort)
    current = Paginator(shown, PAGE_SIZE).get_page(page)
    cards = cards_with_reasons([(product, (reasons or {}).get(product.pk)) for product in current])
    return Listing(cards, current, facets(products, filters), filters)


def attributes_of(products: QuerySet[Product], names: Sequence[str]) -> list[str]:
    """Those of the names that are attributes of some of the products."""
    return [name for name in names if products.order_by().filter(attributes__has_key=name).exists()]


def popular_first(products: QuerySet[Product]) -> QuerySet[Product]:
    rank = PopularProduct.objects.filter(product=OuterRef("pk")).order_by("rank").values("rank")[:1]
    return products.order_by(Coalesce(Subquery(rank), Value(LAST)), "-id")
