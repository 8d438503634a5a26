import secrets
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ecommerce_ai.shop.models import CartLine, Customer, Event, Order, OrderLine, Product
from ecommerce_ai.shop.services.events import EventDetails, record_event

NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread over the telephone


class CheckoutError(Exception):
    """The order cannot be placed as it is; the message is for the shopper."""


@dataclass(frozen=True)
class Delivery:
    """Who gets the parcel, and where."""

    name: str
    email: str
    address: str
    city: str
    postcode: str
    country: str


@transaction.atomic
def place_order(customer: Customer, *, delivery: Delivery) -> Order:
    """Turn the cart into an order: prices of now, stock taken, cart emptied, `purchase` recorded.

    Raises CheckoutError for an empty cart, mixed currencies, or goods that ran out meanwhile.
    """
    lines = list(CartLine.objects.select_for_update().filter(cart__customer=customer).order_by("product_id"))
    products = {
        product.pk: product
        for product in Product.objects.select_for_update()
        .filter(pk__in=[line.product_id for line in lines])
        .order_by("pk")
    }
    check_cart(lines, products)
    order = create_order(customer, delivery, lines, products)
    for line in lines:
        Product.objects.filter(pk=line.product_id, stock__isnull=False).update(
            stock=F("stock") - line.quantity
        )
    CartLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    record_purchase(order, lines, products)
    return order


def check_cart(lines: list[CartLine], products: dict[int, Product]) -> None:
    if not lines:
        raise CheckoutError(_("Your cart is empty."))
    if len({product.currency for product in products.values()}) > 1:
        raise CheckoutError(_("The products in your cart are priced in different currencies."))
    for line in lines:
        product = products[line.product_id]
        if not product.is_live or (product.stock is not None and product.stock < line.quantity):
            raise CheckoutError(
                _("“%(title)s” is no longer available in this quantity.") % {"title": product.local_title}
            )


def create_order(
    customer: Customer, delivery: Delivery, lines: list[CartLine], products: dict[int, Product]
) -> Order:
    order = Order.objects.create(
        number=new_order_number(),
        customer=customer,
        currency=products[lines[0].product_id].currency,
        total=sum((products[line.product_id].price * line.quantity for line in lines), Decimal(0)),
        email=delivery.email,
        shipping_name=delivery.name,
        shipping_address=delivery.address,
        shipping_city=delivery.city,
        shipping_postcode=delivery.postcode,
        country=delivery.country,
        placed_at=timezone.now(),
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            line_number=number,
            product=products[line.product_id],
            sku=products[line.product_id].sku,
            title=products[line.product_id].title,
            quantity=line.quantity,
            unit_price=products[line.product_id].price,
        )
        for number, line in enumerate(lines, start=1)
    )
    return order


def new_order_number() -> str:
    return "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(10))


def record_purchase(order: Order, lines: list[CartLine], products: dict[int, Product]) -> None:
    for line in lines:
        product = products[line.product_id]
        details = EventDetails(
            product=product,
            quantity=line.quantity,
            value=product.price * line.quantity,
            currency=product.currency,
            properties={"transaction_id": order.number},
        )
        record_event(Event.Name.PURCHASE, customer=order.customer, details=details)
