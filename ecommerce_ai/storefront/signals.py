from typing import Any, cast

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.services import customer_of_user, merge_customers
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import forget_visitor, visitor_id_of


@receiver(user_logged_in)
@transaction.atomic
def merge_visitor(sender: Any, *, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """What the visitor looked at and put in the cart belongs to the customer they turned out to be."""
    visitor_id = visitor_id_of(request) if request else None
    source = Customer.objects.filter(visitor_id=visitor_id).first() if visitor_id else None
    if source:
        merge_customers(source, target=customer_of_user(user))
    vars(request).pop("known_customer", None)


@receiver(user_logged_out)
def start_anew(sender: Any, *, request: HttpRequest | None, **_kwargs: Any) -> None:
    """Whoever uses the browser next is somebody we know nothing about."""
    if request is not None:
        forget_visitor(cast("ShopRequest", request))
