"""The head that tells praise from complaint in what buyers write: taught by the shop's own rated reviews."""

import time
from typing import Any

from django.db.models import Count, Max, Q

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run, store_artefact
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Review
from support.ml.sentiment import Opinion
from support.ml.sentiment_training import train_sentiment
from support.selectors.sentiment import SENTIMENT

CONTENT, NOT_CONTENT = frozenset({4, 5}), frozenset({1, 2})  # stars; three say neither
FEWEST, MOST = 25, 50_000  # reviews of either kind below which nothing is learned; the newest that are read


def train_sentiment_head() -> ModelRun | None:
    """Learn from the reviews that are there and let it serve; None where they are too few, or the same."""
    teachers = Q(customer=None) | Q(customer__in=allowed_customers(Purpose.TRAINING))
    rated = Review.objects.approved().filter(teachers, rating__in=CONTENT | NOT_CONTENT)
    seen = rated.aggregate(count=Count("pk"), last=Max("pk"))
    parameters: dict[str, Any] = {"reviews": seen["count"], "last": seen["last"]}
    serving = live_run(SENTIMENT)
    if serving and serving.parameters == parameters:
        return None
    began = time.monotonic()
    rows = rated.order_by("-created_at").values_list("title", "body", "rating")[:MOST]
    taught = [(opinion, stars) for title, body, stars in rows if (opinion := Opinion(title, body))]
    wanted = [stars in NOT_CONTENT for _, stars in taught]
    if min(sum(wanted), len(wanted) - sum(wanted)) < FEWEST:
        return None
    model = train_sentiment([opinion for opinion, _ in taught], wanted)
    facts = RunFacts(
        parameters=parameters,
        metrics={"reviews": len(taught), "complaints": sum(wanted)},
        artefact_path=store_artefact(SENTIMENT, model.to_bytes(), suffix=".npz"),
        duration_s=time.monotonic() - began,
    )
    return promote_run(record_run(SENTIMENT, kind="sentiment", facts=facts))
