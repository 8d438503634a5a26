import uuid
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ecommerce_ai.shop.live_store import VISIT_S
from ecommerce_ai.shop.models import Customer, Event, Product
from ecommerce_ai.shop.selectors import LiveAction
from ecommerce_ai.shop.services.live_visits import note_actions, visit_ids


@dataclass(frozen=True)
class EventDetails:
    """What an event is about, beside its name and its customer."""

    product: Product | None = None
    quantity: int | None = None
    value: Decimal | None = None
    currency: str = ""
    search_term: str = ""
    session_id: str = ""
    properties: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "search_term", self.search_term.replace("\x00", "")[:300])


def record_event(
    name: str,
    *,
    customer: Customer | None,
    details: EventDetails | None = None,
    event_id: uuid.UUID | None = None,
    occurred_at: datetime | None = None,
) -> bool:
    """Keep one event; the same `event_id` again changes nothing. True when it was new.

    Raises ValueError for a name that is none of GA4's that we keep.
    """
    details = details or EventDetails()
    occurred_at = occurred_at or timezone.now()
    given = {part.name: getattr(details, part.name) for part in fields(details)}
    if customer and not given["session_id"] and is_of_now(occurred_at):
        given["session_id"] = visit_ids([customer.pk])[customer.pk]
    event, is_new = Event.objects.get_or_create(
        event_id=event_id or uuid.uuid4(),
        defaults={**given, "name": Event.Name(name), "customer": customer, "occurred_at": occurred_at},
    )
    if customer and is_new:
        action = LiveAction(event.name, event.product_id, event.search_term, event.occurred_at)
        note_actions({customer.pk: [action]})
    return is_new


def is_of_now(occurred_at: datetime) -> bool:
    """Whether it belongs to a visit that may still go on."""
    return abs((timezone.now() - occurred_at).total_seconds()) < VISIT_S
