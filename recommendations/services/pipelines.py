"""Versions of the pipeline come to serve, and go back, with a log."""

from django.db import transaction
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.inference.services import promote_run
from recommendations.models import Pipeline, PipelineChange
from recommendations.selectors.gates import gates_of

Status = Pipeline.Status
FIRST_NAME = "First"
# What a shop without a pipeline begins with: the order that was evaluated, and a little chance to learn from.
FIRST = {"diversity": 0.0, "coverage": 0.0, "exploration": 0.05}


class GateClosed(Exception):
    """The version may not serve yet; the message names what is missing."""


def ensure_pipeline() -> Pipeline:
    """The live version; the first one where there is none."""
    live = Pipeline.objects.live().first()
    if live is None:
        live = change_status(Pipeline.objects.create(name=FIRST_NAME, **FIRST), status=Status.LIVE, by=None)
    return live


def try_in_shadow(pipeline: Pipeline, *, by: User | None) -> Pipeline:
    """Compute this version beside the live one from now on, shown to nobody."""
    return change_status(pipeline, status=Status.SHADOW, by=by)


def go_live(pipeline: Pipeline, *, by: User | None) -> Pipeline:
    """Let this version serve instead of the live one. Raises GateClosed while a gate is not passed."""
    missing = [gate for gate in gates_of(pipeline) if not gate.is_passed]
    if missing and Pipeline.objects.live().exists():
        raise GateClosed("; ".join(f"{gate.title}: {gate.text}" for gate in missing))
    return change_status(pipeline, status=Status.LIVE, by=by)


def roll_back(*, by: User | None) -> Pipeline | None:
    """Let the version serve that served before the live one; None where there was none."""
    served = Pipeline.objects.exclude(live_since=None).exclude(status=Status.LIVE)
    previous = served.order_by("-live_since").first()
    return change_status(previous, status=Status.LIVE, by=by) if previous else None


def retire(pipeline: Pipeline, *, by: User | None) -> Pipeline:
    """Take a draft or a shadow away; the live one goes only when another comes."""
    if pipeline.status == Status.LIVE:
        raise GateClosed("The live version serves until another takes its place.")
    return change_status(pipeline, status=Status.RETIRED, by=by)


@transaction.atomic
def change_status(pipeline: Pipeline, *, status: Status, by: User | None) -> Pipeline:
    """Change the status and log it; a version that goes live retires the one before and brings its ranker."""
    list(Pipeline.objects.select_for_update().order_by("pk").values_list("pk"))
    previous = Pipeline.objects.live().exclude(pk=pipeline.pk).first() if status == Status.LIVE else None
    if previous:
        Pipeline.objects.filter(pk=previous.pk).update(status=Status.RETIRED)
    since = {"live_since": timezone.now()} if status == Status.LIVE else {}
    Pipeline.objects.filter(pk=pipeline.pk).update(status=status, **since)
    if status == Status.LIVE and pipeline.ranker:
        promote_run(pipeline.ranker)
    PipelineChange.objects.create(pipeline=pipeline, previous=previous, status=status, changed_by=by)
    pipeline.refresh_from_db()
    return pipeline
