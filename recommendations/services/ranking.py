"""Trains the ranker and keeps each customer's ranking: in full when it is due, else only what changed."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.registry import get_generator
from ecommerce_ai.inference.selectors import artefact_of, live_run, run_history
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run, store_artefact
from ecommerce_ai.jobs.progress import Progress, silent
from recommendations.ml.candidates import LISTS, SOURCES
from recommendations.ml.features import FEATURES, GROUPS
from recommendations.ml.gate import lists_are_better, time_split
from recommendations.ml.lessons import InsufficientData, trained_on, training_lessons
from recommendations.ml.ranker import PARAMETERS, ROUNDS, Ranker
from recommendations.ml.ranking import Ranked, rank
from recommendations.ml.shown import examination
from recommendations.ml.snapshots import Snapshot, learn
from recommendations.models import CustomerRanking
from recommendations.selectors.behaviour import Behaviour, rankable_customers, shop_behaviour
from recommendations.selectors.freshness import behaviour_fingerprint
from recommendations.selectors.shown import shown_lists
from recommendations.selectors.stored import RANKER
from recommendations.services.hashes import history_hash
from recommendations.services.judging import is_worth_asking, judge_metrics, judged_rankings
from recommendations.services.neighbours import write_neighbours

RETRAIN_AFTER = timedelta(days=7)
KEPT_RUNS = 2  # whose rankings stay, so that the road back is short
BATCH_SIZE = 200
RECIPE = hashlib.md5(repr([FEATURES, LISTS, PARAMETERS, ROUNDS]).encode(), usedforsecurity=False).hexdigest()


def refresh_ranking(*, progress: Progress = silent) -> dict[str, Any]:
    """Bring neighbours and rankings up to date; train again each week, or when the recipe is another.

    Returns {"status"}: "current", "refreshed" with counts, or "insufficient_data" with {"have", "need"}.
    May be killed and repeated: rows carry a hash of their customer's history.
    """
    seen, run = behaviour_fingerprint(), live_run(RANKER)
    if run and run.parameters.get("seen") == seen and not is_due(run):
        return {"status": "current", "ranked": 0}
    behaviour = shop_behaviour()
    progress(1, 10)
    snapshot = learn(behaviour.interactions, behaviour.catalogue, behaviour.last_day)
    changed = write_neighbours(snapshot, behaviour)
    progress(3, 10)
    try:
        run = train_ranking(behaviour) if run is None or is_due(run) else run
    except InsufficientData as found:
        return {"status": "insufficient_data", "have": found.have, "need": found.need, "neighbours": changed}
    progress(6, 10)
    counts = write_rankings(run, snapshot, behaviour)
    ModelRun.objects.filter(pk=run.pk).update(parameters={**run.parameters, "seen": seen})
    return {"status": "refreshed", "neighbours": changed, **counts}


def is_due(run: ModelRun) -> bool:
    """Whether the ranker is old, made by another recipe, or lost."""
    is_old = timezone.now() - run.created_at > RETRAIN_AFTER
    return is_old or run.parameters.get("recipe") != RECIPE or artefact_of(run) is None


def train_ranking(behaviour: Behaviour) -> ModelRun:
    """Train, keep the run, and let it serve if it passes the gate or nothing serves yet.

    Lists that were shown are learned from as soon as that is better on the last window than orders alone.

    Returns the run that serves. Raises InsufficientData.
    """
    started, day, shown = time.perf_counter(), behaviour.last_day, shown_lists(behaviour)
    lessons = training_lessons(behaviour.interactions, behaviour.catalogue, day, shown)
    metrics = time_split(lessons, examination(shown)) | judge_metrics(behaviour, lessons)
    with_lists = lists_are_better(metrics)
    ranker = trained_on(lessons, with_lists=with_lists)
    learned_from = ["orders", "impressions"] if with_lists else ["orders"]
    run = record_run(
        RANKER,
        kind="lambdamart",
        facts=RunFacts(
            parameters={
                "groups": list(GROUPS),
                "sources": list(SOURCES),
                "recipe": RECIPE,
                "learned_from": learned_from,
                "asks_writer": is_worth_asking(metrics),
            },
            metrics=metrics,
            data_from=moment(float(behaviour.interactions.days[0])),
            data_until=moment(day),
            artefact_path=store_artefact(RANKER, ranker.text.encode(), suffix=".txt"),
            duration_s=round(time.perf_counter() - started, 2),
        ),
    )
    live = live_run(RANKER)
    return promote_run(run) if live is None or passes(run) else live


def passes(run: ModelRun) -> bool:
    """The first gate: better on a window it has not seen than what anybody could do without it."""
    metrics = run.metrics
    baselines = [value for name, value in metrics.items() if name.endswith("_ndcg@10")]
    return bool(baselines) and metrics["ndcg@10"] > max(baselines)


def moment(day: float) -> datetime:
    return datetime.fromtimestamp(day * 86_400, tz=UTC)


def write_rankings(run: ModelRun, snapshot: Snapshot, behaviour: Behaviour) -> dict[str, int]:
    """Rank whoever's history changed since their row was written; {"ranked", "current", "removed"}."""
    allowed = np.isin(behaviour.customer_ids, list(rankable_customers().values_list("pk", flat=True)))
    known = np.flatnonzero(allowed & (snapshot.histories.lengths > 0))
    hashes = {int(who): history_hash(snapshot, int(who)) for who in known}
    removed = remove_rankings(run, keeping=behaviour.customer_ids[known].tolist())
    stored = dict(CustomerRanking.objects.filter(run=run).values_list("customer", "input_hash"))
    stale = [who for who in known if stored.get(int(behaviour.customer_ids[who])) != hashes[int(who)]]
    ranker = Ranker(text=(artefact_of(run) or b"").decode())
    rankings, writer = rank(snapshot, ranker, np.array(stale, np.int64)), get_generator()
    if writer is not None and run.parameters.get("asks_writer"):
        rankings = judged_rankings(rankings, writer, snapshot, behaviour)
    rows = (as_row(run, ranked, behaviour, input_hash=hashes[ranked.customer]) for ranked in rankings)
    written = sum(write_batch(batch) for batch in batches(rows))
    return {"ranked": written, "current": len(known) - written, "removed": removed}


