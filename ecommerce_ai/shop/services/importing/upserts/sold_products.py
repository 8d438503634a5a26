"""Products that only orders tell of: made so that a line finds them, described at the end by all lines."""

from collections.abc import Iterable
from typing import Any

from ecommerce_ai.shop.services.importing.records import OrderLineRecord
from ecommerce_ai.shop.services.importing.upserts.staging import Staging

STAGING = Staging(
    "import_sold", {"sku": "text", "title": "text", "price": "numeric(14, 4)", "currency": "text"}
)
INSERT = """
WITH made AS (
    INSERT INTO shop_product (
        sku, title, description, brand, attributes, price, currency, language, translations, image, is_live,
        created_at, updated_at
    )
    SELECT sku, title, '', '', '{}', round(price, 2), currency, 'en', '{}', '', price >= 0.005, now(), now()
    FROM import_sold ON CONFLICT (sku) DO NOTHING RETURNING sku
)
INSERT INTO shop_importedkey (run_id, key, rows) SELECT %(run)s, 'product:' || sku, 1 FROM made
"""
# Millions of new lines may be in tables whose statistics know nothing of them yet.
REFRESH_STATISTICS = (
    "ANALYZE shop_orderline (order_id, product_id), shop_order (id), shop_importedkey (run_id, key)"
)
# What all lines say of the products that this run made: the title used most, the latest price asked.
DESCRIBED = """
CREATE TEMP TABLE import_described AS
WITH said AS MATERIALIZED (
    SELECT product.id, line.title, round(line.unit_price, 2) AS price, count(*) AS times,
        max(placed_at) AS latest
    FROM shop_importedkey made JOIN shop_product product ON product.sku = substr(made.key, 9)
    JOIN shop_orderline line ON line.product_id = product.id JOIN shop_order ON shop_order.id = line.order_id
    WHERE made.run_id = %(run)s AND made.key LIKE 'product:%%' GROUP BY 1, 2, 3
),
titles AS (
    SELECT DISTINCT ON (id) id, title FROM (
        SELECT id, title, sum(times) AS times, max(latest) AS latest FROM said WHERE title <> '' GROUP BY 1, 2
    ) counted ORDER BY id, times DESC, latest DESC, title
),
prices AS (SELECT DISTINCT ON (id) id, price FROM said WHERE price > 0 ORDER BY id, latest DESC, price DESC)
SELECT id, title, price
FROM (SELECT DISTINCT id FROM said) ids LEFT JOIN titles USING (id) LEFT JOIN prices USING (id)
"""
# An order changes no price: a product that was made today has one price in its history, today's.
FORGET_PRICES = """
DELETE FROM shop_pricechange USING import_described said JOIN shop_product product USING (id)
WHERE shop_pricechange.product_id = said.id AND product.price <> said.price
"""
DESCRIBE = """
UPDATE shop_product product SET title = COALESCE(said.title, product.title),
    price = COALESCE(said.price, product.price), is_live = said.price IS NOT NULL
FROM import_described said WHERE said.id = product.id
"""


def ensure_products(cursor: Any, records: Iterable[OrderLineRecord], run_id: int) -> dict[str, int]:
    """The keys by SKU of the products that lines name, held for the transaction; unknown ones are made."""
    latest = {record.sku: record for record in records}
    known = product_ids(cursor, list(latest))
    if missing := [record for sku, record in latest.items() if sku not in known]:
        STAGING.fill(
            cursor,
            ((line.sku, line.title or line.sku, line.unit_price, line.head.currency) for line in missing),
        )
        cursor.execute(INSERT, {"run": run_id})
        known |= product_ids(cursor, [line.sku for line in missing])
    return known


def product_ids(cursor: Any, skus: list[str]) -> dict[str, int]:
    cursor.execute("SELECT sku, id FROM shop_product WHERE sku = ANY(%s) ORDER BY id FOR KEY SHARE", [skus])
    return dict(cursor.fetchall())


def describe_products(cursor: Any, run_id: int) -> None:
    """Name and price the products that this run made from all their lines; unpriced ones stay hidden."""
    cursor.execute(
        "SELECT FROM shop_importedkey WHERE run_id = %s AND key LIKE 'product:%%' LIMIT 1", [run_id]
    )
    if cursor.fetchone() is None:
        return
    cursor.execute(REFRESH_STATISTICS)
    cursor.execute("DROP TABLE IF EXISTS import_described")
    cursor.execute(DESCRIBED, {"run": run_id})
    cursor.execute(FORGET_PRICES)
    cursor.execute(DESCRIBE)
    cursor.execute("DROP TABLE import_described")
