"""Labels of customers: built in, and those that merchants define by examples."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from django.db import connection, transaction
from django.utils import timezone
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from ecommerce_ai.inference.services import RunFacts, promote_run, record_run
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Category
from profiles.ml.examples import ExampleModel, Floats
from profiles.ml.habits import Probabilities, habit
from profiles.ml.purchases import Orders, TooLittle, buyer_features, design, fit_purchases
from profiles.models import CustomerLabel, Label, LabelExample, Profile, Taste
from profiles.selectors import shop_clock
from profiles.selectors.learning import is_due

NAME = "labels"
DAYS, SHELVES = 30, 3
LEAST_EXAMPLES = 5
REASONS = 3
ORDERS = """
SELECT o.customer_id, o.placed_at, o.total FROM shop_order o JOIN profiles_profile p USING (customer_id)
WHERE o.status <> 'cancelled' AND (%(path)s = '' OR EXISTS (
    SELECT FROM shop_orderline l JOIN shop_product g ON g.id = l.product_id
    JOIN shop_category c ON c.id = g.category_id
    WHERE l.order_id = o.id AND (c.path = %(path)s OR c.path LIKE %(path)s || '/%%')))
"""
# Lines bought below the highest price that the product was ever sold for, of those whose price moved.
BARGAINS = """
SELECT o.customer_id, count(*) FILTER (WHERE l.unit_price < 0.98 * w.highest) AS hits, count(*) AS events
FROM profiles_profile JOIN shop_order o USING (customer_id) JOIN shop_orderline l ON l.order_id = o.id
JOIN (SELECT product_id, max(unit_price) AS highest FROM shop_orderline WHERE kind = 'goods'
    GROUP BY product_id HAVING max(unit_price) > 1.02 * min(unit_price)) AS w USING (product_id)
WHERE o.kind = 'sale' AND o.status <> 'cancelled' GROUP BY 1
"""
GIFTS = """
SELECT customer_id, count(*) FILTER (WHERE is_gift) AS hits, count(*) AS events FROM (
    SELECT e.customer_id, e.search_term ~* '(gift|present for|geschenk|cadeau|regalo|礼物|礼品|送)' AS is_gift
    FROM shop_event e WHERE e.name = 'search'
    UNION ALL
    SELECT o.customer_id, c.name <> '' AND o.shipping_name <> '' AND lower(o.shipping_name) <> lower(c.name)
    FROM shop_order o JOIN shop_customer c ON c.id = o.customer_id WHERE o.kind = 'sale'
) AS told JOIN profiles_profile USING (customer_id) GROUP BY 1
"""
Rows = dict[int, tuple[float, float, float, list[dict[str, Any]]]]


@dataclass(frozen=True)
class Told:
    """What a label says of each customer; or `lacking`, what it needs to say anything."""

    rows: Rows = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    lacking: dict[str, Any] = field(default_factory=dict)


def refresh_labels() -> dict[str, int]:
    """Learn every live label again and write its probabilities; each says what it lacks where it cannot."""
    ensure_labels()
    now, started = shop_clock(), time.perf_counter()
    live = Label.objects.filter(is_live=True)
    due = list(live if is_due(NAME) else live.filter(status={}))
    written = sum(write_label(label, WAYS[Label.Kind(label.kind)](label, now), now=now) for label in due)
    CustomerLabel.objects.filter(label__is_live=False).delete()
    if due:
        facts = RunFacts(
            metrics={"written": written}, data_until=now, duration_s=time.perf_counter() - started
        )
        promote_run(record_run(NAME, kind="labels", facts=facts))
    return {"labels": len(due), "written": written}


def ensure_labels() -> None:
    """The built-in labels; a merchant may switch them off."""
    for key, kind in (
        ("buys-soon", Label.Kind.BUYS_SOON),
        ("price-sensitive", Label.Kind.PRICE_SENSITIVE),
        ("gift-buyer", Label.Kind.GIFT_BUYER),
    ):
        Label.objects.get_or_create(key=key, defaults={"kind": kind, "name": str(kind.label)})
    if Label.objects.filter(kind=Label.Kind.BUYS_IN_CATEGORY).exists():
        return
    for shelf in Category.objects.roots()[:SHELVES]:
        Label.objects.get_or_create(
            key=f"buys-in-{shelf.slug}"[:100],
            defaults={
                "kind": Label.Kind.BUYS_IN_CATEGORY,
                "name": shelf.name,
                "category_path": shelf.path,
            },
        )


def frame_of(statement: str, **values: Any) -> pd.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description])


def purchases(label: Label, now: datetime) -> Told:
    """Buying within 30 days, anything or on the label's shelf, of those who did so before."""
    rows = frame_of(ORDERS, path=label.category_path)
    if rows.empty:
        return Told(lacking=insufficient(0, 100))
    orders = Orders.of(
        rows["customer_id"].to_numpy(), pd.to_datetime(rows["placed_at"], utc=True), rows["total"].to_numpy()
    )
    cut = now.timestamp() / 86_400
    trusted = allowed_customers(Purpose.TRAINING).values_list("pk", flat=True)
    known = Orders(orders.frame[orders.frame["customer"].isin(set(trusted))])
    model = fit_purchases(known, cut, days=DAYS)
    if isinstance(model, TooLittle):
        return Told(lacking=insufficient(model.have, model.need))
    features = buyer_features(orders, cut)
    matrix = design(features)
    probabilities, spread = model.probabilities(matrix), model.intervals(matrix)
    reasons = strongest(model.contributions(matrix)[:, : features.shape[1]], list(features.columns))
    rows_of = zip(features.index, probabilities, spread[:, 0], spread[:, 1], reasons, strict=True)
    return Told({int(pk): (float(p), float(low), float(high), why) for pk, p, low, high, why in rows_of})


