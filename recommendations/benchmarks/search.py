"""`manage.py bench search` and `bench autocomplete`: made-up shops of three sizes, eight clients at once.

BENCH_PRODUCTS sets the sizes; with BENCH_KEEP set their databases stay for the next run.
"""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from django.db import connection

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.measurement import Measurement, benchmark
from recommendations.benchmarks.catalogue import INDEX
from recommendations.benchmarks.search_shop import made_up_shop, queries
from recommendations.selectors.search import search_products, suggestions
from recommendations.selectors.search.candidates import nearest_products
from recommendations.selectors.search.engine import DEFAULTS, cleaned, planned

SIZES = "10000,100000,1000000"
CLIENTS, WARM_UP, JUDGED = 8, 100, 30
EXACT = "SELECT product_id FROM recommendations_productvector ORDER BY embedding <=> %s::vector LIMIT 10"


@benchmark("search")
def measure_search() -> list[Measurement]:
    """p95 of a whole search with its encoding, recall of the index, and what the index costs."""
    get_encoder()
    lines: list[Measurement] = []
    smallest: float | None = None
    for size in sizes(SIZES):
        with made_up_shop(size) as build_s:
            median, p95 = latency_ms(lambda query: search_products(query), queries())
            smallest = smallest or p95
            lines += [
                Measurement(
                    f"search, {size:,} products, {CLIENTS} clients: p95", p95, "ms",
                    baseline="the smallest shop", baseline_value=smallest, ratio=p95 / smallest,
                    note=f"median {median:.0f} ms",
                ),
                Measurement(f"vector index of {size:,}: built", build_s, "s", note=index_size()),
                Measurement(f"vector index of {size:,}: recall@10", recall(), "", note="to an exact scan"),
            ]  # fmt: skip
    return lines


@benchmark("autocomplete")
def measure_autocomplete() -> list[Measurement]:
    """p95 of completing the first letters of words in a shop of 100,000."""
    lines = []
    for size in sizes("100000"):
        with made_up_shop(size):
            prefixes = [query[: 2 + place % 6] for place, query in enumerate(queries())]
            median, p95 = latency_ms(lambda prefix: suggestions(prefix, "en"), prefixes, clients=1)
        name = f"autocomplete, {size:,} products: p95"
        lines.append(Measurement(name, p95, "ms", note=f"median {median:.1f} ms"))
    return lines


def sizes(usual: str) -> list[int]:
    return [int(size) for size in os.environ.get("BENCH_PRODUCTS", usual).split(",")]


def latency_ms(
    call: Callable[[str], object], texts: Sequence[str], *, clients: int = CLIENTS
) -> tuple[float, float]:
    """The median and the 95th percentile of calls made by so many clients at once."""

    def timed(text: str) -> float:
        started = time.perf_counter()
        call(text)
        return (time.perf_counter() - started) * 1000

    def close(_client: int) -> None:
        connection.close()

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(timed, texts[:WARM_UP]))
        found = list(pool.map(timed, texts))
        list(pool.map(close, range(clients * 4)))
    return float(np.median(found)), float(np.percentile(found, 95))


def recall() -> float:
    """The share of the true ten nearest that a search finds among its candidates' first ten, on average.

    Queries are those that the encoder is asked for: repaired, and told in the words of the taxonomy.
    """
    asked = [planned(cleaned(query), None, DEFAULTS).understanding.text for query in queries()[:JUDGED]]
    shares = []
    for vector in get_encoder().encode_queries(asked):
        found = set(nearest_products(vector)[:10])
        with connection.cursor() as cursor:
            cursor.execute(EXACT, ["[" + ",".join(map(str, vector.tolist())) + "]"])
            shares.append(len(found & {pk for (pk,) in cursor.fetchall()}) / 10)
    return float(np.mean(shares))


def index_size() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_relation_size(%s))", [INDEX])
        return str(cursor.fetchone()[0])
