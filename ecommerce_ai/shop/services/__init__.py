"""Writes of facts. Importers are in `importing`."""

from ecommerce_ai.shop.services.carts import CartError, add_to_cart, set_cart_quantity
from ecommerce_ai.shop.services.customers import customer_of_user, merge_customers, visitor
from ecommerce_ai.shop.services.event_batches import EventCounts, read_events, record_events
from ecommerce_ai.shop.services.events import EventDetails, record_event
from ecommerce_ai.shop.services.orders import CheckoutError, Delivery, place_order

__all__ = [
    "CartError",
    "CheckoutError",
    "Delivery",
    "EventCounts",
    "EventDetails",
    "add_to_cart",
    "customer_of_user",
    "merge_customers",
    "place_order",
    "read_events",
    "record_event",
    "record_events",
    "set_cart_quantity",
    "visitor",
]
