"""What the shopper's page tells: what the shop infers, from what, and what may be done with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext

from ecommerce_ai.privacy.models import ErasureRequest, ExportRequest
from ecommerce_ai.privacy.selectors import Purpose, consents_of, export_token, is_allowed
from ecommerce_ai.shop.models import Customer, Product
from profiles.models import Trait
from profiles.selectors import InterestTag, interest_tags, removed_tags
from profiles.selectors.interests import trait_label

TAGS_SHOWN, EVENTS_SHOWN, REMOVED_SHOWN = 12, 5, 50


@dataclass(frozen=True)
class Seen:
    """One event behind a tag: what it was about, and when."""

    source: str
    text: str
    at: datetime | None


@dataclass(frozen=True)
class ToldTag:
    tag: InterestTag
    events: list[Seen]


@dataclass(frozen=True)
class RemovedTag:
    kind: str
    key: str
    label: str


@dataclass(frozen=True)
class YourData:
    """`has_more`: there are more tags than are shown. `copy_token` opens the copy once it is ready."""

    customer: Customer | None
    is_personal: bool
    tags: list[ToldTag]
    has_more: bool
    removed: list[RemovedTag]
    consents: dict[Purpose, bool]
    copy: ExportRequest | None
    copy_token: str


def your_data(customer: Customer | None, *, shows_all: bool = False) -> YourData:
    """The page; for somebody of whom nothing is known everything is empty but the switches."""
    tags = interest_tags(customer, limit=None if shows_all else TAGS_SHOWN + 1) if customer else ()
    shown = tags if shows_all else tags[:TAGS_SHOWN]
    copy = latest_copy(customer)
    return YourData(
        customer=customer,
        is_personal=is_allowed(customer, Purpose.PERSONALISATION),
        tags=told(shown),
        has_more=len(tags) > len(shown),
        removed=removed(customer) if customer else [],
        consents=consents_of(customer),
        copy=copy,
        copy_token=export_token(copy) if copy and copy.is_ready else "",
    )


def told(tags: tuple[InterestTag, ...]) -> list[ToldTag]:
    titles = titles_of(tags)
    return [
        ToldTag(tag, [seen(event, titles) for event in tag.evidence.events[:EVENTS_SHOWN]]) for tag in tags
    ]


def titles_of(tags: tuple[InterestTag, ...]) -> dict[int, str]:
    """The products that the shown events are about, in one query."""
    ids = {event.get("product") for tag in tags for event in tag.evidence.events[:EVENTS_SHOWN]}
    products = Product.objects.filter(pk__in=[pk for pk in ids if pk])
    return {product.pk: product.local_title for product in products}


def seen(event: Any, titles: dict[int, str]) -> Seen:
    text = str(event.get("text") or "") or titles.get(event.get("product") or 0, "")
    return Seen(str(event["source"]), text, parse_datetime(str(event["at"])))


def removed(customer: Customer) -> list[RemovedTag]:
    """What the customer took away, by its name in their language."""
    rows = removed_tags(customer)[:REMOVED_SHOWN]
    kinds, keys = {row.kind for row in rows}, {row.key for row in rows}
    traits = Trait.objects.filter(Q(kind__in=kinds) & Q(key__in=keys)) if rows else ()
    names = {(trait.kind, trait.key): trait_label(trait) for trait in traits}
    return [
        RemovedTag(row.kind, row.key, names.get((row.kind, row.key), row.label or row.key)) for row in rows
    ]


def latest_copy(customer: Customer | None) -> ExportRequest | None:
    """The last copy asked for, in the making or still there."""
    if customer is None:
        return None
    return ExportRequest.objects.filter(customer=customer).order_by("-requested_at").first()


def open_erasure(customer: Customer | None) -> ErasureRequest | None:
    """The customer's request to be forgotten that waits for their yes."""
    if customer is None:
        return None
    return ErasureRequest.objects.in_flight().filter(customer=customer).first()


def receipt_lines(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines of a preview or a receipt with the names of their stores for people; what held nothing last."""
    named = [
        {**line, "name": store_name(line["store"]), "note": told_note(line.get("note", ""))} for line in lines
    ]
    return sorted(named, key=lambda line: (-line.get("before", line.get("count", 0)), line["name"]))


def told_note(day: str) -> str:
    """By when models learn again (ISO date), in the reader's language; nothing for other stores."""
    if not (due := parse_date(day)):
        return ""
    return gettext("models learn anew by %(day)s") % {"day": date_format(due)}


def store_name(store: str) -> str:
    """A table by its name in the office, another store by its own."""
    try:
        return str(apps.get_model(store)._meta.verbose_name_plural)
    except (LookupError, ValueError):
        return gettext(store)
