"""What a page tells about its reader: one event each, after the page's own data is there."""

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services import EventDetails, record_event
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write, is_robot


def record(request: ShopRequest, name: Event.Name, details: EventDetails | None = None) -> None:
    """Keep the event under whoever is looking; robots, and who refused it, leave no trace."""
    if may_record(request):
        record_event(name, customer=customer_to_write(request), details=details)


def may_record(request: ShopRequest) -> bool:
    return not is_robot(request) and is_allowed(current_customer(request), Purpose.ANALYTICS)
