from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from ecommerce_ai.storefront.highlighting import runs_without_spaces
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.search_address import asked_of, typed
from ecommerce_ai.storefront.searches import record_seen, record_settled, seal
from ecommerce_ai.storefront.selectors import search_page
from ecommerce_ai.storefront.visitors import current_customer
from recommendations.selectors import suggestions


@require_GET
@at_most("600/m")
def search(request: ShopRequest) -> HttpResponse:
    """Results, narrowed and paged by the address; the same page answers while words are still typed."""
    asked = asked_of(request.GET, customer=current_customer(request))
    page = search_page(asked)
    is_typing = request.htmx.target == "found"
    if not is_typing:
        record_seen(request, asked, page)
    context = {
        "is_search_page": True,
        "query": asked.query,
        "asked": asked,
        "page": page,
        "listing": page.listing,
        "highlights": (*page.results.highlights, *runs_without_spaces(asked.query)),
        "seal": seal(asked, page) if is_typing and asked.query else "",
    }
    return render(request, "storefront/search.html", context)


@require_POST
@at_most("240/m", method="POST")
def settled(request: ShopRequest) -> HttpResponse:
    """The results of words typed one by one stayed in sight: now it is a search."""
    record_settled(request, request.POST.get("seal", ""))
    return HttpResponse()


@require_GET
@at_most("1200/m")
def suggest(request: ShopRequest) -> HttpResponse:
    """What could be meant, below the search box; for htmx."""
    query = typed(request.GET)
    context = {"query": query, "suggestions": suggestions(query, get_language() or "")}
    return render(request, "components/suggestions.html", context)