def strongest(contributions: Floats, names: list[str]) -> list[list[dict[str, Any]]]:
    """The columns that move each row's probability most, with which way and how far (in logits)."""
    best = np.argsort(-np.abs(contributions), axis=1)[:, :REASONS]
    return [
        [{"feature": names[at], "logit": round(float(row[at]), 2)} for at in places]
        for row, places in zip(contributions, best, strict=True)
    ]


def habits(statement: str, times_usual: float) -> Callable[[Label, datetime], Told]:
    def tell(label: Label, now: datetime) -> Told:
        rows = frame_of(statement)
        hits, events = (rows[name].to_numpy(np.float64) for name in ("hits", "events"))
        if not events.sum() or not hits.sum():
            return Told(lacking=insufficient(int(hits.sum()), 1))
        return Told(as_rows(rows["customer_id"].tolist(), habit(hits, events, times_usual=times_usual)))

    return tell


def as_rows(customers: list[int], told: Probabilities) -> Rows:
    numbers = zip(customers, told.probability, told.low, told.high, strict=True)
    return {pk: (float(p), float(low), float(high), []) for pk, p, low, high in numbers}


def by_example(label: Label, now: datetime) -> Told:
    """Logistic regression on tastes and counters, judged by cross-validation over the merchant's examples."""
    trusted = allowed_customers(Purpose.TRAINING).values("pk")
    examples = dict(
        LabelExample.objects.filter(label=label, customer__in=trusted).values_list("customer", "is_positive")
    )
    customers, matrix = customer_matrix()
    chosen = np.array([pk in examples for pk in customers], bool)
    outcomes = np.array([examples.get(pk, False) for pk in customers], bool)
    fewest = int(min((outcomes & chosen).sum(), (~outcomes & chosen).sum()))
    if fewest < LEAST_EXAMPLES:
        return Told(lacking=insufficient(fewest, LEAST_EXAMPLES))
    model = ExampleModel()
    judged = cross_val_predict(
        model, matrix[chosen], outcomes[chosen], cv=LEAST_EXAMPLES, method="predict_proba"
    )
    model.fit(matrix[chosen], outcomes[chosen])
    told = Probabilities(*model.with_interval(matrix))
    return Told(
        as_rows(customers, told), metrics={"auc": float(roc_auc_score(outcomes[chosen], judged[:, 1]))}
    )


COUNTERS = (
    "order_count",
    "net_spent",
    "view_count",
    "cart_count",
    "search_count",
    "review_count",
    "visit_count",
)


def customer_matrix() -> tuple[list[int], Floats]:
    """Customers with a profile, and their counters beside their taste (zeros where there is none)."""
    rows = list(Profile.objects.order_by("pk").values_list("pk", *COUNTERS))
    counters = np.log1p(np.maximum(np.array([row[1:] for row in rows], np.float64), 0))
    tastes = dict(Taste.objects.values_list("customer", "embedding"))
    width = len(next(iter(tastes.values()))) if tastes else 0
    taste = np.array([np.asarray(tastes.get(row[0], np.zeros(width)), np.float64) for row in rows])
    return [row[0] for row in rows], np.column_stack([counters, taste.reshape(len(rows), width)])


def insufficient(have: int, need: int) -> dict[str, Any]:
    return {"status": "insufficient_data", "have": have, "need": need}


WAYS: dict[Label.Kind, Callable[[Label, datetime], Told]] = {
    Label.Kind.BUYS_SOON: purchases,
    Label.Kind.BUYS_IN_CATEGORY: purchases,
    Label.Kind.PRICE_SENSITIVE: habits(BARGAINS, 1.5),
    Label.Kind.GIFT_BUYER: habits(GIFTS, 2.0),
    Label.Kind.BY_EXAMPLE: by_example,
}


@transaction.atomic
def write_label(label: Label, told: Told, *, now: datetime) -> int:
    status = told.lacking or {"status": "ready", "customers": len(told.rows), **told.metrics}
    Label.objects.filter(pk=label.pk).update(status=status)
    CustomerLabel.objects.filter(label=label).delete()
    if not told.rows:
        return 0
    facts = RunFacts(parameters={"label": label.key}, metrics=told.metrics, data_until=now)
    run = promote_run(record_run(f"label {label.key}"[:100], kind=label.kind, facts=facts))
    made = timezone.now()
    rows = [
        CustomerLabel(
            customer_id=pk, label=label, probability=p, low=min(low, p), high=max(high, p), reasons=why,
            model_run=run, computed_at=made,
        )
        for pk, (p, low, high, why) in told.rows.items()
    ]  # fmt: skip
    return len(CustomerLabel.objects.bulk_create(rows, batch_size=2000))
