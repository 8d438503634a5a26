"""Events that programs and browsers send: up to a thousand at once, in plain names or as GA4 sends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ecommerce_ai.shop.live_store import VISIT_S
from ecommerce_ai.shop.selectors import LiveAction
from ecommerce_ai.shop.services.importing.formats import events, ga4
from ecommerce_ai.shop.services.importing.records import EventRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Rejection, Row
from ecommerce_ai.shop.services.importing.upserts.events import INSERT, STAGING, stage
from ecommerce_ai.shop.services.live_visits import note_actions, visit_ids

PLAIN_NAMES = {"user_id": "customer_id", "client_id": "visitor_id"}  # for those of GA4
OF_NOW_WITHOUT_VISIT = f"""
SELECT staged.line, COALESCE(customer.merged_into_id, customer.id)
FROM {STAGING.table} staged
JOIN shop_customer customer ON customer.id = COALESCE(
    (SELECT id FROM shop_customer WHERE external_id = NULLIF(staged.customer, '')),
    (SELECT id FROM shop_customer WHERE visitor_id = staged.visitor_id)
)
WHERE staged.session_id = '' AND staged.occurred_at > %s
"""  # noqa: S608 - our own table
SET_VISITS = f"""
UPDATE {STAGING.table} staged SET session_id = given.visit
FROM unnest(%s::bigint[], %s::text[]) AS given (line, visit) WHERE given.line = staged.line
"""  # noqa: S608 - our own table
INSERT_AND_TELL = f"{INSERT} RETURNING customer_id, name, product_id, search_term, occurred_at"


class ReadEvents(NamedTuple):
    """Events as records, and what could not be read; `line` counts the given events from 0."""

    records: list[EventRecord]
    rejected: list[Rejection]


@dataclass(frozen=True)
class EventCounts:
    """How many of a batch were new, and how many were known by their id."""

    created: int
    known: int


def read_events(bodies: Sequence[Any], *, head: dict[str, Any]) -> ReadEvents:
    """Each body as a record. `head`: what all share, as GA4 puts the user beside them.

    An event with GA4's `params` becomes one for each of its items. One without a time happened now.
    """
    read, arrived = ReadEvents([], []), Arrival(timezone.now(), head)
    for line, body in enumerate(bodies):
        try:
            read.records.extend(records_of(line, body, arrived))
        except RejectedValue as error:
            read.rejected.append(Rejection(line, error.field, error.reason))
        except (TypeError, AttributeError):
            read.rejected.append(Rejection(line, "", "not laid out as an event"))
    return read


class Arrival:
    """What the events of a request share: when they came, and what stands beside them, in both layouts."""

    def __init__(self, now: datetime, head: dict[str, Any]) -> None:
        plain = {PLAIN_NAMES[name]: value for name, value in head.items() if name in PLAIN_NAMES}
        self.now = now
        self.plain = {"occurred_at": now.isoformat(), **plain}
        self.ga4 = {"timestamp_micros": int(now.timestamp() * 1_000_000), **head}


def records_of(line: int, body: Any, arrival: Arrival) -> list[EventRecord]:
    if not isinstance(body, dict):
        raise RejectedValue("", "expected a JSON object")
    if "params" in body:
        flat = ga4.flat_events({**arrival.ga4, "events": [body]})
        records = [ga4.map_event(Row(line, values), settings.SHOP_CURRENCY) for values in flat]
    else:
        records = [events.map_event(Row(line, {**arrival.plain, **body}), settings.SHOP_CURRENCY)]
    # A clock that is ahead would be the newest for years.
    return [
        record if record.occurred_at <= arrival.now else record._replace(occurred_at=arrival.now)
        for record in records
    ]


def record_events(records: list[EventRecord]) -> EventCounts:
    """Keep events set-based; a known `event_id` changes nothing. The live visits know of them afterwards."""
    if not records:
        return EventCounts(0, 0)
    with transaction.atomic(), connection.cursor() as cursor:
        stage(cursor, records)
        give_visits(cursor)
        cursor.execute(INSERT_AND_TELL)
        created = cursor.fetchall()
    actions: dict[int, list[LiveAction]] = {}
    for customer_id, *action in sorted(created, key=lambda row: row[-1]):
        if customer_id:
            actions.setdefault(customer_id, []).append(LiveAction(*action))
    note_actions(actions)
    return EventCounts(len(created), len(records) - len(created))


def give_visits(cursor: Any) -> None:
    """Events of now that name no visit belong to the one their customer is in."""
    cursor.execute(OF_NOW_WITHOUT_VISIT, [timezone.now() - timedelta(seconds=VISIT_S)])
    if customer_of_line := dict(cursor.fetchall()):
        visits = visit_ids(set(customer_of_line.values()))
        lines = list(customer_of_line)
        cursor.execute(SET_VISITS, [lines, [visits[customer_of_line[line]] for line in lines]])
