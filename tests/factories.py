"""Rows for tests: each function makes one valid row; give only what the test is about."""

import itertools
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Category, Customer, Event, Order, OrderLine, Product, Question, Review
from profiles.models import Interest, Trait
from profiles.models.interests import forward_factor
from recommendations.models import Impression, Slot
from support.models import Article, Conversation
from support.services.articles import save_article

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
counter = itertools.count(1)


def make_category(**fields: Any) -> Category:
    number = next(counter)
    return Category.objects.create(**{"name": f"Shelf {number}", "slug": f"shelf-{number}", **fields})


def make_product(**fields: Any) -> Product:
    number = next(counter)
    defaults = {
        "sku": f"SKU-{number}",
        "title": f"Product {number}",
        "price": Decimal("10.00"),
        "currency": "GBP",
        "stock": 10,
    }
    return Product.objects.create(**{**defaults, **fields})


def make_customer(**fields: Any) -> Customer:
    return Customer.objects.create(**{"external_id": f"C{next(counter)}", "created_at": NOW, **fields})


def make_user(*, role: str = "", password: str = "correct horse 1", **fields: Any) -> User:
    email = fields.pop("email", f"user{next(counter)}@shop.example")
    user = User.objects.create_user(email, password, **{"is_staff": bool(role), **fields})
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_event(**fields: Any) -> Event:
    return Event.objects.create(**{"name": Event.Name.VIEW_ITEM, "occurred_at": NOW, **fields})


def make_order(*, lines: list[tuple[Product, int]] | None = None, **fields: Any) -> Order:
    lines = lines or []
    total = sum((product.price * quantity for product, quantity in lines), Decimal(0))
    defaults = {"number": f"N{next(counter)}", "currency": "GBP", "total": total, "placed_at": NOW}
    order = Order.objects.create(**{**defaults, **fields})
    for number, (product, quantity) in enumerate(lines, start=1):
        OrderLine.objects.create(
            order=order,
            line_number=number,
            product=product,
            sku=product.sku,
            title=product.title,
            quantity=quantity,
            unit_price=product.price,
        )
    return order


def make_impression(products: list[Product], **fields: Any) -> Impression:
    """A list of these products, all of the same score, as it was decided."""
    count = len(products)
    defaults = {
        "slot": Slot.FOR_YOU,
        "bucket": 0,
        "product_ids": [product.pk for product in products],
        "scores": [1.0] * count,
        "propensities": [1.0] * count,
        "reason_codes": ["popular"] * count,
    }
    return Impression.objects.create(**{**defaults, **fields})


def make_review(**fields: Any) -> Review:
    product = fields.pop("product", None) or make_product()
    return Review.objects.create(
        **{"product": product, "rating": 5, "created_at": NOW, "status": "approved", **fields}
    )


def make_question(**fields: Any) -> Question:
    product = fields.pop("product", None) or make_product()
    return Question.objects.create(
        **{"product": product, "body": "Is it warm?", "created_at": NOW, "status": "approved", **fields}
    )


def make_interest(customer: Customer, label: str, **fields: Any) -> Interest:
    """The customer seems to like what is called `label`: as strongly as after an order and some views."""
    kind, key = fields.pop("kind", "category"), fields.pop("key", label.lower())
    trait, _ = Trait.objects.get_or_create(kind=kind, key=key, defaults={"label": label})
    defaults = {"strength": 5 * forward_factor(NOW), "counts": {"order": 1, "view": 4}}
    return Interest.objects.create(customer=customer, trait=trait, **{**defaults, **fields})


def make_article(**fields: Any) -> Article:
    number = next(counter)
    defaults = {
        "key": f"article-{number}",
        "title": f"Article {number}",
        "body": "It is so.",
        "status": "live",
    }
    return save_article(Article(**{**defaults, **fields}))


def make_conversation(**fields: Any) -> Conversation:
    customer = fields.pop("customer", None) or make_customer()
    return Conversation.objects.create(customer=customer, **fields)
