from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from ecommerce_ai.api.keys import Key
from ecommerce_ai.api.problems import Problem
from ecommerce_ai.privacy.selectors import recordable_events
from ecommerce_ai.shop.services import read_events, record_events
from ecommerce_ai.shop.services.event_bodies import (
    MAX_EVENTS,
    EventBodies,
    TooManyEvents,
    UnreadableEvents,
    parse_events,
)

router = Router(tags=["events"])
EXAMPLE = {
    "events": [
        {
            "event_id": "5f0c6c4e-7f4e-4a53-9f5e-0d6f1a0b2c3d",
            "name": "view_item",
            "customer_id": "C10042",
            "visitor_id": "8b1f0a52-2f64-4b7e-9d0f-3d6f0c1f7a11",
            "sku": "harbour-mug-chalk",
            "occurred_at": "2026-11-22T10:15:00Z",
        },
        {"event_id": "a1", "name": "search", "visitor_id": "v-17", "search_term": "stoneware mug"},
        {
            "name": "add_to_cart",
            "params": {"currency": "GBP", "items": [{"item_id": "harbour-mug-chalk", "quantity": 2}]},
        },
    ]
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [{"type": "object"}, {"type": "array", "maxItems": MAX_EVENTS}]},
                "example": EXAMPLE,
            }
        },
    }
}


class Refusal(Schema):
    """`index` counts the events of the request from 0."""

    index: int
    field: str
    detail: str


class EventAnswer(Schema):
    """`known`: ids that were here before. `withheld`: of people who do not want their visits to be kept."""

    received: int
    created: int
    known: int
    withheld: int
    rejected: list[Refusal]


@router.post("events", auth=Key("write"), response=EventAnswer, openapi_extra=BODY)
def post_events(request: HttpRequest) -> dict[str, Any]:
    """Keep one event or up to 1,000, by GA4's names.

    The body is an event, a list, or GA4's Measurement Protocol (`client_id`, `user_id`, `events`).
    An `event_id` that was sent before changes nothing, so a request may be repeated.
    Events that cannot be read are named in `rejected`; the others are kept.
    """
    bodies, head = events_in(request.body)
    read = read_events(bodies, head=head)
    if bodies and len(read.rejected) == len(bodies):
        raise Problem(422, "None of the events can be kept.", errors=refusals(read.rejected))
    kept = recordable_events(read.records)
    counts = record_events(kept)
    return {
        "received": len(bodies),
        "created": counts.created,
        "known": counts.known,
        "withheld": len(read.records) - len(kept),
        "rejected": refusals(read.rejected),
    }


def events_in(body: bytes) -> EventBodies:
    try:
        return parse_events(body)
    except TooManyEvents as error:
        raise Problem(413, str(error)) from error
    except UnreadableEvents as error:
        raise Problem(400, str(error)) from error


def refusals(rejected: list[Any]) -> list[dict[str, Any]]:
    return [{"index": each.line, "field": each.field, "detail": each.reason} for each in rejected]
