"""Addresses in messages. Each is signed and names its recipient; none needs a cookie or a log-in."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from ecommerce_ai.shop.models import Customer
from marketing.models import Channel, Recipient

LEAVE, FOLLOW, OPEN = "marketing.leave", "marketing.follow", "marketing.open"


@dataclass(frozen=True)
class Leaving:
    """Who wants no more of a channel. The customer may be gone by now; the recipient's row as well."""

    customer_id: int
    channel: Channel
    recipient_id: uuid.UUID | None


def signer(purpose: str) -> Signer:
    return Signer(salt=purpose, sep=".")


def leave_token(customer: Customer, channel: str, recipient: Recipient | None = None) -> str:
    """It never ends: an old letter's link has to work."""
    return signer(LEAVE).sign_object([customer.pk, channel, str(recipient.pk) if recipient else ""])


def read_leave_token(token: str) -> Leaving | None:
    """None for what we did not sign."""
    given = unsigned(LEAVE, token)
    if given is None:
        return None
    customer_id, channel, recipient = given
    return Leaving(customer_id, Channel(channel), uuid.UUID(recipient) if recipient else None)


def person_of(leaving: Leaving) -> Customer | None:
    """Who follows a link of a message; None for who was forgotten meanwhile."""
    found = Customer.objects.select_related("merged_into").filter(pk=leaving.customer_id).first()
    return found and (found.merged_into or found)


def follow_token(recipient: Recipient, path: str) -> str:
    return signer(FOLLOW).sign_object([str(recipient.pk), path])


def read_follow_token(token: str) -> tuple[uuid.UUID, str] | None:
    """The recipient, and the page of ours that the link leads to; None for what leads anywhere else."""
    given = unsigned(FOLLOW, token)
    if given is None or not is_own_path(given[1]):
        return None
    return uuid.UUID(given[0]), given[1]


def open_token(recipient: Recipient) -> str:
    return signer(OPEN).sign_object([str(recipient.pk)])


def read_open_token(token: str) -> uuid.UUID | None:
    given = unsigned(OPEN, token)
    return uuid.UUID(given[0]) if given else None


def unsigned(purpose: str, token: str) -> list[Any] | None:
    try:
        given: list[Any] = signer(purpose).unsign_object(token)
        return given
    except (BadSignature, ValueError):
        return None


def is_own_path(path: str) -> bool:
    """Whether it is a page of this shop, whatever a browser makes of odd signs in it."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def in_language(path: str, language: str) -> str:
    """The same page of the shop in a language; a path that says its language already stays."""
    with translation.override(settings.LANGUAGE_CODE):
        return translate_url(path, language)


def address(name: str, token: str, language: str) -> str:
    """The full address of a page of the shop, in a language."""
    with translation.override(language):
        path = reverse(f"storefront:{name}", args=[token])
    return f"{settings.SHOP_URL.rstrip('/')}{path}"