def remove_rankings(run: ModelRun, *, keeping: Sequence[int]) -> int:
    """Of people without a history or without consent, and of runs that are long past."""
    kept_runs = list(run_history(RANKER).exclude(pk=run.pk).values_list("pk", flat=True)[: KEPT_RUNS - 1])
    gone, _ = CustomerRanking.objects.filter(run=run).exclude(customer__in=keeping).delete()
    CustomerRanking.objects.exclude(run__in=[run.pk, *kept_runs]).filter(run__pipelines=None).delete()
    return gone


def as_row(run: ModelRun, ranked: Ranked, behaviour: Behaviour, *, input_hash: str) -> CustomerRanking:
    return CustomerRanking(
        customer_id=int(behaviour.customer_ids[ranked.customer]),
        run=run,
        product_ids=behaviour.product_ids[ranked.items].tolist(),
        scores=ranked.scores.tolist(),
        sources=ranked.sources.tolist(),
        contributions=ranked.contributions.tobytes(),
        input_hash=input_hash,
        computed_at=timezone.now(),
    )


def batches(rows: Iterator[CustomerRanking]) -> Iterator[list[CustomerRanking]]:
    batch: list[CustomerRanking] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH_SIZE:
            yield batch
            batch = []
    if batch:
        yield batch


@transaction.atomic
def write_batch(rows: Sequence[CustomerRanking]) -> int:
    CustomerRanking.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["customer", "run"],
        update_fields=["product_ids", "scores", "sources", "contributions", "input_hash", "computed_at"],
    )
    return len(rows)
