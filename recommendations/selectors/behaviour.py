"""What happened in the shop as columns to learn from: only of customers who let their data train models."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from django.db.models import Case, Expression, FloatField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Extract, TruncDate

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer, Event, OrderLine, Product
from recommendations.ml.interactions import GUEST, NO_BASKET, Catalogue, Floats, Interactions, Ints
from recommendations.models import DIMENSIONS, ProductVector
from recommendations.selectors.shopper import VectorBytes, as_vector

# How much an event tells of taste beside a purchase.
EVENT_STRENGTHS = {
    Event.Name.VIEW_ITEM: 0.2,
    Event.Name.ADD_TO_WISHLIST: 0.4,
    Event.Name.ADD_TO_CART: 0.5,
}
SECONDS_PER_DAY = 86_400.0


@dataclass(frozen=True)
class Behaviour:
    """Interactions and catalogue, and whose keys the codes stand for, both rising."""

    interactions: Interactions
    catalogue: Catalogue
    customer_ids: Ints
    product_ids: Ints

    @property
    def last_day(self) -> float:
        """The midnight after the last thing that happened; histories that were imported end in the past."""
        days = self.interactions.days
        return float(np.floor(days[-1])) + 1 if len(days) else 0.0


def shop_behaviour() -> Behaviour:
    """Orders and product events of everybody who may be learned from; guests' orders count for baskets."""
    people = allowed_customers(Purpose.TRAINING)
    customers = list(people.order_by("pk").values_list("pk", "country"))
    products = list(Product.objects.order_by("pk").values_list("pk", "category", "is_live"))
    customer_ids, product_ids = first_column(customers), first_column(products)
    return Behaviour(
        interactions=interactions_of(customer_ids, product_ids),
        catalogue=Catalogue(
            vectors=vectors_of(product_ids),
            shelves=codes([shelf for _, shelf, _ in products]),
            countries=codes([country or None for _, country in customers]),
            is_live=np.array([is_live for _, _, is_live in products], np.bool_),
        ),
        customer_ids=customer_ids,
        product_ids=product_ids,
    )


def interactions_of(customer_ids: Ints, product_ids: Ints) -> Interactions:
    """Rows of customers outside `customer_ids` are left out; those of guests are kept."""
    numbers = chain.from_iterable(chain(order_rows(), event_rows()))
    columns = np.fromiter(numbers, np.float64).reshape(-1, 7)
    columns = columns[np.argsort(columns[:, 3], kind="stable")]
    who, is_known = positions(columns[:, 0], customer_ids)
    what, _ = positions(columns[:, 1], product_ids)
    kept = is_known | (columns[:, 0] == GUEST)
    return Interactions(
        customers=np.where(is_known, who, GUEST)[kept],
        items=what[kept],
        baskets=columns[kept, 2].astype(np.int64),
        days=columns[kept, 3] / SECONDS_PER_DAY,
        quantities=columns[kept, 4].astype(np.float32),
        prices=columns[kept, 5].astype(np.float32),
        strengths=columns[kept, 6].astype(np.float32),
        n_customers=len(customer_ids),
        n_items=len(product_ids),
    )


def order_rows() -> Iterable[tuple[Any, ...]]:
    """Customer (-1: a guest), product, order, second, quantity, price, strength."""
    lines = OrderLine.objects.goods().filter(product__isnull=False, quantity__gt=0)
    rows = lines.filter(order__kind="sale").exclude(order__status="cancelled")
    found = rows.annotate(
        second=as_float(Extract("order__placed_at", "epoch")), price=as_float("unit_price")
    ).order_by()
    names = ("order__customer", "product", "order", "second", "quantity", "price")
    for customer, *rest in found.values_list(*names).iterator(chunk_size=20_000):
        yield (GUEST if customer is None else customer, *rest, 1.0)


def event_rows() -> Iterable[tuple[Any, ...]]:
    """The strongest event of each customer, product and day, in the same columns."""
    strength = Case(
        *(When(name=name, then=Value(value)) for name, value in EVENT_STRENGTHS.items()),
        output_field=FloatField(),
    )
    days = (
        Event.objects.named(*EVENT_STRENGTHS)
        .filter(customer__isnull=False, product__isnull=False)
        .annotate(day=TruncDate("occurred_at"))
        .values_list("customer", "product", "day")
        .annotate(second=as_float(Max(Extract("occurred_at", "epoch"))), strength=Max(strength))
        .order_by()
    )
    for customer, product, _, second, value in days.iterator(chunk_size=20_000):
        yield customer, product, NO_BASKET, second, 0, 0, value


def as_float(number: Expression | str) -> Cast:
    """A number as arrays keep it: PostgreSQL's exact ones are slow to read."""
    return Cast(number, FloatField())


def vectors_of(product_ids: Ints) -> Floats:
    """Rows in the order of the products; zero where one has no vector yet."""
    vectors = np.zeros((len(product_ids), DIMENSIONS), np.float32)
    rows = ProductVector.objects.order_by("pk").values_list("pk", VectorBytes("embedding"))
    for key, sent in rows.filter(pk__lte=max(product_ids, default=0)).iterator(chunk_size=5_000):
        vectors[np.searchsorted(product_ids, key)] = as_vector(bytes(sent))
    return vectors


def rankable_customers() -> QuerySet[Customer]:
    """Who may be learned from and may have a ranking of their own."""
    trained_on = allowed_customers(Purpose.TRAINING)
    return allowed_customers(Purpose.PERSONALISATION).filter(Q(pk__in=trained_on.values("pk")))


def positions(values: Floats, keys: Ints) -> tuple[Ints, Any]:
    """Where each value stands among the rising keys, and whether it is one of them."""
    if not len(keys):
        return np.zeros(len(values), np.int64), np.zeros(len(values), np.bool_)
    found = np.minimum(np.searchsorted(keys, values), len(keys) - 1)
    return found, keys[found] == values


def first_column(rows: Sequence[tuple[Any, ...]]) -> Ints:
    return np.array([row[0] for row in rows], np.int64)


def codes(values: Sequence[Any]) -> Ints:
    """Numbers from 0 for different values, -1 for None."""
    numbers: dict[Any, int] = {}
    return np.array(
        [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values], np.int64
    )
