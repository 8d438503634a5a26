"""Learned segments: fitted now and then, assigned at each refresh, their names carried from fit to fit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.inference.services import RunFacts, promote_run, record_run
from ecommerce_ai.shop.models import Category, Customer
from profiles.ml.segments.clusters import (
    HABITS,
    Clustering,
    Floats,
    fit_clusters,
    habit_names,
    nearest_centres,
    same_groups,
    stability_between,
    standings,
    taste_names,
)
from profiles.models import Segment, SegmentMembership
from profiles.selectors.segments.buyers import Buyers, buyers_by_habit, buyers_by_taste
from profiles.services.segments.members import update_members

LEAST_BUYERS = 60
SIZES = (3, 4, 5, 6, 7)
REFIT_AFTER, REFIT_CHANGE = timedelta(days=7), 0.2
SOURCES = {Segment.Family.HABITS: buyers_by_habit, Segment.Family.TASTES: buyers_by_taste}


@dataclass(frozen=True)
class Groups:
    """A fit as it serves: centres on standardised features, and each one's name for good."""

    centres: Floats
    mean: Floats
    scale: Floats
    names: list[str]


def learn_segments(family: Segment.Family, *, at: datetime) -> dict[str, Any]:
    """Bring the learned segments of a family up to date; says what changed, or what is missing."""
    buyers = SOURCES[family]()
    if buyers.may_teach.sum() < LEAST_BUYERS or len(buyers.columns) < min(SIZES):
        return {"status": "insufficient_data", "have": int(buyers.may_teach.sum()), "need": LEAST_BUYERS}
    run = live_run(run_name(family))
    is_refit = run is None or is_outgrown(run, buyers, at)
    if run is None or is_refit:
        run = fit(family, buyers)
    changes = assign(family, buyers, run, at)
    return {"refitted": int(is_refit), **changes}


def run_name(family: Segment.Family) -> str:
    return f"segments by {family}"


def is_outgrown(run: ModelRun, buyers: Buyers, at: datetime) -> bool:
    """Whether the buyers are others by now: another catalogue, a fifth more or fewer, or a week of them."""
    before = int(run.parameters["buyers"])
    if list(buyers.columns) != run.parameters["columns"]:
        return True
    if abs(len(buyers.customers) - before) > REFIT_CHANGE * before:
        return True
    return len(buyers.customers) != before and at - run.created_at > REFIT_AFTER


def fit(family: Segment.Family, buyers: Buyers) -> ModelRun:
    """Cluster those who may teach, carry the names over, and let the new run serve."""
    started = timezone.now()
    taught = buyers.features[buyers.may_teach]
    mean, scale = taught.mean(axis=0), np.maximum(taught.std(axis=0), 1e-9)
    if family == Segment.Family.TASTES:
        mean, scale = np.zeros_like(mean), np.ones_like(scale)  # shares are on one scale already
    sizes = [size for size in SIZES if size <= max_groups(family, buyers)]
    clustering = fit_clusters((taught - mean) / scale, sizes)
    customers = [each for each, may in zip(buyers.customers, buyers.may_teach, strict=True) if may]
    old = groups_now(family)
    carried = same_groups(old, customers, clustering.labels, len(clustering.centres))
    names = names_of(family, clustering, taught, buyers.columns, carried)
    own = [names[label] for label in clustering.labels]
    facts = RunFacts(
        parameters={
            "centres": clustering.centres.round(6).tolist(),
            "mean": mean.round(6).tolist(),
            "scale": scale.round(6).tolist(),
            "names": names,
            "columns": list(buyers.columns),
            "buyers": len(buyers.customers),
        },
        metrics=fit_metrics(clustering, stability_between(old, customers, own)),
        duration_s=(timezone.now() - started).total_seconds(),
    )
    return promote_run(record_run(run_name(family), kind="segments", facts=facts))


def max_groups(family: Segment.Family, buyers: Buyers) -> int:
    return len(HABITS) if family == Segment.Family.HABITS else len(buyers.columns)


def names_of(
    family: Segment.Family,
    clustering: Clustering,
    features: Floats,
    columns: tuple[str, ...],
    carried: dict[int, str],
) -> list[str]:
    if family == Segment.Family.TASTES:
        overall = np.sqrt((features**2).mean(axis=0))
        return taste_names(clustering.centres, overall, columns, carried)
    place = standings(features, clustering.labels, len(clustering.centres))
    return habit_names(place, carried)


def fit_metrics(clustering: Clustering, to_previous: float | None) -> dict[str, Any]:
    """Stability over resamples and against the fit before, both adjusted Rand indices."""
    scores = clustering.stabilities
    metrics = {
        "stability": {"value": float(np.mean(scores)), "low": min(scores), "high": max(scores)},
    }
    if to_previous is not None:
        metrics["ari_to_previous"] = {"value": to_previous, "low": to_previous, "high": to_previous}
    return {"metrics": metrics}


def groups_now(family: Segment.Family) -> dict[int, str]:
    """Each customer's present group of the family."""
    members = SegmentMembership.objects.current().filter(segment__family=family, segment__kind="learned")
    return dict(members.values_list("customer_id", "segment__key"))


@transaction.atomic
def assign(family: Segment.Family, buyers: Buyers, run: ModelRun, at: datetime) -> dict[str, int]:
    """Every buyer into the nearest group; groups that a refit no longer found are emptied and kept."""
    centres, mean, scale = (
        np.array(run.parameters[name], np.float64) for name in ("centres", "mean", "scale")
    )
    groups = Groups(centres, mean, scale, run.parameters["names"])
    labels = nearest_centres((buyers.features - groups.mean) / groups.scale, groups.centres)
    ids = np.array(buyers.customers, np.int64)
    changes = [
        update_members(segment_of(family, name, run), wanted=customers_of(ids[labels == label]), at=at)
        for label, name in enumerate(groups.names)
    ]
    gone = Segment.objects.learned().filter(family=family).exclude(key__in=groups.names)
    changes += [update_members(segment, wanted=Customer.objects.none(), at=at) for segment in gone]
    return {
        "groups": len(groups.names),
        "entered": sum(change.entered for change in changes),
        "left": sum(change.left for change in changes),
    }


def segment_of(family: Segment.Family, key: str, run: ModelRun) -> Segment:
    category = Category.objects.filter(path=key).first() if family == Segment.Family.TASTES else None
    segment, _ = Segment.objects.update_or_create(
        kind=Segment.Kind.LEARNED,
        family=family,
        key=key,
        defaults={"model_run": run, "category": category},
    )
    return segment


def customers_of(ids: Any) -> Any:
    """These customers as a query: one parameter, however many they are."""
    return Customer.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids.tolist()]))
