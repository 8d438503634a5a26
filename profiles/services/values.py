"""What each buyer was worth and will be worth, as rows beside the model that says so."""

import time
from dataclasses import astuple
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
from django.db import connection
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run
from profiles.ml.lifetime import LEAST_REPEATERS, Forecast, Histories, Lifetime, fit_lifetime, forecast
from profiles.models import CustomerValue
from profiles.selectors import shop_clock
from profiles.selectors.learning import is_due
from profiles.selectors.values import VALUE_RUN, lacking_of
from profiles.services.lessons import trusted

KIND = "bg-nbd, gamma-gamma"
LONGEST_WAIT_WEEKS = 260.0
HISTORIES = """
SELECT p.customer_id, p.currency, p.net_spent, p.gross_spent / p.order_count AS mean_value,
    count(DISTINCT o.placed_at::date) - 1 AS repeats,
    extract(epoch FROM max(o.placed_at) - min(o.placed_at)) / 604800 AS last,
    extract(epoch FROM %(now)s - min(o.placed_at)) / 604800 AS age
FROM profiles_profile p JOIN shop_order o USING (customer_id)
LEFT JOIN profiles_customervalue v USING (customer_id)
WHERE p.order_count > 0 AND o.kind = 'sale' AND o.status <> 'cancelled'
    AND (%(everybody)s OR v.computed_at IS NULL OR v.computed_at < p.computed_at)
GROUP BY p.customer_id
ORDER BY p.customer_id
"""
UPDATED = [
    field.name for field in CustomerValue._meta.concrete_fields if field.name not in {"customer", "id"}
]


def refresh_values() -> dict[str, int]:
    """Fit again where it is due; forecast for everybody then, else for those who changed.

    Returns {"valued"}, with {"have", "need"} customers who came back where these are too few.
    """
    now, run = shop_clock(), live_run(VALUE_RUN)
    lacking = lacking_of(run)
    if run is None or is_due(VALUE_RUN) or not (lacking or "frequency" in run.parameters):
        return learn_values(now)
    changed = histories(now, outdated=True)
    if lacking or changed.empty:
        return {"valued": 0, **lacking}
    told = forecast(lifetime_of(run), as_histories(changed))
    return {"valued": write_values(changed, told, run=run, now=now)}


def learn_values(now: datetime) -> dict[str, int]:
    buyers, started = histories(now), time.perf_counter()
    known = buyers[buyers["customer_id"].isin(trusted())]
    repeaters = int((known["repeats"] > 0).sum())
    if repeaters < LEAST_REPEATERS:
        CustomerValue.objects.all().delete()
        lacking = {"have": repeaters, "need": LEAST_REPEATERS}
        promote_run(record_run(VALUE_RUN, kind=KIND, facts=RunFacts(metrics=lacking, data_until=now)))
        return {"valued": 0, **lacking}
    model = fit_lifetime(as_histories(known))
    facts = RunFacts(
        parameters={name: value.tolist() for name, value in vars(model).items()},
        metrics={"buyers": len(buyers), "trained_on": len(known)},
        data_until=now,
        duration_s=time.perf_counter() - started,
    )
    run = promote_run(record_run(VALUE_RUN, kind=KIND, facts=facts))
    written = write_values(buyers, forecast(model, as_histories(buyers)), run=run, now=now)
    CustomerValue.objects.exclude(model_run=run).delete()
    return {"valued": written}


def lifetime_of(run: ModelRun) -> Lifetime:
    return Lifetime(**{name: np.array(values, np.float64) for name, values in run.parameters.items()})


def histories(now: datetime, *, outdated: bool = False) -> pd.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(HISTORIES, {"now": now, "everybody": not outdated})
        columns = [column.name for column in cursor.description]
        return pd.DataFrame(cursor.fetchall(), columns=columns)


def as_histories(buyers: pd.DataFrame) -> Histories:
    columns = (buyers[name].to_numpy(np.float64) for name in ("repeats", "last", "age", "mean_value"))
    repeats, last, age, mean_value = columns
    return Histories(repeats, np.where(repeats > 0, last, 0.0), np.maximum(age, last), mean_value)


def write_values(buyers: pd.DataFrame, told: Forecast, *, run: ModelRun, now: datetime) -> int:
    rows = [
        value_row(run, head, numbers, now)
        for head, numbers in zip(
            buyers[["customer_id", "currency", "net_spent"]].itertuples(index=False, name=None),
            np.column_stack(astuple(told)).tolist(),
            strict=True,
        )
    ]
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
