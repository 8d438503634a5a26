from typing import Any

from ecommerce_ai.shop.services.importing.records import ProductRecord
from ecommerce_ai.shop.services.importing.upserts.categories import category_ids
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging, counted, reject_repeated
from ecommerce_ai.shop.services.importing.values import json_text

STAGING = Staging(
    "import_product",
    {
        "line": "bigint",
        "sku": "text",
        "title": "text",
        "description": "text",
        "brand": "text",
        "category": "text",
        "attributes": "jsonb",
        "price": "numeric(12, 2)",
        "currency": "text",
        "stock": "integer",
        "language": "text",
        "translations": "jsonb",
        "image": "text",
        "is_live": "boolean",
    },
)
COLUMNS = {
    "title": "title",
    "description": "description",
    "brand": "brand",
    "category": "category_id",
    "attributes": "attributes",
    "price": "price",
    "currency": "currency",
    "stock": "stock",
    "language": "language",
    "translations": "translations",
    "image": "image",
    "is_live": "is_live",
}
UPSERT = """
INSERT INTO shop_product (
    sku, title, description, brand, category_id, attributes, price, currency, stock, language, translations,
    image, is_live, created_at, updated_at
)
SELECT sku, title, description, brand, shelf.value::bigint, attributes, price, currency, stock, language,
    translations, image, is_live, now(), now()
FROM import_product staged LEFT JOIN jsonb_each_text(%(categories)s) shelf ON shelf.key = staged.category
ON CONFLICT (sku) DO UPDATE SET {changes}, updated_at = now()
WHERE ({current}) IS DISTINCT FROM ({given})
RETURNING xmax = 0 AS is_new
"""


def upsert(cursor: Any, records: list[ProductRecord], run_id: int, fields: frozenset[str]) -> Outcome:
    """Products by SKU; `fields` are those that a known product takes from the file."""
    STAGING.fill(cursor, records)
    rejections = reject_repeated(cursor, STAGING, key="sku", run_id=run_id)
    cursor.execute("SELECT DISTINCT category FROM import_product WHERE category <> '[]'")
    categories = category_ids([names for (names,) in cursor.fetchall()])
    columns = [COLUMNS[field] for field in COLUMNS if field in fields]
    statement = UPSERT.format(
        changes=", ".join(f"{column} = EXCLUDED.{column}" for column in columns),
        current=", ".join(f"shop_product.{column}" for column in columns),
        given=", ".join(f"EXCLUDED.{column}" for column in columns),
    )
    created, updated = counted(cursor, statement, {"categories": json_text(categories)})
    return Outcome(created, updated, rejections)
