"""What a version of the pipeline has to pass before it serves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from recommendations.ml.offpolicy import Estimate, LoggedRewards, effective_sample_size, estimates
from recommendations.ml.policy import chance_of
from recommendations.models import Impression, Outcome, Pipeline

LEAST_SHADOWS = 100
LEAST_SAMPLE = 100.0
NEWEST = 20_000


@dataclass(frozen=True)
class Gate:
    """One condition: what it is, whether it is met, and the figures that say so."""

    title: str | Promise
    is_passed: bool
    text: str | Promise


@dataclass(frozen=True)
class OffPolicy:
    """What the shadow would have earned (clicks for each place shown), beside what the live version did."""

    rows: int
    effective_rows: float
    live_rate: float
    estimates: dict[str, Estimate]


def gates_of(pipeline: Pipeline) -> list[Gate]:
    """Time split → shadow → off-policy estimate. A version that served before has passed them all."""
    if pipeline.live_since is not None:
        return []
    return [time_split_gate(pipeline), shadow_gate(pipeline), estimate_gate(pipeline)]


def time_split_gate(pipeline: Pipeline) -> Gate:
    """The ranker's own evaluation; a version that keeps the ranker has nothing to prove here."""
    title = _("Evaluated on a time split")
    if pipeline.ranker is None or pipeline.ranker.is_live:
        return Gate(title, is_passed=True, text=_("It keeps the ranker that serves."))
    figures = {name: value for name, value in values_of(pipeline.ranker.metrics).items() if "ndcg" in name}
    told = ", ".join(f"{name} {value:.3f}" for name, value in sorted(figures.items()))
    return Gate(title, is_passed=bool(figures), text=told or _("The ranker was not evaluated."))


def values_of(metrics: dict[str, Any]) -> dict[str, float]:
    """Plain numbers by name, of metrics with or without intervals."""
    given = metrics.get("metrics", metrics)
    values = {name: value.get("value") if isinstance(value, dict) else value for name, value in given.items()}
    return {name: float(value) for name, value in values.items() if isinstance(value, int | float)}


def shadow_gate(pipeline: Pipeline) -> Gate:
    computed = Impression.objects.filter(pipeline=pipeline, is_shadow=True).count()
    return Gate(
        _("Computed in the shadow"),
        is_passed=computed >= LEAST_SHADOWS,
        text=format_lazy(_("{count} of {least} lists"), count=computed, least=LEAST_SHADOWS),
    )


def estimate_gate(pipeline: Pipeline) -> Gate:
    """Passed with enough to go by, and an estimate that does not lie below what the live version earned."""
    title, found = _("Estimated on what was shown"), off_policy_estimate(pipeline)
    if found is None or found.effective_rows < LEAST_SAMPLE:
        have = 0 if found is None else round(found.effective_rows)
        text = format_lazy(_("{have} of {need} effective rows"), have=have, need=round(LEAST_SAMPLE))
        return Gate(title, is_passed=False, text=text)
    told = found.estimates["snipw"]
    text = format_lazy(
        _("{value} clicks per place ({low} to {high}), live {live}, {rows} effective rows"),
        value=f"{told.value:.4f}",
        low=f"{told.low:.4f}",
        high=f"{told.high:.4f}",
        live=f"{found.live_rate:.4f}",
        rows=round(found.effective_rows),
    )
    return Gate(title, is_passed=told.high >= found.live_rate, text=text)


def off_policy_estimate(pipeline: Pipeline) -> OffPolicy | None:
    """From the impressions that this shadow computed a list beside; None where there are none."""
    shadows = Impression.objects.filter(pipeline=pipeline, is_shadow=True).order_by("-served_at")[:NEWEST]
    twins = {str(shadow.trace.get("shadow_of")): shadow for shadow in shadows}
    shown = Impression.objects.served().filter(pk__in=list(twins)).in_bulk()
    clicked = set(
        Outcome.objects.filter(impression__in=list(shown), kind=Outcome.Kind.CLICK).values_list(
            "impression", "product"
        )
    )
    logged = [
        row
        for key, impression in shown.items()
        for row in logged_rows(impression, twins[str(key)], clicked, rate=pipeline.exploration)
    ]
    return summed_up(np.array(logged, np.float64)) if logged else None


def logged_rows(
    impression: Impression, twin: Impression, clicked: set[tuple[UUID, int]], *, rate: float
) -> list[tuple[float, float]]:
    """Reward and weight of each place that both lists have."""
    reserve = twin.trace.get("reserve", [])
    places = min(len(impression.product_ids), len(twin.product_ids))
    return [
        (
            float((impression.pk, impression.product_ids[place]) in clicked),
            chance_of(
                impression.product_ids[place],
                position=place,
                shown=twin.product_ids,
                reserve=reserve,
                rate=rate,
            )
            / impression.propensities[place],
        )
        for place in range(places)
    ]


def summed_up(rows: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> OffPolicy:
    rewards, weights = rows[:, 0], rows[:, 1]
    base = np.full(len(rows), rewards.mean())
    logged = LoggedRewards(rewards, weights, expected=base, expected_of_target=base)
    return OffPolicy(len(rows), effective_sample_size(weights), float(rewards.mean()), estimates(logged))
