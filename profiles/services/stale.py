"""Whose profile is no longer what the facts say: compared inside the database, by a hash of all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers

# Part of every hash: raise it when profiles are put together in another way.
VERSION = "1"
LOCK = 7_301_002
# Everything a profile is made of, customer by customer. XOR needs no order, and no row comes twice.
FACTS = """
    SELECT customer_id, bit_xor(h) AS h, count(*) AS n FROM (
        SELECT customer_id, hashtextextended(concat_ws('|', 'order', id, kind, status, currency, total,
            placed_at), 0) AS h FROM shop_order WHERE customer_id IS NOT NULL
        UNION ALL
        SELECT o.customer_id, hashtextextended(concat_ws('|', 'line', l.id, l.kind, l.product_id, l.quantity,
            t.h), 0) FROM shop_orderline l JOIN shop_order o ON o.id = l.order_id
            LEFT JOIN traits_hash t ON t.product_id = l.product_id WHERE o.customer_id IS NOT NULL
        UNION ALL
        SELECT e.customer_id, hashtextextended(concat_ws('|', 'event', e.id, e.name, e.session_id,
            e.product_id, e.search_term, e.occurred_at, t.h, r.traits), 0) FROM shop_event e
            LEFT JOIN traits_hash t ON t.product_id = e.product_id
            LEFT JOIN profiles_textreading r ON e.search_term <> ''
                AND r.content_hash = md5(lower(e.search_term))
            WHERE e.customer_id IS NOT NULL
        UNION ALL
        SELECT v.customer_id, hashtextextended(concat_ws('|', 'review', v.id, v.rating, v.product_id,
            v.created_at, t.h, r.traits), 0) FROM shop_review v
            LEFT JOIN traits_hash t ON t.product_id = v.product_id
            LEFT JOIN profiles_textreading r ON r.content_hash = md5(lower(v.body))
            WHERE v.customer_id IS NOT NULL
        UNION ALL
        SELECT q.customer_id, hashtextextended(concat_ws('|', 'question', q.id, q.product_id, q.created_at,
            t.h, r.traits), 0) FROM shop_question q
            LEFT JOIN traits_hash t ON t.product_id = q.product_id
            LEFT JOIN profiles_textreading r ON r.content_hash = md5(lower(q.body))
            WHERE q.customer_id IS NOT NULL
    ) AS facts GROUP BY customer_id
"""
TRAITS_HASH = """
    CREATE TEMPORARY TABLE traits_hash ON COMMIT DROP AS
    SELECT product_id, bit_xor(hashint8extended(trait_id, 0)) AS h
    FROM profiles_producttrait GROUP BY product_id
"""
# Only those who did something have a profile.
STALE = """
    CREATE TEMPORARY TABLE stale ON COMMIT DROP AS
    SELECT facts.customer_id, made.hash AS input_hash FROM ({facts}) AS facts
    JOIN allowed ON allowed.id = facts.customer_id
    JOIN shop_customer c ON c.id = facts.customer_id
    CROSS JOIN LATERAL (
        SELECT concat_ws(':', %(version)s::text, facts.n, facts.h, c.language) AS hash
    ) AS made
    LEFT JOIN profiles_profile p ON p.customer_id = facts.customer_id
    WHERE p.input_hash IS DISTINCT FROM made.hash
"""
# Inside a larger transaction an earlier refresh may have left its tables.
CLEAR = (
    "DROP TABLE IF EXISTS pg_temp.allowed, pg_temp.traits_hash, pg_temp.stale, pg_temp.gone,"
    " pg_temp.spoken, pg_temp.kept"
)
INDEX = "CREATE UNIQUE INDEX ON stale (customer_id)"
ANALYZE = "ANALYZE stale"


@contextmanager
def stale_customers() -> Iterator[tuple[Any, int]]:
    """A cursor in a transaction whose table `stale` (customer_id, input_hash) holds them, and how many.

    Two at once wait for each other. `allowed` (id) holds everybody who allows personalisation.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(CLEAR)
        allowed = allowed_customers(Purpose.PERSONALISATION).values("id").order_by()
        sql, parameters = allowed.query.sql_with_params()
        cursor.execute(f"CREATE TEMPORARY TABLE allowed ON COMMIT DROP AS {sql}", parameters)
        for statement in (TRAITS_HASH, STALE.format(facts=FACTS), INDEX, ANALYZE):
            cursor.execute(statement, {"version": VERSION})
        cursor.execute("SELECT count(*) FROM stale")
        yield cursor, cursor.fetchone()[0]
