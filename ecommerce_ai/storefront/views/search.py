from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services import EventDetails
from ecommerce_ai.storefront.filters import filters_from
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import found_listing, popular_cards, suggestions
from recommendations.selectors import Road, search_products

MAX_QUERY = 300


@require_GET
@at_most("600/m")
def search(request: ShopRequest) -> HttpResponse:
    results = search_products(typed(request), limit=1)
    page = request.GET.get("page", "1")
    listing = found_listing(results.product_ids, filters=filters_from(request.GET), page=page)
    context = {
        "is_search_page": True,
        "query": results.query,
        "listing": listing,
        "is_by_words": results.road == Road.WORDS,
        "popular": [] if listing.cards else popular_cards(),
    }
    if results.query and not request.htmx:  # letters on their way to a word are no search
        properties = {"results": len(results.product_ids), "road": str(results.road)}
        record(request, Event.Name.SEARCH, EventDetails(search_term=results.query, properties=properties))
    return render(request, "storefront/search.html", context)


@require_GET
@at_most("1200/m")
def suggest(request: ShopRequest) -> HttpResponse:
    """What could be meant, below the search box; for htmx."""
    query = typed(request)
    context = {"query": query, "suggestions": suggestions(query)}
    return render(request, "components/suggestions.html", context)


def typed(request: ShopRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", " ")[:MAX_QUERY].split())
