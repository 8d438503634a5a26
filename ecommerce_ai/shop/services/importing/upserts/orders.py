"""Orders with their lines, by the order's number and the line's place in it.

Lines of orders that were not here before go straight into their table by COPY: that is most of a first
import, and every other road reads and writes them twice.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from typing import Any

from ecommerce_ai.shop.models import OrderLine
from ecommerce_ai.shop.services.importing.records import OrderHead, OrderLineRecord
from ecommerce_ai.shop.services.importing.rows import Rejection
from ecommerce_ai.shop.services.importing.upserts.bulk import parents_held
from ecommerce_ai.shop.services.importing.upserts.customers import ensure_customers
from ecommerce_ai.shop.services.importing.upserts.sold_products import ensure_products
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging

UNIT = Decimal("0.0001")
GOODS = OrderLine.Kind.GOODS.value
HEADS = Staging(
    "import_order",
    {
        "number": "text",
        "kind": "text",
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
        "rows": "integer",
        "total": "numeric(14, 2)",
    },
)
LINES = Staging(
    "import_order_line",
    {
        "order_id": "bigint",
        "line_number": "integer",
        "product_id": "bigint",
        "kind": "text",
        "sku": "text",
        "title": "text",
        "quantity": "integer",
        "unit_price": "numeric(14, 4)",
    },
)
# How many lines of an order came in earlier batches of this run.
LINES_BEFORE = """
INSERT INTO shop_importedkey (run_id, key, rows) SELECT %(run)s, 'order:' || number, rows FROM import_order
ON CONFLICT (run_id, key) DO UPDATE SET rows = shop_importedkey.rows + EXCLUDED.rows
RETURNING substr(key, 7), rows
"""
# The head of an order is what its first line says. A sale becomes no cancellation, nor changes its currency.
UPSERT_ORDERS = """
INSERT INTO shop_order (
    number, customer_id, kind, status, currency, total, email, shipping_name, shipping_address, shipping_city,
    shipping_postcode, country, placed_at
)
SELECT number, COALESCE(customer.merged_into_id, customer.id), kind, status, currency, total, staged.email,
    shipping_name, shipping_address, shipping_city, shipping_postcode, staged.country, placed_at
FROM import_order staged
LEFT JOIN shop_customer customer ON customer.external_id = NULLIF(staged.customer, '')
WHERE number = ANY(%(first_seen)s)
ON CONFLICT (number) DO UPDATE SET customer_id = EXCLUDED.customer_id, status = EXCLUDED.status,
    email = EXCLUDED.email, shipping_name = EXCLUDED.shipping_name,
    shipping_address = EXCLUDED.shipping_address, shipping_city = EXCLUDED.shipping_city,
    shipping_postcode = EXCLUDED.shipping_postcode, country = EXCLUDED.country, placed_at = EXCLUDED.placed_at
