"""`manage.py bench recommend`: how long a list takes in shops of three sizes, beside what cannot be saved.

Inside the process the baseline is the bare HNSW query for the same vectors; over HTTP it is a view of the
same server that answers a constant. BENCH_PRODUCTS, BENCH_EVENTS and BENCH_CALLS set the sizes.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import numpy as np
from django.db import connection
from django.utils import timezone

from ecommerce_ai.api.bench_server import load, running_server
from ecommerce_ai.api.services import create_key
from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import scratch_database
from ecommerce_ai.shop.models import Customer, Event
from recommendations.benchmarks.catalogue import fill_shop
from recommendations.models import PreparedList
from recommendations.selectors import recommended_for
from recommendations.selectors.planning import taste_of
from recommendations.selectors.pool import NEAREST
from recommendations.selectors.shopper import shopper_of
from recommendations.services import ensure_pipeline
from recommendations.services.preparing import prepare_lists

SIZES = "10000,100000,1000000"
TURNS, WARM_UP, LIMIT, WARM_QUERIES = 6, 25, 10, 2000
CALLS = int(os.environ.get("BENCH_CALLS", "200"))
ASKING = 2000
CONSTANT = "constant view"
BARE = "SELECT product_id FROM recommendations_productvector ORDER BY embedding::halfvec(384) <=> %s LIMIT %s"

WARM = """
SELECT count(*) FROM
  (SELECT embedding::halfvec(384) AS taste FROM recommendations_productvector
   WHERE product_id IN (SELECT 1 + n * 7919 %% %s FROM generate_series(1, %s) n)) tastes,
  LATERAL (SELECT FROM recommendations_productvector ORDER BY embedding::halfvec(384) <=> taste LIMIT %s) near
"""


@benchmark("recommend")
def measure_recommend() -> list[Measurement]:
    """Latencies of `GET recommendations`, 8 clients at once, in a database of its own for each size."""
    sizes = [int(size) for size in os.environ.get("BENCH_PRODUCTS", SIZES).split(",")]
    events = int(os.environ.get("BENCH_EVENTS", "1000000"))
    lines: list[Measurement] = []
    smallest: float | None = None
    for size in sizes:
        with scratch_database(kept_as=f"recommend_{size}_{events}"):
            fill_shop(size, events=events)
            inside, over_http = inside_process(size), through_server(size)
        smallest = smallest or over_http[0].value
        lines += [*inside, *over_http, growth(size, over_http[0].value, sizes[0], smallest)]
    return lines


def growth(size: int, value: float, first: int, baseline: float) -> Measurement:
    return Measurement(
        f"{size:,} products: HTTP p95 beside the smallest shop's", value, "ms",
        baseline=f"{first:,} products", baseline_value=baseline, ratio=value / baseline,
    )  # fmt: skip


def inside_process(size: int) -> list[Measurement]:
    """The selector with one client, in turns with the bare query for the same taste."""
    ensure_pipeline()
    warm_index(size)
    customers = list(Customer.objects.order_by("?")[: WARM_UP + CALLS])
    tastes = [taste_of(shopper_of(customer)) for customer in customers]
    bare, served = [], []
    for customer, taste in zip(customers, tastes, strict=True):
        if taste is not None:
            bare.append(timed(partial(bare_query, taste)))
            served.append(timed(partial(recommended_for, customer, LIMIT)))
    return [compared(f"{size:,} products: selector", served[WARM_UP:], bare[WARM_UP:], "bare HNSW query")]


def warm_index(size: int) -> None:
    """The index comes into the database's memory, as in a shop that has been open for a while."""
    with connection.cursor() as cursor:
        cursor.execute(WARM, [size, WARM_QUERIES, NEAREST])


def bare_query(vector: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [str(vector.tolist()), NEAREST])
        cursor.fetchall()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def compared(name: str, served: list[float], base: list[float], baseline: str, note: str = "") -> Measurement:
    (p50, p95, p99), reference = np.percentile(served, [50, 95, 99]), float(np.percentile(base, 95))
    told = f"p50 {p50:.1f}, p99 {p99:.1f}; baseline p50 {np.median(base):.1f}; {len(served)} calls"
    return Measurement(
        f"{name}, p95", float(p95), "ms", f"{baseline}, p95", reference, float(p95) / reference,
        note=f"{told}{note}",
    )  # fmt: skip


def through_server(size: int) -> list[Measurement]:
    """Eight clients at once ask a server of its own for a constant and for lists in turns.

    So whatever else the machine does meanwhile falls on both. Lists are asked for by shoppers for whom the
    job prepared one, and by others who clicked on something since: theirs are made when they are asked for.
    """
    prepared, expecting, clicked = lists_prepared(size)
    _, secret = create_key("bench", scopes=["read"])
    asked = {"constant": ["/api/v1/ping"], "prepared": paths_for(expecting), "made": paths_for(clicked)}
    times: dict[str, list[float]] = {name: [] for name in asked}
    seconds = dict.fromkeys(asked, 0.0)
    with running_server() as port:
        for paths in asked.values():
            load(port, paths, secret, calls=WARM_UP)
        for turn in range(TURNS):
            for name, paths in asked.items():
                found, taken_s = load(port, paths[turn::TURNS] or paths, secret, calls=CALLS // TURNS)
                times[name] += found
                seconds[name] += taken_s
    rates = {name: f"; {len(times[name]) / seconds[name]:.0f} requests a second, no error" for name in asked}
    return [
        compared(
            f"{size:,} products: HTTP", times["prepared"], times["constant"], CONSTANT, rates["prepared"]
        ),
        compared(
            f"{size:,} products: HTTP after a click",
            times["made"],
            times["constant"],
            CONSTANT,
            rates["made"],
        ),
        prepared,
    ]


def lists_prepared(size: int) -> tuple[Measurement, list[str], list[str]]:
    """What preparing took; numbers of shoppers with a list, and of as many who clicked on something since."""
    PreparedList.objects.all().delete()  # of a shop that was kept
    started = time.perf_counter()
    counts = prepare_lists(since=datetime.min.replace(tzinfo=UTC), most=Customer.objects.count())
    each_ms = (time.perf_counter() - started) * 1000 / max(counts["prepared"], 1)
    people = list(PreparedList.objects.order_by("?").values_list("customer", flat=True)[: 2 * ASKING])
    expecting, clicking = people[:ASKING], people[ASKING:]
    Event.objects.bulk_create(
        Event(
            name=Event.Name.VIEW_ITEM, customer_id=key, product_id=1 + key % size, occurred_at=timezone.now()
        )
        for key in clicking
    )
    numbers = Customer.objects.in_bulk(people)
    return (
        Measurement(
            f"{size:,} products: preparing a list",
            each_ms,
            "ms",
            note=f"{counts['prepared']} lists, one process",
        ),
        [str(numbers[key].external_id) for key in expecting],
        [str(numbers[key].external_id) for key in clicking],
    )


def paths_for(numbers: list[str]) -> list[str]:
    return [f"/api/v1/recommendations?customer={number}&limit={LIMIT}" for number in numbers]
