"""Orders under plain column names: one line of the file per line of an order."""

from typing import Any

from ecommerce_ai.shop.models import Order, OrderLine
from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.countries import country_code
from ecommerce_ai.shop.services.importing.records import OrderHead, OrderLineRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

MAX_AMOUNT = 10**9
SALE, CANCELLATION = Order.Kind.SALE.value, Order.Kind.CANCELLATION.value


def map_order_line(row: Row, default_currency: str) -> OrderLineRecord:
    values = row.values
    kind = v.choice(v.text(values, "kind"), "kind", Order.Kind.values, SALE)
    quantity = v.whole(v.required(values, "quantity", 40), "quantity", low=-2_147_483_647)
    unit_price = v.decimal(v.required(values, "unit_price", 40, "price"), "unit_price")
    check_amounts(kind, quantity or 0, float(unit_price))
    return OrderLineRecord(
        line=row.line,
        head=order_head(values, kind, default_currency),
        kind=v.choice(v.text(values, "line_kind"), "line_kind", OrderLine.Kind.values, OrderLine.Kind.GOODS),
        sku=v.required(values, "sku", 64, "product_id", "item_id"),
        title=v.text(values, "title", 500, "name", "description"),
        quantity=quantity or 0,
        unit_price=str(unit_price),
    )


def order_head(values: dict[str, Any], kind: str, default_currency: str) -> OrderHead:
    placed_at = v.required(values, "placed_at", 60, "order_date", "date", "created_at")
    return OrderHead(
        number=v.required(values, "order_number", 64, "order_id", "number", "invoice"),
        kind=kind,
        status=v.choice(v.text(values, "status"), "status", Order.Status.values, Order.Status.PLACED),
        placed_at=v.moment(placed_at, "placed_at").isoformat(),
        customer=v.text(values, "customer_id", 100, "customer"),
        currency=v.currency(v.text(values, "currency", 10) or default_currency, "currency"),
        country=country_code(v.text(values, "country")),
        email=v.email(v.text(values, "email", 254), "email"),
        shipping_name=v.text(values, "shipping_name", 200),
        shipping_address=v.text(values, "shipping_address"),
        shipping_city=v.text(values, "shipping_city", 120),
        shipping_postcode=v.text(values, "shipping_postcode", 20),
    )


def check_amounts(kind: str, quantity: int, unit_price: float) -> None:
    """Sales count up and cancellations count down, at prices that are not negative."""
    if not quantity:
        raise RejectedValue("quantity", "zero")
    if unit_price < 0:
        raise RejectedValue("unit_price", f"negative: {unit_price}")
    if unit_price * abs(quantity) >= MAX_AMOUNT:
        raise RejectedValue("unit_price", f"{unit_price} times {quantity} is too large")
    if (quantity > 0) != (kind == SALE):
        expected = "a positive" if kind == SALE else "a negative"
        raise RejectedValue("quantity", f"a {kind} has {expected} quantity, not {quantity}")
