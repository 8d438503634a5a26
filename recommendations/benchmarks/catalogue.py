"""A made-up shop of any size: products with vectors in clusters, events, orders, stored rankings.

Set-based: a million products come in through COPY and INSERT … SELECT, and the index is built at the end.
"""

import io
from collections.abc import Iterator

import numpy as np
from django.db import connection

from recommendations.models import DIMENSIONS

CLUSTERS = 2000
NOISE = 0.9
BATCH = 20_000
CUSTOMERS = 5000
RANKED = 100
ORDERED = 12

PRODUCTS = """
INSERT INTO shop_category (name, slug, path, position, image, translations)
SELECT 'Shelf ' || n, 'shelf-' || n, 'shelf-' || n, n, '', '{}' FROM generate_series(1, 200) n;
INSERT INTO shop_product (id, sku, title, description, brand, category_id, attributes, price, currency, stock,
                          language, translations, image, is_live, created_at, updated_at)
SELECT n, 'P' || n, 'Product ' || n, '', 'Brand ' || n %% 300,
       (SELECT min(id) FROM shop_category) + n %% 200, '{}', 5 + n %% 90, 'GBP', 10, 'en', '{}', '', true,
       now() - interval '90 days', now()
FROM generate_series(1, %(products)s) n;
INSERT INTO shop_customer (external_id, email, name, phone, country, city, language, gender, created_at)
SELECT 'C' || n, '', '', '', 'GB', '', 'en', '', now() FROM generate_series(1, %(customers)s) n;
INSERT INTO recommendations_popularproduct (product_id, window_days, rank, score, computed_at)
SELECT 1 + (n * 7919) %% %(products)s, 30, n, 1000 - n, now()
FROM generate_series(1, least(500, %(products)s / 20)) n ON CONFLICT DO NOTHING;
"""
HAPPENINGS = """
INSERT INTO shop_event (event_id, name, customer_id, session_id, product_id, currency, search_term,
                        properties, occurred_at, received_at)
SELECT gen_random_uuid(), (ARRAY['view_item', 'view_item', 'view_item', 'add_to_cart'])[1 + n %% 4],
       (SELECT min(id) FROM shop_customer) + n %% %(customers)s, '',
       1 + floor(random() * %(products)s)::bigint, '', '', '{}', now() - n * interval '7 seconds', now()
FROM generate_series(1, %(events)s) n;
INSERT INTO shop_order (number, customer_id, kind, status, currency, total, email, shipping_name,
                        shipping_address, shipping_city, shipping_postcode, country, placed_at)
SELECT 'N' || id, id, 'sale', 'delivered', 'GBP', 10, '', '', '', '', '', 'GB', now() - interval '30 days'
FROM shop_customer;
INSERT INTO shop_orderline (order_id, line_number, product_id, kind, sku, title, quantity, unit_price)
SELECT shop_order.id, n, 1 + floor(random() * %(products)s)::bigint, 'goods', 'x', '', 1, 10
FROM shop_order, generate_series(1, %(ordered)s) n;
"""
# Every other customer has a history that a ranker learned from.
RANKINGS = """
INSERT INTO inference_modelrun (name, kind, parameters, metrics, artefact_path, is_live, created_at)
VALUES ('ranker', 'bench', '{"sources": ["bench"], "groups": ["bench"]}', '{}', '', true, now());
INSERT INTO recommendations_customerranking (customer_id, run_id, product_ids, scores, sources, contributions,
                                             input_hash, computed_at)
SELECT id, (SELECT max(id) FROM inference_modelrun),
       ARRAY(SELECT 1 + (id * 7919 + n * 104729) %% %(products)s FROM generate_series(1, %(ranked)s) n),
       ARRAY(SELECT 1.0 / n FROM generate_series(1, %(ranked)s) n),
       ARRAY(SELECT 1 FROM generate_series(1, %(ranked)s) n),
       decode(repeat('0000803f', %(ranked)s), 'hex'), '', now() - interval '1 hour'
FROM shop_customer WHERE id %% 2 = 0;
"""
INDEX = "productvector_near_half"


def fill_shop(products: int, *, events: int) -> None:
    """An empty, migrated shop becomes one of this size, once; the vectors' index is built last."""
    if is_filled(products):
        return
    given = {
        "products": products,
        "events": events,
        "customers": CUSTOMERS,
        "ordered": ORDERED,
        "ranked": RANKED,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        definition = cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {INDEX}")
        cursor.execute("SET maintenance_work_mem = '3GB'")
        cursor.execute("SET synchronous_commit = off")
        for statement in (PRODUCTS, HAPPENINGS, RANKINGS):
            cursor.execute(statement, given)
        copy_vectors(products)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is built while a check waits
        cursor.execute(definition)
        cursor.execute("ANALYZE")
        cursor.execute("RESET maintenance_work_mem")


def is_filled(products: int) -> bool:
    """Whether it was filled to the end before: the index is what comes last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_indexes WHERE indexname = %s)"
            " AND EXISTS (SELECT FROM recommendations_productvector WHERE product_id = %s)",
            [INDEX, products],
        )
        return bool(cursor.fetchone()[0])


def copy_vectors(products: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE made_up (product_id bigint, embedding vector({DIMENSIONS}))")
        for body in binary_batches(products):
            cursor.copy_expert("COPY made_up FROM STDIN (FORMAT binary)", io.BytesIO(body), 1 << 20)
        cursor.execute(
            "INSERT INTO recommendations_productvector"
            " (product_id, embedding, agreement, encoder, content_hash, created_at, updated_at)"
            " SELECT product_id, embedding, 1, 'bench', '', now() - interval '90 days', now() FROM made_up"
        )
        cursor.execute("DROP TABLE made_up")


def binary_batches(products: int, *, seed: int = 1) -> Iterator[bytes]:
    """Rows in PostgreSQL's binary COPY format: unit vectors around the centres of clusters."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((CLUSTERS, DIMENSIONS), np.float32)
    row = np.dtype(
        [("fields", ">i2"), ("a", ">i4"), ("key", ">i8"), ("b", ">i4"), ("size", ">i2"), ("zero", ">i2"),
         ("vector", ">f4", DIMENSIONS)]
    )  # fmt: skip
    for first in range(1, products + 1, BATCH):
        keys = np.arange(first, min(first + BATCH, products + 1))
        vectors = centres[keys % CLUSTERS] + NOISE * chance.standard_normal(
            (len(keys), DIMENSIONS), np.float32
        )
        rows = np.zeros(len(keys), row)
        rows["fields"], rows["a"], rows["key"], rows["b"] = 2, 8, keys, 4 + 4 * DIMENSIONS
        rows["size"], rows["vector"] = DIMENSIONS, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        yield b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff"
