"""Who is looking: `request.customer`, from the log-in or from a signed visitor cookie, made only when used."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.services import customer_of_user, visitor

COOKIE = "visitor"
COOKIE_AGE_S = 365 * 24 * 3600


class VisitorMiddleware:
    """Sets `request.visitor_id` and the lazy `request.customer`; gives a new visitor a signed cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = visitor_id_of(request)
        visitor_id = known or uuid.uuid4()
        request.visitor_id = visitor_id
        request.customer = SimpleLazyObject(lambda: current_customer(request, visitor_id))
        response = self.get_response(request)
        if known is None and is_page(response):
            set_visitor_cookie(response, visitor_id)
        return response


def visitor_id_of(request: HttpRequest) -> uuid.UUID | None:
    """The visitor that a cookie of ours names; a forged or broken one names nobody."""
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, max_age=COOKIE_AGE_S))
    except (KeyError, ValueError, signing.BadSignature):
        return None


def current_customer(request: HttpRequest, visitor_id: uuid.UUID) -> Customer:
    if request.user.is_authenticated:
        return customer_of_user(request.user)
    return visitor(visitor_id, language=get_language() or "")


def is_page(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def set_visitor_cookie(response: HttpResponse, visitor_id: uuid.UUID) -> None:
    response.set_signed_cookie(
        COOKIE,
        str(visitor_id),
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
