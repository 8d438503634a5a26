"""What was learnt for a label, kept beside its run, and what it says of customers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from profiles.ml.buyer_features import buyer_features, design
from profiles.ml.habits import Probabilities, habit, usual_share
from profiles.ml.logistic import Floats, LogisticModel
from profiles.ml.orders import POPULAR_DAYS, Orders
from profiles.ml.purchases import PurchaseModel, TooLittle, fit_purchases
from profiles.models import Label, LabelExample, Profile, Taste
from profiles.models.interests import DIMENSIONS

DAYS, LEAST_EXAMPLES, REASONS = 30, 5, 3
LEAST_HITS = 1
# Sales and cancellations of people with a profile; on a shelf: those with goods of it, and only these goods.
ON_SHELF = """(%(path)s = '' OR EXISTS (
        SELECT FROM shop_product g JOIN shop_category c ON c.id = g.category_id
        WHERE g.id = l.product_id AND (c.path = %(path)s OR c.path LIKE %(path)s || '/%%')))"""
HEADS = """
SELECT o.id AS "order", o.customer_id AS customer, o.placed_at AS at, o.total AS amount
FROM shop_order o JOIN profiles_profile p USING (customer_id)
WHERE o.status <> 'cancelled' AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s))
    AND (%(path)s = '' OR EXISTS (SELECT FROM shop_orderline l WHERE l.order_id = o.id AND {on_shelf}))
"""
LINES = """
SELECT l.order_id AS "order", l.product_id AS product, l.quantity, l.unit_price::float AS price
FROM shop_orderline l JOIN shop_order o ON o.id = l.order_id JOIN profiles_profile p USING (customer_id)
WHERE o.status <> 'cancelled' AND l.kind = 'goods' AND l.product_id IS NOT NULL AND {on_shelf}
    AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s))
"""
# `Orders.stock` of everybody's orders, without fetching them.
STOCK = """
SELECT l.product_id AS product, extract(epoch FROM min(o.placed_at))::float / 86400 AS first_day,
    count(DISTINCT o.id) FILTER (WHERE o.placed_at >= %(recent)s) AS recent
FROM shop_orderline l JOIN shop_order o ON o.id = l.order_id JOIN profiles_profile p USING (customer_id)
WHERE o.status <> 'cancelled' AND o.kind = 'sale' AND l.kind = 'goods' AND l.product_id IS NOT NULL
    AND {on_shelf} GROUP BY 1
"""
# Lines bought below the highest price that the product was ever sold for, of those whose price moved.
BARGAINS = """
SELECT o.customer_id, count(*) FILTER (WHERE l.unit_price < 0.98 * w.highest) AS hits, count(*) AS events
FROM profiles_profile p JOIN shop_order o USING (customer_id) JOIN shop_orderline l ON l.order_id = o.id
JOIN (SELECT product_id, max(unit_price) AS highest FROM shop_orderline WHERE kind = 'goods'
    GROUP BY product_id HAVING max(unit_price) > 1.02 * min(unit_price)) AS w USING (product_id)
WHERE o.kind = 'sale' AND o.status <> 'cancelled' AND (%(customers)s::bigint[] IS NULL
    OR p.customer_id = ANY(%(customers)s)) GROUP BY 1
"""
GIFTS = """
SELECT customer_id, count(*) FILTER (WHERE is_gift) AS hits, count(*) AS events FROM (
    SELECT e.customer_id, e.search_term ~* '(gift|present for|geschenk|cadeau|regalo|礼物|礼品|送)' AS is_gift
    FROM shop_event e WHERE e.name = 'search'
    UNION ALL
    SELECT o.customer_id, c.name <> '' AND o.shipping_name <> '' AND lower(o.shipping_name) <> lower(c.name)
    FROM shop_order o JOIN shop_customer c ON c.id = o.customer_id WHERE o.kind = 'sale'
) AS told JOIN profiles_profile p USING (customer_id)
WHERE %(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s) GROUP BY 1
"""
COUNTERS = (
    "order_count",
    "net_spent",
    "view_count",
    "cart_count",
    "search_count",
    "review_count",
    "visit_count",
)
Rows = dict[int, tuple[float, float, float, list[dict[str, Any]]]]
# Customers asked about; None: everybody.
Asked = Collection[int] | None


@dataclass(frozen=True)
class Lesson:
    """`parameters` are few numbers, `artefact` is the model itself (npz)."""

    parameters: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    artefact: bytes = b""


class PurchaseLessons:
    """Buying within 30 days, anything or on the label's shelf, by those who did so before."""

    def learn(self, label: Label, cut: float) -> Lesson | TooLittle:
        orders = orders_of(label.category_path, asked=None)
        model = fit_purchases(orders.of_customers(trusted()), cut, days=DAYS)
        if isinstance(model, TooLittle):
            return model
        return Lesson(parameters={"first_day": orders.first_day}, artefact=model.to_bytes())

    def tell(self, label: Label, lesson: Lesson, cut: float, asked: Asked) -> Rows:
        orders = orders_of(label.category_path, asked=asked)
        model = PurchaseModel.from_bytes(lesson.artefact)
        stock = stock_of(label.category_path, cut)
        features = buyer_features(orders, cut, first_day=lesson.parameters["first_day"], stock=stock)
        if features.empty:
            return {}
        matrix = design(features)
        told = Probabilities(model.probabilities(matrix), *model.intervals(matrix).T)
        contributions = model.contributions(matrix)[:, : features.shape[1]]
        return as_rows(
            features.index.tolist(), told, reasons=strongest(contributions, list(features.columns))
        )


