"""Gorse's items, users and feedback as rows of the shop, and back."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from ninja import Schema
from pydantic import Field

from ecommerce_ai.shop.models import Category, Customer, Event, Product

NAMESPACE = uuid.UUID("6f2b1f4e-58a3-4f3c-9d0a-6a1d2f7c9e10")
# Gorse's shops name their own kinds of feedback; these are the usual ones.
EVENTS = {
    "purchase": Event.Name.PURCHASE,
    "buy": Event.Name.PURCHASE,
    "cart": Event.Name.ADD_TO_CART,
    "add_to_cart": Event.Name.ADD_TO_CART,
    "like": Event.Name.ADD_TO_WISHLIST,
    "star": Event.Name.ADD_TO_WISHLIST,
}


class ItemBody(Schema):
    ItemId: str = Field(min_length=1, max_length=64)
    IsHidden: bool = False
    Categories: list[str] | None = None
    Labels: Any = None
    Timestamp: str = ""
    Comment: str = Field("", max_length=500)


class UserBody(Schema):
    UserId: str = Field(min_length=1, max_length=100)
    Labels: Any = None
    Comment: str | None = Field("", max_length=200)


class FeedbackBody(Schema):
    FeedbackType: str = Field(min_length=1, max_length=40)
    UserId: str = Field("", max_length=100)
    ItemId: str = Field(min_length=1, max_length=64)
    Timestamp: str = ""
    Value: float = 0


def event_name(feedback_type: str) -> Event.Name:
    """What a kind of feedback means; what is not known counts as a look."""
    return EVENTS.get(feedback_type.lower(), Event.Name.VIEW_ITEM)


def time_of(text: str) -> datetime:
    """An ISO time; now, where it is none."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return timezone.now()
    return told if told.tzinfo else timezone.make_aware(told)


@transaction.atomic
def keep_item(body: ItemBody) -> Product:
    """Add or change a product. Its comment is its title, its first category its shelf."""
    labels = body.Labels if isinstance(body.Labels, dict) else {"labels": list(body.Labels or [])}
    values = {
        "title": body.Comment or body.ItemId,
        "category": shelf_named(body.Categories[0]) if body.Categories else None,
        "attributes": labels,
        "is_live": not body.IsHidden,
    }
    new = {**values, "price": Decimal(0), "currency": settings.SHOP_CURRENCY}
    product, _ = Product.objects.update_or_create(sku=body.ItemId, defaults=values, create_defaults=new)
    return product


def shelf_named(name: str) -> Category:
    slug = slugify(name, allow_unicode=True)[:200] or "shelf"
    found = Category.objects.roots().filter(slug=slug).first()
    return found or Category.objects.create(name=name[:200], slug=slug)


def as_item(product: Product) -> dict[str, Any]:
    labels = product.attributes.get("labels")
    return {
        "ItemId": product.sku,
        "IsHidden": not product.is_live,
        "Categories": [product.category.name] if product.category else [],
        "Labels": product.attributes if labels is None else labels,
        "Timestamp": product.created_at.isoformat(),
        "Comment": product.title,
    }


def keep_users(bodies: Sequence[UserBody]) -> int:
    """Add customers, or change their comment (kept as the name); returns how many."""
    rows = {
        body.UserId: Customer(
            external_id=body.UserId, name=(body.Comment or "")[:200], created_at=timezone.now()
        )
        for body in bodies
    }
    Customer.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["external_id"], update_fields=["name"]
    )
    return len(rows)


def as_user(customer: Customer) -> dict[str, Any]:
    return {"UserId": customer.external_id, "Labels": [], "Subscribe": [], "Comment": customer.name}


@transaction.atomic
def keep_feedback(bodies: Sequence[FeedbackBody]) -> int:
    """Keep feedback as events, once for each kind, user and item, as Gorse does; returns how many are new.

    Users that are not there are made. Items that are not there are left out: a product has a price.
    """
    users = {body.UserId for body in bodies if body.UserId}
    known = Customer.objects.filter(external_id__in=users)
    keep_users(
        [
            UserBody(UserId=user, Comment="")
            for user in users - set(known.values_list("external_id", flat=True))
        ]
    )
    customers = {each.external_id: each for each in Customer.objects.filter(external_id__in=users)}
    skus = {body.ItemId for body in bodies}
    products = {each.sku: each for each in Product.objects.filter(sku__in=skus)}
    rows = [
        as_event(body, customers[body.UserId], products[body.ItemId])
        for body in bodies
        if body.ItemId in products and body.UserId
    ]
    before = Event.objects.filter(event_id__in=[row.event_id for row in rows]).count()
    Event.objects.bulk_create(rows, ignore_conflicts=True)
    return len({row.event_id for row in rows}) - before


def as_event(body: FeedbackBody, customer: Customer, product: Product) -> Event:
    return Event(
        event_id=uuid.uuid5(NAMESPACE, f"{body.FeedbackType}\n{body.UserId}\n{body.ItemId}"),
        name=event_name(body.FeedbackType),
        customer=customer,
        product=product,
        properties={"feedback_type": body.FeedbackType, "value": body.Value},
        occurred_at=time_of(body.Timestamp),
    )


def as_feedback(event: Event) -> dict[str, Any]:
    customer, product = event.customer, event.product
    return {
        "FeedbackType": event.properties["feedback_type"],
        "UserId": customer.external_id if customer else "",
        "ItemId": product.sku if product else "",
        "Value": event.properties.get("value", 0),
        "Timestamp": event.occurred_at.isoformat(),
        "Comment": "",
    }
