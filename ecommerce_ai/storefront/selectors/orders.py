from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from ecommerce_ai.shop.models import Customer, Order, OrderLine, Shipment


@dataclass(frozen=True)
class OrderRow:
    line: OrderLine
    total: Decimal


@dataclass(frozen=True)
class OrderPage:
    order: Order
    rows: list[OrderRow]
    shipments: list[Shipment]


def orders_of(customer: Customer | None) -> QuerySet[Order]:
    """The customer's orders, newest first, each with `units` and its goods."""
    if customer is None:
        return Order.objects.none()
    goods = OrderLine.objects.goods().select_related("product")
    return (
        Order.objects.sales()
        .filter(customer=customer)
        .annotate(units=Sum("lines__quantity", filter=Q(lines__kind=OrderLine.Kind.GOODS)))
        .prefetch_related(Prefetch("lines", goods))
        .order_by("-placed_at", "-id")
    )


def order_of(customer: Customer | None, number: str) -> Order:
    """One order of this customer; anybody else's does not exist."""
    return get_object_or_404(orders_of(customer), number=number)


def order_page(order: Order) -> OrderPage:
    lines = order.lines.select_related("product").order_by("line_number")
    return OrderPage(
        order=order,
        rows=[OrderRow(line, line.unit_price * line.quantity) for line in lines],
        shipments=list(order.shipments.order_by("id")),
    )
