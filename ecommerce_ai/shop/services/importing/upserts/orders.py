from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from ecommerce_ai.shop.services.importing.records import OrderLineRecord
from ecommerce_ai.shop.services.importing.rows import Rejection
from ecommerce_ai.shop.services.importing.upserts.customers import ensure_customers
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging

STAGING = Staging(
    "import_order",
    {
        "ordinal": "integer",
        "line": "bigint",
        "number": "text",
        "order_kind": "text",
        "status": "text",
        "placed_at": "timestamptz",
        "customer": "text",
        "currency": "text",
        "country": "text",
        "email": "text",
        "shipping_name": "text",
        "shipping_address": "text",
        "shipping_city": "text",
        "shipping_postcode": "text",
        "line_kind": "text",
        "sku": "text",
        "title": "text",
        "quantity": "integer",
        "unit_price": "numeric(14, 4)",
    },
)
HEADS_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS import_order_head
    (number text, lines_before integer, order_id bigint, kind text, currency text)
"""
# A line is known by its order and its place among the order's lines in the file, over all batches of the run.
HEADS = """
WITH batch AS (SELECT number, count(*) AS rows FROM import_order GROUP BY number),
seen AS (
    INSERT INTO shop_importedkey (run_id, key, rows) SELECT %(run)s, 'order:' || number, rows FROM batch
    ON CONFLICT (run_id, key) DO UPDATE SET rows = shop_importedkey.rows + EXCLUDED.rows RETURNING key, rows
)
INSERT INTO import_order_head (number, lines_before)
SELECT batch.number, seen.rows - batch.rows FROM batch JOIN seen ON seen.key = 'order:' || batch.number
"""
NEW_PRODUCTS = """
WITH created AS (
    INSERT INTO shop_product (
        sku, title, description, brand, attributes, price, currency, language, translations, image, is_live,
        created_at, updated_at
    )
    SELECT DISTINCT ON (sku) sku, COALESCE(NULLIF(title, ''), sku), '', '', '{}', round(unit_price, 2), currency, 'en',
        '{}', '', unit_price > 0, now(), now()
    FROM import_order staged WHERE line_kind = 'goods'
    AND NOT EXISTS (SELECT FROM shop_product known WHERE known.sku = staged.sku)
    ORDER BY sku, unit_price = 0, title = '', placed_at DESC
    ON CONFLICT (sku) DO NOTHING RETURNING sku
)
INSERT INTO shop_importedkey (run_id, key, rows) SELECT %(run)s, 'product:' || sku, 1 FROM created
"""
# The head of an order is what its first line says. A sale never becomes a cancellation.
ORDERS = """
INSERT INTO shop_order (
    number, customer_id, kind, status, currency, total, email, shipping_name, shipping_address, shipping_city,
    shipping_postcode, country, placed_at
)
SELECT number, COALESCE(customer.merged_into_id, customer.id), order_kind, status, staged.currency, 0, staged.email,
    shipping_name, shipping_address, shipping_city, shipping_postcode, staged.country, placed_at
FROM import_order staged JOIN import_order_head head USING (number)
LEFT JOIN shop_customer customer ON customer.external_id = NULLIF(staged.customer, '')
WHERE ordinal = 1 AND lines_before = 0
ON CONFLICT (number) DO UPDATE SET customer_id = EXCLUDED.customer_id, status = EXCLUDED.status,
    currency = EXCLUDED.currency, email = EXCLUDED.email, shipping_name = EXCLUDED.shipping_name,
    shipping_address = EXCLUDED.shipping_address, shipping_city = EXCLUDED.shipping_city,
    shipping_postcode = EXCLUDED.shipping_postcode, country = EXCLUDED.country, placed_at = EXCLUDED.placed_at
