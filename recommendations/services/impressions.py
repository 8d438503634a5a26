"""Impressions go to Redis with the response and to the database a little later: nobody waits for them."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from redis import Redis, RedisError

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer
from recommendations.models import Impression

log = structlog.get_logger(__name__)
QUEUE = "recommendations:impressions"
# Beyond this many nobody drains them, and the memory belongs to others.
MOST_WAITING = 200_000
BATCH = 500
LOCK = 7_301_002
LINES = json.JSONEncoder(separators=(",", ":"))


@cache
def store() -> "Redis":
    """One pool of connections for each process."""
    return Redis.from_url(str(settings.CACHES["default"]["LOCATION"]))


def queue_impression(impression: Impression) -> None:
    """Remember an impression that is being shown. Where the store is away it is lost, and the page is not."""
    line = LINES.encode(as_line(impression))
    try:
        if store().rpush(QUEUE, line) > MOST_WAITING:
            store().ltrim(QUEUE, -MOST_WAITING, -1)
    except RedisError as error:
        log.warning("impression_lost", error=type(error).__name__)


def as_line(impression: Impression) -> dict[str, Any]:
    return {
        "id": str(impression.pk),
        "customer_id": impression.customer_id,
        "slot": str(impression.slot),
        "pipeline_id": impression.pipeline_id,
        "bucket": impression.bucket,
        "product_ids": impression.product_ids,
        "scores": impression.scores,
        "propensities": impression.propensities,
        "reason_codes": impression.reason_codes,
        "trace": impression.trace,
        "served_at": impression.served_at.isoformat(),
    }


def from_line(line: bytes) -> Impression:
    values = json.loads(line)
    served_at = datetime.fromisoformat(values.pop("served_at"))
    return Impression(**{**values, "id": UUID(values["id"]), "served_at": served_at})


def drain_impressions() -> list[UUID]:
    """Move what waits into the database; returns the keys of what came. Safe to repeat and to run twice.

    Lines leave the queue after they are committed; one that comes again changes nothing.
    """
    drained: list[UUID] = []
    while batch := drain_batch():
        drained += batch
    return drained


@transaction.atomic
def drain_batch() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    lines = cast("list[bytes]", store().lrange(QUEUE, 0, BATCH - 1))
    impressions = permitted([from_line(line) for line in lines])
    Impression.objects.bulk_create(impressions, ignore_conflicts=True)
    if lines:
        store().ltrim(QUEUE, len(lines), -1)
    return [each.pk for each in impressions] if lines else []


def permitted(impressions: Sequence[Impression]) -> list[Impression]:
    """Without those of customers who are gone; nameless where the customer does not want to be counted."""
    people = {each.customer_id for each in impressions if each.customer_id}
    locked = Customer.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True)
    here = set(locked.values_list("pk", flat=True))
    counted = set(allowed_customers(Purpose.ANALYTICS).filter(pk__in=here).values_list("pk", flat=True))
    kept = [each for each in impressions if each.customer_id is None or each.customer_id in here]
    for each in kept:
        if each.customer_id not in counted and each.customer_id is not None:
            each.customer_id, each.trace = None, {}
    return kept
