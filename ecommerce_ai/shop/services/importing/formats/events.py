"""Events under plain column names, called by GA4's names."""

from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.records import EventRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

EVENTS = frozenset(Event.Name.values)
NAMESPACE = uuid5(NAMESPACE_URL, "ecommerce_ai/events")


def map_event(row: Row, default_currency: str) -> EventRecord:
    values = row.values
    name = event_name(v.required(values, "name", 60, "event_name", "event"))
    customer, visitor = v.text(values, "customer_id", 100), v.text(values, "visitor_id", 200)
    occurred_at = v.moment(v.required(values, "occurred_at", 60, "timestamp", "time"), "occurred_at")
    sku, session = v.text(values, "sku", 64, "item_id", "product_id"), v.text(values, "session_id", 64)
    own_id = v.text(values, "event_id", 200)
    value = v.text(values, "value", 40)
    return EventRecord(
        line=row.line,
        event_id=stable_id(own_id)
        if own_id
        else derived_id(name, occurred_at, customer, visitor, session, sku),
        name=name,
        customer=customer,
        visitor_id=stable_id(visitor) if visitor else None,
        session_id=session,
        sku=sku,
        quantity=v.whole(v.text(values, "quantity"), "quantity"),
        value=v.price(value, "value") if value else None,
        currency=v.currency(v.text(values, "currency", 10) or default_currency, "currency") if value else "",
        search_term=v.text(values, "search_term")[:300],
        properties=v.json_text(v.json_object(values.get("properties"), "properties")),
        occurred_at=occurred_at,
    )


def event_name(name: str) -> str:
    if name not in EVENTS:
        raise RejectedValue("name", f"“{name}” is none of the events that are kept")
    return name


@lru_cache(maxsize=8192)
def stable_id(text: str) -> UUID:
    """A UUID given as such, or always the same one for the same text."""
    try:
        return UUID(text)
    except ValueError:
        return uuid5(NAMESPACE, text)


def derived_id(*parts: object) -> UUID:
    """The identity of an event that came without one: what it says."""
    return uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))
