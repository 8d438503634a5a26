"""The notice that asks a new visitor once, and the cookie that remembers that they answered."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ecommerce_ai.privacy.models import ConsentChange
from ecommerce_ai.privacy.selectors import Purpose
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import current_customer

COOKIE = "asked"
COOKIE_AGE_S = 365 * 24 * 3600
# What the notice is about; offers are asked for where somebody gives an address.
ASKED_FOR = (Purpose.PERSONALISATION, Purpose.ANALYTICS, Purpose.TRAINING)


def is_to_be_asked(request: HttpRequest) -> bool:
    """Whether this browser did not answer yet, nor its customer anywhere else."""
    if COOKIE in request.COOKIES or not hasattr(request, "visitor_id"):
        return False
    customer = current_customer(cast("ShopRequest", request))
    return customer is None or not ConsentChange.objects.filter(customer=customer).exists()


def mark_answered(response: HttpResponse) -> None:
    response.set_cookie(
        COOKIE,
        "1",
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
