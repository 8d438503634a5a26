from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.selectors import is_lost, time_left

LABELS: dict[str, str | Promise] = {
    "read": gettext_lazy("Rows read"),
    "created": gettext_lazy("Created"),
    "updated": gettext_lazy("Updated"),
    "unchanged": gettext_lazy("Unchanged"),
    "rejected": gettext_lazy("Rejected"),
    "seconds": gettext_lazy("Seconds"),
    "embedded": gettext_lazy("Vectors made"),
    "current": gettext_lazy("Current already"),
    "removed": gettext_lazy("Removed"),
    "ranked": gettext_lazy("Ranked"),
    "skipped": gettext_lazy("Skipped"),
    "sent": gettext_lazy("Sent"),
    "left_out": gettext_lazy("Left out"),
    "put_off": gettext_lazy("Put off"),
    "unknown": gettext_lazy("Unknown"),
}

ORDER = {key: position for position, key in enumerate(LABELS)}


@dataclass(frozen=True)
class JobStatus:
    """What the page of a job shows: how far it is, how long it still takes, what came out."""

    run: JobRun
    is_lost: bool
    time_left: timedelta | None
    results: list[tuple[str | Promise, Any]]
    has_rejects: bool


def job_status(run: JobRun) -> JobStatus:
    """The state of a job as of now."""
    return JobStatus(
        run=run,
        is_lost=is_lost(run),
        time_left=time_left(run, at=timezone.now()),
        results=result_rows(run.result),
        has_rejects=bool(run.result.get("rejects_file")),
    )


def result_rows(result: dict[str, Any], prefix: str = "") -> list[tuple[str | Promise, Any]]:
    """The counts of a result with their labels, known ones first; a nested result's come after its name."""
    rows: list[tuple[str | Promise, Any]] = []
    # The database keeps no order of keys.
    for key, value in sorted(result.items(), key=lambda item: (ORDER.get(item[0], len(ORDER)), item[0])):
        if isinstance(value, dict):
            rows += result_rows(value, f"{key}: ")
        elif isinstance(value, int | float):
            rows.append((f"{prefix}{LABELS.get(key, key)}", value))
    return rows
