"""What a search page shows: results narrowed and paged like a shelf, and a way on where there are none."""

from dataclasses import dataclass

from ecommerce_ai.shop.models import Category, Product
from ecommerce_ai.storefront.search_address import SearchAsked
from ecommerce_ai.storefront.selectors.cards import ProductCard, product_cards
from ecommerce_ai.storefront.selectors.home import popular_cards
from ecommerce_ai.storefront.selectors.listings import PAGE_SIZE, Listing, found_listing, popular_first
from recommendations.selectors import SearchResults, search_products
from recommendations.selectors.nearest_shelves import nearest_shelves

MAX_RESULTS = 200
SHELF_SIZE = 12


@dataclass(frozen=True)
class WayOn:
    """For a search without results: the shelves closest to it, and what is popular there."""

    shelves: list[Category]
    popular: list[ProductCard]


@dataclass(frozen=True)
class SearchPage:
    results: SearchResults
    listing: Listing
    way_on: WayOn | None


def search_page(asked: SearchAsked) -> SearchPage:
    offset, limit = reasons_needed(asked)
    results = search_products(asked.query, offset=offset, limit=limit, options=asked.options)
    listing = found_listing(results, filters=asked.filters, page=asked.page)
    return SearchPage(results, listing, None if results.product_ids else way_on(asked.query))


def reasons_needed(asked: SearchAsked) -> tuple[int, int]:
    """Offset and limit of the results that the page may show; any, once they are narrowed or sorted."""
    if asked.filters.is_narrowing or asked.filters.sort or not asked.page.isdecimal():
        return 0, MAX_RESULTS
    return (min(int(asked.page[:4]), MAX_RESULTS) - 1) * PAGE_SIZE, PAGE_SIZE


def way_on(query: str) -> WayOn:
    shelves = nearest_shelves(query) if query else []
    return WayOn(shelves, popular_on(shelves) or popular_cards())


def popular_on(shelves: list[Category]) -> list[ProductCard]:
    if not shelves:
        return []
    products = Product.objects.buyable().filter(category__in=shelves)
    return product_cards(popular_first(products)[:SHELF_SIZE])
