"""What a page tells about its reader: one event each, after the page's own data is there."""

from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services import EventDetails, record_event
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import customer_to_write, is_robot


def record(request: ShopRequest, name: Event.Name, details: EventDetails | None = None) -> None:
    """Keep the event under whoever is looking; robots leave no trace."""
    if not is_robot(request):
        record_event(name, customer=customer_to_write(request), details=details)