WHERE shop_order.kind = EXCLUDED.kind AND (
    shop_order.customer_id, shop_order.status, shop_order.currency, shop_order.email, shop_order.shipping_name,
    shop_order.shipping_address, shop_order.shipping_city, shop_order.shipping_postcode, shop_order.country,
    shop_order.placed_at
) IS DISTINCT FROM (
    EXCLUDED.customer_id, EXCLUDED.status, EXCLUDED.currency, EXCLUDED.email, EXCLUDED.shipping_name,
    EXCLUDED.shipping_address, EXCLUDED.shipping_city, EXCLUDED.shipping_postcode, EXCLUDED.country,
    EXCLUDED.placed_at
) RETURNING id, xmax = 0
"""
FIND_ORDERS = """
UPDATE import_order_head head SET order_id = shop_order.id, kind = shop_order.kind, currency = shop_order.currency
FROM shop_order WHERE shop_order.number = head.number
"""
MISFITS = """
SELECT line, staged.number, head.kind, head.currency FROM import_order staged JOIN import_order_head head USING (number)
WHERE staged.order_kind <> head.kind OR staged.currency <> head.currency
"""
LINES = """
WITH written AS (
    INSERT INTO shop_orderline (order_id, line_number, product_id, kind, sku, title, quantity, unit_price)
    SELECT head.order_id, lines_before + ordinal, product.id, line_kind, staged.sku, staged.title, quantity, unit_price
    FROM import_order staged JOIN import_order_head head USING (number)
    LEFT JOIN shop_product product ON product.sku = staged.sku AND line_kind = 'goods'
    WHERE staged.order_kind = head.kind AND staged.currency = head.currency
    ON CONFLICT (order_id, line_number) DO UPDATE SET product_id = EXCLUDED.product_id, kind = EXCLUDED.kind,
        sku = EXCLUDED.sku, title = EXCLUDED.title, quantity = EXCLUDED.quantity, unit_price = EXCLUDED.unit_price
    WHERE (shop_orderline.product_id, shop_orderline.kind, shop_orderline.sku, shop_orderline.title,
        shop_orderline.quantity, shop_orderline.unit_price)
    IS DISTINCT FROM (EXCLUDED.product_id, EXCLUDED.kind, EXCLUDED.sku, EXCLUDED.title, EXCLUDED.quantity,
        EXCLUDED.unit_price)
    RETURNING order_id, line_number, xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),
    count(*) FILTER (WHERE line_number = 1 AND order_id = ANY(%(changed)s)) FROM written
"""
TOTALS = """
UPDATE shop_order SET total = counted.total FROM (
    SELECT order_id, round(sum(quantity * unit_price), 2) AS total
    FROM shop_orderline JOIN import_order_head USING (order_id) GROUP BY order_id
) counted WHERE shop_order.id = counted.order_id AND shop_order.total IS DISTINCT FROM counted.total
"""
# What the orders say of the products that they made known: the title used most, the latest price asked.
SOLD = """
CREATE TEMP TABLE import_sold ON COMMIT DROP AS
SELECT product.id, mode() WITHIN GROUP (ORDER BY line.title) FILTER (WHERE line.title <> '') AS title,
    (array_agg(round(line.unit_price, 2) ORDER BY placed_at DESC, line.id DESC)
        FILTER (WHERE round(line.unit_price, 2) > 0))[1] AS price
FROM shop_importedkey made JOIN shop_product product ON product.sku = substr(made.key, 9)
JOIN shop_orderline line ON line.product_id = product.id JOIN shop_order ON shop_order.id = line.order_id
WHERE made.run_id = %(run)s AND made.key LIKE 'product:%%' GROUP BY product.id
"""
# An order is no change of a price: a product that was made known today has one price in its history, today's.
FORGET_PRICES = """
DELETE FROM shop_pricechange change USING import_sold sold JOIN shop_product product USING (id)
WHERE change.product_id = sold.id AND product.price IS DISTINCT FROM sold.price AND sold.price IS NOT NULL
"""
DESCRIBE = """
UPDATE shop_product product SET title = COALESCE(sold.title, product.title), price = COALESCE(sold.price, 0),
    is_live = sold.price IS NOT NULL, updated_at = now() FROM import_sold sold WHERE sold.id = product.id
"""


def numbered(records: Iterable[OrderLineRecord]) -> Iterator[tuple[Any, ...]]:
    """Each line with its place among the lines of its order in this batch, from 1."""
    places: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    return ((next(places[record.number]), *record) for record in records)


def upsert(cursor: Any, run_id: int, fields: frozenset[str]) -> Outcome:
    """Orders with lines by number and place; customers and products that nobody knows are made."""
    run = {"run": run_id}
    cursor.execute(HEADS_TABLE)
    cursor.execute("TRUNCATE import_order_head")
    cursor.execute(HEADS, run)
    ensure_customers(cursor, STAGING, time="placed_at")
    cursor.execute(NEW_PRODUCTS, run)
    cursor.execute(ORDERS)
    changed = [order_id for order_id, is_new in cursor.fetchall() if not is_new]
    cursor.execute(FIND_ORDERS)
    cursor.execute("ANALYZE import_order_head")
    cursor.execute(MISFITS)
    rejections = [
        Rejection(line, "order_number", f"order {number} is a {kind} in {currency}, this line is not")
        for line, number, kind, currency in cursor.fetchall()
    ]
    cursor.execute(LINES, {"changed": changed})
    created, updated, counted_twice = cursor.fetchone()
    cursor.execute(TOTALS)
    return Outcome(created, updated + len(changed) - counted_twice, rejections)


def finish(cursor: Any, run_id: int) -> None:
    """Name and price the products that this file made known from all that it says of them."""
    cursor.execute(SOLD, {"run": run_id})
    cursor.execute(FORGET_PRICES)
    cursor.execute(DESCRIBE)
    cursor.execute("DROP TABLE import_sold")
