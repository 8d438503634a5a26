"""What may still happen to an order that was placed: called off, sent elsewhere, taken back."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ecommerce_ai.shop.models import Order, OrderLine, Product, Shipment
from ecommerce_ai.shop.services.orders import Delivery

BEFORE_DISPATCH = (Order.Status.PLACED, Order.Status.PAID)
DELIVERY_FIELDS = {"name": "shipping_name", "address": "shipping_address", "city": "shipping_city",
                   "postcode": "shipping_postcode", "country": "country"}  # fmt: skip


class OrderMovedOn(Exception):
    """It is too late for that: the order was sent, cancelled or taken back meanwhile."""


def is_before_dispatch(order: Order) -> bool:
    """Whether nothing of it has left the house."""
    gone = order.shipments.exclude(status=Shipment.Status.PREPARING)
    return order.kind == Order.Kind.SALE and order.status in BEFORE_DISPATCH and not gone.exists()


@transaction.atomic
def cancel_order(order: Order) -> Order:
    """Cancel an order that has not left, with its credit note; stock goes back. Raises OrderMovedOn."""
    locked = waiting_order(order)
    lines = {line.line_number: line.quantity for line in locked.lines.all()}
    credit = credit_note(locked, lines, status=Order.Status.CANCELLED)
    locked.status = Order.Status.CANCELLED
    locked.save(update_fields=["status"])
    locked.shipments.filter(status=Shipment.Status.PREPARING).delete()
    return credit


@transaction.atomic
def change_delivery(order: Order, delivery: Delivery) -> None:
    """Another address for an order that has not left; the e-mail stays. Raises OrderMovedOn."""
    locked = waiting_order(order)
    given = {each.name: getattr(delivery, each.name) for each in fields(delivery)}
    for name, field in DELIVERY_FIELDS.items():
        setattr(locked, field, given[name])
    locked.save(update_fields=list(DELIVERY_FIELDS.values()))


@transaction.atomic
def take_back(order: Order, quantities: Mapping[int, int]) -> Order:
    """Goods came back: their credit note; the order is returned when all of it is. Raises OrderMovedOn.

    `quantities`: line numbers and how many of each.
    """
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if locked.status == Order.Status.CANCELLED:
        raise OrderMovedOn
    credit = credit_note(locked, quantities, status=Order.Status.RETURNED)
    bought = dict(locked.lines.goods().values_list("line_number", "quantity"))
    if all(quantities.get(number, 0) >= quantity for number, quantity in bought.items()):
        locked.status = Order.Status.RETURNED
        locked.save(update_fields=["status"])
    return credit


def waiting_order(order: Order) -> Order:
    locked = Order.objects.select_for_update().get(pk=order.pk)
    if not is_before_dispatch(locked):
        raise OrderMovedOn
    return locked


def credit_note(order: Order, quantities: Mapping[int, int], *, status: str) -> Order:
    """What the shop pays back, as a sale with negative quantities; goods are in stock again."""
    lines = [line for line in order.lines.all() if quantities.get(line.line_number)]
    taken = {line.line_number: min(quantities[line.line_number], line.quantity) for line in lines}
    total = sum((line.unit_price * taken[line.line_number] for line in lines), Decimal(0))
    credit = Order.objects.create(
        number=credit_number(order), customer=order.customer, kind=Order.Kind.CANCELLATION, status=status,
        currency=order.currency, total=-total, email=order.email, country=order.country,
        placed_at=timezone.now(),
    )  # fmt: skip
    OrderLine.objects.bulk_create(
        OrderLine(
            order=credit, line_number=line.line_number, product_id=line.product_id, kind=line.kind,
            sku=line.sku, title=line.title, quantity=-taken[line.line_number], unit_price=line.unit_price,
        )
        for line in lines
    )  # fmt: skip
    for line in lines:
        counted = Product.objects.filter(order_lines=line, stock__isnull=False)
        counted.update(stock=F("stock") + taken[line.line_number])
    return credit


def credit_number(order: Order) -> str:
    """`N1-C`, then `N1-C2`: an order may come back in parts."""
    earlier = Order.objects.filter(number__startswith=f"{order.number}-C").count()
    return f"{order.number}-C{earlier + 1 if earlier else ''}"


def credit_notes_of(order: Order) -> list[Order]:
    """What was paid back for an order, the last first."""
    same = Order.objects.filter(kind=Order.Kind.CANCELLATION, number__startswith=f"{order.number}-C")
    return list(same.order_by("-placed_at"))
