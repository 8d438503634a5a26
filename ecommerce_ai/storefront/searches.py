"""What the shop remembers of a search: the words and what was shown, never the letters on their way."""

from dataclasses import replace
from typing import Any

from django.core import signing

from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services import EventDetails
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.search_address import SearchAsked
from ecommerce_ai.storefront.selectors import SearchPage
from recommendations.selectors import search_version
from recommendations.services.impression_rows import bucket_of

SALT = "search results"
SEAL_AGE_S = 3600


def record_seen(request: ShopRequest, asked: SearchAsked, page: SearchPage) -> None:
    """A search, or one more look at its results."""
    if asked.query:
        is_new = replace(asked, filters=page.listing.filters).is_new
        name = Event.Name.SEARCH if is_new else Event.Name.VIEW_SEARCH_RESULTS
        record(request, name, EventDetails(search_term=asked.query, properties=shown(asked, page)))


def record_settled(request: ShopRequest, sealed: str) -> None:
    """The search that `seal` describes; nothing for a seal that is forged or old."""
    try:
        told = signing.loads(sealed, salt=SALT, max_age=SEAL_AGE_S)
    except signing.BadSignature:
        return
    record(request, Event.Name.SEARCH, EventDetails(search_term=told["query"], properties=told["properties"]))


def seal(asked: SearchAsked, page: SearchPage) -> str:
    """What `record_settled` needs to know, in the browser's hands but not in its power."""
    return signing.dumps({"query": asked.query, "properties": shown(asked, page)}, salt=SALT, compress=True)


def shown(asked: SearchAsked, page: SearchPage) -> dict[str, Any]:
    """How many products were found, by which road, and which of them this page shows, in order.

    For experiments: `settings`, the version of what decided, and `bucket`, the shopper's of a thousand.
    """
    results, customer = page.results, asked.options.customer
    return {
        "settings": search_version(asked.options.settings),
        **({"bucket": bucket_of(customer)} if customer else {}),
        "results": results.total,
        "road": str(results.road),
        "language": results.language,
        "shown": [card.product.pk for card in page.listing.cards],
    }
