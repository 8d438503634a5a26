from typing import Any

from ecommerce_ai.shop.services.importing.records import EventRecord
from ecommerce_ai.shop.services.importing.upserts.customers import ensure_customers
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging, counted

STAGING = Staging(
    "import_event",
    {
        "line": "bigint",
        "event_id": "uuid",
        "name": "text",
        "customer": "text",
        "visitor_id": "uuid",
        "session_id": "text",
        "sku": "text",
        "quantity": "integer",
        "value": "numeric(14, 2)",
        "currency": "text",
        "search_term": "text",
        "properties": "jsonb",
        "occurred_at": "timestamptz",
    },
)
ENSURE_VISITORS = """
INSERT INTO shop_customer (visitor_id, email, name, phone, country, city, language, gender, created_at)
SELECT visitor_id, '', '', '', '', '', '', '', min(occurred_at)
FROM import_event WHERE customer = '' AND visitor_id IS NOT NULL GROUP BY visitor_id
ON CONFLICT (visitor_id) DO NOTHING
"""
# An event of a product that is not here keeps the product's name among its properties.
INSERT = """
INSERT INTO shop_event (
    event_id, name, customer_id, session_id, product_id, quantity, value, currency, search_term, properties,
    occurred_at, received_at
)
SELECT event_id, staged.name, COALESCE(customer.merged_into_id, customer.id), session_id, product.id,
    quantity, value, staged.currency, search_term,
    CASE WHEN staged.sku <> '' AND product.id IS NULL
        THEN properties || jsonb_build_object('item_id', staged.sku) ELSE properties END,
    occurred_at, now()
FROM import_event staged
LEFT JOIN shop_product product ON product.sku = staged.sku AND staged.sku <> ''
LEFT JOIN shop_customer customer ON customer.id = COALESCE(
    (SELECT id FROM shop_customer WHERE external_id = NULLIF(staged.customer, '')),
    (SELECT id FROM shop_customer WHERE visitor_id = staged.visitor_id)
)
ON CONFLICT (event_id) DO NOTHING
"""


def upsert(cursor: Any, records: list[EventRecord], run_id: int, fields: frozenset[str]) -> Outcome:
    """Events by their id; what happened does not change, so a known one stays as it is."""
    stage(cursor, records)
    created, updated = counted(cursor, f"{INSERT} RETURNING true AS is_new")
    return Outcome(created, updated, [])


def stage(cursor: Any, records: list[EventRecord]) -> None:
    """Put events into the temporary table, and make the customers that they name."""
    STAGING.fill(cursor, records)
    ensure_customers(cursor, STAGING, time="occurred_at")
    cursor.execute(ENSURE_VISITORS)
