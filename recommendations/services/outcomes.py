"""Clicks, carts and purchases, put to the impression that they came from."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

LOOK_BACK = timedelta(days=8)
CART_WITHIN = timedelta(days=1)
PURCHASE_WITHIN = timedelta(days=7)

# A click names its impression; who was only a visitor then may have logged in since.
CLICKS = """
INSERT INTO recommendations_outcome (impression_id, product_id, position, kind, occurred_at)
SELECT impression.id, event.product_id, array_position(impression.product_ids, event.product_id),
       'click', min(event.occurred_at)
FROM shop_event event
JOIN recommendations_impression impression ON impression.id = CASE
  WHEN event.properties ->> 'impression_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  THEN (event.properties ->> 'impression_id')::uuid END
JOIN shop_customer seen_by ON seen_by.id = impression.customer_id
WHERE event.occurred_at >= %(since)s AND event.name IN ('view_item', 'select_item')
  AND event.customer_id IN (seen_by.id, seen_by.merged_into_id)
  AND event.product_id = ANY (impression.product_ids)
GROUP BY impression.id, event.product_id
ON CONFLICT DO NOTHING
"""
# What follows a click counts for the last list that was clicked before it.
CARTS = """
INSERT INTO recommendations_outcome (impression_id, product_id, position, kind, occurred_at)
SELECT DISTINCT ON (event.id) click.impression_id, click.product_id, click.position, 'cart', event.occurred_at
FROM shop_event event
JOIN recommendations_outcome click ON click.kind = 'click' AND click.product_id = event.product_id
  AND event.occurred_at BETWEEN click.occurred_at AND click.occurred_at + %(cart_within)s
JOIN recommendations_impression impression ON impression.id = click.impression_id
JOIN shop_customer seen_by ON seen_by.id = impression.customer_id
WHERE event.occurred_at >= %(since)s AND event.name = 'add_to_cart'
  AND event.customer_id IN (seen_by.id, seen_by.merged_into_id)
ORDER BY event.id, click.occurred_at DESC
ON CONFLICT DO NOTHING
"""
PURCHASES = """
INSERT INTO recommendations_outcome (impression_id, product_id, position, kind, occurred_at)
SELECT DISTINCT ON (line.id) click.impression_id, click.product_id, click.position, 'purchase',
       placed.placed_at
FROM shop_order placed
JOIN shop_orderline line ON line.order_id = placed.id AND line.kind = 'goods'
JOIN recommendations_outcome click ON click.kind = 'click' AND click.product_id = line.product_id
  AND placed.placed_at BETWEEN click.occurred_at AND click.occurred_at + %(purchase_within)s
JOIN recommendations_impression impression ON impression.id = click.impression_id
JOIN shop_customer seen_by ON seen_by.id = impression.customer_id
WHERE placed.placed_at >= %(since)s AND placed.kind = 'sale' AND placed.status <> 'cancelled'
  AND placed.customer_id IN (seen_by.id, seen_by.merged_into_id)
ORDER BY line.id, click.occurred_at DESC
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def attribute_outcomes(*, now: datetime | None = None) -> dict[str, int]:
    """Put the last days' clicks, carts and purchases to their impressions; repeating changes nothing.

    A click names its impression. A cart within a day and a purchase within a week of it follow from it.
    """
    given = {
        "since": (now or timezone.now()) - LOOK_BACK,
        "cart_within": CART_WITHIN,
        "purchase_within": PURCHASE_WITHIN,
    }
    with connection.cursor() as cursor:
        return {name: insert(cursor, statement, given) for name, statement in STATEMENTS.items()}


def insert(cursor: Any, statement: str, given: dict[str, Any]) -> int:
    cursor.execute(statement, given)
    return int(cursor.rowcount)


STATEMENTS = {"clicks": CLICKS, "carts": CARTS, "purchases": PURCHASES}
