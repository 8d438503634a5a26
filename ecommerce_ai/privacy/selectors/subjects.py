from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ecommerce_ai.accounts.models import User
from ecommerce_ai.data_register import Subject
from ecommerce_ai.shop.models import Customer, Order, Question, Review

LEAST_PHONE = 8


def subject_of(customer: Customer) -> Subject:
    """The person behind a customer: the visitors merged into them as well, and what they are called."""
    person = customer.merged_into_id or customer.pk
    rows = list(Customer.objects.filter(Q(pk=person) | Q(merged_into=person)))
    ids = frozenset(row.pk for row in rows)
    users = list(User.objects.filter(customer__in=ids))
    orders = Order.objects.filter(customer__in=ids)
    emails = {*(row.email for row in rows), *(user.email for user in users), *given(orders, "email")}
    return Subject(
        customer_ids=ids,
        user_ids=frozenset(user.pk for user in users),
        words=texts(emails) | visitor_words(rows) | phones(rows),
        names=frozenset(name for name in names_of(rows, ids) if is_telling(name)),
        numbers=texts(row.external_id for row in rows),
        texts=texts(labels_of(ids)),
    )


def given(rows: Any, field: str) -> list[str]:
    return list(rows.exclude(**{field: ""}).values_list(field, flat=True).distinct().order_by())


def texts(values: Iterable[str | None]) -> frozenset[str]:
    return frozenset(value for value in values if value)


def visitor_words(rows: list[Customer]) -> frozenset[str]:
    ids = [row.visitor_id for row in rows if row.visitor_id]
    return frozenset(text for each in ids for text in (str(each), each.hex))


def phones(rows: list[Customer]) -> frozenset[str]:
    return frozenset(row.phone for row in rows if len(row.phone) >= LEAST_PHONE)


def names_of(rows: list[Customer], ids: frozenset[int]) -> set[str]:
    orders = Order.objects.filter(customer__in=ids)
    reviews = Review.objects.filter(customer__in=ids)
    return {
        *(row.name for row in rows),
        *given(orders, "shipping_name"),
        *given(orders, "shipping_address"),
        *given(reviews, "author_name"),
    }


def is_telling(name: str) -> bool:
    """Whether it may stand for a person: "Ada Lovelace" and 王小明, not "Ada"."""
    return " " in name or (len(name) > 1 and not name.isascii())


def labels_of(ids: frozenset[int]) -> list[str]:
    """How lists of the office call what they wrote: logs keep these."""
    written = [*Review.objects.filter(customer__in=ids), *Question.objects.filter(customer__in=ids)]
    return [str(row)[:200] for row in written]
