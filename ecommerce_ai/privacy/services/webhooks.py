"""Requests of another shop system, in Shopify's shape: signed, each one carried out once."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ecommerce_ai.jobs.services import start_job
from ecommerce_ai.privacy.models import ErasureRequest, WebhookDelivery
from ecommerce_ai.privacy.services.erasures import confirm_erasure, request_erasure
from ecommerce_ai.privacy.services.exporting import start_export
from ecommerce_ai.privacy.services.proofs import prove
from ecommerce_ai.shop.models import Customer

REDACT_SHOP = "ecommerce_ai.privacy.tasks.redact_shop"


class WrongShop(Exception):
    """The request is about another shop than the one that this installation serves."""


def is_signed(body: bytes, signature: str) -> bool:
    """Whether the signature is the body's HMAC-SHA256 with our secret, in base64; never without a secret."""
    return is_signed_with(settings.PRIVACY_WEBHOOK_SECRET, body=body, signature=signature)


def is_signed_with(secret: str, *, body: bytes, signature: str) -> bool:
    """The same for a secret of another purpose."""
    expected = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    return bool(secret) and hmac.compare_digest(expected.encode(), signature.encode())


@transaction.atomic
def take_webhook(topic: str, *, body: bytes, content: dict[str, Any]) -> bool:
    """Do what a signed request asks for; False for one that was here before.

    The number in its header is not signed, so a request is known by its content.
    Raises KeyError for an unknown topic, ErasureRefused, WrongShop.
    """
    act = TOPICS[topic]
    number = hashlib.sha256(topic.encode() + b"\n" + body).hexdigest()
    _row, is_new = WebhookDelivery.objects.get_or_create(delivery_id=number, defaults={"topic": topic})
    if is_new:
        act(content)
    return is_new


def named_customers(content: dict[str, Any]) -> list[Customer]:
    """Whom the request names by the shop's number or by the address."""
    given = content.get("customer") or {}
    number, email = str(given.get("id") or ""), str(given.get("email") or "")
    named = Q(external_id=number) if number else Q(pk=None)
    if email:
        named |= Q(email__iexact=email)
    return list(Customer.objects.current().filter(named))


def copy_data(content: dict[str, Any]) -> None:
    for customer in named_customers(content):
        start_export(customer)


def redact_customers(content: dict[str, Any]) -> None:
    for customer in named_customers(content):
        request = request_erasure(customer, source=ErasureRequest.Source.WEBHOOK)
        prove(request, ErasureRequest.Proof.SIGNATURE)
        confirm_erasure(request)


def redact_shop(content: dict[str, Any]) -> None:
    if not settings.PRIVACY_SHOP_DOMAIN or content.get("shop_domain") != settings.PRIVACY_SHOP_DOMAIN:
        raise WrongShop
    start_job(REDACT_SHOP, title=_("Erasure of all customers"))


TOPICS: dict[str, Callable[[dict[str, Any]], None]] = {
    "customers/data_request": copy_data,
    "customers/redact": redact_customers,
    "shop/redact": redact_shop,
}