@dataclass(frozen=True)
class HabitLessons:
    """Whether the share of a customer's events that are hits is above so many times the shop's own."""

    statement: str
    times_usual: float

    def learn(self, label: Label, cut: float) -> Lesson | TooLittle:
        rows = frame_of(self.statement, customers=None)
        known = rows[rows["customer_id"].isin(trusted())]
        hits, events = int(known["hits"].sum()), int(known["events"].sum())
        if hits < LEAST_HITS:
            return TooLittle(have=hits, need=LEAST_HITS)
        return Lesson(parameters={"usual": usual_share(hits, events)})

    def tell(self, label: Label, lesson: Lesson, cut: float, asked: Asked) -> Rows:
        rows = frame_of(self.statement, customers=None if asked is None else list(asked))
        hits, events = (rows[name].to_numpy(np.float64) for name in ("hits", "events"))
        told = habit(hits, events, usual=lesson.parameters["usual"], times_usual=self.times_usual)
        return as_rows(rows["customer_id"].tolist(), told)


class ExampleLessons:
    """Logistic regression on tastes and counters, judged by cross-validation over the merchant's examples."""

    def learn(self, label: Label, cut: float) -> Lesson | TooLittle:
        examples = dict(
            LabelExample.objects.filter(label=label, customer__in=allowed_customers(Purpose.TRAINING))
            .filter(customer__profile__isnull=False)
            .values_list("customer", "is_positive")
        )
        customers, matrix = customer_matrix(examples)
        outcomes = np.array([examples[pk] for pk in customers], bool)
        fewest = int(min(outcomes.sum(), (~outcomes).sum()))
        if fewest < LEAST_EXAMPLES:
            return TooLittle(have=fewest, need=LEAST_EXAMPLES)
        from profiles.ml.examples import judged_auc, learnt  # loads scikit-learn

        auc = judged_auc(matrix, outcomes, folds=LEAST_EXAMPLES)
        return Lesson(metrics={"auc": auc}, artefact=learnt(matrix, outcomes).to_bytes())

    def tell(self, label: Label, lesson: Lesson, cut: float, asked: Asked) -> Rows:
        customers, matrix = customer_matrix(asked)
        model = LogisticModel.from_bytes(lesson.artefact)
        if not customers or matrix.shape[1] != len(model.mean):
            return {}
        return as_rows(customers, Probabilities(model.probabilities(matrix), *model.intervals(matrix).T))


WAYS: dict[Label.Kind, PurchaseLessons | HabitLessons | ExampleLessons] = {
    Label.Kind.BUYS_SOON: PurchaseLessons(),
    Label.Kind.BUYS_IN_CATEGORY: PurchaseLessons(),
    Label.Kind.PRICE_SENSITIVE: HabitLessons(BARGAINS, 1.5),
    Label.Kind.GIFT_BUYER: HabitLessons(GIFTS, 2.0),
    Label.Kind.BY_EXAMPLE: ExampleLessons(),
}


def trusted() -> set[int]:
    """Whose data may teach."""
    return set(allowed_customers(Purpose.TRAINING).values_list("pk", flat=True))


def frame_of(statement: str, **values: Any) -> pd.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description])


def orders_of(path: str, *, asked: Asked) -> Orders:
    values = {"path": path, "customers": None if asked is None else list(asked)}
    heads, lines = (frame_of(each.format(on_shelf=ON_SHELF), **values) for each in (HEADS, LINES))
    return Orders.of(heads.assign(at=pd.to_datetime(heads["at"], utc=True)), lines)


def stock_of(path: str, cut: float) -> pd.DataFrame:
    recent = datetime.fromtimestamp((cut - POPULAR_DAYS) * 86_400, UTC)
    return frame_of(STOCK.format(on_shelf=ON_SHELF), path=path, recent=recent).set_index("product")


def customer_matrix(asked: Asked) -> tuple[list[int], Floats]:
    """Customers with a profile, and their counters beside their taste (zeros where there is none)."""
    everybody = Profile.objects.order_by("pk")
    chosen = everybody if asked is None else everybody.filter(pk__in=list(asked))
    rows = list(chosen.values_list("pk", *COUNTERS))
    numbers = np.array([row[1:] for row in rows], np.float64).reshape(len(rows), len(COUNTERS))
    counters = np.log1p(np.maximum(numbers, 0))
    tastes = dict(Taste.objects.filter(customer__in=[row[0] for row in rows]).values_list("pk", "embedding"))
    none = np.zeros(DIMENSIONS)
    taste = np.array([np.asarray(tastes.get(row[0], none), np.float64) for row in rows])
    return [row[0] for row in rows], np.column_stack([counters, taste.reshape(len(rows), len(none))])


def strongest(contributions: Floats, names: list[str]) -> list[list[dict[str, Any]]]:
    """The columns that move each row's probability most, with which way and how far (in logits)."""
    best = np.argsort(-np.abs(contributions), axis=1)[:, :REASONS]
    return [
        [{"feature": names[at], "logit": round(float(row[at]), 2)} for at in places]
        for row, places in zip(contributions, best, strict=True)
    ]


def as_rows(
    customers: list[int], told: Probabilities, *, reasons: list[list[dict[str, Any]]] | None = None
) -> Rows:
    why = reasons if reasons is not None else [[] for _customer in customers]
    numbers = zip(customers, told.probability, told.low, told.high, why, strict=True)
    return {
        int(pk): (float(p), float(min(low, p)), float(max(high, p)), told_why)
        for pk, p, low, high, told_why in numbers
    }
