"""`manage.py bench search` and `bench autocomplete`: made-up shops of three sizes, eight clients at once.

Products are told in the words of the taxonomy; their vectors lie around those of these words, so that queries
are encoded for real and find their neighbours. BENCH_PRODUCTS sets the sizes.
"""

import io
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from django.db import connection

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import scratch_database
from recommendations.benchmarks.catalogue import INDEX
from recommendations.ml.documents import Vectors
from recommendations.ml.search.taxonomy import rows
from recommendations.models import DIMENSIONS
from recommendations.selectors.nearest import filtered_scan
from recommendations.selectors.search import search_products, suggestions
from recommendations.services import count_words

SIZES = "10000,100000,1000000"
CLIENTS, CALLS, WARM_UP, JUDGED = 8, 400, 40, 50
BATCH, NOISE = 20_000, 0.6
PRODUCTS = """
    INSERT INTO shop_category (name, slug, path, position, image, translations)
    SELECT 'Shelf ' || n, 'shelf-' || n, 'shelf-' || n, n, '', '{}' FROM generate_series(1, 200) n;
    INSERT INTO shop_product (id, sku, title, description, brand, category_id, attributes, price, currency,
        stock, language, translations, image, is_live, created_at, updated_at)
    SELECT n, 'P' || n,
        (%(qualities)s::text[])[1 + (n / 7) %% cardinality(%(qualities)s::text[])] || ' '
            || (%(goods)s::text[])[1 + n %% cardinality(%(goods)s::text[])],
        'Made of ' || (%(qualities)s::text[])[1 + (n / 3) %% cardinality(%(qualities)s::text[])]
            || ' for every day', 'Brand ' || n %% 300,
        (SELECT min(id) FROM shop_category) + n %% 200, '{}', 5 + n %% 90, 'GBP', 10, 'en', '{}', '', true,
        now(), now()
    FROM generate_series(1, %(products)s) n;
    INSERT INTO recommendations_searchdocument (product_id, words, content_hash, updated_at)
    SELECT id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', brand), 'C')
        || setweight(to_tsvector('english', description), 'D'), '', now() FROM shop_product;
"""
VECTORS = """
    INSERT INTO recommendations_productvector
        (product_id, embedding, agreement, encoder, content_hash, updated_at)
    SELECT product_id, embedding, 0, 'bench', '', now() FROM made_up
"""
NEAREST = """
    SELECT product_id FROM recommendations_productvector
    ORDER BY embedding::halfvec(384) <=> %s::vector::halfvec(384) LIMIT 10
"""
EXACT = "SELECT product_id FROM recommendations_productvector ORDER BY embedding <=> %s::vector LIMIT 10"


@benchmark("search")
def measure_search() -> list[Measurement]:
    """p95 of a whole search with its encoding, recall of the index, and what the index costs."""
    lines: list[Measurement] = []
    smallest: float | None = None
    for size in sizes(SIZES):
        with scratch_database():
            build_s = fill(size)
            p95 = latency_ms(lambda query: search_products(query), queries())
            smallest = smallest or p95
            lines += [
                Measurement(
                    f"search, {size:,} products, {CLIENTS} clients: p95", p95, "ms",
                    baseline="the smallest shop", baseline_value=smallest, ratio=p95 / smallest,
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
        with scratch_database():
            fill(size)
            prefixes = [query[: 2 + place % 6] for place, query in enumerate(queries())]
            p95 = latency_ms(lambda prefix: suggestions(prefix, "en"), prefixes, clients=1)
        lines.append(Measurement(f"autocomplete, {size:,} products: p95", p95, "ms"))
    return lines


def sizes(usual: str) -> list[int]:
    return [int(size) for size in os.environ.get("BENCH_PRODUCTS", usual).split(",")]


def names(kind: str) -> list[str]:
    """English names of the taxonomy's rows of one kind."""
    return [row["en"].replace("/", ";").split(";")[0] for row in rows() if row["kind"] == kind]


def queries() -> list[str]:
    """What somebody may type: things with and without a quality, some with a slip, some in Chinese."""
    goods, qualities = names("good"), [*names("quality"), *names("colour")]
    plain = [f"{qualities[place % len(qualities)]} {name}" for place, name in enumerate(goods)]
    slips = [name[:2] + name[3:] for name in goods if len(name) > 6]
    chinese = [row["zh"].split(";")[0] for row in rows() if row["kind"] == "good"]
    chance = np.random.default_rng(3)
    return [str(query) for query in chance.permutation([*plain, *goods, *slips[:60], *chinese[:60]])][:CALLS]


def fill(products: int) -> float:
    """Products, their words and vectors; the seconds that the vectors' index took."""
    goods, qualities = names("good"), [*names("quality"), *names("colour")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute("SET maintenance_work_mem = '3GB'")
        cursor.execute(PRODUCTS, {"products": products, "goods": goods, "qualities": qualities})
        copy_vectors(products, get_encoder().encode_documents(goods))
        started = time.perf_counter()
        cursor.execute(definition)
        seconds = time.perf_counter() - started
        count_words()
        cursor.execute("ANALYZE")
    return seconds


def copy_vectors(products: int, centres: Vectors) -> None:
    """Unit vectors around those of the things that the titles name."""
    chance = np.random.default_rng(1)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE made_up (product_id bigint, embedding vector({DIMENSIONS}))")
        for first in range(1, products + 1, BATCH):
            keys = np.arange(first, min(first + BATCH, products + 1))
            noise = chance.standard_normal((len(keys), DIMENSIONS), np.float32) / np.sqrt(DIMENSIONS)
            vectors = centres[keys % len(centres)] + NOISE * noise
            cursor.copy_expert(
                "COPY made_up FROM STDIN (FORMAT binary)", io.BytesIO(binary(keys, vectors)), 1 << 20
            )
        cursor.execute(VECTORS)
        cursor.execute("DROP TABLE made_up")


def binary(keys: "np.typing.NDArray[np.int64]", vectors: Vectors) -> bytes:
    """Rows in PostgreSQL's binary COPY format."""
    row = np.dtype(
        [("fields", ">i2"), ("a", ">i4"), ("key", ">i8"), ("b", ">i4"), ("size", ">i2"), ("zero", ">i2"),
         ("vector", ">f4", DIMENSIONS)]
    )  # fmt: skip
    rows_ = np.zeros(len(keys), row)
    rows_["fields"], rows_["a"], rows_["key"], rows_["b"] = 2, 8, keys, 4 + 4 * DIMENSIONS
    rows_["size"], rows_["vector"] = DIMENSIONS, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows_.tobytes() + b"\xff\xff"


def latency_ms(call: Callable[[str], object], texts: Sequence[str], *, clients: int = CLIENTS) -> float:
    """The 95th percentile of calls made by so many clients at once."""

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
    return float(np.percentile(found, 95))


def recall() -> float:
    """The share of the true ten nearest that the index finds, on average over some queries."""
    shares = []
    for vector in get_encoder().encode_queries(queries()[:JUDGED]):
        literal = "[" + ",".join(map(str, vector.tolist())) + "]"
        with filtered_scan(250), connection.cursor() as cursor:
            cursor.execute(NEAREST, [literal])
            found = {pk for (pk,) in cursor.fetchall()}
            cursor.execute("SET LOCAL enable_indexscan = off")
            cursor.execute(EXACT, [literal])
            shares.append(len(found & {pk for (pk,) in cursor.fetchall()}) / 10)
    return float(np.mean(shares))


def index_size() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_relation_size(%s))", [INDEX])
        return str(cursor.fetchone()[0])
