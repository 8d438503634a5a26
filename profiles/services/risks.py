"""Assesses orders and accounts; a person decides. What was reviewed keeps its verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run
from ecommerce_ai.shop.models import Order
from profiles.ml.past import Floats
from profiles.ml.risk_features import risk_features
from profiles.ml.risk_model import LEAST_FRAUDS, fit_risk, unusualness
from profiles.ml.risk_rules import Fact, account_facts, level_of, order_facts, score_of
from profiles.models import RiskAssessment
from profiles.selectors.learning import is_due
from profiles.services.account_risks import suspicious_accounts
from profiles.services.lessons import frame_of, trusted

Flags = npt.NDArray[np.bool_]
NAME = "risk"
LOOKED_BACK = timedelta(days=90)
LEAST_ORDERS = 50
# Where no address is known, the customer's own orders stand for the place. Confirmed abuse is a label.
ORDERS = """
SELECT o.id, o.customer_id,
    coalesce(o.customer_id::text, nullif(lower(o.email), ''), 'order ' || o.id) AS customer,
    coalesce(
        nullif(lower(concat_ws('|', nullif(shipping_address, ''), nullif(shipping_postcode, ''))), ''),
        'of ' || coalesce(o.customer_id::text, o.id::text)) AS place,
    extract(epoch FROM o.placed_at) / 86400 AS day, o.total AS amount,
    r.id IS NOT NULL AS is_assessed, CASE r.status WHEN 'confirmed' THEN 1 WHEN 'cleared' THEN 0 END AS fraud
FROM shop_order o LEFT JOIN profiles_riskassessment r ON r.order_id = o.id WHERE o.kind = 'sale' ORDER BY o.id
"""


@dataclass(frozen=True)
class Verdict:
    """What an assessment says of `order_id`, or of the whole account where that is None."""

    customer_id: int | None
    order_id: int | None
    score: float
    facts: list[dict[str, Any]]


def refresh_risks() -> dict[str, int]:
    """Assess the orders of the last 90 days and every suspicious account. Returns {"assessed", "changed"}.

    All of them where that is due or somebody reviewed one; else orders that nobody assessed.
    """
    if whole := is_due(NAME) or has_reviews():
        verdicts = [*order_verdicts(), *account_verdicts()]
    else:
        verdicts = [*order_verdicts(is_new=True), *account_verdicts()]
    changed = write_verdicts(verdicts, whole=whole)
    if whole:
        facts = RunFacts(metrics={"changed": changed})
        promote_run(record_run(NAME, kind="rules, isolation forest", facts=facts))
    return {"assessed": len(verdicts), "changed": changed}


def has_reviews() -> bool:
    """Whether somebody decided since everything was assessed."""
    run = live_run(NAME)
    return run is None or RiskAssessment.objects.filter(reviewed_at__gt=run.created_at).exists()


def order_verdicts(*, is_new: bool = False) -> Iterable[Verdict]:
    """By rules and an anomaly model; by a model of the verdicts too, once enough abuse was confirmed.

    `is_new`: only orders without an assessment.
    """
    if is_new and not Order.objects.sales().filter(risk=None).exists():
        return
    orders = frame_of(ORDERS)
    if len(orders) < LEAST_ORDERS:
        return
    orders = orders.assign(**{name: orders[name].astype(float) for name in ("day", "amount", "fraud")})
    features = risk_features(orders)
    is_asked = orders["day"] >= orders["day"].max() - LOOKED_BACK.days
    if is_new:
        is_asked &= ~orders["is_assessed"]
    if not is_asked.any():
        return
    may_teach = orders["customer_id"].isna() | orders["customer_id"].isin(trusted())
    yield from told_of(orders, features, is_asked=is_asked.to_numpy(bool), may_teach=may_teach.to_numpy(bool))


def told_of(
    orders: pd.DataFrame, features: pd.DataFrame, *, is_asked: Flags, may_teach: Flags
) -> Iterable[Verdict]:
    asked, lessons = features[is_asked], features[may_teach]
    unusual = unusualness(lessons, asked)
    learnt = learnt_scores(lessons, orders["fraud"][may_teach].to_numpy(np.float64), asked)
    heads = orders[is_asked][["id", "customer_id"]].itertuples(index=False, name=None)
    for (pk, customer), row, oddness, score in zip(
        heads, asked.to_dict("records"), unusual.tolist(), learnt.tolist(), strict=True
    ):
        facts = order_facts({str(name): value for name, value in row.items()}, unusual=oddness)
        yield Verdict(
            customer_id=None if pd.isna(customer) else int(customer),
            order_id=int(pk),
            score=max(score_of(facts), score),
            facts=[as_json(fact) for fact in facts],
        )


def learnt_scores(lessons: pd.DataFrame, fraud: Floats, asked: pd.DataFrame) -> Floats:
    """Probabilities by the reviewers' verdicts; zeros while these are too few."""
    is_known = ~np.isnan(fraud)
    if np.nansum(fraud) < LEAST_FRAUDS or (is_known & (fraud == 0)).sum() < LEAST_FRAUDS:
        return np.zeros(len(asked))
    return fit_risk(lessons[is_known], fraud[is_known]).probabilities(asked)


def account_verdicts() -> Iterable[Verdict]:
    for pk, account in suspicious_accounts():
        if facts := account_facts(account):
            yield Verdict(pk, None, score_of(facts), [as_json(fact) for fact in facts])


def as_json(fact: Fact) -> dict[str, Any]:
    told: Mapping[str, Any] = asdict(fact)
    return {name: told[name] for name in ("code", "sentiment", "values")}


@transaction.atomic
def write_verdicts(verdicts: list[Verdict], *, whole: bool) -> int:
    """Write what is new or changed, remove open ones that nothing speaks for any more; how many.

    Unless these are the `whole` of it, what was said of other orders stays.
    """
    before = RiskAssessment.objects.all()
    if not whole:
        before = before.filter(Q(order=None) | Q(order__in=[told.order_id for told in verdicts]))
    have = {key_of(row): row for row in before}
    fresh, changed, now = [], [], timezone.now()
    for verdict in verdicts:
        told = {"level": level_of(verdict.score), "score": round(verdict.score, 4), "facts": verdict.facts}
        row = have.pop(key_of(verdict), None)
        if row is None:
            ids = {"customer_id": verdict.customer_id, "order_id": verdict.order_id}
            fresh.append(RiskAssessment(**ids, **told, assessed_at=now))
        elif any(getattr(row, name) != value for name, value in told.items()):
            vars(row).update(told, assessed_at=now)
            changed.append(row)
    RiskAssessment.objects.bulk_create(fresh, batch_size=2000)
    RiskAssessment.objects.bulk_update(changed, ["level", "score", "facts", "assessed_at"], batch_size=500)
    gone = [row.pk for row in have.values() if row.status == RiskAssessment.Status.OPEN]
    RiskAssessment.objects.filter(pk__in=gone).delete()
    return len(fresh) + len(changed) + len(gone)


def key_of(assessed: RiskAssessment | Verdict) -> tuple[str, int | None]:
    if assessed.order_id is not None:
        return "order", assessed.order_id
    return "account", assessed.customer_id
