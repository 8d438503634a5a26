"""What learned segments are made of: how and what each customer buys, as arrays."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from django.db.models import CharField, Count, F, FloatField, Func, Q, Sum, Value
from django.db.models.functions import Cast

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Category, Order, OrderLine
from profiles.ml.segments.clusters import Floats, habit_features, taste_features
from profiles.models import Profile
from profiles.selectors.interests import shop_clock

DAY = timedelta(days=1)
LINES_OF_A_TASTE = 3


@dataclass(frozen=True)
class Buyers:
    """`features`: rows × columns, one row for each of `customers`; `may_teach`: whose rows a fit may use."""

    customers: list[int]
    features: Floats
    columns: tuple[str, ...]
    may_teach: npt.NDArray[np.bool_]


def buyers_by_habit() -> Buyers:
    """Everybody with an order: how lately, how often, how much."""
    now = shop_clock()
    rows = list(
        Profile.objects.of_buyers()
        .filter(customer__in=allowed_customers(Purpose.PERSONALISATION))
        .order_by("customer_id")
        .values_list("customer_id", "last_order_at", "order_count", "net_spent")
    )
    days = np.array([(now - last) / DAY for _, last, _, _ in rows if last], np.float64)
    orders, spent = (np.array([row[column] for row in rows], np.float64) for column in (2, 3))
    customers = [row[0] for row in rows]
    return buyers(customers, habit_features(days, orders, spent), ("lately", "often", "much"))


def buyers_by_taste() -> Buyers:
    """Everybody with a few lines on shelves: the share of each department in what they spent."""
    rows = list(spending_by_department())
    customers = sorted({row[0] for row in rows})
    departments = tuple(sorted({row[1] for row in rows}))
    place = {customer: index for index, customer in enumerate(customers)}
    column = {department: index for index, department in enumerate(departments)}
    amounts = np.zeros((len(customers), len(departments)))
    lines = np.zeros(len(customers))
    for customer, department, amount, count in rows:
        amounts[place[customer], column[department]] = amount
        lines[place[customer]] += count
    enough = (lines >= LINES_OF_A_TASTE) & (amounts.sum(axis=1) > 0)
    kept = [customer for customer, is_enough in zip(customers, enough, strict=True) if is_enough]
    return buyers(kept, taste_features(amounts[enough]), departments)


def spending_by_department() -> list[tuple[int, str, float, int]]:
    """`(customer, first part of the shelf's path, amount, lines)` of goods that were bought and kept."""
    if not Category.objects.exists():
        return []
    department = Func(
        F("product__category__path"), Value("/"), Value(1), function="split_part", output_field=CharField()
    )
    kept = Order.objects.not_cancelled().filter(customer__in=allowed_customers(Purpose.PERSONALISATION))
    lines = (
        OrderLine.objects.goods()
        .filter(order__in=kept, product__category__isnull=False)
        .order_by()
        .annotate(department=department)
        .values("order__customer", "department")
        .annotate(amount=Sum(Cast(F("quantity") * F("unit_price"), FloatField())), lines=Count("pk"))
    )
    return list(lines.filter(amount__gt=0).values_list("order__customer", "department", "amount", "lines"))


def buyers(customers: list[int], features: Floats, columns: tuple[str, ...]) -> Buyers:
    teachers = allowed_customers(Purpose.TRAINING).filter(Q(pk__in=customers)).values_list("pk", flat=True)
    may_teach = np.isin(np.array(customers, np.int64), np.array(list(teachers), np.int64))
    return Buyers(customers, features, columns, may_teach)
