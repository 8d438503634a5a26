"""What the shop remembers of a search: the words and what was shown, never the letters on their way."""

from typing import Any

from django.core import signing

from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services import EventDetails
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.search_address import SearchAsked
from ecommerce_ai.storefront.selectors import SearchPage

SALT = "search results"
SEAL_AGE_S = 3600


def record_seen(request: ShopRequest, asked: SearchAsked, page: SearchPage) -> None:
    """A search, or one more look at its results."""
    if asked.query:
        name = Event.Name.SEARCH if asked.is_new else Event.Name.VIEW_SEARCH_RESULTS
        record(request, name, EventDetails(search_term=asked.query, properties=shown(page)))


def record_settled(request: ShopRequest, sealed: str) -> None:
    """The search that `seal` describes; nothing for a seal that is forged or old."""
    try:
        told = signing.loads(sealed, salt=SALT, max_age=SEAL_AGE_S)
    except signing.BadSignature:
        return
    record(request, Event.Name.SEARCH, EventDetails(search_term=told["query"], properties=told["properties"]))


def seal(asked: SearchAsked, page: SearchPage) -> str:
    """What `record_settled` needs to know, in the browser's hands but not in its power."""
    return signing.dumps({"query": asked.query, "properties": shown(page)}, salt=SALT, compress=True)


def shown(page: SearchPage) -> dict[str, Any]:
    """How many products were found, by which road, and which of them this page shows, in order."""
    results = page.results
    return {
        "results": results.total,
        "road": str(results.road),
        "language": results.language,
        "shown": [card.product.pk for card in page.listing.cards],
    }
