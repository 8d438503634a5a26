"""What a page's own script tells (`static/events/events.js`), in our shop or in one that embeds it."""

import uuid
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer, Event, Product
from ecommerce_ai.shop.services import EventDetails, read_events, record_event, visitor
from ecommerce_ai.shop.services.event_bodies import EventBodies, UnreadableEvents
from ecommerce_ai.shop.services.importing.records import EventRecord
from ecommerce_ai.storefront.recording import may_record
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import customer_to_write

MAX_BEACON_EVENTS = 50
MAX_BEACON_BYTES = 64 * 1024  # no browser sends a larger one
# Money and log-ins are told by servers: a page could say anything.
FROM_SERVERS = {Event.Name.PURCHASE, Event.Name.REFUND, Event.Name.SIGN_UP, Event.Name.LOGIN}


def is_foreign(request: HttpRequest) -> bool:
    """Whether the page that sends this is another site's; its browser sends none of our cookies along."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def is_welcome(request: HttpRequest) -> bool:
    return not is_foreign(request) or request.headers["Origin"] in settings.COLLECT_ORIGINS


def collect(request: ShopRequest, given: EventBodies) -> int:
    """Keep the events of a beacon; how many were new. Raises UnreadableEvents for too many of them."""
    if len(given.bodies) > MAX_BEACON_EVENTS:
        raise UnreadableEvents(f"At most {MAX_BEACON_EVENTS} events in one beacon.")
    customer = None
    if is_foreign(request):
        customer = embedded_visitor(given.head.get("visitor_id"))
        is_kept = is_allowed(customer, Purpose.ANALYTICS)
    elif is_kept := may_record(request):
        customer = customer_to_write(request)
    records = read_events(given.bodies, head={}).records if is_kept else []
    return keep([record for record in records if record.name not in FROM_SERVERS], customer)


def embedded_visitor(text: object) -> Customer | None:
    """The visitor that another shop's page remembers; None before its reader agreed to be remembered."""
    try:
        return visitor(uuid.UUID(str(text)))
    except ValueError:
        return None


def keep(records: Iterable[EventRecord], customer: Customer | None) -> int:
    records = list(records)
    products = Product.objects.in_bulk({record.sku for record in records}, field_name="sku")
    return sum(
        record_event(
            record.name,
            customer=customer,
            details=details_of(record, products.get(record.sku)),
            event_id=record.event_id,
            occurred_at=record.occurred_at,
        )
        for record in records
    )


def details_of(record: EventRecord, product: Product | None) -> EventDetails:
    return EventDetails(
        product=product,
        quantity=record.quantity,
        value=record.value,
        currency=record.currency,
        search_term=record.search_term,
    )
