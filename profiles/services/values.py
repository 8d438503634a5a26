"""What each buyer was worth and will be worth, as rows beside the model that says so."""

import time
from dataclasses import astuple
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
from django.db import connection, transaction
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from profiles.ml.lifetime import LEAST_REPEATERS, Forecast, Histories, fit_lifetime, forecast
from profiles.models import CustomerValue
from profiles.selectors import shop_clock
from profiles.selectors.learning import is_due

NAME = "customer-value"
LONGEST_WAIT_WEEKS = 260.0
HISTORIES = """
SELECT p.customer_id, p.currency, p.net_spent, p.gross_spent / p.order_count AS mean_value,
    count(DISTINCT o.placed_at::date) - 1 AS repeats,
    extract(epoch FROM max(o.placed_at) - min(o.placed_at)) / 604800 AS last,
    extract(epoch FROM %(now)s - min(o.placed_at)) / 604800 AS age
FROM profiles_profile p JOIN shop_order o USING (customer_id)
WHERE p.order_count > 0 AND o.kind = 'sale' AND o.status <> 'cancelled' GROUP BY p.customer_id
ORDER BY p.customer_id
"""
UPDATED = [
    field.name for field in CustomerValue._meta.concrete_fields if field.name not in {"customer", "id"}
]


def refresh_values() -> dict[str, int]:
    """Fit and forecast again where it is due. Returns {"valued"} or what is
    missing: {"have", "need"} customers who came back."""
    now = shop_clock()
    if not is_due(NAME):
        return {"valued": 0, "current": CustomerValue.objects.count()}
    buyers = histories(now)
    trusted = set(allowed_customers(Purpose.TRAINING).values_list("pk", flat=True))
    known = buyers[buyers["customer_id"].isin(trusted)]
    repeaters = int((known["repeats"] > 0).sum())
    if repeaters < LEAST_REPEATERS:
        CustomerValue.objects.all().delete()
        return {"valued": 0, "have": repeaters, "need": LEAST_REPEATERS}
    started = time.perf_counter()
    model = fit_lifetime(as_histories(known))
    told = forecast(model, as_histories(buyers))
    facts = RunFacts(
        parameters={
            "bg_nbd": np.exp(model.frequency).round(4).tolist(),
            "gamma_gamma": np.exp(model.spending).round(4).tolist(),
        },
        metrics={"buyers": len(buyers), "trained_on": len(known)},
        data_until=now,
        duration_s=time.perf_counter() - started,
    )
    return {"valued": write_values(buyers, told, facts=facts, now=now)}


def histories(now: datetime) -> pd.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(HISTORIES, {"now": now})
        columns = [column.name for column in cursor.description]
        return pd.DataFrame(cursor.fetchall(), columns=columns)


def as_histories(buyers: pd.DataFrame) -> Histories:
    columns = (buyers[name].to_numpy(np.float64) for name in ("repeats", "last", "age", "mean_value"))
    repeats, last, age, mean_value = columns
    return Histories(repeats, np.where(repeats > 0, last, 0.0), np.maximum(age, last), mean_value)


@transaction.atomic
def write_values(buyers: pd.DataFrame, told: Forecast, *, facts: RunFacts, now: datetime) -> int:
    run = promote_run(record_run(NAME, kind="bg-nbd, gamma-gamma", facts=facts))
    rows = [
        value_row(run, head, numbers, now)
        for head, numbers in zip(
            buyers[["customer_id", "currency", "net_spent"]].itertuples(index=False, name=None),
            np.column_stack(astuple(told)).tolist(),
            strict=True,
        )
    ]
    CustomerValue.objects.exclude(customer__in=[row.customer_id for row in rows]).delete()
    CustomerValue.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["customer"], update_fields=UPDATED, batch_size=2000
    )
    return len(rows)


def value_row(
    run: ModelRun, head: tuple[int, str, Decimal], numbers: list[float], now: datetime
) -> CustomerValue:
    customer_id, currency, historic = head
    orders, value, low, high, churn, churn_low, churn_high, wait, wait_low, wait_high = numbers
    return CustomerValue(
        customer_id=customer_id,
        currency=currency,
        historic=historic,
        predicted=cents(value),
        predicted_low=cents(low),
        predicted_high=cents(high),
        expected_orders=orders,
        churn_probability=churn,
        churn_low=churn_low,
        churn_high=churn_high,
        next_order_at=moment(now, wait),
        next_order_from=moment(now, wait_low),
        next_order_until=moment(now, wait_high),
        model_run=run,
        input_hash=str(run.pk),
        computed_at=timezone.now(),
    )


def cents(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def moment(now: datetime, weeks: float) -> datetime:
    return now + timedelta(weeks=min(weeks, LONGEST_WAIT_WEEKS))
