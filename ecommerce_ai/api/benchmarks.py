"""How fast events come in: one request of a thousand, beside a bare COPY of as many rows."""

import io
import json
import time
import uuid
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from ecommerce_ai.api import bench_recommend as bench_recommend
from ecommerce_ai.api.services import create_key
from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import scratch_database
from ecommerce_ai.shop.models import Event, Product
from ecommerce_ai.shop.services import record_event

EVENTS, ROUNDS, VISITORS, PRODUCTS = 1000, 30, 200, 500


@benchmark("events")
def measure_events() -> list[Measurement]:
    """1,000 events in one POST, and one event as a page of the shop records it; in a database of its own."""
    with scratch_database(), override_settings(ALLOWED_HOSTS=["*"]):
        Product.objects.bulk_create(
            Product(sku=f"B{number}", title=f"Product {number}", price=1, currency="GBP")
            for number in range(PRODUCTS)
        )
        _, secret = create_key("bench", scopes=["write"])
        posts = [timed_post(secret) for _ in range(ROUNDS)]
        copies = [timed_copy() for _ in range(ROUNDS)]
        singles = [timed_single() for _ in range(EVENTS)]
    posted, copied = median(posts) * 1000, median(copies) * 1000
    worst = sorted(posts)[int(ROUNDS * 0.95)] * 1000
    return [
        Measurement(
            f"POST of {EVENTS:,} events", posted, "ms", "bare COPY of as many rows", copied, posted / copied,
            note=f"median of {ROUNDS}; 95 % under {worst:.0f} ms",
        ),
        Measurement("one event of a page", median(singles) * 1000, "ms", note=f"median of {EVENTS}"),
    ]  # fmt: skip


def timed_post(secret: str) -> float:
    body = json.dumps([event_body(number) for number in range(EVENTS)])
    client, headers = Client(), {"X-API-Key": secret}
    started = time.perf_counter()
    response = client.post("/api/v1/events", body, content_type="application/json", headers=headers)
    seconds = time.perf_counter() - started
    if response.json()["created"] != EVENTS:
        raise RuntimeError(response.content.decode()[:500])
    return seconds


def event_body(number: int) -> dict[str, Any]:
    return {
        "event_id": str(uuid.uuid4()),
        "name": "view_item",
        "visitor_id": f"visitor {number % VISITORS}",
        "sku": f"B{number % PRODUCTS}",
        "value": "12.50",
        "currency": "GBP",
        "properties": {"page_location": "https://shop.example/a/page"},
    }


def timed_copy() -> float:
    """Seconds of a COPY of as many rows into a table without keys and indexes."""
    lines = "".join(f"{uuid.uuid4()}\tview_item\t{number}\n" for number in range(EVENTS))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_events (a text, b text, c text)")
        started = time.perf_counter()
        cursor.copy_expert("COPY bare_events FROM STDIN", io.StringIO(lines))
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bare_events")
    return seconds


def timed_single() -> float:
    customer = Event.objects.exclude(customer=None).select_related("customer")[0].customer
    started = time.perf_counter()
    record_event(Event.Name.VIEW_CART, customer=customer)
    return time.perf_counter() - started
