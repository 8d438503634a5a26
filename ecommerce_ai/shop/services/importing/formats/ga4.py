"""Google Analytics 4: the BigQuery export (one JSON object per event) and Measurement Protocol bodies.

An event with several items becomes one event per item, as the shop records them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.formats.events import derived_id, event_name, stable_id
from ecommerce_ai.shop.services.importing.records import EventRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

VALUE_TYPES = ("string_value", "int_value", "double_value", "float_value")


def one_row_per_item(rows: Iterable[Row]) -> Iterator[Row]:
    """Each row names one event with at most one item, whichever of the two layouts it came in."""
    for row in rows:
        if row.fault:
            yield row
            continue
        try:
            for values in flat_events(row.values):
                yield Row(row.line, values, row.size)
        except (TypeError, AttributeError):
            yield row._replace(fault="not laid out as GA4 lays out events")


def flat_events(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "events" in body:
        yield from measurement_events(body)
        return
    parameters = {
        each["key"]: typed_value(each.get("value") or {}) for each in body.get("event_params") or []
    }
    yield from per_item(
        {
            "name": body.get("event_name"),
            "occurred_at": body.get("event_timestamp"),
            "user": body.get("user_id"),
            "visitor": body.get("user_pseudo_id"),
            "parameters": {**parameters, **transaction(body.get("ecommerce") or {})},
        },
        body.get("items") or [],
    )


def measurement_events(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for event in body["events"]:
        parameters = {key: value for key, value in (event.get("params") or {}).items() if key != "items"}
        head = {
            "name": event.get("name"),
            "occurred_at": event.get("timestamp_micros") or body.get("timestamp_micros"),
            "user": body.get("user_id"),
            "visitor": body.get("client_id"),
            "parameters": parameters,
        }
        yield from per_item(head, (event.get("params") or {}).get("items") or [])


def per_item(event: dict[str, Any], items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, item in enumerate(items or [{}]):
        yield {**event, "number": number, "item": dict(item)}


def typed_value(value: dict[str, Any]) -> Any:
    return next((value[name] for name in VALUE_TYPES if value.get(name) is not None), "")


def transaction(ecommerce: dict[str, Any]) -> dict[str, Any]:
    return {key: ecommerce[key] for key in ("transaction_id",) if ecommerce.get(key)}


def map_event(row: Row, default_currency: str) -> EventRecord:
    event, item, parameters = row.values, row.values["item"], row.values["parameters"]
    name = event_name(v.required(event, "name", 60))
    occurred_at = v.moment(v.required(event, "occurred_at", 60), "occurred_at")
    visitor, session = v.text(event, "visitor", 200), v.text(parameters, "ga_session_id", 64, "session_id")
    sku = v.text(item, "item_id", 64)
    value, currency = item_value(item, parameters, default_currency)
    return EventRecord(
        line=row.line,
        event_id=derived_id(name, occurred_at, visitor, session, event["number"], sku),
        name=name,
        customer=v.text(event, "user", 100),
        visitor_id=stable_id(visitor) if visitor else None,
        session_id=session,
        sku=sku,
        quantity=v.whole(v.text(item, "quantity"), "quantity"),
        value=value,
        currency=currency,
        search_term=v.text(parameters, "search_term")[:300],
        properties=v.json_text(kept(parameters)),
        occurred_at=occurred_at,
    )


def item_value(item: dict[str, Any], parameters: dict[str, Any], default_currency: str) -> tuple[Any, str]:
    """Price times quantity of an item, or the value of an event without items, with its currency."""
    price, count = v.text(item, "price", 40), v.whole(v.text(item, "quantity"), "quantity") or 1
    text = price or ("" if item else v.text(parameters, "value", 40))
    if not text:
        return None, ""
    amount = v.price(text, "value") * (count if price else 1)
    if amount >= v.MAX_PRICE:
        raise RejectedValue("value", f"{amount} is too large")
    return amount, v.currency(v.text(parameters, "currency", 10) or default_currency, "currency")


def kept(parameters: dict[str, Any]) -> dict[str, Any]:
    """What no column holds and an analysis may want: whence the visit came, which list, order, code."""
    names = (
        "transaction_id",
        "item_list_id",
        "item_list_name",
        "page_location",
        "source",
        "medium",
        "campaign",
        "coupon",
    )
    return {name: v.text(parameters, name) for name in names if parameters.get(name)}
