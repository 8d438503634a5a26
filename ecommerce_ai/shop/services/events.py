import uuid
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Event, Product


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
    _, is_new = Event.objects.get_or_create(
        event_id=event_id or uuid.uuid4(),
        defaults={
            **{part.name: getattr(details, part.name) for part in fields(details)},
            "name": Event.Name(name),
            "customer": customer,
            "occurred_at": occurred_at or timezone.now(),
        },
    )
    return is_new
