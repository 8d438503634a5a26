"""A row of a person in any model of the register, with marks that a search finds again."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from pgvector.django import VectorField

from ecommerce_ai.accounts.models import User
from ecommerce_ai.data_register import Entry
from ecommerce_ai.privacy.selectors.holdings import model_of, register
from ecommerce_ai.shop.models import Customer
from tests.factories import NOW

EMAIL = "zephyrine@quillfeather.example"
NAME = "Zephyrine Quillfeather"
MARK = "xyzzyquux"  # in every text that the person wrote
VISITOR = uuid.UUID("7d1f8e0a-93a5-4a6e-8a55-0d1c6f3b9e21")
TELLTALES = [EMAIL, NAME, MARK, "CUST-ZQ-77", str(VISITOR), VISITOR.hex, "+44 20 7946 0999"]
BY_NAME: dict[str, Any] = {
    "currency": "GBP", "country": "GB", "email": EMAIL, "language": "en", "shipping_name": NAME,
    "author_name": NAME, "price": 1, "placed_at": NOW, "quantity": 1,
    "probability": 0.5, "low": 0.1, "high": 0.9, "trace": {"note": MARK},
}  # fmt: skip
BY_MODEL: dict[str, dict[str, Any]] = {
    "recommendations.Impression": {
        "product_ids": [1], "scores": [1.0], "propensities": [1.0], "reason_codes": ["x"], "bucket": 1
    },
    "recommendations.CustomerRanking": {"product_ids": [1], "scores": [1.0], "sources": [1]},
    "recommendations.PreparedList": {"good_until": NOW + timedelta(days=1)},
    "marketing.Campaign": {"ends_at": NOW + timedelta(days=1)},
    "marketing.Recipient": {"status": "sent", "reason": "", "claimed_at": NOW, "sent_at": NOW},
    "profiles.Profile": {"order_count": 0, "last_order_at": None, "first_order_at": None, "confidence": 0.5},
    "privacy.ConsentChange": {"purpose": "training"},
    "profiles.Segment": {"name": "A segment"},
    "shop.Question": {"answered_at": NOW},
    "support.Conversation": {"closed_at": None},
    "support.Gap": {"question": f"{MARK} question"},  # as the planted Miss says
    "support.Evidence": {"start": 0, "end": 5},
    "support.ServiceRequest": {"order": "shop.Order"},  # the row of that model
    "shop.Shipment": {"shipped_at": None, "promised_at": None, "delivered_at": None},
}  # fmt: skip


class Garden:
    """Rows by model: each is made once, with what it needs."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.rows: dict[str, models.Model] = {"shop.Customer": customer}

    def plant_all(self) -> None:
        """One row in each model that leads to the person."""
        for entry in register().values():
            if entry.person and entry.person != "pk":
                self.row(model_of(entry))

    def row(self, model: type[models.Model]) -> Any:
        label = model._meta.label
        if label == "accounts.User":
            return self.customer.user
        if label not in self.rows:
            self.rows[label] = model._default_manager.create(**self.values(model))
        return self.rows[label]

    def values(self, model: type[models.Model]) -> dict[str, Any]:
        entry: Entry = register()[model._meta.label]
        given = BY_MODEL.get(model._meta.label, {})
        return {
            field.name: self.given(field, given) if field.name in given else self.value(field, entry)
            for field in model._meta.concrete_fields
            if field.name in given or not (isinstance(field, models.AutoField) or is_left_out(field, entry))
        }

    def given(self, field: Any, given: dict[str, Any]) -> Any:
        return self.row(field.related_model) if field.is_relation else given[field.name]

    def value(self, field: Any, entry: Entry) -> Any:
        if field.is_relation:
            leads_there = entry.person.split("__")[0] == field.name or not field.null
            return self.row(field.related_model) if leads_there else None
        if field.name in BY_NAME:
            return BY_NAME[field.name]
        if field.choices:
            return field.choices[0][0]
        return value_of_type(field, MARK if field.name in entry.personal else "of nobody")


def is_left_out(field: Any, entry: Entry) -> bool:
    """What is about nobody keeps its default, so that no mark is where an erasure must not look."""
    return field.name not in entry.personal and (field.has_default() or field.null or field.blank)


def value_of_type(field: Any, mark: str) -> Any:
    kinds: list[tuple[Any, Any]] = [
        (models.UUIDField, uuid.uuid4()),
        (models.JSONField, {"note": mark}),
        (VectorField, [1.0] + [0.0] * 383),
        (ArrayField, []),
        (models.BinaryField, mark.encode()),
        (models.SlugField, mark.replace(" ", "-")),
        (models.CharField | models.TextField, f"{mark} {field.name}"[: field.max_length or 500]),
        (models.DateTimeField, NOW),
        (models.BooleanField, False),
        (models.DecimalField | models.FloatField | models.IntegerField, 1),
    ]
    return next(value for kind, value in kinds if isinstance(field, kind))


def make_person(*, password: str = "correct horse 1") -> Customer:
    """A customer with a log-in, and the visitor they were before."""
    user = User.objects.create_user(EMAIL, password, first_name=NAME)
    customer = Customer.objects.create(
        external_id="CUST-ZQ-77", user=user, email=EMAIL, name=NAME, phone="+44 20 7946 0999", created_at=NOW
    )
    Customer.objects.create(visitor_id=VISITOR, merged_into=customer, created_at=NOW)
    return customer
