import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from ecommerce_ai.inference.models import ModelRun


@dataclass(frozen=True)
class RunFacts:
    """What a training or an evaluation tells about itself."""

    parameters: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    data_from: datetime | None = None
    data_until: datetime | None = None
    artefact_path: str = ""
    duration_s: float | None = None


def record_run(name: str, *, kind: str, facts: RunFacts) -> ModelRun:
    """Keep a run; it does not serve before it is promoted."""
    return ModelRun.objects.create(name=name, kind=kind, **vars(facts))


def store_artefact(name: str, content: bytes, *, suffix: str) -> str:
    """Keep a trained artefact under a name of its own; returns its path below `ARTEFACTS_ROOT`."""
    path = Path(name) / f"{uuid.uuid4().hex}{suffix}"
    target = Path(settings.ARTEFACTS_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    draft.write_bytes(content)
    draft.replace(target)  # a reader never meets half of it
    return str(path)


@transaction.atomic
def promote_run(run: ModelRun) -> ModelRun:
    """Let this run serve instead of any other of its name; an older one the same way is the road back."""
    # Locking every run of the name, in one order, makes two promotions wait for each other.
    list(ModelRun.objects.select_for_update().filter(name=run.name).order_by("pk").values_list("pk"))
    ModelRun.objects.live().filter(name=run.name).exclude(pk=run.pk).update(is_live=False)
    ModelRun.objects.filter(pk=run.pk).update(is_live=True)
    run.refresh_from_db()
    return run


def retire_run(run: ModelRun) -> None:
    """It serves no more, and nothing in its place."""
    ModelRun.objects.filter(pk=run.pk).update(is_live=False)


def note_on_run(run: ModelRun, **parameters: Any) -> None:
    """Something more that is known of how it was made."""
    run.parameters = {**run.parameters, **parameters}
    run.save(update_fields=["parameters"])