WHERE (shop_order.kind, shop_order.currency) = (EXCLUDED.kind, EXCLUDED.currency) AND (
    shop_order.customer_id, shop_order.status, shop_order.email, shop_order.shipping_name,
    shop_order.shipping_address, shop_order.shipping_city, shop_order.shipping_postcode, shop_order.country,
    shop_order.placed_at
) IS DISTINCT FROM (
    EXCLUDED.customer_id, EXCLUDED.status, EXCLUDED.email, EXCLUDED.shipping_name, EXCLUDED.shipping_address,
    EXCLUDED.shipping_city, EXCLUDED.shipping_postcode, EXCLUDED.country, EXCLUDED.placed_at
) RETURNING id, xmax = 0
"""
UPSERT_LINES = """
WITH written AS (
    INSERT INTO shop_orderline (order_id, line_number, product_id, kind, sku, title, quantity, unit_price)
    SELECT order_id, line_number, product_id, kind, sku, title, quantity, unit_price FROM import_order_line
    ON CONFLICT (order_id, line_number) DO UPDATE SET product_id = EXCLUDED.product_id, kind = EXCLUDED.kind,
        sku = EXCLUDED.sku, title = EXCLUDED.title, quantity = EXCLUDED.quantity,
        unit_price = EXCLUDED.unit_price
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
    FROM shop_orderline WHERE order_id = ANY(%(orders)s) GROUP BY order_id
) counted WHERE shop_order.id = counted.order_id AND shop_order.total IS DISTINCT FROM counted.total
"""


@dataclass
class KnownOrder:
    """An order as the database holds it now, and how many of its lines came in earlier batches."""

    pk: int
    kind: str
    currency: str
    lines_before: int
    is_new: bool

    def takes(self, head: OrderHead) -> bool:
        return self.kind == head.kind and self.currency == head.currency


def upsert(cursor: Any, records: list[OrderLineRecord], run_id: int, fields: frozenset[str]) -> Outcome:
    """Write lines and their orders; customers and products that nobody knows are made."""
    orders, changed = upsert_orders(cursor, records, run_id)
    products = ensure_products(cursor, [record for record in records if record.kind == GOODS], run_id)
    new, known, rejections = placed_lines(records, orders, products)
    with parents_held(cursor):
        LINES.copy(cursor, "shop_orderline", new)
    created, updated = len(new), len(changed)
    if known:
        LINES.fill(cursor, known)
        cursor.execute(UPSERT_LINES, {"changed": changed})
        created_late, updated_lines, counted_twice = cursor.fetchone()
        created, updated = created + created_late, updated + updated_lines - counted_twice
        cursor.execute(TOTALS, {"orders": [order.pk for order in orders.values() if not order.is_new]})
    return Outcome(created, updated, rejections)


def upsert_orders(
    cursor: Any, records: list[OrderLineRecord], run_id: int
) -> tuple[dict[str, KnownOrder], list[int]]:
    """The batch's orders by number, and the keys of those that were here with another head."""
    heads, rows, totals = heads_of(records)
    HEADS.fill(cursor, ((*head, rows[number], totals[number]) for number, head in heads.items()))
    cursor.execute(LINES_BEFORE, {"run": run_id})
    before = {number: total - rows[number] for number, total in cursor.fetchall()}
    ensure_customers(cursor, HEADS, time="placed_at")
    cursor.execute(UPSERT_ORDERS, {"first_seen": [number for number in heads if not before[number]]})
    written = dict(cursor.fetchall())
    cursor.execute("SELECT number, id, kind, currency FROM shop_order WHERE number = ANY(%s)", [list(heads)])
    orders = {
        number: KnownOrder(pk, kind, currency, before[number], written.get(pk, False))
        for number, pk, kind, currency in cursor.fetchall()
    }
    return orders, [pk for pk, is_new in written.items() if not is_new]


def heads_of(
    records: list[OrderLineRecord],
) -> tuple[dict[str, OrderHead], dict[str, int], dict[str, Decimal]]:
    """The heads of a batch's orders by number, how many lines each has, and what those come to."""
    heads: dict[str, OrderHead] = {}
    rows: defaultdict[str, int] = defaultdict(int)
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for _line, head, _kind, _sku, _title, quantity, unit_price in records:
        number = head.number
        first = heads.setdefault(number, head)
        rows[number] += 1
        if first is head or (first.kind, first.currency) == (head.kind, head.currency):
            totals[number] += quantity * Decimal(unit_price).quantize(UNIT, ROUND_HALF_UP)
    return heads, rows, totals


def placed_lines(
    records: list[OrderLineRecord], orders: dict[str, KnownOrder], products: dict[str, int]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[Rejection]]:
    """Rows for new orders, rows for known ones, and lines that contradict the head of their order."""
    new: list[tuple[Any, ...]] = []
    known: list[tuple[Any, ...]] = []
    rejections: list[Rejection] = []
    places = {number: count(order.lines_before + 1) for number, order in orders.items()}
    for line, head, kind, sku, title, quantity, unit_price in records:
        order = orders[head.number]
        place = next(places[head.number])
        if order.takes(head):
            product = products[sku] if kind == GOODS else None
            row = (order.pk, place, product, kind, sku, title, quantity, unit_price)
            (new if order.is_new else known).append(row)
        else:
            reason = f"order {head.number} is a {order.kind} in {order.currency}, this line is not"
            rejections.append(Rejection(line, "order_number", reason))
    return new, known, rejections
