"""Who is looking: the customer of the log-in, or of the signed visitor cookie. Looking makes no rows."""

import re
import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.services import customer_of_user, visitor
from ecommerce_ai.storefront.requests import ShopRequest

COOKIE = "visitor"
COOKIE_AGE_S = 365 * 24 * 3600
ROBOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|facebookexternalhit|preview", re.I)


def visitor_id_of(request: HttpRequest) -> uuid.UUID | None:
    """The visitor that a cookie of ours names; a forged or broken one names nobody."""
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, max_age=COOKIE_AGE_S))
    except (KeyError, ValueError, signing.BadSignature):
        return None


def current_customer(request: ShopRequest) -> Customer | None:
    """Whoever is looking, if anything is known about them."""
    if not hasattr(request, "known_customer"):
        request.known_customer = find_customer(request)
    known: Customer | None = request.known_customer
    return known


def find_customer(request: ShopRequest) -> Customer | None:
    known = Customer.objects.select_related("merged_into")
    if isinstance(request.user, User):
        return known.filter(user=request.user).first()
    found = known.filter(visitor_id=request.visitor_id).first()
    return found and (found.merged_into or found)


def customer_to_write(request: ShopRequest) -> Customer:
    """Whoever is looking, with a row from now on: there is something to record about them."""
    if isinstance(request.user, User):
        request.known_customer = customer_of_user(request.user)
    elif current_customer(request) is None:
        request.known_customer = visitor(request.visitor_id, language=get_language() or "")
    customer: Customer = request.known_customer
    return customer


def is_robot(request: HttpRequest) -> bool:
    """Whether the caller says it is no shopper, or is a browser that only guesses the next page."""
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        return True
    return bool(ROBOT.search(request.headers.get("User-Agent", "")))


def forget_visitor(request: ShopRequest) -> None:
    """The next answer gives this browser a visitor cookie that nothing is known about."""
    request.visitor_id = uuid.uuid4()
    request.needs_new_visitor = True
    vars(request).pop("known_customer", None)


def set_visitor_cookie(response: HttpResponse, visitor_id: uuid.UUID) -> None:
    response.set_signed_cookie(
        COOKIE,
        str(visitor_id),
        max_age=COOKIE_AGE_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
