"""A second count of what profiles tell, customer by customer, written apart from the first: for proofs."""

from typing import Any

from django.db import connection

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers

RECOUNT = """
SELECT c.id,
    (SELECT count(*) FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'sale'
        AND o.status <> 'cancelled'),
    (SELECT count(*) FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'cancellation'),
    (SELECT coalesce(sum(l.quantity), 0) FROM shop_orderline l WHERE l.kind = 'goods' AND l.order_id IN (
        SELECT id FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'sale'
        AND o.status <> 'cancelled')),
    (SELECT count(DISTINCT l.product_id) FROM shop_orderline l WHERE l.kind = 'goods' AND l.order_id IN (
        SELECT id FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'sale'
        AND o.status <> 'cancelled')),
    (SELECT coalesce(sum(o.total), 0) FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'sale'
        AND o.status <> 'cancelled' AND o.currency = p.currency),
    (SELECT coalesce(sum(o.total), 0) FROM shop_order o WHERE o.customer_id = c.id
        AND o.status <> 'cancelled' AND o.currency = p.currency),
    (SELECT min(o.placed_at) FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'sale'
        AND o.status <> 'cancelled'),
    (SELECT max(o.placed_at) FROM shop_order o WHERE o.customer_id = c.id AND o.kind = 'sale'
        AND o.status <> 'cancelled'),
    (SELECT count(DISTINCT e.session_id) FROM shop_event e WHERE e.customer_id = c.id
        AND e.session_id <> ''),
    (SELECT count(*) FROM shop_event e WHERE e.customer_id = c.id AND e.name = 'view_item'),
    (SELECT count(*) FROM shop_event e WHERE e.customer_id = c.id AND e.name = 'add_to_cart'),
    (SELECT count(*) FROM shop_event e WHERE e.customer_id = c.id AND e.name = 'search'),
    (SELECT count(*) FROM shop_review r WHERE r.customer_id = c.id),
    (SELECT count(*) FROM shop_question q WHERE q.customer_id = c.id)
FROM shop_customer c JOIN profiles_profile p ON p.customer_id = c.id
"""
TOLD = """
SELECT customer_id, order_count, cancellation_count, unit_count, product_count, gross_spent, net_spent,
    first_order_at, last_order_at, visit_count, view_count, cart_count, search_count, review_count,
    question_count FROM profiles_profile
"""
UNCOUNTED = """
SELECT c.id FROM shop_customer c WHERE c.merged_into_id IS NULL
    AND NOT EXISTS (SELECT FROM profiles_profile p WHERE p.customer_id = c.id)
    AND (EXISTS (SELECT FROM shop_order o WHERE o.customer_id = c.id)
        OR EXISTS (SELECT FROM shop_event e WHERE e.customer_id = c.id))
"""


def differing_profiles() -> list[tuple[tuple[Any, ...], tuple[Any, ...] | None]]:
    """What a recount finds and what the profile says, for each customer where these differ."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        told = {row[0]: row for row in cursor.fetchall()}
        cursor.execute(RECOUNT)
        return [(row, told.get(row[0])) for row in cursor.fetchall() if told.get(row[0]) != row]


def uncounted_customers() -> list[int]:
    """Customers who allow profiles, have orders or events, and have no profile: nobody."""
    allowed = set(allowed_customers(Purpose.PERSONALISATION).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(UNCOUNTED)
        return [pk for (pk,) in cursor.fetchall() if pk in allowed]
