from typing import Any

from ecommerce_ai.shop.services.importing.records import ReviewRecord
from ecommerce_ai.shop.services.importing.rows import Rejection
from ecommerce_ai.shop.services.importing.upserts.customers import ensure_customers
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging, counted, reject_repeated

STAGING = Staging(
    "import_review",
    {
        "line": "bigint",
        "external_id": "text",
        "sku": "text",
        "customer": "text",
        "author_name": "text",
        "rating": "smallint",
        "title": "text",
        "body": "text",
        "language": "text",
        "status": "text",
        "created_at": "timestamptz",
    },
)
REJECT_UNKNOWN = """
DELETE FROM import_review staged
WHERE NOT EXISTS (SELECT FROM shop_product product WHERE product.sku = staged.sku) RETURNING line, sku
"""
# Whether a review is shown is decided in this shop once it is here, so the status is taken only at first.
UPSERT = """
INSERT INTO shop_review (
    external_id, product_id, customer_id, author_name, rating, title, body, language, status, created_at
)
SELECT staged.external_id, product.id, COALESCE(customer.merged_into_id, customer.id), author_name, rating,
    staged.title, body, staged.language, status, staged.created_at
FROM import_review staged JOIN shop_product product USING (sku)
LEFT JOIN shop_customer customer ON customer.external_id = staged.customer
ON CONFLICT (external_id) DO UPDATE SET product_id = EXCLUDED.product_id, customer_id = EXCLUDED.customer_id,
    author_name = EXCLUDED.author_name, rating = EXCLUDED.rating, title = EXCLUDED.title,
    body = EXCLUDED.body, language = EXCLUDED.language, created_at = EXCLUDED.created_at
WHERE (shop_review.product_id, shop_review.customer_id, shop_review.author_name, shop_review.rating,
    shop_review.title, shop_review.body, shop_review.language, shop_review.created_at)
IS DISTINCT FROM (EXCLUDED.product_id, EXCLUDED.customer_id, EXCLUDED.author_name, EXCLUDED.rating,
    EXCLUDED.title, EXCLUDED.body, EXCLUDED.language, EXCLUDED.created_at)
RETURNING xmax = 0 AS is_new
"""


def upsert(cursor: Any, records: list[ReviewRecord], run_id: int, fields: frozenset[str]) -> Outcome:
    """Reviews by the shop's number; one of a product that is not here is rejected."""
    STAGING.fill(cursor, records)
    cursor.execute(REJECT_UNKNOWN)
    unknown = [Rejection(line, "sku", f"no product has the SKU “{sku}”") for line, sku in cursor.fetchall()]
    repeated = reject_repeated(cursor, STAGING, key="external_id", run_id=run_id)
    ensure_customers(cursor, STAGING, time="created_at")
    created, updated = counted(cursor, UPSERT)
    return Outcome(created, updated, unknown + repeated)
