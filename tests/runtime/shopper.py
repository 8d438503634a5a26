"""A shopper who never stops: looks and buys, and writes down what the shop acknowledged.

Run as a program; a line "event <id>" or "order <number>" follows each commit. Failures are tried again.
"""

import itertools
import os
import sys
import time
import uuid

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecommerce_ai.settings")
    django.setup()
    from django.db import Error, connection

    customer_id = new_customer()
    for number in itertools.count():
        time.sleep(0.02)  # the pace of a load, not a wait for anything
        try:
            acknowledge("event", look(customer_id))
            if number % 10 == 0:
                acknowledge("order", buy(customer_id))
        except Error:
            connection.close()


def acknowledge(kind: str, name: str) -> None:
    sys.stdout.write(f"{kind} {name}\n")
    sys.stdout.flush()


def new_customer() -> int:
    from django.utils import timezone

    from ecommerce_ai.shop.models import Customer

    return Customer.objects.create(external_id="restless", created_at=timezone.now()).pk


def look(customer_id: int) -> str:
    from ecommerce_ai.shop.models import Customer
    from ecommerce_ai.shop.services import record_event

    event_id = uuid.uuid4()
    record_event("view_item", customer=Customer.objects.get(pk=customer_id), event_id=event_id)
    return str(event_id)


def buy(customer_id: int) -> str:
    from ecommerce_ai.shop.models import Customer, Product
    from ecommerce_ai.shop.services.carts import add_to_cart
    from ecommerce_ai.shop.services.orders import Delivery, place_order

    customer, product = Customer.objects.get(pk=customer_id), Product.objects.first()
    assert product is not None
    add_to_cart(customer, product=product)
    delivery = Delivery("A Shopper", "a@shop.example", "1 Road", "Town", "1000", "GB")
    return place_order(customer, delivery=delivery).number


if __name__ == "__main__":
    main()
